#include "training/LiveChart.h"

#include "data/Category.h"
#include "theme/Theme.h"

#include <QGraphicsLayout>
#include <QtCharts/QLegend>
#include <QtCharts/QLegendMarker>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

constexpr std::size_t drawnPoints = 600;
constexpr int redrawMilliseconds = 100;

QList<QPointF> listOf(const std::vector<QPointF>& points) {
    return {points.begin(), points.end()};
}

/// A step of 1, 2 or 5 times a power of ten that divides `range` into about `parts`.
double niceStep(double range, int parts, double least) {
    const double rough = std::max(range / parts, least);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough * 0.99)
            return factor * power;
    return 10 * power;
}

} // namespace

std::vector<QPointF> smoothed(const std::vector<QPointF>& points, double decay) {
    std::vector<QPointF> out;
    out.reserve(points.size());
    double sum = 0, weight = 0;
    for (const QPointF& p : points) {
        sum = decay * sum + (1 - decay) * p.y();
        weight = decay * weight + (1 - decay);
        out.emplace_back(p.x(), sum / weight);
    }
    return out;
}

std::vector<QPointF> thinned(const std::vector<QPointF>& points, std::size_t limit) {
    if (points.size() <= limit || limit < 2)
        return points;
    std::vector<QPointF> out;
    const double step = static_cast<double>(points.size() - 1) / static_cast<double>(limit - 1);
    for (std::size_t i = 0; i < limit; ++i)
        out.push_back(points[static_cast<std::size_t>(std::lround(static_cast<double>(i) * step))]);
    return out;
}

LiveChart::LiveChart(const Theme& theme, const QString& title, double smoothing, QWidget* parent)
    : QChartView(parent)
    , m_theme(theme)
    , m_title(title)
    , m_smoothing(smoothing)
    , m_x(new QValueAxis(this))
    , m_y(new QValueAxis(this)) {
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setMinimumSize(200, 150);
    setAccessibleName(title);
    chart()->setMargins({4, 16, 8, 0}); // the title stands above
    chart()->setBackgroundRoundness(0);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->setAlignment(Qt::AlignTop);
    chart()->legend()->setMarkerShape(QLegend::MarkerShapeCircle);
    chart()->addAxis(m_x, Qt::AlignBottom);
    chart()->addAxis(m_y, Qt::AlignLeft);
    m_x->setLabelFormat(QStringLiteral("%d"));
    for (QValueAxis* axis : {m_x, m_y})
        axis->setTickType(QValueAxis::TicksDynamic);
    m_x->setGridLineVisible(false);
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(redrawMilliseconds);
    connect(&m_redraw, &QTimer::timeout, this, &LiveChart::flush);
    connect(&theme, &Theme::changed, this, &LiveChart::applyTheme);
    applyTheme();
    updateAxes();
}

void LiveChart::applyTheme() {
    const ThemeColours& colours = m_theme.colours();
    setBackgroundBrush(colours.surface);
    chart()->setBackgroundBrush(colours.surface);
    chart()->setBackgroundPen(Qt::NoPen);
    chart()->legend()->setFont(m_theme.font(FontRole::Small));
    chart()->legend()->setLabelColor(colours.text);
    for (QValueAxis* axis : {m_x, m_y}) {
        axis->setLabelsFont(m_theme.font(FontRole::Small));
        axis->setLabelsColor(colours.textMuted);
        axis->setGridLineColor(colours.border);
        axis->setLinePenColor(colours.border);
    }
    for (auto& [name, curve] : m_curves)
        colourise(curve);
}

void LiveChart::colourise(Curve& curve) const {
    const QColor colour = m_theme.categoryColour(curve.colour);
    QColor faint = colour;
    faint.setAlphaF(m_smoothing > 0 ? 0.22F : 0);
    curve.raw->setPen(QPen(faint, 1));
    curve.smooth->setPen(QPen(colour, 2));
}

void LiveChart::clear() {
    m_redraw.stop();
    chart()->removeAllSeries();
    m_curves.clear();
    updateAxes();
}

void LiveChart::drawForeground(QPainter* painter, const QRectF&) {
    painter->save();
    painter->resetTransform();
    painter->setFont(m_theme.font(FontRole::SmallStrong));
    painter->setPen(m_theme.colours().textMuted);
    painter->drawText(QRect(8, 2, width() - 16, 18), Qt::AlignLeft | Qt::AlignVCenter, m_title);
    painter->restore();
}

LiveChart::Curve& LiveChart::curve(const QString& name) {
    const auto found = m_curves.find(name);
    if (found != m_curves.end())
        return found->second;
    Curve& made = m_curves[name];
    made.colour = paletteColour(m_curves.size() - 1);
    made.raw = new QLineSeries(chart());
    made.smooth = new QLineSeries(chart());
    made.smooth->setName(name);
    for (QLineSeries* series : {made.raw, made.smooth}) {
        chart()->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
    }
    for (QLegendMarker* marker : chart()->legend()->markers(made.raw))
        marker->setVisible(false);
    colourise(made);
    return made;
}

void LiveChart::addPoint(const QString& name, double x, double y) {
    if (!std::isfinite(x) || !std::isfinite(y))
        return;
    curve(name).points.emplace_back(x, y);
    if (!m_redraw.isActive())
        m_redraw.start();
}

std::size_t LiveChart::pointCount(const QString& name) const {
    const auto found = m_curves.find(name);
    return found == m_curves.end() ? 0 : found->second.points.size();
}

void LiveChart::flush() {
    for (auto& [name, curve] : m_curves) {
        curve.raw->replace(listOf(thinned(curve.points, drawnPoints)));
        curve.smooth->replace(listOf(thinned(smoothed(curve.points, m_smoothing), drawnPoints)));
    }
    updateAxes();
}

void LiveChart::updateAxes() {
    double left = 0, right = 1, low = 0, high = 1;
    bool isFirst = true;
    for (const auto& [name, curve] : m_curves)
        for (const QPointF& p : curve.points) {
            left = isFirst ? p.x() : std::min(left, p.x());
            right = isFirst ? p.x() : std::max(right, p.x());
            low = isFirst ? p.y() : std::min(low, p.y());
            high = isFirst ? p.y() : std::max(high, p.y());
            isFirst = false;
        }
    const double room = std::max((high - low) * 0.06, 1e-6);
    m_x->setRange(left, std::max(right, left + 1));
    m_y->setRange(low >= 0 ? std::max(0.0, low - room) : low - room, high + room);
    m_y->setLabelFormat(high - low < 0.05 ? QStringLiteral("%.3f") : QStringLiteral("%.2f"));
    m_x->setTickInterval(niceStep(m_x->max() - m_x->min(), 4, 1));
    m_y->setTickInterval(niceStep(m_y->max() - m_y->min(), 4, 1e-6));
}

} // namespace hmgrl
