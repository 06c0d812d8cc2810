#include "interchange/LoopbackServer.h"
#include "interchange/Support.h"
#include "support/Text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace hmgrl {
namespace {

using test::importAll;
using test::TemporaryFolder;

const std::string lions =
    R"(["🏈 Lions versus Packers.","http://127.0.0.1:1/a/Lions%20run.jpg","sports",)"
    R"([["Lions","Organization",2,7,"http://127.0.0.1:1/w/Lions"],)"
    R"(["Packers","Organization",15,22,"http://127.0.0.1:1/w/Packers"]]])";

std::string spanText(const Document& document, std::size_t mention) {
    const Span span = document.mentions.at(mention).span;
    return substring(document.text, span.begin, span.end);
}

TEST(Met, readsWikiDiverseLists) {
    const TemporaryFolder folder;
    const auto read = importAll(folder.write("train.json", "[" + lions + ",\n" + lions + "]"));
    ASSERT_EQ(read.documents.size(), 2U) << read.allIssues();
    const Document& document = read.documents[1];
    EXPECT_EQ(document.key, "train.json:2");
    EXPECT_EQ(document.topic, "sports");
    EXPECT_EQ(document.imageRef, "http://127.0.0.1:1/a/Lions%20run.jpg");
    ASSERT_EQ(document.mentions.size(), 2U);
    EXPECT_EQ(spanText(document, 0), "Lions");
    EXPECT_EQ(spanText(document, 1), "Packers");
    EXPECT_EQ(document.mentions[1].type, "Organization");
    EXPECT_EQ(nlohmann::json::parse(document.extra)["mention_links"][1],
              "http://127.0.0.1:1/w/Packers");
    ASSERT_EQ(read.issues.size(), 1U);
    EXPECT_TRUE(read.reports({"train.json", "2 images are web addresses"}));
}

TEST(Met, imagesComeFromTheFolderOrTheWeb) {
    const TemporaryFolder folder;
    folder.write("img/Lions run.jpg", "x");
    const auto file = folder.write("a.json", "[" + lions + "]");
    ImportOptions options;
    options.imageFolder = folder.path() / "img";
    const auto local = importAll(file, {}, options);
    EXPECT_EQ(local.allIssues(), "");
    EXPECT_EQ(std::filesystem::path(local.documents.at(0).imagePath).filename(), "Lions run.jpg");

    test::LoopbackServer server;
    const std::string picture = "\xFF\xD8\xFF"
                                "jpeg";
    server.serve("/x.jpg", "image/jpeg", picture);
    options = {};
    options.downloadFolder = folder.path() / "down";
    const auto loaded = importAll(
        folder.write("b.json", R"([["One.",")" + server.url("/x.jpg") + R"(","t",[]],["Two.",")" +
                                   server.url("/no.jpg") + R"(","t",[]]])"),
        {}, options);
    ASSERT_EQ(loaded.documents.size(), 2U);
    EXPECT_NE(loaded.documents[0].imagePath, "");
    EXPECT_TRUE(loaded.reports({"item 2", "404"})) << loaded.allIssues();
}

TEST(Met, readsFlatLists) {
    const TemporaryFolder folder;
    folder.write("i.jpg", "x");
    const auto read = importAll(folder.write(
        "a.json",
        R"([["In Rome, near Rome.","i.jpg","Rome","http://h/Rome","In Rome, near",".",["/location","/location/city"]],)"
        R"(["In Rome.","i.jpg","Rome",null,3,7,"Site"],)"
        R"([null,"i.jpg","Rome","","In",".","Site"]])"));
    ASSERT_EQ(read.documents.size(), 3U) << read.allIssues();
    EXPECT_EQ(read.allIssues(), "");
    EXPECT_EQ(read.documents[0].mentions[0].span, (Span{14, 18}));
    EXPECT_EQ(read.documents[0].mentions[0].type, "/location/city");
    EXPECT_EQ(read.documents[1].mentions[0].span, (Span{3, 7}));
    EXPECT_EQ(read.documents[2].text, "In Rome .");
    EXPECT_EQ(spanText(read.documents[2], 0), "Rome");
}

