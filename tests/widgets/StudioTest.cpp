#include "explore/DiskPane.h"
#include "review/QueuePanel.h"
#include "studio/Options.h"
#include "studio/ShortcutSheet.h"
#include "studio/WorkStatus.h"
#include "widgets/StudioFixture.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <set>

namespace hmgrl::studio {
namespace {

TEST(OptionsTest, ReadsWhatIsMeant) {
    const Options options = parseOptions({"--screenshot", "a.png", "--size", "1280x800", "--theme",
                                          "dark", "--model", "m", "p.hmgrl"});
    EXPECT_FALSE(options.isError);
    EXPECT_TRUE(options.answer.isEmpty());
    EXPECT_EQ(options.project, "p.hmgrl");
    EXPECT_EQ(options.screenshot, "a.png");
    EXPECT_EQ(options.size, QSize(1280, 800));
    EXPECT_EQ(options.dark, true);
    EXPECT_EQ(options.model, "m");
}

TEST(OptionsTest, RefusesWhatIsNot) {
    for (const QStringList& arguments :
         {QStringList{"--nonsense"}, QStringList{"--size", "huge"},
          QStringList{"--size", "99999x99999"}, QStringList{"--theme", "pink"},
          QStringList{"a.hmgrl", "b.hmgrl"}})
        EXPECT_TRUE(parseOptions(arguments).isError)
            << arguments.join(QLatin1Char(' ')).toStdString();
    EXPECT_FALSE(parseOptions({"--help"}).answer.isEmpty());
    EXPECT_FALSE(parseOptions({"--version"}).isError);
}

using StudioTest = test::StudioFixture;

TEST_F(StudioTest, OffersOnlyWhatCanBeDone) {
    EXPECT_FALSE(action("Import file")->isEnabled());
    EXPECT_FALSE(action("Undo")->isEnabled());
    EXPECT_TRUE(action("Open project")->isEnabled());
    openAndSettle(9);
    EXPECT_TRUE(action("Import file")->isEnabled());
    EXPECT_TRUE(action("Next document")->isEnabled());
    EXPECT_FALSE(action("Retrain")->isEnabled()); // no model
    EXPECT_TRUE(window->windowTitle().startsWith("test"));
    EXPECT_EQ(settings->recentProjects(), QStringList{session.projectPath()});
}

TEST_F(StudioTest, KeysWalkThroughTheQueue) {
    openAndSettle(9);
    const auto ids = documentIds();
    EXPECT_EQ(session.selection().document, ids[0]);
    window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    window->queue().list()->setFocus();
    QTest::keyClick(window->queue().list(), Qt::Key_D);
    EXPECT_EQ(session.selection().document, ids[1]);
    QTest::keyClick(window->queue().list(), Qt::Key_D);
    QTest::keyClick(window->queue().list(), Qt::Key_A);
    EXPECT_EQ(session.selection().document, ids[1]);
    EXPECT_EQ(window->queue().list()->currentIndex().row(), 1);
    session.select({ids[5], CategoryKind::Entity, -1});
    EXPECT_EQ(window->queue().list()->currentIndex().row(), 5);
    action("Find")->trigger();
    QTest::keyClicks(window->focusWidget(), "day 7"); // D and A are letters there
    ASSERT_TRUE(waitFor([&] { return window->queue().model().rowCount() == 1; }));
    EXPECT_EQ(window->queue().model().documentAt(0), ids[7]);
}

/// Middle of a row of the queue, in its viewport.
QPoint middleOf(const QListView& list, int row) {
    return list.visualRect(list.model()->index(row, 0)).center();
}

TEST_F(StudioTest, ChosenDocumentsAreRemovedAndComeBack) {
    openAndSettle(9);
    const auto ids = documentIds();
    const std::string before = exported();
    QListView& list = *window->queue().list();
    window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    list.setFocus();
    EXPECT_EQ(action("Remove")->text(), "Re&move document");
    QTest::keyClick(&list, Qt::Key_Down, Qt::ControlModifier); // goes on, doesn't choose more
    EXPECT_EQ(window->queue().chosen(), std::vector{ids[1]});
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, middleOf(list, 1));
    QTest::mouseClick(list.viewport(), Qt::LeftButton, Qt::ShiftModifier, middleOf(list, 3));
    EXPECT_EQ(window->queue().chosen(), std::vector(ids.begin() + 1, ids.begin() + 4));
    EXPECT_EQ(action("Remove")->text(), "Re&move 3 documents");
    QTest::keyClick(&list, Qt::Key_Delete, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return list.model()->rowCount() == 6; }));
    EXPECT_EQ(session.selection().document, ids[4]);
    EXPECT_EQ(list.currentIndex().row(), 1);
    EXPECT_EQ(window->queue().chosen(), std::vector{ids[4]});
    EXPECT_EQ(session.undoLabel(), "Remove 3 documents");
    action("Undo")->trigger();
    ASSERT_TRUE(waitFor([&] { return list.model()->rowCount() == 9; }));
    EXPECT_EQ(exported(), before);
    EXPECT_EQ(session.selection().document, ids[4]);
    session.select({ids[2], CategoryKind::Entity, -1});
    action("Redo")->trigger(); // what is shown goes
    ASSERT_TRUE(waitFor([&] { return list.model()->rowCount() == 6; }));
    ASSERT_TRUE(waitFor([&] { return session.selection().document == ids[0]; }));
    EXPECT_TRUE(failures.isEmpty()) << failures.join('\n').toStdString();
}

