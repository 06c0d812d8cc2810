#include "scene/StrokeProp.h"

#include "scene/StrokeMesh.h"

#include <array>
#include <cstddef>
#include <vtkObjectFactory.h>
#include <vtkRenderer.h>
#include <vtkType.h>
#include <vtk_glew.h>

namespace hmgrl {

vtkStandardNewMacro(StrokeProp);

namespace {
constexpr auto vertexShader = R"(//VTK::System::Dec
in vec2 position;
in vec2 across;
in vec4 colour;
uniform mat4 toClip;
out vec2 acrossV;
out vec4 colourV;
void main() {
  acrossV = across;
  colourV = colour;
  gl_Position = toClip * vec4(position, 0.0, 1.0);
}
)";
constexpr auto fragmentShader = R"(//VTK::System::Dec
//VTK::Output::Dec
in vec2 acrossV;
in vec4 colourV;
uniform float pixelRatio;
void main() {
  float cover = clamp((acrossV.y - abs(acrossV.x)) * pixelRatio + 0.5, 0.0, 1.0);
  float alpha = colourV.a * cover;
  gl_FragData[0] = vec4(colourV.rgb * alpha, alpha);
}
)";
using Vertex = StrokeMesh::Vertex;
constexpr std::array attributes{
    GlAttribute{"position", 0, offsetof(Vertex, x), sizeof(Vertex), VTK_FLOAT, 2, false},
    GlAttribute{"across", 0, offsetof(Vertex, side), sizeof(Vertex), VTK_FLOAT, 2, false},
    GlAttribute{"colour", 0, offsetof(Vertex, rgba), sizeof(Vertex), VTK_UNSIGNED_CHAR, 4, true}};
} // namespace

void StrokeProp::setMesh(const StrokeMesh* mesh) {
    m_mesh = mesh;
    m_stale = true;
}

int StrokeProp::RenderOpaqueGeometry(vtkViewport* viewport) {
    if (m_mesh == nullptr || m_mesh->vertices().empty())
        return 0;
    if (std::exchange(m_stale, false))
        m_batch.upload(0, std::as_bytes(m_mesh->vertices()));
    m_batch.draw(static_cast<vtkRenderer*>(viewport), vertexShader, fragmentShader, attributes,
                 GL_TRIANGLE_STRIP, {0, static_cast<int>(m_mesh->vertices().size())}, m_pixelRatio);
    return 1;
}

void StrokeProp::ReleaseGraphicsResources(vtkWindow* window) {
    m_batch.release(window);
    m_stale = true;
}

} // namespace hmgrl
