#include "bridge/TextOffsets.h"
#include "support/Files.h"
#include "widgets/StudioFixture.h"
#include "workflow/Shipped.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPointer>
#include <QTimer>

namespace hmgrl::studio {
namespace {

/// The file menu and its dialogs, worked as a user does: clicks and keys.
class FileCommandsTest : public test::StudioFixture {
protected:
    /// The dialog that comes up after a click on an entry of the file menu.
    template <typename Dialog = QFileDialog>
    Dialog* chooseFromMenu(const char* entry) {
        QMenuBar* bar = window->menuBar();
        QMenu* menu = bar->actions().first()->menu();
        click(bar, bar->actionGeometry(menu->menuAction()).center());
        EXPECT_TRUE(waitFor([&] { return menu->isVisible(); }));
        click(menu, menu->actionGeometry(action(entry)).center());
        return comesUp<Dialog>();
    }

    template <typename Dialog = QFileDialog>
    Dialog* comesUp() {
        Dialog* found = nullptr;
        EXPECT_TRUE(waitFor([&] {
            found = qobject_cast<Dialog*>(QApplication::activeModalWidget());
            return found != nullptr;
        }));
        return found;
    }

    static void click(QWidget* widget, QPoint where) {
        QTest::mouseClick(widget, Qt::LeftButton, Qt::NoModifier, where);
    }

    /// A button of a dialog's box.
    static void press(QDialog* dialog, QDialogButtonBox::ButtonRole role) {
        ASSERT_TRUE(dialog);
        auto* box = dialog->findChild<QDialogButtonBox*>();
        for (QAbstractButton* button : box->buttons())
            if (box->buttonRole(button) == role)
                return click(button, button->rect().center());
        ADD_FAILURE() << "no such button";
    }

    static void type(QFileDialog* dialog, const QString& path) {
        auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        ASSERT_TRUE(name);
        // Without the focus the name follows what the list completes.
        dialog->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(dialog));
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, path);
    }

    /// Types the path and takes or leaves it; the dialog is gone then.
    void answer(QFileDialog* dialog, const QString& path,
                QDialogButtonBox::ButtonRole role = QDialogButtonBox::AcceptRole) {
        ASSERT_TRUE(dialog);
        const QPointer<QFileDialog> shown(dialog);
        type(dialog, path);
        press(dialog, role);
        EXPECT_TRUE(waitFor([&] { return shown.isNull(); })) << path.toStdString();
    }

    /// Answers a question as soon as it stands before the user.
    void answerQuestion(QMessageBox::StandardButton with) {
        m_question.clear();
        auto* look = new QTimer(window.get());
        QObject::connect(look, &QTimer::timeout, look, [this, with, look] {
            auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!question)
                return;
            m_question = question->text();
            look->deleteLater();
            question->button(with)->click();
        });
        look->start(20);
    }

    [[nodiscard]] QStringList filesHere() const {
        return QDir(folder.path()).entryList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot);
    }

    [[nodiscard]] std::string bytesOf(const char* name) const {
        return readFile(fromQString(file(name)));
    }

    [[nodiscard]] bool isOpen(const char* name) {
        return waitFor([&] {
            return session.isOpen() && !session.isBusy() && session.projectPath() == file(name);
        });
    }

    /// Until the disk has its places.
    void read() {
        session.loadModel(QString::fromStdString(shippedModel().string()));
        openAndSettle(9);
        ASSERT_TRUE(QTest::qWaitFor(
            [&] { return action("Export disk")->isEnabled() && !session.isBusy(); }, 120000))
            << failures.join(QLatin1Char('\n')).toStdString();
    }

    QString m_question; ///< that was answered
};

TEST_F(FileCommandsTest, OpensTheProjectThatIsTyped) {
    session.createProject(file("other.hmgrl"));
    ASSERT_TRUE(isOpen("other.hmgrl"));
    openAndSettle(3);
    ASSERT_TRUE(isOpen("test.hmgrl"));
    answer(chooseFromMenu("Open project"), file("other.hmgrl"), QDialogButtonBox::RejectRole);
    EXPECT_FALSE(QTest::qWaitFor([&] { return session.projectPath() != file("test.hmgrl"); }, 200))
        << "cancelled";
    EXPECT_EQ(documentIds().size(), 3U);
    answer(chooseFromMenu("Open project"), file("other.hmgrl"));
    EXPECT_TRUE(isOpen("other.hmgrl"));
    EXPECT_TRUE(documentIds().empty());
    EXPECT_EQ(settings->recentProjects().first(), file("other.hmgrl"));
}

