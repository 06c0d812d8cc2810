#include "interchange/Embeddings.h"

#include "TemporaryFolder.h"
#include "support/Error.h"
#include "support/Files.h"
#include "support/Random.h"

#include <cstring>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <regex>

namespace hmgrl {
namespace {

namespace fs = std::filesystem;

/// A reader of its own: what the format's description asks for, nothing of the writer's.
struct Npy {
    std::size_t rows = 0, columns = 0, bytesANumber = 0;
    std::string numbers;

    explicit Npy(const std::string& file) {
        if (file.size() < 10 || file.compare(0, 6, "\x93NUMPY") != 0 || file[6] != 1 ||
            file[7] != 0)
            return;
        const auto length = static_cast<std::size_t>(static_cast<unsigned char>(file[8]) +
                                                     256 * static_cast<unsigned char>(file[9]));
        const std::string header = file.substr(10, length);
        std::smatch found;
        const std::regex form(R"(\{'descr': '<f(4|8)', 'fortran_order': False, )"
                              R"('shape': \((\d+), (\d+)\), \} *\n)");
        if ((10 + length) % 64 != 0 || !std::regex_match(header, found, form))
            return;
        bytesANumber = std::stoul(found[1]);
        rows = std::stoul(found[2]);
        columns = std::stoul(found[3]);
        numbers = file.substr(10 + length);
    }
    template <typename Number>
    [[nodiscard]] std::vector<Number> values() const {
        std::vector<Number> all(numbers.size() / sizeof(Number));
        std::memcpy(all.data(), numbers.data(), all.size() * sizeof(Number));
        return all;
    }
};

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts(1);
    for (const char c : text)
        if (c == at)
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

std::string unescaped(const std::string& field) {
    std::string text;
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] != '\\') {
            text += field[i];
            continue;
        }
        const char c = field[++i];
        text += c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
    }
    return text;
}

struct Sample {
    std::vector<float> latents{0.1F, -3e-20F, 1234567.F, 0.F, -0.5F, 3.4e38F};
    std::vector<std::array<double, 2>> disk{{0.25, -0.5}, {0.1, 1 - 1e-15}};
    std::vector<std::string> names{"a\tb\nc\\d\r", "Zürich \xF0\x9F\x98\x80 \xD7\xA9"};

    [[nodiscard]] EmbeddingTable table() const {
        EmbeddingTable all;
        all.name = "entity";
        all.width = 3;
        all.latents = latents;
        all.disk = disk;
        all.columns = {"label", "category"};
        all.metadata = [this](std::size_t row) {
            return std::vector<std::string>{names[row], "person/artist"};
        };
        return all;
    }
};

TEST(Embeddings, NumbersComeBackExactly) {
    const test::TemporaryFolder folder;
    const Sample sample;
    writeEmbeddings(sample.table(), folder.path() / "new/folder");
    const fs::path out = folder.path() / "new/folder";
    const Npy latents(readFile(out / "latents.npy"));
    EXPECT_EQ(latents.rows, 2U);
    EXPECT_EQ(latents.columns, 3U);
    EXPECT_EQ(latents.bytesANumber, 4U);
    EXPECT_EQ(latents.values<float>(), sample.latents);
    const Npy disk(readFile(out / "disk.npy"));
    EXPECT_EQ(disk.rows, 2U);
    EXPECT_EQ(disk.columns, 2U);
    EXPECT_EQ(disk.values<double>(), (std::vector<double>{0.25, -0.5, 0.1, 1 - 1e-15}));
    std::vector<float> read;
    const auto lines = split(readFile(out / "tensors.tsv"), '\n');
    ASSERT_EQ(lines.size(), 3U) << "the last line ends too";
    for (std::size_t i = 0; i < 2; ++i)
        for (const std::string& number : split(lines[i], '\t'))
            read.push_back(std::stof(number));
    EXPECT_EQ(read, sample.latents);
}

TEST(Embeddings, TextsComeBackWhateverTheyHold) {
    const test::TemporaryFolder folder;
    const Sample sample;
    writeEmbeddings(sample.table(), folder.path());
    const auto lines = split(readFile(folder.path() / "metadata.tsv"), '\n');
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_EQ(lines[0], "label\tcategory");
    for (std::size_t row = 0; row < 2; ++row) {
        const auto fields = split(lines[row + 1], '\t');
        ASSERT_EQ(fields.size(), 2U);
        EXPECT_EQ(unescaped(fields[0]), sample.names[row]);
        EXPECT_EQ(unescaped(fields[1]), "person/artist");
    }
}

