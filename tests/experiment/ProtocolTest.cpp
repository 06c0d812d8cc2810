#include "experiment/Protocol.h"
#include "TemporaryFolder.h"
#include "support/Files.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace hmgrl {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::set<std::string> namesIn(const Protocol& protocol, CategoryGroup group) {
    std::set<std::string> out;
    for (const int c : protocol.categoriesIn(group))
        out.insert(protocol.categories[static_cast<std::size_t>(c)].name);
    return out;
}

const std::string& textOf(const Protocol& protocol, int sample) {
    return protocol.documents[protocol.samples[static_cast<std::size_t>(sample)].document].text;
}

std::set<std::string> textsOf(const Protocol& protocol, const std::vector<int>& part) {
    std::set<std::string> out;
    for (const int i : part)
        out.insert(textOf(protocol, i));
    return out;
}

void expectEachSampleOnce(const Protocol& protocol) {
    std::vector<int> all;
    for (const auto* part : {&protocol.train, &protocol.validationSeen, &protocol.testSeen,
                             &protocol.validationUnseen, &protocol.testUnseen})
        all.insert(all.end(), part->begin(), part->end());
    std::sort(all.begin(), all.end());
    EXPECT_EQ(std::unique(all.begin(), all.end()), all.end());
}

void expectGroupsKept(const Protocol& protocol) {
    const auto check = [&](const std::vector<int>& part, CategoryGroup group) {
        for (const int i : part)
            EXPECT_EQ(protocol.group[static_cast<std::size_t>(
                          protocol.samples[static_cast<std::size_t>(i)].category)],
                      group);
    };
    check(protocol.train, CategoryGroup::Seen);
    check(protocol.validationSeen, CategoryGroup::Seen);
    check(protocol.testSeen, CategoryGroup::Seen);
    check(protocol.validationUnseen, CategoryGroup::ValidationUnseen);
    check(protocol.testUnseen, CategoryGroup::TestUnseen);
}

/// The published split of MNRE v2 with seed 0.
TEST(MreProtocol, SeedZeroGivesThePublishedSplit) {
    const fs::path data = HMGRL_SHARED_DATA;
    if (!fs::exists(data / "relations/mnre"))
        GTEST_SKIP() << "the MNRE files are not here: " << data / "relations/mnre";
    const json config = {{"protocol", "mre"},
                         {"files",
                          {"relations/mnre/mnre_train.txt", "relations/mnre/mnre_val.txt",
                           "relations/mnre/mnre_test.txt"}}};
    Issues issues;
    const Protocol protocol = makeProtocol(config, {data, 0, false}, issues);
    EXPECT_EQ(protocol.samples.size(), 5767U);
    EXPECT_EQ(protocol.train.size(), 764U);
    EXPECT_EQ(protocol.validationSeen.size(), 89U);
    EXPECT_EQ(protocol.testSeen.size(), 371U);
    EXPECT_EQ(protocol.validationUnseen.size(), 3482U);
    EXPECT_EQ(protocol.testUnseen.size(), 1061U);
    EXPECT_EQ(namesIn(protocol, CategoryGroup::Seen),
              (std::set<std::string>{"/per/misc/religion", "/org/org/subsidiary", "/per/per/parent",
                                     "/org/org/alternate_names", "/loc/loc/contain",
                                     "/per/misc/race", "/per/misc/awarded", "/per/per/siblings"}));
    expectEachSampleOnce(protocol);
    expectGroupsKept(protocol);

    const Protocol grouped = makeProtocol(config, {data, 0, true}, issues);
    expectEachSampleOnce(grouped);
    expectGroupsKept(grouped);
    EXPECT_EQ(grouped.testUnseen.size(), 1061U);
    const auto train = textsOf(grouped, grouped.train);
    for (const auto* part : {&grouped.validationSeen, &grouped.testSeen, &grouped.validationUnseen,
                             &grouped.testUnseen})
        for (const int i : *part)
            EXPECT_EQ(train.count(textOf(grouped, i)), 0U);
}

