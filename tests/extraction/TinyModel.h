#pragma once

#include "TemporaryFolder.h"
#include "extraction/Checkpoint.h"
#include "support/Files.h"

#include <string>

namespace hmgrl::test {

inline const char* tinyWords() {
    return "the\na\nking\nqueen\nof\nin\nriver\ncity\nparis\nnile\nruled\nstands\n,\n."
           "\nwas\nand\nnear\n"
           "person\nlocation\nrelation\nruler\nlocated\n##s\n##ed\nb\nc\nd\ne\nf\ng\nh\n";
}

inline std::vector<Category> tinyCategories() {
    const auto entity = [](const char* name, const char* parent, bool seen) {
        return Category{CategoryKind::Entity, name, std::string("the ") + name, parent, seen, 0};
    };
    return {entity("person", "", true),
            entity("person/king", "person", true),
            entity("person/queen", "person", false),
            entity("location", "", true),
            entity("location/city", "location", true),
            entity("location/river", "location", false),
            {CategoryKind::Relation,
             "ruler_of",
             "the king ruled the city",
             "",
             true,
             0,
             {"person"},
             {"location"}},
            {CategoryKind::Relation, "located_in", "the city stands in", "", true, 0},
            {CategoryKind::Relation, "near", "the city was near", "", false, 0}};
}

/// A complete model of a few thousand parameters with random weights.
inline Model tinyModel(const TemporaryFolder& folder, const std::string& mode = "lorentz") {
    torch::manual_seed(7);
    Model model;
    model.config.text.vocabSize = 64;
    model.config.text.hiddenSize = 32;
    model.config.text.layers = 2;
    model.config.text.heads = 4;
    model.config.text.intermediateSize = 64;
    model.config.text.maxPositions = 96;
    model.config.maxTokens = 64;
    for (HmgrlConfig* head : {&model.config.entity, &model.config.relation}) {
        head->latentWidth = 8;
        head->vibWidth = 16;
        head->hiddenWidth = 24;
        head->vaeLatent = 4;
        head->vaeHidden = 16;
        head->applyMode(mode, 32);
    }
    model.config.categories = tinyCategories();
    model.config.argumentWeight = 0.5;
    const auto vocabulary = folder.path() / "tiny-vocab.txt";
    writeFileAtomically(vocabulary,
                        std::string("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[unused1]\n[unused2]\n[unused3]\n"
                                    "[unused4]\n") +
                            tinyWords());
    model.words = std::make_shared<WordPiece>(WordPiece::load(vocabulary, true));
    model.text = TextEncoder(model.config.text);
    model.image = ImageEncoder();
    model.heads = Heads(model.config);
    if (mode == "lorentz") {
        model.config.wording = {1, 6};
        for (HmgrlConfig* head : {&model.config.entity, &model.config.relation})
            head->weightWording = 2;
        model.wording = WordingEncoder(model.config.text, 1, 6);
        model.wording->keepDirectionsOf(torch::randn({20, 32}));
        model.wording->eval();
        model.text->trainTopLayers(1);
    }
    model.text->eval();
    model.image->eval();
    model.heads->eval();
    model.hash = "tiny";
    model.imageHash = "0123456789abcdef";
    return model;
}

inline Document tinyDocument(const std::string& key, const std::string& text,
                             std::vector<std::pair<Span, std::string>> mentions = {}) {
    Document document;
    document.key = key;
    document.text = text;
    for (auto& [span, type] : mentions) {
        Mention mention;
        mention.span = span;
        mention.type = type;
        document.mentions.push_back(mention);
    }
    return document;
}

} // namespace hmgrl::test
