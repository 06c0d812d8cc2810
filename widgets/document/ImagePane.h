#pragma once

#include "document/ImageLoader.h"

#include <QPixmap>
#include <QPointer>
#include <QWidget>

namespace hmgrl {

class ImageViewer;
class Theme;

/// A document's picture, fitted; a click opens it zoomable. Says so kindly when there is none.
class ImagePane : public QWidget {
    Q_OBJECT
public:
    explicit ImagePane(const Theme& theme, QWidget* parent = nullptr);

    /// `path` empty: the document has no image. `reference` is what its source called the image.
    void setImage(const QString& path, const QString& reference);
    [[nodiscard]] bool hasImage() const { return !m_image.image.isNull(); }
    [[nodiscard]] QString message() const; ///< shown instead of a picture; empty when there is one
    void openViewer();

    [[nodiscard]] QSize sizeHint() const override { return {320, 280}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void show(const LoadedImage& image);
    void paintPicture(QPainter& painter, const QRect& area);
    void paintMessage(QPainter& painter, const QRect& area) const;

    const Theme& m_theme;
    ImageLoader m_loader;
    QString m_path, m_reference;
    LoadedImage m_image;
    bool m_isLoading = false;
    QPixmap m_scaled; ///< m_image at the size last painted
    QPointer<ImageViewer> m_viewer;
};

} // namespace hmgrl
