#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QString>

class QApplication;

namespace hmgrl {

/// The colours of one appearance. Every colour a widget paints comes from here (or is a
/// category's).
struct ThemeColours {
    QColor window;        ///< behind panels
    QColor surface;       ///< panels, lists, text
    QColor surfaceRaised; ///< headers, inputs, hover
    QColor surfaceSunken; ///< wells: the disk's and the image's background
    QColor border, borderStrong;
    QColor text, textMuted, textFaint;
    QColor accent, accentText, accentSoft; ///< accentSoft: background of what is selected
    QColor success, warning, danger;
    QColor shadow;
};

/// Lengths in device-independent pixels.
struct ThemeMetrics {
    int radiusSmall = 4, radius = 6, radiusLarge = 10;
    int gapSmall = 4, gap = 8, gapLarge = 16;
    int controlHeight = 30, iconSize = 18;
};

enum class FontRole { Body, BodyStrong, Small, SmallStrong, Title, Heading, Mono };

/// The look of the program: light or dark. Made once in main and passed to who paints; icons and
/// the style sheet follow when the mode changes.
class Theme : public QObject {
    Q_OBJECT
public:
    enum class Mode { Light, Dark };

    explicit Theme(Mode mode = Mode::Light, QObject* parent = nullptr);

    /// Fusion, palette, fonts and style sheet, now and whenever the mode changes.
    void install(QApplication& application);

    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] bool isDark() const { return m_mode == Mode::Dark; }
    void setMode(Mode mode); ///< changed() follows

    [[nodiscard]] const ThemeColours& colours() const;
    [[nodiscard]] const ThemeMetrics& metrics() const { return m_metrics; }
    [[nodiscard]] QFont font(FontRole role) const;
    /// resources/icons/NAME.svg, drawn in the current text colour (muted when disabled, accent when
    /// on).
    [[nodiscard]] QIcon icon(const QString& name) const;
    /// A category's 0xRRGGBB as it reads on this theme, and a soft background of it.
    [[nodiscard]] QColor categoryColour(std::uint32_t rgb) const;
    [[nodiscard]] QColor categorySoft(std::uint32_t rgb) const;

Q_SIGNALS:
    void changed();

private:
    void apply();

    Mode m_mode;
    ThemeMetrics m_metrics;
    QApplication* m_application = nullptr;
};

/// The style sheet of a theme, generated from its colours and metrics.
[[nodiscard]] QString styleSheet(const ThemeColours& colours, const ThemeMetrics& metrics);

} // namespace hmgrl
