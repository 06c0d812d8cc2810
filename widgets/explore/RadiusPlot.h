#pragma once

#include "layout/Layout.h"

#include <QWidget>

namespace hmgrl {

class Theme;

/// How far from the centre the points lie: a box from the quarter to the three quarters, whiskers
/// from 5 to 95 %, the farthest as a dot, and the rim where points can't be told apart any more.
class RadiusPlot : public QWidget {
    Q_OBJECT
public:
    explicit RadiusPlot(const Theme& theme, QWidget* parent = nullptr);

    void setQuality(const LayoutQuality& quality);
    [[nodiscard]] QSize sizeHint() const override { return {240, 52}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 52}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    LayoutQuality m_quality;
};

} // namespace hmgrl
