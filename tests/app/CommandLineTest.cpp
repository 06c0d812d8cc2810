#include "TemporaryFolder.h"
#include "app/Program.h"
#include "support/Files.h"

#include <cmath>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace hmgrl::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// The first documents of the sample corpus with their images: small enough for every test.
constexpr int documents = 12;

class CommandLine : public ::testing::Test {
protected:
    [[nodiscard]] std::string file(const std::string& name) const {
        return (m_folder.path() / name).string();
    }
    [[nodiscard]] std::string copySample() const {
        const fs::path sample = fs::path(HMGRL_SOURCE_DIR) / "resources/sample";
        std::istringstream lines(readFile(sample / "sample.jsonl"));
        std::string line, kept;
        fs::create_directories(m_folder.path() / "images");
        for (int i = 0; i < documents && std::getline(lines, line); ++i) {
            const std::string image = json::parse(line).value("image", "");
            if (!image.empty())
                fs::copy_file(sample / image, m_folder.path() / image);
            kept += line + "\n";
        }
        return m_folder.write("sample.jsonl", kept);
    }
    /// A project with the sample, imported and extracted.
    [[nodiscard]] std::string extractedProject() const {
        const std::string project = file("p.hmgrl");
        EXPECT_EQ(run("hmgrl", {"import", project, copySample(), "-q"}).code, 0);
        const Ran extracted = run("hmgrl", {"extract", project, "-q"});
        EXPECT_EQ(extracted.code, 0) << extracted.error;
        return project;
    }
    [[nodiscard]] static json ranJson(const std::vector<std::string>& arguments) {
        const Ran ran = run("hmgrl", arguments);
        EXPECT_EQ(ran.code, 0) << ran.error;
        return json::parse(ran.out, nullptr, false);
    }

    TemporaryFolder m_folder;
};

TEST_F(CommandLine, HelpAndVersionAreAnswers) {
    EXPECT_THAT(run("hmgrl", {"--version"}).out, HasSubstr("hmgrl "));
    for (const std::string command :
         {"import", "extract", "train", "evaluate", "experiment", "category", "retrain", "layout",
          "render", "report", "export", "embeddings", "info"}) {
        EXPECT_THAT(run("hmgrl", {"--help"}).out, HasSubstr(command));
        const Ran help = run("hmgrl", {command, "--help"});
        EXPECT_EQ(help.code, 0) << command;
        EXPECT_THAT(help.out, HasSubstr("--help")) << command;
    }
}

TEST_F(CommandLine, WrongUsageIsSaidOnStandardError) {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{}, "subcommand"},
        {{"paint"}, "\"paint\""},
        {{"import"}, "PROJECT"},
        {{"extract"}, "--jsonl"},
        {{"info", file("absent")}, "absent"},
        {{"import", file("p.hmgrl"), file("absent.jsonl")}, "absent.jsonl"},
        {{"extract", file("absent.hmgrl")}, "absent.hmgrl"},
        {{"extract", "--jsonl", "--model", file("")}, "config.json"},
        {{"evaluate", "--data", file("absent.jsonl")}, "absent.jsonl"},
        {{"train", "--config", file("absent.json"), "--out", file("out")}, "absent.json"},
        {{"experiment", "--out", file("out")}, "--protocol"},
        {{"experiment", "--config", file("absent.json"), "--out", file("out")}, "absent.json"},
        {{"experiment", "--protocol", "mre", "--seeds", "x", "--out", file("out")}, "--seeds"},
        {{"render", file("absent.hmgrl"), "--out", file("d.svg")}, "absent.hmgrl"},
        {{"render", file("absent.hmgrl"), "--out", file("d.gif")}, ".pdf"},
        {{"render", file("absent.hmgrl"), "--out", file("d.png"), "--scale", "9"}, "--scale"},
        {{"layout", file("absent.hmgrl"), "--out", file("d"), "--method", "umap"}, "--method"},
        {{"embeddings", file("absent.hmgrl")}, "--out"},
        {{"embeddings", file("absent.hmgrl"), "--out", file("e")}, "absent.hmgrl"}};
    for (const auto& [arguments, part] : cases) {
        const Ran ran = run("hmgrl", arguments);
        EXPECT_EQ(ran.code, 2) << part;
        EXPECT_THAT(ran.error, HasSubstr(part));
        EXPECT_THAT(ran.out, IsEmpty()) << part;
    }
}

