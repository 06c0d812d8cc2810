#pragma once

#include "project/RowImages.h"

#include <functional>

namespace hmgrl {

/// Keeps a span or pair that has a label free of a second, suggested one: the decided row stays,
/// else the oldest; the relations of a suggestion that goes are taken over.
class DuplicateRemover {
public:
    using BeforeChange = std::function<void(const RowRef&)>;

    DuplicateRemover(Connection& connection, BeforeChange beforeChange)
        : m_connection(connection)
        , m_beforeChange(std::move(beforeChange)) {}

    /// Looks at the places of these rows, those that exist.
    void settle(const std::vector<RowRef>& rows);

private:
    struct Label {
        std::int64_t id = 0;
        int status = 0;
    };
    void settleMention(std::int64_t id);
    void settleRelation(std::int64_t id);
    void takeOver(std::int64_t gone, const Label& keeper);
    void remove(Entity entity, std::int64_t id);

    Connection& m_connection;
    BeforeChange m_beforeChange;
};

} // namespace hmgrl
