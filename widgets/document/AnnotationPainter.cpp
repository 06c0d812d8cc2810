#include "document/AnnotationPainter.h"

#include "document/AnnotationMetrics.h"
#include "document/Contrast.h"
#include "theme/Theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>

namespace hmgrl {

using namespace annotation;
using Kind = AnnotationHit::Kind;

struct AnnotationPainter::Context {
    QPainter& painter;
    const AnnotationLayout& layout;
    const AnnotationStyle& style;
    const AnnotationFocus& focus;

    /// The relation that is hovered, or else selected, stands out; the others step back.
    [[nodiscard]] int isolatedRelation() const {
        if (focus.hover.kind == Kind::Relation)
            return focus.hover.index;
        return focus.hover.kind == Kind::None && focus.selected.kind == Kind::Relation
                   ? focus.selected.index
                   : -1;
    }
    [[nodiscard]] const TextMention& mention(int i) const {
        return layout.input().mentions[static_cast<std::size_t>(i)];
    }
    [[nodiscard]] const TextRelation& relation(int i) const {
        return layout.input().relations[static_cast<std::size_t>(i)];
    }
    [[nodiscard]] bool isFaded(int mentionIndex) const {
        const int isolated = focus.hover.kind == Kind::Relation ? focus.hover.index : -1;
        return isolated >= 0 && relation(isolated).head != mentionIndex &&
               relation(isolated).tail != mentionIndex;
    }
};

namespace {

/// Black or white, whichever is easier to read.
QColor textOn(const QColor& fill) {
    return contrast(Qt::white, fill) >= contrast(Qt::black, fill) ? Qt::white : Qt::black;
}

QColor withAlpha(QColor colour, double alpha) {
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}

/// A rectangle that is open at the sides where its mention goes on in another line.
QPainterPath chipPath(const AnnotationLayout::Chip& chip, double inset) {
    const QRectF rect = chip.rect.adjusted(inset, inset, -inset, -inset);
    QPainterPath path;
    path.addRoundedRect(rect, chipRadius, chipRadius);
    if (!chip.begins)
        path.addRect(QRectF(rect.left(), rect.top(), chipRadius, rect.height()));
    if (!chip.ends)
        path.addRect(QRectF(rect.right() - chipRadius, rect.top(), chipRadius, rect.height()));
    return path.simplified();
}

} // namespace

/// A translucent colour as it looks on the text's background.
QColor AnnotationPainter::opaque(const QColor& colour) const {
    const QColor below = m_theme.colours().surface;
    const float a = colour.alphaF();
    const auto mix = [a](float top, float bottom) { return a * top + (1 - a) * bottom; };
    return QColor::fromRgbF(mix(colour.redF(), below.redF()), mix(colour.greenF(), below.greenF()),
                            mix(colour.blueF(), below.blueF()));
}

void AnnotationPainter::paint(QPainter& painter, const AnnotationLayout& layout,
                              const AnnotationStyle& style, const AnnotationFocus& focus,
                              const QRectF& visible) const {
    const Context c{painter, layout, style, focus};
    painter.setRenderHint(QPainter::Antialiasing);
    // A tag lane or a lane of arcs reaches into a line's neighbourhood: one line more on either
    // side.
    auto [first, last] = layout.linesBetween(visible.top(), visible.bottom());
    first = std::max(0, first - 1);
    last = std::min(static_cast<int>(layout.lines().size()), last + 1);

    paintChips(c, first, last);
    paintSpan(c);
    painter.setPen(m_theme.colours().text);
    for (int i = first; i < last; ++i)
        layout.flow().draw(painter, i, layout.textLeft(),
                           layout.lines()[static_cast<std::size_t>(i)].baseline);
    for (const auto& chip : layout.chips())
        if (chip.line >= first && chip.line < last)
            paintTag(c, chip);
    paintArcs(c, visible);
}

void AnnotationPainter::paintSpan(const Context& c) const {
    if (c.focus.spanBegin >= c.focus.spanEnd)
        return;
    c.painter.setPen(QPen(m_theme.colours().accent, 1.5));
    c.painter.setBrush(withAlpha(m_theme.colours().accent, 0.22));
    for (const QRectF& rect : c.layout.rectsOf(c.focus.spanBegin, c.focus.spanEnd))
        c.painter.drawRoundedRect(rect.adjusted(-2, -1, 2, 1), 3, 3);
}

void AnnotationPainter::paintChips(const Context& c, int firstLine, int lastLine) const {
    for (const auto& chip : c.layout.chips())
        if (chip.line >= firstLine && chip.line < lastLine)
            paintChip(c, chip);
}

void AnnotationPainter::paintChip(const Context& c, const AnnotationLayout::Chip& chip) const {
    const TextMention& mention = c.mention(chip.mention);
    const QColor colour = m_theme.categoryColour(mention.colour);
    const AnnotationHit self{Kind::Mention, chip.mention};
    const bool isSelected = c.focus.selected == self || c.focus.relationHead == chip.mention;
    const bool isTail = c.focus.relationTail == chip.mention;
    double strength = mention.status == Status::Accepted    ? 1
                      : mention.status == Status::Suggested ? 0.55
                                                            : 0;
    if (c.isFaded(chip.mention))
        strength *= 0.35;

    if (isSelected || isTail) { // a calm halo that doesn't depend on the category's colour
        c.painter.setPen(Qt::NoPen);
        c.painter.setBrush(withAlpha(m_theme.colours().accent, isTail ? 0.38 : 0.28));
        c.painter.drawRoundedRect(chip.rect.adjusted(-3, -3, 3, 3), chipRadius + 3, chipRadius + 3);
    }
    const QPainterPath path = chipPath(chip, 0.5);
    c.painter.setPen(Qt::NoPen);
    c.painter.fillPath(path, m_theme.colours().surface);
    QColor soft = m_theme.categorySoft(mention.colour);
    c.painter.fillPath(path, withAlpha(soft, soft.alphaF() * strength));
    if (c.focus.hover == self)
        c.painter.fillPath(path, withAlpha(colour, 0.14));

    QPen pen(withAlpha(colour, mention.status == Status::Accepted ? 0.45 : 0.9), 1);
    if (c.isFaded(chip.mention))
        pen.setColor(withAlpha(colour, 0.25));
    if (mention.status == Status::Suggested)
        pen.setDashPattern({4, 3});
    if (mention.status == Status::Rejected)
        pen = QPen(m_theme.colours().textFaint, 1, Qt::DotLine);
    if (isSelected || isTail)
        pen = QPen(m_theme.colours().accent, 1.6,
                   pen.style() == Qt::SolidLine ? Qt::SolidLine : Qt::DashLine);
    c.painter.setPen(pen);
    c.painter.setBrush(Qt::NoBrush);
    c.painter.drawPath(path);
}

void AnnotationPainter::paintTag(const Context& c, const AnnotationLayout::Chip& chip) const {
    const TextMention& mention = c.mention(chip.mention);
    const bool isRejected = mention.status == Status::Rejected;
    QColor colour =
        isRejected ? m_theme.colours().textFaint : m_theme.categoryColour(mention.colour);
    if (c.isFaded(chip.mention))
        colour = withAlpha(colour, 0.35);

    QPen pen(colour, barHeight, Qt::SolidLine, Qt::FlatCap);
    if (mention.status == Status::Suggested)
        pen.setDashPattern({2, 1.5});
    c.painter.setPen(pen);
    if (mention.status == Status::Accepted || chip.bar.top() > chip.rect.bottom())
        c.painter.drawLine(QPointF(chip.bar.left() + 3, chip.bar.center().y()),
                           QPointF(chip.bar.right() - 3, chip.bar.center().y()));
    if (isRejected) {
        c.painter.setPen(QPen(colour, 1.2));
        const double y = chip.rect.center().y() + 1;
        c.painter.drawLine(QPointF(chip.rect.left() + 2, y), QPointF(chip.rect.right() - 2, y));
    }
    if (!chip.begins)
        return;
    c.painter.setFont(c.style.label);
    QRectF rest = chip.tag;
    if (!mention.hint.isEmpty()) {
        const double width = QFontMetricsF(c.style.label).horizontalAdvance(mention.hint) + 6;
        paintHint(c, mention.hint, QRectF(rest.left(), rest.top() + 1, width, rest.height() - 2),
                  colour);
        rest.setLeft(rest.left() + width + hintPadding - 6);
    }
    c.painter.setPen(readableOn(colour, m_theme.colours().surface));
    c.painter.drawText(rest.adjusted(0, 0, 4, 0),
                       Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                       c.layout.tagText(chip.mention));
}

void AnnotationPainter::paintHint(const Context& c, const QString& hint, const QRectF& cap,
                                  const QColor& colour) const {
    c.painter.setPen(QPen(withAlpha(colour, 0.45 * colour.alphaF()), 1));
    c.painter.setBrush(Qt::NoBrush);
    c.painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    c.painter.setPen(readableOn(colour, m_theme.colours().surface));
    c.painter.drawText(cap, Qt::AlignCenter | Qt::TextDontClip, hint);
}

void AnnotationPainter::paintArcs(const Context& c, const QRectF& visible) const {
    const int isolated = c.isolatedRelation();
    const AnnotationLayout::Arc* last = nullptr;
    for (const auto& arc : c.layout.arcs()) {
        if (!arc.path.boundingRect().united(arc.pill).adjusted(-8, -8, 8, 8).intersects(visible))
            continue;
        if (arc.relation == isolated) {
            last = &arc;
            continue;
        }
        const bool stepsBack = isolated >= 0 && c.focus.hover.kind == Kind::Relation;
        c.painter.setOpacity(stepsBack ? 0.18 : 1);
        paintArc(c, arc);
    }
    c.painter.setOpacity(1);
    if (last)
        paintArc(c, *last);
}

void AnnotationPainter::paintArc(const Context& c, const AnnotationLayout::Arc& arc) const {
    const TextRelation& relation = c.relation(arc.relation);
    const bool isRejected = relation.status == Status::Rejected;
    const QColor colour =
        isRejected ? m_theme.colours().textFaint : m_theme.categoryColour(relation.colour);
    const AnnotationHit self{Kind::Relation, arc.relation};
    const bool isSelected = c.focus.selected == self;

    // The halo lets a line that crosses another one pass over it visibly.
    c.painter.setBrush(Qt::NoBrush);
    c.painter.setPen(QPen(m_theme.colours().surface, 5, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    c.painter.drawPath(arc.path);
    QPen pen(colour, isSelected || c.focus.hover == self ? 2.4 : 1.5, Qt::SolidLine, Qt::FlatCap);
    if (relation.status == Status::Suggested)
        pen.setDashPattern({4, 2.5});
    if (isRejected)
        pen.setStyle(Qt::DotLine);
    c.painter.setPen(pen);
    c.painter.drawPath(arc.path);

    c.painter.setPen(Qt::NoPen);
    c.painter.setBrush(colour);
    const double half = arrowLength * 0.55;
    c.painter.drawPolygon(QPolygonF{arc.tip, arc.tip + QPointF(-half, -arrowLength),
                                    arc.tip + QPointF(half, -arrowLength)});
    c.painter.drawEllipse(arc.path.pointAtPercent(0), 2, 2);
    paintPill(c, arc, colour, isSelected);
}

void AnnotationPainter::paintPill(const Context& c, const AnnotationLayout::Arc& arc,
                                  const QColor& colour, bool isSelected) const {
    const TextRelation& relation = c.relation(arc.relation);
    QPen pen(colour, 1);
    if (relation.status != Status::Accepted)
        pen.setDashPattern({3, 2});
    const double radius = arc.pill.height() / 2;
    c.painter.setPen(Qt::NoPen);
    c.painter.setBrush(m_theme.colours().surface);
    c.painter.drawRoundedRect(arc.pill.adjusted(-2, -1, 2, 1), radius, radius);
    c.painter.setPen(pen);
    c.painter.setBrush(isSelected ? colour : m_theme.categorySoft(relation.colour));
    c.painter.drawRoundedRect(arc.pill.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    c.painter.setFont(c.style.label);
    const QColor fill = isSelected ? colour : m_theme.categorySoft(relation.colour);
    c.painter.setPen(isSelected ? textOn(colour) : readableOn(colour, opaque(fill)));
    c.painter.drawText(arc.pill, Qt::AlignCenter | Qt::TextDontClip,
                       c.layout.pillText(arc.relation));
}

} // namespace hmgrl
