#pragma once

#include <span>
#include <vector>

namespace hmgrl {

/// The piece of a mention an arc is tied to: its line and horizontal extent.
struct ArcEnd {
    int line = 0;
    double left = 0;
    double right = 0;
};

struct ArcRequest {
    ArcEnd head, tail;
    double pillWidth = 0;
};

/// Where one arc runs. On one line it rises from the head, follows a lane of the gap above the line
/// and falls to the tail. Between lines it leaves through a gutter beside the text, so that it
/// never crosses words.
struct ArcPlan {
    enum class Gutter { None, Left, Right };
    double headX = 0;
    double tailX = 0;
    int headLane = 0; ///< 0 is nearest to the text
    int tailLane = 0;
    Gutter gutter = Gutter::None;
    int gutterLane = 0; ///< 0 is nearest to the text
    bool pillOnHead = true;
    double pillX = 0; ///< centre
};

struct ArcPlans {
    std::vector<ArcPlan> arcs;
    std::vector<int> lanes; ///< of each line
    int leftGutters = 0;
    int rightGutters = 0;
};

/// Assigns ends, lanes, gutters and pill places; x coordinates as in the requests, the text lies
/// within [0, textWidth]. Arcs of one lane never overlap; short arcs lie below long ones.
[[nodiscard]] ArcPlans planArcs(std::span<const ArcRequest> requests, int lineCount,
                                double textWidth);

} // namespace hmgrl
