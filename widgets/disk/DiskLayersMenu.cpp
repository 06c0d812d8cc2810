#include "disk/DiskLayersMenu.h"

#include "disk/DiskLayers.h"

namespace hmgrl {

DiskLayersMenu::DiskLayersMenu(QWidget* parent)
    : QMenu(parent) {
    setAccessibleName(tr("Layers of the disk"));
    setToolTipsVisible(true);
    for (const DiskLayer& layer : diskLayers())
        addItem(layer.command, layer.name, layer.tip);
    addSeparator();
    addItem(DiskCommand::Overview, tr("Overview"),
            tr("A map of the whole disk in the corner while a part of it is seen"));
    addItem(DiskCommand::Glide, tr("Glide"), tr("A drag that ends in motion runs on for a while"));
}

void DiskLayersMenu::addItem(DiskCommand command, const QString& name, const QString& tip) {
    // The key is text only: the disk itself listens to it, wherever the focus in it lies.
    QAction* item = addAction(name + QLatin1Char('\t') + keyOf(command));
    item->setCheckable(true);
    item->setToolTip(tip);
    connect(item, &QAction::triggered, this, [this, command] { Q_EMIT toggledByUser(command); });
    m_items[command] = item;
}

void DiskLayersMenu::showState(const DiskOverlay& layers, bool overview, bool glide) {
    for (const DiskLayer& layer : diskLayers())
        item(layer.command)->setChecked(layers.*layer.isOn);
    item(DiskCommand::Overview)->setChecked(overview);
    item(DiskCommand::Glide)->setChecked(glide);
}

void DiskLayersMenu::popupBeside(const QWidget& anchor) {
    const QSize size = sizeHint();
    popup(anchor.mapToGlobal(QPoint(anchor.width() - size.width(), -size.height() - 6)));
}

} // namespace hmgrl
