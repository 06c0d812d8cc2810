#pragma once

#include "picture/DiskColours.h"

#include <QWidget>
#include <utility>
#include <vector>

namespace hmgrl {

/// What the mouse and the keys do, in the lower left corner; on demand.
class DiskHints : public QWidget {
    Q_OBJECT
public:
    explicit DiskHints(QWidget* parent);
    void setColours(const DiskColours& colours);
    void arrange(const QRect& room); ///< in as many columns as its height needs

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int linesPerColumn() const;

    DiskColours m_colours = DiskColours::light();
    std::vector<std::pair<QString, QString>> m_lines;
    int m_columns = 1, m_keyWidth = 0, m_textWidth = 0;
};

} // namespace hmgrl
