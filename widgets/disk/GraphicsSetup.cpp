#include "disk/GraphicsSetup.h"

#include "scene/SoftwareOpenGl.h"

#include <QGuiApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QSurfaceFormat>

namespace hmgrl {

void prepareGraphics() {
    QSurfaceFormat format;
    format.setRenderableType(QSurfaceFormat::OpenGL);
    format.setVersion(3, 2);
    format.setProfile(QSurfaceFormat::CoreProfile);
    format.setDepthBufferSize(24);
    format.setStencilBufferSize(8);
    format.setAlphaBufferSize(8);
    format.setSwapInterval(1);
    QSurfaceFormat::setDefaultFormat(format);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && qEnvironmentVariableIsSet("DISPLAY") &&
        qEnvironmentVariableIsSet("WAYLAND_DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "xcb");
}

namespace {
/// Then it is slower than what this program draws without it.
bool isSoftware(QOpenGLContext& context) {
    const auto* name = context.functions()->glGetString(GL_RENDERER);
    return name != nullptr && isSoftwareOpenGl(reinterpret_cast<const char*>(name));
}

bool contextWorks() {
    if (QGuiApplication::platformName() != QLatin1String("xcb"))
        return false; // VTK loads its functions through GLX
    QOffscreenSurface surface;
    surface.create();
    QOpenGLContext context;
    if (!surface.isValid() || !context.create() || !context.makeCurrent(&surface))
        return false;
    const QSurfaceFormat format = context.format();
    const bool software = isSoftware(context);
    context.doneCurrent();
    return !software && !context.isOpenGLES() && format.version() >= qMakePair(3, 2);
}
} // namespace

bool openGlUsable() {
    const QByteArray wish = qgetenv("HMGRL_RENDERER").toLower();
    if (wish == "raster")
        return false;
    return wish == "opengl" || contextWorks();
}

} // namespace hmgrl
