#pragma once

#include "bridge/Session.h"
#include "picture/DiskPicture.h"

#include <QObject>
#include <functional>

namespace hmgrl {
class DiskWidget;
}

namespace hmgrl::studio {

using Told = std::function<void(const QString& message)>; ///< called on the UI thread

/// Every document with its labels as JSON lines; runs on the project thread.
void exportJsonLines(Session& session, const QString& path, const Told& done);

/// What makes a picture look as the disk does now: its size, its legend, its colours.
[[nodiscard]] PictureOptions pictureOptions(const DiskWidget& disk, bool dark);

/// The disk as it is seen now, SVG, PDF or PNG by the file's ending; drawn on a work thread.
void exportDiskPicture(QObject* context, const DiskController& view, const QString& path,
                       const PictureOptions& options, const Told& done, const Told& failed);

/// Latents, places and texts of one disk (work "export"). Before it has a layout nothing is written
/// or told.
void exportEmbeddings(Session& session, CategoryKind kind, const QString& folder, const Told& done);

} // namespace hmgrl::studio
