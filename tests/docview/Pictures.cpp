#include "docview/Pictures.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <set>

namespace hmgrl::test {
namespace {

/// Different colours on a coarse grid: a blank or failed rendering has one or two.
std::size_t colourCount(const QImage& image) {
    std::set<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3)
        for (int x = 0; x < image.width(); x += 3)
            colours.insert(image.pixel(x, y));
    return colours.size();
}

} // namespace

ThemedTest::ThemedTest()
    : m_theme(GetParam()) {
    m_theme.install(*qApp);
}

ThemedTest::~ThemedTest() {
    Theme light;
    light.install(*qApp);
}

void ThemedTest::keep(const QPixmap& picture, const char* name) const {
    EXPECT_GT(colourCount(picture.toImage()), 8U) << name;
    const QString folder = qEnvironmentVariable("HMGRL_PICTURES");
    const QString mode = m_theme.isDark() ? QStringLiteral("dark") : QStringLiteral("light");
    if (!folder.isEmpty())
        picture.save(QDir(folder).filePath(
            QStringLiteral("%1-%2.png").arg(QString::fromLatin1(name), mode)));
}

} // namespace hmgrl::test