class SmallMre : public ::testing::Test {
protected:
    /// 22 relations r0..r21 with 10 samples each, one text apiece.
    void SetUp() override {
        std::string lines;
        for (int i = 0; i < 220; ++i)
            lines +=
                "{'token': ['Ann', 'met', 'Bob', '" + std::to_string(i) +
                "'], 'h': {'name': 'Ann', 'pos': [0, 1]}, 't': {'name': 'Bob', 'pos': [2, 3]}, "
                "'img_id': 'x.jpg', 'relation': '/per/per/r" +
                std::to_string(i % 22) + "'}\n";
        lines += "{'token': ['a', 'b'], 'h': {'name': 'a', 'pos': [0, 1]}, 't': {'name': 'b', "
                 "'pos': [1, 2]}, 'img_id': 'x.jpg', 'relation': 'None'}\n";
        writeFileAtomically(folder.path() / "a.txt", lines);
    }
    test::TemporaryFolder folder;
    json config = {{"protocol", "mre"}, {"files", {"a.txt"}}};
    Issues issues;
};

TEST_F(SmallMre, SharesAreFloored) {
    const Protocol protocol = makeProtocol(config, {folder.path(), 0, false}, issues);
    // Of 10: 7 for training and validation, floor(6.3) = 6 of them for training.
    EXPECT_EQ(protocol.train.size(), 8U * 6);
    EXPECT_EQ(protocol.validationSeen.size(), 8U * 1);
    EXPECT_EQ(protocol.testSeen.size(), 8U * 3);
    EXPECT_EQ(protocol.validationUnseen.size(), 70U);
    EXPECT_EQ(protocol.testUnseen.size(), 70U);
    expectEachSampleOnce(protocol);
    expectGroupsKept(protocol);
    EXPECT_TRUE(issues.empty());
}

TEST_F(SmallMre, SeedsDecideListsAndParts) {
    const auto make = [&](std::uint32_t seed) {
        return makeProtocol(config, {folder.path(), seed, false}, issues);
    };
    EXPECT_EQ(make(3).train, make(3).train);
    EXPECT_NE(namesIn(make(3), CategoryGroup::Seen), namesIn(make(4), CategoryGroup::Seen));
}

TEST_F(SmallMre, ArgumentTypesComeFromTheConfiguration) {
    config["types"] = {{"per", "a person"}};
    config["labels"] = {{"/per/per/r3", {{"head", {"per"}}, {"description", "third"}}}};
    const Protocol protocol = makeProtocol(config, {folder.path(), 0, false}, issues);
    for (std::size_t c = 0; c < protocol.categories.size(); ++c) {
        const bool third = protocol.categories[c].name == "/per/per/r3";
        EXPECT_EQ(protocol.categories[c].description, third ? "third" : "");
        EXPECT_EQ(protocol.allowedTypes[c][0].size(), third ? 1U : 0U);
        EXPECT_TRUE(protocol.allowedTypes[c][1].empty());
    }
    config["labels"]["/per/per/r3"]["head"] = {"plant"};
    EXPECT_THROW((void)makeProtocol(config, {folder.path(), 0, false}, issues), Error);
}

TEST_F(SmallMre, OtherNumbersOfRelationsAreRefused) {
    writeFileAtomically(folder.path() / "a.txt",
                        "{'token': ['a', 'b'], 'h': {'name': 'a', 'pos': [0, 1]}, 't': {'name': "
                        "'b', 'pos': [1, 2]}, 'img_id': 'x', 'relation': '/per/per/x'}\n");
    try {
        (void)makeProtocol(config, {folder.path(), 0, false}, issues);
        FAIL();
    } catch (const Error& fault) {
        EXPECT_THAT(fault.what(), ::testing::HasSubstr("expected 22 relations, found 1"));
    }
    EXPECT_THROW((void)makeProtocol({{"protocol", "other"}}, {}, issues), Error);
}