TEST_F(StudioTest, TheLastDocumentsCanBeRemovedToo) {
    openAndSettle(9);
    const auto ids = documentIds();
    QListView& list = *window->queue().list();
    session.select({ids[8], CategoryKind::Entity, -1});
    action("Remove")->trigger();
    EXPECT_EQ(session.selection().document, ids[7]);
    ASSERT_TRUE(waitFor([&] { return list.model()->rowCount() == 8; }));
    list.selectAll();
    action("Remove")->trigger();
    ASSERT_TRUE(waitFor([&] { return list.model()->rowCount() == 0; }));
    EXPECT_EQ(session.selection().document, -1);
    EXPECT_FALSE(action("Remove")->isEnabled());
    action("Undo")->trigger();
    ASSERT_TRUE(waitFor([&] { return session.selection().document == ids[0]; }));
    EXPECT_EQ(list.model()->rowCount(), 8);
    EXPECT_TRUE(failures.isEmpty()) << failures.join('\n').toStdString();
}

TEST_F(StudioTest, AcceptAllIsOneStepAndGoesOn) {
    openAndSettle(9);
    const auto ids = documentIds();
    action("Accept all")->trigger();
    ASSERT_TRUE(waitFor([&] { return session.undoLabel() == "Accept every suggestion"; }));
    ASSERT_TRUE(waitFor([&] { return session.selection().document == ids[1]; }));
    action("Undo")->trigger();
    ASSERT_TRUE(waitFor([&] { return session.undoLabel().isEmpty(); }));
}

TEST_F(StudioTest, NoShortcutMeansTwoThings) {
    std::set<QString> keys;
    for (const QAction* found : window->actions())
        for (const QKeySequence& key : found->shortcuts())
            EXPECT_TRUE(keys.insert(key.toString()).second) << key.toString().toStdString();
    EXPECT_GE(keys.size(), 20U);
}

TEST_F(StudioTest, LayoutIsRememberedAndReset) {
    auto* log = window->findChild<QDockWidget*>("log");
    auto* queue = window->findChild<QDockWidget*>("queue");
    ASSERT_TRUE(log && queue);
    queue->hide();
    window->addDockWidget(Qt::RightDockWidgetArea, log);
    window->close();
    MainWindow second(session, theme, *settings);
    second.resize(1400, 900);
    second.show();
    second.arrange(true);
    EXPECT_TRUE(second.findChild<QDockWidget*>("queue")->isHidden());
    EXPECT_EQ(second.dockWidgetArea(second.findChild<QDockWidget*>("log")),
              Qt::RightDockWidgetArea);
    for (QAction* found : second.actions())
        if (found->text().contains("Reset"))
            found->trigger();
    EXPECT_FALSE(second.findChild<QDockWidget*>("queue")->isHidden());
    EXPECT_EQ(second.dockWidgetArea(second.findChild<QDockWidget*>("log")),
              Qt::BottomDockWidgetArea);
}

TEST_F(StudioTest, PanelsOfTheDiskShareThePlaceOfTheInspector) {
    auto* inspector = window->findChild<QDockWidget*>("inspector");
    for (const char* name : {"neighbours", "layout"}) {
        auto* dock = window->findChild<QDockWidget*>(name);
        ASSERT_TRUE(dock) << name;
        EXPECT_FALSE(dock->isHidden()) << name;
        EXPECT_TRUE(window->tabifiedDockWidgets(inspector).contains(dock)) << name;
        EXPECT_TRUE(dock->features() & QDockWidget::DockWidgetClosable) << name;
    }
}

