#pragma once

#include "studio/Actions.h"

#include <QDialog>

namespace hmgrl::studio {

/// All shortcuts on one sheet, from the actions themselves, with the gestures of document and disk.
class ShortcutSheet : public QDialog {
    Q_OBJECT
public:
    ShortcutSheet(const Actions& actions, const Theme& theme, QWidget* parent);
};

} // namespace hmgrl::studio
