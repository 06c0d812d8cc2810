#pragma once

#include "project/RowImages.h"

#include <set>

namespace hmgrl {

/// The stored steps: which can be undone and redone, and doing it. Steps live in the file, so they
/// survive closing it.
class History {
public:
    enum class Direction { Undo, Redo };

    explicit History(Connection& connection)
        : m_connection(connection)
        , m_images(connection) {}

    [[nodiscard]] std::optional<std::string> label(Direction direction) const;
    /// Swaps the images of the next step, in a transaction of the caller; the touched documents.
    std::set<std::int64_t> move(Direction direction);

private:
    std::set<std::int64_t> swapImages(Direction direction);
    [[nodiscard]] std::vector<RowState> states(std::int64_t step, Direction direction,
                                               std::set<std::int64_t>& documents) const;

    Connection& m_connection;
    RowImages m_images;
};

} // namespace hmgrl
