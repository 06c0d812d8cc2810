#include "perception/WordPiece.h"

#include "support/Error.h"
#include "support/Files.h"
#include "support/Text.h"

#include <algorithm>
#include <array>
#include <utf8proc.h>
#include <utility>

namespace hmgrl {
namespace {

constexpr std::size_t maxWord = 100; // code points; longer words are [UNK], as in BERT
constexpr std::uint64_t maxVocabularyBytes = 64ULL << 20;
constexpr Span noSpan{-1, -1};

utf8proc_int32_t raw(char32_t c) {
    return static_cast<utf8proc_int32_t>(c);
}

bool isSpace(char32_t c) {
    if (c == U' ' || c == U'\t' || c == U'\n' || c == U'\r')
        return true;
    const auto category = utf8proc_category(raw(c));
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

/// Characters that BERT's clean-up removes: control, format, private use, NUL and U+FFFD.
bool isRemoved(char32_t c) {
    if (c == 0 || c == 0xFFFD)
        return true;
    const auto category = utf8proc_category(raw(c));
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
           category == UTF8PROC_CATEGORY_CS || category == UTF8PROC_CATEGORY_CO;
}

bool isPunctuation(char32_t c) {
    if (c < 0x80)
        return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) ||
               (c >= 123 && c <= 126);
    const auto category = utf8proc_category(raw(c));
    return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO;
}

/// The ideograph blocks BERT sets apart; Hangul and kana are written with words of several
/// characters.
bool isIdeograph(char32_t c) {
    constexpr std::array<std::pair<char32_t, char32_t>, 8> blocks{{{0x4E00, 0x9FFF},
                                                                   {0x3400, 0x4DBF},
                                                                   {0x20000, 0x2A6DF},
                                                                   {0x2A700, 0x2B73F},
                                                                   {0x2B740, 0x2B81F},
                                                                   {0x2B820, 0x2CEAF},
                                                                   {0xF900, 0xFAFF},
                                                                   {0x2F800, 0x2FA1F}}};
    return c >= 0x3400 && std::any_of(blocks.begin(), blocks.end(), [c](const auto& block) {
               return c >= block.first && c <= block.second;
           });
}

bool isMark(char32_t c) {
    return c >= 0x300 && utf8proc_category(raw(c)) == UTF8PROC_CATEGORY_MN;
}

/// Canonical decomposition of one code point.
class Decomposition {
public:
    explicit Decomposition(char32_t c) {
        if (c < 0x80) {
            m_points[0] = raw(c);
            m_size = 1;
            return;
        }
        const auto n = utf8proc_decompose_char(raw(c), m_points.data(),
                                               static_cast<utf8proc_ssize_t>(m_points.size()),
                                               UTF8PROC_DECOMPOSE, nullptr);
        m_size = n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    [[nodiscard]] auto begin() const { return m_points.begin(); }
    [[nodiscard]] auto end() const {
        return m_points.begin() + static_cast<std::ptrdiff_t>(m_size);
    }

private:
    std::array<utf8proc_int32_t, 32> m_points{};
    std::size_t m_size = 0;
};

/// The word being collected: its normalised UTF-8, and for each of its code points where it ends in
/// that and which code points of the text it stands for.
struct Word {
    std::string bytes;
    std::vector<std::size_t> ends;
    std::vector<Span> origin;
    bool tooLong = false;
    Span whole{0, 0};

    [[nodiscard]] bool empty() const { return origin.empty(); }

    void clear() {
        bytes.clear();
        ends.clear();
        origin.clear();
        tooLong = false;
    }

    void add(char32_t c, int position) {
        whole = {empty() ? position : whole.begin, position + 1};
        if (origin.size() == maxWord) {
            tooLong = true;
            return;
        }
        utf8proc_uint8_t buffer[4];
        const auto n = utf8proc_encode_char(raw(c), buffer);
        bytes.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(n));
        ends.push_back(bytes.size());
        origin.push_back({position, position + 1});
    }

    /// A stripped mark at `position` stays with the character before it.
    void extendTo(int position) {
        if (empty() || whole.end != position)
            return;
        whole.end = position + 1;
        if (!tooLong)
            origin.back().end = position + 1;
    }
};

/// Walks one text; see WordPiece.
class Encoder {
public:
    Encoder(const WordPiece& vocabulary, const std::unordered_map<std::string, std::int64_t>& ids,
            std::size_t longest, int maxTokens)
        : m_ids(ids)
        , m_unknown(vocabulary.id("[UNK]"))
        , m_last(vocabulary.id("[SEP]"))
        , m_longest(longest)
        , m_limit(static_cast<std::size_t>(maxTokens) - 1)
        , m_lowerCase(vocabulary.lowerCases()) {
        add(vocabulary.id("[CLS]"), noSpan);
    }

    Encoding run(const std::u32string& text, const std::vector<Marker>& markers) {
        auto marker = markers.begin();
        const auto insertMarkers = [&](std::size_t position) {
            for (; marker != markers.end() && marker->position <= static_cast<int>(position);
                 ++marker) {
                flush();
                add(marker->id, noSpan);
            }
        };
        for (std::size_t i = 0; i < text.size() && !m_out.truncated; ++i) {
            insertMarkers(i);
            consume(text[i], static_cast<int>(i));
        }
        flush();
        insertMarkers(text.size());
        m_out.ids.push_back(m_last);
        m_out.offsets.push_back(noSpan);
        return std::move(m_out);
    }

private:
    void consume(char32_t c, int position) {
        if (isSpace(c))
            flush();
        else if (isRemoved(c))
            return;
        else if (isIdeograph(c))
            takeAlone(c, position);
        else
            takeNormalised(c, position);
    }

