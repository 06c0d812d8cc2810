#include "interchange/Jsonl.h"

#include "interchange/Support.h"
#include "support/Random.h"
#include "support/Text.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

using test::importAll;
using test::TemporaryFolder;

struct Seed {
    const char* format;
    std::string bytes;
    std::vector<std::string> pieces; ///< what the format is made of
};

/// Whole inputs broken by bytes, cuts, doublings and the format's own pieces in wrong places.
std::string mutate(std::string bytes, const std::vector<std::string>& pieces, Random& random) {
    const auto somewhere = [&] { return random.upTo(static_cast<std::uint32_t>(bytes.size())); };
    for (std::uint32_t i = random.upTo(6) + 1; i > 0; --i) {
        const std::size_t at = somewhere();
        const std::size_t length = random.upTo(30);
        switch (random.upTo(5)) {
        case 0:
            if (at < bytes.size())
                bytes[at] = static_cast<char>(random.upTo(255));
            break;
        case 1:
            bytes.erase(at, length);
            break;
        case 2:
            bytes.insert(somewhere(), bytes.substr(at, length));
            break;
        case 3:
            bytes.insert(at, std::string(1, static_cast<char>(random.upTo(255))));
            break;
        case 4:
            bytes.resize(at);
            break;
        default:
            bytes.insert(at, pieces[random.upTo(static_cast<std::uint32_t>(pieces.size() - 1))]);
        }
    }
    return bytes;
}

class Fuzz : public testing::TestWithParam<Seed> {};

TEST_P(Fuzz, everyInputGivesSoundDocumentsOrAnError) {
    const auto& [format, seed, pieces] = GetParam();
    const TemporaryFolder folder;
    folder.write("x.png", "not a picture");
    Random random(20260101);
    std::size_t documents = 0;
    for (int runs = 0; runs < 3000; ++runs) {
        std::filesystem::remove(folder.path() / "fuzz.in"); // truncating would wait for the disk
        const auto file = folder.write("fuzz.in", mutate(seed, pieces, random));
        test::Imported read;
        try {
            read = importAll(file, format);
        } catch (const Error&) {
            continue; // a refusal is an answer
        }
        documents += read.documents.size();
        for (const Document& document : read.documents) {
            ASSERT_TRUE(documentFaults(document).empty()) << "run " << runs;
            ASSERT_FALSE(firstInvalidUtf8(document.text)) << "run " << runs;
            ASSERT_EQ(document.text.find('\0'), std::string::npos) << "run " << runs;
            ASSERT_FALSE(document.key.empty());
            ASSERT_NO_THROW((void)documentToJsonLine(document)) << "run " << runs;
        }
    }
    EXPECT_GT(documents, 100U) << "the inputs are broken beyond use";
}

std::string repeated(const std::string& line, int times) {
    std::string out;
    for (int i = 0; i < times; ++i)
        out += line;
    return out;
}

INSTANTIATE_TEST_SUITE_P(
    Importers, Fuzz,
    testing::Values(
        Seed{
            "jsonl",
            repeated(
                R"({"id":"a","text":"Ada 🚀 met Bo","image":"x.png","mentions":[{"begin":0,"end":3,)"
                R"("type":"p","candidates":[{"category":"p","score":0.5}]},{"begin":10,"end":12}],)"
                R"("relations":[{"head":0,"tail":1,"type":"m","score":0.5}],"more":[1,{"a":null}]})"
                "\n",
                4),
            {"[", "]", "{", "}", "\"", "\\u0000", "\\ud800", "1e999", "-1", "null", "\n",
             "\"mentions\":7,", "\xED\xA0\x80", "18446744073709551616", ",", "\"end\":-5"}},
        Seed{"mnre",
             repeated("{'token': ['🚀', 'Ada', \"L'Aq\", '\\\\o/'], 'h': {'name': 'Ada', 'pos': [1, "
                      "2]}, 't': "
                      "{'name': \"L'Aq\", 'pos': [2, 3]}, 'img_id': 'x.png', 'relation': 'None'}\n",
                      4),
             {"[", "]", "{", "}", "'", "\"", "\\", "\\x00", "\\ud83d", "None", "-9",
              "99999999999999999999", "nan", "\n", "'pos': [3, 1]", "u'"}},
        Seed{
            "met",
            R"([["🏈 Lions beat Bears.","x.png","s",[["Lions","Org",2,7,"u"],["Bears","Org",13,18,"u"]]],)"
            R"({"tokens":["a","b"],"image":"x.png","annotations":[{"mention":"b","start":1,"end":2,"labels":["t","t/u"]}]},)"
            R"(["In Rome.","x.png","Rome","w","In",".","Site"]])",
            {"[", "]", "{", "}", "\"", ",", "null", "-1", "1e9", "\\u0000", "[[[[",
             "\"mention\":[]", "\"pos\":[0,1]", "\\ud800"}},
        Seed{"web",
             "<!doctype html><html><head><base href='a/'><title>T</title></head><body><figure><img "
             "src='x.png' "
             "srcset='y.png 2x, z.png 3x' alt='&amp;'><figcaption>Cap "
             "<b>tion</b></figcaption></figure>"
             "<table><tr><td><p>Some words <img data-src=x.png width=20></table><!-- c "
             "--><script>1<2</script>"
             "<svg><p><math></svg><template><td></template><noscript><img "
             "src=x.png></noscript></body></html>",
             {"<table>",
              "</table>",
              "<figure>",
              "</figure>",
              "<figcaption>",
              "<select>",
              "<svg>",
              "</p>",
              "<template>",
              "<frameset>",
              "<b>",
              "</b>",
              "<a>",
              "<form>",
              "&#xFFFFFF;",
              "&",
              "<![CDATA[",
              "<!--",
              "<plaintext>",
              "<title>",
              "<base href='http://[/'>",
              "<meta charset=utf-16>",
              "<img ",
              "srcset='",
              "\xFF\xFE",
              "<button>",
              "<iframe>"}}),
    [](const auto& one) { return one.param.format; });

} // namespace
} // namespace hmgrl
