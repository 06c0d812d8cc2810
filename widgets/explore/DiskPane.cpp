#include "explore/DiskPane.h"

#include "explore/DiskHover.h"
#include "theme/EmptyState.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace hmgrl {

DiskPane::DiskPane(Session& session, DocumentListModel& queue, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_disk(new DiskWidget(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    auto* holder = new QWidget(this);
    m_stack = new QStackedLayout(holder);
    m_empty = new EmptyState(theme, QStringLiteral("disk"), holder);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_disk);
    layout->addWidget(holder, 1);
    connectDisk();
    connectSession(queue);
    applyTheme();
    updateEmptyState();
}

QWidget* DiskPane::makeHeader() {
    auto* header = new QWidget(this);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(12, 7, 10, 7);
    layout->setSpacing(0);
    auto* group = new QButtonGroup(header);
    const auto segment = [&](const QString& text, const char* role) {
        auto* button = new QToolButton(header);
        button->setText(text);
        button->setCheckable(true);
        button->setProperty("role", QString::fromLatin1(role));
        group->addButton(button);
        layout->addWidget(button);
        return button;
    };
    m_entities = segment(tr("Entities"), "segmentLeft");
    m_relations = segment(tr("Relations"), "segmentRight");
    m_entities->setChecked(true);
    m_counts = new QLabel(header);
    m_counts->setProperty("role", "faint");
    m_counts->setFont(m_theme.font(FontRole::Small));
    auto* label = new QLabel(tr("Colour by"), header);
    label->setProperty("role", "muted");
    m_colourBy = new QComboBox(header);
    m_colourBy->addItems({tr("category"), tr("confidence"), tr("seen or unseen"), tr("status")});
    m_colourBy->setAccessibleName(tr("Colour the disk by"));
    layout->addSpacing(14);
    layout->addWidget(m_counts, 1);
    layout->addWidget(label);
    layout->addSpacing(8);
    layout->addWidget(m_colourBy);
    connect(m_entities, &QToolButton::clicked, this, [this] { setKind(CategoryKind::Entity); });
    connect(m_relations, &QToolButton::clicked, this, [this] { setKind(CategoryKind::Relation); });
    connect(m_colourBy, &QComboBox::currentIndexChanged, this, &DiskPane::showDisk);
    return header;
}

void DiskPane::connectDisk() {
    connect(m_disk, &DiskWidget::pointActivated, this, &DiskPane::activate);
    connect(m_disk, &DiskWidget::hoverRequested, this, &DiskPane::answerHover);
    connect(m_empty, &EmptyState::actionTriggered, this, &DiskPane::extractRequested);
    connect(&m_theme, &Theme::changed, this, &DiskPane::applyTheme);
}

void DiskPane::connectSession(DocumentListModel& queue) {
    connect(&m_session, &Session::diskChanged, this, [this](CategoryKind kind) {
        if (kind == m_kind)
            showDisk();
        updateEmptyState();
    });
    connect(&m_session, &Session::projectClosed, this, &DiskPane::showDisk);
    connect(&m_session, &Session::selectionChanged, this, &DiskPane::followSelection);
    connect(&m_session, &Session::workStarted, this, &DiskPane::updateEmptyState);
    connect(&m_session, &Session::workFinished, this, &DiskPane::updateEmptyState);
    connect(&m_session, &Session::modelReady, this, &DiskPane::updateEmptyState);
    connect(&queue, &DocumentListModel::loaded, this, [this, &queue] { applyFilter(queue); });
}

void DiskPane::setKind(CategoryKind kind) {
    (kind == CategoryKind::Entity ? m_entities : m_relations)->setChecked(true);
    if (kind == m_kind)
        return;
    m_kind = kind;
    showDisk();
    Q_EMIT kindChanged(kind);
}

void DiskPane::showDisk() {
    m_data = m_session.diskData(m_kind);
    DiskScene scene = m_data && m_data->isPlaced() ? m_data->scene() : DiskScene{};
    std::optional<DiskLegend> legend;
    if (scene.size() > 0)
        legend = colourScene(scene, *m_data, static_cast<ColourBy>(m_colourBy->currentIndex()));
    const bool any = scene.size() > 0;
    m_disk->setScene(std::move(scene));
    if (legend)
        m_disk->setLegend(*legend);
    if (m_filtered && any)
        m_disk->setFilter(matchingRows());
    followSelection(m_session.selection());
    showCounts();
    updateEmptyState();
}

std::vector<bool> DiskPane::matchingRows() const {
    std::vector<bool> matching(m_data->points.size(), true);
    for (std::size_t i = 0; i < m_data->samples.size(); ++i)
        matching[i] =
            std::binary_search(m_matching.begin(), m_matching.end(), m_data->samples[i].document);
    return matching;
}

void DiskPane::showCounts() {
    if (!m_data || !m_data->isPlaced()) {
        m_counts->clear();
        return;
    }
    const auto samples = static_cast<int>(m_data->samples.size());
    const auto prototypes = static_cast<int>(m_data->prototypes.size());
    m_counts->setText(
        (m_kind == CategoryKind::Entity ? tr("%1 mentions") : tr("%1 relations")).arg(samples) +
        tr(" · %1 prototypes").arg(prototypes));
}

void DiskPane::updateEmptyState() {
    const bool placed = m_data && m_data->isPlaced();
    m_stack->setCurrentIndex(placed ? 1 : 0);
    if (placed)
        return;
    if (!m_session.isOpen())
        m_empty->setText(tr("The Poincaré disk"),
                         tr("Samples and category prototypes of the open project appear here."));
    else if (m_session.isBusy())
        m_empty->setText(tr("One moment"), tr("The model is reading the documents."));
    else if (!m_session.engine())
        m_empty->setText(tr("No model"),
                         tr("Without a checkpoint nothing can be placed on the disk."));
    else
        m_empty->setText(tr("Nothing to place yet"),
                         tr("Let the model read the documents; every mention becomes a point."),
                         tr("Extract"));
}

void DiskPane::followSelection(const Selection& selection) {
    if (!m_data || m_selecting)
        return;
    if (selection.sample >= 0 && selection.kind != m_kind && m_session.diskData(selection.kind))
        return setKind(selection.kind);
    std::vector<int> rows;
    const int row = selection.kind == m_kind ? m_data->sampleRow(selection.sample) : -1;
    if (row >= 0)
        rows.push_back(row);
    else
        for (std::size_t i = 0; i < m_data->samples.size(); ++i)
            if (m_data->samples[i].document == selection.document)
                rows.push_back(static_cast<int>(i));
    m_disk->selectRows(rows);
    if (row >= 0)
        m_disk->reveal(row);
}

void DiskPane::activate(int row) {
    if (!m_data || row < 0)
        return;
    const auto sample = static_cast<std::size_t>(row);
    const QScopedValueRollback guard(m_selecting, true);
    if (sample < m_data->samples.size())
        m_session.select({m_data->samples[sample].document, m_kind, m_data->samples[sample].id});
    else
        Q_EMIT categoryActivated(m_kind, m_data->prototypes[sample - m_data->samples.size()].name);
}

void DiskPane::answerHover(int row) {
    if (!m_data || row < 0)
        return;
    const auto index = static_cast<std::size_t>(row);
    if (index >= m_data->samples.size()) {
        const Category& category = m_data->prototypes[index - m_data->samples.size()];
        m_disk->setHoverCard(row, prototypeCard(*m_data, category));
        return;
    }
    const SampleRow sample = m_data->samples[index];
    m_session.run(
        this, [sample](Project& project) { return readHoverSource(project, sample.document); },
        [this, row, sample, data = m_data](const HoverSource& source) {
            if (data == m_data)
                m_disk->setHoverCard(row, sampleCard(m_session, sample, source));
        });
}

void DiskPane::applyFilter(const DocumentListModel& queue) {
    const bool was = m_filtered;
    m_filtered = queue.summaries().size() < queue.total();
    m_matching.clear();
    if (m_filtered)
        for (const DocumentSummary& row : queue.summaries())
            m_matching.push_back(row.id);
    std::sort(m_matching.begin(), m_matching.end());
    if (was || m_filtered)
        showDisk();
}

void DiskPane::applyTheme() {
    DiskColours colours = m_theme.isDark() ? DiskColours::darkTheme() : DiskColours::light();
    const ThemeColours& theme = m_theme.colours();
    colours.background = theme.surface.rgba();
    colours.text = theme.text.rgba();
    colours.mutedText = theme.textMuted.rgba();
    colours.panel = theme.surface.rgba();
    colours.panelBorder = theme.border.rgba();
    colours.accent = theme.accent.rgba();
    colours.dark = m_theme.isDark();
    m_disk->setColours(colours);
}

} // namespace hmgrl
