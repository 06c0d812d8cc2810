#pragma once

#include "picture/SplatRaster.h"
#include "picture/StrokeRaster.h"
#include "scene/GlBatch.h"

#include <vector>
#include <vtkNew.h>

class vtkTextureObject;

namespace hmgrl {

/// The marks drawn in memory and handed to OpenGL as one picture: for OpenGL that is software
/// itself.
class SplatPicture {
public:
    SplatPicture();
    ~SplatPicture();
    /// Lines to draw into the picture before the marks; null: none. They outlive this.
    void setBeneath(StrokeRaster* lines) { m_beneath = lines; }
    void draw(vtkRenderer* renderer, const SplatSet& splats, double pixelRatio);
    void release(vtkWindow* window);

private:
    struct Region {
        int left, bottom, width, height;
    };
    void upload(vtkRenderer* renderer, const Region& region);

    StrokeRaster* m_beneath = nullptr;
    SplatRaster m_raster;
    std::vector<std::uint32_t> m_pixels;
    vtkNew<vtkTextureObject> m_texture;
    GlBatch m_batch;
};

} // namespace hmgrl
