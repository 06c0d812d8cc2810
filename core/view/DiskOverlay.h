#pragma once

#include "data/EmbeddingSet.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace hmgrl {

/// A line from one point of the scene to another that is no relation: from a sample to a candidate
/// prototype, or to a neighbour.
struct DiskLink {
    std::uint32_t from = 0, to = 0; ///< rows
    std::uint32_t colour = 0;       ///< 0xRRGGBB
    double weight = 1;              ///< 0 to 1: width and opacity
    friend bool operator==(const DiskLink&, const DiskLink&) = default;
};

/// A measured segment of the layout.
struct DiskRuler {
    DiskPoint from, to;
    friend bool operator==(const DiskRuler&, const DiskRuler&) = default;
};

/// What is drawn beside the points, and what of it is switched on.
struct DiskOverlay {
    bool grid = true;
    bool tree = true;     ///< edges between prototypes
    bool labels = true;   ///< of prototypes
    bool regions = false; ///< where each prototype is the nearest one on the disk
    bool arcs = false;    ///< all relations; else those of selected and hovered points
    bool ghosts = true;   ///< generated samples
    bool rings = false;   ///< circles at whole hyperbolic distances about the view's centre
    std::vector<std::uint32_t> hiddenArcs; ///< categories of arcs that are not shown, ascending
    std::vector<DiskLink> links;
    std::optional<DiskRuler> ruler;
    friend bool operator==(const DiskOverlay&, const DiskOverlay&) = default;
};

} // namespace hmgrl
