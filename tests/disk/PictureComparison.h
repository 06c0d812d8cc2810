#pragma once

#include <QImage>
#include <QString>

namespace hmgrl::test {

/// How far two pictures are apart to the eye.
struct PictureDifference {
    double mean = 0;  ///< CIE 1976 difference, over all places
    double share = 0; ///< of places that differ by more than 12
};

/// Of pictures of one size, seen from a little farther away: both are shrunk to a third first, so
/// that other edges of letters and marks don't count. Pictures of different sizes are as far apart
/// as can be.
[[nodiscard]] PictureDifference comparePictures(const QImage& a, const QImage& b);

/// Expects the picture that is stored under tests/disk/baselines. With HMGRL_UPDATE_BASELINES=1 in
/// the environment it is written instead. A picture that fails lies beside the test program, as
/// NAME.found.png.
void expectBaseline(const QImage& found, const QString& name);

} // namespace hmgrl::test
