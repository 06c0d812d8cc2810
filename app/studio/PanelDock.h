#pragma once

#include "theme/Theme.h"

#include <QDockWidget>

class QLabel;

namespace hmgrl::studio {

/// A dock with the theme's title bar, which gives way to the tab when the dock is tabbed.
class PanelDock : public QDockWidget {
    Q_OBJECT
public:
    /// `name` is what the saved layout knows the dock by.
    PanelDock(const QString& name, const QString& title, QWidget* content, const Theme& theme,
              QWidget* parent);

    void updateTitleBar(); ///< after docks were tabbed or parted

private:
    QWidget* makeTitleBar(const Theme& theme);

    QWidget* m_bar;
    QWidget* m_none; ///< stands in while a tab shows the title
};

} // namespace hmgrl::studio
