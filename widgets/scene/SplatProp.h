#pragma once

#include "scene/GlBatch.h"
#include "scene/SplatPicture.h"

#include <vtkProp.h>

namespace hmgrl {

/// Draws the marks of a layer as point sprites with soft rims, on the GPU; where OpenGL is
/// software, in memory. The layer must outlive the prop.
class SplatProp : public vtkProp {
public:
    static SplatProp* New();
    void setMarks(MarkLayer* marks);
    void setPixelRatio(double ratio) { m_pixelRatio = static_cast<float>(ratio); }
    /// Whether marks are drawn in memory, as software OpenGL asks for. While the context that draws
    /// is current.
    [[nodiscard]] bool usesPicture();
    enum class Method { Automatic, Sprites, Picture };
    void setMethod(Method method) { m_method = method; }
    int RenderOpaqueGeometry(vtkViewport* viewport) override;
    void ReleaseGraphicsResources(vtkWindow* window) override;

private:
    void drawSprites(vtkRenderer* renderer);

    MarkLayer* m_marks = nullptr;
    GlBatch m_batch;
    SplatPicture m_picture;
    Method m_method = Method::Automatic;
    float m_pixelRatio = 1;
    bool m_uploaded = false; ///< whether the buffers hold what the layer had last
};

} // namespace hmgrl
