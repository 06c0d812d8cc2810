#include "interchange/HtmlPairs.h"

#include "interchange/HtmlImage.h"
#include "support/Text.h"

#include <algorithm>
#include <cstring>
#include <gumbo.h>
#include <initializer_list>
#include <string_view>

namespace hmgrl {
namespace {

constexpr std::size_t shortestLooseText =
    40; ///< bytes; shorter ones outside <p> are menus and labels

bool isOneOf(GumboTag tag, std::initializer_list<GumboTag> tags) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// Not text or pictures of the page, with everything inside.
bool isIgnored(GumboTag tag) {
    return isOneOf(tag, {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEMPLATE, GUMBO_TAG_SVG,
                         GUMBO_TAG_MATH, GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_TEXTAREA,
                         GUMBO_TAG_SELECT, GUMBO_TAG_AUDIO, GUMBO_TAG_VIDEO, GUMBO_TAG_CANVAS,
                         GUMBO_TAG_NOFRAMES, GUMBO_TAG_NOEMBED});
}

/// Part of a line of text rather than a block of its own.
bool isInline(GumboTag tag) {
    return isOneOf(tag, {GUMBO_TAG_A,      GUMBO_TAG_ABBR,   GUMBO_TAG_B,        GUMBO_TAG_BDI,
                         GUMBO_TAG_BDO,    GUMBO_TAG_BIG,    GUMBO_TAG_CITE,     GUMBO_TAG_CODE,
                         GUMBO_TAG_DATA,   GUMBO_TAG_DEL,    GUMBO_TAG_DFN,      GUMBO_TAG_EM,
                         GUMBO_TAG_FONT,   GUMBO_TAG_I,      GUMBO_TAG_IMG,      GUMBO_TAG_INS,
                         GUMBO_TAG_KBD,    GUMBO_TAG_MARK,   GUMBO_TAG_NOSCRIPT, GUMBO_TAG_Q,
                         GUMBO_TAG_RP,     GUMBO_TAG_RT,     GUMBO_TAG_RUBY,     GUMBO_TAG_S,
                         GUMBO_TAG_SAMP,   GUMBO_TAG_SMALL,  GUMBO_TAG_SOURCE,   GUMBO_TAG_SPAN,
                         GUMBO_TAG_STRIKE, GUMBO_TAG_STRONG, GUMBO_TAG_SUB,      GUMBO_TAG_SUP,
                         GUMBO_TAG_TIME,   GUMBO_TAG_TT,     GUMBO_TAG_U,        GUMBO_TAG_VAR,
                         GUMBO_TAG_WBR,    GUMBO_TAG_UNKNOWN});
}

/// Text inside is no running text.
bool isNoParagraph(GumboTag tag) {
    return isOneOf(tag, {GUMBO_TAG_NAV, GUMBO_TAG_FOOTER, GUMBO_TAG_BUTTON, GUMBO_TAG_LABEL,
                         GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5,
                         GUMBO_TAG_H6, GUMBO_TAG_FIGCAPTION, GUMBO_TAG_TITLE});
}

/// Gumbo 0.10 has no tag of its own for <picture>.
bool isPicture(const GumboElement& element) {
    static constexpr std::string_view name = "picture";
    const GumboStringPiece& written = element.original_tag;
    return element.tag == GUMBO_TAG_UNKNOWN && written.length > name.size() &&
           std::equal(name.begin(), name.end(), written.data + 1,
                      [](char a, char b) { return a == (b | 0x20); });
}

/// A block of running text.
struct Block {
    std::string text;
    const GumboNode* element;
};

struct Figure {
    std::string caption;
    int outer; ///< the figure around it, or -1
};

struct Found {
    PageImage image;
    const GumboNode* node;
    int figure; ///< or -1
    std::size_t blocksBefore;
};

int depthOf(const GumboNode* node) {
    int depth = 0;
    for (; node->parent != nullptr; node = node->parent)
        ++depth;
    return depth;
}

/// Depth of the deepest element around both.
int sharedDepth(const GumboNode* a, const GumboNode* b) {
    int depthA = depthOf(a);
    int depthB = depthOf(b);
    for (; depthA > depthB; --depthA)
        a = a->parent;
    for (; depthB > depthA; --depthB)
        b = b->parent;
    for (; a != b; --depthA) {
        a = a->parent;
        b = b->parent;
    }
    return depthA;
}

/// Walks the tree in document order; enter() and leave() see each element once.
class Walker {
public:
    Walker(std::size_t maxImages, const CancelToken& cancel)
        : m_maxImages(maxImages)
        , m_cancel(cancel) {}

