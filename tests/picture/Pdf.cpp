#include "picture/Pdf.h"

#include "support/Text.h"

#include <algorithm>
#include <cstdio>
#include <regex>
#include <sstream>
#include <zlib.h>

namespace hmgrl::test {
namespace {

std::string inflated(const std::string& packed) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string out;
    std::string part(1U << 16, '\0');
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(part.data());
        stream.avail_out = static_cast<uInt>(part.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(part, 0, part.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END ? out : std::string();
}

std::string hex(unsigned char byte) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", byte);
    return digits;
}

/// Operators and operands; strings become "(" and their bytes in hexadecimal.
std::vector<std::string> tokensOf(const std::string& content) {
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < content.size();) {
        const char c = content[i];
        if (std::isspace(static_cast<unsigned char>(c)) || c == '[' || c == ']') {
            ++i;
        } else if (c == '(') {
            std::string text = "(";
            for (++i; i < content.size() && content[i] != ')'; ++i) {
                if (content[i] != '\\') {
                    text += hex(static_cast<unsigned char>(content[i]));
                } else if (std::isdigit(static_cast<unsigned char>(content[i + 1]))) {
                    text += hex(static_cast<unsigned char>(
                        std::stoi(content.substr(i + 1, 3), nullptr, 8)));
                    i += 3;
                } else {
                    text += hex(static_cast<unsigned char>(content[++i]));
                }
            }
            ++i;
            tokens.push_back(text);
        } else if (c == '<' && content[i + 1] != '<') {
            const std::size_t end = content.find('>', i);
            tokens.push_back("(" + content.substr(i + 1, end - i - 1));
            i = end + 1;
        } else {
            const std::size_t end =
                std::min(content.find_first_of(" \r\n\t[]()", i + 1), content.size());
            tokens.push_back(content.substr(i, end - i));
            i = end;
        }
    }
    return tokens;
}

} // namespace

Pdf::Pdf(const std::string& bytes) {
    if (!bytes.starts_with("%PDF-1."))
        m_fault = "no header";
    else if (bytes.find("%%EOF", bytes.size() - std::min<std::size_t>(bytes.size(), 10)) ==
             std::string::npos)
        m_fault = "no end";
    else
        readReferences(bytes);
}

void Pdf::readReferences(const std::string& bytes) {
    const std::size_t start = bytes.rfind("startxref");
    const std::size_t table =
        start == std::string::npos ? start : std::stoul(bytes.substr(start + 9));
    if (table >= bytes.size() || bytes.compare(table, 4, "xref") != 0) {
        m_fault = "no table of cross references";
        return;
    }
    std::istringstream in(bytes.substr(table + 4));
    int first = 0, count = 0;
    in >> first >> count;
    for (int number = first; number < first + count; ++number) {
        std::size_t offset = 0;
        int generation = 0;
        char kind = '?';
        in >> offset >> generation >> kind;
        if (kind == 'n')
            readObject(bytes, number, offset);
    }
}

void Pdf::readObject(const std::string& bytes, int number, std::size_t at) {
    const std::string head = std::to_string(number) + " 0 obj";
    if (at >= bytes.size() || bytes.compare(at, head.size(), head) != 0) {
        m_fault = "object " + std::to_string(number) + " is not where it should be";
        return;
    }
    const std::size_t begin = at + head.size();
    const std::size_t end = bytes.find("endobj", begin);
    const std::size_t stream = bytes.find("stream", begin);
    Object& object = m_objects[number];
    object.dictionary = bytes.substr(begin, std::min(end, stream) - begin);
    if (stream < end)
        unpack(bytes, object, bytes.find('\n', stream) + 1);
}

void Pdf::unpack(const std::string& bytes, Object& object, std::size_t begin) {
    // The lengths are objects of their own that may come later.
    const std::string packed = bytes.substr(begin, bytes.find("endstream", begin) - begin);
    const bool isPacked = object.dictionary.find("/FlateDecode") != std::string::npos;
    object.stream = isPacked ? inflated(packed) : packed;
    if (object.stream.empty())
        m_fault = "a stream can't be unpacked";
}

