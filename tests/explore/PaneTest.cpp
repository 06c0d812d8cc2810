#include "explore/DiskHeader.h"
#include "explore/DiskPane.h"
#include "explore/LayoutPanel.h"
#include "explore/NeighboursPanel.h"
#include "explore/RelationFilter.h"
#include "explore/SelectionBar.h"
#include "inspector/RowList.h"
#include "models/ThumbnailStore.h"
#include "widgets/SessionFixture.h"
#include "workflow/Shipped.h"

#include <QApplication>
#include <QListWidget>
#include <QMouseEvent>
#include <QPushButton>
#include <cmath>

namespace hmgrl {
namespace {

/// A pane over a project that the shipped model has read.
class PaneTest : public test::SessionFixture {
protected:
    void SetUp() override {
        theme.install(*qApp);
        thumbnails = std::make_unique<ThumbnailStore>(session);
        queue = std::make_unique<DocumentListModel>(session, *thumbnails);
        pane = std::make_unique<DiskPane>(session, *queue, theme);
        pane->resize(900, 700);
        pane->show();
        session.loadModel(QString::fromStdString(shippedModel().string()));
        session.createProject(file("test.hmgrl"), writeCorpus(30));
        const auto placed = [&] {
            const auto disk = session.diskData(CategoryKind::Entity);
            return disk && disk->isPlaced() && disk->samples.size() > 20 && !session.isBusy();
        };
        EXPECT_TRUE(QTest::qWaitFor(placed, 120000)) << failures.join('\n').toStdString();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(pane.get()));
    }
    void TearDown() override { pane.reset(); }

    [[nodiscard]] const DiskController& view() const { return pane->disk().controller(); }
    [[nodiscard]] const DiskData& data() const { return *pane->data(); }
    [[nodiscard]] QPointF at(int row) const {
        const auto [x, y] = view().toScreen(view().viewPoints()[static_cast<std::size_t>(row)]);
        return {x, y};
    }
    void mouse(QEvent::Type type, QPointF p, Qt::MouseButtons buttons,
               Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, p, pane->disk().mapToGlobal(p), button, buttons, modifiers);
        QApplication::sendEvent(&pane->disk(), &event);
    }
    /// A lasso around the whole disk.
    void lassoAll() {
        const auto [x, y] = view().toScreen({0, 0});
        const double radius = view().pixelsPerUnit() * 1.02;
        const QPointF centre(x, y);
        const auto on = [&](int i) {
            const double angle = i * M_PI / 20;
            return centre + radius * QPointF(std::cos(angle), std::sin(angle));
        };
        mouse(QEvent::MouseButtonPress, on(0), Qt::LeftButton, Qt::ShiftModifier);
        for (int i = 1; i < 40; ++i)
            mouse(QEvent::MouseMove, on(i), Qt::LeftButton, Qt::ShiftModifier);
        mouse(QEvent::MouseButtonRelease, on(39), Qt::NoButton, Qt::ShiftModifier);
    }
    /// A sample that is picked where it is drawn.
    [[nodiscard]] int visibleSample() const {
        for (int row = 0; row < static_cast<int>(data().samples.size()); ++row)
            if (const QPointF p = at(row); view().pick(p.x(), p.y()) == row)
                return row;
        return -1;
    }
    [[nodiscard]] bool settled() {
        return waitFor([&] { return !session.isBusy(); });
    }

    std::unique_ptr<ThumbnailStore> thumbnails;
    std::unique_ptr<DocumentListModel> queue;
    std::unique_ptr<DiskPane> pane;
};

TEST_F(PaneTest, WhatALassoSelectsIsDecidedInOneStep) {
    auto* bar = pane->findChild<SelectionBar*>();
    ASSERT_TRUE(bar);
    EXPECT_FALSE(bar->isVisible());
    lassoAll();
    ASSERT_TRUE(bar->isVisible());
    EXPECT_TRUE(pane->disk().rect().contains(bar->geometry()));
    const std::string before = exported();
    const auto count = data().samples.size();
    for (auto* button : bar->findChildren<QPushButton*>())
        if (button->text() == "Accept")
            button->click();
    const QString label = QStringLiteral("Accept %1 mentions").arg(count);
    ASSERT_TRUE(waitFor([&] { return session.undoLabel() == label; }))
        << session.undoLabel().toStdString();
    ASSERT_TRUE(waitFor([&] {
        const auto disk = session.diskData(CategoryKind::Entity);
        return std::all_of(disk->samples.begin(), disk->samples.end(),
                           [](const SampleRow& s) { return s.status == Status::Accepted; });
    }));
    ASSERT_TRUE(settled());
    EXPECT_TRUE(bar->isVisible()) << "what was selected stays so while the data change";
    session.undo();
    ASSERT_TRUE(waitFor([&] { return session.undoLabel().isEmpty(); }));
    EXPECT_EQ(exported(), before);
    session.select({documentIds().front(), CategoryKind::Entity, -1});
    EXPECT_FALSE(bar->isVisible()) << "another selection ends it";
}

