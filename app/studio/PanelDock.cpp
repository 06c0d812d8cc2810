#include "studio/PanelDock.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QToolButton>
#include <algorithm>

namespace hmgrl::studio {

PanelDock::PanelDock(const QString& name, const QString& title, QWidget* content,
                     const Theme& theme, QWidget* parent)
    : QDockWidget(title, parent)
    , m_bar(makeTitleBar(theme))
    , m_none(new QWidget(this)) {
    setObjectName(name);
    m_none->setFixedHeight(0);
    content->setAttribute(Qt::WA_StyledBackground);
    if (!content->property("role").isValid())
        content->setProperty("role", "plain");
    setWidget(content);
    setTitleBarWidget(m_bar);
    connect(this, &QDockWidget::dockLocationChanged, this, &PanelDock::updateTitleBar);
    connect(this, &QDockWidget::topLevelChanged, this, &PanelDock::updateTitleBar);
    connect(this, &QDockWidget::visibilityChanged, this, &PanelDock::updateTitleBar);
}

QWidget* PanelDock::makeTitleBar(const Theme& theme) {
    auto* bar = new QWidget(this);
    bar->setAttribute(Qt::WA_StyledBackground);
    bar->setProperty("role", "plain");
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 5, 6, 3);
    layout->setSpacing(2);
    auto* label = new QLabel(windowTitle(), bar);
    label->setFont(theme.font(FontRole::BodyStrong));
    layout->addWidget(label, 1);
    const auto add = [&](const char* icon, const QString& tip) {
        auto* button = new QToolButton(bar);
        button->setIcon(theme.icon(QString::fromLatin1(icon)));
        button->setIconSize({14, 14});
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        layout->addWidget(button);
        return button;
    };
    connect(add("float", tr("Float or dock this panel")), &QToolButton::clicked, this,
            [this] { setFloating(!isFloating()); });
    connect(add("close", tr("Close this panel; the View menu brings it back")),
            &QToolButton::clicked, this, &QDockWidget::close);
    return bar;
}

void PanelDock::updateTitleBar() {
    const auto* window = qobject_cast<QMainWindow*>(parentWidget());
    const auto others = window ? window->tabifiedDockWidgets(this) : QList<QDockWidget*>();
    const bool tabbed =
        !isFloating() && std::any_of(others.begin(), others.end(),
                                     [](const QDockWidget* dock) { return !dock->isHidden(); });
    QWidget* wanted = tabbed ? m_none : m_bar;
    if (titleBarWidget() == wanted)
        return;
    setTitleBarWidget(wanted);
    m_bar->setVisible(!tabbed);
}

} // namespace hmgrl::studio
