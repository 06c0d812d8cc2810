#include "theme/Theme.h"

#include "data/Palette.h"
#include "theme/SvgIconEngine.h"

#include <QApplication>
#include <QComboBox>
#include <QFontDatabase>
#include <QFrame>
#include <QPalette>
#include <QProxyStyle>
#include <QStyledItemDelegate>
#include <algorithm>
#include <cmath>

// Resources of a static library must be named once from outside any namespace.
static void initIcons() {
    Q_INIT_RESOURCE(icons);
}

namespace hmgrl {
namespace {

ThemeColours lightColours() {
    ThemeColours c;
    c.window = QColor(0xEEF0F4);
    c.surface = QColor(0xFFFFFF);
    c.surfaceRaised = QColor(0xF6F7FA);
    c.surfaceSunken = QColor(0xF1F3F7);
    c.border = QColor(0xDCE0E8);
    c.borderStrong = QColor(0xBCC3D0);
    c.text = QColor(0x1A2130);
    c.textMuted = QColor(0x566074);
    c.textFaint = QColor(0x949DAE);
    c.accent = QColor(0x3A55D1);
    c.accentText = QColor(0xFFFFFF);
    c.accentSoft = QColor(0xE6EBFC);
    c.success = QColor(0x1F8A5B);
    c.warning = QColor(0xB4690E);
    c.danger = QColor(0xC5303C);
    c.shadow = QColor(20, 28, 45, 40);
    return c;
}

ThemeColours darkColours() {
    ThemeColours c;
    c.window = QColor(0x0F1218);
    c.surface = QColor(0x171B23);
    c.surfaceRaised = QColor(0x1F2430);
    c.surfaceSunken = QColor(0x12161D);
    c.border = QColor(0x2A303D);
    c.borderStrong = QColor(0x434B5C);
    c.text = QColor(0xE4E8F1);
    c.textMuted = QColor(0x9AA4B8);
    c.textFaint = QColor(0x646E82);
    c.accent = QColor(0x7F98FF);
    c.accentText = QColor(0x0E1220);
    c.accentSoft = QColor(0x252E4D);
    c.success = QColor(0x4CC38A);
    c.warning = QColor(0xE5A13D);
    c.danger = QColor(0xF2707A);
    c.shadow = QColor(0, 0, 0, 120);
    return c;
}

QPalette paletteOf(const ThemeColours& c) {
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.surface);
    palette.setColor(QPalette::AlternateBase, c.surfaceRaised);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.textFaint);
    palette.setColor(QPalette::Button, c.surfaceRaised);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.danger);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.accentText);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::ToolTipBase, c.surfaceRaised);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Light, c.surface);
    palette.setColor(QPalette::Midlight, c.surfaceRaised);
    palette.setColor(QPalette::Mid, c.border);
    palette.setColor(QPalette::Dark, c.borderStrong);
    palette.setColor(QPalette::Shadow, c.shadow);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.textFaint);
    return palette;
}

/// The first families that are installed; Qt falls back glyph by glyph along the whole list.
QStringList families(bool mono) {
    const QStringList wanted =
        mono ? QStringList{QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"),
                           QStringLiteral("DejaVu Sans Mono"), QStringLiteral("monospace")}
             : QStringList{QStringLiteral("Inter"), QStringLiteral("Noto Sans"),
                           QStringLiteral("DejaVu Sans"), QStringLiteral("sans-serif")};
    const QStringList installed = QFontDatabase::families();
    QStringList found;
    std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(found),
                 [&](const QString& family) { return installed.contains(family); });
    return found.isEmpty() ? QStringList{wanted.last()} : found;
}

struct FontShape {
    double points;
    QFont::Weight weight;
};

FontShape shapeOf(FontRole role) {
    switch (role) {
    case FontRole::Body:
        return {10, QFont::Normal};
    case FontRole::BodyStrong:
        return {10, QFont::DemiBold};
    case FontRole::Small:
        return {8.75, QFont::Normal};
    case FontRole::SmallStrong:
        return {8.75, QFont::DemiBold};
    case FontRole::Title:
        return {12, QFont::DemiBold};
    case FontRole::Heading:
        return {16, QFont::DemiBold};
    case FontRole::Mono:
        return {9.25, QFont::Normal};
    }
    return {10, QFont::Normal};
}

double linear(double v) {
    return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& c) {
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

/// The contrast ratio of the accessibility guidelines, 1 to 21.
double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

QColor mixed(const QColor& a, const QColor& b, double share) {
    const auto mix = [share](int x, int y) { return static_cast<int>(x + (y - x) * share); };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

/// Fusion, whose combo boxes open a list that looks as the style sheet says. Its own list lies over
/// the box like a menu, in frames and with a delegate that know no style sheet.
class Style : public QProxyStyle {
public:
    Style()
        : QProxyStyle(QStringLiteral("Fusion")) {}

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override {
        if (hint == SH_ComboBox_Popup)
            return 0;
        if (hint == SH_ComboBox_PopupFrameStyle)
            return QFrame::NoFrame;
        return QProxyStyle::styleHint(hint, option, widget, data);
    }

    using QProxyStyle::polish;
    void polish(QWidget* widget) override {
        QProxyStyle::polish(widget);
        auto* box = qobject_cast<QComboBox*>(widget);
        if (box && !qobject_cast<QStyledItemDelegate*>(box->itemDelegate()))
            box->setItemDelegate(new QStyledItemDelegate(box));
    }
};

} // namespace

Theme::Theme(Mode mode, QObject* parent)
    : QObject(parent)
    , m_mode(mode) {
    initIcons();
}

void Theme::install(QApplication& application) {
    m_application = &application;
    application.setStyle(new Style);
    apply();
}

void Theme::setMode(Mode mode) {
    if (mode == m_mode)
        return;
    m_mode = mode;
    apply();
    Q_EMIT changed();
}

void Theme::apply() {
    if (!m_application)
        return;
    m_application->setFont(font(FontRole::Body));
    m_application->setPalette(paletteOf(colours()));
    m_application->setStyleSheet(styleSheet(colours(), m_metrics));
}

const ThemeColours& Theme::colours() const {
    static const ThemeColours light = lightColours();
    static const ThemeColours dark = darkColours();
    return isDark() ? dark : light;
}

QFont Theme::font(FontRole role) const {
    const FontShape shape = shapeOf(role);
    QFont font;
    font.setFamilies(families(role == FontRole::Mono));
    font.setPointSizeF(shape.points);
    font.setWeight(shape.weight);
    return font;
}

QIcon Theme::icon(const QString& name) const {
    return QIcon(new SvgIconEngine(this, name));
}

QColor Theme::categoryColour(std::uint32_t rgb) const {
    // Lightness is bent until the colour stands out from the surface; the hue stays. Most colours
    // of the palette do so as they are: they look alike here and on the disk.
    constexpr double enough = 2.0, step = 0.02;
    Oklab bent = toOklab(rgb);
    const auto made = [&] { return QColor::fromRgb(static_cast<QRgb>(toRgb(bent))); };
    if (contrast(QColor::fromRgb(static_cast<QRgb>(rgb)), colours().surface) >= enough)
        return QColor::fromRgb(static_cast<QRgb>(rgb));
    const double direction = isDark() ? step : -step;
    for (int i = 0; i < 50 && contrast(made(), colours().surface) < enough; ++i)
        bent.lightness = std::clamp(bent.lightness + direction, 0.0, 1.0);
    return made();
}

QColor Theme::categorySoft(std::uint32_t rgb) const {
    return mixed(colours().surface, categoryColour(rgb), isDark() ? 0.24 : 0.14);
}

} // namespace hmgrl
