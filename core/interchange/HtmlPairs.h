#pragma once

#include "support/Cancel.h"

#include <cstddef>
#include <string>
#include <vector>

struct GumboInternalNode;

namespace hmgrl {

/// Longest caption, alt text or paragraph taken, in code points: an article, not a book.
inline constexpr int maxPageText = 10000;

/// An image of a page with the words around it; white space is collapsed.
struct PageImage {
    std::string reference; ///< as the page writes it: src, lazy source or the largest of a srcset
    std::string caption;   ///< of the figure it stands in
    std::string alt;
    std::string paragraph;  ///< the nearest block of running text
    bool shortened = false; ///< one of the three texts was longer than maxPageText code points
};

struct PageContent {
    std::string title;
    std::string base;    ///< of <base href>, may be empty
    std::string address; ///< canonical link, or where a browser says it saved the page from
    std::vector<PageImage>
        images;              ///< in page order; scripts, hidden parts and tracking pixels left out
    std::size_t omitted = 0; ///< further images beyond the limit
};

/// Reads the tree without recursion. @throws Cancelled
[[nodiscard]] PageContent readPage(const GumboInternalNode* document, std::size_t maxImages,
                                   const CancelToken& cancel);

} // namespace hmgrl