TEST_F(CommandLine, BadLinesAreListedAndTheRestIsImported) {
    const std::string lines = m_folder.write("mixed.jsonl", "{\"id\":\"a\",\"text\":\"Paris\"}\n"
                                                            "{\"id\":\"b\"}\n"
                                                            "not json\n"
                                                            "{\"id\":\"c\",\"text\":\"Rome\","
                                                            "\"image\":\"../secret.jpg\"}\n");
    const Ran ran = run("hmgrl", {"import", file("p.hmgrl"), lines, "-q"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("2 documents"));
    for (const std::string place : {"line 2", "line 3", "line 4"})
        EXPECT_THAT(ran.error, HasSubstr(place));
}

TEST_F(CommandLine, LinesFromStandardInputToStandardOutput) {
    const Ran ran =
        run("hmgrl", {"extract", "--jsonl"},
            "{\"id\":\"n\",\"text\":\"\xF0\x9F\x98\x80 Paris is the capital of France.\"}\n"
            "\n"
            "{\"text\":\"\xFF\"}\n");
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.error, HasSubstr("line 3"));
    const json found = json::parse(ran.out);
    EXPECT_EQ(found["id"], "n");
    ASSERT_FALSE(found["mentions"].empty());
    EXPECT_EQ(found["mentions"][0]["begin"], 2); // code points
    EXPECT_EQ(found["mentions"][0]["end"], 7);
    EXPECT_EQ(found["mentions"][0]["candidates"].size(), 5U);
}

TEST_F(CommandLine, ThreadsChangeNothing) {
    const std::string lines = readFile(fs::path(HMGRL_SOURCE_DIR) / "tests/app/data/plain.jsonl");
    const Ran one = run("hmgrl", {"extract", "--jsonl", "--threads", "1"}, lines);
    const Ran two = run("hmgrl", {"extract", "--jsonl", "--threads", "2"}, lines);
    EXPECT_EQ(one.code, 0);
    const auto spans = [](const std::string& out) {
        std::vector<std::tuple<int, int, std::string>> all;
        std::istringstream stream(out);
        for (std::string line; std::getline(stream, line);) {
            const json document = json::parse(line);
            for (const json& mention : document["mentions"])
                all.emplace_back(mention["begin"], mention["end"], mention["type"]);
        }
        return all;
    };
    EXPECT_EQ(spans(one.out), spans(two.out));
    EXPECT_THAT(spans(one.out), Not(IsEmpty()));
}

TEST_F(CommandLine, AProjectFromImportToReport) {
    const std::string project = extractedProject();
    const json info = ranJson({"info", project, "--json"});
    EXPECT_EQ(info["documents"], documents);
    EXPECT_EQ(info["extracted"], documents);
    EXPECT_GT(info["suggestions"].get<int>(), 0);
    EXPECT_THAT(run("hmgrl", {"extract", project, "-q"}).out, HasSubstr("0 documents extracted"));

    EXPECT_EQ(run("hmgrl", {"layout", project, "--out", file("points.tsv"), "-q"}).code, 0);
    EXPECT_THAT(readFile(file("points.tsv")), HasSubstr("prototype\t"));
    for (const std::string name : {"disk.svg", "disk.pdf", "disk.png"}) {
        EXPECT_EQ(run("hmgrl", {"render", project, "--out", file(name), "-q"}).code, 0);
        EXPECT_GT(fs::file_size(file(name)), 5000U) << name;
    }
    EXPECT_EQ(run("hmgrl", {"report", project, "--out", file("out"), "-q"}).code, 0);
    for (const std::string name : {"extractions.jsonl", "disk.svg", "disk.png", "report.html"})
        EXPECT_TRUE(fs::exists(file("out/" + name))) << name;

    const Ran exported = run("hmgrl", {"export", project});
    EXPECT_EQ(exported.code, 0);
    EXPECT_EQ(std::count(exported.out.begin(), exported.out.end(), '\n'), documents);
}

