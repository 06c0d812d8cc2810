#pragma once

#include "bridge/Session.h"
#include "theme/Theme.h"

#include <QStringList>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <gtest/gtest.h>

namespace hmgrl::test {

/// A session over project files of a folder of its own, without a model. What fails is collected.
class SessionFixture : public ::testing::Test {
protected:
    SessionFixture() {
        QObject::connect(&session, &Session::failed, &session,
                         [this](const QString& message) { failures << message; });
    }

    [[nodiscard]] QString file(const char* name) const {
        return folder.filePath(QString::fromLatin1(name));
    }

    /// Runs the event loop until `done` or for a minute, which a busy machine may need; false: in
    /// vain.
    static bool waitFor(const std::function<bool()>& done) { return QTest::qWaitFor(done, 60000); }

    /// A file of JSON lines with `count` documents; every third names two mentions and a relation.
    QString writeCorpus(int count);

    /// A new project with such documents, settled.
    void openCorpus(int count);

    [[nodiscard]] std::vector<std::int64_t> documentIds();
    [[nodiscard]] Document document(std::int64_t id);
    [[nodiscard]] std::string exported();

    QTemporaryDir folder;
    Theme theme;
    QStringList failures;
    Session session; ///< last: ends before the folder goes
};

} // namespace hmgrl::test
