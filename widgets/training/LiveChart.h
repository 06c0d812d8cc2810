#pragma once

#include <QTimer>
#include <QtCharts/QChartView>
#include <map>
#include <vector>

class QLineSeries;
class QValueAxis;

namespace hmgrl {

class Theme;

/// Curves that grow while work runs, one a name. Noisy ones are drawn twice: as they came, faintly,
/// and smoothed. Points are gathered and drawn at most ten times a second.
class LiveChart : public QChartView {
    Q_OBJECT
public:
    /// `smoothing` is the weight of the past, 0: curves are drawn as they came.
    LiveChart(const Theme& theme, const QString& title, double smoothing,
              QWidget* parent = nullptr);

    void clear();
    /// `name` is shown in the legend. Values that aren't finite are left out.
    void addPoint(const QString& name, double x, double y);
    [[nodiscard]] std::size_t curveCount() const { return m_curves.size(); }
    [[nodiscard]] std::size_t pointCount(const QString& name) const;
    void flush(); ///< draws what was gathered now

protected:
    void drawForeground(QPainter* painter, const QRectF& rect) override; ///< the title

private:
    struct Curve {
        std::vector<QPointF> points;
        QLineSeries* raw = nullptr;
        QLineSeries* smooth = nullptr;
        std::uint32_t colour = 0;
    };
    Curve& curve(const QString& name);
    void applyTheme();
    void colourise(Curve& curve) const;
    void updateAxes();

    const Theme& m_theme;
    QString m_title;
    double m_smoothing;
    QValueAxis* m_x;
    QValueAxis* m_y;
    std::map<QString, Curve> m_curves;
    QTimer m_redraw;
};

/// The points averaged over their past: y_i' = mean of y_0..y_i with weights decaying by `decay`,
/// so that the first points aren't pulled to zero.
[[nodiscard]] std::vector<QPointF> smoothed(const std::vector<QPointF>& points, double decay);

/// At most `limit` points by taking every n-th; first and last stay.
[[nodiscard]] std::vector<QPointF> thinned(const std::vector<QPointF>& points, std::size_t limit);

} // namespace hmgrl
