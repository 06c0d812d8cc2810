#pragma once

#include "picture/DiskColours.h"
#include "view/DiskController.h"

#include <QImage>
#include <QPolygonF>
#include <QWidget>

class QVariantAnimation;

namespace hmgrl {

/// The whole layout in a corner while the view shows a part of it or looks from elsewhere, with the
/// outline of what is seen. A click or a drag in it moves there.
class MiniMap : public QWidget {
    Q_OBJECT
public:
    MiniMap(const DiskController& view, QWidget* parent);
    void setColours(const DiskColours& colours);
    void setWanted(bool wanted); ///< by the user; on at first
    [[nodiscard]] bool isWanted() const { return m_isWanted; }
    void layoutChanged(); ///< other points or other looks
    void viewChanged();
    void arrange(const QRect& room); ///< at the left top
    /// The view is far enough from the whole disk that a map is of use.
    [[nodiscard]] bool isUseful() const;
    [[nodiscard]] QPointF toMap(disk::Complex layout) const;

    static constexpr std::size_t mostPoints = 2000;

Q_SIGNALS:
    void pressed();
    void clicked(hmgrl::DiskPoint layout);
    void dragged(hmgrl::DiskPoint layout);
    void dropped(); ///< a drag has ended
    void shownChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void appear();
    void renderLayout();
    void paintPoints(QPainter& painter) const;
    void paintOutline(QPainter& painter) const;
    [[nodiscard]] QPolygonF viewportOutline() const;
    [[nodiscard]] QPolygonF unitCircle(DiskPoint centre) const;
    [[nodiscard]] DiskPoint toLayout(QPointF place) const;

    const DiskController& m_view;
    DiskColours m_colours = DiskColours::light();
    QImage m_layout; ///< null: stale
    QVariantAnimation* m_fade;
    QPointF m_pressedAt;
    double m_opacity = 0;
    bool m_isPressed = false, m_isDragging = false;
    bool m_isWanted = true, m_isShown = false;
};

} // namespace hmgrl
