#pragma once

#include "project/RowImages.h"

#include <map>
#include <set>

namespace hmgrl {

/// Collects what one edit changes: the content of each row before its first change and at the end.
class StepRecorder {
public:
    explicit StepRecorder(Connection& connection)
        : m_connection(connection)
        , m_images(connection)
        , m_categories(connection) {}

    /// Before a row is changed or removed.
    void touch(const RowRef& ref);
    /// After a row was added.
    void created(const RowRef& ref) { m_before.try_emplace(ref, std::nullopt); }

    [[nodiscard]] std::vector<RowRef> touched() const;
    /// Writes the step and drops what could be redone; nothing when nothing changed. Returns the
    /// documents that changed.
    std::set<std::int64_t> store(const std::string& label);

private:
    struct Change {
        RowRef ref;
        RowImage before, after;
    };
    [[nodiscard]] std::vector<Change> changes();
    void toNameBefore(CategoryKind kind, nlohmann::json& name) const;
    void addSupports(std::vector<Change>& changes) const;

    Connection& m_connection;
    RowImages m_images;
    CategoryStore m_categories;
    std::map<RowRef, RowImage> m_before;
};

} // namespace hmgrl
