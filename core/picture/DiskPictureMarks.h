#pragma once

#include "picture/DiskPictureCanvas.h"
#include "view/DiskScene.h"

namespace hmgrl::picture {

/// As the sprites of the window draw it.
void drawMark(Canvas& canvas, Marker marker, Place centre, double radius, const Paint& paint,
              const char* name = "");

} // namespace hmgrl::picture
