#include "picture/ArcLayer.h"

#include "picture/SplatSet.h"
#include "picture/ViewScale.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {

using disk::Complex;

namespace {
constexpr double tolerance = 0.15; ///< pixels between an arc and its straight pieces
constexpr double markGap = 5;      ///< pixels from the tail to the tip of the arrowhead
constexpr double fullScale = 70;   ///< pixels a unit from which on an arc is drawn at full strength

/// The more arcs, the fainter and finer each of them: from 0 for a few to 1 for a thousand.
double crowd(std::size_t arcs) {
    return std::clamp(std::log10(static_cast<double>(arcs) / 30), 0.0, 1.5) / 1.5;
}
/// The categories of a prototype and of all below it; none for a sample.
std::vector<bool> categoriesUnder(const DiskScene& scene, std::uint32_t prototype) {
    std::vector<bool> categories(scene.categoryNames.size(), false);
    if (!isPrototype(scene.kind[prototype]))
        return categories;
    std::vector<bool> rows(scene.size(), false);
    rows[prototype] = categories[scene.category[prototype]] = true;
    for (bool grown = true; grown;) {
        grown = false;
        for (const auto& [parent, child] : scene.treeEdges)
            if (rows[parent] && !rows[child])
                rows[child] = categories[scene.category[child]] = grown = true;
    }
    return categories;
}
} // namespace

void ArcLayer::draw(LineSink& sink, const DiskController& view, const DiskColours& colours) {
    const auto& arcs = view.scene().arcs;
    collectEmphasised(view);
    m_shown.clear();
    for (std::size_t i = 0; i < arcs.size(); ++i)
        if (view.isArcShown(i) && !std::binary_search(m_emphasised.begin(), m_emphasised.end(), i))
            m_shown.push_back(i);
    const double many = crowd(m_shown.size()), chosen = crowd(3 * m_emphasised.size());
    const double strength =
        ((colours.dark ? 0.85 : 0.75) - 0.48 * many) * (m_emphasised.empty() ? 1 : 0.16);
    for (const std::size_t i : m_shown)
        arc(sink, view, i,
            {withAlpha(arcs[i].colour, strength), 0.8 - 0.1 * many, 2.0 - 0.7 * many,
             8 - 1.5 * many});
    for (const std::size_t i : m_emphasised)
        arc(sink, view, i,
            {withAlpha(arcs[i].colour, 1 - 0.35 * chosen), 1.4 - 0.5 * chosen, 3.2 - 1.6 * chosen,
             11 - 4 * chosen});
}

void ArcLayer::collectEmphasised(const DiskController& view) {
    m_emphasised.clear();
    const auto& arcs = view.scene().arcs;
    if (view.hoverArc() >= 0) {
        const auto hovered = static_cast<std::size_t>(view.hoverArc());
        if (view.isArcActive(hovered))
            m_emphasised.push_back(hovered);
        return;
    }
    if (view.hover() < 0)
        return;
    const DiskScene& scene = view.scene();
    const auto hovered = static_cast<std::uint32_t>(view.hover());
    if (isPrototype(scene.kind[hovered]) && !view.overlay().arcs)
        return; // those of a whole branch are as many as one asked not to see
    const std::vector<bool> categories = categoriesUnder(scene, hovered);
    const auto concerns = [&](std::uint32_t row) {
        return row == hovered || categories[scene.category[row]];
    };
    for (std::size_t i = 0; i < arcs.size(); ++i)
        if ((concerns(arcs[i].head) || concerns(arcs[i].tail)) && view.isArcActive(i))
            m_emphasised.push_back(i);
}

void ArcLayer::arc(LineSink& sink, const DiskController& view, std::size_t index, Look look) {
    const DiskArc& relation = view.scene().arcs[index];
    look.colour = faded(look.colour, view.presence(relation.head, relation.tail));
    const double pixels = view.pixelsPerUnit();
    const Complex from = view.viewPoints()[relation.head];
    const Complex to = view.viewPoints()[relation.tail];
    const disk::GeodesicArc arc(from, to);
    const double length = arc.length() * pixels;
    if (length < 3)
        return;
    const double size = look.arrow * (0.45 + 0.55 * nearness(to, pixels, fullScale));
    const bool hasArrow = length > 2 * (size + markGap);
    const double end = hasArrow ? 1 - (markGap + 0.8 * size) / length : 1;
    const int count = std::max(arc.pieces(tolerance / pixels), length > 60 ? 6 : 2);
    m_points.clear();
    for (int i = 0; i <= count; ++i) {
        const double t = end * i / count;
        const Complex z = arc.at(t);
        const double near = nearness(z, pixels, fullScale);
        const double width = (look.thin + t * (look.wide - look.thin)) * (0.5 + 0.5 * near);
        m_points.push_back({z, static_cast<float>(width),
                            faded(look.colour, (0.25 + 0.75 * near) * (0.55 + 0.45 * t))});
    }
    sink.polyline(m_points);
    if (hasArrow)
        arrowhead(sink, arc, 1 - (markGap + size) / length, 1 - markGap / length,
                  {faded(look.colour, 0.25 + 0.75 * nearness(to, pixels, fullScale)), look.thin,
                   look.wide, size});
}

/// A line that narrows to nothing.
void ArcLayer::arrowhead(LineSink& sink, const disk::GeodesicArc& arc, double begin, double end,
                         const Look& look) {
    const StrokePoint head[]{{arc.at(begin), static_cast<float>(0.85 * look.arrow), look.colour},
                             {arc.at(end), 0.2F, look.colour}};
    sink.polyline(head);
}

} // namespace hmgrl
