#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace hmgrl {

/// Whole file as bytes. @throws Error when it can't be read or is larger than `limit` bytes.
[[nodiscard]] std::string readFile(const std::filesystem::path& path,
                                   std::uint64_t limit = std::uint64_t{1} << 30);

/// Writes beside the target, syncs, then renames over it: a reader sees the old file or the new
/// one, and a failure (disk full) leaves the old one as it was. @throws Error
void writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

/// SHA-256 in lower-case hexadecimal: the content hash of images, checkpoints and cache keys.
[[nodiscard]] std::string sha256(std::string_view bytes);
[[nodiscard]] std::string sha256File(const std::filesystem::path& path);

/// `relative` resolved inside `folder`. @throws Error when it is absolute or leaves the folder, by
/// ".." or through a symbolic link. The file need not exist.
[[nodiscard]] std::filesystem::path resolveInside(const std::filesystem::path& folder,
                                                  const std::string& relative);

} // namespace hmgrl
