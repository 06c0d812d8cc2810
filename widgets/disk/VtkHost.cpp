#include "disk/VtkHost.h"

#include <QOpenGLContext>
#include <QOpenGLExtraFunctions>
#include <QOpenGLPaintDevice>
#include <QPainter>
#include <vtkCallbackCommand.h>
#include <vtkCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLShaderCache.h>
#include <vtkOpenGLState.h>

namespace hmgrl {

VtkHost::VtkHost(Scene scene, QWidget* parent)
    : QOpenGLWidget(parent)
    , m_scene(std::move(scene)) {
    m_callback->SetClientData(this);
    m_callback->SetCallback(&VtkHost::onWindowEvent);
}

VtkHost::~VtkHost() {
    if (context() != nullptr)
        context()->disconnect(this); // it outlives this part of the object
    release();
}

void VtkHost::release() {
    if (!m_window)
        return;
    makeCurrent();
    m_scene.detach();
    m_window->Finalize();
    m_window->RemoveAllObservers();
    m_window = nullptr;
    doneCurrent();
}

void VtkHost::initializeGL() {
    connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &VtkHost::release,
            Qt::UniqueConnection);
    m_window = vtkSmartPointer<vtkGenericOpenGLRenderWindow>::New();
    m_window->SetMultiSamples(0); // marks and lines bring their own soft rims
    m_window->SetFrameBlitModeToNoBlit();
    m_window->SetReadyForRendering(true);
    observe();
    m_window->InitializeFromCurrentContext();
    m_scene.attach(m_window);
}

void VtkHost::observe() {
    for (const auto event :
         {vtkCommand::WindowMakeCurrentEvent, vtkCommand::WindowIsCurrentEvent,
          vtkCommand::WindowSupportsOpenGLEvent, vtkCommand::WindowIsDirectEvent})
        m_window->AddObserver(event, m_callback);
}

void VtkHost::onWindowEvent(vtkObject* /*caller*/, unsigned long event, void* self, void* data) {
    auto* host = static_cast<VtkHost*>(self);
    const bool current = QOpenGLContext::currentContext() == host->context();
    switch (event) {
    case vtkCommand::WindowMakeCurrentEvent:
        // makeCurrent() binds Qt's framebuffer, which would spoil VTK's in the middle of a frame.
        if (!current)
            host->makeCurrent();
        break;
    case vtkCommand::WindowIsCurrentEvent:
        *static_cast<bool*>(data) = current;
        break;
    case vtkCommand::WindowSupportsOpenGLEvent:
    case vtkCommand::WindowIsDirectEvent:
        *static_cast<int*>(data) = 1;
        break;
    default:
        break;
    }
}

void VtkHost::fitWindow() {
    const QSize pixels = size() * devicePixelRatio();
    const int* now = m_window->GetSize();
    if (now[0] != pixels.width() || now[1] != pixels.height())
        m_window->SetSize(pixels.width(), pixels.height());
}

void VtkHost::paintGL() {
    if (!m_window)
        return;
    fitWindow();
    m_scene.prepare();
    m_window->GetState()->Reset(); // Qt has changed what VTK remembers
    m_window->Render();
    m_window->GetShaderCache()->ReleaseCurrentShader();
    showFrame();
    paintOverlay();
}

/// Not QPainter(this): while a parent is grabbed, Qt redirects that one to the picture of the
/// parent, beneath the frame.
void VtkHost::paintOverlay() {
    QOpenGLPaintDevice device(size() * devicePixelRatio());
    device.setDevicePixelRatio(devicePixelRatio());
    QPainter painter(&device);
    m_scene.overlay(painter);
}

/// Copies VTK's finished frame into the framebuffer that Qt shows.
void VtkHost::showFrame() {
    makeCurrent();
    m_window->GetState()->ResetFramebufferBindings();
    auto* gl = context()->extraFunctions();
    const int width = m_window->GetSize()[0], height = m_window->GetSize()[1];
    auto* frame = m_window->GetDisplayFramebuffer();
    gl->glDisable(GL_SCISSOR_TEST);
    gl->glBindFramebuffer(GL_READ_FRAMEBUFFER, frame->GetFBOIndex());
    gl->glReadBuffer(GL_COLOR_ATTACHMENT0);
    gl->glBindFramebuffer(GL_DRAW_FRAMEBUFFER, defaultFramebufferObject());
    gl->glBlitFramebuffer(0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT,
                          GL_NEAREST);
    gl->glBindFramebuffer(GL_FRAMEBUFFER, defaultFramebufferObject());
}

} // namespace hmgrl
