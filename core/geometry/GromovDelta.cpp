#include "geometry/GromovDelta.h"

#include "support/Error.h"

#include <algorithm>
#include <string>
#include <vector>

namespace hmgrl {

GromovDelta gromovDelta(std::span<const double> distances, std::size_t n) {
    if (distances.size() != n * n)
        throw Error({}, "delta-hyperbolicity",
                    "expected " + std::to_string(n * n) + " distances, found " +
                        std::to_string(distances.size()));
    GromovDelta out;
    if (n < 4)
        return out;
    out.diameter = *std::max_element(distances.begin(), distances.end());
    std::vector<double> product(n * n);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            product[i * n + j] = (distances[i] + distances[j] - distances[i * n + j]) / 2;
    std::vector<double> best(n);
    for (std::size_t i = 0; i < n; ++i) {
        std::fill(best.begin(), best.end(), -1e300);
        for (std::size_t k = 0; k < n; ++k) {
            const double left = product[i * n + k];
            const double* row = product.data() + k * n;
            for (std::size_t j = 0; j < n; ++j)
                best[j] = std::max(best[j], std::min(left, row[j]));
        }
        for (std::size_t j = 0; j < n; ++j)
            out.delta = std::max(out.delta, best[j] - product[i * n + j]);
    }
    out.relative = out.diameter > 0 ? 2 * out.delta / out.diameter : 0;
    return out;
}

} // namespace hmgrl
