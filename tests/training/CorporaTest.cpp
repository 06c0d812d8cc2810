#include "training/Corpora.h"

#include "extraction/TinyModel.h"
#include "support/Text.h"
#include "training/Split.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

std::string textOf(const Document& document, std::size_t mention) {
    const Span span = document.mentions.at(mention).span;
    return substring(document.text, span.begin, span.end);
}

class CorporaTest : public ::testing::Test {
protected:
    Corpus read(const std::string& format, const std::string& content) {
        writeFileAtomically(folder.path() / "file", content);
        SourceConfig source;
        source.name = "test";
        source.format = format;
        source.paths = {"file"};
        source.drop = {"misc"};
        source.rename = {{"per", "person"}};
        return readCorpus(source, folder.path(), issues);
    }
    test::TemporaryFolder folder;
    Issues issues;
};

TEST(JoinTokens, SpacesPunctuationAndCountsCodePoints) {
    const JoinedTokens joined = joinTokens({"Zoë", "(", "left", ")", "'s", "😀", "."});
    EXPECT_EQ(joined.text, "Zoë (left)'s 😀.");
    EXPECT_EQ(joined.spans[0], (Span{0, 3}));
    EXPECT_EQ(joined.spans[2], (Span{5, 9}));
    EXPECT_EQ(joined.spans[6], (Span{14, 15}));
}

TEST_F(CorporaTest, ConllWithRenamedAndDroppedLabels) {
    const Corpus corpus = read(
        "conll", "Ada\tB-per\nLovelace\tI-per\nand\tO\nthe\tB-misc\n\nbroken\n\nParis\tB-loc\n");
    ASSERT_EQ(corpus.documents.size(), 2U);
    EXPECT_EQ(textOf(corpus.documents[0], 0), "Ada Lovelace");
    EXPECT_EQ(corpus.documents[0].mentions[0].type, "person");
    EXPECT_EQ(corpus.documents[0].mentions[1].type, "")
        << "the span stays, its type is not learned";
    EXPECT_EQ(issues.size(), 1U);
    EXPECT_EQ(corpus.entities.size(), 2U);
}

TEST_F(CorporaTest, RelationsWithTokenIndices) {
    const Corpus corpus = read(
        "crossre",
        R"({"sentence":["Ada","knew","Charles","Babbage"],"ner":[[0,0,"x"],[2,3,"x"]],"relations":[[0,0,2,3,"social","",false,false]]})"
        "\nnot json\n");
    ASSERT_EQ(corpus.documents.size(), 1U);
    EXPECT_EQ(issues.size(), 1U);
    const Relation& relation = corpus.documents[0].relations.at(0);
    EXPECT_EQ(relation.type, "social");
    EXPECT_EQ(textOf(corpus.documents[0], static_cast<std::size_t>(relation.tail)),
              "Charles Babbage");
}

TEST_F(CorporaTest, ReadsEntityClustersBySentence) {
    const Corpus corpus =
        read("redocred",
             R"([{"title":"t","sents":[["Ada","was","born","in","London","."],["She","wrote","."]],
        "vertexSet":[[{"name":"Ada","pos":[0,1],"sent_id":0,"type":"PER"}],[{"name":"London","pos":[4,5],"sent_id":0,"type":"LOC"}]],
        "labels":[{"r":"P19","h":0,"t":1,"evidence":[0]}]}])");
    ASSERT_EQ(corpus.documents.size(), 1U);
    EXPECT_EQ(corpus.documents[0].text, "Ada was born in London.");
    EXPECT_EQ(textOf(corpus.documents[0], 1), "London");
    EXPECT_EQ(corpus.documents[0].relations[0].type, "P19");
}

TEST_F(CorporaTest, UnknownFormatIsAnError) {
    EXPECT_THROW((void)read("nonsense", ""), Error);
}

TEST(Split, DependsOnKeyAndSeedAndKeepsUnseenOut) {
    Document document = test::tinyDocument("a", "the king", {{{4, 8}, "person/king"}});
    int parts[3] = {0, 0, 0};
    for (int i = 0; i < 4000; ++i) {
        document.key = "doc-" + std::to_string(i);
        const Part part = partOf(document, {}, {}, 1);
        EXPECT_EQ(part, partOf(document, {}, {}, 1));
        ++parts[static_cast<int>(part)];
    }
    EXPECT_NEAR(parts[0] / 4000.0, 0.75, 0.03);
    EXPECT_NEAR(parts[1] / 4000.0, 0.10, 0.02);
    hideCategories(document, {"person/king"});
    EXPECT_EQ(document.mentions[0].type, "");
}

} // namespace
} // namespace hmgrl
