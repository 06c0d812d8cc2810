#include "interchange/Jsonl.h"

#include "interchange/Support.h"
#include "support/Text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hmgrl {
namespace {

using test::importAll;
using test::Imported;
using test::TemporaryFolder;

const std::string whole =
    R"({"id":"a","text":"Ada 👩🏽‍🚀 met Bo.","image":"ada.jpg","url":"http://h/p","topic":"space",)"
    R"("mentions":[{"begin":0,"end":3,"type":"person","score":0.5,"status":"suggested","candidates":)"
    R"([{"category":"person","score":0.5,"distance":1.25},{"category":"event","score":0.25}]},)"
    R"({"begin":13,"end":15}],"relations":[{"head":0,"tail":1,"type":"met","score":0.75,)"
    R"("status":"rejected"}],"credit":{"by":"x","n":[1,2.5,null]},"licence":"CC0"})";

TEST(Jsonl, readsEveryField) {
    const TemporaryFolder folder;
    folder.write("ada.jpg", "picture");
    const auto read = importAll(folder.write("a.jsonl", whole + "\n"));
    ASSERT_EQ(read.documents.size(), 1U);
    EXPECT_EQ(read.allIssues(), "");
    const Document& document = read.documents.front();
    EXPECT_EQ(document.key, "a");
    EXPECT_EQ(document.imageRef, "ada.jpg");
    EXPECT_EQ(document.imagePath, std::filesystem::canonical(folder.path() / "ada.jpg").string());
    EXPECT_EQ(document.url, "http://h/p");
    EXPECT_EQ(document.topic, "space");
    ASSERT_EQ(document.mentions.size(), 2U);
    EXPECT_EQ(substring(document.text, 0, 3), "Ada");
    EXPECT_EQ(substring(document.text, 13, 15), "Bo");
    EXPECT_EQ(document.mentions[0].status, Status::Suggested);
    EXPECT_EQ(document.mentions[0].candidates[0], (Candidate{"person", 0.5, 1.25}));
    EXPECT_EQ(document.mentions[1].status, Status::Accepted);
    EXPECT_EQ(document.mentions[1].score, 1);
    ASSERT_EQ(document.relations.size(), 1U);
    EXPECT_EQ(document.relations[0].status, Status::Rejected);
    EXPECT_EQ(document.extra, R"({"credit":{"by":"x","n":[1,2.5,null]},"licence":"CC0"})");
}

TEST(Jsonl, writesWhatItRead) {
    Issues issues;
    const auto document =
        documentFromJson(nlohmann::json::parse(whole), ".", "f", "line 1", issues);
    EXPECT_EQ(documentToJsonLine(document), whole);
}

TEST(Jsonl, extraFieldsNamedLikeOursAreKept) {
    Document document;
    document.key = "a";
    document.text = "t";
    document.extra = R"({"image":5,"text":"other"})";
    const std::string line = documentToJsonLine(document);
    EXPECT_EQ(line, R"({"id":"a","text":"t","extra.image":5,"extra.text":"other"})");
    Issues issues;
    EXPECT_EQ(
        documentToJsonLine(documentFromJson(nlohmann::json::parse(line), ".", "f", "", issues)),
        line);
}

TEST(Jsonl, missingImageIsListedAndTheDocumentStays) {
    const TemporaryFolder folder;
    const auto read =
        importAll(folder.write("a.jsonl", R"({"id":"a","text":"t","image":"no.png"})"));
    ASSERT_EQ(read.documents.size(), 1U);
    EXPECT_EQ(read.documents[0].imageRef, "no.png");
    EXPECT_EQ(read.documents[0].imagePath, "");
    EXPECT_TRUE(read.reports({"a.jsonl", "line 1", "not found", "no.png"})) << read.allIssues();
}

TEST(Jsonl, imagesMayNotLeaveTheFolder) {
    const TemporaryFolder folder;
    folder.write("secret.png", "x");
    const std::string absolute = (folder.path() / "secret.png").string();
    std::filesystem::create_directories(folder.path() / "in");
    std::filesystem::create_symlink(folder.path(), folder.path() / "in/out");
    const auto file =
        folder.write("in/a.jsonl", R"({"id":"1","text":"t","image":"../secret.png"})"
                                   "\n"
                                   R"({"id":"2","text":"t","image":")" +
                                       absolute + "\"}\n" +
                                       R"({"id":"3","text":"t","image":"out/secret.png"})"
                                       "\n"
                                       R"({"id":"4","text":"t","image":"http://h/x"})");
    const auto read = importAll(file);
    ASSERT_EQ(read.documents.size(), 4U);
    EXPECT_EQ(read.issues.size(), 4U) << read.allIssues();
    for (const Document& document : read.documents) {
        EXPECT_EQ(document.imagePath, "");
        EXPECT_NE(document.imageRef, "");
    }
    EXPECT_TRUE(read.reports({"line 1", ".."}));
    EXPECT_TRUE(read.reports({"line 2", absolute}));
    EXPECT_TRUE(read.reports({"line 3", "leaves"}));
    EXPECT_TRUE(read.reports({"line 4", "http://h/x"}));
}

struct BadLine {
    std::string line;
    std::string reason;
};

class BadLines : public testing::TestWithParam<BadLine> {};

TEST_P(BadLines, areListedWithTheirPlaceAndTheRestGoesOn) {
    const TemporaryFolder folder;
    const std::string good = R"({"id":"g","text":"good"})";
    const auto read =
        importAll(folder.write("a.jsonl", good + "\n" + GetParam().line + "\r\n\n" + good + "\n"));
    EXPECT_EQ(read.documents.size(), 2U);
    ASSERT_EQ(read.issues.size(), 1U) << read.allIssues();
    EXPECT_EQ(read.issues[0].place, "line 2");
    EXPECT_THAT(read.issues[0].reason, testing::HasSubstr(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Jsonl, BadLines,
    testing::Values(BadLine{"{\"id\":\"a\"", "not JSON"}, BadLine{"[1]", "expected an object"},
                    BadLine{"nonsense", "not JSON"},
                    BadLine{R"({"id":"a","text":"t","x":{"y":1,"y":2}})", "\"y\" stands twice"},
                    BadLine{R"({"id":"a"})", "found neither"},
                    BadLine{R"({"id":["a"],"text":"t"})", "\"id\""},
                    BadLine{R"({"id":"a","text":5})", "\"text\""},
                    BadLine{R"({"id":"a","text":"x\u0000y"})", "NUL"},
                    BadLine{R"({"id":"a","text":"\ud800"})", "not JSON"},
                    BadLine{std::string("{\"id\":\"a\",\"text\":\"\0\"}", 21), "NUL at byte 18"},
                    BadLine{"{\"id\":\"a\",\"text\":\"\xC3(\"}", "invalid sequence at byte 18"},
                    BadLine{"{\"id\":\"a\",\"text\":\"\xED\xA0\x80\"}", "invalid sequence"},
                    BadLine{R"({"id":"a","text":"t","mentions":{}})", "expected a list"},
                    BadLine{"{\"x\":" + std::string(200000, '['), "nested"}));

struct BadPart {
    std::string mentions;
    std::string relations;
    std::string reason;
};

class BadParts : public testing::TestWithParam<BadPart> {};

TEST_P(BadParts, areLeftOutWithAnIssueAndTheDocumentStays) {
    Issues issues;
    const auto text = R"({"id":"a","text":"one two","mentions":[{"begin":0,"end":3},)" +
                      GetParam().mentions + R"(],"relations":[)" + GetParam().relations + "]}";
    const auto document = documentFromJson(nlohmann::json::parse(text), ".", "f", "line 7", issues);
    EXPECT_TRUE(documentFaults(document).empty());
    ASSERT_EQ(issues.size(), 1U);
    EXPECT_EQ(issues[0].place, "line 7");
    EXPECT_THAT(issues[0].reason, testing::HasSubstr(GetParam().reason));
}

const std::string two = R"({"begin":4,"end":7})";

INSTANTIATE_TEST_SUITE_P(
    Jsonl, BadParts,
    testing::Values(BadPart{R"({"begin":4,"end":8})", "", "end <= 7, found 4..8"},
                    BadPart{R"({"begin":5,"end":4})", "", "5..4"},
                    BadPart{R"({"begin":4,"end":4})", "", "4..4"},
                    BadPart{R"({"begin":-1,"end":4})", "", "-1..4"},
                    BadPart{R"({"begin":1.5,"end":4})", "", "whole number"},
                    BadPart{R"({"begin":99999999999999999999,"end":4})", "", "whole number"},
                    BadPart{R"({"begin":18446744073709551615,"end":4})", "", "out of range"},
                    BadPart{R"({"end":4})", "", "\"begin\""},
                    BadPart{"7", "", "expected an object"},
                    BadPart{R"({"begin":4,"end":7,"type":3})", "", "\"type\""},
                    BadPart{R"({"begin":4,"end":7,"score":1.5})", "", "from 0 to 1"},
                    BadPart{R"({"begin":4,"end":7,"status":"maybe"})", "", "maybe"},
                    BadPart{R"({"begin":4,"end":7,"note":"x"})", "", "unknown field \"note\""},
                    BadPart{two, R"({"head":0,"tail":0,"type":"r"})", "two different"},
                    BadPart{two, R"({"head":0,"tail":2,"type":"r"})", "below 2"},
                    BadPart{two, R"({"head":-1,"tail":1})", "below 2"},
                    BadPart{two, R"({"head":0})", "\"tail\""}));

TEST(Jsonl, relationsFollowTheMentionsThatWereKept) {
    Issues issues;
    const auto document = documentFromJson(
        nlohmann::json::parse(R"({"id":"a","text":"abc","mentions":[{"begin":9,"end":10},)"
                              R"({"begin":0,"end":1},{"begin":1,"end":2}],"relations":[)"
                              R"({"head":2,"tail":1,"type":"r"},{"head":0,"tail":1,"type":"s"}]})"),
        ".", "f", "line 1", issues);
    ASSERT_EQ(document.relations.size(), 1U);
    EXPECT_EQ(document.relations[0].head, 1);
    EXPECT_EQ(document.relations[0].tail, 0);
    EXPECT_EQ(issues.size(), 2U);
}

TEST(Jsonl, aLineBeyondTheLimitIsSkippedAndAMegabyteIsRead) {
    const TemporaryFolder folder;
    const std::string large(1 << 20, 'x');
    const std::string tooLarge((8 << 20) + 1, 'y');
    const auto read = importAll(folder.write("a.jsonl", R"({"id":"1","text":")" + large + "\"}\n" +
                                                            R"({"id":"2","text":")" + tooLarge +
                                                            "\"}\n"
                                                            R"({"id":"3","text":"z"})"));
    ASSERT_EQ(read.documents.size(), 2U);
    EXPECT_EQ(read.documents[0].text, large);
    EXPECT_EQ(read.documents[1].key, "3");
    EXPECT_TRUE(read.reports({"line 2", "8388608"})) << read.allIssues();
}

TEST(Jsonl, aDocumentWithoutIdIsNamedAfterItsLine) {
    const TemporaryFolder folder;
    const auto read = importAll(
        folder.write("a.jsonl", "\xEF\xBB\xBF\n{\"text\":\"t\"}\n{\"id\":7,\"text\":\"t\"}"));
    ASSERT_EQ(read.documents.size(), 2U) << read.allIssues();
    EXPECT_EQ(read.documents[0].key, "a.jsonl:2");
    EXPECT_EQ(read.documents[1].key, "7");
}

TEST(Jsonl, stopsWhenCancelledAndReportsProgress) {
    const TemporaryFolder folder;
    std::string lines;
    for (int i = 0; i < 2000; ++i)
        lines += "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"t\"}\n";
    const auto file = folder.write("a.jsonl", lines);
    CancelToken cancel;
    int count = 0;
    double done = 0;
    Issues issues;
    EXPECT_THROW(importFrom(
                     file, {}, {},
                     [&](const Document&) { ++count == 700 ? cancel.cancel() : void(); }, issues,
                     cancel, [&](const Progress& progress) { done = progress.done; }),
                 Cancelled);
    EXPECT_EQ(count, 700);
    EXPECT_GT(done, 0);
}

TEST(Importers, refuseWhatTheyCannotRead) {
    const TemporaryFolder folder;
    EXPECT_THROW(importAll((folder.path() / "none.jsonl").string()), Error);
    EXPECT_THROW(importAll(folder.path().string()), Error);
    EXPECT_THROW(importAll("ftp://127.0.0.1/x"), Error);
    EXPECT_THROW(importAll(""), Error);
    EXPECT_THROW(importAll("/dev/zero", "jsonl"), Error);
    const auto unknown = folder.write("a.bin", "\x7F"
                                               "ELF");
    try {
        importAll(unknown);
        FAIL();
    } catch (const Error& error) {
        for (const auto& importer : importers())
            EXPECT_THAT(error.what(), testing::HasSubstr(importer->name()));
    }
    EXPECT_THROW(importAll(folder.write("b.jsonl", "{}"), "nonsense"), Error);
    ImportOptions small;
    small.maxFileBytes = 10;
    EXPECT_THROW(importAll(folder.write("c.jsonl", R"({"id":"1","text":"x"})"), {}, small), Error);
}

TEST(Importers, recogniseTheirFormatsByNameAndFirstBytes) {
    const auto best = [](const std::string& source, const std::string& head) {
        std::string name;
        double bestScore = 0;
        for (const auto& importer : importers())
            if (const double score = importer->recognise(source, head); score > bestScore) {
                bestScore = score;
                name = importer->name();
            }
        return name;
    };
    EXPECT_EQ(best("a.jsonl", R"({"id":"a","text":"t"})"), "jsonl");
    EXPECT_EQ(best("a.txt", "\n {\"text\":\"t\"}"), "jsonl");
    EXPECT_EQ(best("a.jsonl", ""), "jsonl");
    EXPECT_EQ(best("mnre_val.txt", "{'token': ['a'], 'h'"), "mnre");
    EXPECT_EQ(best("a.json", R"([["Sentence","i.jpg","t",[]]])"), "met");
    EXPECT_EQ(best("a.json", R"({"tokens":["a"],"annotations":[]})"), "met");
    EXPECT_EQ(best("page.HTML", "anything"), "web");
    EXPECT_EQ(best("page", "<!DOCTYPE html><p>"), "web");
    EXPECT_EQ(best("HTTPS://127.0.0.1/a.jsonl", ""), "web");
    EXPECT_EQ(best("a.bin", "\x7F"
                            "ELF"),
              "");
}

TEST(Jsonl, theAnnotatedCaptionsLoadWithTheirImages) {
    const auto file = std::filesystem::path(HMGRL_SHARED_DATA) / "captions/annotated.jsonl";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "the captions aren't beside the project";
    const auto read = importAll(file.string());
    EXPECT_EQ(read.documents.size(), 658U);
    EXPECT_EQ(read.allIssues(), "");
    std::size_t mentions = 0;
    std::size_t relations = 0;
    for (const Document& document : read.documents) {
        EXPECT_NE(document.imagePath, "");
        mentions += document.mentions.size();
        relations += document.relations.size();
    }
    EXPECT_EQ(mentions, 2560U);
    EXPECT_EQ(relations, 1002U);
}

rc::Gen<std::string> anyText() {
    const auto piece = rc::gen::element<std::string>(
        "a", " ", "\n", "\t", "\"", "\\", "/", "é", "e\u0301", "👩🏽‍🚀", "𐍈", "שלום",
        "مرحبا", "\u202E", "\u2028", "汉字", "\x01", "\x7F", "\uFEFF", "\uFFFF");
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                        [](const auto& pieces) {
                            std::string out;
                            for (const auto& one : pieces)
                                out += one;
                            return out;
                        });
}

