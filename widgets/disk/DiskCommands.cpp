#include "disk/DiskCommands.h"

#include <QKeyEvent>
#include <QKeySequence>
#include <algorithm>
#include <array>
#include <vector>

namespace hmgrl {

namespace {

struct Binding {
    DiskCommand command;
    std::vector<QKeySequence> keys; ///< the first is the one that is shown
};

const std::vector<Binding>& bindings() {
    using enum DiskCommand;
    const auto keys = [](const char* portable) {
        const auto list =
            QKeySequence::listFromString(QString::fromLatin1(portable), QKeySequence::PortableText);
        return std::vector<QKeySequence>(list.begin(), list.end());
    };
    static const std::vector<Binding> all{
        {TravelLeft, keys("Left")},
        {TravelRight, keys("Right")},
        {TravelUp, keys("Up")},
        {TravelDown, keys("Down")},
        {TurnLeft, keys("[; Shift+Left")},
        {TurnRight, keys("]; Shift+Right")},
        {ZoomIn, keys("+; =")},
        {ZoomOut, keys("-")},
        {Focus, keys("F")},
        {Home, keys("Home")},
        {Back, keys("Alt+Left; Back")},
        {Forward, keys("Alt+Right; Forward")},
        {Lasso, keys("L")},
        {Box, keys("B")},
        {Measure, keys("M")},
        {SelectAll, keys("Ctrl+A")},
        {Invert, keys("I; Ctrl+I")},
        {Next, keys("N")},
        {Previous, keys("P")},
        {ToggleSelected, keys("Space")},
        {Activate, keys("Return; Enter")},
        {Leave, keys("Esc")},
        {Grid, keys("G")},
        {Tree, keys("E")},
        {Labels, keys("W")},
        {Regions, keys("V")},
        {Arcs, keys("C")},
        {Ghosts, keys("H")},
        {Rings, keys("O")},
        {Layers, keys("Y")},
        {Glide, keys("S")},
        {Overview, keys("U")},
        {FindInLegend, keys("/")},
        {Hints, keys("?")},
    };
    return all;
}

/// Where a sign sits on the keyboard, and whether it needs Shift, is the keyboard's affair.
bool isSign(int key) {
    return key > Qt::Key_Space && key < Qt::Key_A && !(key >= Qt::Key_0 && key <= Qt::Key_9);
}

QKeySequence pressed(const QKeyEvent& event) {
    Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (isSign(event.key()) || event.key() == Qt::Key_BracketLeft ||
        event.key() == Qt::Key_BracketRight)
        modifiers &= ~Qt::ShiftModifier;
    return QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(event.key())));
}

} // namespace

std::optional<DiskCommand> commandOf(const QKeyEvent& event) {
    const QKeySequence key = pressed(event);
    for (const Binding& binding : bindings())
        if (std::find(binding.keys.begin(), binding.keys.end(), key) != binding.keys.end())
            return binding.command;
    return {};
}

QString keyOf(DiskCommand command) {
    for (const Binding& binding : bindings())
        if (binding.command == command)
            return binding.keys.front().toString(QKeySequence::NativeText);
    return {};
}

QString withKey(const QString& tip, DiskCommand command) {
    return QStringLiteral("%1 (%2)").arg(tip, keyOf(command));
}

void DiskKeys::run(DiskCommand command) const {
    if (const auto act = m_acts.find(command); act != m_acts.end())
        act->second();
}

bool DiskKeys::run(const QKeyEvent& event) const {
    const auto command = commandOf(event);
    if (!command || !m_acts.contains(*command))
        return false;
    m_acts.at (*command)();
    return true;
}

} // namespace hmgrl
