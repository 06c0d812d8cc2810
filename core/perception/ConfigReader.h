#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace hmgrl {

/// A JSON object from a file that a user brought. @throws Error naming the file when it is missing,
/// larger than `limit` bytes, no JSON object, or when a key occurs twice (the second would win)
[[nodiscard]] nlohmann::json readJsonObject(const std::filesystem::path& path, std::uint64_t limit);

/// A JSON value as a message shows it: ASCII, cut after a line's length.
[[nodiscard]] std::string shown(const nlohmann::json& value);

/// Reads a configuration in Hugging Face's layout key by key. An absent key and a null one are the
/// same. Every function throws an Error naming file, key, what was expected and what was found.
class ConfigReader {
public:
    /// Borrows `json`.
    ConfigReader(const nlohmann::json& json, std::string file);

    /// 1 to `max`; without a fallback the key must be there.
    [[nodiscard]] std::int64_t size(const char* key, std::int64_t max,
                                    std::optional<std::int64_t> fallback = {}) const;
    [[nodiscard]] std::optional<std::string> text(const char* key) const;
    [[nodiscard]] std::optional<bool> flag(const char* key) const;
    /// Absent or equal to `expected`.
    void expectText(const char* key, const std::string& expected) const;
    /// Absent or equal to `expected`.
    void expectFlag(const char* key, bool expected) const;
    /// "layer_norm_eps", above 0 and below 1.
    [[nodiscard]] double layerNormEps(double fallback) const;
    /// "hidden_act": the tanh approximation of GELU (true) or the exact one (false, the default).
    [[nodiscard]] bool tanhGelu() const;
    void expectDivisor(const char* key, std::int64_t divisor, const char* wholeKey,
                       std::int64_t whole) const;

private:
    [[nodiscard]] const nlohmann::json* find(const char* key) const;
    [[noreturn]] void fail(const std::string& key, const std::string& reason) const;

    const nlohmann::json& m_json;
    std::string m_file;
};

} // namespace hmgrl
