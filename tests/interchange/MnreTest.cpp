#include "interchange/PythonLiteral.h"
#include "interchange/Support.h"
#include "support/Text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

using nlohmann::json;
using test::importAll;
using test::TemporaryFolder;

TEST(PythonLiteral, readsWhatReprWrites) {
    EXPECT_EQ(parsePythonLiteral(R"({'a': [1, -2, 2.5, None, True, False,], "b'c": {}})"),
              json::parse(R"({"a":[1,-2,2.5,null,true,false],"b'c":{}})"));
    EXPECT_EQ(parsePythonLiteral(R"('it\'s "so" \\o/ \x41\u00e9\U0001F680\n\101')"),
              "it's \"so\" \\o/ A\u00e9\U0001F680\nA");
    EXPECT_EQ(parsePythonLiteral(R"(u'\ud83d\ude80')"), "\U0001F680");
    EXPECT_EQ(parsePythonLiteral("'\u05e9\u05dc\u05d5\u05dd'"), "\u05e9\u05dc\u05d5\u05dd");
}

TEST(PythonLiteral, refusesEverythingElse) {
    for (const char* text : {"",
                             "{",
                             "{'a'",
                             "{'a':",
                             "{'a':1",
                             "{'a':1 'b':2}",
                             "{1:2}",
                             "{'a':1,'a':2}",
                             "[1",
                             "[,]",
                             "'a",
                             R"('\q')",
                             R"('\x4')",
                             R"('\ud800')",
                             R"('\udc00')",
                             R"('\ud800\u0041')",
                             R"('\U00110000')",
                             R"('\)",
                             "None None",
                             "nan",
                             "inf",
                             "-",
                             "open('f')",
                             "__import__('os')",
                             "[x for x in y]",
                             "1+1",
                             "b'a'",
                             "u",
                             "(1,)",
                             "'a' 'b'"})
        EXPECT_THROW(parsePythonLiteral(text), Error) << text;
    EXPECT_THROW(parsePythonLiteral(std::string(100000, '[')), Error);
    EXPECT_THROW(parsePythonLiteral(std::string(100000, '{')), Error);
}

const std::string line =
    "{'token': ['🚀', 'Ada', 'Love', 'lives', 'in', \"L'Aquila\"], 'h': {'name': 'Ada Love', 'pos': "
    "[1, 3]},"
    " 't': {'name': \"L'Aquila\", 'pos': [5, 6]}, 'img_id': 'x.jpg', 'relation': '/per/loc/lives'}";

TEST(Mnre, tokensBecomeTextAndOffsetsAreCodePoints) {
    const TemporaryFolder folder;
    const auto read = importAll(folder.write("m.txt", line + "\n"));
    ASSERT_EQ(read.documents.size(), 1U) << read.allIssues();
    EXPECT_EQ(read.allIssues(), "");
    const Document& document = read.documents[0];
    EXPECT_EQ(document.key, "m.txt:1");
    EXPECT_EQ(document.text, "🚀 Ada Love lives in L'Aquila");
    ASSERT_EQ(document.mentions.size(), 2U);
    EXPECT_EQ(document.mentions[0].span, (Span{2, 10}));
    EXPECT_EQ(document.mentions[1].span, (Span{20, 28}));
    ASSERT_EQ(document.relations.size(), 1U);
    EXPECT_EQ(document.relations[0].type, "/per/loc/lives");
    EXPECT_EQ(document.relations[0].head, 0);
    EXPECT_EQ(document.relations[0].tail, 1);
    EXPECT_EQ(document.imageRef, "x.jpg");
    EXPECT_EQ(document.imagePath, "");
}

TEST(Mnre, picturesComeFromTheFolderThatWasNamed) {
    const TemporaryFolder folder;
    const auto file = folder.write("m.txt", line);
    folder.write("img/x.jpg", "x");
    ImportOptions options;
    options.imageFolder = folder.path() / "img";
    EXPECT_NE(importAll(file, {}, options).documents.at(0).imagePath, "");
    options.imageFolder = folder.path();
    EXPECT_TRUE(importAll(file, {}, options).reports({"line 1", "not found", "x.jpg"}));
}

TEST(Mnre, badLinesAreListed) {
    const TemporaryFolder folder;
    const std::string bad =
        "{'token': [], 'h': {'name': 'a', 'pos': [0, 1]}, 't': {'name': 'b', 'pos': [1, 2]}}\n"
        "{'token': ['a', 'b'], 'h': {'name': 'a', 'pos': [0, 1]}, 't': {'name': 'b', 'pos': [1, "
        "3]}}\n"
        "{'token': ['a', 'b'], 'h': {'name': 'a', 'pos': [1, 1]}, 't': {'name': 'b', 'pos': [1, "
        "2]}}\n"
        "{'token': ['a', 'b'], 'h': {'name': 'a', 'pos': [0]}, 't': {'name': 'b', 'pos': [1, 2]}}\n"
        "{'token': ['a', 'b'], 't': {'name': 'b', 'pos': [1, 2]}}\n"
        "{'token': ['a', 5], 'h': {}, 't': {}}\n"
        "{'token': __import__('os').system('true')}\n"
        "{'token': ['a', 'b'], 'h': {'name': 'x', 'pos': [0, 1]}, 't': {'name': 'b', 'pos': [1, "
        "2]},"
        " 'relation': 'None', 'more': 1}\n";
    const auto read = importAll(folder.write("m.txt", bad));
    ASSERT_EQ(read.documents.size(), 1U);
    EXPECT_TRUE(read.documents[0].relations.empty());
    EXPECT_EQ(read.documents[0].extra, R"({"more":1})");
    ASSERT_EQ(read.issues.size(), 8U) << read.allIssues();
    for (std::size_t i = 0; i < read.issues.size(); ++i)
        EXPECT_EQ(read.issues[i].place, "line " + std::to_string(i + 1));
    EXPECT_TRUE(read.reports({"line 2", "1..3"}));
    EXPECT_TRUE(read.reports({"line 8", "\"x\"", "words are taken"}));
}

TEST(Mnre, theWholeCorpusLoads) {
    const std::filesystem::path data = std::filesystem::path(HMGRL_SHARED_DATA) / "relations/mnre";
    if (!std::filesystem::exists(data))
        GTEST_SKIP() << "the MNRE files aren't beside the project";
    std::size_t documents = 0;
    std::size_t related = 0;
    for (const char* part : {"mnre_train.txt", "mnre_val.txt", "mnre_test.txt"}) {
        const auto read = importAll((data / part).string());
        EXPECT_EQ(read.allIssues(), "");
        documents += read.documents.size();
        for (const Document& document : read.documents) {
            EXPECT_TRUE(documentFaults(document).empty());
            related += document.relations.size();
        }
    }
    EXPECT_EQ(documents, 15485U);
    EXPECT_EQ(related, 5767U);
}

} // namespace
} // namespace hmgrl