TEST(Met, readsObjectsWithWordsOrText) {
    const TemporaryFolder folder;
    folder.write("i.jpg", "x");
    const auto read = importAll(folder.write(
        "a.json",
        R"([{"id":"q","tokens":["🚀","Ada","Love","sings"],"image":"i.jpg","lang":"en","annotations":)"
        R"([{"mention":"Ada Love","start":1,"end":3,"labels":["person","person/artist","woman"]}]},)"
        R"({"sentence":"Ada sings.","img":"i.jpg","mentions":[{"mention":"Ada","type":"person"}]},)"
        R"({"left_context_token":["Then"],"mention_span":"Ada","right_context_token":["sings"],"y_str":["person"],"image":"i.jpg"}])"));
    ASSERT_EQ(read.documents.size(), 3U) << read.allIssues();
    EXPECT_EQ(read.allIssues(), "");
    EXPECT_EQ(read.documents[0].key, "q");
    EXPECT_EQ(read.documents[0].mentions[0].span, (Span{2, 10}));
    EXPECT_EQ(read.documents[0].mentions[0].type, "person/artist");
    const auto extra = nlohmann::json::parse(read.documents[0].extra);
    EXPECT_EQ(extra["lang"], "en");
    EXPECT_EQ(extra["mention_types"][0][2], "woman");
    EXPECT_EQ(read.documents[1].mentions[0].span, (Span{0, 3}));
    EXPECT_EQ(read.documents[2].text, "Then Ada sings");
    EXPECT_EQ(read.documents[2].mentions[0].span, (Span{5, 8}));
}

TEST(Met, badItemsAndMentionsAreListedAndTheRestGoesOn) {
    const TemporaryFolder folder;
    folder.write("i.jpg", "x");
    const auto read = importAll(folder.write(
        "a.json",
        R"([["Rome.","i.jpg","t",[["Rome","Site",0,99],["Paris","Site"],["Rome","Site",1,5],7]],)"
        R"([5,"i.jpg","t",[]], {"sentence":"A","image":5}, [], {"a":nonsense}, {},)"
        R"(["Rome Rome.","i.jpg","t",[["Rome","Site"],["Rome","Site",1,5]]],)"
        R"(["x\u0000y","i.jpg","t",[]],["Last.","i.jpg","t",[])"));
    ASSERT_EQ(read.documents.size(), 2U) << read.allIssues();
    EXPECT_EQ(read.documents[0].mentions.size(), 1U);
    EXPECT_TRUE(read.reports({"item 1", "mention 0 left out", "0..99"})) << read.allIssues();
    EXPECT_TRUE(read.reports({"item 1", "mention 1 left out", "isn't in the text"}));
    EXPECT_TRUE(read.reports({"item 1", "mention 2", "taken where it does stand"}));
    EXPECT_TRUE(read.reports({"item 1", "mention 3 left out"}));
    EXPECT_TRUE(read.reports({"item 2", "sentence"}));
    EXPECT_TRUE(read.reports({"item 3", "image"}));
    EXPECT_TRUE(read.reports({"item 4", "found neither"}));
    EXPECT_TRUE(read.reports({"item 5", "not JSON"}));
    EXPECT_TRUE(read.reports({"item 7", "mention 0", "the first was taken"}));
    EXPECT_TRUE(read.reports({"item 7", "mention 1 left out", "more than once"}));
    EXPECT_TRUE(read.reports({"item 8", "NUL"}));
    EXPECT_TRUE(read.reports({"item 9", "not JSON"}));
}

TEST(Met, aListWithoutItsEndIsTold) {
    const TemporaryFolder folder;
    folder.write("i.jpg", "x");
    const auto read = importAll(folder.write("a.json", R"([["Last.","i.jpg","t",[]],)"));
    EXPECT_EQ(read.documents.size(), 1U);
    EXPECT_TRUE(read.reports({"item 2", "end of the file"})) << read.allIssues();
}

TEST(Met, everyDocumentIsSoundForJsonLinesOfLists) {
    const TemporaryFolder folder;
    const auto read = importAll(folder.write("a.txt", lions + "\n" + lions + "\n"));
    ASSERT_EQ(read.documents.size(), 2U) << read.allIssues();
    for (const Document& document : read.documents)
        EXPECT_TRUE(documentFaults(document).empty());
}

} // namespace
} // namespace hmgrl
