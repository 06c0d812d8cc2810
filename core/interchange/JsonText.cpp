#include "interchange/JsonText.h"

#include "support/Error.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <set>
#include <vector>

namespace hmgrl {
using nlohmann::json;
namespace {

constexpr int maxDepth = 64;

/// Deepest nesting of brackets outside strings; an estimate for text that isn't JSON.
int nestingDepth(std::string_view text) {
    int depth = 0;
    int deepest = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString && c == '\\')
            ++i;
        else if (c == '"')
            inString = !inString;
        else if (!inString && (c == '[' || c == '{'))
            deepest = std::max(deepest, ++depth);
        else if (!inString && (c == ']' || c == '}'))
            --depth;
    }
    return deepest;
}

/// Throws at the second of two fields of one name in one object.
class UniqueFields {
public:
    bool operator()(int, json::parse_event_t event, const json& parsed) {
        if (event == json::parse_event_t::object_start)
            m_open.emplace_back();
        else if (event == json::parse_event_t::object_end)
            m_open.pop_back();
        else if (event == json::parse_event_t::key &&
                 !m_open.back().insert(parsed.get<std::string>()).second)
            throw Error("the field " + parsed.dump() + " stands twice in one object");
        return true;
    }

private:
    std::vector<std::set<std::string>> m_open;
};

/// The library's message without its number and class, which say nothing to an analyst.
std::string plainReason(const std::string& message) {
    const auto at = message.find("] ");
    return at == std::string::npos ? message : message.substr(at + 2);
}

} // namespace

nlohmann::json parseJson(std::string_view text) {
    if (nestingDepth(text) > maxDepth)
        throw Error("expected JSON nested at most " + std::to_string(maxDepth) +
                    " deep, found more");
    try {
        UniqueFields unique;
        return json::parse(text, std::ref(unique));
    } catch (const nlohmann::json::exception& fault) {
        throw Error("not JSON: " + plainReason(fault.what()));
    }
}

std::string kindOf(const nlohmann::json& value) {
    if (value.is_null())
        return "nothing";
    const std::string name = value.type_name();
    return (name == "array" || name == "object" ? "an " : "a ") + name;
}

std::string textField(const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null())
        return {};
    if (!found->is_string())
        throw Error("expected text in \"" + std::string(name) + "\", found " + kindOf(*found));
    auto text = found->get<std::string>();
    if (text.find('\0') != std::string::npos)
        throw Error("expected text in \"" + std::string(name) + "\", found a NUL in it");
    return text;
}

int integer(const nlohmann::json& value, const std::string& name) {
    if (!value.is_number_integer())
        throw Error("expected a whole number in \"" + name + "\", found " + kindOf(value));
    const bool tooLarge =
        value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<int>::max();
    const auto number = tooLarge ? 0 : value.get<std::int64_t>();
    if (tooLarge || number < std::numeric_limits<int>::min() ||
        number > std::numeric_limits<int>::max())
        throw Error("the number in \"" + name + "\" is out of range: " + value.dump());
    return static_cast<int>(number);
}

int integerField(const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end())
        throw Error("expected a whole number in \"" + std::string(name) + "\", found nothing");
    return integer(*found, name);
}

} // namespace hmgrl
