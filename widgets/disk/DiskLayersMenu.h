#pragma once

#include "disk/DiskCommands.h"
#include "view/DiskOverlay.h"

#include <QMenu>
#include <map>

namespace hmgrl {

/// What is drawn, as check items with their keys: the layers, the overview and gliding.
class DiskLayersMenu : public QMenu {
    Q_OBJECT
public:
    explicit DiskLayersMenu(QWidget* parent);
    void showState(const DiskOverlay& layers, bool overview, bool glide);
    /// Above `anchor`, flush right, or wherever there is room.
    void popupBeside(const QWidget& anchor);
    [[nodiscard]] QAction* item(DiskCommand command) const { return m_items.at(command); }

Q_SIGNALS:
    void toggledByUser(hmgrl::DiskCommand command);

private:
    void addItem(DiskCommand command, const QString& name, const QString& tip);

    std::map<DiskCommand, QAction*> m_items;
};

} // namespace hmgrl