TEST_F(FileCommandsTest, MakesTheProjectThatIsTyped) {
    const QStringList before = filesHere();
    answer(chooseFromMenu("New project"), file("fresh"), QDialogButtonBox::RejectRole);
    EXPECT_EQ(filesHere(), before);
    EXPECT_FALSE(session.isOpen());
    answer(chooseFromMenu("New project"), file("fresh"));
    EXPECT_TRUE(isOpen("fresh.hmgrl")) << "with the ending";
}

TEST_F(FileCommandsTest, AProjectInTheWayIsKeptBesideTheNewOne) {
    openAndSettle(3);
    QFileDialog* ask = chooseFromMenu("New project");
    answerQuestion(QMessageBox::No);
    type(ask, file("test.hmgrl"));
    press(ask, QDialogButtonBox::AcceptRole);
    EXPECT_TRUE(m_question.contains(QLatin1String("test.hmgrl")));
    EXPECT_TRUE(ask->isVisible()) << "another name may be typed";
    EXPECT_EQ(documentIds().size(), 3U);
    answerQuestion(QMessageBox::Yes);
    answer(ask, file("test.hmgrl"));
    EXPECT_FALSE(m_question.isEmpty());
    EXPECT_TRUE(waitFor([&] { return QFile::exists(file("test.hmgrl.old")); }));
    ASSERT_TRUE(isOpen("test.hmgrl"));
    EXPECT_TRUE(documentIds().empty());
}

TEST_F(FileCommandsTest, ImportsTheFileThatIsTyped) {
    openAndSettle(3);
    const QString corpus = writeCorpus(5);
    answer(chooseFromMenu("Import file"), corpus, QDialogButtonBox::RejectRole);
    EXPECT_EQ(documentIds().size(), 3U);
    answer(chooseFromMenu("Import file"), corpus);
    EXPECT_TRUE(waitFor([&] { return documentIds().size() == 5; })) << "three of five were here";
}

TEST_F(FileCommandsTest, ExportsLinesToTheFileThatIsTyped) {
    openAndSettle(3);
    const QStringList before = filesHere();
    answer(chooseFromMenu("Export JSON"), file("lines"), QDialogButtonBox::RejectRole);
    QTest::qWait(100);
    EXPECT_EQ(filesHere(), before);
    answer(chooseFromMenu("Export JSON"), file("lines"));
    ASSERT_TRUE(waitFor([&] { return QFile::exists(file("lines.jsonl")); }));
    const std::string lines = bytesOf("lines.jsonl");
    EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3);
    EXPECT_NE(lines.find("Ada met Bob"), std::string::npos);
}

TEST_F(FileCommandsTest, ExportsTheDiskAfterAskingHowAndWhere) {
    read();
    const QStringList before = filesHere();
    auto* how = chooseFromMenu<QDialog>("Export disk");
    press(how, QDialogButtonBox::RejectRole);
    EXPECT_FALSE(how->isVisible());
    EXPECT_EQ(QApplication::activeModalWidget(), nullptr) << "not asked where";
    how = chooseFromMenu<QDialog>("Export disk");
    QTest::keyClick(how->findChild<QComboBox*>(), Qt::Key_Down); // from PDF to SVG
    press(how, QDialogButtonBox::AcceptRole);
    answer(comesUp(), file("picture"), QDialogButtonBox::RejectRole);
    QTest::qWait(100);
    EXPECT_EQ(filesHere(), before);
    press(chooseFromMenu<QDialog>("Export disk"), QDialogButtonBox::AcceptRole);
    answer(comesUp(), file("picture"));
    ASSERT_TRUE(waitFor([&] { return QFile::exists(file("picture.pdf")); }));
    EXPECT_TRUE(bytesOf("picture.pdf").starts_with("%PDF-"));
    EXPECT_TRUE(failures.isEmpty()) << failures.join(QLatin1Char('\n')).toStdString();
}

TEST_F(FileCommandsTest, ExportsEmbeddingsIntoTheFolderThatIsTyped) {
    read();
    ASSERT_TRUE(QDir(folder.path()).mkdir(QStringLiteral("vectors")));
    const QDir to(file("vectors"));
    answer(chooseFromMenu("Export embeddings"), to.path(), QDialogButtonBox::RejectRole);
    QTest::qWait(100);
    EXPECT_TRUE(to.isEmpty());
    answer(chooseFromMenu("Export embeddings"), to.path());
    EXPECT_TRUE(waitFor([&] { return to.exists(QStringLiteral("metadata.tsv")); }));
    EXPECT_TRUE(waitFor([&] { return !session.isBusy(); }));
}

} // namespace
} // namespace hmgrl::studio
