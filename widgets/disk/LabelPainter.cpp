#include "disk/LabelPainter.h"

#include "picture/LabelNames.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {
constexpr double haloWidth = 3.5;
constexpr double padding = 3; ///< around the text, for its halo
constexpr int longestLabel = 220;
} // namespace

void LabelPainter::setScene(const DiskScene& scene) {
    m_names.clear();
    for (const LabelName& name : labelNames(scene))
        m_names.push_back({QString::fromStdString(name.text), name.row, name.depth});
    m_ratio = 0;
}

void LabelPainter::setLook(const QFont& font, const DiskColours& colours) {
    m_font = font;
    m_colours = colours;
    m_ratio = 0;
}

QFont LabelPainter::fontOf(int depth) const {
    QFont font = m_font;
    const double base = m_font.pointSizeF() > 0 ? m_font.pointSizeF() : 10;
    font.setPointSizeF(depth == 0 ? base * 1.12 : depth == 1 ? base : base * 0.92);
    font.setWeight(depth == 0 ? QFont::Bold : QFont::Medium);
    return font;
}

QString LabelPainter::shown(const Name& name) const {
    return QFontMetricsF(fontOf(name.depth)).elidedText(name.text, Qt::ElideRight, longestLabel);
}

QSizeF LabelPainter::sizeOf(const Name& name) const {
    const QFontMetricsF metrics(fontOf(name.depth));
    return {std::ceil(metrics.horizontalAdvance(shown(name))) + 2 * padding,
            std::ceil(metrics.height()) + 2 * padding - 2};
}

QPixmap LabelPainter::render(const Name& name) const {
    const QFont font = fontOf(name.depth);
    const QString text = shown(name);
    QPixmap pixmap((sizeOf(name) * m_ratio).toSize());
    pixmap.setDevicePixelRatio(m_ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    const QPointF origin(padding, padding - 1 + QFontMetricsF(font).ascent());
    QPainterPath outline;
    outline.addText(origin, font, text);
    painter.strokePath(outline, QPen(QColor::fromRgba(m_colours.halo), haloWidth, Qt::SolidLine,
                                     Qt::RoundCap, Qt::RoundJoin));
    painter.setPen(QColor::fromRgba(
        name.depth < 2 ? m_colours.text : mixed(m_colours.text, m_colours.mutedText, 0.5)));
    painter.drawText(origin, text);
    return pixmap;
}

void LabelPainter::refresh(double ratio) {
    m_ratio = ratio;
    m_pixmaps.assign(m_names.size(), {});
    std::vector<LabelLayout::Label> labels;
    for (const Name& name : m_names) {
        const QSizeF size = sizeOf(name);
        labels.push_back({name.row, size.width(), size.height(), name.depth});
    }
    m_layout.setLabels(std::move(labels));
    m_clock.invalidate();
}

void LabelPainter::paint(QPainter& painter, const DiskController& view, QSizeF size) {
    const double ratio = painter.device()->devicePixelRatioF();
    if (ratio != m_ratio)
        refresh(ratio);
    const double seconds = m_clock.isValid() ? static_cast<double>(m_clock.restart()) / 1000 : 10;
    if (!m_clock.isValid())
        m_clock.start();
    placeNotes(view, size);
    m_layout.update(view, size.width(), size.height(), seconds);
    for (const auto& place : m_layout.placed()) {
        painter.setOpacity(place.opacity);
        const QPointF corner(std::round(place.x * ratio) / ratio,
                             std::round(place.y * ratio) / ratio);
        QPixmap& pixmap = m_pixmaps[place.label];
        if (pixmap.isNull()) // most labels never find a place
            pixmap = render(m_names[place.label]);
        painter.drawPixmap(corner, pixmap);
    }
    painter.setOpacity(1);
    paintNotes(painter);
}

QFont LabelPainter::noteFont(OverlayText::Style style) const {
    QFont font = m_font;
    const double base = m_font.pointSizeF() > 0 ? m_font.pointSizeF() : 10;
    font.setPointSizeF(style == OverlayText::Style::Ring ? base * 0.88 : base);
    font.setWeight(style == OverlayText::Style::Ring ? QFont::Medium : QFont::DemiBold);
    return font;
}

QRectF LabelPainter::boxOf(const OverlayText& note) const {
    const QFontMetricsF metrics(noteFont(note.style));
    const bool ring = note.style == OverlayText::Style::Ring;
    QSizeF size(metrics.horizontalAdvance(QString::fromStdString(note.text)), metrics.height());
    size += ring ? QSizeF(8, 0) : QSizeF(16, 6);
    size.setWidth(std::max(size.width(), size.height()));
    return {QPointF(note.x - size.width() / 2, note.y - size.height() / 2), size};
}

/// A ring's number gives way to the ruler's.
void LabelPainter::placeNotes(const DiskController& view, QSizeF size) {
    m_notes = overlayTexts(view, size.width(), size.height());
    std::vector<LabelLayout::Box> boxes;
    if (!m_notes.empty() && m_notes.back().style == OverlayText::Style::Ruler) {
        const QRectF pill = boxOf(m_notes.back());
        std::erase_if(m_notes, [&](const OverlayText& note) {
            return note.style == OverlayText::Style::Ring && boxOf(note).intersects(pill);
        });
    }
    for (const OverlayText& note : m_notes) {
        const QRectF box = boxOf(note);
        boxes.push_back({box.left(), box.top(), box.right(), box.bottom()});
    }
    m_layout.setNotes(std::move(boxes));
}

void LabelPainter::paintNotes(QPainter& painter) const {
    for (const OverlayText& note : m_notes) {
        const QRectF box = boxOf(note);
        const QFont font = noteFont(note.style);
        const QString text = QString::fromStdString(note.text);
        painter.setFont(font);
        const bool ruler = note.style == OverlayText::Style::Ruler;
        painter.setPen(ruler ? QPen(QColor::fromRgba(m_colours.accent), 1.2) : QPen(Qt::NoPen));
        painter.setBrush(QColor::fromRgba(withAlpha(m_colours.panel, ruler ? 1 : 0.8)));
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
        painter.setPen(QColor::fromRgba(ruler ? m_colours.text : m_colours.mutedText));
        painter.drawText(box, Qt::AlignCenter, text);
    }
}

} // namespace hmgrl
