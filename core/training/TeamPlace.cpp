#include "training/TeamPlace.h"

#include "support/Error.h"

#include <charconv>
#include <cstdlib>

namespace hmgrl {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

int number(const char* name, const std::string& text, int least, int most) {
    int value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, value);
    if (failure != std::errc() || stop != end || value < least || value > most)
        throw Error({}, name,
                    "expected " + std::to_string(least) + " to " + std::to_string(most) +
                        ", found \"" + text + "\"");
    return value;
}

} // namespace

TeamPlace TeamPlace::fromEnvironment() {
    TeamPlace place;
    const std::string size = variable("WORLD_SIZE");
    if (size.empty())
        return place;
    place.size = number("WORLD_SIZE", size, 1, 4096);
    if (place.size == 1)
        return place;
    place.rank = number("RANK", variable("RANK"), 0, place.size - 1);
    place.port = number("MASTER_PORT", variable("MASTER_PORT"), 1, 65535);
    place.address = variable("MASTER_ADDR");
    if (place.address.empty())
        throw Error({}, "MASTER_ADDR", "expected where process 0 is reached, found nothing");
    if (const std::string local = variable("LOCAL_RANK"); !local.empty())
        place.localRank = number("LOCAL_RANK", local, 0, place.size - 1);
    // torchrun keeps the store in its own process and tells attempts apart by a prefix.
    if (variable("TORCHELASTIC_USE_AGENT_STORE") == "True")
        place.prefix = "/worker/attempt_" + variable("TORCHELASTIC_RESTART_COUNT");
    return place;
}

} // namespace hmgrl
