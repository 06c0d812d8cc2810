#pragma once

#include <QPainterPath>
#include <QPointF>
#include <span>

namespace hmgrl {

/// A polyline with its corners rounded by at most `radius`.
[[nodiscard]] QPainterPath roundedPath(std::span<const QPointF> points, double radius);

} // namespace hmgrl
