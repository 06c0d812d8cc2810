#pragma once

#include <QString>

namespace hmgrl {

/// Sets what VTK inside Qt needs and what can't be changed later: the default surface format
/// (OpenGL 3.2 core) and, on a desktop with both Wayland and X11, the X11 platform (VTK speaks
/// GLX). Call it before QApplication is made.
void prepareGraphics();

/// Whether the format of prepareGraphics() can be had here and is worth it: OpenGL that is software
/// draws a frame in twice the time that the raster canvas takes. The environment variable
/// HMGRL_RENDERER (opengl or raster) overrules it.
[[nodiscard]] bool openGlUsable();

} // namespace hmgrl
