#pragma once

#include "disk/HoverCard.h"
#include "picture/DiskColours.h"

#include <QTextDocument>
#include <QWidget>

namespace hmgrl {

/// The card itself: frameless, painted whole, deaf to the mouse.
class HoverCardView : public QWidget {
    Q_OBJECT
public:
    explicit HoverCardView(QWidget* parent);
    void setColours(const DiskColours& colours);
    void setCard(HoverCard card); ///< resizes to fit
    /// Beside a point of the parent, wherever the parent has room.
    void placeBeside(QPoint point);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void paintFrame(QPainter& painter) const;
    void paintHead(QPainter& painter) const;
    void paintText(QPainter& painter);
    void paintCandidates(QPainter& painter) const;
    [[nodiscard]] QString html() const;
    [[nodiscard]] int candidateCount() const;
    [[nodiscard]] bool hasText() const { return !m_card.text.empty(); }

    HoverCard m_card;
    DiskColours m_colours = DiskColours::light();
    QTextDocument m_text;
    QPixmap m_thumbnail;
    QRect m_picture, m_head, m_body, m_bars; ///< in widget coordinates
};

} // namespace hmgrl
