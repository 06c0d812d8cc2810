#include "explore/DiskPane.h"

#include "bridge/TextOffsets.h"
#include "disk/DiskLayers.h"
#include "explore/DiskHeader.h"
#include "explore/DiskHover.h"
#include "explore/RelationFilter.h"
#include "explore/SelectionReview.h"
#include "theme/EmptyState.h"

#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace hmgrl {
namespace {

/// The keys of the layers that are switched on, for the settings.
QString layersToText(const DiskOverlay& overlay) {
    QStringList on;
    for (const DiskLayer& layer : diskLayers())
        if (overlay.*layer.isOn)
            on << QString::fromLatin1(layer.key);
    return on.join(QLatin1Char(' '));
}

DiskOverlay layersFromText(const QString& text, DiskOverlay overlay) {
    const QStringList on = text.split(QLatin1Char(' '));
    for (const DiskLayer& layer : diskLayers())
        overlay.*layer.isOn = on.contains(QString::fromLatin1(layer.key));
    return overlay;
}

} // namespace

DiskPane::DiskPane(Session& session, DocumentListModel& queue, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_header(new DiskHeader(theme, this))
    , m_disk(new DiskWidget(this))
    , m_review(new SelectionReview(session, theme, *m_disk, this))
    , m_empty(new EmptyState(theme, QStringLiteral("disk"), this)) {
    makeLayout();
    connectHeader();
    connectDisk();
    connectSession(queue);
    applyTheme();
    showRelations();
    updateEmptyState();
}

void DiskPane::makeLayout() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_disk);
    layout->addLayout(m_stack, 1);
}

void DiskPane::connectHeader() {
    connect(m_header, &DiskHeader::kindChosen, this, &DiskPane::setKind);
    connect(m_header, &DiskHeader::lookChosen, this, &DiskPane::showDisk);
    connect(m_header, &DiskHeader::hiddenRelationsChanged, this, &DiskPane::updateOverlay);
}

void DiskPane::connectDisk() {
    connect(m_disk, &DiskWidget::pointActivated, this, &DiskPane::activate);
    connect(m_disk, &DiskWidget::hoverRequested, this, &DiskPane::answerHover);
    connect(m_disk, &DiskWidget::hoverChanged, this, [this] {
        updateOverlay();
        updateFocusRow();
    });
    connect(m_disk, &DiskWidget::arcActivated, this, &DiskPane::activateArc);
    connect(m_disk, &DiskWidget::selectionChanged, this, &DiskPane::updateFocusRow);
    connect(m_empty, &EmptyState::actionTriggered, this, &DiskPane::extractRequested);
    connect(&m_theme, &Theme::changed, this, &DiskPane::applyTheme);
}

void DiskPane::connectSession(DocumentListModel& queue) {
    connect(&m_session, &Session::diskChanged, this, [this](CategoryKind kind) {
        if (kind == m_kind)
            showDisk();
        updateEmptyState();
    });
    connect(&m_session, &Session::layoutPicture, this, &DiskPane::showPicture);
    connect(&m_session, &Session::diskQualityChanged, this, [this](CategoryKind kind) {
        if (kind == m_kind && m_header->colourBy() == ColourBy::Distortion)
            showDisk();
    });
    connect(&m_session, &Session::projectClosed, this, [this] {
        m_review->leave();
        showDisk();
    });
    connect(&m_session, &Session::selectionChanged, this, [this](const Selection& selection) {
        if (!m_selecting)
            m_review->leave();
        followSelection(selection);
        reveal(selection);
    });
    connect(&m_session, &Session::workStarted, this, &DiskPane::updateEmptyState);
    connect(&m_session, &Session::workFinished, this, &DiskPane::updateEmptyState);
    connect(&m_session, &Session::modelReady, this, &DiskPane::updateEmptyState);
    connect(&queue, &DocumentListModel::loaded, this, [this, &queue] { applyFilter(queue); });
}

void DiskPane::setKind(CategoryKind kind) {
    m_header->setKind(kind);
    if (kind == m_kind)
        return;
    m_kind = kind;
    m_review->leave();
    showDisk();
    Q_EMIT kindChanged(kind);
}

