#include "models/LogModel.h"

#include <algorithm>

namespace hmgrl {

LogModel::LogModel(QObject* parent, int limit)
    : QAbstractTableModel(parent)
    , m_limit(limit) {}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int LogModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    if (role == LevelRole)
        return static_cast<int>(line.level);
    if (role == Qt::ToolTipRole)
        return line.text;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TimeColumn:
        return line.time.toString(QStringLiteral("HH:mm:ss"));
    case AboutColumn:
        return line.about;
    default:
        return line.text;
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case AboutColumn:
        return tr("About");
    case TextColumn:
        return tr("Message");
    default:
        return {};
    }
}

void LogModel::add(Level level, const QString& about, const QStringList& lines) {
    if (lines.isEmpty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(lines.size()) - 1);
    for (const QString& line : lines)
        m_lines.push_back({QDateTime::currentDateTime(), level, about, line});
    endInsertRows();
    const int excess = rowCount() - m_limit;
    if (excess <= 0)
        return;
    beginRemoveRows({}, 0, excess - 1);
    m_lines.erase(m_lines.begin(), m_lines.begin() + excess);
    endRemoveRows();
}

void LogModel::clear() {
    beginResetModel();
    m_lines.clear();
    endResetModel();
}

int LogModel::countOf(Level level) const {
    return static_cast<int>(std::count_if(
        m_lines.begin(), m_lines.end(), [level](const Line& line) { return line.level == level; }));
}

} // namespace hmgrl
