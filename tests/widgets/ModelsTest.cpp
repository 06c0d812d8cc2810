#include "models/CategoryTreeModel.h"
#include "models/ClaimsModel.h"
#include "models/DocumentListModel.h"
#include "models/LogModel.h"
#include "widgets/SessionFixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace hmgrl::test {
namespace {

using Mode = QAbstractItemModelTester::FailureReportingMode;

class ModelsTest : public SessionFixture {
protected:
    ThumbnailStore thumbnails{session};
};

TEST_F(ModelsTest, DocumentsFollowTheProject) {
    DocumentListModel model(session, thumbnails);
    const QAbstractItemModelTester tester(&model, Mode::Warning);
    openCorpus(30);
    ASSERT_TRUE(waitFor([&] { return model.rowCount() == 30; }));
    EXPECT_EQ(model.total(), 30U);
    EXPECT_EQ(model.index(0).data().toString(), "Ada met Bob in Rome on day 0");
    const auto id = model.documentAt(4);
    EXPECT_EQ(model.rowOf(id), 4);
    EXPECT_EQ(model.documentAt(30), -1);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    session.edit("r", [id](Editor& editor) { editor.setReviewed(id, true); }, {id});
    ASSERT_TRUE(waitFor([&] { return model.summaries()[4].reviewed; }));
    EXPECT_EQ(resets.size(), 0); // refreshed in place
    session.closeProject();
    EXPECT_EQ(model.rowCount(), 0);
}

TEST_F(ModelsTest, DocumentsAreFiltered) {
    DocumentListModel model(session, thumbnails);
    const QAbstractItemModelTester tester(&model, Mode::Warning);
    openCorpus(30);
    DocumentQuery query;
    query.category = "location/city";
    model.setQuery(query);
    ASSERT_TRUE(waitFor([&] { return model.rowCount() == 10; }));
    EXPECT_EQ(model.total(), 30U);
    query.category.clear();
    query.text = "\"OR day* 17(";
    model.setQuery(query); // user text, never query syntax
    ASSERT_TRUE(waitFor([&] { return model.rowCount() < 10; }));
    EXPECT_TRUE(failures.isEmpty());
}

TEST_F(ModelsTest, CategoriesAreATreeWithCounts) {
    CategoryTreeModel model(session);
    const QAbstractItemModelTester tester(&model, Mode::Warning);
    openCorpus(30);
    session.addCategory(
        {CategoryKind::Entity, "person/artist", "paints", "person", false, 0xFF0000});
    ASSERT_TRUE(
        waitFor([&] { return model.indexOf(CategoryKind::Entity, "person/artist").isValid(); }));
    const QModelIndex artist = model.indexOf(CategoryKind::Entity, "person/artist");
    EXPECT_EQ(artist.parent(), model.indexOf(CategoryKind::Entity, "person"));
    EXPECT_EQ(artist.data().toString(), "artist");
    EXPECT_EQ(model.categoryAt(artist)->description, "paints");
    const QModelIndex entities = model.index(0, 0);
    EXPECT_TRUE(entities.data(CategoryTreeModel::IsHeadingRole).toBool());
    ASSERT_TRUE(waitFor(
        [&] { return model.index(0, 0).data(CategoryTreeModel::CountRole).toInt() == 20; }));
    EXPECT_EQ(model.index(1, 0).data(CategoryTreeModel::CountRole).toInt(), 10);
    session.undo();
    ASSERT_TRUE(
        waitFor([&] { return !model.indexOf(CategoryKind::Entity, "person/artist").isValid(); }));
}

TEST_F(ModelsTest, ClaimsAreAcceptedInOneStep) {
    openCorpus(9);
    std::vector<SampleRow> claims;
    for (const auto id : documentIds()) {
        const Document found = document(id);
        if (found.mentions.empty())
            continue;
        SampleRow row;
        row.id = found.mentions[0].id;
        row.document = id;
        row.candidates = {{"lighthouse", 0.8, 1.0}};
        claims.push_back(row);
    }
    ASSERT_EQ(claims.size(), 3U);
    const Category lighthouse{CategoryKind::Entity, "lighthouse", "", "", false, 1};
    session.addCategory(lighthouse);
    ClaimsModel model(session);
    const QAbstractItemModelTester tester(&model, Mode::Warning);
    model.setClaims(lighthouse, claims);
    ASSERT_TRUE(waitFor([&] { return model.index(0).data().toString() == "Ada"; }));
    EXPECT_TRUE(model.index(0).data(ClaimsModel::ContextRole).toString().contains("Rome"));
    model.setData(model.index(1), Qt::Unchecked, Qt::CheckStateRole);
    EXPECT_EQ(model.checkedCount(), 2);
    model.acceptChecked();
    EXPECT_EQ(model.rowCount(), 1);
    EXPECT_EQ(model.selectionAt(0).document, claims[1].document);
    EXPECT_EQ(document(claims[0].document).mentions[0].type, "lighthouse");
    EXPECT_EQ(document(claims[1].document).mentions[0].type, "person");
    EXPECT_EQ(document(claims[2].document).mentions[0].type, "lighthouse");
    session.undo(); // both at once
    EXPECT_EQ(document(claims[0].document).mentions[0].type, "person");
    EXPECT_EQ(document(claims[2].document).mentions[0].type, "person");
    session.edit("remove", [id = claims[1].document](Editor& editor) { editor.removeDocument(id); },
                 {claims[1].document});
    EXPECT_TRUE(waitFor([&] { return model.rowCount() == 0; })) << "its document is gone";
    EXPECT_TRUE(failures.isEmpty()) << failures.join('\n').toStdString();
}

TEST(LogModelTest, KeepsTheNewest) {
    LogModel model(nullptr, 10);
    const QAbstractItemModelTester tester(&model, Mode::Warning);
    for (int i = 0; i < 8; ++i)
        model.add(LogModel::Level::Issue, "Import", {QString::number(i), QStringLiteral("x")});
    EXPECT_EQ(model.rowCount(), 10);
    EXPECT_EQ(model.index(9, LogModel::TextColumn).data().toString(), "x");
    EXPECT_EQ(model.index(0, LogModel::TextColumn).data().toString(), "3");
    EXPECT_EQ(model.countOf(LogModel::Level::Issue), 10);
    model.clear();
    EXPECT_EQ(model.rowCount(), 0);
}

} // namespace
} // namespace hmgrl::test
