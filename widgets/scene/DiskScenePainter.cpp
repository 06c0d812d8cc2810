#include "scene/DiskScenePainter.h"

#include "picture/DiskBackdrop.h"
#include "picture/LassoLine.h"
#include "picture/MarkLayer.h"
#include "picture/RulerLine.h"
#include "picture/StrokeRaster.h"
#include "scene/SplatProp.h"
#include "scene/StrokeMesh.h"
#include "scene/StrokeProp.h"

#include <vtkCamera.h>
#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>

namespace hmgrl {

struct DiskScenePainter::Private {
    explicit Private(const DiskController& controller)
        : view(controller)
        , marks(controller) {}

    const DiskController& view;
    DiskColours colours = DiskColours::light();
    DiskBackdrop backdrop;
    StrokeMesh beneath, above;
    StrokeRaster many; ///< layers that software OpenGL would be slow at
    MarkLayer marks;
    std::vector<std::pair<double, double>> lasso;
    std::vector<StrokePoint> scratch;
    vtkNew<StrokeProp> beneathProp, aboveProp;
    vtkNew<SplatProp> splatProp;
    vtkNew<vtkRenderer> renderer;
    vtkRenderWindow* window = nullptr;
    double pixelRatio = 1;
    bool viewStale = true, beneathStale = true;

    void aimCamera();
    void drawBeneath();
    void drawAbove();
};

DiskScenePainter::DiskScenePainter(const DiskController& view)
    : m(std::make_unique<Private>(view)) {
    m->beneathProp->setMesh(&m->beneath);
    m->aboveProp->setMesh(&m->above);
    m->splatProp->setMarks(&m->marks);
    m->renderer->AddViewProp(m->beneathProp);
    m->renderer->AddViewProp(m->splatProp);
    m->renderer->AddViewProp(m->aboveProp);
    m->renderer->SetAutomaticLightCreation(0);
    m->renderer->GetActiveCamera()->ParallelProjectionOn();
}

DiskScenePainter::~DiskScenePainter() {
    detach();
}

void DiskScenePainter::attach(vtkRenderWindow* window) {
    detach();
    m->window = window;
    window->AddRenderer(m->renderer);
}

void DiskScenePainter::detach() {
    if (m->window != nullptr)
        m->window->RemoveRenderer(m->renderer);
    m->window = nullptr;
    m->viewStale = true;
}

void DiskScenePainter::setColours(const DiskColours& colours) {
    m->colours = colours;
    m->marks.setColours(colours);
    m->viewStale = true;
}

void DiskScenePainter::setPixelRatio(double ratio) {
    m->pixelRatio = ratio;
    m->beneathProp->setPixelRatio(ratio);
    m->aboveProp->setPixelRatio(ratio);
    m->splatProp->setPixelRatio(ratio);
}

void DiskScenePainter::changed(DiskController::Change change) {
    using enum DiskController::Change;
    m->viewStale |= change == View || change == Scene || change == Active || change == Overlay ||
                    change == Places;
    m->marks.changed(change);
    m->beneathStale |= m->backdrop.shows(change, m->view);
}

void DiskScenePainter::setLasso(std::span<const std::pair<double, double>> line) {
    m->lasso.assign(line.begin(), line.end());
    m->drawAbove();
}

void DiskScenePainter::prepare() {
    if (m->viewStale) {
        m->aimCamera();
        m->drawAbove();
    }
    if (m->viewStale || m->beneathStale)
        m->drawBeneath();
    m->viewStale = m->beneathStale = false;
}

MarkLayer& DiskScenePainter::marks() {
    return m->marks;
}

/// The camera looks straight down on the plane of the disk; world units are disk units.
void DiskScenePainter::Private::aimCamera() {
    const double width = window->GetSize()[0] / pixelRatio;
    const double height = window->GetSize()[1] / pixelRatio;
    const auto middle = view.toDisk(width / 2, height / 2);
    const double x = middle.real(), y = middle.imag();
    auto* camera = renderer->GetActiveCamera();
    camera->SetPosition(x, y, 1);
    camera->SetFocalPoint(x, y, 0);
    camera->SetViewUp(0, 1, 0);
    camera->SetParallelScale(height / 2 / view.pixelsPerUnit());
    camera->SetClippingRange(0.5, 1.5);
    const auto channel = [this](int shift) { return (colours.background >> shift & 0xFF) / 255.0; };
    renderer->SetBackground(channel(16), channel(8), channel(0));
    renderer->SetBackgroundAlpha(1); // Qt composes the frame with what lies behind it
}

void DiskScenePainter::Private::drawBeneath() {
    beneath.restart(view.pixelsPerUnit());
    many.restart();
    DiskBackdrop::drawGround(beneath, view, colours);
    LayerSink& layers = splatProp->usesPicture() ? static_cast<LayerSink&>(many) : beneath;
    backdrop.drawLayers(layers, view, colours);
    beneathProp->changed();
    if (many.isEmpty())
        marks.setBeneath({});
    else
        marks.setBeneath(
            [this](const auto& transform, const auto& target) { many.draw(transform, target); });
}

void DiskScenePainter::Private::drawAbove() {
    above.restart(view.pixelsPerUnit());
    drawRuler(above, view, colours, scratch);
    drawLassoLine(above, view, lasso, colours, scratch);
    aboveProp->changed();
}

} // namespace hmgrl
