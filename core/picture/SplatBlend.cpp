#include "picture/SplatBlend.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define HMGRL_AVX2 1
#include <immintrin.h>
#else
#define HMGRL_AVX2 0
#endif

namespace hmgrl {

std::uint32_t SplatBlend::pixel(std::uint32_t below, std::uint8_t cover) const {
    std::uint32_t m = cover * m_alpha >> 8;
    m += m >> 7;
    std::uint32_t result = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        const int p = static_cast<int>(below >> shift & 0xFF);
        const int c = static_cast<int>(m_colour >> shift & 0xFF);
        const int blended = p + (((c - p) * static_cast<int>(m) + 128) >> 8);
        result |= static_cast<std::uint32_t>(blended) << shift;
    }
    return result;
}

void SplatBlend::rowsPortable(std::uint32_t* pixels, std::ptrdiff_t rowLength,
                              const std::uint8_t* cover, int blocks, int rows) const {
    for (int row = 0; row < rows; ++row, pixels += rowLength)
        for (int i = 0; i < 8 * blocks; ++i)
            if (const std::uint8_t c = *cover++; c != 0)
                pixels[i] = pixel(pixels[i], c);
}

#if HMGRL_AVX2
__attribute__((target("avx2"))) void SplatBlend::rowsAvx2(std::uint32_t* pixels,
                                                          std::ptrdiff_t rowLength,
                                                          const std::uint8_t* cover, int blocks,
                                                          int rows) const {
    const __m256i zero = _mm256_setzero_si256();
    const __m256i colour =
        _mm256_unpacklo_epi8(_mm256_set1_epi32(static_cast<int>(m_colour)), zero);
    const __m128i alpha = _mm_set1_epi16(static_cast<short>(m_alpha));
    // Unpacking takes the pixels 0 1 4 5 and 2 3 6 7 of eight: so does the spreading of coverage
    // over the four channels.
    const __m256i low = _mm256_setr_epi8(0, 1, 0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3, 2, 3, 8, 9, 8, 9,
                                         8, 9, 8, 9, 10, 11, 10, 11, 10, 11, 10, 11);
    const __m256i high = _mm256_add_epi8(low, _mm256_set1_epi8(4));
    for (int row = 0; row < rows; ++row, pixels += rowLength)
        for (int i = 0; i < blocks; ++i, cover += 8) {
            auto* place = reinterpret_cast<__m256i*>(pixels + 8 * i);
            const __m256i below = _mm256_loadu_si256(place);
            const __m128i bytes =
                _mm_cvtepu8_epi16(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(cover)));
            const __m128i part = _mm_srli_epi16(_mm_mullo_epi16(bytes, alpha), 8);
            const __m256i m =
                _mm256_broadcastsi128_si256(_mm_add_epi16(part, _mm_srli_epi16(part, 7)));
            __m256i a = _mm256_unpacklo_epi8(below, zero);
            __m256i b = _mm256_unpackhi_epi8(below, zero);
            // mulhrs(128 d, m) is (d m + 128) / 256.
            const __m256i da = _mm256_slli_epi16(_mm256_sub_epi16(colour, a), 7);
            const __m256i db = _mm256_slli_epi16(_mm256_sub_epi16(colour, b), 7);
            a = _mm256_add_epi16(a, _mm256_mulhrs_epi16(da, _mm256_shuffle_epi8(m, low)));
            b = _mm256_add_epi16(b, _mm256_mulhrs_epi16(db, _mm256_shuffle_epi8(m, high)));
            _mm256_storeu_si256(place, _mm256_packus_epi16(a, b));
        }
}
#else
void SplatBlend::rowsAvx2(std::uint32_t* pixels, std::ptrdiff_t rowLength,
                          const std::uint8_t* cover, int blocks, int rows) const {
    rowsPortable(pixels, rowLength, cover, blocks, rows);
}
#endif

void SplatBlend::rows(std::uint32_t* pixels, std::ptrdiff_t rowLength, const std::uint8_t* cover,
                      int blocks, int rows) const {
#if HMGRL_AVX2
    static const bool avx2 = __builtin_cpu_supports("avx2");
    if (avx2)
        return rowsAvx2(pixels, rowLength, cover, blocks, rows);
#endif
    rowsPortable(pixels, rowLength, cover, blocks, rows);
}

} // namespace hmgrl
