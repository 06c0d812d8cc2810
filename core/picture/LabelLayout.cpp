#include "picture/LabelLayout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hmgrl {

namespace {
constexpr double fadeSeconds = 0.14;
constexpr double markReach = 7; ///< half the side of the box around a mark
constexpr double gap = 9;       ///< from the mark's middle to its label
constexpr double margin = 2;    ///< between labels
constexpr int slotCount = 6;

/// Corner of a label of size (w, h) for a mark at the origin.
std::pair<double, double> corner(int slot, double w, double h) {
    const std::array<std::pair<double, double>, slotCount> places{{
        {gap, -h / 2},          // right
        {-gap - w, -h / 2},     // left
        {-w / 2, gap - 1},      // below
        {-w / 2, -gap + 1 - h}, // above
        {gap - 3, gap - 5},     // below right
        {gap - 3, -gap + 5 - h} // above right
    }};
    return places[static_cast<std::size_t>(slot)];
}

bool overlap(const LabelLayout::Box& a, const LabelLayout::Box& b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/// Pixels a unit of hyperbolic length must have before a label of this depth is worth reading.
double leastScale(int depth) {
    return depth == 0 ? 14 : depth == 1 ? 34 : 52;
}
} // namespace

void LabelLayout::setLabels(std::vector<Label> labels) {
    m_labels = std::move(labels);
    m_states.assign(m_labels.size(), {});
    m_placed.clear();
    m_settled = m_labels.empty();
}

void LabelLayout::collect(const DiskController& view, double width, double height) {
    m_candidates.clear();
    m_marks.clear();
    for (std::size_t i = 0; i < m_labels.size(); ++i) {
        const Label& label = m_labels[i];
        const auto z = view.viewPoints()[label.row];
        const auto [x, y] = view.toScreen(z);
        if (x < 0 || y < 0 || x > width || y > height)
            continue;
        const double scale = view.pixelsPerUnit() * std::max(1 - std::norm(z), 0.0) / 2;
        const bool insists = view.hover() == static_cast<int>(label.row);
        const bool called = insists || view.selected()[label.row];
        if (scale > 8)
            m_marks.push_back(
                {{x - markReach, y - markReach, x + markReach, y + markReach}, label.row});
        const double least = leastScale(label.depth) * (m_states[i].wanted ? 0.85 : 1);
        const bool welcome = view.overlay().labels && scale >= least && view.isActive(label.row);
        if (!(view.overlay().labels ? called || welcome : insists))
            continue;
        const double stay = m_states[i].wanted ? 1.25 : 1;
        const double score = insists ? 1e10 : called ? 1e9 : scale * stay / (1 + 0.8 * label.depth);
        m_candidates.push_back({i, score, x, y, insists});
    }
    std::sort(m_candidates.begin(), m_candidates.end(),
              [](const auto& a, const auto& b) { return a.score > b.score; });
}

bool LabelLayout::isFree(const Box& box, std::uint32_t row, bool overMarks) const {
    const auto hits = [&](const Box& other) { return overlap(box, other); };
    return std::none_of(m_boxes.begin(), m_boxes.end(), hits) &&
           (overMarks || std::none_of(m_marks.begin(), m_marks.end(), [&](const Mark& mark) {
                return mark.row != row && hits(mark.box);
            }));
}

bool LabelLayout::place(const Candidate& candidate, double width, double height) {
    const Label& label = m_labels[candidate.label];
    State& state = m_states[candidate.label];
    const int first = std::max(state.slot, 0);
    for (int n = 0; n < slotCount; ++n) {
        const int slot = (first + n) % slotCount;
        const auto [dx, dy] = corner(slot, label.width, label.height);
        const double x = candidate.x + dx, y = candidate.y + dy;
        const Box box{x - margin, y - margin, x + label.width + margin, y + label.height + margin};
        const bool inside =
            box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height;
        if (!inside || !isFree(box, label.row, candidate.insists))
            continue;
        m_boxes.push_back(box);
        state.slot = slot;
        return true;
    }
    return false;
}

void LabelLayout::fade(double seconds) {
    const double step = seconds / fadeSeconds;
    m_settled = true;
    for (State& state : m_states) {
        const double goal = state.wanted ? 1 : 0;
        state.opacity += std::clamp(goal - state.opacity, -step, step);
        m_settled &= state.opacity == goal;
    }
}

void LabelLayout::update(const DiskController& view, double width, double height, double seconds) {
    collect(view, width, height);
    for (State& state : m_states)
        state.wanted = false;
    m_boxes.assign(m_fixedBoxes.begin(), m_fixedBoxes.end());
    m_boxes.insert(m_boxes.end(), m_noteBoxes.begin(), m_noteBoxes.end());
    for (const Candidate& candidate : m_candidates)
        m_states[candidate.label].wanted = place(candidate, width, height);
    fade(seconds);
    m_placed.clear();
    for (std::size_t i = 0; i < m_labels.size(); ++i) {
        const State& state = m_states[i];
        if (state.opacity <= 0 || state.slot < 0)
            continue;
        const auto [x, y] = view.toScreen(view.viewPoints()[m_labels[i].row]);
        const auto [dx, dy] = corner(state.slot, m_labels[i].width, m_labels[i].height);
        m_placed.push_back({m_labels[i].row, i, x + dx, y + dy, state.opacity});
    }
}

} // namespace hmgrl
