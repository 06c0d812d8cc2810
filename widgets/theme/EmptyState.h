#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace hmgrl {

class Theme;

/// What a panel shows while it has nothing: an icon, what it is for, and the next step as a button.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    EmptyState(const Theme& theme, const QString& icon, QWidget* parent = nullptr);

    /// An empty `action` hides the button.
    void setText(const QString& title, const QString& text, const QString& action = {});

Q_SIGNALS:
    void actionTriggered();

private:
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_action;
};

} // namespace hmgrl
