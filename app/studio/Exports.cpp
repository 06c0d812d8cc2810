#include "studio/Exports.h"

#include "bridge/Plural.h"
#include "bridge/TextOffsets.h"
#include "data/Category.h"
#include "disk/DiskWidget.h"
#include "interchange/Jsonl.h"
#include "support/Files.h"
#include "workflow/EmbeddingJob.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>
#include <algorithm>

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

QString drawAndWrite(const DiskController& view, const QString& path,
                     const PictureOptions& options) {
    try {
        const std::string file = fromQString(path);
        writeFileAtomically(file, diskPicture(file, view, options));
        return {};
    } catch (const std::exception& error) {
        return toQString(error.what());
    }
}

PictureWords words() {
    const auto say = [](const char* text) {
        return fromQString(QCoreApplication::translate("hmgrl::studio::Exports", text));
    };
    PictureWords all;
    all.samples = say(QT_TRANSLATE_NOOP("hmgrl::studio::Exports", "samples"));
    all.selected = say(QT_TRANSLATE_NOOP("hmgrl::studio::Exports", "selected"));
    all.generated = say(QT_TRANSLATE_NOOP("hmgrl::studio::Exports", "generated"));
    all.prototypes = say(QT_TRANSLATE_NOOP("hmgrl::studio::Exports", "prototypes"));
    all.untyped = say(QT_TRANSLATE_NOOP("hmgrl::studio::Exports", "untyped"));
    all.relations = say(QT_TRANSLATE_NOOP("hmgrl::studio::Exports", "Relations"));
    all.more = say(QT_TRANSLATE_NOOP("hmgrl::studio::Exports", "and %1 more"));
    return all;
}

PictureLegend pictureLegend(const DiskLegend& legend, const PictureWords& words) {
    PictureLegend shown{fromQString(legend.title), {}};
    for (const DiskLegend::Entry& entry : legend.entries) {
        const std::string name = displayName(fromQString(entry.name));
        shown.entries.push_back(
            {name.empty() ? words.untyped : name, entry.colour,
             entry.count > 0 ? std::optional<std::size_t>(entry.count) : std::nullopt, entry.marker,
             PictureLegend::Sign::Mark});
    }
    return shown;
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

PictureOptions pictureOptions(const DiskWidget& disk, bool dark) {
    const DiskController& view = disk.controller();
    const auto [halfWidth, halfHeight] = view.viewportCentre();
    const bool whole = view.zoom() <= 1 && view.pan() == disk::Complex(0);
    const double height = 2 * (whole ? std::min(halfWidth, halfHeight) : halfHeight);
    PictureOptions options;
    options.side = static_cast<int>(std::clamp(height, 640.0, 4000.0));
    options.aspect = whole ? 1 : std::clamp(halfWidth / halfHeight, 0.25, 4.0);
    options.dark = dark;
    options.words = words();
    options.shown = pictureLegend(disk.legend(), options.words);
    return options;
}

void exportDiskPicture(QObject* context, const DiskController& view, const QString& path,
                       const PictureOptions& options, const Told& done, const Told& failed) {
    DiskController copy = view;
    copy.onChange({});
    const QPointer<QObject> guard(context);
    QThreadPool::globalInstance()->start([=] {
        const QString fault = drawAndWrite(copy, path, options);
        const auto tell = [=] {
            if (guard)
                fault.isEmpty() ? done(Session::tr("The disk was written to %1").arg(path))
                                : failed(fault);
        };
        QMetaObject::invokeMethod(qApp, tell, Qt::QueuedConnection);
    });
}

void exportEmbeddings(Session& session, CategoryKind kind, const QString& folder,
                      const Told& done) {
    const auto disk = session.diskData(kind);
    if (!disk || !disk->isPlaced())
        return;
    const auto count = static_cast<int>(disk->points.size());
    session.work(
        QStringLiteral("export"), folder, &session,
        [disk, to = std::filesystem::path(fromQString(folder))](
            const ProjectLink& project, const CancelToken& cancel, const ProgressSink& progress) {
            hmgrl::exportEmbeddings(project, *disk, to, cancel, progress);
        },
        [done, count, folder] {
            done(plural(count, Session::tr("1 vector"), Session::tr("%1 vectors")) +
                 Session::tr(" written into %1").arg(folder));
        });
}

} // namespace hmgrl::studio
