#include "disk/GraphicsSetup.h"

#include <QGuiApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
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
bool contextWorks() {
    if (QGuiApplication::platformName() != QLatin1String("xcb"))
        return false; // VTK loads its functions through GLX
    QOffscreenSurface surface;
    surface.create();
    QOpenGLContext context;
    if (!surface.isValid() || !context.create() || !context.makeCurrent(&surface))
        return false;
    const QSurfaceFormat format = context.format();
    context.doneCurrent();
    return !context.isOpenGLES() && format.version() >= qMakePair(3, 2);
}
} // namespace

bool openGlUsable() {
    const QByteArray wish = qgetenv("HMGRL_RENDERER").toLower();
    if (wish == "raster")
        return false;
    return wish == "opengl" || contextWorks();
}

} // namespace hmgrl
