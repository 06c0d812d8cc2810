#include "support/Error.h"

#include <utility>

namespace hmgrl {

std::string Issue::text() const {
    std::string out = file;
    for (const std::string* part : {&place, &reason}) {
        if (part->empty())
            continue;
        if (!out.empty())
            out += ": ";
        out += *part;
    }
    return out;
}

Error::Error(const std::string& reason)
    : Error({}, {}, reason) {}

Error::Error(std::string file, std::string place, std::string reason)
    : std::runtime_error(Issue{file, place, reason}.text())
    , m_issue{std::move(file), std::move(place), std::move(reason)} {}

} // namespace hmgrl
