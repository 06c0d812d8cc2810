#pragma once

#include <gumbo.h>
#include <string>
#include <string_view>

namespace hmgrl {

/// Value of an attribute, empty when absent.
[[nodiscard]] std::string attribute(const GumboElement& element, const char* name);

/// Not shown: the hidden attribute, display:none or visibility:hidden.
[[nodiscard]] bool isHidden(const GumboElement& element);

/// Declared at most 2 pixels wide or high, or named like a spacer.
[[nodiscard]] bool isPixel(const GumboElement& image, const std::string& reference);

/// The largest candidate of a srcset.
[[nodiscard]] std::string largestOf(std::string_view srcset);

/// Where an img's picture is. A placeholder in src gives way to the lazy source; `fallback` is the
/// srcset of the picture element around it. Empty when there is none.
[[nodiscard]] std::string imageReference(const GumboElement& image, const std::string& fallback);

} // namespace hmgrl
