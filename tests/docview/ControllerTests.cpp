#include "bridge/Session.h"
#include "document/DocumentController.h"
#include "document/DocumentView.h"
#include "docview/Samples.h"
#include "inspector/InspectorController.h"
#include "inspector/InspectorView.h"
#include "inspector/RowList.h"
#include "theme/Theme.h"
#include "training/RetrainController.h"
#include "training/RetrainView.h"

#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

namespace hmgrl::test {
namespace {

using Action = DocumentEdit::Action;

const char* const text = "Ada Lovelace 👩‍🔬 worked with Charles Babbage in London.";

/// A project with one document: one accepted mention, and two mentions and a relation as
/// suggestions.
class ControllerTest : public testing::Test {
protected:
    ControllerTest()
        : m_view(m_theme)
        , m_inspector(m_theme) {
        const QString path = m_folder.filePath(QStringLiteral("test.hmgrl"));
        makeProject(path);
        m_session.openProject(path);
        EXPECT_TRUE(QTest::qWaitFor([&] { return m_session.isOpen(); }));
        m_documents = std::make_unique<DocumentController>(m_session, m_view);
        m_inspection = std::make_unique<InspectorController>(m_session, m_inspector);
        m_session.select({m_document});
        EXPECT_TRUE(QTest::qWaitFor([&] { return m_view.content().document.id == m_document; }));
    }

    void makeProject(const QString& path) {
        const auto project = Project::create(path.toStdString());
        project->addModelCategories(categories());
        Document document;
        document.key = "notes";
        document.text = text;
        Mention ada;
        ada.span = spanOf(text, "Ada Lovelace");
        ada.type = "person";
        document.mentions = {ada};
        Issues issues;
        m_document = project->addDocuments({document}, issues).at(0);
        Extraction extraction;
        const auto add = [&](const char* words, const char* type, bool given) {
            MentionPrediction mention;
            mention.span = spanOf(text, words);
            mention.given = given;
            mention.candidates = {{type, 0.8, 1}, {"event", 0.1, 2}};
            mention.latent = {0.1F, 0.2F};
            extraction.mentions.push_back(mention);
        };
        add("Ada Lovelace", "person", true);
        add("Charles Babbage", "person/scientist", false);
        add("London", "location/city", false);
        RelationPrediction relation;
        relation.head = 1;
        relation.tail = 2;
        relation.candidates = {{"born_in", 0.7, 1}};
        relation.latent = {0.1F, 0.1F};
        extraction.relations = {relation};
        project->storeExtraction(m_document, extraction, "hash");
    }

    [[nodiscard]] const Mention& mention(const char* words) const {
        for (const Mention& m : m_view.content().document.mentions)
            if (m_view.content().textOf(m) == words)
                return m;
        throw std::runtime_error(std::string("no mention of ") + words);
    }
    [[nodiscard]] DocumentItem item(const char* words) const {
        return {CategoryKind::Entity, mention(words).id};
    }
    void request(DocumentEdit edit) { Q_EMIT m_view.editRequested(edit); }
    [[nodiscard]] bool waitForStatus(const char* words, Status status) const {
        return QTest::qWaitFor([&] { return mention(words).status == status; });
    }

    QTemporaryDir m_folder;
    Theme m_theme;
    Session m_session;
    DocumentView m_view;
    InspectorView m_inspector;
    std::unique_ptr<DocumentController> m_documents;
    std::unique_ptr<InspectorController> m_inspection;
    std::int64_t m_document = -1;
};

TEST_F(ControllerTest, AcceptingIsOneUndoableStepWithALabel) {
    EXPECT_EQ(mention("Charles Babbage").status, Status::Suggested);
    request({Action::Accept, item("Charles Babbage"), {}, {}});
    ASSERT_TRUE(waitForStatus("Charles Babbage", Status::Accepted));
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return m_session.undoLabel() == QStringLiteral("Accept scientist: Charles Babbage");
    })) << m_session.undoLabel().toStdString();
    m_session.undo();
    EXPECT_TRUE(waitForStatus("Charles Babbage", Status::Suggested));
}

TEST_F(ControllerTest, AcceptingARelationAcceptsItsEnds) {
    ASSERT_EQ(m_view.content().document.relations.size(), 1U);
    request({Action::Accept,
             {CategoryKind::Relation, m_view.content().document.relations[0].id},
             {},
             {}});
    EXPECT_TRUE(waitForStatus("Charles Babbage", Status::Accepted));
    EXPECT_EQ(mention("London").status, Status::Accepted);
    EXPECT_EQ(m_view.content().document.relations[0].status, Status::Accepted);
    m_session.undo();
    EXPECT_TRUE(waitForStatus("London", Status::Suggested));
}

TEST_F(ControllerTest, ANewMentionIsSelectedAndExactAfterAnEmoji) {
    DocumentEdit edit;
    edit.action = Action::AddMention;
    edit.span = spanOf(text, "worked with");
    edit.type = "event";
    request(edit);
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_session.selection().sample >= 0; }));
    EXPECT_EQ(m_session.selection().sample, mention("worked with").id);
    EXPECT_EQ(mention("worked with").type, "event");
    EXPECT_EQ(m_view.textView()->selected(), item("worked with"));
}

TEST_F(ControllerTest, ANewRelationJoinsTwoMentions) {
    DocumentEdit edit;
    edit.action = Action::AddRelation;
    edit.head = mention("Ada Lovelace").id;
    edit.tail = mention("London").id;
    edit.type = "located_in";
    request(edit);
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_view.content().document.relations.size() == 2; }));
    EXPECT_EQ(m_session.selection().kind, CategoryKind::Relation);
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return m_session.undoLabel() == QStringLiteral("Add located in: Ada Lovelace → London");
    }));
}

TEST_F(ControllerTest, SelectionIsLinkedBothWays) {
    m_session.select({m_document, CategoryKind::Entity, mention("London").id});
    EXPECT_EQ(m_view.textView()->selected(), item("London"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_inspector.title() == QStringLiteral("London"); }));
    Q_EMIT m_view.selectionChanged(item("Ada Lovelace"));
    EXPECT_EQ(m_session.selection().sample, mention("Ada Lovelace").id);
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return m_inspector.title() == QStringLiteral("Ada Lovelace"); }));
}

TEST_F(ControllerTest, TheInspectorSumsUpADocumentAndJumps) {
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_inspector.title() == QStringLiteral("notes"); }));
    ASSERT_EQ(m_inspector.mentionRows()->rows().size(), 3U);
    EXPECT_EQ(m_inspector.relationRows()->rows().size(), 1U);
    Q_EMIT m_inspector.jumpRequested(m_document, item("London"));
    EXPECT_EQ(m_session.selection().sample, mention("London").id);
}

TEST_F(ControllerTest, ClosingTheProjectClearsTheViews) {
    m_session.closeProject();
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_view.content().document.text.empty(); }));
    EXPECT_TRUE(m_inspector.title().isEmpty());
}

TEST_F(ControllerTest, RetrainingNeedsAModel) {
    RetrainView view(m_theme);
    const RetrainController controller(m_session, view);
    EXPECT_FALSE(view.startButton()->isEnabled());
    EXPECT_FALSE(view.statusText().isEmpty());
}

} // namespace
} // namespace hmgrl::test
