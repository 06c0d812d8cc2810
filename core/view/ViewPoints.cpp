#include "view/ViewPoints.h"

#include "view/LassoArea.h"

#include <algorithm>

namespace hmgrl {

using disk::Complex;

void ViewPoints::setLayout(std::span<const DiskPoint> points) {
    m_x.resize(points.size());
    m_y.resize(points.size());
    m_view.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        m_view[i] = disk::toCartesian(points[i]);
        m_x[i] = m_view[i].real();
        m_y[i] = m_view[i].imag();
    }
    m_pickable.assign(points.size(), Pickable::Sample);
}

void ViewPoints::setPickable(const std::function<Pickable(std::size_t)>& ofRow) {
    for (std::size_t row = 0; row < m_pickable.size(); ++row)
        m_pickable[row] = ofRow(row);
}

namespace {
/// (a z + b) / (conj(b) z + conj(a)) in real arithmetic over plain arrays: the compiler makes
/// vector instructions of it, which std::complex with its care for infinities prevents.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
__attribute__((target_clones("avx2", "default")))
#endif
void mapAll(const double* x, const double* y, double* view, std::size_t n, Complex a, Complex b) {
    const double ar = a.real(), ai = a.imag();
    const double br = b.real(), bi = b.imag();
    for (std::size_t i = 0; i < n; ++i) {
        const double nr = ar * x[i] - ai * y[i] + br;
        const double ni = ar * y[i] + ai * x[i] + bi;
        const double dr = br * x[i] + bi * y[i] + ar;
        const double di = br * y[i] - bi * x[i] - ai;
        const double scale = 1 / (dr * dr + di * di);
        view[2 * i] = (nr * dr + ni * di) * scale;
        view[2 * i + 1] = (ni * dr - nr * di) * scale;
    }
}
} // namespace

void ViewPoints::apply(const disk::Isometry& focus) {
    auto* view = reinterpret_cast<double*>(m_view.data()); // complex is two doubles by the standard
    mapAll(m_x.data(), m_y.data(), view, m_view.size(), focus.a(), focus.b());
}

int ViewPoints::nearest(Complex z, double reach) const {
    double bestPrototype = reach * reach;
    double bestSample = bestPrototype;
    int prototype = -1;
    int sample = -1;
    for (std::size_t i = 0; i < m_view.size(); ++i) {
        const double apart = std::norm(m_view[i] - z);
        // Few points pass this: no kind is looked up for the others.
        if (!(apart <= bestSample || apart <= bestPrototype) || m_pickable[i] == Pickable::No)
            continue;
        const bool isPrototype = m_pickable[i] == Pickable::Prototype;
        double& best = isPrototype ? bestPrototype : bestSample;
        if (apart <= best) {
            best = apart;
            (isPrototype ? prototype : sample) = static_cast<int>(i);
        }
    }
    return prototype >= 0 ? prototype : sample;
}

std::vector<int> ViewPoints::inside(std::span<const Complex> polygon) const {
    const LassoArea lasso(polygon);
    std::vector<int> rows;
    for (std::size_t i = 0; i < m_view.size(); ++i)
        if (m_pickable[i] != Pickable::No && lasso.contains(m_view[i]))
            rows.push_back(static_cast<int>(i));
    return rows;
}

} // namespace hmgrl
