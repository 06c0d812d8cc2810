#include "document/TypeList.h"

#include "bridge/TextOffsets.h"

#include <algorithm>

namespace hmgrl {
namespace {

/// 0: the label begins with the filter, 1: a word of the label does, 2: it occurs somewhere; -1: no
/// match.
int matchRank(const TypeChoice& choice, const QString& filter) {
    const QString all = choice.label + u' ' + choice.path + u' ' + toQString(choice.name);
    for (const QString& word : filter.split(u' ', Qt::SkipEmptyParts))
        if (!all.contains(word, Qt::CaseInsensitive))
            return -1;
    if (choice.label.startsWith(filter, Qt::CaseInsensitive))
        return 0;
    return choice.label.contains(u' ' + filter, Qt::CaseInsensitive) ? 1 : 2;
}

} // namespace

void TypeList::setChoices(std::vector<TypeChoice> choices) {
    m_choices = std::move(choices);
    setFilter({});
}

void TypeList::setFilter(const QString& filter) {
    beginResetModel();
    m_filter = filter.trimmed();
    m_rows.clear();
    std::vector<int> rank(m_choices.size());
    bool isExact = false;
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        rank[i] = m_filter.isEmpty() ? 0 : matchRank(m_choices[i], m_filter);
        if (rank[i] >= 0)
            m_rows.push_back(i);
        isExact = isExact || m_choices[i].label.compare(m_filter, Qt::CaseInsensitive) == 0;
    }
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [&](std::size_t a, std::size_t b) { return rank[a] < rank[b]; });
    m_offersNew = !m_filter.isEmpty() && !isExact;
    endResetModel();
}

int TypeList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size()) + (m_offersNew ? 1 : 0);
}

const TypeChoice* TypeList::choice(int row) const {
    const auto at = static_cast<std::size_t>(row);
    return row >= 0 && at < m_rows.size() ? &m_choices[m_rows[at]] : nullptr;
}

int TypeList::rowOf(const std::string& name) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](std::size_t i) { return m_choices[i].name == name; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

/// The first of the other categories after the model's candidates.
bool TypeList::startsGroup(int row) const {
    if (row <= 0)
        return false;
    const TypeChoice* self = choice(row);
    return !self || (self->score < 0 && choice(row - 1)->score >= 0);
}

QVariant TypeList::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TypeChoice* type = choice(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return type ? type->label : tr("New category \u201c%1\u201d").arg(m_filter);
    case Qt::AccessibleTextRole:
        return type && !type->path.isEmpty() ? type->path + QStringLiteral(" / ") + type->label
                                             : data(index, Qt::DisplayRole);
    case CreatesRole:
        return type == nullptr;
    case GroupStartRole:
        return startsGroup(index.row());
    default:
        return {};
    }
}

std::vector<TypeChoice> rankedChoices(const TypeCatalogue& types, CategoryKind kind,
                                      const std::vector<Candidate>& candidates) {
    std::vector<TypeChoice> out;
    for (const Candidate& candidate : candidates)
        if (const TypeChoice* type = types.find(kind, candidate.category)) {
            out.push_back(*type);
            out.back().score = candidate.score;
            out.back().distance = candidate.distance;
        }
    const std::size_t ranked = out.size();
    for (const TypeChoice& type : types.choices(kind)) {
        const auto end = out.begin() + static_cast<std::ptrdiff_t>(ranked);
        if (std::none_of(out.begin(), end,
                         [&](const TypeChoice& c) { return c.name == type.name; }))
            out.push_back(type);
    }
    return out;
}

} // namespace hmgrl