    PageContent walk(const GumboNode* document) {
        const GumboNode* node = document;
        while (node != nullptr) {
            if (++m_steps % 1024 == 0)
                m_cancel.throwIfCancelled();
            const GumboNode* inner = enter(node) ? childOf(node, 0) : nullptr;
            node = inner ? inner : leaveUpwards(node, document);
        }
        flush(document);
        finish();
        return std::move(m_page);
    }

private:
    static const GumboVector* childrenOf(const GumboNode* node) {
        if (node->type == GUMBO_NODE_DOCUMENT)
            return &node->v.document.children;
        return node->type == GUMBO_NODE_ELEMENT ? &node->v.element.children : nullptr;
    }
    static const GumboNode* childOf(const GumboNode* node, std::size_t index) {
        const GumboVector* children = childrenOf(node);
        return children && index < children->length
                   ? static_cast<const GumboNode*>(children->data[index])
                   : nullptr;
    }
    /// Leaves `node` and every element that ends with it; the node that follows, or null at the
    /// end.
    const GumboNode* leaveUpwards(const GumboNode* node, const GumboNode* document) {
        while (node != document) {
            leave(node);
            if (const GumboNode* next = childOf(node->parent, node->index_within_parent + 1))
                return next;
            node = node->parent;
        }
        return nullptr;
    }

    /// True when the node's children are to be walked.
    bool enter(const GumboNode* node) {
        switch (node->type) {
        case GUMBO_NODE_ELEMENT:
            return enterElement(node);
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_CDATA:
            addText(node->v.text.text);
            return false;
        case GUMBO_NODE_WHITESPACE:
            m_text += ' ';
            return false;
        case GUMBO_NODE_COMMENT:
            readComment(node->v.text.text);
            return false;
        case GUMBO_NODE_DOCUMENT:
            return true;
        case GUMBO_NODE_TEMPLATE:
            break;
        }
        return false;
    }

    bool enterElement(const GumboNode* node) {
        const GumboElement& element = node->v.element;
        if (isIgnored(element.tag) || isHidden(element))
            return false;
        if (!isInline(element.tag))
            flush(node->parent);
        if (isNoParagraph(element.tag))
            ++m_noParagraph;
        switch (element.tag) {
        case GUMBO_TAG_BASE:
            if (m_page.base.empty())
                m_page.base = attribute(element, "href");
            break;
        case GUMBO_TAG_LINK:
            if (attribute(element, "rel") == "canonical" && m_page.address.empty())
                m_page.address = attribute(element, "href");
            break;
        case GUMBO_TAG_FIGURE:
            m_figures.push_back({{}, m_figure});
            m_figure = static_cast<int>(m_figures.size()) - 1;
            break;
        case GUMBO_TAG_FIGCAPTION:
            m_caption.clear();
            ++m_inCaption;
            break;
        case GUMBO_TAG_SOURCE:
            if (m_pictureSource.empty())
                m_pictureSource = attribute(element, "srcset");
            break;
        case GUMBO_TAG_IMG:
            addImage(node);
            break;
        case GUMBO_TAG_BR:
            m_text += ' ';
            break;
        default:
            break;
        }
        return true;
    }

    void leave(const GumboNode* node) {
        if (node->type != GUMBO_NODE_ELEMENT)
            return;
        const GumboElement& element = node->v.element;
        if (isIgnored(element.tag) || isHidden(element))
            return;
        if (element.tag == GUMBO_TAG_TITLE && m_page.title.empty())
            m_page.title = collapseSpace(m_text);
        if (!isInline(element.tag))
            flush(node);
        if (isPicture(element))
            m_pictureSource.clear();
        if (element.tag == GUMBO_TAG_FIGURE)
            m_figure = m_figures[static_cast<std::size_t>(m_figure)].outer;
        if (isNoParagraph(element.tag))
            --m_noParagraph;
        if (element.tag == GUMBO_TAG_FIGCAPTION)
            takeCaption();
    }

