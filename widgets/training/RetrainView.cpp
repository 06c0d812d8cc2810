#include "training/RetrainView.h"

#include "bridge/TextOffsets.h"
#include "theme/EmptyState.h"
#include "theme/Theme.h"
#include "training/LiveChart.h"
#include "training/OptionsForm.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

QPushButton* button(const QString& text, const char* role) {
    auto* made = new QPushButton(text);
    if (role)
        made->setProperty("role", role);
    return made;
}

QString durationText(double seconds) {
    if (seconds < 90)
        return RetrainView::tr("%1 s").arg(std::max(1L, std::lround(seconds)));
    return RetrainView::tr("%1 min").arg(std::lround(seconds / 60));
}

} // namespace

RetrainView::RetrainView(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setProperty("role", "plain");
    setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_options = optionsColumn());
    layout->addWidget(progressColumn(), 3);
    layout->addWidget(m_report = reportColumn(), 3);
    connectButtons();
    setReady(false, tr("The model is being loaded."));
    setLabels({});
    setPhase(Phase::Ready);
}

QWidget* RetrainView::optionsColumn() {
    auto* column = new QWidget;
    column->setProperty("role", "plain");
    column->setFixedWidth(264);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(16, 4, 12, 12);
    m_labels = new QLabel;
    m_labels->setWordWrap(true);
    m_labels->setProperty("role", "muted");
    m_start = button(tr("Start"), "primary");
    m_cancel = button(tr("Cancel"), nullptr);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_start, 1);
    buttons->addWidget(m_cancel, 1);
    layout->addWidget(m_labels);
    layout->addLayout(buttons); // above the options: in a low panel these scroll
    layout->addSpacing(4);
    layout->addWidget(optionsArea(), 1);
    return column;
}

QWidget* RetrainView::optionsArea() {
    m_form = new OptionsForm;
    m_form->setProperty("role", "plain");
    m_form->setOptions(RetrainOptions());
    auto* area = new QScrollArea;
    area->setWidget(m_form);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

QWidget* RetrainView::progressColumn() {
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(12, 12, 12, 8);
    m_status = new QLabel;
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_charts = new QStackedWidget;
    auto* empty = new EmptyState(m_theme, QStringLiteral("retrain"));
    empty->setText(
        tr("Teach the model what you accepted"),
        tr("Losses and held-out metrics appear here while it learns. Your model changes only when "
           "you accept the result."));
    auto* charts = new QWidget;
    auto* row = new QHBoxLayout(charts);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_losses = new LiveChart(m_theme, tr("Losses"), 0.9));
    row->addWidget(m_metrics = new LiveChart(m_theme, tr("Held-out metrics"), 0));
    m_charts->addWidget(empty);
    m_charts->addWidget(charts);
    layout->addWidget(m_status);
    layout->addWidget(m_progress);
    layout->addWidget(m_charts, 1);
    return column;
}

QWidget* RetrainView::reportColumn() {
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(12, 12, 16, 12);
    m_reportTitle = new QLabel;
    m_reportTitle->setFont(m_theme.font(FontRole::BodyStrong));
    m_table = new ReportTable(m_theme);
    m_warnings = new QLabel;
    m_warnings->setTextFormat(Qt::PlainText);
    m_warnings->setWordWrap(true);
    m_gate = new QCheckBox(tr("Accept the drop on categories it knew before"));
    m_accept = button(tr("Accept"), "primary");
    m_discard = button(tr("Discard"), nullptr);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_gate, 1);
    buttons->addStretch(0);
    buttons->addWidget(m_discard);
    buttons->addWidget(m_accept);
    layout->addWidget(m_reportTitle);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_warnings);
    layout->addLayout(buttons);
    return column;
}

void RetrainView::connectButtons() {
    connect(m_start, &QPushButton::clicked, this,
            [this] { Q_EMIT startRequested(m_form->options<RetrainOptions>()); });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        setPhase(Phase::Cancelling);
        m_status->setText(tr("Cancelling…"));
        Q_EMIT cancelRequested();
    });
    connect(m_accept, &QPushButton::clicked, this, &RetrainView::acceptRequested);
    connect(m_discard, &QPushButton::clicked, this, &RetrainView::discardRequested);
    connect(m_gate, &QCheckBox::toggled, this, &RetrainView::updateButtons);
}

void RetrainView::setReady(bool ready, const QString& reason) {
    m_isReady = ready;
    if (m_phase == Phase::Ready)
        m_status->setText(ready ? QString() : reason);
    m_status->setVisible(!m_status->text().isEmpty());
    updateButtons();
}