/// The lines of a table, by column.
std::vector<std::vector<std::string>> readTable(const std::string& path) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(readFile(path));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream fields(line);
        auto& row = rows.emplace_back();
        for (std::string field; std::getline(fields, field, '\t');)
            row.push_back(field);
    }
    return rows;
}

TEST_F(CommandLine, LayoutByEveryMethodKeepsTheProjectsPlaces) {
    const std::string project = extractedProject();
    EXPECT_EQ(run("hmgrl", {"layout", project, "--out", file("stored.tsv"), "-q"}).code, 0);
    const auto stored = readTable(file("stored.tsv"));
    for (const std::string method : {"tree", "pca", "tsne", "euclidean", "euclidean-pca"}) {
        const json quality = ranJson(
            {"layout", project, "--out", file("other.tsv"), "--method", method, "--json", "-q"});
        EXPECT_EQ(quality["method"], method);
        EXPECT_GT(quality["trustworthiness"].get<double>(), 0.5) << method;
        EXPECT_LT(quality["max_radius"].get<double>(), 14) << method;
        const auto table = readTable(file("other.tsv"));
        ASSERT_EQ(table.size(), stored.size()) << method;
        for (std::size_t row = 1; row < table.size(); ++row) {
            EXPECT_EQ(table[row][1], stored[row][1]) << "the same rows in the same order";
            EXPECT_LT(std::hypot(std::stod(table[row][6]), std::stod(table[row][7])), 1);
        }
    }
    EXPECT_EQ(run("hmgrl", {"layout", project, "--out", file("again.tsv"), "-q"}).code, 0);
    EXPECT_EQ(readFile(file("again.tsv")), readFile(file("stored.tsv")));
}

