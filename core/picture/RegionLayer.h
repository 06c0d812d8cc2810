#pragma once

#include "geometry/Voronoi.h"
#include "picture/Stroke.h"
#include "view/DiskController.h"

#include <complex>
#include <cstdint>
#include <vector>

namespace hmgrl {

/// The decision regions: the disk as divided among the active prototypes by which one is nearest,
/// each region tinted in its prototype's colour; that of a hovered or selected prototype stronger.
/// The diagram is computed when the prototypes change and only moved from frame to frame.
class RegionLayer {
public:
    void draw(LayerSink& sink, const DiskController& view, const DiskColours& colours);

private:
    void update(const DiskController& view);
    void see(const DiskController& view);
    void fill(LayerSink& sink, const DiskController& view, const DiskColours& colours,
              std::size_t site);
    void borders(LayerSink& sink, const DiskController& view, const DiskColours& colours,
                 std::size_t site, bool strong);
    void rim(std::size_t site, std::size_t corner, double pixels);
    [[nodiscard]] bool holdsFarSide(std::size_t site, std::size_t corner) const;
    void traceOutline(std::size_t site, double pixels);
    [[nodiscard]] bool isStrong(const DiskController& view, std::size_t site) const;

    std::vector<std::uint32_t> m_rows; ///< of the sites
    std::vector<DiskPoint> m_sites;
    std::vector<std::uint32_t> m_rowsNow; ///< scratch
    std::vector<DiskPoint> m_sitesNow;
    disk::Voronoi m_diagram;
    std::vector<std::vector<std::complex<double>>> m_corners; ///< of each cell, in the view
    disk::Isometry m_toLayout;
    std::size_t m_home = 0; ///< site nearest to the view's centre
    std::vector<std::complex<double>> m_outline;
    std::vector<StrokePoint> m_points;
};

} // namespace hmgrl
