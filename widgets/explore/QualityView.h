#pragma once

#include "workflow/DiskData.h"

#include <QString>
#include <QWidget>
#include <array>

class QGridLayout;
class QLabel;

namespace hmgrl {

class NeighbourhoodChart;
class RadiusPlot;
class Theme;

/// How faithful the disk is to the model's space, beside the layout before it.
class QualityView : public QWidget {
    Q_OBJECT
public:
    explicit QualityView(const Theme& theme, QWidget* parent = nullptr);

    /// `before` may be null.
    void setQuality(const DiskQuality& now, const DiskQuality* before);

private:
    struct Row {
        QLabel *name, *now, *before;
    };
    [[nodiscard]] QGridLayout* makeFigures();
    void addRow(QGridLayout* grid, int row, const QString& name, const QString& tip);
    void colourAlarm();
    void showAlarm(const LayoutQuality& quality);

    const Theme& m_theme;
    std::array<Row, 6> m_rows{};
    QLabel* m_beforeHeading;
    QLabel* m_sampled;
    QLabel* m_alarm;
    RadiusPlot* m_radius;
    NeighbourhoodChart* m_chart;
};

/// What is drawn by a method, and one honest sentence about it.
[[nodiscard]] QString methodName(LayoutMethod method);
[[nodiscard]] QString methodSentence(LayoutMethod method);

} // namespace hmgrl
