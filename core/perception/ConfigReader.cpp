#include "perception/ConfigReader.h"

#include "support/Error.h"
#include "support/Files.h"

#include <set>
#include <utility>
#include <vector>

namespace hmgrl {
namespace {

using Json = nlohmann::json;

/// Remembers the keys of every object that is open while a file is parsed.
class DoubledKeys {
public:
    explicit DoubledKeys(std::string file)
        : m_file(std::move(file)) {}

    void visit(Json::parse_event_t event, const Json& value) {
        if (event == Json::parse_event_t::object_start)
            m_open.emplace_back();
        else if (event == Json::parse_event_t::object_end)
            m_open.pop_back();
        else if (event == Json::parse_event_t::key &&
                 !m_open.back().insert(value.get<std::string>()).second)
            throw Error(m_file, {}, "key " + shown(value) + " occurs twice");
    }

private:
    std::string m_file;
    std::vector<std::set<std::string>> m_open;
};

} // namespace

Json readJsonObject(const std::filesystem::path& path, std::uint64_t limit) {
    const std::string file = path.string();
    const std::string text = readFile(path, limit);
    DoubledKeys keys(file);
    Json json;
    try {
        json = Json::parse(text, [&](int, Json::parse_event_t event, Json& value) {
            keys.visit(event, value);
            return true;
        });
    } catch (const Json::exception& fault) {
        throw Error(file, {}, std::string("expected JSON: ") + fault.what());
    }
    if (!json.is_object())
        throw Error(file, {}, "expected a JSON object, found " + shown(json));
    return json;
}

std::string shown(const Json& value) {
    constexpr std::size_t longest = 80;
    std::string text = value.dump(-1, ' ', true);
    if (text.size() > longest)
        text = text.substr(0, longest) + "...";
    return text;
}

ConfigReader::ConfigReader(const Json& json, std::string file)
    : m_json(json)
    , m_file(std::move(file)) {
    if (!json.is_object())
        throw Error(m_file, {}, "expected an object");
}

const Json* ConfigReader::find(const char* key) const {
    const auto found = m_json.find(key);
    return found == m_json.end() || found->is_null() ? nullptr : &*found;
}

void ConfigReader::fail(const std::string& key, const std::string& reason) const {
    throw Error(m_file, key, reason);
}

std::int64_t ConfigReader::size(const char* key, std::int64_t max,
                                std::optional<std::int64_t> fallback) const {
    const Json* found = find(key);
    if (!found && fallback)
        return *fallback;
    if (!found)
        fail(key, "missing");
    if (!found->is_number_integer() || found->get<std::int64_t>() < 1 ||
        found->get<std::int64_t>() > max)
        fail(key, "expected 1 to " + std::to_string(max) + ", found " + shown(*found));
    return found->get<std::int64_t>();
}

std::optional<std::string> ConfigReader::text(const char* key) const {
    const Json* found = find(key);
    if (!found)
        return std::nullopt;
    if (!found->is_string())
        fail(key, "expected text, found " + shown(*found));
    return found->get<std::string>();
}

std::optional<bool> ConfigReader::flag(const char* key) const {
    const Json* found = find(key);
    if (!found)
        return std::nullopt;
    if (!found->is_boolean())
        fail(key, "expected true or false, found " + shown(*found));
    return found->get<bool>();
}

void ConfigReader::expectText(const char* key, const std::string& expected) const {
    const auto found = text(key);
    if (found && *found != expected)
        fail(key, "expected \"" + expected + "\", found " + shown(*found));
}

void ConfigReader::expectFlag(const char* key, bool expected) const {
    if (flag(key).value_or(expected) != expected)
        fail(key, expected ? "expected true, found false" : "expected false, found true");
}

double ConfigReader::layerNormEps(double fallback) const {
    constexpr const char* key = "layer_norm_eps";
    const Json* found = find(key);
    if (!found)
        return fallback;
    if (!found->is_number() || !(found->get<double>() > 0 && found->get<double>() < 1))
        fail(key, "expected 0 to 1, found " + shown(*found));
    return found->get<double>();
}

bool ConfigReader::tanhGelu() const {
    const std::string act = text("hidden_act").value_or("gelu");
    if (act == "gelu")
        return false;
    if (act == "gelu_new" || act == "gelu_pytorch_tanh")
        return true;
    fail("hidden_act", "expected a GELU, found " + shown(act));
}

void ConfigReader::expectDivisor(const char* key, std::int64_t divisor, const char* wholeKey,
                                 std::int64_t whole) const {
    if (whole % divisor != 0)
        fail(key, std::string("expected a divisor of ") + wholeKey + " " + std::to_string(whole) +
                      ", found " + std::to_string(divisor));
}

} // namespace hmgrl
