#include "support/Safetensors.h"

#include "support/Error.h"
#include "support/Files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hmgrl {
namespace fs = std::filesystem;
using Json = nlohmann::json;
namespace {

constexpr std::uint64_t maxHeader = 100'000'000; // the format's own bound
constexpr std::size_t lengthBytes = 8;
constexpr const char* metadataKey = "__metadata__";

struct TypeName {
    DType type;
    const char* name;
    std::size_t bytes;
};
constexpr std::array<TypeName, 10> types{{{DType::F64, "F64", 8},
                                          {DType::F32, "F32", 4},
                                          {DType::F16, "F16", 2},
                                          {DType::BF16, "BF16", 2},
                                          {DType::I64, "I64", 8},
                                          {DType::I32, "I32", 4},
                                          {DType::I16, "I16", 2},
                                          {DType::I8, "I8", 1},
                                          {DType::U8, "U8", 1},
                                          {DType::Bool, "BOOL", 1}}};

const TypeName& entryOf(DType type) {
    return *std::find_if(types.begin(), types.end(), [&](const auto& t) { return t.type == type; });
}

std::string tensorPlace(const std::string& name) {
    return "tensor \"" + name + "\"";
}

/// A whole file mapped read-only; unmapped with its last owner.
class Mapping {
public:
    explicit Mapping(const fs::path& path) {
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            throw Error(path.string(), {}, std::string("cannot open: ") + std::strerror(errno));
        const std::optional<std::string> failure = map(fd);
        ::close(fd);
        if (failure)
            throw Error(path.string(), {}, *failure);
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    ~Mapping() {
        if (m_data)
            ::munmap(m_data, m_size);
    }

    [[nodiscard]] std::span<const std::byte> bytes() const {
        return {static_cast<const std::byte*>(m_data), m_size};
    }

private:
    std::optional<std::string> map(int fd) {
        struct stat info {};
        if (::fstat(fd, &info) != 0)
            return std::string("cannot read: ") + std::strerror(errno);
        if (!S_ISREG(info.st_mode))
            return "expected a file, found a folder or device";
        if (info.st_size == 0)
            return "expected a safetensors file, found an empty file";
        const auto size = static_cast<std::size_t>(info.st_size);
        void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data == MAP_FAILED)
            return std::string("cannot map: ") + std::strerror(errno);
        m_data = data;
        m_size = size;
        return std::nullopt;
    }

    void* m_data = nullptr;
    std::size_t m_size = 0;
};

std::uint64_t readLength(std::span<const std::byte> bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < lengthBytes; ++i)
        value |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    return value;
}

/// Parses the header into a DOM; doubled keys and deep nesting are refused while parsing, so a
/// hostile header costs no more than its own size.
class HeaderParser {
public:
    explicit HeaderParser(std::string file)
        : m_file(std::move(file)) {}

    Json parse(std::string_view text) {
        if (text.empty() || text.front() != '{')
            throw Error(m_file, "header", "expected a JSON object");
        try {
            return Json::parse(text.begin(), text.end(),
                               [this](int depth, Json::parse_event_t event, Json& value) {
                                   visit(depth, event, value);
                                   return true;
                               });
        } catch (const Json::exception& fault) {
            throw Error(m_file, "header", std::string("expected JSON: ") + fault.what());
        }
    }

private:
    void visit(int depth, Json::parse_event_t event, const Json& value) {
        using Event = Json::parse_event_t;
        if ((event == Event::object_start || event == Event::array_start) && depth > 2)
            throw Error(m_file, "header", "nested too deeply");
        if (event != Event::key)
            return;
        if (depth == 1)
            m_inner.clear();
        auto& seen = depth == 1 ? m_outer : m_inner;
        const auto& key = value.get_ref<const std::string&>();
        if (!seen.insert(key).second)
            throw Error(m_file, "header", "key \"" + key + "\" occurs twice");
    }

    std::string m_file;
    std::set<std::string> m_outer;
    std::set<std::string> m_inner;
};

