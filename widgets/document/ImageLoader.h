#pragma once

#include <QImage>
#include <QObject>
#include <QSize>
#include <QString>

namespace hmgrl {

/// A picture as read, or a sentence saying why there is none.
struct LoadedImage {
    QImage image;
    QSize original; ///< pixels in the file, orientation applied
    QString problem;
};

/// Reads a picture, scaled down so that its longer side is at most `maxSide`. Never throws, takes
/// no more memory than about 100 million pixels need. Any thread.
[[nodiscard]] LoadedImage readImage(const QString& path, int maxSide);

/// Reads pictures on the thread pool; only the last one asked for is delivered.
class ImageLoader : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void load(const QString& path, int maxSide);
    void cancel() { ++m_wanted; }

Q_SIGNALS:
    void loaded(const hmgrl::LoadedImage& image);

private:
    int m_wanted = 0;
};

} // namespace hmgrl
