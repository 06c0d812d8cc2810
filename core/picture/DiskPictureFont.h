#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace hmgrl::picture {

/// Coverage of a line of text, row by row, placed relative to the start of its baseline (y down).
struct TextMask {
    int left = 0, top = 0, width = 0, height = 0;
    std::vector<std::uint8_t> ink;
    std::vector<std::uint8_t> halo; ///< the ink and a border around it
};

/// The system's sans-serif face, with others for the characters it lacks; OpenCV's stroke font
/// where the system has no font at all. No shaping: letters stand in the order of their code
/// points, joined-up and right-to-left scripts are drawn letter by letter. For one thread.
class Font {
public:
    Font();
    ~Font();
    Font(const Font&) = delete;
    Font& operator=(const Font&) = delete;

    [[nodiscard]] double width(const std::string& utf8, double size, bool bold) const;
    [[nodiscard]] TextMask render(const std::string& utf8, double size, bool bold,
                                  double halo) const;
    /// Cut to a width with "…" at the end.
    [[nodiscard]] std::string elided(const std::string& utf8, double size, bool bold,
                                     double most) const;

private:
    struct Faces;
    std::unique_ptr<Faces> m_faces;
};

/// Valid UTF-8 without control characters, whatever came in: what is neither becomes U+FFFD or a
/// blank.
[[nodiscard]] std::string printable(const std::string& bytes);

} // namespace hmgrl::picture
