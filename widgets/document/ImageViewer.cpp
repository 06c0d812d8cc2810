#include "document/ImageViewer.h"

#include "theme/Theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace hmgrl {

ImageViewer::ImageViewer(const Theme& theme, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_theme(theme) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    resize(1100, 800);
}

void ImageViewer::setImage(const QImage& image, const QString& title) {
    m_image = image;
    setWindowTitle(title);
    fit();
}

double ImageViewer::fitScale() const {
    if (m_image.isNull())
        return 1;
    return std::min({double(width()) / m_image.width(), double(height()) / m_image.height(), 4.0});
}

void ImageViewer::fit() {
    m_isFitted = true;
    m_scale = fitScale();
    keepInView();
}

/// Centred where the picture is smaller than the window, without empty margins where it is larger.
void ImageViewer::keepInView() {
    const auto place = [](double offset, double picture, double room) {
        return picture <= room ? (room - picture) / 2 : std::clamp(offset, room - picture, 0.0);
    };
    m_offset = {place(m_offset.x(), m_image.width() * m_scale, width()),
                place(m_offset.y(), m_image.height() * m_scale, height())};
    update();
}

void ImageViewer::zoomAt(QPointF where, double factor) {
    const double scale = std::clamp(m_scale * factor, std::min(0.05, fitScale()), 32.0);
    m_offset = where - (where - m_offset) * (scale / m_scale);
    m_scale = scale;
    m_isFitted = false;
    keepInView();
}

void ImageViewer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colours().surfaceSunken);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_scale < 4);
    painter.drawImage(QRectF(m_offset, QSizeF(m_image.size()) * m_scale), m_image);
    const QString text =
        tr("%1 %  ·  wheel zooms, drag moves, Esc closes").arg(std::lround(m_scale * 100));
    painter.setFont(m_theme.font(FontRole::Small));
    QRect label = painter.fontMetrics().boundingRect(text).adjusted(-10, -5, 10, 5);
    label.moveBottomLeft(rect().bottomLeft() + QPoint(14, -14));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.colours().border);
    painter.setBrush(m_theme.colours().surfaceRaised);
    painter.drawRoundedRect(label, 6, 6);
    painter.setPen(m_theme.colours().textMuted);
    painter.drawText(label, Qt::AlignCenter, text);
}

void ImageViewer::resizeEvent(QResizeEvent*) {
    if (m_isFitted)
        fit();
    else
        keepInView();
}

void ImageViewer::wheelEvent(QWheelEvent* event) {
    zoomAt(event->position(), std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void ImageViewer::mousePressEvent(QMouseEvent* event) {
    m_grabbed = event->position() - m_offset;
    setCursor(Qt::ClosedHandCursor);
}

void ImageViewer::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton))
        return;
    m_offset = event->position() - m_grabbed;
    keepInView();
}

void ImageViewer::mouseReleaseEvent(QMouseEvent*) {
    unsetCursor();
}

void ImageViewer::mouseDoubleClickEvent(QMouseEvent* event) {
    if (m_isFitted)
        zoomAt(event->position(), 1 / m_scale);
    else
        fit();
}

void ImageViewer::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Escape:
        close();
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomAt(rect().center(), 1.25);
        break;
    case Qt::Key_Minus:
        zoomAt(rect().center(), 0.8);
        break;
    case Qt::Key_0:
        fit();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace hmgrl