TEST(Embeddings, AnyTextIsOneField) {
    const test::TemporaryFolder folder;
    constexpr std::string_view letters = "\t\n\r\\\"' ntr,\xF0\x9F\x98\x80";
    Random random(4);
    std::vector<std::string> texts(500);
    for (std::string& text : texts)
        for (std::uint32_t i = random.upTo(12); i > 0; --i)
            text += letters[random.upTo(letters.size() - 1)];
    const std::vector<std::array<double, 2>> places(texts.size());
    EmbeddingTable table;
    table.disk = places;
    table.columns = {"label", "row"};
    table.metadata = [&](std::size_t row) {
        return std::vector<std::string>{texts[row], std::to_string(row)};
    };
    writeEmbeddings(table, folder.path());
    const auto lines = split(readFile(folder.path() / "metadata.tsv"), '\n');
    ASSERT_EQ(lines.size(), texts.size() + 2);
    for (std::size_t row = 0; row < texts.size(); ++row) {
        const auto fields = split(lines[row + 1], '\t');
        ASSERT_EQ(fields.size(), 2U);
        EXPECT_EQ(unescaped(fields[0]), texts[row]);
        EXPECT_EQ(fields[1], std::to_string(row));
    }
}

TEST(Embeddings, TheConfigurationNamesTheFiles) {
    const test::TemporaryFolder folder;
    const Sample sample;
    writeEmbeddings(sample.table(), folder.path());
    const auto json = nlohmann::json::parse(readFile(folder.path() / "projector_config.json"));
    const auto& entry = json.at("embeddings").at(0);
    EXPECT_EQ(entry.at("tensorName"), "entity");
    EXPECT_EQ(entry.at("tensorShape"), nlohmann::json({2, 3}));
    for (const char* key : {"tensorPath", "metadataPath"})
        EXPECT_TRUE(fs::exists(folder.path() / entry.at(key).get<std::string>())) << key;
    EXPECT_NE(readFile(folder.path() / "projector_config.pbtxt").find("\"tensors.tsv\""),
              std::string::npos);
}

TEST(Embeddings, NoRowsAreATableToo) {
    const test::TemporaryFolder folder;
    EmbeddingTable table;
    table.width = 5;
    table.columns = {"label"};
    writeEmbeddings(table, folder.path());
    EXPECT_EQ(Npy(readFile(folder.path() / "latents.npy")).columns, 5U);
    EXPECT_EQ(readFile(folder.path() / "tensors.tsv"), "");
    EXPECT_EQ(readFile(folder.path() / "metadata.tsv"), "label\n");
}

std::size_t filesIn(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(Embeddings, WhatFailsLeavesTheFolderAsItWas) {
    const test::TemporaryFolder folder;
    const Sample sample;
    const std::string before = "from another day";
    folder.write("tensors.tsv", before);
    CancelToken cancel;
    cancel.cancel();
    EXPECT_THROW(writeEmbeddings(sample.table(), folder.path(), cancel), Cancelled);
    EmbeddingTable faulty = sample.table();
    faulty.metadata = [](std::size_t) { return std::vector<std::string>{"one field"}; };
    EXPECT_THROW(writeEmbeddings(faulty, folder.path()), Error);
    faulty = sample.table();
    faulty.width = 4;
    EXPECT_THROW(writeEmbeddings(faulty, folder.path()), Error);
    EXPECT_EQ(readFile(folder.path() / "tensors.tsv"), before);
    EXPECT_EQ(filesIn(folder.path()), 1U);
}

TEST(Embeddings, ErrorsNameTheFile) {
    const test::TemporaryFolder folder;
    const Sample sample;
    const std::string file = folder.write("file", "no folder");
    try {
        writeEmbeddings(sample.table(), file);
        FAIL() << "a file was taken for a folder";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find(file), std::string::npos) << error.what();
    }
    fs::create_directories(folder.path() / "out/latents.npy/inside"); // can't be replaced
    try {
        writeEmbeddings(sample.table(), folder.path() / "out");
        FAIL() << "a folder was replaced";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("latents.npy"), std::string::npos) << error.what();
    }
}

TEST(Embeddings, ProgressIsReported) {
    const test::TemporaryFolder folder;
    const Sample sample;
    std::vector<std::string> stages;
    writeEmbeddings(sample.table(), folder.path(), {},
                    [&](const Progress& progress) { stages.push_back(progress.stage); });
    EXPECT_GE(stages.size(), 2U);
}

} // namespace
} // namespace hmgrl
