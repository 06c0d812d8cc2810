#include "models/ThumbnailStore.h"

#include <QImage>

namespace hmgrl {

ThumbnailStore::ThumbnailStore(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_pixmaps(2000) {
    connect(&session, &Session::documentsChanged, this, &ThumbnailStore::forgetMissing);
    connect(&session, &Session::projectClosed, this, [this] {
        m_pixmaps.clear();
        m_pending.clear();
    });
}

QPixmap ThumbnailStore::get(std::int64_t document) {
    if (const QPixmap* known = m_pixmaps.object(document))
        return *known;
    if (m_pending.contains(document) || document < 0)
        return {};
    m_pending.insert(document);
    m_session.run(
        this,
        [document](Project& project) {
            const std::string jpeg = project.thumbnail(document);
            return QImage::fromData(reinterpret_cast<const uchar*>(jpeg.data()),
                                    static_cast<int>(jpeg.size()));
        },
        [this, document](const QImage& image) {
            m_pending.remove(document);
            m_pixmaps.insert(document, new QPixmap(QPixmap::fromImage(image)));
            if (!image.isNull())
                Q_EMIT ready(document);
        });
    return {};
}

void ThumbnailStore::forgetMissing(const std::vector<std::int64_t>& documents) {
    // A picture never changes once it is there; one that was missing may have arrived.
    const auto forget = [this](std::int64_t document) {
        if (const QPixmap* known = m_pixmaps.object(document); known && known->isNull())
            m_pixmaps.remove(document);
    };
    if (documents.empty())
        for (const std::int64_t document : m_pixmaps.keys())
            forget(document);
    for (const std::int64_t document : documents)
        forget(document);
}

} // namespace hmgrl
