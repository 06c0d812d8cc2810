#include "perception/WordPiece.h"

#include "Support.h"
#include "support/Text.h"

#include <chrono>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace hmgrl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const WordPiece& uncased() {
    static const WordPiece words = WordPiece::load(test::dataFolder() / "vocab.txt", true);
    return words;
}

const WordPiece& cased() {
    static const WordPiece words = WordPiece::load(test::dataFolder() / "vocab.txt", false);
    return words;
}

std::vector<std::string> tokens(const WordPiece& words, const Encoding& encoding) {
    std::vector<std::string> out;
    for (const auto id : encoding.ids)
        out.push_back(words.token(id));
    return out;
}

std::vector<std::string> tokens(const std::string& text) {
    return tokens(uncased(), uncased().encode(text, 512));
}

struct Golden {
    bool cased = false;
    std::string text;
    std::vector<std::int64_t> ids;
    std::vector<Span> offsets;
};

/// One line: a first column, text as JSON, ids, offsets.
Golden parseGolden(const std::string& line) {
    std::istringstream fields(line);
    std::string part;
    Golden golden;
    std::getline(fields, part, '\t');
    golden.cased = part == "c";
    std::getline(fields, part, '\t');
    golden.text = nlohmann::json::parse(part).get<std::string>();
    std::getline(fields, part, '\t');
    std::istringstream ids(part);
    for (std::int64_t id = 0; ids >> id;)
        golden.ids.push_back(id);
    char dash = 0;
    for (Span span; fields >> span.begin >> dash >> span.end;)
        golden.offsets.push_back(span);
    return golden;
}

std::vector<Golden> readGolden() {
    std::ifstream in(test::dataFolder() / "wordpiece.tsv");
    std::vector<Golden> all;
    for (std::string line; std::getline(in, line);)
        all.push_back(parseGolden(line));
    return all;
}

/// A vocabulary with capitals and accents, as those of cased encoders.
const WordPiece& capitals() {
    static const WordPiece words = WordPiece::load(test::dataFolder() / "vocab-cased.txt", false);
    return words;
}

/// As Golden; the first column is the most tokens allowed.
struct CasedGolden {
    int limit = 0;
    Golden golden;
};

