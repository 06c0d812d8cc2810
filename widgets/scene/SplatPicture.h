#pragma once

#include "picture/MarkLayer.h"
#include "scene/GlBatch.h"

#include <span>
#include <vtkNew.h>

class vtkTextureObject;

namespace hmgrl {

/// The marks drawn in memory and handed to OpenGL as one picture: for OpenGL that is software
/// itself.
class SplatPicture {
public:
    SplatPicture();
    ~SplatPicture();
    void draw(vtkRenderer* renderer, MarkLayer& marks, double pixelRatio);
    void release(vtkWindow* window);

private:
    struct Region {
        int left, bottom, width, height;
    };
    void upload(vtkRenderer* renderer, const Region& region, std::span<const std::uint32_t> pixels);

    vtkNew<vtkTextureObject> m_texture;
    GlBatch m_batch;
};

} // namespace hmgrl
