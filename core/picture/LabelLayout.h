#pragma once

#include "view/DiskController.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl {

/// Decides which labels are seen and where, so that none covers another or a prototype's mark.
/// Labels appear as there is room: shallow prototypes and those near the centre of the view first,
/// and a label that is seen keeps its place as long as it can. Opacity changes over time, not at
/// once. No toolkit; pixels, origin top left.
class LabelLayout {
public:
    struct Label {
        std::uint32_t row;
        double width, height;
        int depth; ///< 0 for roots
    };
    struct Placed {
        std::uint32_t row;
        std::size_t label; ///< index into what setLabels got
        double x, y;       ///< top left corner
        double opacity;    ///< above 0 to 1
    };

    void setLabels(std::vector<Label> labels); ///< forgets what was seen
    /// @param seconds since the last update; a large value settles all fades
    void update(const DiskController& view, double width, double height, double seconds);
    [[nodiscard]] std::span<const Placed> placed() const { return m_placed; }
    /// False while labels fade in or out: update again soon.
    [[nodiscard]] bool settled() const { return m_settled; }
    /// Keeps labels off a rectangle (an overlay), in pixels. Empty: none.
    struct Box {
        double left, top, right, bottom;
    };
    void setObstacles(std::vector<Box> boxes) { m_fixedBoxes = std::move(boxes); }
    /// The same for texts that come and go with the view.
    void setNotes(std::vector<Box> boxes) { m_noteBoxes = std::move(boxes); }

private:
    struct State {
        int slot = -1; ///< where it was last placed, -1 never
        double opacity = 0;
        bool wanted = false;
    };
    struct Candidate {
        std::size_t label;
        double score;
        double x, y;  ///< of the mark
        bool insists; ///< the hovered one: it may cover marks
    };
    void collect(const DiskController& view, double width, double height);
    bool place(const Candidate& candidate, double width, double height);
    void fade(double seconds);
    [[nodiscard]] bool isFree(const Box& box, std::uint32_t row, bool overMarks) const;

    struct Mark {
        Box box;
        std::uint32_t row;
    };
    std::vector<Label> m_labels;
    std::vector<State> m_states;
    std::vector<Candidate> m_candidates;
    std::vector<Box> m_boxes, m_fixedBoxes, m_noteBoxes;
    std::vector<Mark> m_marks;
    std::vector<Placed> m_placed;
    bool m_settled = true;
};

} // namespace hmgrl
