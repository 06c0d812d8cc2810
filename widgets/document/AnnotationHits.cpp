#include "document/AnnotationLayout.h"

#include <QPainterPathStroker>
#include <algorithm>

namespace hmgrl {
namespace {

constexpr double reach = 5; // pixels from an arc that still mean it

bool isOnArc(const AnnotationLayout::Arc& arc, QPointF point) {
    if (arc.pill.contains(point))
        return true;
    if (!arc.path.boundingRect().adjusted(-reach, -reach, reach, reach).contains(point))
        return false;
    QPainterPathStroker stroker;
    stroker.setWidth(2 * reach);
    return stroker.createStroke(arc.path).contains(point);
}

} // namespace

std::pair<int, int> AnnotationLayout::linesBetween(double top, double bottom) const {
    const auto first = std::lower_bound(m_lines.begin(), m_lines.end(), top,
                                        [](const Line& line, double y) { return line.bottom < y; });
    const auto last = std::lower_bound(first, m_lines.end(), bottom,
                                       [](const Line& line, double y) { return line.top <= y; });
    return {static_cast<int>(first - m_lines.begin()), static_cast<int>(last - m_lines.begin())};
}

AnnotationHit AnnotationLayout::hitTest(QPointF point) const {
    for (const Arc& arc : m_arcs)
        if (arc.pill.contains(point))
            return {AnnotationHit::Kind::Relation, arc.relation};
    // Inner chips come later and win over those that enclose them.
    for (auto chip = m_chips.rbegin(); chip != m_chips.rend(); ++chip)
        if (chip->rect.contains(point) || chip->tag.adjusted(-2, -2, 2, 1).contains(point) ||
            chip->bar.adjusted(0, -2, 0, 2).contains(point))
            return {AnnotationHit::Kind::Mention, chip->mention};
    for (const Arc& arc : m_arcs)
        if (isOnArc(arc, point))
            return {AnnotationHit::Kind::Relation, arc.relation};
    return {};
}

int AnnotationLayout::characterAt(QPointF point) const {
    if (m_lines.empty())
        return -1;
    // Between two lines the nearer one is meant.
    std::size_t best = 0;
    double least = 1e300;
    const auto [first, last] = linesBetween(point.y() - 200, point.y() + 200);
    for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(last); ++i) {
        const double apart =
            std::max({m_lines[i].textTop - point.y(), point.y() - m_lines[i].textBottom, 0.0});
        if (apart < least) {
            least = apart;
            best = i;
        }
    }
    if (first == last)
        best = point.y() < m_lines.front().top ? 0 : m_lines.size() - 1;
    return m_flow.characterAt(static_cast<int>(best), point.x() - m_textLeft);
}

std::vector<QRectF> AnnotationLayout::rectsOf(int begin, int end) const {
    std::vector<QRectF> out;
    if (m_lines.empty() || begin >= end)
        return out;
    const auto& flowLines = m_flow.lines();
    for (auto i = static_cast<std::size_t>(m_flow.lineOf(begin));
         i < flowLines.size() && flowLines[i].begin < end; ++i)
        for (const auto& [left, right] : m_flow.extents(static_cast<int>(i), begin, end))
            out.emplace_back(QPointF(m_textLeft + left, m_lines[i].textTop),
                             QPointF(m_textLeft + right, m_lines[i].textBottom));
    return out;
}

QRectF AnnotationLayout::boundsOf(const AnnotationHit& hit) const {
    QRectF bounds;
    if (hit.kind == AnnotationHit::Kind::Mention)
        for (const Chip& chip : m_chips)
            if (chip.mention == hit.index)
                bounds |= chip.rect | chip.tag;
    if (hit.kind == AnnotationHit::Kind::Relation)
        for (const Arc& arc : m_arcs)
            if (arc.relation == hit.index)
                bounds |= arc.pill;
    return bounds;
}

} // namespace hmgrl
