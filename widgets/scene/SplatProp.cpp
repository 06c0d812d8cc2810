#include "scene/SplatProp.h"

#include "picture/SplatSet.h"
#include "scene/SoftwareOpenGl.h"

#include <array>
#include <cstddef>
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
in float radius;
in vec4 style; // ring width in sixteenths, shrink of 255, marker, unused
uniform mat4 toClip;
uniform float pixelRatio;
out vec4 fillV;
out vec4 ringV;
out vec4 shapeV; // radius, ring width, half the sprite, marker
void main() {
  float reaches[6] = float[](1.0, 1.253314, 1.555120, 1.253314, 1.225827, 1.541254);
  float local = sqrt(max(1.0 - dot(place, place), 0.0));
  float r = radius * (1.0 - style.y / 255.0 * (1.0 - local)) * pixelRatio;
  float width = style.x / 16.0 * pixelRatio;
  float half_ = r * reaches[int(style.z)] + width + 0.75;
  fillV = vec4(fill.rgb * fill.a, fill.a);
  ringV = vec4(ring.rgb * ring.a, ring.a);
  shapeV = vec4(r, width, half_, style.z);
  gl_Position = toClip * vec4(place, 0.0, 1.0);
  gl_PointSize = 2.0 * half_;
}
)";
// The formulas are MarkShape's.
constexpr auto fragmentShader = R"(//VTK::System::Dec
//VTK::Output::Dec
in vec4 fillV;
in vec4 ringV;
in vec4 shapeV;
float box(vec2 q, vec2 half_) { return max(q.x - half_.x, q.y - half_.y); }
float star(vec2 p, float r) {
  float sector = 1.2566371;
  float angle = atan(p.x, p.y);
  float within = abs(angle - sector * floor(angle / sector + 0.5));
  vec2 edge = vec2(0.45 * 1.541254 * sin(0.5 * sector),
                   0.45 * 1.541254 * cos(0.5 * sector) - 1.541254);
  vec2 outward = normalize(vec2(-edge.y, edge.x));
  return dot(outward, length(p) * vec2(sin(within), cos(within)) - vec2(0.0, 1.541254 * r));
}
float edgeDistance(vec2 p, float r, int marker, out float reach) {
  vec2 q = abs(p);
  reach = 1.0;
  if (marker == 1) {
    reach = 1.253314;
    return box(q, vec2(0.886227 * r));
  }
  if (marker == 2) {
    reach = 1.555120;
    return max(-p.y, 0.5 * p.y + 0.8660254 * q.x) - 0.777560 * r;
  }
  if (marker == 3) {
    reach = 1.253314;
    return (q.x + q.y - 1.253314 * r) * 0.7071068;
  }
  if (marker == 4) {
    vec2 arm = vec2(1.153378, 0.36 * 1.153378) * r;
    reach = 1.225827;
    return min(box(q, arm), box(q, arm.yx));
  }
  if (marker == 5) {
    reach = 1.541254;
    return star(p, r);
  }
  return length(p) - r;
}
void main() {
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * shapeV.z;
  float reach;
  float d = edgeDistance(vec2(p.x, -p.y), shapeV.x, int(shapeV.w + 0.5), reach);
  d = max(d, length(p) - reach * shapeV.x);
  float inner = clamp(0.5 - d, 0.0, 1.0);
  float outer = clamp(0.5 - d + shapeV.y, 0.0, 1.0);
  gl_FragData[0] = ringV * (outer - inner) + fillV * inner;
}
)";
using Look = SplatSet::Look;
using Place = SplatSet::Place;
constexpr std::array attributes{
    GlAttribute{"place", 0, 0, sizeof(Place), VTK_FLOAT, 2, false},
    GlAttribute{"fill", 1, offsetof(Look, fill), sizeof(Look), VTK_UNSIGNED_CHAR, 4, true},
    GlAttribute{"ring", 1, offsetof(Look, ring), sizeof(Look), VTK_UNSIGNED_CHAR, 4, true},
    GlAttribute{"radius", 1, offsetof(Look, radius), sizeof(Look), VTK_FLOAT, 1, false},
    GlAttribute{"style", 1, offsetof(Look, rim), sizeof(Look), VTK_UNSIGNED_CHAR, 4, false}};
} // namespace

void SplatProp::setMarks(MarkLayer* marks) {
    m_marks = marks;
    m_uploaded = false;
}

bool SplatProp::usesPicture() {
    if (m_method == Method::Automatic) {
        const auto* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
        if (name == nullptr) // no context yet
            return false;
        m_method = isSoftwareOpenGl(name) ? Method::Picture : Method::Sprites;
    }
    return m_method == Method::Picture;
}

void SplatProp::drawSprites(vtkRenderer* renderer) {
    const MarkLayer::Fresh fresh = m_marks->update();
    const bool all = !std::exchange(m_uploaded, true);
    const SplatSet& splats = m_marks->splats();
    if (all || fresh != MarkLayer::Fresh::Nothing)
        m_batch.upload(0, std::as_bytes(splats.places()));
    if (all || fresh == MarkLayer::Fresh::Looks)
        m_batch.upload(1, std::as_bytes(splats.looks()));
    if (!splats.looks().empty())
        m_batch.draw(renderer, vertexShader, fragmentShader, attributes, GL_POINTS,
                     {0, static_cast<int>(splats.looks().size())}, m_pixelRatio);
}

int SplatProp::RenderOpaqueGeometry(vtkViewport* viewport) {
    if (m_marks == nullptr)
        return 0;
    auto* renderer = static_cast<vtkRenderer*>(viewport);
    if (usesPicture())
        m_picture.draw(renderer, *m_marks, m_pixelRatio);
    else
        drawSprites(renderer);
    return 1;
}

void SplatProp::ReleaseGraphicsResources(vtkWindow* window) {
    m_batch.release(window);
    m_picture.release(window);
    m_uploaded = false;
}

} // namespace hmgrl