void DiskPane::showDisk() {
    m_data = m_session.diskData(m_kind);
    DiskScene scene = m_data && m_data->isPlaced() ? m_data->scene() : DiskScene{};
    std::optional<DiskLegend> legend;
    const bool any = scene.size() > 0;
    if (any) {
        legend =
            colourScene(scene, *m_data, m_header->colourBy(), m_session.diskQuality(m_kind).get());
        sizeScene(scene, *m_data, m_header->sizeBy());
    }
    m_disk->setScene(std::move(scene), DiskWidget::Transition::Animated, std::move(legend));
    if (m_filtered && any)
        m_disk->setFilter(matchingRows());
    m_review->setData(m_data);
    if (!m_review->isActive())
        followSelection(m_session.selection());
    m_neighbourLinks.clear(); // they belong to other rows
    showRelations();
    showCounts();
    updateEmptyState();
    Q_EMIT dataChanged();
    m_focusRow = focusRow();
    Q_EMIT focusRowChanged(m_focusRow);
}

/// A layout that improves while it runs; its end comes as new data.
void DiskPane::showPicture(CategoryKind kind, const std::shared_ptr<const LayoutPicture>& picture) {
    if (kind == m_kind && picture->where.size() == m_disk->controller().scene().size())
        m_disk->setPlaces(picture->where, picture->iteration == 0);
}

/// The kinds of arcs that there are, for the filter.
void DiskPane::showRelations() {
    std::vector<RelationFilter::Entry> entries;
    const DiskScene& scene = m_disk->controller().scene();
    for (const std::string& name : scene.arcNames)
        entries.push_back({name, 0, 0});
    for (const DiskArc& arc : scene.arcs) {
        entries[arc.category].colour = arc.colour;
        ++entries[arc.category].count;
    }
    m_header->relations().setEntries(std::move(entries));
    updateOverlay();
}

void DiskPane::updateOverlay() {
    DiskOverlay overlay = m_disk->controller().overlay();
    const auto& names = m_disk->controller().scene().arcNames;
    overlay.hiddenArcs.clear();
    for (std::size_t i = 0; i < names.size(); ++i)
        if (m_header->relations().hidden().contains(names[i]))
            overlay.hiddenArcs.push_back(static_cast<std::uint32_t>(i));
    const int hovered = m_disk->controller().hover();
    overlay.links = m_data ? candidateLinks(*m_data, hovered) : std::vector<DiskLink>{};
    if (overlay.links.empty())
        overlay.links = m_neighbourLinks;
    m_disk->setOverlay(std::move(overlay));
}

void DiskPane::setNeighbourLinks(std::vector<DiskLink> links) {
    if (links == m_neighbourLinks)
        return;
    m_neighbourLinks = std::move(links);
    updateOverlay();
}

int DiskPane::focusRow() const {
    const std::vector<int> selected = m_disk->selectedRows();
    return selected.size() == 1 ? selected.front() : m_disk->controller().hover();
}

void DiskPane::updateFocusRow() {
    const int row = focusRow();
    if (row == m_focusRow)
        return;
    m_focusRow = row;
    Q_EMIT focusRowChanged(row);
}

QVariantMap DiskPane::choices() const {
    QStringList hidden;
    for (const std::string& name : m_header->relations().hidden())
        hidden << toQString(name);
    return {{QStringLiteral("colourBy"), static_cast<int>(m_header->colourBy())},
            {QStringLiteral("sizeBy"), static_cast<int>(m_header->sizeBy())},
            {QStringLiteral("hiddenRelations"), hidden},
            {QStringLiteral("layers"), layersToText(m_disk->layers())}};
}