std::vector<CasedGolden> readCasedGolden() {
    std::ifstream in(test::dataFolder() / "wordpiece-cased.tsv");
    std::vector<CasedGolden> all;
    for (std::string line; std::getline(in, line);) {
        const auto tab = line.find('\t');
        const int limit = std::stoi(line.substr(0, tab));
        all.push_back({limit == 0 ? 100'000 : limit, parseGolden(line)});
    }
    return all;
}

/// Capitals and accents kept, ideographs apart, addresses, emoji; whole and cut at eight tokens.
TEST(WordPiece, agreesWithTheReferenceOnACasedVocabulary) {
    const auto all = readCasedGolden();
    ASSERT_GT(all.size(), 180U);
    int cut = 0;
    for (const auto& [limit, golden] : all) {
        const auto found = capitals().encode(golden.text, limit);
        ASSERT_EQ(found.ids, golden.ids) << golden.text << "\n"
                                         << ::testing::PrintToString(tokens(capitals(), found));
        for (std::size_t i = 1; i + 1 < found.offsets.size(); ++i)
            ASSERT_EQ(found.offsets[i], golden.offsets[i]) << golden.text << " token " << i;
        const bool longer = capitals().encode(golden.text, 100'000).ids.size() > golden.ids.size();
        EXPECT_EQ(found.truncated, longer) << golden.text;
        cut += longer;
    }
    EXPECT_GT(cut, 40);
}

TEST(WordPiece, capitalsTellACasedVocabulary) {
    EXPECT_TRUE(capitals().hasCapitals());
    EXPECT_FALSE(uncased().hasCapitals()); // capitals in special tokens only
}

TEST(WordPiece, agreesWithTheReference) {
    const auto all = readGolden();
    ASSERT_GT(all.size(), 200U);
    for (const Golden& golden : all) {
        const auto& words = golden.cased ? cased() : uncased();
        const auto found = words.encode(golden.text, 100'000);
        ASSERT_EQ(found.ids, golden.ids) << golden.text << "\n"
                                         << ::testing::PrintToString(tokens(words, found));
        EXPECT_FALSE(found.truncated);
    }
}

/// Begins are the reference's; ends may only reach over characters that tokenize to nothing
/// (marks).
TEST(WordPiece, offsetsAgreeWithTheReference) {
    for (const Golden& golden : readGolden()) {
        const auto& words = golden.cased ? cased() : uncased();
        const auto found = words.encode(golden.text, 100'000);
        ASSERT_EQ(found.offsets.size(), golden.offsets.size()) << golden.text;
        for (std::size_t i = 1; i + 1 < found.offsets.size(); ++i) {
            const Span expected = golden.offsets[i];
            const Span span = found.offsets[i];
            ASSERT_EQ(span.begin, expected.begin) << golden.text << " token " << i;
            ASSERT_GE(span.end, expected.end) << golden.text << " token " << i;
            const auto extra = substring(golden.text, expected.end, span.end);
            EXPECT_EQ(words.encode(extra, 16).ids.size(), 2U) << golden.text << " token " << i;
        }
    }
}

TEST(WordPiece, pickedByHand) {
    EXPECT_THAT(tokens("Hello, world!"), ElementsAre("[CLS]", "hello", ",", "world", "!", "[SEP]"));
    EXPECT_THAT(tokens("CAFÉ"), ElementsAre("[CLS]", "cafe", "[SEP]"));
    EXPECT_THAT(tokens(""), ElementsAre("[CLS]", "[SEP]"));
    EXPECT_THAT(tokens(" \t\n"), ElementsAre("[CLS]", "[SEP]"));
    EXPECT_THAT(tokens(std::string(101, 'x')), ElementsAre("[CLS]", "[UNK]", "[SEP]"));
}

TEST(WordPiece, textCannotForgeSpecialTokens) {
    for (const auto& token : {"[CLS]", "[SEP]", "[PAD]", "[unused1]"}) {
        const auto found = tokens(std::string("the ") + token + " end");
        EXPECT_EQ(std::count(found.begin() + 1, found.end() - 1, token), 0) << token;
    }
}

TEST(WordPiece, aSpanNeverCutsAVisibleCharacter) {
    // e + combining acute, then an emoji with variation selector
    const auto found = uncased().encode("cafe\u0301 \u2764\uFE0F the", 16);
    ASSERT_EQ(found.offsets.size(), 5U);
    EXPECT_EQ(found.offsets[1], (Span{0, 5}));
    EXPECT_EQ(found.offsets[2], (Span{6, 8}));
    EXPECT_EQ(found.offsets[3], (Span{9, 12}));
    EXPECT_EQ(found.offsets[0], (Span{-1, -1}));
}

TEST(WordPiece, offsetsAreCodePoints) {
    const auto found = uncased().encode("\U0001F600\U0001F600 the", 16);
    EXPECT_EQ(found.offsets[found.offsets.size() - 2], (Span{3, 6}));
}

TEST(WordPiece, markers) {
    const auto open = uncased().id("[unused1]");
    const auto close = uncased().id("[unused2]");
    const auto found = uncased().encode("the city tower", 16, {{4, open}, {8, close}});
    EXPECT_THAT(tokens(uncased(), found),
                ElementsAre("[CLS]", "the", "[unused1]", "city", "[unused2]", "tower", "[SEP]"));
    EXPECT_EQ(found.offsets[2], (Span{-1, -1}));
    EXPECT_EQ(found.offsets[3], (Span{4, 8}));
}

TEST(WordPiece, markersAtTheEndsAndInsideAWord) {
    const auto a = uncased().id("[unused1]");
    const auto b = uncased().id("[unused2]");
    const auto found = uncased().encode("thecity", 16, {{0, a}, {3, b}, {7, a}, {7, b}});
    EXPECT_THAT(tokens(uncased(), found), ElementsAre("[CLS]", "[unused1]", "the", "[unused2]",
                                                      "city", "[unused1]", "[unused2]", "[SEP]"));
    EXPECT_THAT(tokens(uncased(), uncased().encode("", 16, {{0, a}})),
                ElementsAre("[CLS]", "[unused1]", "[SEP]"));
}

TEST(WordPiece, truncatesAndSaysSo) {
    const auto a = uncased().id("[unused1]");
    const auto cut = uncased().encode("the city the city the", 5, {{15, a}});
    EXPECT_THAT(tokens(uncased(), cut), ElementsAre("[CLS]", "the", "city", "the", "[SEP]"));
    EXPECT_TRUE(cut.truncated);
    const auto exact = uncased().encode("the city the  ", 5);
    EXPECT_EQ(exact.ids.size(), 5U);
    EXPECT_FALSE(exact.truncated);
    EXPECT_EQ(uncased().encode("the", 2).ids.size(), 2U);
}

TEST(WordPiece, refusesBadArguments) {
    EXPECT_THROW((void)uncased().encode("the", 1), Error);
    EXPECT_THROW((void)uncased().encode("the", 16, {{0, 1'000'000}}), Error);
    EXPECT_THROW((void)uncased().encode("the", 16, {{0, -1}}), Error);
    EXPECT_THAT(test::errorOf([] { (void)uncased().encode("ok \xC3\x28", 16); }),
                HasSubstr("byte 3"));
    EXPECT_THROW((void)uncased().id("no such token"), Error);
    EXPECT_THROW((void)uncased().token(-1), Error);
}

TEST(WordPiece, longInputsStayFast) {
    const auto start = std::chrono::steady_clock::now();
    std::string spaced;
    while (spaced.size() < (1U << 20))
        spaced += "unwantedly ";
    EXPECT_GT(uncased().encode(spaced, 1'000'000).ids.size(), 100'000U);
    EXPECT_TRUE(uncased().encode(spaced, 512).truncated);
    EXPECT_EQ(uncased().encode(std::string(1U << 20, 'q'), 512).ids.size(), 3U);
    std::string worst; // words that never match, at the longest length tried
    while (worst.size() < (1U << 20))
        worst += std::string(99, 'q') + "\u0416 ";
    EXPECT_GT(uncased().encode(worst, 1'000'000).ids.size(), 10'000U);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

class Vocabulary : public test::FolderTest {};

TEST_F(Vocabulary, acceptsWindowsLineEndsAndNoFinalNewline) {
    const auto path = write("v.txt", "[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\nthe");
    const auto words = WordPiece::load(path, true);
    EXPECT_EQ(words.size(), 5U);
    EXPECT_EQ(words.encode("The", 4).ids, (std::vector<std::int64_t>{2, 4, 3}));
}

TEST_F(Vocabulary, namesWhatIsWrong) {
    const auto faultOf = [&](const char* name, std::string_view bytes) {
        const auto path = write(name, bytes);
        return test::errorOf([&] { (void)WordPiece::load(path, true); });
    };
    EXPECT_THAT(faultOf("empty.txt", ""), HasSubstr("[PAD]"));
    EXPECT_THAT(faultOf("cls.txt", "[PAD]\n[UNK]\n[SEP]\n"),
                HasSubstr("cls.txt: expected a WordPiece"));
    EXPECT_THAT(faultOf("twice.txt", "[PAD]\nx\nx\n"), HasSubstr("line 3"));
    EXPECT_THAT(faultOf("binary.txt", "[PAD]\n\xFF\n"), HasSubstr("byte 6"));
    EXPECT_THROW((void)WordPiece::load(m_folder / "absent.txt", true), Error);
}

} // namespace
} // namespace hmgrl
