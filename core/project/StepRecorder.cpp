#include "project/StepRecorder.h"

#include "data/Document.h"

namespace hmgrl {
namespace {

std::string textOf(const RowImage& image) {
    return image ? image->dump() : std::string("null");
}

} // namespace

void StepRecorder::touch(const RowRef& ref) {
    if (m_before.contains(ref))
        return;
    RowImage image = m_images.read(ref);
    if (image && ref.entity == Entity::Mention)
        toNameBefore(CategoryKind::Entity, image->at("type"));
    else if (image && ref.entity == Entity::Relation)
        toNameBefore(CategoryKind::Relation, image->at("type"));
    else if (image && ref.entity == Entity::Category)
        toNameBefore(static_cast<CategoryKind>(image->at("kind").get<int>()), image->at("parent"));
    m_before.emplace(ref, std::move(image));
}

/// Images name categories. One that was renamed earlier in this step had another name before it.
void StepRecorder::toNameBefore(CategoryKind kind, nlohmann::json& name) const {
    const auto id = m_categories.find(kind, name.get<std::string>());
    if (!id)
        return;
    const auto category = m_before.find({Entity::Category, *id});
    if (category != m_before.end() && category->second)
        name = category->second->at("name");
}

std::vector<RowRef> StepRecorder::touched() const {
    std::vector<RowRef> refs;
    for (const auto& [ref, image] : m_before)
        refs.push_back(ref);
    return refs;
}

std::vector<StepRecorder::Change> StepRecorder::changes() {
    std::vector<Change> changes;
    for (auto& [ref, before] : m_before) {
        RowImage after = m_images.read(ref);
        if (before != after)
            changes.push_back({ref, std::move(before), std::move(after)});
    }
    return changes;
}

/// A changed relation leans on its two mentions. Suggested ones may go with a later extraction, so
/// the step remembers them (before equals after) and brings them back if need be.
void StepRecorder::addSupports(std::vector<Change>& changes) const {
    std::set<RowRef> known;
    for (const Change& change : changes)
        known.insert(change.ref);
    const std::size_t count = changes.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (changes[i].ref.entity != Entity::Relation)
            continue;
        const nlohmann::json relation = changes[i].before ? *changes[i].before : *changes[i].after;
        for (const char* end : {"head", "tail"}) {
            const RowRef mention(Entity::Mention, relation.at(end).get<std::int64_t>());
            if (!known.insert(mention).second)
                continue;
            const RowImage image = m_images.read(mention);
            if (image && image->at("status") == static_cast<int>(Status::Suggested))
                changes.push_back({mention, image, image});
        }
    }
}

std::set<std::int64_t> StepRecorder::store(const std::string& label) {
    std::vector<Change> changed = changes();
    std::set<std::int64_t> documents;
    if (changed.empty())
        return documents;
    addSupports(changed);
    m_connection.query("DELETE FROM steps WHERE undone = 1").run();
    m_connection.query("INSERT INTO steps(label) VALUES (?)").with(label).run();
    const std::int64_t step = m_connection.lastInsertId();
    Query insert = m_connection.query(
        "INSERT INTO changes(step, entity, row, before, after) VALUES (?, ?, ?, ?, ?)");
    for (const Change& change : changed) {
        insert
            .with(step, toString(change.ref.entity), change.ref.row, textOf(change.before),
                  textOf(change.after))
            .run();
        for (const RowImage* image : {&change.before, &change.after})
            if (const auto document = documentOf(change.ref, *image))
                documents.insert(*document);
    }
    return documents;
}

} // namespace hmgrl
