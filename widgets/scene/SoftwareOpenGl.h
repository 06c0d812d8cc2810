#pragma once

#include <string_view>

namespace hmgrl {

/// Whether an OpenGL that calls itself so (GL_RENDERER) is computed by the processor.
[[nodiscard]] inline bool isSoftwareOpenGl(std::string_view renderer) {
    for (const std::string_view name :
         {"llvmpipe", "softpipe", "SwiftShader", "Software Rasterizer"})
        if (renderer.find(name) != renderer.npos)
            return true;
    return false;
}

} // namespace hmgrl
