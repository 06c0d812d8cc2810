#include "support/Files.h"

#include "support/Error.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <unistd.h>

namespace hmgrl {
namespace fs = std::filesystem;
namespace {

std::string systemReason(const char* action) {
    return std::string(action) + ": " + std::strerror(errno);
}

/// Closes on scope exit.
struct Descriptor {
    explicit Descriptor(int number)
        : fd(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd >= 0)
            ::close(fd);
    }
    int fd;
};

void writeAll(int fd, std::string_view bytes, const fs::path& path) {
    while (!bytes.empty()) {
        const auto n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            throw Error(path.string(), {}, systemReason("cannot write"));
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

class Sha256 {
public:
    Sha256()
        : m_context(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
        EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr);
    }
    void add(std::string_view bytes) {
        EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size());
    }
    std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int length = 0;
        EVP_DigestFinal_ex(m_context.get(), digest.data(), &length);
        static constexpr char digits[] = "0123456789abcdef";
        std::string out;
        for (unsigned int i = 0; i < length; ++i) {
            out.push_back(digits[digest[i] >> 4]);
            out.push_back(digits[digest[i] & 15]);
        }
        return out;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_context;
};

} // namespace

std::string readFile(const fs::path& path, std::uint64_t limit) {
    std::error_code failure;
    if (fs::is_directory(path, failure))
        throw Error(path.string(), {}, "expected a file, found a folder");
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw Error(path.string(), {}, systemReason("cannot open"));
    const auto size = fs::file_size(path, failure);
    if (!failure && size > limit)
        throw Error(path.string(), {},
                    "expected at most " + std::to_string(limit) + " bytes, found " +
                        std::to_string(size));
    std::string bytes;
    std::array<char, 1 << 16> chunk;
    while (in.read(chunk.data(), chunk.size()) || in.gcount() > 0) {
        bytes.append(chunk.data(), static_cast<std::size_t>(in.gcount()));
        if (bytes.size() > limit)
            throw Error(path.string(), {},
                        "expected at most " + std::to_string(limit) + " bytes, found more");
    }
    if (in.bad())
        throw Error(path.string(), {}, systemReason("cannot read"));
    return bytes;
}

void writeFileAtomically(const fs::path& path, std::string_view bytes) {
    // Unique among processes and threads: two writers of one file must not share the unfinished
    // one.
    static std::atomic<unsigned> serial{0};
    fs::path beside = path;
    beside += ".part" + std::to_string(::getpid()) + "-" + std::to_string(serial++);
    try {
        const Descriptor file(
            ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
        if (file.fd < 0)
            throw Error(path.string(), {}, systemReason("cannot create"));
        writeAll(file.fd, bytes, path);
        if (::fsync(file.fd) != 0 && errno != EINVAL && errno != EROFS)
            throw Error(path.string(), {}, systemReason("cannot write"));
        if (::rename(beside.c_str(), path.c_str()) != 0)
            throw Error(path.string(), {}, systemReason("cannot replace"));
    } catch (...) {
        ::unlink(beside.c_str());
        throw;
    }
}

std::string sha256(std::string_view bytes) {
    Sha256 digest;
    digest.add(bytes);
    return digest.hex();
}

std::string sha256File(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw Error(path.string(), {}, systemReason("cannot open"));
    Sha256 digest;
    std::array<char, 1 << 16> chunk;
    while (in.read(chunk.data(), chunk.size()) || in.gcount() > 0)
        digest.add({chunk.data(), static_cast<std::size_t>(in.gcount())});
    return digest.hex();
}

fs::path resolveInside(const fs::path& folder, const std::string& relative) {
    const fs::path asked(relative);
    if (relative.empty() || relative.find('\0') != std::string::npos || asked.is_absolute())
        throw Error("expected a path inside " + folder.string() + ", found \"" + relative + "\"");
    std::error_code failure;
    const fs::path root = fs::weakly_canonical(fs::absolute(folder), failure);
    const fs::path target = fs::weakly_canonical(root / asked, failure);
    const auto [rootEnd, ignored] =
        std::mismatch(root.begin(), root.end(), target.begin(), target.end());
    if (failure || rootEnd != root.end())
        throw Error("path leaves its folder " + folder.string() + ": \"" + relative + "\"");
    return target;
}

} // namespace hmgrl
