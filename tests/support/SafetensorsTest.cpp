#include "support/Safetensors.h"

#include "support/Error.h"
#include "support/Files.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <random>
#include <unistd.h>

namespace hmgrl {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

class Safetensors : public ::testing::Test {
protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("hmgrl-safetensors-" + std::to_string(::getpid()));
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }

    [[nodiscard]] fs::path path() const { return m_folder / "a.safetensors"; }

    void writeRaw(const std::string& bytes) const {
        std::ofstream(path(), std::ios::binary | std::ios::trunc) << bytes;
    }

    /// A file with this header and `dataBytes` bytes of data.
    void writeHeader(const std::string& header, std::size_t dataBytes) const {
        std::string bytes;
        for (int i = 0; i < 8; ++i)
            bytes.push_back(static_cast<char>(header.size() >> (8 * i)));
        writeRaw(bytes + header + std::string(dataBytes, '\1'));
    }

    [[nodiscard]] std::string fault() const {
        try {
            (void)SafetensorsFile::open(path());
        } catch (const Error& error) {
            EXPECT_EQ(error.issue().file, path().string());
            return error.what();
        }
        ADD_FAILURE() << "expected an Error";
        return {};
    }

    [[nodiscard]] std::string headerFault(const std::string& header, std::size_t dataBytes) const {
        writeHeader(header, dataBytes);
        return fault();
    }

    fs::path m_folder;
};

TEST_F(Safetensors, roundTripSortedByName) {
    const std::string six(6, 'x');
    const std::string eight(8, 'y');
    writeSafetensors(path(),
                     {{"z", DType::U8, {2, 3}, bytesOf(six)},
                      {"scalar", DType::I64, {}, bytesOf(eight)},
                      {"empty", DType::F32, {0, 5}, {}}},
                     {{"format", "1"}, {"note", "µ \"quoted\""}});
    const auto file = SafetensorsFile::open(path());
    ASSERT_EQ(file.tensors().size(), 3U);
    EXPECT_EQ(file.tensors()[0].name, "empty");
    EXPECT_EQ(file.tensors()[1].name, "scalar");
    EXPECT_EQ(file.at("z").shape, (std::vector<std::int64_t>{2, 3}));
    EXPECT_EQ(static_cast<char>(file.at("z").bytes[5]), 'x');
    EXPECT_TRUE(file.at("empty").bytes.empty());
    EXPECT_EQ(file.metadata().at("note"), "µ \"quoted\"");
    EXPECT_EQ(file.find("absent"), nullptr);
    EXPECT_THROW((void)file.at("absent"), Error);
    EXPECT_EQ(file.path(), path());
}

TEST_F(Safetensors, copiesShareTheMappingPastTheFirst) {
    const std::string data(4, 'd');
    writeSafetensors(path(), {{"t", DType::F32, {1}, bytesOf(data)}});
    std::optional<SafetensorsFile> first = SafetensorsFile::open(path());
    const SafetensorsFile second = *first;
    first.reset();
    fs::remove(path());
    EXPECT_EQ(static_cast<char>(second.at("t").bytes[0]), 'd');
}

TEST_F(Safetensors, equalContentGivesEqualBytes) {
    const std::string a(4, 'a');
    const std::string b(2, 'b');
    writeSafetensors(path(),
                     {{"a", DType::F32, {1}, bytesOf(a)}, {"b", DType::F16, {1}, bytesOf(b)}});
    const auto first = readFile(path());
    writeSafetensors(path(),
                     {{"b", DType::F16, {1}, bytesOf(b)}, {"a", DType::F32, {1}, bytesOf(a)}});
    EXPECT_EQ(readFile(path()), first);
}

TEST_F(Safetensors, aFileWithoutTensors) {
    writeSafetensors(path(), {});
    EXPECT_TRUE(SafetensorsFile::open(path()).tensors().empty());
}

TEST_F(Safetensors, refusesToWriteNonsense) {
    const std::string data(4, 'd');
    const auto write = [&](std::vector<TensorView> views) {
        writeSafetensors(path(), std::move(views));
    };
    EXPECT_THROW(write({{"t", DType::F32, {2}, bytesOf(data)}}), Error);
    EXPECT_THROW(write({{"t", DType::F32, {-1}, bytesOf(data)}}), Error);
    EXPECT_THROW(write({{"__metadata__", DType::F32, {1}, bytesOf(data)}}), Error);
    EXPECT_THROW(
        write({{"t", DType::F32, {1}, bytesOf(data)}, {"t", DType::F32, {1}, bytesOf(data)}}),
        Error);
    EXPECT_FALSE(fs::exists(path()));
}

TEST_F(Safetensors, headerLength) {
    writeRaw("");
    EXPECT_THAT(fault(), HasSubstr("empty file"));
    writeRaw("abc");
    EXPECT_THAT(fault(), HasSubstr("header"));
    writeRaw(std::string(8, '\xFF') + "{}");
    EXPECT_THAT(fault(), HasSubstr("18446744073709551615"));
    writeRaw(std::string("\x09\0\0\0\0\0\0\0{}      ", 16));
    EXPECT_THAT(fault(), HasSubstr("within the file"));
}

