#pragma once

#include "picture/DiskColours.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace hmgrl {

/// Zoom, home and help at the disk's lower edge.
class DiskToolbar : public QWidget {
    Q_OBJECT
public:
    explicit DiskToolbar(QWidget* parent);
    void setColours(const DiskColours& colours);
    void arrange(const QRect& room);

Q_SIGNALS:
    void zoomIn();
    void zoomOut();
    void home();
    void focusSelection();
    void hintsToggled(bool shown);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    enum class Glyph { Plus, Minus, Home, Focus, Help };
    QToolButton* addButton(Glyph glyph, const QString& name, const QString& tip);
    [[nodiscard]] QIcon draw(Glyph glyph) const;

    std::vector<std::pair<QToolButton*, Glyph>> m_buttons;
    DiskColours m_colours = DiskColours::light();
};

} // namespace hmgrl