TEST_F(CommandLine, RenderDrawsTheLayersAskedFor) {
    const std::string project = extractedProject();
    const auto drawn = [&](const std::string& name, std::vector<std::string> more) {
        std::vector<std::string> arguments{"render", project, "--out", file(name), "-q"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Ran ran = run("hmgrl", arguments);
        EXPECT_EQ(ran.code, 0) << ran.error;
        return readFile(file(name));
    };
    const std::string plain = drawn("plain.svg", {});
    EXPECT_GT(drawn("regions.svg", {"--regions"}).size(), plain.size() + 1000);
    EXPECT_GT(drawn("rings.svg", {"--rings"}).size(), plain.size());
    const std::string bare =
        drawn("bare.svg", {"--no-labels", "--no-tree", "--no-grid", "--no-legend"});
    EXPECT_LT(bare.size(), plain.size());
    EXPECT_THAT(bare, Not(HasSubstr("<text")));
    EXPECT_NE(drawn("focus.svg", {"--focus", "facility"}), plain);
    EXPECT_THAT(drawn("page.pdf", {"--dark", "--title", "Sample"}), HasSubstr("%PDF-1"));
    const std::string small = drawn("small.png", {"--side", "600", "--scale", "0.5"});
    EXPECT_EQ(small.substr(20, 4), std::string("\0\0\x01\x2c", 4)) << "300 pixels high";
    const Ran unknown =
        run("hmgrl", {"render", project, "--out", file("x.svg"), "--focus", "nowhere"});
    EXPECT_EQ(unknown.code, 2);
    EXPECT_THAT(unknown.error, HasSubstr("\"nowhere\""));
    EXPECT_FALSE(fs::exists(file("x.svg")));
}

TEST_F(CommandLine, EmbeddingsForOtherPrograms) {
    const std::string project = extractedProject();
    for (const std::string kind : {"entity", "relation"}) {
        const std::string out = file(kind);
        const Ran ran = run("hmgrl", {"embeddings", project, "--kind", kind, "--out", out, "-q"});
        ASSERT_EQ(ran.code, 0) << ran.error;
        const json config = json::parse(readFile(out + "/projector_config.json"));
        const std::size_t rows = config["embeddings"][0]["tensorShape"][0];
        const std::size_t width = config["embeddings"][0]["tensorShape"][1];
        const auto tensors = readTable(out + "/tensors.tsv");
        const auto metadata = readTable(out + "/metadata.tsv");
        ASSERT_EQ(tensors.size(), rows);
        ASSERT_EQ(metadata.size(), rows + 1);
        EXPECT_EQ(tensors.front().size(), width);
        EXPECT_EQ(metadata[0][0], "label");
        EXPECT_EQ(metadata[rows][1], "prototype");
        EXPECT_FALSE(metadata[1][0].empty());
        EXPECT_EQ(fs::file_size(out + "/latents.npy") % 64, rows * width * 4 % 64);
        EXPECT_GT(fs::file_size(out + "/disk.npy"), rows * 16);
    }
}

TEST_F(CommandLine, ANewCategoryIsPlacedAndClaimsMentions) {
    const std::string project = extractedProject();
    const json added =
        ranJson({"category", "add", project, "facility/fortress", "--parent", "facility",
                 "--description", "a fort or castle built to defend a place", "--json"});
    EXPECT_EQ(added["category"], "facility/fortress");
    EXPECT_GT(added["prototype"]["r"].get<double>(), 0);
    bool isListed = false;
    for (const json& row : ranJson({"category", "list", project, "--json"}))
        if (row["name"] == "facility/fortress") {
            isListed = true;
            EXPECT_FALSE(row["seen"].get<bool>());
            EXPECT_EQ(row["parent"], "facility");
        }
    EXPECT_TRUE(isListed);
    const Ran again = run("hmgrl", {"category", "add", project, "facility/fortress"});
    EXPECT_EQ(again.code, 2);
    EXPECT_THAT(again.error, HasSubstr("already"));
    EXPECT_THAT(run("hmgrl", {"category", "add", project, "x", "--parent", "nowhere"}).error,
                HasSubstr("nowhere"));
}

TEST_F(CommandLine, RetrainingReportsBeforeAndAfterAndChangesTheModelOnlyWhenAccepted) {
    const std::string project = extractedProject();
    const std::string before = ranJson({"info", project, "--json"})["model"];
    const json report = ranJson({"retrain", project, "--json", "--steps", "20", "-q"});
    EXPECT_FALSE(report["figures"].empty());
    EXPECT_EQ(ranJson({"info", project, "--json"})["model"], before);
    const std::string candidate = report["checkpoint"];
    EXPECT_EQ(ranJson({"info", candidate, "--json"})["kind"], "checkpoint");
    EXPECT_EQ(run("hmgrl", {"retrain", project, "--accept", "--steps", "20", "-q"}).code, 0);
    EXPECT_NE(ranJson({"info", project, "--json"})["model"], before);
    EXPECT_EQ(run("hmgrl", {"extract", project, "-q"}).code, 0);
}

TEST_F(CommandLine, InterruptedWorkLeavesTheProjectAsItWas) {
    const std::string project = extractedProject();
    const std::string before = run("hmgrl", {"export", project}).out;
    const Ran ran = run("hmgrl", {"retrain", project, "-q"}, {}, 2500);
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.error, HasSubstr("cancelled"));
    EXPECT_EQ(run("hmgrl", {"export", project}).out, before);
    const fs::path candidates = project + ".models";
    EXPECT_TRUE(!fs::exists(candidates) || fs::is_empty(candidates));
}

TEST_F(CommandLine, TheWindowsProgramRefusesWrongUsageWithoutADisplay) {
    if (!fs::exists(fs::path(HMGRL_BIN_DIR) / "hmgrl-studio"))
        GTEST_SKIP() << "built without the window";
    EXPECT_EQ(run("hmgrl-studio", {"--nonsense"}).code, 2);
    EXPECT_EQ(run("hmgrl-studio", {"a.hmgrl", "b.hmgrl"}).code, 2);
    const Ran help = run("hmgrl-studio", {"--help"});
    EXPECT_EQ(help.code, 0);
    EXPECT_THAT(help.out, HasSubstr("Usage: hmgrl-studio [options]"));
    EXPECT_THAT(run("hmgrl-studio", {"--version"}).out, HasSubstr("hmgrl-studio "));
}

} // namespace
} // namespace hmgrl::test
