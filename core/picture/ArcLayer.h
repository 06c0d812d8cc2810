#pragma once

#include "geometry/GeodesicArc.h"
#include "picture/Stroke.h"
#include "view/DiskController.h"

#include <cstddef>
#include <vector>

namespace hmgrl {

/// Relations as geodesics from head to tail: thin at the head, wider towards the tail, with an
/// arrowhead before it, fainter far out. The hovered arc, or the arcs of the hovered point, stand
/// out and the others fade; where all arcs are shown a hovered prototype does the same for the
/// samples of its category and of those below.
class ArcLayer {
public:
    void draw(LineSink& sink, const DiskController& view, const DiskColours& colours);

private:
    struct Look {
        Argb colour;
        double thin, wide; ///< pixels at head and tail
        double arrow;      ///< length of the arrowhead in pixels
    };
    void arc(LineSink& sink, const DiskController& view, std::size_t index, Look look);
    void arrowhead(LineSink& sink, const disk::GeodesicArc& arc, double begin, double end,
                   const Look& look);
    void collectEmphasised(const DiskController& view);

    std::vector<std::size_t> m_emphasised, m_shown; ///< arcs, ascending; none in both
    std::vector<StrokePoint> m_points;
};

} // namespace hmgrl
