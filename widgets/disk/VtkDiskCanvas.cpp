#include "disk/DiskCanvas.h"
#include "disk/MarkSettler.h"
#include "disk/VtkHost.h"
#include "scene/DiskScenePainter.h"

#include <QPointer>
#include <vtkGenericOpenGLRenderWindow.h>

namespace hmgrl {

namespace {

class VtkDiskCanvas final : public DiskCanvas {
public:
    VtkDiskCanvas(const DiskController& view, Overlay overlay, QWidget* parent)
        : m_painter(view)
        , m_overlay(std::move(overlay))
        , m_host(new VtkHost(
              {
                  .attach = [this](vtkGenericOpenGLRenderWindow* w) { m_painter.attach(w); },
                  .detach = [this] { m_painter.detach(); },
                  .prepare = [this] { prepare(); },
                  .overlay = [this](QPainter& painter) { finish(painter); },
              },
              parent))
        , m_settler(m_painter.marks(), m_host) {}
    ~VtkDiskCanvas() override { delete m_host; }

    QWidget* widget() override { return m_host; }
    const char* name() const override { return "OpenGL"; }
    void setColours(const DiskColours& colours) override {
        m_painter.setColours(colours);
        m_host->update();
    }
    void changed(DiskController::Change change) override {
        m_painter.changed(change);
        m_settler.changed();
        m_host->update();
    }
    void setLasso(std::span<const std::pair<double, double>> line) override {
        m_painter.setLasso(line);
        m_host->update();
    }

private:
    void prepare() {
        m_painter.setPixelRatio(m_host->devicePixelRatio());
        m_painter.prepare();
    }
    void finish(QPainter& painter) {
        m_overlay(painter);
        m_settler.painted();
    }

    DiskScenePainter m_painter;
    Overlay m_overlay;
    QPointer<VtkHost> m_host; ///< null once its parent has deleted it
    MarkSettler m_settler;
};

} // namespace

std::unique_ptr<DiskCanvas> makeVtkCanvas(const DiskController& view, DiskCanvas::Overlay overlay,
                                          QWidget* parent) {
    return std::make_unique<VtkDiskCanvas>(view, std::move(overlay), parent);
}

} // namespace hmgrl
