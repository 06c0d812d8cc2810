#include "models/DocumentListModel.h"

#include "bridge/TextOffsets.h"

#include <algorithm>

namespace hmgrl {

DocumentListModel::DocumentListModel(Session& session, ThumbnailStore& thumbnails, QObject* parent)
    : QAbstractListModel(parent)
    , m_session(session)
    , m_thumbnails(thumbnails) {
    m_reloadTimer.setSingleShot(true);
    m_reloadTimer.setInterval(150);
    connect(&m_reloadTimer, &QTimer::timeout, this, &DocumentListModel::reload);
    connect(&session, &Session::projectOpened, this, &DocumentListModel::reload);
    connect(&session, &Session::projectClosed, this, &DocumentListModel::clear);
    connect(&session, &Session::documentsChanged, this, &DocumentListModel::onDocumentsChanged);
    connect(&session, &Session::workFinished, this, [this](const QString& name) {
        if (name == QLatin1String("extract") || name == QLatin1String("import"))
            m_reloadTimer.start();
    });
    connect(&thumbnails, &ThumbnailStore::ready, this, [this](std::int64_t document) {
        if (const int row = rowOf(document); row >= 0)
            Q_EMIT dataChanged(index(row), index(row), {Qt::DecorationRole});
    });
}

int DocumentListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant DocumentListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const DocumentSummary& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return toQString(row.excerpt);
    case Qt::DecorationRole:
        return row.imagePath.empty() ? QPixmap() : m_thumbnails.get(row.id);
    case DocumentRole:
        return QVariant::fromValue<qlonglong>(row.id);
    case SummaryRole:
        return QVariant::fromValue(row);
    default:
        return {};
    }
}

void DocumentListModel::setQuery(const DocumentQuery& query) {
    m_query = query;
    reload();
}

void DocumentListModel::reload() {
    m_reloadTimer.stop();
    if (!m_session.isOpen())
        return;
    m_session.run(
        this,
        [query = m_query](Project& project) {
            return Answer{project.documents(query), project.documentCount()};
        },
        [this, request = ++m_request](Answer answer) {
            if (request == m_request)
                adopt(std::move(answer.rows), answer.total);
        });
}

int DocumentListModel::rowOf(std::int64_t document) const {
    return m_rowOf.value(document, -1);
}

std::int64_t DocumentListModel::documentAt(int row) const {
    return row < 0 || row >= rowCount() ? -1 : m_rows[static_cast<std::size_t>(row)].id;
}

void DocumentListModel::adopt(std::vector<DocumentSummary> rows, std::size_t total) {
    m_total = total;
    m_loaded = true;
    if (dropMissing(rows)) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    } else {
        beginResetModel();
        m_rows = std::move(rows);
        indexRows();
        endResetModel();
    }
    Q_EMIT loaded();
}

void DocumentListModel::indexRows() {
    m_rowOf.clear();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_rowOf.insert(m_rows[i].id, static_cast<int>(i));
}

/// Where only some rows have gone, they are taken out of the list, which then stays where it is
/// scrolled to. False: it has changed in another way, or in too many places.
bool DocumentListModel::dropMissing(const std::vector<DocumentSummary>& rows) {
    constexpr std::size_t mostRuns = 8;    // each is a pass over the list, on the UI thread
    std::vector<std::pair<int, int>> runs; ///< first and last row
    std::size_t next = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (next < rows.size() && rows[next].id == m_rows[i].id) {
            ++next;
            continue;
        }
        const int row = static_cast<int>(i);
        if (runs.empty() || runs.back().second != row - 1)
            runs.emplace_back(row, row);
        runs.back().second = row;
    }
    if (next != rows.size() || rows.empty() || runs.size() > mostRuns)
        return false;
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        beginRemoveRows({}, run->first, run->second);
        m_rows.erase(m_rows.begin() + run->first, m_rows.begin() + run->second + 1);
        indexRows();
        endRemoveRows();
    }
    return true;
}

void DocumentListModel::onDocumentsChanged(const std::vector<std::int64_t>& documents) {
    const bool allKnown = std::all_of(documents.begin(), documents.end(),
                                      [this](std::int64_t id) { return rowOf(id) >= 0; });
    // An import brings unknown ones again and again: gather them.
    if (documents.empty() ||
        (!allKnown && m_query.text.empty() && m_query.category.empty() && !m_query.reviewed)) {
        if (!m_reloadTimer.isActive())
            m_reloadTimer.start();
        return;
    }
    m_session.run(
        this,
        [documents](Project& project) {
            Answer answer{{}, project.documentCount()};
            for (const std::int64_t id : documents)
                if (auto row = project.summary(id))
                    answer.rows.push_back(std::move(*row));
            return answer;
        },
        [this](const Answer& answer) {
            if (answer.total == m_total)
                refresh(answer.rows);
            else if (!m_reloadTimer.isActive())
                m_reloadTimer.start(); // some were removed or came back
        });
}

void DocumentListModel::refresh(const std::vector<DocumentSummary>& rows) {
    for (const DocumentSummary& summary : rows) {
        const int row = rowOf(summary.id);
        if (row < 0)
            continue;
        m_rows[static_cast<std::size_t>(row)] = summary;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void DocumentListModel::clear() {
    beginResetModel();
    m_rows.clear();
    m_rowOf.clear();
    m_total = 0;
    m_loaded = false;
    ++m_request;
    endResetModel();
    Q_EMIT loaded();
}

} // namespace hmgrl
