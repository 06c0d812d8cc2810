#pragma once

#include "bridge/Session.h"
#include "models/ThumbnailStore.h"

#include <QAbstractListModel>
#include <QHash>
#include <QTimer>
#include <vector>

namespace hmgrl {

/// The queue: one row a document that the query finds. Rows are refreshed in place while the
/// analyst works, so that the list doesn't jump; the order is renewed by reload().
class DocumentListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { DocumentRole = Qt::UserRole, SummaryRole };

    DocumentListModel(Session& session, ThumbnailStore& thumbnails, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// Display: the excerpt; decoration: the thumbnail; SummaryRole: DocumentSummary.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    void setQuery(const DocumentQuery& query);
    [[nodiscard]] const DocumentQuery& query() const { return m_query; }
    void reload();

    [[nodiscard]] int rowOf(std::int64_t document) const; ///< -1: not in the list
    [[nodiscard]] std::int64_t documentAt(int row) const; ///< -1: no such row
    [[nodiscard]] const std::vector<DocumentSummary>& summaries() const { return m_rows; }
    [[nodiscard]] std::size_t total() const { return m_total; } ///< documents of the project
    [[nodiscard]] bool isLoaded() const { return m_loaded; }

Q_SIGNALS:
    void loaded(); ///< after every reload

private:
    struct Answer {
        std::vector<DocumentSummary> rows;
        std::size_t total = 0;
    };
    void onDocumentsChanged(const std::vector<std::int64_t>& documents);
    void adopt(std::vector<DocumentSummary> rows, std::size_t total);
    [[nodiscard]] bool dropMissing(const std::vector<DocumentSummary>& rows);
    void indexRows();
    void refresh(const std::vector<DocumentSummary>& rows);
    void clear();

    Session& m_session;
    ThumbnailStore& m_thumbnails;
    DocumentQuery m_query;
    std::vector<DocumentSummary> m_rows;
    QHash<std::int64_t, int> m_rowOf;
    std::size_t m_total = 0;
    std::uint64_t m_request = 0; ///< answers to older requests are dropped
    bool m_loaded = false;
    QTimer m_reloadTimer;
};

} // namespace hmgrl
