#include "explore/LayoutPanel.h"

#include "explore/DiskPane.h"
#include "explore/QualityView.h"
#include "theme/Theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace hmgrl {
namespace {

/// In the order of the list.
constexpr LayoutMethod methods[] = {LayoutMethod::TreeFirst, LayoutMethod::HyperbolicTsne,
                                    LayoutMethod::HorosphericalPca, LayoutMethod::EuclideanTsne,
                                    LayoutMethod::EuclideanPca};

bool isTsne(LayoutMethod method) {
    return method == LayoutMethod::HyperbolicTsne || method == LayoutMethod::EuclideanTsne;
}

} // namespace

LayoutPanel::LayoutPanel(Session& session, DiskPane& pane, const Theme& theme, QWidget* parent)
    : QScrollArea(parent)
    , m_session(session)
    , m_pane(pane)
    , m_theme(theme) {
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    makePage();
    connectSession();
    showMethod();
    showState();
    showQuality();
}

void LayoutPanel::makePage() {
    auto* page = new QWidget(this);
    page->setProperty("role", "plain");
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    addMethod(layout, page);
    addButtons(layout, page);
    layout->addSpacing(4);
    addQuality(layout, page);
    layout->addStretch(1);
    setWidget(page);
}

void LayoutPanel::addMethod(QVBoxLayout* layout, QWidget* page) {
    m_method = new QComboBox(page);
    m_method->setAccessibleName(tr("Layout method"));
    m_method->setToolTip(tr("How latent points become points of the disk"));
    m_method->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const LayoutMethod method : methods)
        m_method->addItem(methodName(method));
    connect(m_method, &QComboBox::currentIndexChanged, this, &LayoutPanel::showMethod);
    m_sentence = new QLabel(page);
    m_sentence->setWordWrap(true);
    m_sentence->setProperty("role", "muted");
    m_sentence->setFont(m_theme.font(FontRole::Small));
    layout->addWidget(m_method);
    layout->addWidget(m_sentence);
    auto* options = new QHBoxLayout;
    m_perplexityLabel = new QLabel(tr("Perplexity"), page);
    m_perplexity = new QSpinBox(page);
    m_perplexity->setRange(2, 200);
    m_perplexity->setValue(static_cast<int>(TsneOptions{}.perplexity));
    m_perplexity->setAccessibleName(tr("Perplexity"));
    const QString tip = tr("The number of neighbours that each point tries to keep");
    m_perplexityLabel->setToolTip(tip);
    m_perplexity->setToolTip(tip);
    options->addWidget(m_perplexityLabel, 1);
    options->addWidget(m_perplexity);
    layout->addLayout(options);
}

void LayoutPanel::addButtons(QVBoxLayout* layout, QWidget* page) {
    auto* buttons = new QHBoxLayout;
    m_run = new QPushButton(m_theme.icon(QStringLiteral("play")), tr("Lay out"), page);
    m_run->setToolTip(tr("Place every point of the shown disk anew"));
    connect(m_run, &QPushButton::clicked, this, &LayoutPanel::run);
    m_stop = new QPushButton(m_theme.icon(QStringLiteral("stop")), tr("Stop"), page);
    m_stop->setToolTip(tr("Stop and keep the best picture so far"));
    connect(m_stop, &QPushButton::clicked, &m_session, &Session::cancelLayout);
    buttons->addWidget(m_run, 1);
    buttons->addWidget(m_stop, 1);
    layout->addLayout(buttons);
    m_progress = new QProgressBar(page);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the layout"));
    m_stage = new QLabel(page);
    m_stage->setProperty("role", "faint");
    m_stage->setFont(m_theme.font(FontRole::Small));
    layout->addWidget(m_progress);
    layout->addWidget(m_stage);
}

