#pragma once

#include "document/TypeCatalogue.h"

#include <QFrame>
#include <QRect>
#include <vector>

class QLabel;
class QLineEdit;
class QListView;

namespace hmgrl {

class Theme;
class TypeList;

/// A popup to choose one category of many: type to filter, arrows and Enter, or a hot key while
/// nothing is typed. A text that fits no category can become a new one.
class TypePicker : public QFrame {
    Q_OBJECT
public:
    explicit TypePicker(const Theme& theme, QWidget* parent = nullptr);

    /// Shows the picker beside `anchor` (screen coordinates), `current` chosen.
    void open(const QString& title, std::vector<TypeChoice> choices, const std::string& current,
              const QRect& anchor);

    [[nodiscard]] QLineEdit* filterEdit() const { return m_filter; }
    [[nodiscard]] QListView* listView() const { return m_view; }

Q_SIGNALS:
    void picked(const std::string& category, bool isNew);
    void dismissed(); ///< closed without a choice

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void filter(const QString& text);
    void setCurrent(int row);
    void move(int rows);
    void choose(int row);
    void finish(const std::string& category, bool isNew);
    [[nodiscard]] bool takeHotKey(int digit);
    void place(const QRect& anchor);

    const Theme& m_theme;
    QLabel* m_title;
    QLineEdit* m_filter;
    QListView* m_view;
    TypeList* m_list;
    bool m_isDone = false;
};

} // namespace hmgrl
