#pragma once

#include "extraction/TinyModel.h"
#include "interchange/Jsonl.h"
#include "perception/TorchFiles.h"
#include "training/TrainRun.h"

namespace hmgrl::test {

/// A complete training set-up of a few kilobytes: encoders, taxonomy, corpus, configuration.
class TinyTraining {
public:
    TinyTraining() {
        const Model model = tinyModel(folder);
        const std::filesystem::path text = folder.path() / "text";
        const std::filesystem::path image = folder.path() / "image";
        std::filesystem::create_directories(text);
        std::filesystem::create_directories(image);
        nlohmann::json config = model.config.text.toJson();
        config["do_lower_case"] = true;
        writeFileAtomically(text / "config.json", config.dump());
        std::filesystem::copy_file(folder.path() / "tiny-vocab.txt", text / "vocab.txt");
        saveModule(*model.text, text / "model.safetensors", DType::F32);
        saveModule(*model.image, image / "model.safetensors", DType::F16);
        writeTaxonomy();
        writeCorpus();
    }

    [[nodiscard]] TrainRequest request(const std::string& mode, const std::string& name, int steps,
                                       int microBatches = 1) const {
        const nlohmann::json head = {{"mode", mode},
                                     {"latent", 8},
                                     {"vib", 16},
                                     {"hidden", mode == "lorentz" ? 24 : 0},
                                     {"vae_latent", 4},
                                     {"vae_hidden", 16},
                                     {"weight_wording", mode == "lorentz" ? 2 : 0},
                                     {"wording_in_loss", mode == "lorentz"},
                                     {"dropout", 0.1}};
        const nlohmann::json config = {
            {"name", "tiny"},
            {"seed", 5},
            {"text_encoder", "text"},
            {"image_encoder", "image"},
            {"taxonomy", "taxonomy.json"},
            {"unseen", {{"validation", {"person/queen", "near"}}, {"test", {"location/river"}}}},
            {"entity", head},
            {"relation", head},
            {"schedule",
             {{"steps", steps},
              {"warmup", 2},
              {"rows", 4},
              {"micro_batches", microBatches},
              {"max_tokens", 32},
              {"labels_per_step", 6},
              {"top_layers", 1},
              {"wording_width", 6},
              {"evaluate_every", 4},
              {"save_every", 3},
              {"threads", 1}}},
            {"sources",
             {{{"name", "corpus"},
               {"format", "jsonl"},
               {"paths", {"corpus.jsonl"}},
               {"mentions", true},
               {"relations", true},
               {"split", true}}}}};
        const std::filesystem::path file = folder.path() / "train.json";
        writeFileAtomically(file, config.dump());
        TrainRequest out;
        out.config = TrainConfig::load(file);
        out.dataFolder = folder.path();
        out.out = folder.path() / name;
        out.cacheFolder = "off";
        return out;
    }

    TemporaryFolder folder;

private:
    void writeTaxonomy() const {
        nlohmann::json taxonomy = {{"entity", nlohmann::json::array()},
                                   {"relation", nlohmann::json::array()}};
        for (const Category& category : tinyCategories())
            taxonomy[toString(category.kind)].push_back({{"name", category.name},
                                                         {"description", category.description},
                                                         {"parent", category.parent}});
        writeFileAtomically(folder.path() / "taxonomy.json", taxonomy.dump());
    }

    void writeCorpus() const {
        std::string lines;
        for (int i = 0; i < 60; ++i) {
            Document document =
                i % 2 ? tinyDocument("k" + std::to_string(i), "the king of paris ruled the city",
                                     {{{4, 8}, i % 4 == 1 ? "person/king" : "person/queen"},
                                      {{12, 17}, "location/city"}})
                      : tinyDocument("r" + std::to_string(i), "a river near the nile",
                                     {{{2, 7}, "location/river"}, {{17, 21}, "location/city"}});
            document.relations.push_back({0,
                                          0,
                                          1,
                                          i % 2 ? "ruler_of" : (i % 4 ? "located_in" : "near"),
                                          1,
                                          Status::Accepted,
                                          {}});
            lines += documentToJsonLine(document) + "\n";
        }
        writeFileAtomically(folder.path() / "corpus.jsonl", lines);
    }
};

} // namespace hmgrl::test
