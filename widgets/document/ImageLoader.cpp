#include "document/ImageLoader.h"

#include <QFileInfo>
#include <QFuture>
#include <QImageReader>
#include <QPromise>
#include <QThreadPool>
#include <memory>

namespace hmgrl {
namespace {

constexpr qint64 maxPixels = 100'000'000;

QSize oriented(QSize size, QImageIOHandler::Transformations transformation) {
    return transformation & QImageIOHandler::TransformationRotate90 ? size.transposed() : size;
}

} // namespace

LoadedImage readImage(const QString& path, int maxSide) {
    const QString name = QFileInfo(path).fileName();
    LoadedImage out;
    if (!QFileInfo(path).isFile()) {
        out.problem = ImageLoader::tr("The image %1 was not found").arg(name);
        return out;
    }
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    QSize size = reader.size();
    if (static_cast<qint64>(size.width()) * size.height() > maxPixels) {
        out.problem = ImageLoader::tr("%1 is too large to show (%2 × %3 pixels)")
                          .arg(name)
                          .arg(size.width())
                          .arg(size.height());
        return out;
    }
    out.original = oriented(size, reader.transformation());
    if (size.isValid() && std::max(size.width(), size.height()) > maxSide)
        reader.setScaledSize(size.scaled(maxSide, maxSide, Qt::KeepAspectRatio));
    QImageReader::setAllocationLimit(512); // MB; the pixel limit above is the real one
    if (!reader.read(&out.image))
        out.problem = ImageLoader::tr("%1 can't be read as an image").arg(name);
    else if (!out.original.isValid())
        out.original = out.image.size();
    return out;
}

void ImageLoader::load(const QString& path, int maxSide) {
    const int wanted = ++m_wanted;
    auto promise = std::make_shared<QPromise<LoadedImage>>();
    promise->future().then(this, [this, wanted](const LoadedImage& image) {
        if (wanted == m_wanted)
            Q_EMIT loaded(image);
    });
    QThreadPool::globalInstance()->start([promise, path, maxSide] {
        promise->start();
        promise->addResult(readImage(path, maxSide));
        promise->finish();
    });
}

} // namespace hmgrl
