#pragma once

#include <QIconEngine>
#include <QMap>
#include <QPointer>
#include <QString>

namespace hmgrl {

class Theme;

/// Draws one monochrome SVG of the resources in the theme's colours at any size and pixel ratio.
/// Follows the theme by itself; draws nothing once the theme is gone.
class SvgIconEngine : public QIconEngine {
public:
    SvgIconEngine(const Theme* theme, const QString& name);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QIconEngine* clone() const override;

private:
    [[nodiscard]] QColor colour(QIcon::Mode mode, QIcon::State state) const;
    [[nodiscard]] QPixmap render(const QSize& pixels, const QColor& colour);

    QPointer<const Theme> m_theme;
    QString m_name;
    QByteArray m_svg;
    QMap<QString, QPixmap> m_cache; ///< by size and colour
};

} // namespace hmgrl
