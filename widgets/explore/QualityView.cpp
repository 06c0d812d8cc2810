#include "explore/QualityView.h"

#include "explore/NeighbourhoodChart.h"
#include "explore/RadiusPlot.h"
#include "theme/Theme.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace hmgrl {
namespace {

/// The figures in the order of the rows; -1: not known.
std::array<double, 6> figures(const LayoutQuality& quality) {
    return {quality.recall15,           quality.trustworthiness, quality.continuity,
            quality.curve.nearestError, quality.distortion,      quality.maxRadius};
}

QString textOf(double value) {
    return value < 0 ? QStringLiteral("–") : QLocale().toString(value, 'f', value < 10 ? 3 : 1);
}

QLabel* small(const QString& text, const Theme& theme, QWidget* parent, const char* role) {
    auto* label = new QLabel(text, parent);
    label->setFont(theme.font(FontRole::Small));
    label->setProperty("role", QString::fromLatin1(role));
    return label;
}

QString say(const char* text) {
    return QCoreApplication::translate("hmgrl::QualityView", text);
}

} // namespace

#define T(text) QT_TRANSLATE_NOOP("hmgrl::QualityView", text)

QString methodName(LayoutMethod method) {
    switch (method) {
    case LayoutMethod::TreeFirst:
        return say(T("Tree of categories"));
    case LayoutMethod::HyperbolicTsne:
        return say(T("Hyperbolic t-SNE"));
    case LayoutMethod::HorosphericalPca:
        return say(T("Principal plane"));
    case LayoutMethod::EuclideanTsne:
        return say(T("Flat t-SNE, to compare"));
    case LayoutMethod::EuclideanPca:
        return say(T("Flat principal plane, to compare"));
    }
    return {};
}

QString methodSentence(LayoutMethod method) {
    switch (method) {
    case LayoutMethod::TreeFirst:
        return say(T("Prototypes follow the category tree, samples lie around their best "
                     "candidates: shows what the model decided, less how close it was."));
    case LayoutMethod::HyperbolicTsne:
        return say(T("Keeps each point's nearest neighbours in the model's space; distances "
                     "between far groups mean little."));
    case LayoutMethod::HorosphericalPca:
        return say(T("The plane of largest spread, at once and always the same; what lies across "
                     "it is folded onto it."));
    case LayoutMethod::EuclideanTsne:
        return say(T("Takes latents as flat vectors: what it lacks is what the curved space "
                     "adds."));
    case LayoutMethod::EuclideanPca:
        return say(T("The principal plane of flat vectors: a plain yardstick for the curved one."));
    }
    return {};
}

#undef T

QualityView::QualityView(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_beforeHeading(small(tr("before"), theme, this, "faint"))
    , m_sampled(small({}, theme, this, "faint"))
    , m_alarm(new QLabel(this))
    , m_radius(new RadiusPlot(theme, this))
    , m_chart(new NeighbourhoodChart(theme, this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(makeFigures());
    layout->addWidget(m_sampled);
    m_alarm->setWordWrap(true);
    m_alarm->setFont(theme.font(FontRole::Small));
    layout->addWidget(m_alarm);
    layout->addSpacing(6);
    layout->addWidget(small(tr("Distance from the centre"), theme, this, "muted"));
    layout->addWidget(m_radius);
    layout->addSpacing(2);
    layout->addWidget(small(tr("Neighbourhoods kept"), theme, this, "muted"));
    layout->addWidget(m_chart);
    connect(&theme, &Theme::changed, this, &QualityView::colourAlarm);
    colourAlarm();
}

void QualityView::colourAlarm() {
    m_alarm->setStyleSheet(QStringLiteral("color: %1").arg(m_theme.colours().warning.name()));
}

QGridLayout* QualityView::makeFigures() {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(0, 1);
    grid->addWidget(small(tr("now"), m_theme, this, "faint"), 0, 1, Qt::AlignRight);
    grid->addWidget(m_beforeHeading, 0, 2, Qt::AlignRight);
    addRow(grid, 0, tr("Recall of 15 neighbours"),
           tr("Share of the 15 nearest in the model's space that are drawn among the 15 nearest: "
              "1 is best"));
    addRow(grid, 1, tr("Trustworthiness"),
           tr("1: nothing is drawn near that is far in the model's space"));
    addRow(grid, 2, tr("Continuity"), tr("1: nothing near in the model's space is drawn far"));
    addRow(grid, 3, tr("1-NN error"),
           tr("Share of points whose drawn nearest has another category: 0 is best"));
    addRow(grid, 4, tr("Distortion"),
           tr("How far drawn distances are from being proportional to true ones: 0 is best"));
    addRow(grid, 5, tr("Farthest point"),
           tr("Hyperbolic distance of the farthest point from the "
              "centre of the layout"));
    return grid;
}

void QualityView::addRow(QGridLayout* grid, int row, const QString& name, const QString& tip) {
    Row& made = m_rows[static_cast<std::size_t>(row)];
    made.name = new QLabel(name, this);
    made.now = new QLabel(this);
    made.now->setFont(m_theme.font(FontRole::BodyStrong));
    made.before = new QLabel(this);
    made.before->setProperty("role", "faint");
    int column = 0;
    for (QLabel* label : {made.name, made.now, made.before}) {
        label->setToolTip(tip);
        grid->addWidget(label, row + 1, column,
                        column == 0 ? Qt::AlignLeft : Qt::AlignRight | Qt::AlignVCenter);
        ++column;
    }
}

void QualityView::setQuality(const DiskQuality& now, const DiskQuality* before) {
    const auto present = figures(now.quality);
    const auto past = before ? figures(before->quality) : std::array<double, 6>{};
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].now->setText(textOf(present[i]));
        m_rows[i].before->setText(before ? textOf(past[i]) : QString());
    }
    m_beforeHeading->setVisible(before != nullptr);
    m_beforeHeading->setToolTip(before ? methodName(before->method) : QString());
    m_sampled->setText(tr("%1, measured on %2 points")
                           .arg(methodName(now.method))
                           .arg(QLocale().toString(static_cast<qlonglong>(now.quality.sampled))));
    showAlarm(now.quality);
    m_radius->setQuality(now.quality);
    m_chart->setCurves(now.quality.curve, before ? before->quality.curve : NeighbourhoodCurve{});
}

void QualityView::showAlarm(const LayoutQuality& quality) {
    m_alarm->setVisible(quality.rimAlarm());
    m_alarm->setText(tr("Points lie at the rim (distance %1): beyond 6 the eye can't tell them "
                        "apart any more. Another method, or fewer iterations, draws them in.")
                         .arg(QLocale().toString(quality.maxRadius, 'f', 1)));
}

} // namespace hmgrl
