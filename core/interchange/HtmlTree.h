#pragma once

#include "support/Cancel.h"

#include <memory>
#include <string>
#include <string_view>

struct GumboInternalNode;

namespace hmgrl {

/// A page as a tree of Gumbo nodes, parsed within bounds of time, memory and depth, and
/// cancellable. The nodes point into the page's text.
class HtmlTree {
public:
    /// @throws Error when a bound is met, Cancelled
    HtmlTree(std::string utf8, double maxSeconds, const CancelToken& cancel);
    HtmlTree(const HtmlTree&) = delete;
    HtmlTree& operator=(const HtmlTree&) = delete;
    ~HtmlTree();

    [[nodiscard]] const GumboInternalNode* document() const { return m_document; }

private:
    class Arena;
    std::string m_text;
    std::unique_ptr<Arena> m_arena;
    const GumboInternalNode* m_document = nullptr;
};

/// Deepest nesting of tags as a plain scan sees it: elements that end by themselves don't count,
/// scripts and styles are passed over.
[[nodiscard]] int htmlNesting(std::string_view html);

} // namespace hmgrl
