#pragma once

#include "project/DocumentStore.h"
#include "project/StepRecorder.h"

namespace hmgrl {

/// The primitive edits on a connection whose transaction the project holds; every row is shown to
/// the recorder before it changes.
class SqliteEditor final : public Editor {
public:
    SqliteEditor(Connection& connection, StepRecorder& recorder)
        : m_connection(connection)
        , m_recorder(recorder)
        , m_categories(connection)
        , m_documents(connection) {}

    std::int64_t addMention(std::int64_t document, const Mention& mention) override;
    void setMentionStatus(std::int64_t mention, Status status) override;
    void setMentionType(std::int64_t mention, const std::string& category) override;
    void setMentionSpan(std::int64_t mention, Span span) override;
    void removeMention(std::int64_t mention) override;
    std::int64_t addRelation(std::int64_t document, std::int64_t head, std::int64_t tail,
                             const std::string& category) override;
    void setRelationStatus(std::int64_t relation, Status status) override;
    void setRelationType(std::int64_t relation, const std::string& category) override;
    [[nodiscard]] bool hasRejectedEnd(std::int64_t relation) const override;
    void removeRelation(std::int64_t relation) override;
    void setReviewed(std::int64_t document, bool reviewed) override;
    void removeDocument(std::int64_t document) override;
    void addCategory(const Category& category) override;
    void changeCategory(CategoryKind kind, const std::string& name, const Category& to) override;
    void removeCategory(CategoryKind kind, const std::string& name) override;
    void setSetting(const std::string& key, const std::string& value) override;

private:
    struct MentionRow {
        std::int64_t document = 0;
        Status status = Status::Suggested;
    };
    struct RelationUse {
        std::int64_t id = 0;
        Status status = Status::Suggested;
    };
    [[nodiscard]] MentionRow requireMention(std::int64_t id) const;
    void requireRelation(std::int64_t id) const;
    [[nodiscard]] std::optional<std::int64_t> rejectedEnd(std::int64_t relation) const;
    void requireLiveEnds(std::int64_t relation) const;
    void requireSpan(std::int64_t document, Span span) const;
    [[nodiscard]] std::vector<RelationUse> relationsOf(std::int64_t mention) const;
    void rejectWithRelations(std::int64_t mention);
    void untype(const std::string& table, Entity entity, std::int64_t category);

    Connection& m_connection;
    StepRecorder& m_recorder;
    CategoryStore m_categories;
    DocumentStore m_documents;
};

} // namespace hmgrl
