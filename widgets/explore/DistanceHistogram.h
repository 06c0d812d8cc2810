#pragma once

#include "explore/Neighbourhood.h"

#include <QWidget>
#include <optional>

namespace hmgrl {

class Theme;

/// The distances from one point to all samples: those of its own category stacked on the others',
/// with the k-th neighbour marked. Bar heights are square roots of counts, so that the few near
/// ones show beside the many far ones.
class DistanceHistogram : public QWidget {
    Q_OBJECT
public:
    explicit DistanceHistogram(const Theme& theme, QWidget* parent = nullptr);

    void show(const Neighbourhood& around, std::uint32_t colour);
    void clear();
    [[nodiscard]] QSize sizeHint() const override { return {240, 132}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 110}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override; ///< tool tips of bins

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double toX(double distance) const;
    void paintBars(QPainter& painter) const;
    void paintAxis(QPainter& painter) const;
    void paintReach(QPainter& painter) const;

    const Theme& m_theme;
    Neighbourhood m_around;
    std::uint32_t m_colour = 0;
};

} // namespace hmgrl