TEST_F(PaneTest, RelationsOfARejectedMentionAreKeptAndTheBarsStepSaysSo) {
    const Document first = document(documentIds().front());
    const std::int64_t mention = first.mentions[0].id;
    session.edit(QStringLiteral("Reject"),
                 [mention](Editor& editor) { editor.setMentionStatus(mention, Status::Rejected); },
                 {first.id});
    pane->setKind(CategoryKind::Relation);
    std::set<std::int64_t> kept;
    const auto isSeen = [&] {
        if (!pane->data() || session.isBusy() || view().scene().size() != data().sceneSize())
            return false;
        for (const SampleRow& sample : data().samples)
            if (sample.status == Status::Rejected)
                kept.insert(sample.id);
        return !kept.empty();
    };
    ASSERT_TRUE(QTest::qWaitFor(isSeen, 60000));
    QString told;
    QObject::connect(&session, &Session::told, pane.get(),
                     [&](const QString& message) { told = message; });
    lassoAll();
    auto* bar = pane->findChild<SelectionBar*>();
    ASSERT_TRUE(bar->isVisible());
    const auto count = data().samples.size();
    for (auto* button : bar->findChildren<QPushButton*>())
        if (button->text() == "Accept")
            button->click();
    ASSERT_TRUE(waitFor([&] { return !told.isEmpty(); })) << failures.join('\n').toStdString();
    EXPECT_EQ(told, QStringLiteral("%1 of %2 relations kept as they were: one end is rejected")
                        .arg(kept.size())
                        .arg(count));
    EXPECT_EQ(session.undoLabel(), QStringLiteral("Accept %1 relations").arg(count - kept.size()));
    for (const std::int64_t id : documentIds())
        for (const Relation& relation : document(id).relations)
            EXPECT_EQ(relation.status,
                      kept.contains(relation.id) ? Status::Rejected : Status::Accepted);
    EXPECT_TRUE(failures.isEmpty()) << failures.join('\n').toStdString();
}

TEST_F(PaneTest, HoverDrawsLinksAndTheirEndRemovesThem) {
    const int row = visibleSample();
    ASSERT_GE(row, 0);
    mouse(QEvent::MouseMove, at(row), Qt::NoButton);
    ASSERT_EQ(view().hover(), row);
    EXPECT_EQ(view().overlay().links.size(),
              data().samples[static_cast<std::size_t>(row)].candidates.size());
    EXPECT_EQ(pane->focusRow(), row);
    mouse(QEvent::MouseMove, {3, 3}, Qt::NoButton);
    EXPECT_TRUE(view().overlay().links.empty());
}

TEST_F(PaneTest, FilterAndLegendCombine) {
    const std::int64_t only = data().samples.front().document;
    queue->setQuery({"day 0", "", std::nullopt, {}});
    ASSERT_TRUE(waitFor([&] { return queue->rowCount() == 1; }));
    const auto active = [&] {
        std::set<std::size_t> rows;
        for (std::size_t row = 0; row < data().samples.size(); ++row)
            if (view().isActive(row))
                rows.insert(row);
        return rows;
    };
    const auto filtered = active();
    ASSERT_FALSE(filtered.empty());
    EXPECT_LT(filtered.size(), data().samples.size());
    for (const std::size_t row : filtered)
        EXPECT_EQ(data().samples[row].document, only);
    EXPECT_EQ(view().scene().size(), data().sceneSize()) << "greyed out, not hidden";
    const std::string& type = data().samples[*filtered.begin()].type;
    pane->disk().isolate({QString::fromStdString(type)});
    for (const std::size_t row : active()) {
        EXPECT_TRUE(filtered.contains(row));
        EXPECT_EQ(data().samples[row].type, type);
    }
    EXPECT_FALSE(active().empty());
}

TEST_F(PaneTest, RelationsAreFilteredAndRemembered) {
    const auto& names = view().scene().arcNames;
    ASSERT_FALSE(names.empty()) << "the documents hold relations";
    auto* filter = pane->findChild<RelationFilter*>();
    ASSERT_TRUE(filter && filter->isVisibleTo(pane.get()));
    ASSERT_EQ(filter->list()->count(), static_cast<int>(names.size()));
    filter->list()->item(0)->setCheckState(Qt::Unchecked);
    EXPECT_EQ(view().overlay().hiddenArcs.size(), 1U);
    pane->findChild<DiskHeader*>()->setColourBy(ColourBy::Status);
    EXPECT_EQ(view().overlay().hiddenArcs.size(), 1U) << "a new scene keeps them hidden";
    DiskPane second(session, *queue, theme);
    second.restoreChoices(pane->choices());
    EXPECT_EQ(second.choices(), pane->choices());
    EXPECT_EQ(second.findChild<DiskHeader*>()->colourBy(), ColourBy::Status);
    second.restoreChoices({{"colourBy", 99}, {"sizeBy", "x"}});
    EXPECT_EQ(second.findChild<DiskHeader*>()->colourBy(), ColourBy::Category);
}

