#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hmgrl {

enum class DType { F64, F32, F16, BF16, I64, I32, I16, I8, U8, Bool };

[[nodiscard]] std::size_t byteSize(DType type);
[[nodiscard]] const char* toString(DType type); ///< the format's spelling: "F32", "BF16", "BOOL"

/// One tensor inside a mapped file, or one to be written: row-major, little-endian. The bytes are
/// borrowed.
struct TensorView {
    std::string name;
    DType type = DType::F32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
};

/// A safetensors file mapped read-only. Everything is checked on opening: header length and JSON,
/// names, types, shapes, offsets that fit, don't overlap and cover the file. Copies share the
/// mapping.
class SafetensorsFile {
public:
    /// @throws Error with the file, the tensor, what was expected and what was found
    [[nodiscard]] static SafetensorsFile open(const std::filesystem::path& path);

    [[nodiscard]] const std::vector<TensorView>& tensors() const; ///< sorted by name
    [[nodiscard]] const TensorView* find(const std::string& name) const;
    /// @throws Error naming the file when the tensor is missing
    [[nodiscard]] const TensorView& at(const std::string& name) const;
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const;
    [[nodiscard]] const std::filesystem::path& path() const;

private:
    struct Content;
    std::shared_ptr<const Content> m_content;
};

/// Writes atomically; tensors are ordered by name, so equal content gives equal bytes. @throws
/// Error
void writeSafetensors(const std::filesystem::path& path, std::vector<TensorView> tensors,
                      const std::map<std::string, std::string>& metadata = {});

} // namespace hmgrl
