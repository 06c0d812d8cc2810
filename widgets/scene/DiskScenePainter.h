#pragma once

#include "picture/DiskColours.h"
#include "view/DiskController.h"

#include <memory>
#include <span>
#include <utility>

class vtkRenderWindow;

namespace hmgrl {

class MarkLayer;

/// Draws what a DiskController says into a VTK render window. Give every change to changed(); what
/// it costs is paid once, when the window next renders through prepare().
class DiskScenePainter {
public:
    /// The controller must outlive the painter.
    explicit DiskScenePainter(const DiskController& view);
    ~DiskScenePainter();
    DiskScenePainter(const DiskScenePainter&) = delete;
    DiskScenePainter& operator=(const DiskScenePainter&) = delete;

    /// Adds the renderer. The window's size is the controller's viewport in device pixels; it lives
    /// until detach() or the painter's end.
    void attach(vtkRenderWindow* window);
    void detach();
    void setColours(const DiskColours& colours);
    void setPixelRatio(double ratio); ///< device pixels a logical pixel
    void changed(DiskController::Change change);
    /// A freehand line in screen coordinates, drawn above all; empty: none.
    void setLasso(std::span<const std::pair<double, double>> line);
    /// Brings the actors up to date; call before the window renders.
    void prepare();
    /// After frames: what they leave out is to be finished by settle().
    [[nodiscard]] MarkLayer& marks();

private:
    struct Private;
    std::unique_ptr<Private> m;
};

} // namespace hmgrl
