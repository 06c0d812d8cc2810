#pragma once

#include "theme/Theme.h"

#include <QDialog>

namespace hmgrl::studio {

/// Name, version, licence and what the program is built from.
class AboutDialog : public QDialog {
    Q_OBJECT
public:
    AboutDialog(const Theme& theme, QWidget* parent);
};

} // namespace hmgrl::studio
