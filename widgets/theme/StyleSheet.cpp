#include "theme/Theme.h"

#include <QList>
#include <QString>
#include <utility>

namespace hmgrl {
namespace {

// Names in @braces@ are replaced by the theme's values. Widgets opt into variants by a dynamic
// property "role" ("primary", "flat", "panel", "popup", "muted"), never by object name.
const char* const frame = R"(
QWidget { color: @text@; }
QWidget:disabled { color: @textFaint@; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMainWindow, QDialog { background: @window@; }
QMainWindow::separator { background: @window@; width: 6px; height: 6px; }
QMainWindow::separator:hover { background: @accentSoft@; }
QSplitter::handle { background: @window@; }
QSplitter::handle:horizontal { width: 6px; }
QSplitter::handle:vertical { height: 6px; }
QSplitter::handle:hover { background: @accentSoft@; }
QFrame[role="panel"], QWidget[role="panel"] { background: @surface@; border: 1px solid @border@; border-radius: @radiusLarge@; }
QFrame[role="popup"] { background: @surface@; border: 1px solid @borderStrong@; }
QWidget[role="panelHeader"] { background: transparent; border: none; }
QWidget[role="plain"] { background: @surface@; border: none; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: @textMuted@; }
QLabel[role="faint"] { color: @textFaint@; }
QLabel[role="danger"] { color: @danger@; }
QLabel[role="heading"] { color: @text@; }
QToolTip { background: @surfaceRaised@; color: @text@; border: 1px solid @borderStrong@; padding: 4px 6px; }
QDockWidget { color: @text@; }
QDockWidget > QWidget { background: @surface@; }
)";

const char* const bars = R"(
QMenuBar { background: @window@; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: @radiusSmall@; }
QMenuBar::item:selected { background: @accentSoft@; }
QMenu { background: @surface@; border: 1px solid @borderStrong@; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: @radiusSmall@; background: transparent; }
QMenu::item:selected { background: @accentSoft@; color: @text@; }
QMenu::item:disabled { color: @textFaint@; }
QMenu::separator { height: 1px; background: @border@; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }
QToolBar { background: @window@; border: none; padding: 4px 8px; spacing: 3px; }
QToolBar::separator { background: @border@; width: 1px; margin: 6px 7px; }
QStatusBar { background: @window@; color: @textMuted@; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @textMuted@; padding: 0 6px; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @textMuted@; padding: 6px 14px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text@; border-bottom: 2px solid @accent@; }
QTabBar::tab:hover:!selected { color: @text@; }
QTabWidget::pane { border: none; }
)";

const char* const controls = R"(
QPushButton { background: @surfaceRaised@; border: 1px solid @border@; border-radius: @radius@; padding: 5px 14px; min-height: 18px; }
QPushButton:hover { border-color: @borderStrong@; background: @surface@; }
QPushButton:pressed { background: @accentSoft@; }
QPushButton:focus { border-color: @accent@; }
QPushButton:disabled { color: @textFaint@; background: @surfaceSunken@; }
QPushButton[role="primary"], QPushButton:default { background: @accent@; color: @accentText@; border: 1px solid @accent@; font-weight: 600; }
QPushButton[role="primary"]:hover { background: @accentHover@; border-color: @accentHover@; }
QPushButton[role="primary"]:disabled, QPushButton:default:disabled { background: @surfaceSunken@; color: @textFaint@; border-color: @border@; }
QPushButton[role="flat"] { background: transparent; border: 1px solid transparent; color: @accent@; padding: 4px 8px; }
QPushButton[role="flat"]:hover { background: @accentSoft@; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: @radius@; padding: 4px; }
QToolButton:hover { background: @surfaceRaised@; border-color: @border@; }
QToolButton:pressed, QToolButton:checked { background: @accentSoft@; border-color: @accentSoft@; color: @accent@; }
QToolButton:disabled { color: @textFaint@; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="segmentLeft"] { border: 1px solid @border@; border-top-right-radius: 0; border-bottom-right-radius: 0; padding: 4px 12px; background: @surface@; }
QToolButton[role="segmentRight"] { border: 1px solid @border@; border-left: none; border-top-left-radius: 0; border-bottom-left-radius: 0; padding: 4px 12px; background: @surface@; }
QToolButton[role="segmentLeft"]:checked, QToolButton[role="segmentRight"]:checked { background: @accentSoft@; color: @accent@; font-weight: 600; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox { background: @surface@; border: 1px solid @border@; border-radius: @radius@; padding: 4px 8px; selection-background-color: @accent@; selection-color: @accentText@; }
QLineEdit { min-height: 20px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QSpinBox:hover, QDoubleSpinBox:hover { border-color: @borderStrong@; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus { border-color: @accent@; }
QLineEdit[invalid="true"] { border-color: @danger@; }
QComboBox { background: @surface@; border: 1px solid @border@; border-radius: @radius@; padding: 4px 8px; min-height: 20px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(:/icons/arrow-down.svg); width: 14px; height: 14px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 20px; border: none; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 20px; border: none; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/icons/arrow-up.svg); width: 11px; height: 11px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/icons/arrow-down.svg); width: 11px; height: 11px; }
QComboBox QAbstractItemView { background: @surface@; border: 1px solid @borderStrong@; selection-background-color: @accentSoft@; selection-color: @text@; padding: 5px; outline: none; }
QComboBox QAbstractItemView::item { padding: 6px 12px; border-radius: @radiusSmall@; }
QComboBox:disabled, QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled { background: @surfaceSunken@; }
QCheckBox, QRadioButton { spacing: 7px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 14px; height: 14px; border: 1px solid @textFaint@; border-radius: 3px; background: @surface@; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus, QRadioButton::indicator:hover, QRadioButton::indicator:focus { border-color: @accent@; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled, QAbstractItemView::indicator:disabled { border-color: @borderStrong@; background: @surfaceSunken@; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: @accent@; border-color: @accent@; image: url(@tick@); }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent@; }
QCheckBox::indicator:checked:focus { border-color: @text@; }
QCheckBox::indicator:checked:disabled, QAbstractItemView::indicator:checked:disabled { background: @textFaint@; border-color: @textFaint@; }
QRadioButton::indicator:checked:disabled { border-color: @textFaint@; }
QProgressBar { background: @border@; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; text-align: center; }
QProgressBar::chunk { background: @accent@; border-radius: 3px; }
)";

const char* const views = R"(
QAbstractItemView { background: @surface@; border: none; outline: none; selection-background-color: @accentSoft@; selection-color: @text@; alternate-background-color: @surfaceRaised@; }
QTreeView::item, QListView::item, QTableView::item { padding: 3px 4px; border: none; }
QTreeView::item:hover, QListView::item:hover { background: @surfaceRaised@; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected { background: @accentSoft@; color: @text@; }
QTreeView::branch { background: transparent; }
QHeaderView { background: @surface@; border: none; }
QHeaderView::section { background: @surface@; color: @textMuted@; border: none; border-bottom: 1px solid @border@; padding: 5px 8px; }
QTableView { gridline-color: @border@; }
QTableCornerButton::section { background: @surface@; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: @borderStrong@; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @textFaint@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

} // namespace

QString styleSheet(const ThemeColours& c, const ThemeMetrics& m) {
    const auto px = [](int value) { return QStringLiteral("%1px").arg(value); };
    const bool darkSurface = c.surface.lightnessF() < 0.5F;
    const QList<std::pair<QString, QString>> values = {
        {QStringLiteral("window"), c.window.name()},
        {QStringLiteral("surface"), c.surface.name()},
        {QStringLiteral("surfaceRaised"), c.surfaceRaised.name()},
        {QStringLiteral("surfaceSunken"), c.surfaceSunken.name()},
        {QStringLiteral("border"), c.border.name()},
        {QStringLiteral("borderStrong"), c.borderStrong.name()},
        {QStringLiteral("text"), c.text.name()},
        {QStringLiteral("textMuted"), c.textMuted.name()},
        {QStringLiteral("textFaint"), c.textFaint.name()},
        {QStringLiteral("accent"), c.accent.name()},
        {QStringLiteral("accentHover"),
         (darkSurface ? c.accent.lighter(112) : c.accent.darker(112)).name()},
        {QStringLiteral("accentText"), c.accentText.name()},
        {QStringLiteral("accentSoft"), c.accentSoft.name()},
        {QStringLiteral("danger"), c.danger.name()},
        {QStringLiteral("tick"), darkSurface ? QStringLiteral(":/icons/tick-dark.svg")
                                             : QStringLiteral(":/icons/tick-light.svg")},
        {QStringLiteral("radiusSmall"), px(m.radiusSmall)},
        {QStringLiteral("radius"), px(m.radius)},
        {QStringLiteral("radiusLarge"), px(m.radiusLarge)},
    };
    QString sheet = QString::fromLatin1(frame) + QString::fromLatin1(bars) +
                    QString::fromLatin1(controls) + QString::fromLatin1(views);
    for (const auto& [name, value] : values)
        sheet.replace(QLatin1Char('@') + name + QLatin1Char('@'), value);
    return sheet;
}

} // namespace hmgrl