Status anyStatus() {
    return *rc::gen::element(Status::Accepted, Status::Rejected, Status::Suggested);
}

double anyScore() {
    return *rc::gen::inRange(0, 1000001) / 1e6;
}

std::vector<Candidate> anyCandidates() {
    std::vector<Candidate> out;
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
        out.push_back({std::string("c") + *anyText(), anyScore(), *rc::gen::inRange(0, 99) / 7.0});
    return out;
}

Document anyDocument() {
    Document document;
    document.key = std::string("k") + *anyText();
    document.text = std::string("t") + *anyText();
    document.imageRef = *anyText();
    document.url = *anyText();
    document.topic = *anyText();
    const std::string field = std::string("x") + *anyText();
    if (*rc::gen::arbitrary<bool>())
        document.extra = nlohmann::json({{field, {1, nullptr, *anyText()}}}).dump();
    const int length = codePointCount(document.text);
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
        const int begin = *rc::gen::inRange(0, length);
        document.mentions.push_back({0,
                                     {begin, *rc::gen::inRange(begin + 1, length + 1)},
                                     *anyText(),
                                     anyScore(),
                                     anyStatus(),
                                     anyCandidates()});
    }
    const int count = static_cast<int>(document.mentions.size());
    for (int head = 0; head + 1 < count; ++head)
        document.relations.push_back(
            {0, head, head + 1, *anyText(), anyScore(), anyStatus(), anyCandidates()});
    return document;
}

RC_GTEST_PROP(Jsonl, exportImportExportIsByteIdentical, ()) {
    const Document document = anyDocument();
    const std::string line = documentToJsonLine(document);
    RC_ASSERT(line.find('\n') == std::string::npos);
    Issues issues;
    Document back =
        documentFromJson(nlohmann::json::parse(line), "/nowhere", "f", "line 1", issues);
    RC_ASSERT(documentToJsonLine(back) == line);
    back.imagePath = document.imagePath;
    RC_ASSERT(back == document);
    for (const Issue& issue : issues)
        RC_ASSERT(issue.reason.find("mage") != std::string::npos);
}

} // namespace
} // namespace hmgrl
