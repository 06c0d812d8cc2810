#pragma once

#include <cstddef>
#include <span>
#include <vtkNew.h>

class vtkOpenGLBufferObject;
class vtkOpenGLVertexArrayObject;
class vtkRenderer;
class vtkShaderProgram;
class vtkWindow;

namespace hmgrl {

/// One attribute of a vertex, as a shader names it.
struct GlAttribute {
    const char* name;
    int buffer; ///< 0 or 1
    int offset;
    std::size_t stride;
    int type; ///< VTK_FLOAT or VTK_UNSIGNED_CHAR
    int components;
    bool normalised;
};

/// A texture unit, as a shader names it.
struct GlSampler {
    const char* name = nullptr;
    int unit = 0;
};

/// Which vertices of the buffers.
struct GlVertices {
    int first = 0, count = 0;
};

/// Buffers, vertex array and program of one draw call inside a VTK render window, through VTK's own
/// shader cache and state tracking. Marks blend over what is there; the depth buffer isn't used.
class GlBatch {
public:
    GlBatch();
    ~GlBatch();
    void upload(int buffer, std::span<const std::byte> bytes);
    /// Draws vertices in the GL mode given. The uniforms toClip (world to clip coordinates
    /// of the active camera) and pixelRatio are set when the shader uses them.
    void draw(vtkRenderer* renderer, const char* vertexShader, const char* fragmentShader,
              std::span<const GlAttribute> attributes, unsigned mode, GlVertices vertices,
              float pixelRatio, GlSampler sampler = {});
    void release(vtkWindow* window);

private:
    bool prepare(vtkShaderProgram* program, std::span<const GlAttribute> attributes);

    vtkNew<vtkOpenGLBufferObject> m_buffers[2];
    vtkNew<vtkOpenGLVertexArrayObject> m_array;
    vtkShaderProgram* m_program = nullptr; ///< owned by the window's shader cache
};

} // namespace hmgrl