void DiskPane::restoreChoices(const QVariantMap& choices) {
    const auto choice = [&](const char* name, int limit) {
        const int value = choices.value(QString::fromLatin1(name), 0).toInt();
        return value >= 0 && value < limit ? value : 0;
    };
    m_header->setColourBy(
        static_cast<ColourBy>(choice("colourBy", static_cast<int>(colourNames().size()))));
    m_header->setSizeBy(
        static_cast<SizeBy>(choice("sizeBy", static_cast<int>(sizeNames().size()))));
    std::set<std::string> hidden;
    for (const QString& name : choices.value(QStringLiteral("hiddenRelations")).toStringList())
        hidden.insert(fromQString(name));
    m_header->relations().setHidden(std::move(hidden));
    if (const QVariant layers = choices.value(QStringLiteral("layers")); layers.isValid())
        m_disk->setLayers(layersFromText(layers.toString(), m_disk->layers()));
    updateOverlay();
}

std::vector<bool> DiskPane::matchingRows() const {
    std::vector<bool> matching(m_data->sceneSize(), true);
    for (std::size_t i = 0; i < m_data->samples.size(); ++i)
        matching[i] =
            std::binary_search(m_matching.begin(), m_matching.end(), m_data->samples[i].document);
    return matching;
}

void DiskPane::showCounts() {
    if (!m_data || !m_data->isPlaced()) {
        m_header->setCounts({});
        return;
    }
    const auto samples = static_cast<int>(m_data->samples.size());
    const auto prototypes = static_cast<int>(m_data->prototypes.size());
    m_header->setCounts(
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
    if (selection.sample >= 0 && selection.kind != m_kind) {
        // A relation may be chosen where it is an arc; else its own disk is the place to see it.
        const bool isArc =
            std::any_of(m_data->arcs.begin(), m_data->arcs.end(),
                        [&](const RelationArc& a) { return a.id == selection.sample; });
        if (!isArc && m_session.diskData(selection.kind))
            return setKind(selection.kind);
    }
    std::vector<int> rows;
    const int row = selection.kind == m_kind ? m_data->sampleRow(selection.sample) : -1;
    if (row >= 0)
        rows.push_back(row);
    else if (selection.kind == m_kind || selection.sample < 0)
        for (std::size_t i = 0; i < m_data->samples.size(); ++i)
            if (m_data->samples[i].document == selection.document)
                rows.push_back(static_cast<int>(i));
    for (const RelationArc& arc : m_data->arcs)
        if (selection.kind != m_kind && arc.id == selection.sample)
            rows = {static_cast<int>(arc.head), static_cast<int>(arc.tail)};
    m_disk->selectRows(rows);
    updateFocusRow();
}

/// A new selection is brought to the middle; new data leave the view where the user took it.
void DiskPane::reveal(const Selection& selection) {
    const bool isHere = m_data && !m_selecting && selection.kind == m_kind;
    m_disk->reveal(isHere ? m_data->sampleRow(selection.sample) : -1);
}

void DiskPane::activate(int row) {
    if (!m_data || row < 0)
        return;
    const auto index = static_cast<std::size_t>(row), samples = m_data->samples.size();
    const QScopedValueRollback guard(m_selecting, true);
    if (index < samples)
        m_session.select({m_data->samples[index].document, m_kind, m_data->samples[index].id});
    else if (index - samples < m_data->prototypes.size())
        Q_EMIT categoryActivated(m_kind, m_data->prototypes[index - samples].name);
}

void DiskPane::activateArc(int arc) {
    if (!m_data || arc < 0 || static_cast<std::size_t>(arc) >= m_data->arcs.size())
        return;
    const RelationArc& chosen = m_data->arcs[static_cast<std::size_t>(arc)];
    const SampleRow& head = m_data->samples[chosen.head];
    m_session.select({head.document, CategoryKind::Relation, chosen.id});
}

void DiskPane::answerHover(int row) {
    if (!m_data || row < 0)
        return;
    const auto index = static_cast<std::size_t>(row), samples = m_data->samples.size();
    if (index >= samples + m_data->prototypes.size())
        return;
    if (index >= samples)
        return m_disk->setHoverCard(row,
                                    prototypeCard(*m_data, m_data->prototypes[index - samples]));
    m_session.run(
        this,
        [document = m_data->samples[index].document](Project& project) {
            return readHoverSource(project, document);
        },
        [this, row, data = m_data](const std::optional<HoverSource>& source) {
            if (source && data == m_data)
                m_disk->setHoverCard(row, sampleCard(m_session, *data, row, *source));
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
