#include "interchange/HtmlTree.h"

#include "support/Error.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csetjmp>
#include <cstdlib>
#include <gumbo.h>
#include <vector>

namespace hmgrl {
namespace {

constexpr int maxNesting = 4000;
constexpr std::size_t maxParseMemory = std::size_t{512} << 20;
constexpr std::ptrdiff_t maxFramesetTags = 20000;

bool isNameChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

bool equalsIgnoringCase(std::string_view a, std::string_view lower) {
    return a.size() == lower.size() &&
           std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
               return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
           });
}

std::size_t findIgnoringCase(std::string_view text, std::string_view lower, std::size_t from) {
    for (std::size_t at = text.find(lower[0], from); at != std::string_view::npos;
         at = text.find(lower[0], at + 1))
        if (equalsIgnoringCase(text.substr(at, lower.size()), lower))
            return at;
    return std::string_view::npos;
}

/// Void elements and those whose end tag may be left out.
bool endsByItself(std::string_view name) {
    static constexpr std::array<std::string_view, 34> names = {
        "p",      "li",    "td",    "tr",   "th",   "dt",      "dd",       "option", "optgroup",
        "thead",  "tbody", "tfoot", "rp",   "rt",   "caption", "colgroup", "br",     "img",
        "hr",     "input", "meta",  "link", "area", "base",    "col",      "embed",  "param",
        "source", "track", "wbr",   "html", "head", "body",    "basefont"};
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view one) { return equalsIgnoringCase(name, one); });
}

} // namespace

int htmlNesting(std::string_view html) {
    int depth = 0;
    int deepest = 0;
    for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
        const bool closing = html.substr(at + 1, 1) == "/";
        const std::size_t from = at + (closing ? 2 : 1);
        std::size_t end = from;
        while (end < html.size() && end - from < 64 && isNameChar(html[end]))
            ++end;
        const std::string_view name = html.substr(from, end - from);
        at = std::max(end, at + 1);
        if (name.empty() || endsByItself(name))
            continue;
        depth = closing ? std::max(0, depth - 1) : depth + 1;
        deepest = std::max(deepest, depth);
        for (const char* raw : {"script", "style"})
            if (!closing && equalsIgnoringCase(name, raw))
                at = std::min(findIgnoringCase(html, std::string("</") + raw, at), html.size());
    }
    return deepest;
}

/// Memory for one parse. Nothing is given back before the end, so the parser's own clean-up, which
/// recurses as deep as the page is nested, is never called. Every request checks the bounds; when
/// one is met control jumps back over the parser's C frames, which own nothing but this memory.
class HtmlTree::Arena {
public:
    enum class Stop { None, Cancelled, Time, Memory };

    Arena(double maxSeconds, CancelToken cancel)
        : m_deadline(std::chrono::steady_clock::now() +
                     std::chrono::microseconds(static_cast<long long>(maxSeconds * 1e6)))
        , m_cancel(std::move(cancel)) {
        m_blocks.reserve(maxParseMemory / blockSize + 2); // growing could throw through C
    }
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;
    ~Arena() {
        for (void* block : m_blocks)
            std::free(block);
    }

    /// The document, or null with the reason in stop().
    const GumboInternalNode* parse(const std::string& text) {
        if (setjmp(m_escape) != 0)
            return nullptr;
        GumboOptions options = kGumboDefaultOptions;
        options.allocator = &Arena::allocate;
        options.deallocator = [](void*, void*) {};
        options.userdata = this;
        options.max_errors = 0;
        return gumbo_parse_with_options(&options, text.data(), text.size())->document;
    }
    [[nodiscard]] Stop stop() const { return m_stop; }

private:
    static constexpr std::size_t blockSize = std::size_t{1} << 20;

    static void* allocate(void* user, std::size_t size) {
        auto& arena = *static_cast<Arena*>(user);
        if (++arena.m_requests % 64 == 0)
            arena.checkClock();
        size = (size + 15) & ~std::size_t{15};
        if (size > arena.m_room)
            arena.grow(size);
        void* out = arena.m_next;
        arena.m_next += size;
        arena.m_room -= size;
        return out;
    }

    void checkClock() {
        if (m_cancel.isCancelled())
            escape(Stop::Cancelled);
        if (std::chrono::steady_clock::now() > m_deadline)
            escape(Stop::Time);
    }

    void grow(std::size_t size) {
        const std::size_t bytes = std::max(size, blockSize);
        void* block = m_total + bytes > maxParseMemory ? nullptr : std::malloc(bytes);
        if (block == nullptr)
            escape(Stop::Memory);
        m_blocks.push_back(block);
        m_total += bytes;
        m_next = static_cast<char*>(block);
        m_room = bytes;
    }

    [[noreturn]] void escape(Stop reason) {
        m_stop = reason;
        std::longjmp(m_escape, 1);
    }

    std::vector<void*> m_blocks;
    char* m_next = nullptr;
    std::size_t m_room = 0;
    std::size_t m_total = 0;
    std::size_t m_requests = 0;
    std::chrono::steady_clock::time_point m_deadline;
    CancelToken m_cancel;
    Stop m_stop = Stop::None;
    std::jmp_buf m_escape;
};

HtmlTree::HtmlTree(std::string utf8, double maxSeconds, const CancelToken& cancel)
    : m_text(std::move(utf8))
    , m_arena(std::make_unique<Arena>(maxSeconds, cancel)) {
    if (const int depth = htmlNesting(m_text); depth > maxNesting)
        throw Error("expected elements nested at most " + std::to_string(maxNesting) +
                    " deep, found " + std::to_string(depth));
    // A frameset makes the parser throw the body away, and that recurses as deep as the body is
    // nested.
    if (findIgnoringCase(m_text, "<frameset", 0) != std::string::npos &&
        std::count(m_text.begin(), m_text.end(), '<') > maxFramesetTags)
        throw Error("a frameset in a page of more than " + std::to_string(maxFramesetTags) +
                    " tags");
    m_document = m_arena->parse(m_text);
    if (m_document != nullptr)
        return;
    cancel.throwIfCancelled();
    throw Error(m_arena->stop() == Arena::Stop::Time
                    ? "the page takes longer than " + std::to_string(maxSeconds) + " s to parse"
                    : "the page needs more than " + std::to_string(maxParseMemory >> 20) +
                          " MB to parse");
}

HtmlTree::~HtmlTree() = default;

} // namespace hmgrl