/// One tensor's header entry with the byte range it claims.
struct Claim {
    TensorView view;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

const Json& member(const Json& entry, const char* key, const std::string& file,
                   const std::string& place) {
    const auto found = entry.find(key);
    if (found == entry.end())
        throw Error(file, place, std::string("expected \"") + key + "\"");
    return *found;
}

DType typeOf(const Json& value, const std::string& file, const std::string& place) {
    if (value.is_string())
        for (const TypeName& t : types)
            if (value.get_ref<const std::string&>() == t.name)
                return t.type;
    throw Error(file, place, "expected a known dtype, found " + value.dump());
}

std::vector<std::int64_t> shapeOf(const Json& value, const std::string& file,
                                  const std::string& place) {
    std::vector<std::int64_t> shape;
    if (!value.is_array())
        throw Error(file, place, "expected a shape, found " + value.dump());
    for (const Json& side : value) {
        if (!side.is_number_unsigned() || side.get<std::uint64_t>() > (1ULL << 62))
            throw Error(file, place, "expected a shape, found side " + side.dump());
        shape.push_back(side.get<std::int64_t>());
    }
    return shape;
}

/// Bytes of a tensor; nothing when the product leaves 64 bits.
std::optional<std::uint64_t> bytesOf(const std::vector<std::int64_t>& shape, DType type) {
    std::uint64_t bytes = byteSize(type);
    for (const std::int64_t side : shape)
        if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(side), &bytes))
            return std::nullopt;
    return bytes;
}

Claim readClaim(const std::string& name, const Json& entry, std::uint64_t dataSize,
                const std::string& file) {
    const std::string place = tensorPlace(name);
    if (!entry.is_object())
        throw Error(file, place, "expected an object, found " + entry.dump());
    Claim claim;
    claim.view.name = name;
    claim.view.type = typeOf(member(entry, "dtype", file, place), file, place);
    claim.view.shape = shapeOf(member(entry, "shape", file, place), file, place);
    const Json& range = member(entry, "data_offsets", file, place);
    if (!range.is_array() || range.size() != 2 || !range[0].is_number_unsigned() ||
        !range[1].is_number_unsigned())
        throw Error(file, place, "expected two data_offsets, found " + range.dump());
    claim.begin = range[0].get<std::uint64_t>();
    claim.end = range[1].get<std::uint64_t>();
    if (claim.begin > claim.end || claim.end > dataSize)
        throw Error(file, place,
                    "expected data_offsets within " + std::to_string(dataSize) +
                        " bytes of data, found " + range.dump());
    const auto expected = bytesOf(claim.view.shape, claim.view.type);
    if (!expected || *expected != claim.end - claim.begin)
        throw Error(file, place,
                    "expected " + (expected ? std::to_string(*expected) : "more than 2^64") +
                        " bytes by its shape, found " + std::to_string(claim.end - claim.begin));
    return claim;
}

std::map<std::string, std::string> readMetadata(const Json& entry, const std::string& file) {
    std::map<std::string, std::string> out;
    if (!entry.is_object())
        throw Error(file, metadataKey, "expected an object of strings");
    for (const auto& item : entry.items()) {
        if (!item.value().is_string())
            throw Error(file, metadataKey, "expected a string at \"" + item.key() + "\"");
        out.emplace(item.key(), item.value().get<std::string>());
    }
    return out;
}

/// The claims must follow each other without gap or overlap and end with the file.
void checkCover(std::vector<Claim>& claims, std::uint64_t dataSize, const std::string& file) {
    std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::uint64_t at = 0;
    for (const Claim& claim : claims) {
        if (claim.begin != at)
            throw Error(file, tensorPlace(claim.view.name),
                        std::string(claim.begin < at ? "overlaps" : "leaves a gap after") +
                            " the tensor before it: expected to begin at " + std::to_string(at) +
                            ", found " + std::to_string(claim.begin));
        at = claim.end;
    }
    if (at != dataSize)
        throw Error(file, {},
                    "expected " + std::to_string(at) + " bytes of data, found " +
                        std::to_string(dataSize));
}

/// @throws Error when the names or sizes of tensors to be written are wrong
void checkForWriting(const std::vector<TensorView>& sorted, const std::string& file) {
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const TensorView& t = sorted[i];
        if (t.name == metadataKey || (i > 0 && sorted[i - 1].name == t.name))
            throw Error(file, tensorPlace(t.name), "the name is reserved or occurs twice");
        const bool negative =
            std::any_of(t.shape.begin(), t.shape.end(), [](auto s) { return s < 0; });
        const auto expected = negative ? std::nullopt : bytesOf(t.shape, t.type);
        if (!expected || *expected != t.bytes.size())
            throw Error(file, tensorPlace(t.name), "shape and bytes don't agree");
    }
}

