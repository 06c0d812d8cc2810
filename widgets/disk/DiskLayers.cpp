#include "disk/DiskLayers.h"

#include <QCoreApplication>

namespace hmgrl {

namespace {
QString say(const char* text) {
    return QCoreApplication::translate("hmgrl::DiskLayers", text);
}
} // namespace

const std::vector<DiskLayer>& diskLayers() {
#define T(text) say(QT_TRANSLATE_NOOP("hmgrl::DiskLayers", text))
    static const std::vector<DiskLayer> all{
        {&DiskOverlay::labels, DiskCommand::Labels, "labels", T("Names of categories"),
         T("The names beside the prototypes")},
        {&DiskOverlay::tree, DiskCommand::Tree, "tree", T("Category tree"),
         T("Geodesics from each category to its parent")},
        {&DiskOverlay::arcs, DiskCommand::Arcs, "arcs", T("All relations"),
         T("A geodesic from the head to the tail of each relation; without this, of those that "
           "selected and hovered points take part in")},
        {&DiskOverlay::regions, DiskCommand::Regions, "regions", T("Decision regions"),
         T("Where each prototype is the nearest one on the disk")},
        {&DiskOverlay::ghosts, DiskCommand::Ghosts, "ghosts", T("Generated samples"),
         T("Samples the model imagines for categories it has not seen")},
        {&DiskOverlay::grid, DiskCommand::Grid, "grid", T("Grid"),
         T("Geodesics that show the metric")},
        {&DiskOverlay::rings, DiskCommand::Rings, "rings", T("Distance rings"),
         T("Circles at whole hyperbolic distances about the middle")},
    };
#undef T
    return all;
}

DiskOverlay withLayers(DiskOverlay overlay, const DiskOverlay& layers) {
    for (const DiskLayer& layer : diskLayers())
        overlay.*layer.isOn = layers.*layer.isOn;
    overlay.hiddenArcs = layers.hiddenArcs;
    return overlay;
}

} // namespace hmgrl
