#include "review/QueuePanel.h"

#include "bridge/Plural.h"
#include "bridge/TextOffsets.h"
#include "review/QueueDelegate.h"
#include "theme/EmptyState.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QStackedLayout>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace hmgrl {
namespace {

enum StatusFilter { AllDocuments, ToReview, Reviewed };

/// What is looked at when these rows go: what follows the last of them, else the last one before it
/// that stays; -1 when none does.
int rowAfter(const std::vector<int>& rows, int count) {
    if (rows.back() + 1 < count)
        return rows.back() + 1;
    int row = count - 1;
    for (auto gone = rows.rbegin(); gone != rows.rend() && *gone == row; ++gone)
        --row;
    return row;
}

} // namespace

QueuePanel::QueuePanel(Session& session, ThumbnailStore& thumbnails, const Theme& theme,
                       QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_model(new DocumentListModel(session, thumbnails, this))
    , m_debounce(new QTimer(this))
    , m_footer(new QLabel(this)) {
    m_debounce->setSingleShot(true);
    m_debounce->setInterval(180);
    m_footer->setProperty("role", "faint");
    m_footer->setFont(theme.font(FontRole::Small));
    m_footer->setContentsMargins(14, 4, 14, 6);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(makeList(), 1);
    layout->addWidget(m_footer);
    connectSession();
    updateEmptyState();
}

QWidget* QueuePanel::makeHeader() {
    auto* header = new QWidget(this);
    auto* layout = new QVBoxLayout(header);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(7);
    m_search = new QLineEdit(header);
    m_search->setPlaceholderText(tr("Search the texts"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Search documents"));
    m_search->addAction(m_theme.icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_status = new QComboBox(header);
    m_status->addItems({tr("All documents"), tr("To review"), tr("Reviewed")});
    m_status->setAccessibleName(tr("Filter by status"));
    m_order = new QComboBox(header);
    m_order->addItem(tr("As imported"), static_cast<int>(DocumentQuery::Order::Imported));
    m_order->addItem(tr("Most uncertain"), static_cast<int>(DocumentQuery::Order::Uncertainty));
    m_order->addItem(tr("By name"), static_cast<int>(DocumentQuery::Order::Key));
    m_order->addItem(tr("By status"), static_cast<int>(DocumentQuery::Order::Status));
    m_order->setAccessibleName(tr("Order"));
    auto* row = new QHBoxLayout;
    row->setSpacing(7);
    row->addWidget(m_status, 1);
    row->addWidget(m_order, 1);
    layout->addWidget(m_search);
    layout->addLayout(row);
    layout->addWidget(makeFilterChip(), 0, Qt::AlignLeft);
    connect(m_search, &QLineEdit::textChanged, m_debounce, qOverload<>(&QTimer::start));
    connect(m_debounce, &QTimer::timeout, this, &QueuePanel::applyQuery);
    connect(m_status, &QComboBox::currentIndexChanged, this, &QueuePanel::applyQuery);
    connect(m_order, &QComboBox::currentIndexChanged, this, &QueuePanel::applyQuery);
    return header;
}

QWidget* QueuePanel::makeFilterChip() {
    m_chip = new QToolButton(this);
    m_chip->setIcon(m_theme.icon(QStringLiteral("close")));
    m_chip->setIconSize({12, 12});
    m_chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_chip->setLayoutDirection(Qt::RightToLeft);
    m_chip->setCheckable(true);
    m_chip->setChecked(true);
    m_chip->setToolTip(tr("Remove this filter"));
    m_chip->hide();
    connect(m_chip, &QToolButton::clicked, this, [this] { setCategoryFilter({}); });
    return m_chip;
}

QWidget* QueuePanel::makeList() {
    auto* holder = new QWidget(this);
    m_stack = new QStackedLayout(holder);
    m_list = new QListView(holder);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new QueueDelegate(m_theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Documents"));
    m_empty = new EmptyState(m_theme, QStringLiteral("queue"), holder);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    connect(m_empty, &EmptyState::actionTriggered, this, &QueuePanel::importRequested);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateFooter();
        Q_EMIT chosenChanged();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                const auto document = m_model->documentAt(current.row());
                if (document >= 0 && document != m_session.selection().document)
                    m_session.select({document, CategoryKind::Entity, -1});
            });
    return holder;
}

void QueuePanel::connectSession() {
    connect(&m_session, &Session::selectionChanged, this, &QueuePanel::followSelection);
    connect(m_model, &DocumentListModel::loaded, this, &QueuePanel::onLoaded);
    connect(&m_session, &Session::projectOpened, this, &QueuePanel::updateEmptyState);
    connect(&m_session, &Session::projectClosed, this, [this] {
        m_search->clear();
        setCategoryFilter({});
        updateEmptyState();
    });
}

void QueuePanel::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void QueuePanel::setCategoryFilter(const std::string& category) {
    m_category = category;
    m_chip->setChecked(true);
    m_chip->setVisible(!category.empty());
    m_chip->setText(tr("with %1").arg(toQString(displayName(category))));
    applyQuery();
}

void QueuePanel::applyQuery() {
    DocumentQuery query;
    query.text = fromQString(m_search->text().trimmed());
    query.category = m_category;
    if (m_status->currentIndex() != AllDocuments)
        query.reviewed = m_status->currentIndex() == Reviewed;
    query.order = static_cast<DocumentQuery::Order>(m_order->currentData().toInt());
    m_model->setQuery(query);
}

void QueuePanel::step(int by) {
    const int here = m_model->rowOf(m_session.selection().document);
    selectRow(here < 0 ? 0 : here + by);
}

void QueuePanel::selectRow(int row) {
    const auto document = m_model->documentAt(row);
    if (document >= 0)
        m_session.select({document, CategoryKind::Entity, -1});
}

void QueuePanel::selectNextToReview() {
    const int count = m_model->rowCount();
    const int here = m_model->rowOf(m_session.selection().document);
    for (int i = 1; i < count; ++i) {
        const int row = (std::max(here, 0) + i) % count;
        if (!m_model->summaries()[static_cast<std::size_t>(row)].reviewed)
            return selectRow(row);
    }
    selectNext();
}

std::vector<int> QueuePanel::chosenRows() const {
    std::vector<int> rows;
    for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes())
        rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

std::vector<std::int64_t> QueuePanel::chosen() const {
    std::vector<std::int64_t> documents;
    for (const int row : chosenRows())
        documents.push_back(m_model->documentAt(row));
    return documents;
}

void QueuePanel::removeChosen() {
    const std::vector<int> rows = chosenRows();
    const std::vector<std::int64_t> documents = chosen();
    if (documents.empty())
        return;
    const auto count = static_cast<qsizetype>(documents.size());
    m_session.edit(
        [documents, label = plural(count, tr("Remove a document"), tr("Remove %1 documents"))](
            Editor& editor) {
            for (const std::int64_t document : documents)
                editor.removeDocument(document);
            return label;
        },
        documents,
        [this, count] {
            Q_EMIT m_session.told(plural(count, tr("1 document removed; Undo brings it back"),
                                         tr("%1 documents removed; Undo brings them back")));
        });
    const auto next = m_model->documentAt(rowAfter(rows, m_model->rowCount()));
    m_session.select({next, CategoryKind::Entity, -1});
}

void QueuePanel::followSelection(const Selection& selection) {
    const int row = m_model->rowOf(selection.document);
    const QModelIndex index = m_model->index(row);
    if (row < 0 || index == m_list->currentIndex())
        return;
    // Not the view's own way, which would add to the selection while Ctrl is down, as in Ctrl+Down.
    m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    m_list->scrollTo(index);
}

void QueuePanel::onLoaded() {
    updateEmptyState();
    Q_EMIT chosenChanged(); // a list that was made anew has none chosen and doesn't say so
    if (m_model->rowOf(m_session.selection().document) >= 0)
        followSelection(m_session.selection());
    else if (m_session.selection().document < 0)
        selectRow(0);
}

void QueuePanel::updateEmptyState() {
    const int shown = m_model->rowCount();
    m_stack->setCurrentWidget(shown > 0 || !m_model->isLoaded() ? static_cast<QWidget*>(m_list)
                                                                : m_empty);
    if (!m_session.isOpen()) {
        m_stack->setCurrentWidget(m_empty);
        m_empty->setText(tr("No project"), tr("Open a project or make a new one to begin."));
    } else if (m_model->total() == 0) {
        m_empty->setText(
            tr("No documents yet"),
            tr("Import text and image pairs: JSON lines, MNRE, a folder or a web page."),
            tr("Import…"));
    } else {
        m_empty->setText(tr("Nothing matches"), tr("No document fits the search and the filters."));
    }
    updateFooter();
}

void QueuePanel::updateFooter() {
    const int shown = m_model->rowCount();
    const auto total = static_cast<int>(m_model->total());
    const auto selected = static_cast<int>(chosen().size());
    m_footer->setText(shown == total ? plural(total, tr("1 document"), tr("%1 documents"))
                                     : tr("%1 of %2 documents").arg(shown).arg(total));
    if (selected > 1)
        m_footer->setText(tr("%1 of %2 documents selected").arg(selected).arg(total));
    m_footer->setVisible(m_session.isOpen() && total > 0);
}

} // namespace hmgrl
