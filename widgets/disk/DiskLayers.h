#pragma once

#include "disk/DiskCommands.h"
#include "view/DiskOverlay.h"

#include <QString>
#include <vector>

namespace hmgrl {

/// A layer of the disk that can be switched on and off.
struct DiskLayer {
    bool DiskOverlay::*isOn;
    DiskCommand command;
    const char* key; ///< in the settings
    QString name, tip;
};

/// All of them, in the order of the menu.
[[nodiscard]] const std::vector<DiskLayer>& diskLayers();

/// `overlay` with the switches and the hidden arcs of `layers`; links and ruler stay.
[[nodiscard]] DiskOverlay withLayers(DiskOverlay overlay, const DiskOverlay& layers);

} // namespace hmgrl
