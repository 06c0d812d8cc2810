#include "studio/ShortcutSheet.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace hmgrl::studio {
namespace {

using Lines = std::vector<std::pair<QString, QString>>; ///< what, keys

Lines linesOf(const Actions::Group& group) {
    Lines lines;
    for (const QAction* action : group.actions) {
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts())
            keys << key.toString(QKeySequence::NativeText);
        if (!keys.isEmpty())
            lines.emplace_back(action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…")),
                               keys.join(QStringLiteral("  ")));
    }
    return lines;
}

Lines diskLines() {
    return {{ShortcutSheet::tr("Travel"), ShortcutSheet::tr("drag")},
            {ShortcutSheet::tr("Zoom at the cursor"), ShortcutSheet::tr("wheel")},
            {ShortcutSheet::tr("Bring a point to the centre"), ShortcutSheet::tr("double-click")},
            {ShortcutSheet::tr("Lasso"), ShortcutSheet::tr("Shift+drag")},
            {ShortcutSheet::tr("Lasso: add, remove"), ShortcutSheet::tr("+Ctrl, +Alt")}};
}

Lines textLines() {
    return {{ShortcutSheet::tr("Mark words"), ShortcutSheet::tr("drag")},
            {ShortcutSheet::tr("Mark characters"), ShortcutSheet::tr("Shift+drag")},
            {ShortcutSheet::tr("Accept a suggestion"), ShortcutSheet::tr("click")},
            {ShortcutSheet::tr("Choose a type"), ShortcutSheet::tr("1 … 9, 0")},
            {ShortcutSheet::tr("Leave without a change"), ShortcutSheet::tr("Esc")}};
}

void addSection(QVBoxLayout* column, const QString& title, const Lines& lines, const Theme& theme) {
    auto* heading = new QLabel(title);
    heading->setFont(theme.font(FontRole::SmallStrong));
    heading->setProperty("role", "faint");
    column->addWidget(heading);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const auto& [what, keys] : lines) {
        auto* key = new QLabel(keys);
        key->setFont(theme.font(FontRole::SmallStrong));
        key->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        key->setProperty("role", "muted");
        grid->addWidget(new QLabel(what), row, 0);
        grid->addWidget(key, row++, 1);
    }
    column->addLayout(grid);
    column->addSpacing(16);
}

} // namespace

ShortcutSheet::ShortcutSheet(const Actions& actions, const Theme& theme, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Shortcuts"));
    auto* columns = new QHBoxLayout(this);
    columns->setSizeConstraint(QLayout::SetFixedSize); // nothing here grows
    columns->setContentsMargins(28, 24, 28, 12);
    columns->setSpacing(44);
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    columns->addLayout(left);
    columns->addLayout(right);
    for (std::size_t i = 0; i < actions.groups.size(); ++i)
        addSection(i % 2 == 0 ? left : right, actions.groups[i].title, linesOf(actions.groups[i]),
                   theme);
    addSection(right, tr("Text"), textLines(), theme);
    addSection(right, tr("Disk"), diskLines(), theme);
    left->addStretch(1);
    right->addStretch(1);
}

} // namespace hmgrl::studio
