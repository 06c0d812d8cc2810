#pragma once

#include <QWidget>

namespace hmgrl {

class Theme;

/// A small rounded label: "3 accepted", "reviewed".
class StatusChip : public QWidget {
    Q_OBJECT
public:
    enum class Tone { Plain, Accent, Success, Warning, Danger };

    StatusChip(const Theme& theme, Tone tone, QWidget* parent = nullptr);

    void setText(const QString& text); ///< empty hides the chip
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    Tone m_tone;
    QString m_text;
};

} // namespace hmgrl