void LayoutPanel::addQuality(QVBoxLayout* layout, QWidget* page) {
    auto* heading = new QLabel(tr("How faithful the picture is"), page);
    heading->setFont(m_theme.font(FontRole::BodyStrong));
    m_noQuality = new QLabel(tr("Measured when the disk is laid out."), page);
    m_noQuality->setProperty("role", "faint");
    m_noQuality->setWordWrap(true);
    m_view = new QualityView(m_theme, page);
    layout->addWidget(heading);
    layout->addWidget(m_noQuality);
    layout->addWidget(m_view);
}

void LayoutPanel::connectSession() {
    connect(&m_session, &Session::workProgress, this, &LayoutPanel::showProgress);
    connect(&m_session, &Session::layoutFinished, this, &LayoutPanel::finish);
    connect(&m_session, &Session::diskQualityChanged, this, &LayoutPanel::takeQuality);
    connect(&m_session, &Session::projectClosed, this, [this] {
        m_quality.clear();
        m_running.reset();
        m_asked.reset();
        showState();
        showQuality();
    });
    connect(&m_pane, &DiskPane::dataChanged, this, [this] {
        if (const auto& shown = m_pane.data(); shown && !m_running)
            setMethod(shown->method);
        showState();
        showQuality();
    });
}

LayoutMethod LayoutPanel::method() const {
    return methods[m_method->currentIndex()];
}

void LayoutPanel::setMethod(LayoutMethod method) {
    for (int i = 0; i < m_method->count(); ++i)
        if (methods[i] == method)
            m_method->setCurrentIndex(i);
}

void LayoutPanel::run() {
    LayoutOptions options;
    options.method = method();
    options.tsne.perplexity = m_perplexity->value();
    if (!m_session.lay(m_pane.kind(), options))
        return;
    m_running = m_pane.kind();
    m_progress->setRange(0, 0);
    m_stage->setText(tr("Starting…"));
    showState();
}

/// A disk that is laid out as it was keeps its quality: then no other one follows.
void LayoutPanel::finish(CategoryKind kind, bool placed) {
    if (m_running != kind)
        return;
    m_running.reset();
    if (placed && !m_session.diskQuality(kind))
        m_asked = kind;
    if (const auto& shown = m_pane.data())
        setMethod(shown->method);
    showState();
}

void LayoutPanel::showMethod() {
    m_sentence->setText(methodSentence(method()));
    m_perplexity->setVisible(isTsne(method()));
    m_perplexityLabel->setVisible(isTsne(method()));
}

void LayoutPanel::showState() {
    const auto& shown = m_pane.data();
    m_run->setEnabled(shown && !shown->samples.empty() && !isRunning());
    m_stop->setEnabled(isRunning());
    m_method->setEnabled(!isRunning());
    m_perplexity->setEnabled(!isRunning());
    m_progress->setVisible(isRunning());
    m_stage->setVisible(isRunning());
}

void LayoutPanel::showProgress(const QString& name, const QString& stage, double done,
                               double total) {
    if (name != QLatin1String("layout") || !m_running)
        return;
    m_progress->setRange(0, total > 0 ? 1000 : 0);
    m_progress->setValue(total > 0 ? static_cast<int>(1000 * done / total) : 0);
    m_stage->setText(total > 0 ? tr("%1 · %2 of %3").arg(stage).arg(done).arg(total) : stage);
}

/// What a layout asked for here replaces is kept to compare; edits only bring its figures up to
/// date.
void LayoutPanel::takeQuality(CategoryKind kind) {
    Known& known = m_quality[kind];
    if (m_asked == kind) {
        known.before = known.now;
        m_asked.reset();
    }
    known.now = m_session.diskQuality(kind);
    showQuality();
}

void LayoutPanel::showQuality() {
    const Known& known = m_quality[m_pane.kind()];
    m_noQuality->setVisible(!known.now);
    m_view->setVisible(known.now != nullptr);
    if (known.now)
        m_view->setQuality(*known.now, known.before.get());
}

} // namespace hmgrl
