#include "scene/SplatPicture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vtkCamera.h>
#include <vtkOpenGLRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkTextureObject.h>
#include <vtkType.h>
#include <vtk_glew.h>

namespace hmgrl {

namespace {
constexpr double overhang = 24; ///< pixels that marks may reach beyond the unit circle

constexpr auto vertexShader = R"(//VTK::System::Dec
in vec2 corner; // -1 to 1 in the window
in vec2 pixel;  // of the picture
out vec2 pixelV;
void main() {
  pixelV = pixel;
  gl_Position = vec4(corner, 0.0, 1.0);
}
)";
constexpr auto fragmentShader = R"(//VTK::System::Dec
//VTK::Output::Dec
in vec2 pixelV;
uniform sampler2D picture;
void main() {
  gl_FragData[0] = texelFetch(picture, ivec2(pixelV), 0);
}
)";
struct Corner {
    float x, y, column, row;
};
constexpr std::array attributes{
    GlAttribute{"corner", 0, 0, sizeof(Corner), VTK_FLOAT, 2, false},
    GlAttribute{"pixel", 0, 2 * sizeof(float), sizeof(Corner), VTK_FLOAT, 2, false}};
} // namespace

SplatPicture::SplatPicture() = default;
SplatPicture::~SplatPicture() = default;

void SplatPicture::draw(vtkRenderer* renderer, MarkLayer& marks, double pixelRatio) {
    const int* size = renderer->GetRenderWindow()->GetSize();
    auto* camera = renderer->GetActiveCamera();
    const double scale = size[1] / 2.0 / camera->GetParallelScale();
    const double middleX = size[0] / 2.0 - scale * camera->GetFocalPoint()[0];
    const double middleY = size[1] / 2.0 - scale * camera->GetFocalPoint()[1];
    const auto clip = [](double value, int most) {
        return static_cast<int>(std::clamp(std::floor(value), 0.0, static_cast<double>(most)));
    };
    const double reach = scale + overhang * pixelRatio;
    const int left = clip(middleX - reach, size[0]), bottom = clip(middleY - reach, size[1]);
    const Region region{left, bottom, clip(middleX + reach + 1, size[0]) - left,
                        clip(middleY + reach + 1, size[1]) - bottom};
    if (region.width <= 0 || region.height <= 0)
        return;
    glFlush(); // software OpenGL draws what came before on its threads meanwhile
    const SplatRaster::Transform transform{scale, scale, middleX - left, middleY - bottom,
                                           pixelRatio};
    upload(renderer, region,
           marks.picture({region.width, region.height, transform, SplatRaster::ByteOrder::Rgba}));
}

void SplatPicture::upload(vtkRenderer* renderer, const Region& region,
                          std::span<const std::uint32_t> pixels) {
    auto* window = static_cast<vtkOpenGLRenderWindow*>(renderer->GetRenderWindow());
    const int* size = window->GetSize();
    m_texture->SetContext(window);
    m_texture->SetMinificationFilter(vtkTextureObject::Nearest);
    m_texture->SetMagnificationFilter(vtkTextureObject::Nearest);
    m_texture->Create2DFromRaw(static_cast<unsigned>(region.width),
                               static_cast<unsigned>(region.height), 4, VTK_UNSIGNED_CHAR,
                               const_cast<std::uint32_t*>(pixels.data()));
    const auto edge = [](int pixel, int whole) {
        return 2.0F * static_cast<float>(pixel) / static_cast<float>(whole) - 1;
    };
    const float x0 = edge(region.left, size[0]), x1 = edge(region.left + region.width, size[0]);
    const float y0 = edge(region.bottom, size[1]),
                y1 = edge(region.bottom + region.height, size[1]);
    const auto w = static_cast<float>(region.width), h = static_cast<float>(region.height);
    const std::array corners{Corner{x0, y0, 0, 0}, Corner{x1, y0, w, 0}, Corner{x0, y1, 0, h},
                             Corner{x1, y1, w, h}};
    m_batch.upload(0, std::as_bytes(std::span(corners)));
    m_texture->Activate();
    m_batch.draw(renderer, vertexShader, fragmentShader, attributes, GL_TRIANGLE_STRIP, {0, 4}, 1,
                 {"picture", m_texture->GetTextureUnit()});
    m_texture->Deactivate();
}

void SplatPicture::release(vtkWindow* window) {
    m_texture->ReleaseGraphicsResources(window);
    m_batch.release(window);
}

} // namespace hmgrl
