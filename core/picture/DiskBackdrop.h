#pragma once

#include "picture/HyperbolicGrid.h"
#include "view/DiskController.h"

namespace hmgrl {

/// What lies beneath the points: the disk, its boundary, the grid and the tree edges. No toolkit.
class DiskBackdrop {
public:
    void draw(StrokeSink& sink, const DiskController& view, const DiskColours& colours);

private:
    void surface(StrokeSink& sink, double pixelsPerUnit, const DiskColours& colours) const;
    void edge(StrokeSink& sink, const DiskController& view, std::size_t index,
              const DiskColours& colours);

    HyperbolicGrid m_grid;
    std::vector<StrokePoint> m_points;
};

} // namespace hmgrl
