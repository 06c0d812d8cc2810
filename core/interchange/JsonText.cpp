#include "interchange/JsonText.h"

#include "support/Error.h"

#include <cstdint>
#include <limits>

namespace hmgrl {
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
        return nlohmann::json::parse(text);
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
