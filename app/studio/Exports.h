#pragma once

#include "bridge/Session.h"
#include "view/DiskController.h"

#include <QObject>
#include <functional>

namespace hmgrl::studio {

using Told = std::function<void(const QString& message)>; ///< called on the UI thread

/// Every document with its labels as JSON lines; runs on the project thread.
void exportJsonLines(Session& session, const QString& path, const Told& done);

/// The disk as it is seen now, SVG or PNG by the file's ending; drawn on a work thread.
void exportDiskPicture(QObject* context, const DiskController& view, const QString& path, bool dark,
                       const Told& done, const Told& failed);

} // namespace hmgrl::studio
