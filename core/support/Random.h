#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace hmgrl {

/// Deterministic random numbers: std::mt19937 is fully specified, the draws below are ours, so the
/// same seed gives the same sequence on every platform.
class Random {
public:
    explicit Random(std::uint32_t seed)
        : m_engine(seed) {}

    /// Uniform in [0, n], masked 32-bit draws with rejection (NumPy's legacy `rk_interval`).
    std::uint32_t upTo(std::uint32_t n) {
        std::uint32_t mask = n;
        for (int shift : {1, 2, 4, 8, 16})
            mask |= mask >> shift;
        std::uint32_t value = 0;
        do
            value = m_engine() & mask;
        while (value > n);
        return value;
    }

    /// Uniform in [0, 1).
    double uniform() {
        const std::uint32_t high = m_engine() >> 5;
        const std::uint32_t low = m_engine() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /// Fisher-Yates from the end; with the same seed identical to numpy.random.seed + shuffle of a
    /// list.
    template <typename T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) {
            const std::size_t j = upTo(static_cast<std::uint32_t>(i - 1));
            if (j != i - 1)
                std::swap(items[i - 1], items[j]);
        }
    }

private:
    std::mt19937 m_engine;
};

} // namespace hmgrl
