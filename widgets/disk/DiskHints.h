#pragma once

#include "picture/DiskColours.h"

#include <QWidget>

namespace hmgrl {

/// What the mouse and the keys do, in the lower left corner; on demand.
class DiskHints : public QWidget {
    Q_OBJECT
public:
    explicit DiskHints(QWidget* parent);
    void setColours(const DiskColours& colours);
    void arrange(const QRect& room);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    DiskColours m_colours = DiskColours::light();
    std::vector<std::pair<QString, QString>> m_lines;
};

} // namespace hmgrl
