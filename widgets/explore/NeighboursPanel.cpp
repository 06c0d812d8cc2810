#include "explore/NeighboursPanel.h"

#include "bridge/TextOffsets.h"
#include "data/Palette.h"
#include "document/Contrast.h"
#include "document/DocumentContent.h"
#include "explore/DiskPane.h"
#include "explore/DistanceHistogram.h"
#include "inspector/RowList.h"
#include "theme/EmptyState.h"
#include "theme/Theme.h"

#include <QFuture>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPromise>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedLayout>
#include <QThreadPool>
#include <QVBoxLayout>
#include <map>

namespace hmgrl {
namespace {

constexpr int hoverRest = 120; // milliseconds until a hovered point is worth a search

QLabel* heading(const QString& text, const Theme& theme, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", "muted");
    label->setFont(theme.font(FontRole::SmallStrong));
    return label;
}

/// What the list says of a sample; the words follow from the project.
SampleFact factOf(const DiskData& data, const std::pair<int, double>& neighbour) {
    const SampleRow& sample = data.samples[static_cast<std::size_t>(neighbour.first)];
    SampleFact fact;
    fact.document = sample.document;
    fact.item = {sample.kind, sample.id};
    fact.detail =
        sample.type.empty() ? NeighboursPanel::tr("untyped") : toQString(displayName(sample.type));
    fact.status = sample.status;
    fact.value = QLocale().toString(neighbour.second, 'f', 2);
    const int prototype = data.prototypeRow(sample.type);
    if (prototype >= 0)
        fact.colour =
            data.prototypes[static_cast<std::size_t>(prototype) - data.samples.size()].colour;
    return fact;
}

/// Words and document keys of the facts; those whose document is gone are left out. Project thread.
std::vector<SampleFact> withWords(std::vector<SampleFact> facts, const Project& project) {
    std::map<std::int64_t, DocumentContent> read;
    std::vector<SampleFact> out;
    for (SampleFact& fact : facts) {
        if (!project.summary(fact.document))
            continue;
        DocumentContent& content = read[fact.document];
        if (content.document.id != fact.document)
            content.document = project.document(fact.document);
        fact.text = content.describe(fact.item);
        fact.detail += QStringLiteral("  ·  ") + toQString(content.document.key);
        if (!fact.text.isEmpty())
            out.push_back(std::move(fact));
    }
    return out;
}

} // namespace

NeighboursPanel::NeighboursPanel(Session& session, DiskPane& pane, const Theme& theme,
                                 QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_pane(&pane)
    , m_theme(theme)
    , m_stack(new QStackedLayout(this))
    , m_empty(new EmptyState(theme, QStringLiteral("disk"), this)) {
    m_empty->setText(tr("No point chosen"),
                     tr("Select a point on the disk, or rest the mouse on one: its nearest "
                        "neighbours in the model's space appear here."));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(makePage());
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &NeighboursPanel::refresh);
    connect(&pane, &DiskPane::focusRowChanged, this, [this] { m_soon.start(hoverRest); });
    connect(&pane, &DiskPane::dataChanged, this, [this] {
        m_shown = {}; // its row may be another point's now
        m_soon.start(0);
    });
    connect(&theme, &Theme::changed, this, [this] { m_soon.start(0); });
    connect(m_count, &QSpinBox::valueChanged, this, [this] { m_soon.start(hoverRest); });
    connect(m_list, &RowList::activated, this,
            [this](std::int64_t document, const DocumentItem& item) {
                m_session.select({document, item.kind, item.id});
            });
}

QWidget* NeighboursPanel::makePage() {
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* page = new QWidget(scroll);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(6);
    m_title = new QLabel(page);
    m_title->setFont(m_theme.font(FontRole::Title));
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    m_type = new QLabel(page);
    m_type->setTextFormat(Qt::PlainText);
    layout->addWidget(m_title);
    layout->addWidget(m_type);
    layout->addSpacing(8);
    layout->addWidget(heading(tr("Distances to all samples"), m_theme, page));
    m_histogram = new DistanceHistogram(m_theme, page);
    m_histogram->setToolTip(tr("Coloured: its own category; grey: others"));
    layout->addWidget(m_histogram);
    layout->addSpacing(8);
    auto* row = new QHBoxLayout;
    row->addWidget(heading(tr("Nearest neighbours"), m_theme, page), 1);
    m_count = new QSpinBox(page);
    m_count->setRange(1, 100);
    m_count->setValue(15);
    m_count->setAccessibleName(tr("Number of neighbours"));
    m_count->setToolTip(tr("How many neighbours are listed and linked"));
    row->addWidget(m_count);
    layout->addLayout(row);
    m_list = new RowList(m_theme, page);
    layout->addWidget(m_list);
    layout->addStretch(1);
    page->setProperty("role", "plain");
    scroll->setWidget(page);
    return scroll;
}

void NeighboursPanel::setSeen(bool seen) {
    m_isSeen = seen;
    seen ? m_soon.start(0) : showNothing();
}

void NeighboursPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_soon.start(0);
}

void NeighboursPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    showNothing();
}

void NeighboursPanel::refresh() {
    if (!m_pane || !isVisible() || !m_isSeen)
        return showNothing();
    const auto& disk = m_pane->data();
    const int row = m_pane->focusRow();
    if (!disk || !disk->isPlaced())
        return showNothing();
    // When the mouse leaves a point without choosing another, what was found stays.
    if (row < 0 || static_cast<std::size_t>(row) >= disk->points.size())
        return m_shown.row < 0 ? showNothing() : search(m_shown.row);
    search(row);
}

void NeighboursPanel::search(int row) {
    const int request = ++m_request;
    const auto disk = m_pane->data();
    if (static_cast<std::size_t>(row) >= disk->points.size())
        return showNothing();
    auto promise = std::make_shared<QPromise<Neighbourhood>>();
    promise->future().then(this, [this, request, disk](const Neighbourhood& found) {
        if (request == m_request && m_pane && disk == m_pane->data())
            present(disk, found);
    });
    promise->start();
    QThreadPool::globalInstance()->start(
        [promise, disk, row, k = static_cast<std::size_t>(m_count->value())] {
            promise->addResult(neighbourhoodOf(*disk, row, k));
            promise->finish();
        });
}

void NeighboursPanel::present(std::shared_ptr<const DiskData> disk, Neighbourhood around) {
    m_shown = std::move(around);
    const auto row = static_cast<std::size_t>(m_shown.row);
    const int prototype = disk->prototypeRow(m_shown.category);
    const std::uint32_t colour =
        prototype < 0
            ? untypedColour
            : disk->prototypes[static_cast<std::size_t>(prototype) - disk->samples.size()].colour;
    m_histogram->show(m_shown, colour);
    m_type->setText(m_shown.category.empty() ? tr("untyped")
                                             : toQString(displayName(m_shown.category)));
    m_type->setStyleSheet(
        QStringLiteral("color: %1")
            .arg(readableOn(m_theme.categoryColour(colour), m_theme.colours().surface).name()));
    if (row >= disk->samples.size()) {
        m_title->setText(m_type->text());
        m_type->setText(tr("prototype"));
    }
    m_pane->setNeighbourLinks(neighbourLinks(*disk, m_shown));
    describe(*disk);
    m_stack->setCurrentIndex(1);
}

void NeighboursPanel::describe(const DiskData& disk) {
    std::vector<SampleFact> facts;
    const bool isSample = static_cast<std::size_t>(m_shown.row) < disk.samples.size();
    if (isSample)
        facts.push_back(factOf(disk, {m_shown.row, 0.0}));
    for (const auto& neighbour : m_shown.nearest)
        facts.push_back(factOf(disk, neighbour));
    m_session.run(
        this, [facts = std::move(facts)](Project& project) { return withWords(facts, project); },
        [this, isSample, request = m_request](std::vector<SampleFact> found) {
            if (request != m_request)
                return;
            if (isSample && !found.empty()) {
                m_title->setText(found.front().text);
                found.erase(found.begin());
            }
            m_list->setRows(std::move(found));
        });
}

void NeighboursPanel::showNothing() {
    ++m_request;
    m_shown = {};
    m_histogram->clear();
    m_list->setRows({});
    m_stack->setCurrentIndex(0);
    if (m_pane)
        m_pane->setNeighbourLinks({});
}

} // namespace hmgrl
