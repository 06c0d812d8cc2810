#pragma once

#include <QString>
#include <functional>
#include <map>
#include <optional>

class QKeyEvent;

namespace hmgrl {

/// Everything the disk does at a key.
enum class DiskCommand {
    TravelLeft,
    TravelRight,
    TravelUp,
    TravelDown,
    TurnLeft,
    TurnRight,
    ZoomIn,
    ZoomOut,
    Focus,
    Home,
    Back,
    Forward,
    Lasso,
    Box,
    Measure,
    SelectAll,
    Invert,
    Next,
    Previous,
    ToggleSelected,
    Activate,
    Leave,
    Grid,
    Tree,
    Labels,
    Regions,
    Arcs,
    Ghosts,
    Rings,
    Layers,
    Glide,
    Overview,
    FindInLegend,
    Hints
};

/// The command of a key press; nothing when it is none of ours. Letters are chosen so that none is
/// taken from the review, which goes on while the disk has the focus.
[[nodiscard]] std::optional<DiskCommand> commandOf(const QKeyEvent& event);
/// Its first key as the platform writes it, e.g. "Alt+Left".
[[nodiscard]] QString keyOf(DiskCommand command);
/// "Tip (Key)".
[[nodiscard]] QString withKey(const QString& tip, DiskCommand command);

/// What each command does here.
class DiskKeys {
public:
    void bind(DiskCommand command, std::function<void()> act) { m_acts[command] = std::move(act); }
    void run(DiskCommand command) const;
    bool run(const QKeyEvent& event) const; ///< false: not ours

private:
    std::map<DiskCommand, std::function<void()>> m_acts;
};

} // namespace hmgrl
