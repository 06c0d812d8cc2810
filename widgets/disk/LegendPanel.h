#pragma once

#include "disk/DiskLegend.h"
#include "picture/DiskColours.h"

#include <QSet>
#include <QTimer>
#include <QWidget>

class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QMenu;
class QToolButton;

namespace hmgrl {

/// The legend in the disk's corner. A click isolates an entry, Ctrl+click adds or removes one, a
/// click on the only isolated entry shows all again; a double click selects the entry's points.
/// While the mouse or the keys rest on an entry, it is previewed.
class LegendPanel : public QWidget {
    Q_OBJECT
public:
    explicit LegendPanel(QWidget* parent);
    void setLegend(const DiskLegend& legend);
    void setColours(const DiskColours& colours);
    [[nodiscard]] const QSet<QString>& isolated() const { return m_isolated; }
    void setIsolated(const QSet<QString>& names); ///< isolatedChanged() follows when it is new
    [[nodiscard]] const QString& preview() const { return m_preview; } ///< empty: none
    void focusSearch();                ///< or the list, where it is short
    void setCollapsed(bool collapsed); ///< the user's choice from now on
    /// Collapses or expands as long as the user hasn't chosen.
    void suggestCollapsed(bool collapsed);
    [[nodiscard]] bool isCollapsed() const { return m_collapsed; }
    [[nodiscard]] static int fullWidth();
    /// Fits itself into the room its parent gives, at the right top.
    void arrange(const QRect& room);

    static constexpr int mostWithoutSearch = 12;

Q_SIGNALS:
    void isolatedChanged();
    void previewChanged();
    void selectWanted(const QString& entry);
    void centreWanted(const QString& entry);
    void sizeChanged();
    void left(); ///< by Esc: the keys go back to the disk

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeList();
    void makeSearch();
    void click(QListWidgetItem* item);
    bool listKey(const QKeyEvent& event);
    void select(QListWidgetItem* item);
    void showMenu(QListWidgetItem* item, QPoint global);
    void toggle(const QString& name);
    void previewSoon(QListWidgetItem* item);
    void setPreview(const QString& name);
    void search(const QString& text);
    void showState();
    [[nodiscard]] int shownCount() const;

    QToolButton* m_header;
    QLineEdit* m_search;
    QListWidget* m_list;
    QMenu* m_menu;
    QSet<QString> m_isolated;
    QSet<QString> m_beforeClick; ///< what was isolated before the click that began a double click
    QString m_title, m_preview, m_nextPreview;
    QTimer m_previewTimer;
    DiskColours m_colours = DiskColours::light();
    Qt::KeyboardModifiers m_modifiers; ///< of the last mouse release in the list
    bool m_collapsed = false, m_chosen = false;
};

} // namespace hmgrl
