#pragma once

#include "scene/GlBatch.h"
#include "scene/SplatPicture.h"

#include <vtkProp.h>

namespace hmgrl {

class SplatSet;

/// Draws a SplatSet as point sprites with soft rims, on the GPU; where OpenGL is software, in
/// memory. The set must outlive the prop.
class SplatProp : public vtkProp {
public:
    static SplatProp* New();
    void setSplats(const SplatSet* splats);
    void looksChanged() { m_looksStale = m_placesStale = true; }
    void placesChanged() { m_placesStale = true; }
    void setPixelRatio(double ratio) { m_pixelRatio = static_cast<float>(ratio); }
    /// Lines beneath the marks, drawn where usesPicture(). They outlive the prop.
    void setBeneath(StrokeRaster* lines) { m_picture.setBeneath(lines); }
    /// Whether marks are drawn in memory, as software OpenGL asks for. While the context that draws
    /// is current.
    [[nodiscard]] bool usesPicture();
    enum class Method { Automatic, Sprites, Picture };
    void setMethod(Method method) { m_method = method; }
    int RenderOpaqueGeometry(vtkViewport* viewport) override;
    void ReleaseGraphicsResources(vtkWindow* window) override;

private:
    void drawSprites(vtkRenderer* renderer);

    const SplatSet* m_splats = nullptr;
    GlBatch m_batch;
    SplatPicture m_picture;
    Method m_method = Method::Automatic;
    float m_pixelRatio = 1;
    bool m_looksStale = true, m_placesStale = true;
};

} // namespace hmgrl
