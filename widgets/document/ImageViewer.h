#pragma once

#include <QImage>
#include <QPointF>
#include <QWidget>

namespace hmgrl {

class Theme;

/// A window with one picture: wheel zooms at the cursor, drag moves, double-click switches between
/// fit and full size, + - 0 do so by keyboard, Esc closes.
class ImageViewer : public QWidget {
    Q_OBJECT
public:
    explicit ImageViewer(const Theme& theme, QWidget* parent = nullptr);

    void setImage(const QImage& image, const QString& title);
    [[nodiscard]] double scale() const { return m_scale; } ///< screen pixels a picture pixel

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fit();
    void zoomAt(QPointF where, double factor);
    void keepInView();
    [[nodiscard]] double fitScale() const;

    const Theme& m_theme;
    QImage m_image;
    double m_scale = 1;
    QPointF m_offset; ///< of the picture's corner
    QPointF m_grabbed;
    bool m_isFitted = true;
};

} // namespace hmgrl
