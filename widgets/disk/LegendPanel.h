#pragma once

#include "disk/DiskLegend.h"
#include "picture/DiskColours.h"

#include <QSet>
#include <QWidget>

class QListWidget;
class QListWidgetItem;
class QToolButton;

namespace hmgrl {

/// The legend in the disk's corner. A click isolates an entry, Ctrl+click adds or removes one, a
/// click on the only isolated entry shows all again.
class LegendPanel : public QWidget {
    Q_OBJECT
public:
    explicit LegendPanel(QWidget* parent);
    void setLegend(const DiskLegend& legend);
    void setColours(const DiskColours& colours);
    [[nodiscard]] const QSet<QString>& isolated() const { return m_isolated; }
    void setIsolated(const QSet<QString>& names); ///< isolatedChanged() follows when it is new
    void setCollapsed(bool collapsed);            ///< the user's choice from now on
    /// Collapses or expands as long as the user hasn't chosen.
    void suggestCollapsed(bool collapsed);
    [[nodiscard]] bool isCollapsed() const { return m_collapsed; }
    [[nodiscard]] static int fullWidth();
    /// Fits itself into the room its parent gives, at the right top.
    void arrange(const QRect& room);

Q_SIGNALS:
    void isolatedChanged();
    void sizeChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void click(QListWidgetItem* item);
    void showState();

    QToolButton* m_header;
    QListWidget* m_list;
    QSet<QString> m_isolated;
    QString m_title;
    DiskColours m_colours = DiskColours::light();
    Qt::KeyboardModifiers m_modifiers; ///< of the last mouse release in the list
    bool m_collapsed = false, m_chosen = false;
};

} // namespace hmgrl
