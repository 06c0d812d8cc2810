#pragma once

#include "scene/GlBatch.h"

#include <vtkProp.h>

namespace hmgrl {

class StrokeMesh;

/// Draws a StrokeMesh with soft rims. The mesh must outlive the prop; call changed() after filling
/// it.
class StrokeProp : public vtkProp {
public:
    static StrokeProp* New();
    void setMesh(const StrokeMesh* mesh);
    void changed() { m_stale = true; }
    void setPixelRatio(double ratio) { m_pixelRatio = static_cast<float>(ratio); }
    int RenderOpaqueGeometry(vtkViewport* viewport) override;
    void ReleaseGraphicsResources(vtkWindow* window) override;

private:
    const StrokeMesh* m_mesh = nullptr;
    GlBatch m_batch;
    float m_pixelRatio = 1;
    bool m_stale = true;
};

} // namespace hmgrl
