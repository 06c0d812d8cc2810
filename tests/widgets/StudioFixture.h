#pragma once

#include "studio/MainWindow.h"
#include "widgets/SessionFixture.h"

#include <QApplication>

namespace hmgrl::test {

/// The main window over the session, with settings of its own.
class StudioFixture : public SessionFixture {
protected:
    void SetUp() override {
        theme.install(*qApp);
        settings = std::make_unique<studio::Settings>(file("settings.ini"));
        window = std::make_unique<studio::MainWindow>(session, theme, *settings);
        window->resize(1400, 900);
        window->show();
        window->arrange(false);
        ASSERT_TRUE(QTest::qWaitForWindowExposed(window.get()));
    }
    void TearDown() override { window.reset(); }

    /// The command whose text begins so.
    [[nodiscard]] QAction* action(const char* text) const {
        for (QAction* found : window->actions())
            if (found->text().remove(QLatin1Char('&')).startsWith(QLatin1String(text)))
                return found;
        ADD_FAILURE() << "no action " << text;
        return nullptr;
    }
    /// A new project with such documents, the first of them selected.
    void openAndSettle(int count) {
        openCorpus(count);
        ASSERT_TRUE(waitFor([&] { return session.selection().document >= 0; }));
    }

    std::unique_ptr<studio::Settings> settings;
    std::unique_ptr<studio::MainWindow> window;
};

} // namespace hmgrl::test