std::string headerFor(const std::vector<TensorView>& sorted,
                      const std::map<std::string, std::string>& metadata) {
    Json header = Json::object();
    if (!metadata.empty())
        header[metadataKey] = metadata;
    std::uint64_t at = 0;
    for (const TensorView& t : sorted) {
        const std::uint64_t end = at + t.bytes.size();
        header[t.name] = {
            {"dtype", toString(t.type)}, {"shape", t.shape}, {"data_offsets", {at, end}}};
        at = end;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' '); // data begins 8-aligned
    return text;
}

} // namespace

std::size_t byteSize(DType type) {
    return entryOf(type).bytes;
}

const char* toString(DType type) {
    return entryOf(type).name;
}

struct SafetensorsFile::Content {
    explicit Content(const fs::path& file)
        : path(file)
        , mapping(file) {}

    fs::path path;
    Mapping mapping;
    std::vector<TensorView> tensors;
    std::map<std::string, std::string> metadata;
};

SafetensorsFile SafetensorsFile::open(const fs::path& path) {
    auto content = std::make_shared<Content>(path);
    const std::string file = path.string();
    const auto bytes = content->mapping.bytes();
    const std::uint64_t length = bytes.size() < lengthBytes ? 0 : readLength(bytes);
    if (length < 2 || length > maxHeader || length > bytes.size() - lengthBytes)
        throw Error(file, "header",
                    "expected a length of 2 to " + std::to_string(maxHeader) +
                        " bytes within the file, found " + std::to_string(length) +
                        " in a file of " + std::to_string(bytes.size()));
    const auto data = bytes.subspan(lengthBytes + length);
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + lengthBytes, length);
    const Json header = HeaderParser(file).parse(text);

    std::vector<Claim> claims;
    for (const auto& item : header.items()) {
        if (item.key() == metadataKey)
            content->metadata = readMetadata(item.value(), file);
        else
            claims.push_back(readClaim(item.key(), item.value(), data.size(), file));
    }
    checkCover(claims, data.size(), file);
    for (Claim& claim : claims) {
        claim.view.bytes = data.subspan(claim.begin, claim.end - claim.begin);
        content->tensors.push_back(std::move(claim.view));
    }
    std::sort(content->tensors.begin(), content->tensors.end(),
              [](const TensorView& a, const TensorView& b) { return a.name < b.name; });
    SafetensorsFile result;
    result.m_content = std::move(content);
    return result;
}

const std::vector<TensorView>& SafetensorsFile::tensors() const {
    return m_content->tensors;
}

const TensorView* SafetensorsFile::find(const std::string& name) const {
    const auto& all = m_content->tensors;
    const auto at =
        std::lower_bound(all.begin(), all.end(), name,
                         [](const TensorView& t, const std::string& n) { return t.name < n; });
    return at != all.end() && at->name == name ? &*at : nullptr;
}

const TensorView& SafetensorsFile::at(const std::string& name) const {
    if (const TensorView* found = find(name))
        return *found;
    throw Error(path().string(), tensorPlace(name), "missing");
}

const std::map<std::string, std::string>& SafetensorsFile::metadata() const {
    return m_content->metadata;
}

const fs::path& SafetensorsFile::path() const {
    return m_content->path;
}

void writeSafetensors(const fs::path& path, std::vector<TensorView> tensors,
                      const std::map<std::string, std::string>& metadata) {
    std::sort(tensors.begin(), tensors.end(),
              [](const TensorView& a, const TensorView& b) { return a.name < b.name; });
    checkForWriting(tensors, path.string());
    const std::string header = headerFor(tensors, metadata);
    std::string out;
    std::size_t total = lengthBytes + header.size();
    for (const TensorView& t : tensors)
        total += t.bytes.size();
    out.reserve(total);
    for (std::size_t i = 0; i < lengthBytes; ++i)
        out.push_back(static_cast<char>((header.size() >> (8 * i)) & 0xFF));
    out += header;
    for (const TensorView& t : tensors)
        out.append(reinterpret_cast<const char*>(t.bytes.data()), t.bytes.size());
    writeFileAtomically(path, out);
}

} // namespace hmgrl