    void takeNormalised(char32_t c, int position) {
        if (!m_lowerCase)
            return take(c, position);
        for (const utf8proc_int32_t part : Decomposition(c)) {
            if (isMark(static_cast<char32_t>(part)))
                extendTo(position);
            else
                take(static_cast<char32_t>(utf8proc_tolower(part)), position);
        }
    }

    void take(char32_t c, int position) {
        if (isPunctuation(c))
            takeAlone(c, position);
        else
            m_word.add(c, position);
    }

    void takeAlone(char32_t c, int position) {
        flush();
        if (m_lowerCase)
            c = static_cast<char32_t>(*Decomposition(c).begin()); // compatibility ideographs
        m_word.add(c, position);
        flush();
    }

    /// A mark after a word that was flushed already (punctuation, an ideograph) extends its token.
    void extendTo(int position) {
        if (!m_word.empty())
            m_word.extendTo(position);
        else if (m_out.offsets.back().end == position)
            m_out.offsets.back().end = position + 1;
    }

    void add(std::int64_t id, Span span) {
        if (m_out.ids.size() >= m_limit) {
            m_out.truncated = true;
            return;
        }
        m_out.ids.push_back(id);
        m_out.offsets.push_back(span);
    }

    void flush() {
        if (m_word.empty())
            return;
        if (m_word.tooLong || !split())
            add(m_unknown, m_word.whole);
        else
            for (const auto& [id, span] : m_pieces)
                add(id, span);
        m_word.clear();
    }

    /// Longest match first; false when some part is in no vocabulary entry.
    bool split() {
        m_pieces.clear();
        for (std::size_t begin = 0; begin < m_word.ends.size();) {
            const auto [id, end] = longestPiece(begin);
            if (end == begin)
                return false;
            m_pieces.emplace_back(id, Span{m_word.origin[begin].begin, m_word.origin[end - 1].end});
            begin = end;
        }
        return true;
    }

    /// The piece that begins at code point `begin` of the word and where it ends; `begin` when none
    /// fits.
    std::pair<std::int64_t, std::size_t> longestPiece(std::size_t begin) {
        const std::size_t from = begin == 0 ? 0 : m_word.ends[begin - 1];
        for (std::size_t end = m_word.ends.size(); end > begin; --end) {
            const std::size_t length = m_word.ends[end - 1] - from;
            if (length > m_longest)
                continue;
            m_key.assign(begin == 0 ? "" : "##").append(m_word.bytes, from, length);
            if (const auto found = m_ids.find(m_key); found != m_ids.end())
                return {found->second, end};
        }
        return {0, begin};
    }

    const std::unordered_map<std::string, std::int64_t>& m_ids;
    std::int64_t m_unknown;
    std::int64_t m_last;
    std::size_t m_longest;
    std::size_t m_limit; ///< tokens before the final one
    bool m_lowerCase;
    Encoding m_out;
    Word m_word;
    std::string m_key;
    std::vector<std::pair<std::int64_t, Span>> m_pieces;
};

/// Lines of a vocabulary; a missing final newline and Windows line ends are fine.
std::vector<std::string> splitLines(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string line = text.substr(begin, end - begin);
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        lines.push_back(std::move(line));
        begin = end + 1;
    }
    return lines;
}

} // namespace

WordPiece WordPiece::load(const std::filesystem::path& vocabulary, bool lowerCase) {
    const std::string file = vocabulary.string();
    const std::string text = readFile(vocabulary, maxVocabularyBytes);
    if (const auto fault = firstInvalidUtf8(text))
        throw Error(file, "byte " + std::to_string(*fault), "expected UTF-8");
    WordPiece out;
    out.m_lowerCase = lowerCase;
    out.m_tokens = splitLines(text);
    for (std::size_t i = 0; i < out.m_tokens.size(); ++i) {
        const std::string& token = out.m_tokens[i];
        out.m_longestToken = std::max(out.m_longestToken, token.size());
        if (!out.m_ids.emplace(token, static_cast<std::int64_t>(i)).second)
            throw Error(file, "line " + std::to_string(i + 1),
                        "token \"" + token + "\" occurs twice");
    }
    for (const char* needed : {"[PAD]", "[UNK]", "[CLS]", "[SEP]"})
        if (!out.m_ids.contains(needed))
            throw Error(file, {}, std::string("expected a WordPiece vocabulary with ") + needed);
    return out;
}

Encoding WordPiece::encode(std::string_view text, int maxTokens,
                           const std::vector<Marker>& markers) const {
    if (maxTokens < 2)
        throw Error("expected room for at least 2 tokens, found " + std::to_string(maxTokens));
    for (const Marker& marker : markers)
        (void)token(marker.id);
    return Encoder(*this, m_ids, m_longestToken, maxTokens).run(decodeUtf8(text), markers);
}

std::int64_t WordPiece::id(const std::string& token) const {
    const auto found = m_ids.find(token);
    if (found == m_ids.end())
        throw Error("token \"" + token + "\" is not in the vocabulary");
    return found->second;
}

const std::string& WordPiece::token(std::int64_t id) const {
    if (id < 0 || static_cast<std::size_t>(id) >= m_tokens.size())
        throw Error("expected a token id below " + std::to_string(m_tokens.size()) + ", found " +
                    std::to_string(id));
    return m_tokens[static_cast<std::size_t>(id)];
}

bool WordPiece::hasCapitals() const {
    return std::any_of(m_tokens.begin(), m_tokens.end(), [](const std::string& token) {
        const bool special = token.starts_with('[') && token.ends_with(']');
        return !special &&
               std::any_of(token.begin(), token.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    });
}

} // namespace hmgrl
