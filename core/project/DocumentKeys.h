#pragma once

#include "project/Connection.h"

#include <map>

namespace hmgrl {

/// The ids of documents as files know them, unique within a project: documents of the same id are
/// "a", "a-2", "a-3" …
class DocumentKeys {
public:
    explicit DocumentKeys(Connection& connection)
        : m_connection(connection) {}

    [[nodiscard]] static std::string numbered(const std::string& stem, int number);
    /// `wanted` itself or the first number of it that is free ("document" when it is empty).
    [[nodiscard]] std::string freeKey(const std::string& wanted);

private:
    [[nodiscard]] bool isTaken(const std::string& key) const;

    Connection& m_connection;
    std::map<std::string, int> m_nextSuffix; ///< so that many of one id aren't quadratic work
};

} // namespace hmgrl
