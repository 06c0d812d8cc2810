#include "ProjectFixture.h"

#include <gmock/gmock.h>

namespace hmgrl::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class SearchTest : public ProjectFixture {
protected:
    SearchTest() {
        add("one", "The Golden Gate Bridge opened in 1937.");
        add("two", "Angela Merkel \u00fcber die Br\u00fccke in K\u00f6ln");
        add("three", "\u5317\u4eac\u5927\u5b66\u7684\u56fe\u4e66\u9986");
        add("four", "party \U0001F389 at the bridgehead, don't NOT miss \"it\" AND smile");
        add("five", "");
    }
    void add(const std::string& key, const std::string& text) {
        Document document;
        document.key = key;
        document.text = text;
        addOne(*m_project, document);
    }
    [[nodiscard]] std::vector<std::string> keys(const DocumentQuery& query) const {
        std::vector<std::string> keys;
        for (const DocumentSummary& summary : m_project->documents(query))
            keys.push_back(summary.key);
        return keys;
    }
    [[nodiscard]] std::vector<std::string> search(const std::string& text) const {
        DocumentQuery query;
        query.text = text;
        return keys(query);
    }

    std::unique_ptr<Project> m_project = Project::create(file());
};

TEST_F(SearchTest, WordsByTheirBeginningWhateverCaseAndAccent) {
    EXPECT_THAT(search("bridg"), UnorderedElementsAre("one", "four"));
    EXPECT_THAT(search("BRUCKE koln"), ElementsAre("two"));
    EXPECT_THAT(search("gold 193"), ElementsAre("one"));
    EXPECT_THAT(search("golden merkel"), IsEmpty());
    EXPECT_THAT(search("thre"), ElementsAre("three")) << "ids are searched too";
    EXPECT_THAT(search("  \t "), ::testing::SizeIs(5));
}

TEST_F(SearchTest, ScriptsWithoutBlanksAndSymbolsAreFoundLiterally) {
    EXPECT_THAT(search("\u5927\u5b66"), ElementsAre("three"));
    EXPECT_THAT(search("\U0001F389"), ElementsAre("four"));
    EXPECT_THAT(search("\u5927\u5b66 golden"), IsEmpty());
}

TEST_F(SearchTest, UserTextIsNeverSyntax) {
    EXPECT_THAT(search("NOT miss"), ElementsAre("four"));
    EXPECT_THAT(search("don't"), ElementsAre("four"));
    EXPECT_THAT(search("\"it\""), ElementsAre("four"));
    for (const char* text : {"\"", "*", "(", "a OR", "text:bridge", "^a", "a NEAR/2 b", "{a b}:c",
                             "-x", "';--", "%", "_", "\\", "\"\"\"", "a\"b*", "+", "NEAR("})
        EXPECT_NO_THROW((void)search(text)) << text;
    EXPECT_THAT(search("text:bridge"), IsEmpty());
    EXPECT_THAT(search(std::string("bridge\0x", 8)), IsEmpty());
    EXPECT_THAT(search("\xff\xfe"), IsEmpty());
}

TEST_F(SearchTest, FiltersAndOrders) {
    Document labelled = sampleDocument("six");
    labelled.mentions[0].status = Status::Suggested;
    labelled.mentions[2].status = Status::Rejected;
    const auto six = addOne(*m_project, labelled);
    m_project->edit("review", [&](Editor& editor) { editor.setReviewed(1, true); });
    DocumentQuery query;
    query.category = "person";
    EXPECT_THAT(keys(query), ElementsAre("six"));
    query.category = "met";
    EXPECT_THAT(keys(query), ElementsAre("six"));
    query.category = "place";
    EXPECT_THAT(keys(query), IsEmpty()) << "a rejected label isn't alive";
    query = {};
    query.reviewed = true;
    EXPECT_THAT(keys(query), ElementsAre("one"));
    query = {};
    query.order = DocumentQuery::Order::Key;
    EXPECT_THAT(keys(query), ElementsAre("five", "four", "one", "six", "three", "two"));
    query.order = DocumentQuery::Order::Uncertainty;
    EXPECT_EQ(keys(query).front(), "six");
    query.order = DocumentQuery::Order::Status;
    EXPECT_EQ(keys(query).front(), "six");
    EXPECT_EQ(keys(query).back(), "one");
    query.text = "ada";
    query.category = "person";
    query.reviewed = false;
    EXPECT_EQ(m_project->documents(query).at(0).id, six);
}

} // namespace
} // namespace hmgrl::test
