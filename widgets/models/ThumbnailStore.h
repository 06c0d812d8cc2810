#pragma once

#include "bridge/Session.h"

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <QSet>

namespace hmgrl {

/// Thumbnails of documents, read in the background and kept up to a limit.
class ThumbnailStore : public QObject {
    Q_OBJECT
public:
    explicit ThumbnailStore(Session& session, QObject* parent = nullptr);

    /// Null while it is being read (ready() follows) or when the document has no image.
    [[nodiscard]] QPixmap get(std::int64_t document);

Q_SIGNALS:
    void ready(std::int64_t document);

private:
    void forgetMissing(const std::vector<std::int64_t>& documents);

    Session& m_session;
    QCache<std::int64_t, QPixmap> m_pixmaps; ///< null pixmap: the document has none
    QSet<std::int64_t> m_pending;
};

} // namespace hmgrl
