#include "scene/SplatProp.h"

#include "picture/SplatSet.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vtkObjectFactory.h>
#include <vtkRenderer.h>
#include <vtkType.h>
#include <vtk_glew.h>

namespace hmgrl {

vtkStandardNewMacro(SplatProp);

namespace {
constexpr auto vertexShader = R"(//VTK::System::Dec
in vec2 place;
in vec4 fill;
in vec4 ring;
in vec4 shape; // radius, ring width, shrink, diamond
uniform mat4 toClip;
uniform float pixelRatio;
out vec4 fillV;
out vec4 ringV;
out vec4 shapeV; // radius, ring width, half the sprite, diamond
void main() {
  float local = sqrt(max(1.0 - dot(place, place), 0.0));
  float radius = shape.x * (1.0 - shape.z * (1.0 - local)) * pixelRatio;
  float half_ = radius + 0.75;
  fillV = vec4(fill.rgb * fill.a, fill.a);
  ringV = vec4(ring.rgb * ring.a, ring.a);
  shapeV = vec4(radius, shape.y * pixelRatio, half_, shape.w);
  gl_Position = toClip * vec4(place, 0.0, 1.0);
  gl_PointSize = 2.0 * half_;
}
)";
constexpr auto fragmentShader = R"(//VTK::System::Dec
//VTK::Output::Dec
in vec4 fillV;
in vec4 ringV;
in vec4 shapeV;
void main() {
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * shapeV.z;
  float d = mix(length(p), (abs(p.x) + abs(p.y)) * 0.80, shapeV.w);
  float cover = clamp(shapeV.x - d + 0.5, 0.0, 1.0);
  float inner = clamp(shapeV.x - shapeV.y - d + 0.5, 0.0, 1.0);
  gl_FragData[0] = mix(ringV, fillV, inner) * cover;
}
)";
using Look = SplatSet::Look;
using Place = SplatSet::Place;
constexpr std::array attributes{
    GlAttribute{"place", 0, 0, sizeof(Place), VTK_FLOAT, 2, false},
    GlAttribute{"fill", 1, offsetof(Look, fill), sizeof(Look), VTK_UNSIGNED_CHAR, 4, true},
    GlAttribute{"ring", 1, offsetof(Look, ring), sizeof(Look), VTK_UNSIGNED_CHAR, 4, true},
    GlAttribute{"shape", 1, offsetof(Look, radius), sizeof(Look), VTK_FLOAT, 4, false}};
} // namespace

void SplatProp::setSplats(const SplatSet* splats) {
    m_splats = splats;
    looksChanged();
}

/// Asked of the context that draws, which must be current.
bool SplatProp::usesPicture() {
    if (m_method == Method::Automatic) {
        const auto* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
        const std::string_view renderer = name == nullptr ? "" : name;
        const auto isIn = [&](const char* part) { return renderer.find(part) != renderer.npos; };
        const bool software = isIn("llvmpipe") || isIn("softpipe") || isIn("SwiftShader") ||
                              isIn("Software Rasterizer");
        m_method = software ? Method::Picture : Method::Sprites;
    }
    return m_method == Method::Picture;
}

void SplatProp::drawSprites(vtkRenderer* renderer) {
    if (std::exchange(m_placesStale, false))
        m_batch.upload(0, std::as_bytes(m_splats->places()));
    if (std::exchange(m_looksStale, false))
        m_batch.upload(1, std::as_bytes(m_splats->looks()));
    m_batch.draw(renderer, vertexShader, fragmentShader, attributes, GL_POINTS,
                 static_cast<int>(m_splats->places().size()), m_pixelRatio);
}

int SplatProp::RenderOpaqueGeometry(vtkViewport* viewport) {
    if (m_splats == nullptr || m_splats->places().empty())
        return 0;
    auto* renderer = static_cast<vtkRenderer*>(viewport);
    if (usesPicture())
        m_picture.draw(renderer, *m_splats, m_pixelRatio);
    else
        drawSprites(renderer);
    return 1;
}

void SplatProp::ReleaseGraphicsResources(vtkWindow* window) {
    m_batch.release(window);
    m_picture.release(window);
    looksChanged();
}

} // namespace hmgrl
