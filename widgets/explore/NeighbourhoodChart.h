#pragma once

#include "layout/Layout.h"

#include <QWidget>
#include <optional>

namespace hmgrl {

class Theme;

/// Precision of the drawn neighbours over recall of the true ones, as more and more neighbours are
/// looked at; the layout before in grey.
class NeighbourhoodChart : public QWidget {
    Q_OBJECT
public:
    explicit NeighbourhoodChart(const Theme& theme, QWidget* parent = nullptr);

    void setCurves(NeighbourhoodCurve now, NeighbourhoodCurve before); ///< empty: not drawn
    [[nodiscard]] QSize sizeHint() const override { return {240, 190}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 150}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QRectF plot() const;
    void paintGrid(QPainter& painter) const;
    void paintCurve(QPainter& painter, const NeighbourhoodCurve& curve, const QColor& colour,
                    double width) const;
    void paintKey(QPainter& painter) const;

    const Theme& m_theme;
    NeighbourhoodCurve m_now, m_before;
};

} // namespace hmgrl
