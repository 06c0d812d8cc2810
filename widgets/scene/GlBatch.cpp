#include "scene/GlBatch.h"

#include <vtkMatrix3x3.h>
#include <vtkMatrix4x4.h>
#include <vtkOpenGLBufferObject.h>
#include <vtkOpenGLCamera.h>
#include <vtkOpenGLRenderWindow.h>
#include <vtkOpenGLShaderCache.h>
#include <vtkOpenGLState.h>
#include <vtkOpenGLVertexArrayObject.h>
#include <vtkRenderer.h>
#include <vtkShaderProgram.h>
#include <vtk_glew.h>

namespace hmgrl {

GlBatch::GlBatch() = default;
GlBatch::~GlBatch() = default;

void GlBatch::upload(int buffer, std::span<const std::byte> bytes) {
    if (!bytes.empty())
        m_buffers[buffer]->Upload(bytes.data(), bytes.size(), vtkOpenGLBufferObject::ArrayBuffer);
}

bool GlBatch::prepare(vtkShaderProgram* program, std::span<const GlAttribute> attributes) {
    m_array->Bind();
    if (program == m_program)
        return true;
    m_program = program;
    m_array->ShaderProgramChanged();
    m_array->Bind();
    bool complete = true;
    for (const auto& a : attributes)
        complete &= m_array->AddAttributeArray(program, m_buffers[a.buffer], a.name, a.offset,
                                               a.stride, a.type, a.components, a.normalised);
    return complete;
}

namespace {
void setUniforms(vtkShaderProgram* program, vtkRenderer* renderer, float pixelRatio) {
    vtkMatrix4x4* toClip = nullptr;
    vtkMatrix4x4* toView = nullptr;
    vtkMatrix4x4* viewToClip = nullptr;
    vtkMatrix3x3* normals = nullptr;
    static_cast<vtkOpenGLCamera*>(renderer->GetActiveCamera())
        ->GetKeyMatrices(renderer, toView, normals, viewToClip, toClip);
    if (program->IsUniformUsed("toClip"))
        program->SetUniformMatrix("toClip", toClip);
    if (program->IsUniformUsed("pixelRatio"))
        program->SetUniformf("pixelRatio", pixelRatio);
}
} // namespace

void GlBatch::draw(vtkRenderer* renderer, const char* vertexShader, const char* fragmentShader,
                   std::span<const GlAttribute> attributes, unsigned mode, GlVertices vertices,
                   float pixelRatio, GlSampler sampler) {
    auto* window = static_cast<vtkOpenGLRenderWindow*>(renderer->GetVTKWindow());
    auto* program = window->GetShaderCache()->ReadyShaderProgram(vertexShader, fragmentShader, "");
    if (program == nullptr || !prepare(program, attributes))
        return;
    setUniforms(program, renderer, pixelRatio);
    if (sampler.name != nullptr)
        program->SetUniformi(sampler.name, sampler.unit);

    auto* state = window->GetState();
    const vtkOpenGLState::ScopedglEnableDisable depth(state, GL_DEPTH_TEST);
    const vtkOpenGLState::ScopedglEnableDisable blend(state, GL_BLEND);
    const vtkOpenGLState::ScopedglBlendFuncSeparate function(state);
    state->vtkglDisable(GL_DEPTH_TEST);
    state->vtkglEnable(GL_BLEND);
    state->vtkglBlendFuncSeparate(GL_ONE, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glEnable(GL_PROGRAM_POINT_SIZE);
    glDrawArrays(mode, vertices.first, vertices.count);
    glDisable(GL_PROGRAM_POINT_SIZE);
    m_array->Release();
}

void GlBatch::release(vtkWindow* /*window*/) {
    m_array->ReleaseGraphicsResources();
    for (const auto& buffer : m_buffers)
        buffer->ReleaseGraphicsResources();
    m_program = nullptr;
}

} // namespace hmgrl
