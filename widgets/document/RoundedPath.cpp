#include "document/RoundedPath.h"

#include <QLineF>
#include <algorithm>

namespace hmgrl {

QPainterPath roundedPath(std::span<const QPointF> points, double radius) {
    QPainterPath path;
    if (points.empty())
        return path;
    path.moveTo(points.front());
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const QLineF in(points[i], points[i - 1]), out(points[i], points[i + 1]);
        const double r = std::min({radius, in.length() / 2, out.length() / 2});
        if (r < 0.5) {
            path.lineTo(points[i]);
            continue;
        }
        path.lineTo(in.pointAt(r / in.length()));
        path.quadTo(points[i], out.pointAt(r / out.length()));
    }
    if (points.size() > 1)
        path.lineTo(points.back());
    return path;
}

} // namespace hmgrl
