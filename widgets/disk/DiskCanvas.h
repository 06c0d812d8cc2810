#pragma once

#include "picture/DiskColours.h"
#include "view/DiskController.h"

#include <functional>
#include <memory>
#include <span>
#include <utility>

class QPainter;
class QWidget;

namespace hmgrl {

/// Where the disk is drawn: by VTK on OpenGL, or by QPainter where there is no OpenGL.
class DiskCanvas {
public:
    using Overlay = std::function<void(QPainter&)>;

    virtual ~DiskCanvas() = default;
    /// The widget to show; its parent owns it, and the canvas lives at least as long.
    [[nodiscard]] virtual QWidget* widget() = 0;
    virtual void setColours(const DiskColours& colours) = 0;
    virtual void changed(DiskController::Change change) = 0;
    virtual void setLasso(std::span<const std::pair<double, double>> line) = 0;
    [[nodiscard]] virtual const char* name() const = 0;
};

/// `overlay` paints labels above the scene, in logical pixels. The controller outlives the canvas.
[[nodiscard]] std::unique_ptr<DiskCanvas>
makeVtkCanvas(const DiskController& view, DiskCanvas::Overlay overlay, QWidget* parent);
[[nodiscard]] std::unique_ptr<DiskCanvas>
makeRasterCanvas(const DiskController& view, DiskCanvas::Overlay overlay, QWidget* parent);

} // namespace hmgrl
