#include "project/DuplicateRemover.h"

#include "data/Document.h"

namespace hmgrl {
namespace {

constexpr int kSuggested = static_cast<int>(Status::Suggested);
constexpr int kRejected = static_cast<int>(Status::Rejected);

} // namespace

void DuplicateRemover::settle(const std::vector<RowRef>& rows) {
    for (const RowRef& ref : rows)
        if (ref.entity == Entity::Mention)
            settleMention(ref.id());
    for (const RowRef& ref : rows)
        if (ref.entity == Entity::Relation)
            settleRelation(ref.id());
}

void DuplicateRemover::settleMention(std::int64_t id) {
    std::vector<Label> labels;
    {
        Query row = m_connection.query(
            "SELECT l.id, l.status FROM mentions m JOIN mentions l ON l.document = m.document "
            "AND l.span_begin = m.span_begin AND l.span_end = m.span_end "
            "WHERE m.id = ? ORDER BY l.status = 0, l.id");
        row.with(id);
        while (row.next())
            labels.push_back({row.integer(0), row.number(1)});
    }
    for (std::size_t i = 1; i < labels.size(); ++i)
        if (labels[i].status == kSuggested)
            takeOver(labels[i].id, labels.front());
}

void DuplicateRemover::takeOver(std::int64_t gone, const Label& keeper) {
    struct Use {
        std::int64_t relation, head, tail;
        int status;
    };
    std::vector<Use> uses;
    {
        Query row = m_connection.query(
            "SELECT id, head, tail, status FROM relations WHERE head = ?1 OR tail = ?1");
        row.with(gone);
        while (row.next())
            uses.push_back({row.integer(0), row.integer(1), row.integer(2), row.number(3)});
    }
    for (const Use& use : uses) {
        const std::int64_t head = use.head == gone ? keeper.id : use.head;
        const std::int64_t tail = use.tail == gone ? keeper.id : use.tail;
        if (head == tail || (keeper.status == kRejected && use.status == kSuggested)) {
            remove(Entity::Relation, use.relation);
            continue;
        }
        m_beforeChange({Entity::Relation, use.relation});
        m_connection.query("UPDATE relations SET head = ?, tail = ? WHERE id = ?")
            .with(head, tail, use.relation)
            .run();
        settleRelation(use.relation);
    }
    remove(Entity::Mention, gone);
}

void DuplicateRemover::settleRelation(std::int64_t id) {
    std::vector<Label> labels;
    {
        Query row = m_connection.query(
            "SELECT l.id, l.status FROM relations r JOIN relations l ON l.head = r.head "
            "AND l.tail = r.tail WHERE r.id = ? ORDER BY l.status = 0, l.id");
        row.with(id);
        while (row.next())
            labels.push_back({row.integer(0), row.number(1)});
    }
    for (std::size_t i = 1; i < labels.size(); ++i)
        if (labels[i].status == kSuggested)
            remove(Entity::Relation, labels[i].id);
}

void DuplicateRemover::remove(Entity entity, std::int64_t id) {
    m_beforeChange({entity, id});
    m_connection
        .query(entity == Entity::Mention ? "DELETE FROM mentions WHERE id = ?"
                                         : "DELETE FROM relations WHERE id = ?")
        .with(id)
        .run();
}

} // namespace hmgrl
