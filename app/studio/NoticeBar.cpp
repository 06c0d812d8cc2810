#include "studio/NoticeBar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace hmgrl::studio {

NoticeBar::NoticeBar(const Theme& theme, QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel(this)) {
    setProperty("role", "panel");
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 8, 6);
    m_text->setWordWrap(true);
    m_text->setProperty("role", "danger");
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* details = new QPushButton(tr("Show log"), this);
    details->setProperty("role", "flat");
    auto* close = new QToolButton(this);
    close->setIcon(theme.icon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close this notice"));
    layout->addWidget(m_text, 1);
    layout->addWidget(details);
    layout->addWidget(close);
    connect(details, &QPushButton::clicked, this, &NoticeBar::detailsRequested);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void NoticeBar::show(const QString& message) {
    m_text->setText(message);
    QWidget::show();
}

} // namespace hmgrl::studio
