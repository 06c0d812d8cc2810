#include "interchange/PythonLiteral.h"

#include "support/Error.h"
#include "support/Text.h"

#include <charconv>
#include <cstdint>

namespace hmgrl {
using nlohmann::json;
namespace {

constexpr int maxDepth = 32;

class Parser {
public:
    explicit Parser(std::string_view text)
        : m_text(text) {}

    json document() {
        json value = this->value(0);
        skipBlanks();
        if (m_at < m_text.size())
            fail("the end of the line");
        return value;
    }

private:
    [[noreturn]] void fail(const std::string& expected) const {
        const std::string found = m_at < m_text.size()
                                      ? "\"" + substring(m_text.substr(m_at, 40), 0, 8) + "\""
                                      : "the end";
        throw Error("not a Python literal: expected " + expected + " at byte " +
                    std::to_string(m_at) + ", found " + found);
    }

    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skipBlanks() {
        while (peek() == ' ' || peek() == '\t')
            ++m_at;
    }

    bool take(char c) {
        skipBlanks();
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }

    bool takeWord(std::string_view word) {
        if (!m_text.substr(m_at).starts_with(word))
            return false;
        m_at += word.size();
        return true;
    }

    json value(int depth) {
        if (depth > maxDepth)
            fail("nesting of at most " + std::to_string(maxDepth));
        skipBlanks();
        if (peek() == '{')
            return dict(depth);
        if (peek() == '[')
            return list(depth);
        if (atString())
            return string();
        if (takeWord("None"))
            return nullptr;
        if (takeWord("True"))
            return true;
        if (takeWord("False"))
            return false;
        return number();
    }

    json dict(int depth) {
        json out = json::object();
        take('{');
        while (!take('}')) {
            if (!atString())
                fail("a text key or '}'");
            const std::string key = string();
            if (out.contains(key))
                throw Error("not a Python literal: the key '" + key + "' stands twice");
            if (!take(':'))
                fail("':'");
            out[key] = value(depth + 1);
            if (!take(',') && peek() != '}')
                fail("',' or '}'");
        }
        return out;
    }

    json list(int depth) {
        json out = json::array();
        take('[');
        while (!take(']')) {
            out.push_back(value(depth + 1));
            if (!take(',') && peek() != ']')
                fail("',' or ']'");
        }
        return out;
    }

    json number() {
        const char* begin = m_text.data() + m_at;
        const char* end = m_text.data() + m_text.size();
        std::int64_t whole = 0;
        const auto asInteger = std::from_chars(begin, end, whole);
        double real = 0;
        const auto asReal = std::from_chars(begin, end, real);
        const bool named = peek() != '-' && (peek() < '0' || peek() > '9'); // "inf", "nan"
        if (named || asReal.ec != std::errc())
            fail("a value");
        m_at += static_cast<std::size_t>(asReal.ptr - begin);
        if (asInteger.ec == std::errc() && asInteger.ptr == asReal.ptr)
            return whole;
        return real;
    }

    /// At a quote or at the "u" that Python 2 writes before one.
    bool atString() {
        skipBlanks();
        const std::size_t at = m_at + (peek() == 'u' ? 1 : 0);
        return at < m_text.size() && (m_text[at] == '\'' || m_text[at] == '"');
    }

    std::string string() {
        if (peek() == 'u')
            ++m_at;
        const char quote = m_text[m_at++];
        std::string out;
        while (peek() != quote) {
            if (m_at >= m_text.size())
                fail("a closing quote");
            if (peek() == '\\')
                escape(out);
            else
                out.push_back(m_text[m_at++]);
        }
        ++m_at;
        return out;
    }

    void escape(std::string& out) {
        static constexpr std::string_view from = "\\'\"abfnrtv";
        static constexpr std::string_view to = "\\'\"\a\b\f\n\r\t\v";
        ++m_at;
        const char c = peek();
        if (const auto simple = from.find(c); c != '\0' && simple != std::string_view::npos) {
            out.push_back(to[simple]);
            ++m_at;
        } else if (c == 'x' || c == 'u' || c == 'U') {
            ++m_at;
            out += encodeUtf8(std::u32string(1, codePoint(c == 'x' ? 2 : c == 'u' ? 4 : 8)));
        } else if (c >= '0' && c <= '7') {
            out += encodeUtf8(std::u32string(1, digits(3, 8)));
        } else {
            fail("an escape");
        }
    }

    /// A number of up to `most` digits.
    char32_t digits(std::size_t most, int base) {
        std::uint32_t number = 0;
        const std::string_view part = m_text.substr(m_at, most);
        const auto result = std::from_chars(part.data(), part.data() + part.size(), number, base);
        m_at += static_cast<std::size_t>(result.ptr - part.data());
        return number;
    }

    /// Exactly `count` hexadecimal digits; a pair of surrogates becomes the code point it means.
    char32_t codePoint(std::size_t count) {
        const std::size_t from = m_at;
        char32_t point = digits(count, 16);
        if (m_at != from + count)
            fail(std::to_string(count) + " hexadecimal digits");
        if (point >= 0xD800 && point < 0xDC00 && takeWord("\\u")) {
            const char32_t low = digits(4, 16);
            if (low < 0xDC00 || low > 0xDFFF)
                fail("the second half of a surrogate pair");
            return 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        }
        if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
            fail("a code point");
        return point;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

json parsePythonLiteral(std::string_view text) {
    return Parser(text).document();
}

} // namespace hmgrl
