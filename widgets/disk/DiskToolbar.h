#pragma once

#include "disk/DiskCommands.h"
#include "disk/DiskGlyphs.h"
#include "picture/DiskColours.h"

#include <QWidget>
#include <vector>

class QToolButton;

namespace hmgrl {

/// The disk's buttons at its lower edge. Where there is little room, only those stay without which
/// a mouse alone would be lost; keys do the rest.
class DiskToolbar : public QWidget {
    Q_OBJECT
public:
    explicit DiskToolbar(QWidget* parent);
    void setColours(const DiskColours& colours);
    void arrange(const QRect& room);

    void setHistory(bool canGoBack, bool canGoForward);
    void setTool(DiskCommand lassoOrBox);
    void setMeasuring(bool measuring);
    void setHintsShown(bool shown);
    [[nodiscard]] QToolButton* button(DiskCommand command) const; ///< null where there is none

Q_SIGNALS:
    void triggered(hmgrl::DiskCommand command);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Button {
        QToolButton* widget;
        DiskCommand command;
        DiskGlyph glyph;
        int group;
    };
    void addButton(int group, DiskGlyph glyph, DiskCommand command, const QString& name,
                   const QString& tip, bool checkable = false);
    void showGroups(int most);

    std::vector<Button> m_buttons;
    DiskColours m_colours = DiskColours::light();
};

} // namespace hmgrl
