#include "disk/DiskGlyphs.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace hmgrl {

namespace {

QPainterPath lines(std::initializer_list<std::initializer_list<QPointF>> all) {
    QPainterPath path;
    for (const auto& line : all) {
        bool isFirst = true;
        for (const QPointF& p : line) {
            isFirst ? path.moveTo(p) : path.lineTo(p);
            isFirst = false;
        }
    }
    return path;
}

QPainterPath arrow(bool back) {
    const double tip = back ? 3.5 : 14.5, tail = back ? 14.5 : 3.5, barb = back ? 8.3 : 9.7;
    return lines({{{tail, 9}, {tip, 9}}, {{barb, 4.2}, {tip, 9}, {barb, 13.8}}});
}

QPainterPath crossHairs() {
    QPainterPath path = lines({{{9, 2.2}, {9, 5.4}},
                               {{9, 12.6}, {9, 15.8}},
                               {{2.2, 9}, {5.4, 9}},
                               {{12.6, 9}, {15.8, 9}}});
    path.addEllipse(QPointF(9, 9), 4.6, 4.6);
    return path;
}

QPainterPath loop() {
    QPainterPath path;
    path.moveTo(6.4, 12.9);
    path.cubicTo(1.4, 11.6, 1.2, 5.6, 6, 3.9);
    path.cubicTo(10.4, 2.2, 16.2, 4.2, 16.2, 8);
    path.cubicTo(16.2, 11.6, 11, 13.6, 6.4, 12.9);
    path.cubicTo(4.2, 12.6, 3.9, 15, 5.9, 15.8);
    return path;
}

QPainterPath ruler() {
    QPainterPath path = lines({{{3.6, 14.4}, {14.4, 3.6}}});
    path.addEllipse(QPointF(3.6, 14.4), 1.5, 1.5);
    path.addEllipse(QPointF(14.4, 3.6), 1.5, 1.5);
    path.addPath(lines({{{6, 9.4}, {8.6, 12}}, {{9.4, 6}, {12, 8.6}}}));
    return path;
}

QPainterPath layers() {
    return lines({{{9, 2.6}, {16, 6.4}, {9, 10.2}, {2, 6.4}, {9, 2.6}},
                  {{2.4, 9.7}, {9, 13.2}, {15.6, 9.7}},
                  {{2.4, 12.9}, {9, 16.4}, {15.6, 12.9}}});
}

QPainterPath questionMark() {
    QPainterPath path;
    path.moveTo(6, 6.6);
    path.cubicTo(6, 2.4, 12, 2.4, 12, 6.5);
    path.cubicTo(12, 9, 9, 9, 9, 11.6);
    path.addEllipse(QPointF(9, 14.6), 0.35, 0.35);
    return path;
}

QPainterPath shapeOf(DiskGlyph glyph) {
    switch (glyph) {
    case DiskGlyph::Back:
        return arrow(true);
    case DiskGlyph::Forward:
        return arrow(false);
    case DiskGlyph::Minus:
        return lines({{{4, 9}, {14, 9}}});
    case DiskGlyph::Plus:
        return lines({{{4, 9}, {14, 9}}, {{9, 4}, {9, 14}}});
    case DiskGlyph::Focus:
        return crossHairs();
    case DiskGlyph::Home:
        return lines({{{3, 9}, {9, 3.5}, {15, 9}}, {{5, 7.8}, {5, 14.5}, {13, 14.5}, {13, 7.8}}});
    case DiskGlyph::Lasso:
        return loop();
    case DiskGlyph::Box:
        return lines({{{3, 4}, {15, 4}, {15, 14}, {3, 14}, {3, 4}}});
    case DiskGlyph::Ruler:
        return ruler();
    case DiskGlyph::Layers:
        return layers();
    case DiskGlyph::Help:
        return questionMark();
    }
    return {};
}

QPixmap drawn(DiskGlyph glyph, QColor ink, double ratio) {
    QPixmap pixmap(QSize(glyphSide, glyphSide) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (glyph == DiskGlyph::Box)
        pen.setDashPattern({1.6, 2});
    painter.strokePath(shapeOf(glyph), pen);
    return pixmap;
}

} // namespace

QIcon diskIcon(DiskGlyph glyph, const DiskColours& colours, double pixelRatio) {
    const QColor ink = QColor::fromRgba(mixed(colours.mutedText, colours.text, 0.35));
    const QColor faint = QColor::fromRgba(faded(colours.mutedText, 0.4));
    QIcon icon;
    icon.addPixmap(drawn(glyph, ink, pixelRatio), QIcon::Normal, QIcon::Off);
    icon.addPixmap(drawn(glyph, QColor::fromRgba(colours.accent), pixelRatio), QIcon::Normal,
                   QIcon::On);
    icon.addPixmap(drawn(glyph, faint, pixelRatio), QIcon::Disabled, QIcon::Off);
    icon.addPixmap(drawn(glyph, faint, pixelRatio), QIcon::Disabled, QIcon::On);
    return icon;
}

} // namespace hmgrl
