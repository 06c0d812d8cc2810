#include "studio/Resources.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace hmgrl::studio {
namespace {

QString firstThatExists(const QString& installed, const QString& inSource) {
    const QDir bin(QCoreApplication::applicationDirPath());
    const QStringList places = {bin.filePath(QStringLiteral("../share/hmgrl-studio/") + installed),
                                bin.filePath(QStringLiteral(HMGRL_SOURCE_FROM_BIN "/") + inSource)};
    for (const QString& place : places)
        if (QFileInfo::exists(place))
            return QFileInfo(place).canonicalFilePath();
    return {};
}

} // namespace

QString shippedModel() {
    return firstThatExists(QStringLiteral("models/default"), QStringLiteral("models/default"));
}

QString sampleCorpus() {
    return firstThatExists(QStringLiteral("sample/sample.jsonl"),
                           QStringLiteral("resources/sample/sample.jsonl"));
}

QString sampleProjectPath() {
    QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    folder.mkpath(QStringLiteral("."));
    return folder.filePath(QStringLiteral("Sample.hmgrl"));
}

} // namespace hmgrl::studio