TEST_F(PaneTest, ArcsAndPointsSelectAndFollow) {
    const int row = visibleSample();
    ASSERT_GE(row, 0);
    mouse(QEvent::MouseButtonPress, at(row), Qt::LeftButton);
    mouse(QEvent::MouseButtonRelease, at(row), Qt::NoButton);
    EXPECT_EQ(session.selection().sample, data().samples[static_cast<std::size_t>(row)].id);
    ASSERT_FALSE(data().arcs.empty()) << "the documents hold relations";
    Q_EMIT pane->disk().arcActivated(0);
    EXPECT_EQ(session.selection().kind, CategoryKind::Relation);
    EXPECT_EQ(session.selection().sample, data().arcs[0].id);
    EXPECT_EQ(pane->kind(), CategoryKind::Entity) << "the arc is seen here";
    EXPECT_EQ(pane->disk().selectedRows().size(), 2U);
}

TEST_F(PaneTest, NeighboursFollowTheSelectionWhileThePanelIsSeen) {
    NeighboursPanel panel(session, *pane, theme);
    panel.resize(320, 700);
    EXPECT_EQ(panel.shown().row, -1);
    panel.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&panel));
    const SampleRow& chosen = data().samples[2];
    session.select({chosen.document, CategoryKind::Entity, chosen.id});
    ASSERT_TRUE(waitFor([&] { return panel.list().rows().size() == 15; }));
    EXPECT_EQ(panel.shown().row, 2);
    EXPECT_EQ(view().overlay().links.size(), 15U);
    const auto next = panel.list().rows().front();
    ASSERT_TRUE(waitFor([&] { return panel.list().height() > panel.list().rectOf(14).bottom(); }))
        << "the list has the room that its rows ask for, so nothing moves under the mouse";
    QTest::mouseClick(const_cast<RowList*>(&panel.list()), Qt::LeftButton, {},
                      panel.list().rectOf(0).center());
    EXPECT_EQ(session.selection().sample, next.item.id);
    panel.hide();
    EXPECT_TRUE(view().overlay().links.empty());
}

TEST_F(PaneTest, APanelMayOutliveThePane) {
    NeighboursPanel panel(session, *pane, theme);
    panel.show();
    session.select({data().samples[2].document, CategoryKind::Entity, data().samples[2].id});
    ASSERT_TRUE(waitFor([&] { return panel.shown().row == 2; }));
    pane.reset();
    panel.hide();
    EXPECT_EQ(panel.shown().row, -1);
}

TEST_F(PaneTest, ALayoutIsChosenRunAndJudged) {
    LayoutPanel panel(session, *pane, theme);
    panel.show();
    ASSERT_TRUE(waitFor([&] { return session.diskQuality(CategoryKind::Entity) != nullptr; }));
    panel.setMethod(LayoutMethod::HorosphericalPca);
    const auto before = data().where;
    for (auto* button : panel.findChildren<QPushButton*>())
        if (button->text() == "Lay out")
            button->click();
    EXPECT_TRUE(panel.isRunning());
    ASSERT_TRUE(waitFor([&] {
        const auto quality = session.diskQuality(CategoryKind::Entity);
        return quality && quality->method == LayoutMethod::HorosphericalPca && !panel.isRunning();
    }));
    EXPECT_NE(data().where, before);
    EXPECT_EQ(data().method, LayoutMethod::HorosphericalPca);
    EXPECT_EQ(panel.method(), LayoutMethod::HorosphericalPca);
}

TEST_F(PaneTest, ThePanelWaitsForItsOwnLayout) {
    LayoutPanel panel(session, *pane, theme);
    panel.show();
    ASSERT_TRUE(waitFor([&] { return session.diskQuality(CategoryKind::Entity) != nullptr; }));
    QPushButton* begin = nullptr;
    for (auto* button : panel.findChildren<QPushButton*>())
        if (button->text() == "Lay out")
            begin = button;
    ASSERT_TRUE(begin);
    begin->click();
    ASSERT_TRUE(panel.isRunning());
    Q_EMIT session.workFinished("layout", false); // as a refresh of the disks does
    Q_EMIT session.layoutFinished(CategoryKind::Relation, true);
    EXPECT_TRUE(panel.isRunning());
    EXPECT_FALSE(begin->isEnabled());
    session.cancelWork();
    ASSERT_TRUE(waitFor([&] { return !panel.isRunning(); })) << "an end without a picture is one";
    EXPECT_TRUE(begin->isEnabled());
    ASSERT_TRUE(settled());
    session.closeProject();
    ASSERT_TRUE(waitFor([&] { return !session.isOpen(); }));
    begin->setEnabled(true);
    begin->click();
    EXPECT_FALSE(panel.isRunning()) << "nothing can begin";
}

} // namespace
} // namespace hmgrl
