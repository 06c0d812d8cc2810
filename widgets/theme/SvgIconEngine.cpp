#include "theme/SvgIconEngine.h"

#include "theme/Theme.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace hmgrl {

SvgIconEngine::SvgIconEngine(const Theme* theme, const QString& name)
    : m_theme(theme)
    , m_name(name) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (file.open(QIODevice::ReadOnly))
        m_svg = file.readAll();
}

void SvgIconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode,
                          QIcon::State state) {
    if (!m_theme)
        return;
    const qreal ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(rect, render((QSizeF(rect.size()) * ratio).toSize(), colour(mode, state)));
}

QPixmap SvgIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) {
    return m_theme ? render(size, colour(mode, state)) : QPixmap();
}

QIconEngine* SvgIconEngine::clone() const {
    return new SvgIconEngine(m_theme, m_name);
}

QColor SvgIconEngine::colour(QIcon::Mode mode, QIcon::State state) const {
    const ThemeColours& colours = m_theme->colours();
    if (mode == QIcon::Disabled)
        return colours.textFaint;
    if (mode == QIcon::Selected || state == QIcon::On)
        return colours.accent;
    return mode == QIcon::Active ? colours.text : colours.textMuted;
}

QPixmap SvgIconEngine::render(const QSize& pixels, const QColor& colour) {
    const QString key =
        QStringLiteral("%1x%2%3").arg(pixels.width()).arg(pixels.height()).arg(colour.name());
    if (const auto found = m_cache.constFind(key); found != m_cache.constEnd())
        return *found;
    QByteArray svg = m_svg;
    svg.replace("#000000", colour.name().toLatin1());
    QPixmap pixmap(pixels);
    pixmap.fill(Qt::transparent);
    if (!svg.isEmpty()) {
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        renderer.render(&painter);
    }
    return *m_cache.insert(key, pixmap);
}

} // namespace hmgrl
