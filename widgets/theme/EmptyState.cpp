#include "theme/EmptyState.h"

#include "theme/Theme.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace hmgrl {
namespace {

/// An icon that is painted anew with the theme's colours.
class IconView : public QWidget {
public:
    IconView(const QIcon& icon, int side, QWidget* parent)
        : QWidget(parent)
        , m_icon(icon) {
        setFixedSize(side, side);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        m_icon.paint(&painter, rect(), Qt::AlignCenter, QIcon::Disabled);
    }

private:
    QIcon m_icon;
};

} // namespace

EmptyState::EmptyState(const Theme& theme, const QString& icon, QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QPushButton(this)) {
    m_title->setFont(theme.font(FontRole::BodyStrong));
    m_text->setProperty("role", "muted");
    m_text->setWordWrap(true);
    for (QLabel* label : {m_title, m_text})
        label->setAlignment(Qt::AlignCenter);
    m_action->setProperty("role", "primary");
    m_action->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(theme.metrics().gap);
    layout->addStretch(2);
    layout->addWidget(new IconView(theme.icon(icon), 36, this), 0, Qt::AlignHCenter);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addSpacing(4);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::setText(const QString& title, const QString& text, const QString& action) {
    m_title->setText(title);
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
}

} // namespace hmgrl
