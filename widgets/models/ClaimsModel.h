#pragma once

#include "bridge/Session.h"

#include <QAbstractListModel>
#include <vector>

namespace hmgrl {

/// The suggestions a new category would claim, most certain first, with the words they stand in.
/// Checked rows are those a bulk accept takes.
class ClaimsModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { SampleRole = Qt::UserRole, DocumentRole, MentionRole, ContextRole, ScoreRole };

    explicit ClaimsModel(Session& session, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

    void setClaims(const Category& category, const std::vector<SampleRow>& claims);
    [[nodiscard]] const Category& category() const { return m_category; }
    [[nodiscard]] Selection selectionAt(int row) const;
    [[nodiscard]] int checkedCount() const;
    void setAllChecked(bool checked);
    /// Accepts the checked ones in one undoable step and takes them off the list.
    void acceptChecked();

Q_SIGNALS:
    void checkedChanged();

private:
    struct Row {
        SampleRow sample;
        QString mention, context;
        bool checked = true;
    };
    void followDocuments(const std::vector<std::int64_t>& ids);
    void describeRows(); ///< rows whose sample is gone are taken off the list

    Session& m_session;
    Category m_category;
    std::vector<Row> m_rows;
    std::uint64_t m_request = 0;
};

} // namespace hmgrl
