#include "picture/DiskPictureMarks.h"

#include "picture/MarkShape.h"

#include <vector>

namespace hmgrl::picture {

void drawMark(Canvas& canvas, Marker marker, Place centre, double radius, const Paint& paint,
              const char* name) {
    if (marker == Marker::Circle)
        return canvas.circle(centre, radius, paint, name);
    std::vector<Place> corners;
    for (const MarkShape::Corner& corner : MarkShape::outline(marker, radius))
        corners.push_back({centre.x + corner.x, centre.y - corner.y});
    canvas.polygon(corners, paint, name);
}

} // namespace hmgrl::picture
