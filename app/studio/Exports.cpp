#include "studio/Exports.h"

#include "bridge/Plural.h"
#include "bridge/TextOffsets.h"
#include "picture/DiskPicture.h"
#include "interchange/Jsonl.h"
#include "support/Files.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace hmgrl::studio {
namespace {

int writeJsonLines(const Project& project, const std::filesystem::path& path) {
    std::string lines;
    int count = 0;
    for (const std::int64_t id : project.documentIds()) {
        lines += documentToJsonLine(project.document(id));
        lines += '\n';
        ++count;
    }
    writeFileAtomically(path, lines);
    return count;
}

QString drawAndWrite(const DiskController& view, const QString& path, bool dark) {
    PictureOptions options;
    options.dark = dark;
    try {
        const bool isPng = path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive);
        writeFileAtomically(fromQString(path),
                            isPng ? diskPng(view, options) : diskSvg(view, options));
        return {};
    } catch (const std::exception& error) {
        return toQString(error.what());
    }
}

} // namespace

void exportJsonLines(Session& session, const QString& path, const Told& done) {
    session.run(
        &session,
        [file = fromQString(path)](Project& project) { return writeJsonLines(project, file); },
        [path, done](int count) {
            done(plural(count, Session::tr("1 document"), Session::tr("%1 documents")) +
                 Session::tr(" written to %1").arg(path));
        });
}

void exportDiskPicture(QObject* context, const DiskController& view, const QString& path, bool dark,
                       const Told& done, const Told& failed) {
    DiskController copy = view;
    copy.onChange({});
    const QPointer<QObject> guard(context);
    QThreadPool::globalInstance()->start([=] {
        const QString fault = drawAndWrite(copy, path, dark);
        const auto tell = [=] {
            if (guard)
                fault.isEmpty() ? done(Session::tr("The disk was written to %1").arg(path))
                                : failed(fault);
        };
        QMetaObject::invokeMethod(qApp, tell, Qt::QueuedConnection);
    });
}

} // namespace hmgrl::studio