    void addText(const char* text) {
        m_text += text;
        if (m_text.size() > m_largest) {
            m_cancel.throwIfCancelled();
            m_largest = m_text.size() + (1 << 20);
        }
    }

    /// Ends the block of text that `element` encloses.
    void flush(const GumboNode* element) {
        std::string text = collapseSpace(m_text);
        m_text.clear();
        if (text.empty())
            return;
        const bool paragraph =
            element->type == GUMBO_NODE_ELEMENT && element->v.element.tag == GUMBO_TAG_P;
        if (m_inCaption > 0)
            m_caption.append(m_caption.empty() ? "" : " ").append(text);
        else if (m_noParagraph > 0)
            return;
        else if (paragraph || text.size() >= shortestLooseText)
            m_blocks.push_back({std::move(text), element});
    }

    void takeCaption() {
        --m_inCaption;
        if (m_figure >= 0)
            m_figures[static_cast<std::size_t>(m_figure)].caption = m_caption;
        m_caption.clear();
    }

    void addImage(const GumboNode* node) {
        const GumboElement& element = node->v.element;
        PageImage image;
        image.reference = imageReference(element, m_pictureSource);
        image.alt = collapseSpace(attribute(element, "alt"));
        if (image.reference.empty() || isPixel(element, image.reference))
            return;
        if (m_found.size() >= m_maxImages)
            ++m_page.omitted;
        else
            m_found.push_back({std::move(image), node, m_figure, m_blocks.size()});
    }

    /// Browsers write where a saved page came from: "saved from url=(0022)http://example.org/".
    void readComment(const char* text) {
        static constexpr char mark[] = " saved from url=(";
        if (!m_page.address.empty() || std::strncmp(text, mark, sizeof mark - 1) != 0)
            return;
        if (const char* end = std::strchr(text, ')'))
            m_page.address = collapseSpace(end + 1);
    }

    void finish() {
        for (Found& found : m_found) {
            m_cancel.throwIfCancelled();
            for (int figure = found.figure; figure >= 0 && found.image.caption.empty();
                 figure = m_figures[static_cast<std::size_t>(figure)].outer)
                found.image.caption = m_figures[static_cast<std::size_t>(figure)].caption;
            found.image.paragraph = nearestText(found);
            for (std::string* text :
                 {&found.image.caption, &found.image.alt, &found.image.paragraph})
                found.image.shortened = shorten(*text) || found.image.shortened;
            m_page.images.push_back(std::move(found.image));
        }
    }

    static bool shorten(std::string& text) {
        if (text.size() <= maxPageText || codePointCount(text) <= maxPageText)
            return false;
        text = substring(text, 0, maxPageText);
        return true;
    }

    /// Of the block before and the one around or after, the one that shares more elements with the
    /// image.
    [[nodiscard]] std::string nearestText(const Found& found) const {
        const std::size_t at = found.blocksBefore;
        const Block* before = at > 0 ? &m_blocks[at - 1] : nullptr;
        const Block* after = at < m_blocks.size() ? &m_blocks[at] : nullptr;
        if (!before || !after)
            return before ? before->text : after ? after->text : std::string();
        const bool takeBefore =
            sharedDepth(found.node, before->element) > sharedDepth(found.node, after->element);
        return takeBefore ? before->text : after->text;
    }

    std::size_t m_maxImages;
    const CancelToken& m_cancel;
    PageContent m_page;
    std::string m_text;    ///< of the block being read
    std::string m_caption; ///< blocks of the caption being read
    std::string m_pictureSource;
    std::vector<Block> m_blocks;
    std::vector<Figure> m_figures;
    std::vector<Found> m_found;
    int m_figure = -1;
    int m_noParagraph = 0;
    int m_inCaption = 0;
    std::size_t m_steps = 0;
    std::size_t m_largest = 0;
};

} // namespace

PageContent readPage(const GumboInternalNode* document, std::size_t maxImages,
                     const CancelToken& cancel) {
    return Walker(maxImages, cancel).walk(document);
}

} // namespace hmgrl
