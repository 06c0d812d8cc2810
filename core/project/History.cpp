#include "project/History.h"

#include "project/DuplicateRemover.h"

namespace hmgrl {
namespace {

const char* nextStepSql(History::Direction direction) {
    return direction == History::Direction::Undo
               ? "SELECT id, label FROM steps WHERE undone = 0 ORDER BY id DESC LIMIT 1"
               : "SELECT id, label FROM steps WHERE undone = 1 ORDER BY id LIMIT 1";
}

RowImage imageOf(const std::string& text) {
    nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_null())
        return std::nullopt;
    if (!json.is_object())
        throw Error("damaged project: a step of the history can't be read");
    return json;
}

} // namespace

std::optional<std::string> History::label(Direction direction) const {
    Query row = m_connection.query(nextStepSql(direction));
    return row.next() ? std::optional(row.text(1)) : std::nullopt;
}

std::vector<RowState> History::states(std::int64_t step, Direction direction,
                                      std::set<std::int64_t>& documents) const {
    Query row = m_connection.query("SELECT entity, row, before, after FROM changes WHERE step = ?");
    row.with(step);
    std::vector<RowState> states;
    while (row.next()) {
        const RowRef ref(entityFromString(row.text(0)), row.text(1));
        const std::string before = row.text(2), after = row.text(3);
        const bool isSupport = before == after;
        RowState from{ref, imageOf(direction == Direction::Undo ? after : before), isSupport};
        RowState to{ref, imageOf(direction == Direction::Undo ? before : after), isSupport};
        for (const RowState* state : {&from, &to})
            if (const auto document = documentOf(ref, state->image))
                documents.insert(*document);
        states.push_back(std::move(to));
    }
    return states;
}

std::set<std::int64_t> History::move(Direction direction) {
    try {
        return swapImages(direction);
    } catch (const nlohmann::json::exception& fault) {
        throw Error(std::string("damaged project: a step of the history can't be read (") +
                    fault.what() + ")");
    }
}

std::set<std::int64_t> History::swapImages(Direction direction) {
    std::set<std::int64_t> documents;
    std::int64_t step = 0;
    {
        Query row = m_connection.query(nextStepSql(direction));
        if (!row.next())
            return documents;
        step = row.integer(0);
    }
    const std::vector<RowState> target = states(step, direction, documents);
    m_images.write(target);
    // Derived data may have come in between: a suggestion where the step's own label is back.
    std::vector<RowRef> rows;
    for (const RowState& state : target)
        rows.push_back(state.ref);
    DuplicateRemover(m_connection, [](const RowRef&) {}).settle(rows);
    m_connection.query("UPDATE steps SET undone = ? WHERE id = ?")
        .with(direction == Direction::Undo ? 1 : 0, step)
        .run();
    return documents;
}

} // namespace hmgrl