void RetrainView::setLabels(const std::vector<LabelCount>& labels) {
    int entities = 0, relations = 0, unseen = 0;
    QStringList lines;
    for (const LabelCount& count : labels) {
        (count.kind == CategoryKind::Entity ? entities : relations) += count.labels;
        unseen += count.seen ? 0 : count.labels;
        lines << QStringLiteral("%1: %2")
                     .arg(toQString(displayName(count.category)))
                     .arg(count.labels);
    }
    m_labelCount = entities + relations;
    m_labels->setText(
        m_labelCount == 0
            ? tr("No accepted labels yet: accept suggestions or add mentions first.")
            : tr("%1 mentions and %2 relations in %3 categories, %4 of them of unseen ones")
                  .arg(entities)
                  .arg(relations)
                  .arg(labels.size())
                  .arg(unseen));
    m_labels->setToolTip(lines.join(u'\n'));
    updateButtons();
}

void RetrainView::updateButtons() {
    m_start->setEnabled(m_phase == Phase::Ready && m_isReady && m_labelCount > 0);
    m_cancel->setEnabled(m_phase == Phase::Running);
    m_form->setEnabled(m_phase == Phase::Ready);
    m_discard->setEnabled(m_phase == Phase::Finished);
    m_accept->setEnabled(m_phase == Phase::Finished && (m_gate->isHidden() || m_gate->isChecked()));
}

void RetrainView::setPhase(Phase phase) {
    m_phase = phase;
    m_progress->setVisible(phase == Phase::Running || phase == Phase::Cancelling);
    m_report->setVisible(phase == Phase::Finished);
    m_options->setVisible(phase != Phase::Finished); // the report needs the room
    updateButtons();
}

QString RetrainView::statusText() const {
    return m_status->text();
}

void RetrainView::begin() {
    m_losses->clear();
    m_metrics->clear();
    m_charts->setCurrentIndex(1);
    m_step = 0;
    m_progress->setRange(0, 0);
    m_status->setText(tr("Starting…"));
    m_status->show();
    m_clock.start();
    setPhase(Phase::Running);
}

/// "about 40 s left" once there is enough to tell from.
QString RetrainView::remaining(double done, double total) const {
    const double elapsed = static_cast<double>(m_clock.elapsed()) / 1000;
    if (total <= 0 || done < total * 0.03 || done <= 0 || elapsed < 1)
        return {};
    return tr("  ·  about %1 left").arg(durationText(elapsed / done * (total - done)));
}

void RetrainView::setProgress(const QString& stage, double done, double total) {
    m_step = done;
    if (m_phase != Phase::Running)
        return;
    m_progress->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        m_progress->setValue(static_cast<int>(std::clamp(done / total, 0.0, 1.0) * 1000));
    const QLocale locale;
    const QString count = total > 0 ? tr(" %1 of %2")
                                          .arg(locale.toString(std::lround(done)),
                                               locale.toString(std::lround(total)))
                                    : QString();
    m_status->setText(stage + count + remaining(done, total));
}

void RetrainView::addValues(const std::map<std::string, double>& values) {
    std::map<std::string, double> losses; // one curve a task: the sum of its terms
    for (const auto& [key, value] : values) {
        const std::string name = key.substr(key.find('.') + 1);
        if (key.starts_with("metric."))
            m_metrics->addPoint(toQString(name), m_step, value);
        else
            losses[name.substr(0, name.find('.'))] += value;
    }
    for (const auto& [name, value] : losses)
        m_losses->addPoint(toQString(name), m_step, value);
}

void RetrainView::finish(const RetrainReport& report, const ReportTable::ColourOf& colourOf) {
    m_losses->flush();
    m_metrics->flush();
    m_status->setText(
        tr("Trained in %1. Nothing changes until you accept.").arg(durationText(report.seconds)));
    m_reportTitle->setText(tr("Held-out accuracy, before and after"));
    m_table->setFigures(report.figures, colourOf);
    m_gate->setChecked(false);
    m_gate->setVisible(report.dropsOldCategories);
    showWarnings(report);
    setPhase(Phase::Finished);
}

void RetrainView::showWarnings(const RetrainReport& report) {
    QStringList lines;
    if (report.dropsOldCategories)
        lines << tr(
            "Categories the model knew before lose more than two points. Accepting asks for your "
            "consent; discarding keeps the model as it is.");
    for (const std::string& warning : report.warnings)
        lines << toQString(warning);
    m_warnings->setText(lines.join(u'\n'));
    m_warnings->setVisible(!lines.isEmpty());
    const ThemeColours& colours = m_theme.colours();
    m_warnings->setStyleSheet(
        QStringLiteral("color: %1")
            .arg((report.dropsOldCategories ? colours.danger : colours.warning).name()));
}

void RetrainView::end(const QString& message) {
    setPhase(Phase::Ready);
    m_status->setText(message);
    m_status->setVisible(!message.isEmpty());
    if (m_losses->curveCount() == 0 && m_metrics->curveCount() == 0)
        m_charts->setCurrentIndex(0);
}

} // namespace hmgrl