TEST_F(Safetensors, headerText) {
    EXPECT_THAT(headerFault("[1, 2]", 0), HasSubstr("expected a JSON object"));
    EXPECT_THAT(headerFault("{\"a\": ", 0), HasSubstr("expected JSON"));
    EXPECT_THAT(headerFault("{\"a\xFF\": 1}", 0), HasSubstr("expected JSON"));
    EXPECT_THAT(headerFault("{} x", 0), HasSubstr("expected JSON"));
    EXPECT_THAT(headerFault("{\"a\":" + std::string(100'000, '['), 0), HasSubstr("nested"));
    EXPECT_THAT(headerFault(R"({"a":3})", 0), HasSubstr("tensor \"a\": expected an object"));
    EXPECT_THAT(headerFault(R"({"__metadata__":{"a":1}})", 0), HasSubstr("expected a string"));
    EXPECT_THAT(headerFault(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                            R"("a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
                            2),
                HasSubstr("\"a\" occurs twice"));
}

std::string one(const std::string& type, const std::string& shape, const std::string& offsets) {
    return "{\"t\":{\"dtype\":\"" + type + "\",\"shape\":" + shape +
           ",\"data_offsets\":" + offsets + "}}";
}

TEST_F(Safetensors, entries) {
    EXPECT_THAT(headerFault(one("F8", "[1]", "[0,1]"), 1), HasSubstr("known dtype"));
    EXPECT_THAT(headerFault(one("F32", "[-1]", "[0,4]"), 4), HasSubstr("shape"));
    EXPECT_THAT(headerFault(one("F32", "[1.5]", "[0,4]"), 4), HasSubstr("shape"));
    EXPECT_THAT(headerFault(one("F32", "3", "[0,4]"), 4), HasSubstr("shape"));
    EXPECT_THAT(headerFault(one("F32", "[2]", "[0,4]"), 4), HasSubstr("expected 8 bytes"));
    EXPECT_THAT(headerFault(one("F32", "[4294967296,4294967296]", "[0,4]"), 4),
                HasSubstr("more than 2^64"));
    EXPECT_THAT(headerFault(one("F32", "[1]", "[4,0]"), 4), HasSubstr("data_offsets"));
    EXPECT_THAT(headerFault(one("F32", "[1]", "[0,8]"), 4), HasSubstr("within 4 bytes"));
    EXPECT_THAT(headerFault(one("F32", "[1]", "[-4,0]"), 4), HasSubstr("two data_offsets"));
    EXPECT_THAT(headerFault(one("F32", "[1]", "[0]"), 4), HasSubstr("two data_offsets"));
    EXPECT_THAT(headerFault(R"({"t":{"dtype":"U8","shape":[1]}})", 1), HasSubstr("data_offsets"));
}

TEST_F(Safetensors, tensorsMustCoverTheData) {
    const auto two = [](int aBegin, int aEnd, int bBegin, int bEnd) {
        const auto entry = [](int begin, int end) {
            return "{\"dtype\":\"U8\",\"shape\":[" + std::to_string(end - begin) +
                   "],\"data_offsets\":[" + std::to_string(begin) + "," + std::to_string(end) +
                   "]}";
        };
        return "{\"a\":" + entry(aBegin, aEnd) + ",\"b\":" + entry(bBegin, bEnd) + "}";
    };
    EXPECT_THAT(headerFault(two(0, 4, 2, 6), 6), HasSubstr("tensor \"b\": overlaps"));
    EXPECT_THAT(headerFault(two(0, 2, 4, 6), 6), HasSubstr("leaves a gap"));
    EXPECT_THAT(headerFault(two(0, 2, 2, 4), 6), HasSubstr("expected 4 bytes of data, found 6"));
    writeHeader(two(2, 6, 0, 2), 6); // any order is fine
    EXPECT_EQ(SafetensorsFile::open(path()).tensors().size(), 2U);
}

TEST_F(Safetensors, truncatedAnywhere) {
    const std::string data(40, 'd');
    writeSafetensors(
        path(), {{"a", DType::F32, {10}, bytesOf(data)}, {"b", DType::F32, {10}, bytesOf(data)}});
    const auto whole = readFile(path());
    for (std::size_t n = 0; n < whole.size(); n += 3) {
        writeRaw(whole.substr(0, n));
        EXPECT_FALSE(fault().empty()) << n;
    }
}

TEST_F(Safetensors, randomAndDamagedBytesNeverCrash) {
    const std::string data(40, 'd');
    writeSafetensors(path(), {{"a", DType::F32, {10}, bytesOf(data)}}, {{"k", "v"}});
    const auto whole = readFile(path());
    std::mt19937 random(1);
    for (int round = 0; round < 400; ++round) {
        std::string bytes = round % 2 == 0 ? whole : std::string(200, ' ');
        for (int i = 0; i < (round % 2 == 0 ? 3 : 200); ++i)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        writeRaw(bytes);
        try {
            const auto file = SafetensorsFile::open(path());
            for (const auto& tensor : file.tensors())
                EXPECT_LE(tensor.bytes.size(), bytes.size());
        } catch (const Error& error) {
            EXPECT_EQ(error.issue().file, path().string());
        }
    }
}

TEST_F(Safetensors, missingFileAndFolder) {
    EXPECT_THAT(fault(), HasSubstr("cannot open"));
    fs::create_directories(path());
    EXPECT_FALSE(fault().empty());
    fs::remove(path());
}

TEST(DType, names) {
    EXPECT_STREQ(toString(DType::BF16), "BF16");
    EXPECT_STREQ(toString(DType::Bool), "BOOL");
    EXPECT_EQ(byteSize(DType::F64), 8U);
    EXPECT_EQ(byteSize(DType::F16), 2U);
    EXPECT_EQ(byteSize(DType::Bool), 1U);
}

} // namespace
} // namespace hmgrl
