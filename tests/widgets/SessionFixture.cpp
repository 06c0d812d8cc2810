#include "widgets/SessionFixture.h"

#include <QFile>

namespace hmgrl::test {
namespace {

QByteArray line(int i) {
    const QByteArray text =
        QByteArrayLiteral("Ada met Bob in Rome on day ") + QByteArray::number(i);
    QByteArray json = R"({"id":"doc)" + QByteArray::number(i) + R"(","text":")" + text + '"';
    if (i % 3 == 0)
        json += R"(,"mentions":[{"begin":0,"end":3,"type":"person"},)"
                R"({"begin":15,"end":19,"type":"location/city"}],)"
                R"("relations":[{"head":0,"tail":1,"type":"visited"}])";
    return json + "}\n";
}

} // namespace

QString SessionFixture::writeCorpus(int count) {
    QFile corpus(file("corpus.jsonl"));
    EXPECT_TRUE(corpus.open(QIODevice::WriteOnly));
    for (int i = 0; i < count; ++i)
        corpus.write(line(i));
    return corpus.fileName();
}

void SessionFixture::openCorpus(int count) {
    session.createProject(file("test.hmgrl"), writeCorpus(count));
    const auto imported = [&] {
        return session.isOpen() && !session.isBusy() && session.categories().size() >= 3;
    };
    ASSERT_TRUE(waitFor(imported)) << failures.join(QLatin1Char('\n')).toStdString();
}

std::vector<std::int64_t> SessionFixture::documentIds() {
    std::vector<std::int64_t> ids;
    bool done = false;
    session.run(
        &session, [](Project& project) { return project.documentIds(); },
        [&](std::vector<std::int64_t> found) {
            ids = std::move(found);
            done = true;
        });
    EXPECT_TRUE(waitFor([&] { return done; }));
    return ids;
}

Document SessionFixture::document(std::int64_t id) {
    Document document;
    bool done = false;
    session.run(
        &session, [id](Project& project) { return project.document(id); },
        [&](Document found) {
            document = std::move(found);
            done = true;
        });
    EXPECT_TRUE(waitFor([&] { return done; }));
    return document;
}

std::string SessionFixture::exported() {
    std::string text;
    bool done = false;
    session.run(
        &session, [](Project& project) { return project.canonicalExport(); },
        [&](std::string found) {
            text = std::move(found);
            done = true;
        });
    EXPECT_TRUE(waitFor([&] { return done; }));
    return text;
}

} // namespace hmgrl::test
