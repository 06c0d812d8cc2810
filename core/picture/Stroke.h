#pragma once

#include "picture/DiskColours.h"

#include <complex>
#include <span>

namespace hmgrl {

/// A vertex of a line: where it lies in the disk, how wide the line is there and in what colour.
struct StrokePoint {
    std::complex<double> z;
    float width = 1; ///< pixels
    Argb colour = 0;
};

/// Where lines of the disk are drawn to.
class LineSink {
public:
    virtual ~LineSink() = default;
    /// A line through the points in order; smooth lines only (no mitres).
    virtual void polyline(std::span<const StrokePoint> points) = 0;
};

/// Where what lies on the disk is drawn to: lines and areas.
class LayerSink : public LineSink {
public:
    /// A filled area within the closed unit disk. The outline is closed by itself, in order, dense
    /// enough that straight pieces show no corners; along the geodesic from `inside` to any point
    /// of it one stays within the area. The rim may be crisp: draw a line over it.
    virtual void area(std::span<const std::complex<double>> outline, std::complex<double> inside,
                      Argb colour) = 0;
};

/// Where the disk is drawn to, with all that lies on it: a GPU buffer, a painter, a file.
class StrokeSink : public LayerSink {
public:
    /// A ring around the origin between two radii (disk units), coloured from inside to outside.
    virtual void band(double inner, double outer, Argb innerColour, Argb outerColour) = 0;
};

} // namespace hmgrl
