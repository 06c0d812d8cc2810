#include "layout/TreePlacement.h"

#include <algorithm>

namespace hmgrl::layout {

namespace {

std::vector<std::size_t> greedyChain(std::span<const double> distances, std::size_t n) {
    std::vector<std::size_t> order;
    std::vector<bool> used(n, false);
    std::size_t at = 0;
    for (std::size_t step = 0; step < n; ++step) {
        used[at] = true;
        order.push_back(at);
        std::size_t next = n;
        for (std::size_t j = 0; j < n; ++j)
            if (!used[j] && (next == n || distances[at * n + j] < distances[at * n + next]))
                next = j;
        at = next;
    }
    return order;
}

} // namespace

std::vector<std::size_t> seriate(std::span<const double> distances, std::size_t n, bool closed) {
    constexpr int mostPasses = 40;
    std::vector<std::size_t> order = n > 0 ? greedyChain(distances, n) : std::vector<std::size_t>{};
    const auto length = [&](std::size_t a, std::size_t b) { return distances[a * n + b]; };
    // Before the first and after the last stands the other end of the tour, or nobody.
    const auto join = [&](std::size_t inside, std::size_t outside, bool exists) {
        return exists ? length(inside, order[outside]) : 0.0;
    };
    bool better = n > 2;
    for (int pass = 0; pass < mostPasses && better; ++pass) {
        better = false;
        for (std::size_t i = 0; i + 1 < n; ++i)
            for (std::size_t j = i + 1; j < n; ++j) {
                if (i == 0 && j + 1 == n)
                    continue;
                const std::size_t before = (i + n - 1) % n;
                const std::size_t after = (j + 1) % n;
                const bool hasBefore = closed || i > 0;
                const bool hasAfter = closed || j + 1 < n;
                const double now =
                    join(order[i], before, hasBefore) + join(order[j], after, hasAfter);
                const double then =
                    join(order[j], before, hasBefore) + join(order[i], after, hasAfter);
                if (then < now - 1e-12) {
                    std::reverse(order.begin() + static_cast<std::ptrdiff_t>(i),
                                 order.begin() + static_cast<std::ptrdiff_t>(j) + 1);
                    better = true;
                }
            }
    }
    return order;
}

} // namespace hmgrl::layout