const Pdf::Object* Pdf::referred(const std::string& dictionary, const std::string& key) const {
    std::smatch found;
    if (!std::regex_search(dictionary, found, std::regex("/" + key + "\\s*\\[?\\s*(\\d+) 0 R")))
        return nullptr;
    const auto at = m_objects.find(std::stoi(found[1]));
    return at == m_objects.end() ? nullptr : &at->second;
}

std::size_t Pdf::pages() const {
    const std::regex page("/Type\\s*/Page[^s]");
    return static_cast<std::size_t>(
        std::count_if(m_objects.begin(), m_objects.end(), [&](const auto& entry) {
            return std::regex_search(entry.second.dictionary, page);
        }));
}

double Pdf::mediaBox(int corner) const {
    const std::regex box("/MediaBox\\s*\\[\\s*(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+([^\\s\\]]+)");
    for (const auto& [number, object] : m_objects)
        if (std::smatch found; std::regex_search(object.dictionary, found, box))
            return std::stod(found[static_cast<std::size_t>(corner) + 1]);
    return 0;
}

std::vector<const Pdf::Object*> Pdf::contents() const {
    std::vector<const Object*> all;
    for (const auto& [number, object] : m_objects) {
        if (const Object* content = referred(object.dictionary, "Contents"))
            all.push_back(content);
        if (std::regex_search(object.dictionary, std::regex("/Subtype\\s*/Form")))
            all.push_back(&object);
    }
    return all;
}

std::size_t Pdf::paintOperators() const {
    static const std::vector<std::string> paints{"f", "f*", "F", "S", "s", "B", "B*", "b", "b*"};
    std::size_t count = 0;
    for (const Object* content : contents())
        for (const std::string& token : tokensOf(content->stream))
            count += std::find(paints.begin(), paints.end(), token) != paints.end();
    return count;
}

Pdf::CodeMap Pdf::codesOf(const std::string& font) const {
    CodeMap codes;
    for (const auto& [number, object] : m_objects) {
        const Object* found = referred(object.dictionary, font);
        const Object* map = found == nullptr ? nullptr : referred(found->dictionary, "ToUnicode");
        if (map == nullptr)
            continue;
        const std::regex pair("<([0-9a-fA-F]+)>\\s*<([0-9a-fA-F]+)>\\s*\n");
        const std::string& text = map->stream;
        for (std::size_t block = text.find("beginbfchar"); block != std::string::npos;
             block = text.find("beginbfchar", block + 1)) {
            const std::string lines = text.substr(block, text.find("endbfchar", block) - block);
            for (std::sregex_iterator at(lines.begin(), lines.end(), pair), end; at != end; ++at) {
                std::u32string characters;
                const std::string to = (*at)[2];
                for (std::size_t i = 0; i + 4 <= to.size(); i += 4)
                    characters += static_cast<char32_t>(std::stoul(to.substr(i, 4), nullptr, 16));
                codes[(*at)[1]] = encodeUtf8(characters);
            }
        }
    }
    return codes;
}

std::string Pdf::text() const {
    std::string out;
    for (const Object* content : contents()) {
        CodeMap codes;
        std::string operand;
        for (const std::string& token : tokensOf(content->stream)) {
            if (token.starts_with("/"))
                operand = token.substr(1);
            else if (token == "Tf")
                codes = codesOf(operand);
            else if (token == "ET")
                out += "\n";
            else if (token.starts_with("("))
                for (std::size_t i = 1, size = codes.empty() ? 2 : codes.begin()->first.size();
                     i + size <= token.size(); i += size)
                    out += codes[token.substr(i, size)];
        }
    }
    return out;
}

} // namespace hmgrl::test
