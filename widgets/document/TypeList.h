#pragma once

#include "data/Document.h"
#include "document/TypeCatalogue.h"

#include <QAbstractListModel>

namespace hmgrl {

/// The choices of a type picker that match what was typed, best first.
class TypeList : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { ChoiceRole = Qt::UserRole, CreatesRole, GroupStartRole };

    explicit TypeList(QObject* parent = nullptr)
        : QAbstractListModel(parent) {}

    /// `choices` in the order to show: the model's candidates first.
    void setChoices(std::vector<TypeChoice> choices);
    /// Keeps choices whose label, path or name contains every word of `filter`; when no label
    /// equals it, a last row offers it as a new category.
    void setFilter(const QString& filter);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] const TypeChoice* choice(int row) const;  ///< null for the row that creates
    [[nodiscard]] int rowOf(const std::string& name) const; ///< -1: filtered out

private:
    [[nodiscard]] bool startsGroup(int row) const;

    std::vector<TypeChoice> m_choices;
    std::vector<std::size_t> m_rows;
    QString m_filter;
    bool m_offersNew = false;
};

/// The catalogue of a kind with the candidates of an item in front, scores filled in.
[[nodiscard]] std::vector<TypeChoice> rankedChoices(const TypeCatalogue& types, CategoryKind kind,
                                                    const std::vector<Candidate>& candidates);

} // namespace hmgrl
