#pragma once

#include <QOpenGLWidget>
#include <functional>
#include <vtkNew.h>
#include <vtkSmartPointer.h>

class vtkCallbackCommand;
class vtkGenericOpenGLRenderWindow;
class vtkObject;

namespace hmgrl {

/// A Qt widget that shows what a VTK render window draws. Each OpenGL context gets a new window: a
/// context dies when the widget moves to another top-level window (a dock that floats).
class VtkHost : public QOpenGLWidget {
    Q_OBJECT
public:
    struct Scene {
        std::function<void(vtkGenericOpenGLRenderWindow*)> attach; ///< the window is new
        std::function<void()> detach;                              ///< the window goes away
        std::function<void()> prepare;                             ///< before each frame
        std::function<void(QPainter&)> overlay;                    ///< after it, above it
    };

    explicit VtkHost(Scene scene, QWidget* parent = nullptr);
    ~VtkHost() override;

protected:
    void initializeGL() override;
    void paintGL() override;

private:
    void release();
    void observe();
    void fitWindow();
    void showFrame();
    void paintOverlay();
    static void onWindowEvent(vtkObject* caller, unsigned long event, void* self, void* data);

    Scene m_scene;
    vtkSmartPointer<vtkGenericOpenGLRenderWindow> m_window;
    vtkNew<vtkCallbackCommand> m_callback;
};

} // namespace hmgrl
