#pragma once

#include <QAbstractTableModel>
#include <QDateTime>
#include <deque>

namespace hmgrl {

/// What happened, newest last; the oldest lines go when there are more than `limit`.
class LogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Level { Info, Issue, Error };
    enum Column { TimeColumn, AboutColumn, TextColumn, ColumnCount };
    enum Role { LevelRole = Qt::UserRole };

    explicit LogModel(QObject* parent = nullptr, int limit = 20000);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    void add(Level level, const QString& about, const QStringList& lines);
    void clear();
    [[nodiscard]] int countOf(Level level) const;

private:
    struct Line {
        QDateTime time;
        Level level;
        QString about, text;
    };
    int m_limit;
    std::deque<Line> m_lines;
};

} // namespace hmgrl
