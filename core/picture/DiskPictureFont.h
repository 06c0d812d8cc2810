#pragma once

#include <memory>
#include <string>

struct _PangoLayout;

namespace hmgrl::picture {

enum class Weight { Regular, Medium, Bold };

/// The family of the window, another sans-serif face where it is missing, and others for the
/// characters that it lacks; shaped as each script wants it. For one thread.
class Font {
public:
    Font();
    ~Font();
    Font(const Font&) = delete;
    Font& operator=(const Font&) = delete;

    [[nodiscard]] double width(const std::string& utf8, double size, Weight weight) const;
    /// Cut to a width with "…" at the end.
    [[nodiscard]] std::string elided(const std::string& utf8, double size, Weight weight,
                                     double most) const;
    /// The text as one line. Valid until the next call.
    [[nodiscard]] _PangoLayout* layout(const std::string& utf8, double size, Weight weight) const;

    static constexpr const char* families = "Inter, Noto Sans, DejaVu Sans, sans-serif";

private:
    struct Private;
    std::unique_ptr<Private> m;
};

/// Valid UTF-8 without control characters, whatever came in: what is neither becomes U+FFFD or a
/// blank.
[[nodiscard]] std::string printable(const std::string& bytes);

} // namespace hmgrl::picture
