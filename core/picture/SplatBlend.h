#pragma once

#include <cstddef>
#include <cstdint>

namespace hmgrl {

/// Blends one colour over premultiplied pixels through coverage. Every way of doing it gives the
/// same bytes: each channel goes from p to p + ((c - p) m + 128) / 256, m from 0 to 256.
class SplatBlend {
public:
    /// @param rgba premultiplied order of the target's bytes, alpha in the highest; not
    /// premultiplied
    explicit SplatBlend(std::uint32_t colour)
        : m_colour(colour | 0xFF000000u)
        , m_alpha((colour >> 24) + (colour >> 31)) {}

    /// `rows` rows of `blocks` times eight pixels, all of which may be read and written.
    void rows(std::uint32_t* pixels, std::ptrdiff_t rowLength, const std::uint8_t* cover,
              int blocks, int rows) const;
    [[nodiscard]] std::uint32_t pixel(std::uint32_t below, std::uint8_t cover) const;

private:
    void rowsPortable(std::uint32_t* pixels, std::ptrdiff_t rowLength, const std::uint8_t* cover,
                      int blocks, int rows) const;
    void rowsAvx2(std::uint32_t* pixels, std::ptrdiff_t rowLength, const std::uint8_t* cover,
                  int blocks, int rows) const;

    std::uint32_t m_colour; ///< opaque
    std::uint32_t m_alpha;  ///< 0 to 256
};

} // namespace hmgrl
