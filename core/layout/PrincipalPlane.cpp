#include "layout/PrincipalPlane.h"

#include <algorithm>
#include <cmath>

namespace hmgrl::layout {

namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

/// Scales to length 1. False, and all zero, when there is no length to speak of.
bool normalise(Vector& v, double least) {
    const double length = std::sqrt(dot(v, v));
    const bool sound = length > least;
    for (double& x : v)
        x = sound ? x / length : 0.0;
    return sound;
}

Vector meanOf(std::span<const double> rows, std::size_t width, std::size_t stride) {
    Vector mean(width, 0.0);
    std::size_t count = 0;
    for (std::size_t row = 0; row < rows.size() / width; row += stride, ++count)
        for (std::size_t k = 0; k < width; ++k)
            mean[k] += rows[row * width + k];
    for (double& x : mean)
        x /= static_cast<double>(std::max<std::size_t>(count, 1));
    return mean;
}

Vector covarianceOf(std::span<const double> rows, const Vector& mean, std::size_t stride) {
    const std::size_t width = mean.size();
    Vector covariance(width * width, 0.0);
    Vector centred(width);
    std::size_t count = 0;
    for (std::size_t row = 0; row < rows.size() / width; row += stride, ++count) {
        for (std::size_t k = 0; k < width; ++k)
            centred[k] = rows[row * width + k] - mean[k];
        for (std::size_t i = 0; i < width; ++i)
            for (std::size_t j = 0; j < width; ++j)
                covariance[i * width + j] += centred[i] * centred[j];
    }
    for (double& x : covariance)
        x /= static_cast<double>(std::max<std::size_t>(count, 1));
    return covariance;
}

Vector multiply(const Vector& matrix, const Vector& v) {
    Vector out(v.size(), 0.0);
    for (std::size_t i = 0; i < v.size(); ++i)
        for (std::size_t j = 0; j < v.size(); ++j)
            out[i] += matrix[i * v.size() + j] * v[j];
    return out;
}

/// The leading eigenvector orthogonal to `other`, by power iteration from the column of the largest
/// variance. The start is never orthogonal to the answer unless the variance itself vanishes.
Vector leadingAxis(const Vector& matrix, std::size_t width, const Vector& other, double least) {
    constexpr int iterations = 80;
    Vector axis(width, 0.0);
    const auto clean = [&] {
        const double along = dot(axis, other);
        for (std::size_t k = 0; k < width; ++k)
            axis[k] -= along * other[k];
        return normalise(axis, least);
    };
    double best = -1;
    for (std::size_t column = 0; column < width; ++column) {
        const double left = matrix[column * width + column] * (1 - other[column] * other[column]);
        if (left > best) {
            best = left;
            axis.assign(matrix.begin() + static_cast<std::ptrdiff_t>(column * width),
                        matrix.begin() + static_cast<std::ptrdiff_t>((column + 1) * width));
        }
    }
    bool sound = clean();
    for (int i = 0; i < iterations && sound; ++i) {
        axis = multiply(matrix, axis);
        sound = clean();
    }
    const auto largest = std::max_element(
        axis.begin(), axis.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    if (largest != axis.end() && *largest < 0)
        for (double& x : axis)
            x = -x;
    return axis;
}

} // namespace

std::array<double, 2> PrincipalPlane::project(std::span<const double> row) const {
    std::array<double, 2> out{0, 0};
    for (std::size_t k = 0; k < mean.size(); ++k)
        for (std::size_t a = 0; a < 2; ++a)
            out[a] += axis[a][k] * (row[k] - mean[k]);
    return out;
}

PrincipalPlane principalPlane(std::span<const double> rows, std::size_t width, std::size_t limit) {
    PrincipalPlane plane;
    if (width == 0)
        return plane;
    const std::size_t count = rows.size() / width;
    const std::size_t stride = std::max<std::size_t>(1, (count + limit - 1) / limit);
    plane.mean = meanOf(rows, width, stride);
    const Vector covariance = covarianceOf(rows, plane.mean, stride);
    double trace = 0;
    for (std::size_t k = 0; k < width; ++k)
        trace += covariance[k * width + k];
    const double least = 1e-12 * trace;
    const Vector none(width, 0.0);
    plane.axis[0] = leadingAxis(covariance, width, none, least);
    plane.axis[1] = leadingAxis(covariance, width, plane.axis[0], least);
    for (std::size_t a = 0; a < 2; ++a)
        plane.deviation[a] =
            std::sqrt(std::max(0.0, dot(plane.axis[a], multiply(covariance, plane.axis[a]))));
    return plane;
}

} // namespace hmgrl::layout