TEST(MetProtocol, TasksRotateTheGroups) {
    test::TemporaryFolder folder;
    json items = json::array();
    const char* types[] = {"People", "Site",  "Building",     "Currency", "Location", "Event",
                           "Book",   "Music", "Organization", "Country",  "APP",      "Movie"};
    for (int i = 0; i < 120; ++i)
        items.push_back({{"id", std::to_string(i)},
                         {"sentence", "Thing " + std::to_string(i) + " here"},
                         {"mentions", {{{"mention", "Thing"}, {"type", types[i % 12]}}}}});
    writeFileAtomically(folder.path() / "met.json", items.dump());
    Issues issues;
    for (int task = 1; task <= 3; ++task) {
        const json config = {{"protocol", "met"}, {"task", task}, {"files", {"met.json"}}};
        const Protocol protocol = makeProtocol(config, {folder.path(), 0, false}, issues);
        expectEachSampleOnce(protocol);
        expectGroupsKept(protocol);
        const auto seen = namesIn(protocol, CategoryGroup::Seen);
        EXPECT_EQ(seen.count(task == 1 ? "People" : task == 2 ? "Book" : "Movie"), 1U);
        EXPECT_EQ(seen.size(), 4U);
        EXPECT_EQ(protocol.testUnseen.size(), 40U);
    }
    EXPECT_THROW((void)makeProtocol({{"protocol", "met"}, {"task", 4}, {"files", json::array()}},
                                    {folder.path(), 0, false}, issues),
                 Error);
}

TEST(CaptionsProtocol, DocumentsStandOnOneSide) {
    test::TemporaryFolder folder;
    std::string lines;
    for (int i = 0; i < 200; ++i) {
        const std::string other = i % 5 == 0 ? "b/unseen" : i % 7 == 0 ? "b/later" : "a/one";
        lines += json{{"id", std::to_string(i)},
                      {"text", "Ann saw Bob"},
                      {"mentions",
                       {{{"begin", 0}, {"end", 3}, {"type", "a/one"}},
                        {{"begin", 8}, {"end", 11}, {"type", other}}}}}
                     .dump() +
                 "\n";
    }
    writeFileAtomically(folder.path() / "c.jsonl", lines);
    const json config = {{"protocol", "captions"},
                         {"kind", "entity"},
                         {"files", {"c.jsonl"}},
                         {"unseen", {{"validation", {"b/later"}}, {"test", {"b/unseen"}}}},
                         {"labels",
                          {{"a", json::object()},
                           {"b", json::object()},
                           {"a/one", {{"parent", "a"}}},
                           {"b/later", {{"parent", "b"}}},
                           {"b/unseen", {{"parent", "b"}}}}}};
    Issues issues;
    const Protocol protocol = makeProtocol(config, {folder.path(), 1, false}, issues);
    expectEachSampleOnce(protocol);
    expectGroupsKept(protocol);
    EXPECT_EQ(namesIn(protocol, CategoryGroup::Inner), (std::set<std::string>{"a", "b"}));
    EXPECT_GT(protocol.testUnseen.size(), 5U);
    EXPECT_GT(protocol.validationUnseen.size(), 5U);
    std::map<std::size_t, int> sideOf;
    int side = 0;
    for (const auto& parts : {std::vector{&protocol.train},
                              std::vector{&protocol.validationSeen, &protocol.validationUnseen},
                              std::vector{&protocol.testSeen, &protocol.testUnseen}}) {
        for (const auto* part : parts)
            for (const int i : *part) {
                const auto document = protocol.samples[static_cast<std::size_t>(i)].document;
                EXPECT_EQ(sideOf.try_emplace(document, side).first->second, side);
            }
        ++side;
    }
}

} // namespace
} // namespace hmgrl
