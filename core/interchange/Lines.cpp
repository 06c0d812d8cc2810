#include "interchange/Lines.h"

#include "support/Text.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

namespace hmgrl {
namespace fs = std::filesystem;
namespace {

/// Splits a byte stream into lines, holding at most one line of the allowed length in memory.
class LineReader {
public:
    LineReader(const fs::path& file, std::uint64_t maxLine)
        : m_in(file, std::ios::binary)
        , m_maxLine(maxLine) {
        if (!m_in)
            throw Error(file.string(), {}, std::string("cannot open: ") + std::strerror(errno));
    }

    /// False at the end. `line` is cut at the allowed length when length() is larger.
    bool next(std::string& line) {
        line.clear();
        m_length = 0;
        bool any = false;
        while (m_at < m_size || fill()) {
            any = true;
            const char* from = m_chunk.data() + m_at;
            const auto* end = static_cast<const char*>(std::memchr(from, '\n', m_size - m_at));
            const auto count = end ? static_cast<std::size_t>(end - from) : m_size - m_at;
            append(line, {from, count});
            m_at += count + (end ? 1 : 0);
            m_read += count + (end ? 1 : 0);
            if (end)
                break;
        }
        if (any)
            ++m_number;
        return any;
    }

    [[nodiscard]] long long number() const { return m_number; }
    [[nodiscard]] std::uint64_t length() const { return m_length; }
    [[nodiscard]] std::uint64_t bytesRead() const { return m_read; }
    [[nodiscard]] bool failed() const { return m_in.bad(); }

private:
    bool fill() {
        m_in.read(m_chunk.data(), static_cast<std::streamsize>(m_chunk.size()));
        m_size = static_cast<std::size_t>(m_in.gcount());
        m_at = 0;
        return m_size > 0;
    }
    void append(std::string& line, std::string_view part) {
        m_length += part.size();
        if (line.size() < m_maxLine)
            line.append(part.substr(0, m_maxLine - line.size()));
    }

    std::ifstream m_in;
    std::array<char, 1 << 16> m_chunk{};
    std::size_t m_at = 0;
    std::size_t m_size = 0;
    std::uint64_t m_maxLine;
    std::uint64_t m_length = 0;
    std::uint64_t m_read = 0;
    long long m_number = 0;
};

std::uint64_t checkedSize(const fs::path& file, std::uint64_t limit) {
    std::error_code failure;
    if (!fs::is_regular_file(file, failure))
        throw Error(file.string(), {}, "expected a file that can be read");
    const auto size = fs::file_size(file, failure);
    if (!failure && size > limit)
        throw Error(file.string(), {},
                    "expected at most " + std::to_string(limit) + " bytes, found " +
                        std::to_string(size));
    return failure ? 0 : size;
}

/// Why this line can't be read as text, if it can't.
std::optional<std::string> fault(const std::string& line, std::uint64_t length,
                                 std::uint64_t limit) {
    if (length > limit)
        return "expected at most " + std::to_string(limit) + " bytes in a line, found " +
               std::to_string(length);
    if (const auto at = line.find('\0'); at != std::string::npos)
        return "expected text, found a NUL at byte " + std::to_string(at);
    if (const auto at = firstInvalidUtf8(line))
        return "expected UTF-8, found an invalid sequence at byte " + std::to_string(*at);
    return std::nullopt;
}

/// Cuts the byte order mark and the carriage return; false when nothing but blanks is left.
bool tidy(std::string& line, bool first) {
    if (first && line.starts_with("\xEF\xBB\xBF"))
        line.erase(0, 3);
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    return line.find_first_not_of(" \t\r\f\v") != std::string::npos;
}

} // namespace

std::string linePlace(long long number) {
    return "line " + std::to_string(number);
}

std::string lineKey(const fs::path& file, long long number) {
    return shownPath(file.filename()) + ":" + std::to_string(number);
}

std::string shownPath(const fs::path& path) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string name = path.generic_string();
    while (const auto at = firstInvalidUtf8(name)) {
        const auto byte = static_cast<unsigned char>(name[*at]);
        name.replace(*at, 1, {'%', digits[byte >> 4], digits[byte & 15]});
    }
    return name;
}

std::string lowerExtension(const fs::path& file) {
    std::string extension = file.extension().string();
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return extension;
}

void addIssue(const Error& error, const std::string& file, const std::string& place,
              Issues& issues) {
    Issue issue = error.issue();
    if (issue.file.empty())
        issue.file = file;
    if (issue.place.empty())
        issue.place = place;
    issues.push_back(std::move(issue));
}

void forEachLine(const fs::path& file, const ImportOptions& options, Issues& issues,
                 const CancelToken& cancel, const ProgressSink& progress,
                 const std::function<void(const std::string&, long long)>& visit) {
    const auto size = static_cast<double>(checkedSize(file, options.maxFileBytes));
    LineReader reader(file, options.maxLineBytes);
    std::string line;
    while (reader.next(line)) {
        cancel.throwIfCancelled();
        const auto number = reader.number();
        if (reader.bytesRead() > options.maxFileBytes)
            throw Error(file.string(), linePlace(number), "the file grew beyond the allowed size");
        if (const auto reason = fault(line, reader.length(), options.maxLineBytes)) {
            issues.push_back({file.string(), linePlace(number), *reason});
        } else if (tidy(line, number == 1)) {
            try {
                visit(line, number);
            } catch (const Error& error) {
                addIssue(error, file.string(), linePlace(number), issues);
            }
        }
        if (progress && number % 256 == 0)
            progress({"Importing", static_cast<double>(reader.bytesRead()), size, {}});
    }
    if (reader.failed())
        throw Error(file.string(), linePlace(reader.number()), "cannot read on: the device failed");
    if (progress)
        progress({"Importing", size, size, {}});
}

} // namespace hmgrl