TEST_F(StudioTest, ChoicesOfTheDiskAreRemembered) {
    QVariantMap choices = window->diskPane().choices();
    choices["colourBy"] = 3;
    choices["hiddenRelations"] = QStringList{"visited"};
    choices["layers"] = "tree grid";
    window->diskPane().restoreChoices(choices);
    window->close();
    MainWindow second(session, theme, *settings);
    second.arrange(true);
    EXPECT_EQ(second.diskPane().choices(), choices);
    EXPECT_FALSE(second.diskPane().disk().layers().arcs);
}

TEST_F(StudioTest, EveryWorkHasATitle) {
    const auto* status = window->findChild<WorkStatus*>();
    ASSERT_TRUE(status);
    for (const char* work : {"import", "extract", "layout", "quality.entity", "quality.relation",
                             "categories", "retrain", "export", "model"}) {
        const QString name = QString::fromLatin1(work);
        Q_EMIT session.workStarted(name);
        for (const QLabel* label : status->findChildren<QLabel*>())
            EXPECT_FALSE(label->isVisible() && label->text() == name) << work;
        Q_EMIT session.workFinished(name, false);
    }
}

TEST_F(StudioTest, FitsASmallScreen) {
    openAndSettle(9);
    EXPECT_LE(window->minimumSizeHint().width(), 1280);
    EXPECT_LE(window->minimumSizeHint().height(), 800);
}

TEST_F(StudioTest, DarkAndLightWhileOpen) {
    openAndSettle(9);
    const QImage light = window->grab().toImage();
    action("Dark")->setChecked(true);
    QTest::qWait(50);
    const QImage dark = window->grab().toImage();
    const auto brightness = [](const QImage& image) {
        double sum = 0;
        for (int x = 0; x < image.width(); x += 7)
            sum += qGray(image.pixel(x, image.height() - 8)); // status bar
        return sum / (image.width() / 7.0);
    };
    EXPECT_GT(brightness(light), 180);
    EXPECT_LT(brightness(dark), 90);
    EXPECT_TRUE(settings->dark());
}

/// Labels show all of their text; the picture goes to HMGRL_PICTURES when that names a folder.
void expectFits(QWidget& widget, const char* name) {
    const QString pictures = qEnvironmentVariable("HMGRL_PICTURES");
    if (!pictures.isEmpty())
        widget.grab().save(pictures + QStringLiteral("/%1.png").arg(QLatin1String(name)));
    for (const QLabel* label : widget.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->visibleRegion().isEmpty())
            continue; // hidden, or in a dock behind another one
        const int needed =
            label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        EXPECT_GE(label->height() + 1, needed) << name << ": " << label->text().toStdString();
        EXPECT_TRUE(label->wordWrap() || label->width() + 1 >= label->sizeHint().width())
            << name << ": " << label->text().toStdString();
    }
}

TEST_F(StudioTest, DialogsFit) {
    openAndSettle(9);
    for (const char* text : {"Shortcuts", "About", "New category"}) {
        action(text)->trigger();
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        ASSERT_NE(dialog, nullptr) << text;
        QTest::qWait(50);
        expectFits(*dialog, text);
        dialog->reject();
    }
}

TEST_F(StudioTest, ClaimsComeUpBesideTheInspector) {
    openAndSettle(9);
    const auto found = document(documentIds()[0]);
    SampleRow row;
    row.id = found.mentions[0].id;
    row.document = found.id;
    row.candidates = {{"lighthouse", 0.83, 1.0}};
    const Category lighthouse{CategoryKind::Entity, "building/lighthouse", "", "", false, 1};
    Q_EMIT session.claimsFound(lighthouse, {row});
    auto* dock = window->findChild<QDockWidget*>("claims");
    ASSERT_TRUE(waitFor([&] { return dock->isVisible(); }));
    QTest::qWait(100);
    expectFits(*dock, "claims");
    expectFits(*window, "window");
}

TEST_F(StudioTest, EveryButtonHasANameForScreenReaders) {
    for (const QAbstractButton* button : window->findChildren<QAbstractButton*>()) {
        const bool named = !button->text().isEmpty() || !button->accessibleName().isEmpty() ||
                           !button->toolTip().isEmpty();
        const bool qtOwn = button->objectName().startsWith(QLatin1String("qt_")) ||
                           button->inherits("QLineEditIconButton");
        EXPECT_TRUE(named || qtOwn || !button->isVisibleTo(window.get()))
            << button->metaObject()->className() << " in "
            << button->parentWidget()->metaObject()->className();
    }
}

} // namespace
} // namespace hmgrl::studio
