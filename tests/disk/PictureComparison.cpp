#include "disk/PictureComparison.h"

#include <QDir>
#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace hmgrl::test {

namespace {

using Lab = std::array<double, 3>;

double linear(int channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double curve(double t) {
    return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/// CIE L*a*b* of an sRGB colour, D65.
Lab toLab(QRgb colour) {
    const double r = linear(qRed(colour)), g = linear(qGreen(colour)), b = linear(qBlue(colour));
    const double x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    const double y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const double z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

QImage fromAfar(const QImage& picture) {
    return picture.scaled(picture.size() / 3, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB32);
}

} // namespace

PictureDifference comparePictures(const QImage& first, const QImage& second) {
    if (first.size() != second.size() || first.isNull())
        return {100, 1};
    const QImage a = fromAfar(first), b = fromAfar(second);
    PictureDifference difference;
    const double places = static_cast<double>(a.width()) * a.height();
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const Lab p = toLab(a.pixel(x, y)), q = toLab(b.pixel(x, y));
            const double apart = std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
            difference.mean += apart / places;
            difference.share += apart > 12 ? 1 / places : 0;
        }
    return difference;
}

void expectBaseline(const QImage& found, const QString& name) {
    const QString folder = QStringLiteral(HMGRL_SOURCE_DIR "/tests/disk/baselines");
    const QString file = folder + QLatin1Char('/') + name + QStringLiteral(".png");
    if (qEnvironmentVariableIsSet("HMGRL_UPDATE_BASELINES")) {
        ASSERT_TRUE(QDir().mkpath(folder));
        ASSERT_TRUE(found.convertToFormat(QImage::Format_RGB888).save(file)) << qPrintable(file);
        return;
    }
    const QImage expected(file);
    ASSERT_FALSE(expected.isNull()) << "no picture " << qPrintable(file);
    const PictureDifference difference = comparePictures(expected, found);
    EXPECT_LT(difference.mean, 1.0) << qPrintable(name);
    EXPECT_LT(difference.share, 0.01) << qPrintable(name);
    if (::testing::Test::HasFailure())
        found.save(name + QStringLiteral(".found.png"));
}

} // namespace hmgrl::test
