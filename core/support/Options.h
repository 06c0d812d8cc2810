#pragma once

#include "support/Error.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>

namespace hmgrl {

/// What the CLI help, the settings dialog and the reader of config files say about one option.
struct OptionInfo {
    const char* name; ///< key in JSON and, with '_' as '-', on the command line
    const char* help; ///< one line, with the unit
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
};

/// An options aggregate lists its fields once, in
///     template <typename Self, typename V> static void describe(Self& self, V&& visit);
/// which calls visit(OptionInfo, self.field) for each. Everything below follows from that list.

/// @throws Error naming the option, its range and the value found.
template <typename Options>
void validateOptions(const Options& options, const std::string& place) {
    Options::describe(options, [&](const OptionInfo& info, const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) {
            const double v = static_cast<double>(value);
            if (!(v >= info.min && v <= info.max))
                throw Error({}, place + "." + info.name,
                            "expected " + std::to_string(info.min) + " to " +
                                std::to_string(info.max) + ", found " + std::to_string(v));
        }
    });
}

template <typename Options>
nlohmann::json optionsToJson(const Options& options) {
    nlohmann::json out = nlohmann::json::object();
    Options::describe(options,
                      [&](const OptionInfo& info, const auto& value) { out[info.name] = value; });
    return out;
}

/// Defaults overwritten by `json`; unknown keys and wrong types are errors, ranges are checked.
template <typename Options>
Options optionsFromJson(const nlohmann::json& json, const std::string& place) {
    Options options;
    if (!json.is_object())
        throw Error({}, place, "expected an object of options");
    std::size_t used = 0;
    Options::describe(options, [&](const OptionInfo& info, auto& value) {
        const auto found = json.find(info.name);
        if (found == json.end())
            return;
        ++used;
        try {
            found->get_to(value);
        } catch (const nlohmann::json::exception&) {
            throw Error({}, place + "." + info.name, "wrong type: found " + found->dump());
        }
    });
    if (used != json.size())
        for (const auto& item : json.items()) {
            bool known = false;
            Options::describe(options, [&](const OptionInfo& info, const auto&) {
                known = known || item.key() == info.name;
            });
            if (!known)
                throw Error({}, place, "unknown option \"" + item.key() + "\"");
        }
    validateOptions(options, place);
    return options;
}

} // namespace hmgrl
