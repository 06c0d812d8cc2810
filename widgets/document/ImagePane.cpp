#include "document/ImagePane.h"

#include "document/ImageViewer.h"
#include "theme/Theme.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace hmgrl {
namespace {

constexpr int largestSide = 4096;
constexpr int captionHeight = 26;

} // namespace

ImagePane::ImagePane(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setMinimumSize(140, 120);
    setAccessibleName(tr("Document image"));
    connect(&m_loader, &ImageLoader::loaded, this, &ImagePane::show);
    connect(&m_theme, &Theme::changed, this, [this] { update(); });
}

void ImagePane::setImage(const QString& path, const QString& reference) {
    if (path == m_path && reference == m_reference && (hasImage() || m_isLoading))
        return;
    m_path = path;
    m_reference = reference;
    m_image = {};
    m_scaled = {};
    m_isLoading = !path.isEmpty();
    setFocusPolicy(Qt::NoFocus);
    unsetCursor();
    setToolTip({});
    if (m_isLoading)
        m_loader.load(path, largestSide);
    else
        m_loader.cancel();
    update();
}

void ImagePane::show(const LoadedImage& image) {
    m_isLoading = false;
    m_image = image;
    if (hasImage()) {
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setToolTip(tr("Click to enlarge"));
    }
    update();
}

QString ImagePane::message() const {
    if (hasImage())
        return {};
    if (m_isLoading)
        return tr("Loading the image…");
    if (!m_image.problem.isEmpty())
        return m_image.problem;
    return m_reference.isEmpty()
               ? tr("This document has no image")
               : tr("The image %1 was not found").arg(QFileInfo(m_reference).fileName());
}

void ImagePane::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect area = rect().adjusted(12, 14, -16, -8);
    painter.fillRect(rect(), m_theme.colours().surface);
    if (hasImage())
        paintPicture(painter, area);
    else
        paintMessage(painter, area);
}

void ImagePane::paintPicture(QPainter& painter, const QRect& area) {
    const QSize room = area.size() - QSize(0, captionHeight);
    const QSize natural = m_image.image.size() / devicePixelRatioF();
    QSize size = natural.scaled(room, Qt::KeepAspectRatio);
    if (size.width() > 2 * natural.width()) // a tiny picture stays recognisably tiny
        size = 2 * natural;
    const QSize pixels = size * devicePixelRatioF();
    if (m_scaled.size() != pixels)
        m_scaled = QPixmap::fromImage(
            m_image.image.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    const QRect where(area.left() + (area.width() - size.width()) / 2, area.top(), size.width(),
                      size.height());
    QPainterPath frame;
    frame.addRoundedRect(QRectF(where), m_theme.metrics().radius, m_theme.metrics().radius);
    painter.save();
    painter.setClipPath(frame);
    painter.drawPixmap(where, m_scaled);
    painter.restore();
    painter.setPen(
        QPen(hasFocus() ? m_theme.colours().accent : m_theme.colours().border, hasFocus() ? 2 : 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(frame);

    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(m_theme.colours().textMuted);
    const QString size2 =
        QStringLiteral("%1 × %2").arg(m_image.original.width()).arg(m_image.original.height());
    const QRect caption(area.left(), where.bottom() + 4, area.width(), captionHeight - 4);
    const QString name = painter.fontMetrics().elidedText(
        QFileInfo(m_path).fileName(), Qt::ElideMiddle,
        area.width() - painter.fontMetrics().horizontalAdvance(size2) - 20);
    painter.drawText(caption, Qt::AlignHCenter | Qt::AlignVCenter,
                     name + QStringLiteral("  ·  ") + size2);
}

void ImagePane::paintMessage(QPainter& painter, const QRect& area) const {
    const ThemeColours& colours = m_theme.colours();
    const QRect box = area.adjusted(0, 0, 0, -captionHeight);
    painter.setPen(QPen(colours.border, 1, Qt::DashLine));
    painter.setBrush(colours.surfaceSunken);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5),
                            m_theme.metrics().radiusLarge, m_theme.metrics().radiusLarge);
    // A picture frame with a mountain and a sun.
    const QRectF sign(box.center().x() - 20, box.center().y() - 34, 40, 30);
    painter.setPen(QPen(colours.textFaint, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(sign, 4, 4);
    painter.drawEllipse(sign.topLeft() + QPointF(11, 9), 2.5, 2.5);
    const QPointF ridge[] = {sign.bottomLeft() + QPointF(5, -5), sign.center() + QPointF(-4, 1),
                             sign.center() + QPointF(3, 7), sign.center() + QPointF(9, 2),
                             sign.bottomRight() + QPointF(-4, -6)};
    painter.drawPolyline(ridge, 5);
    painter.setFont(m_theme.font(FontRole::Body));
    painter.setPen(colours.textMuted);
    painter.drawText(QRectF(box.left() + 12, box.center().y() + 6, box.width() - 24, 60),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, message());
}

void ImagePane::openViewer() {
    if (!hasImage())
        return;
    if (!m_viewer)
        m_viewer = new ImageViewer(m_theme, this);
    m_viewer->setImage(m_image.image, QFileInfo(m_path).fileName());
    m_viewer->show();
    m_viewer->raise();
    m_viewer->activateWindow();
}

void ImagePane::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        openViewer();
}

void ImagePane::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
        event->key() == Qt::Key_Space)
        openViewer();
    else
        QWidget::keyPressEvent(event);
}

} // namespace hmgrl
