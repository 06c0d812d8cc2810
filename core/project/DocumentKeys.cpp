#include "project/DocumentKeys.h"

namespace hmgrl {

std::string DocumentKeys::numbered(const std::string& stem, int number) {
    return number == 1 ? stem : stem + "-" + std::to_string(number);
}

bool DocumentKeys::isTaken(const std::string& key) const {
    Query row = m_connection.query("SELECT 1 FROM documents WHERE key = ?");
    return row.with(key).next();
}

std::string DocumentKeys::freeKey(const std::string& wanted) {
    if (!wanted.empty() && !isTaken(wanted))
        return wanted;
    const std::string stem = wanted.empty() ? "document" : wanted;
    int& suffix = m_nextSuffix.try_emplace(stem, 2).first->second;
    std::string key;
    do
        key = numbered(stem, suffix++);
    while (isTaken(key));
    return key;
}

} // namespace hmgrl
