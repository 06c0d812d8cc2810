#pragma once

#include "project/CategoryStore.h"
#include "project/DocumentRows.h"

#include <compare>
#include <nlohmann/json.hpp>

namespace hmgrl {

/// The kinds of rows an analyst changes.
enum class Entity { Category, Document, Mention, Relation, Review, Setting };

/// A row by its kind and its id or key.
struct RowRef {
    Entity entity = Entity::Mention;
    std::string row;

    RowRef(Entity kind, std::int64_t id)
        : entity(kind)
        , row(std::to_string(id)) {}
    RowRef(Entity kind, std::string key)
        : entity(kind)
        , row(std::move(key)) {}
    [[nodiscard]] std::int64_t id() const; ///< @throws Error when a damaged history has none

    friend auto operator<=>(const RowRef&, const RowRef&) = default;
};

/// A row's content, nothing when it is absent. Categories are told by name, so an image stays true
/// when a category of that name came back under another row.
using RowImage = std::optional<nlohmann::json>;

/// The document that a row belongs to or is; nothing for other rows and for a label that is absent.
[[nodiscard]] std::optional<std::int64_t> documentOf(const RowRef& ref, const RowImage& image);

struct RowState {
    RowRef ref;
    RowImage image;
    bool onlyIfAbsent =
        false; ///< a row that others lean on: brought back when it went, else left alone
};

/// Reads rows as images and makes rows be as their images say, with their own ids.
class RowImages {
public:
    explicit RowImages(Connection& connection)
        : m_connection(connection)
        , m_categories(connection)
        , m_documents(connection) {}

    [[nodiscard]] RowImage read(const RowRef& ref) const;
    /// All of them together, whatever the order they refer to each other in.
    void write(const std::vector<RowState>& states);

private:
    [[nodiscard]] RowImage readCategory(std::int64_t id) const;
    [[nodiscard]] RowImage readMention(std::int64_t id) const;
    [[nodiscard]] RowImage readRelation(std::int64_t id) const;
    void writeCategories(const std::vector<RowState>& states);
    void writeCategory(std::int64_t id, const nlohmann::json& image);
    void writeMention(std::int64_t id, const nlohmann::json& image);
    void writeRelation(std::int64_t id, const nlohmann::json& image);
    void writePlain(const RowState& state);
    void removeUnusedCategory(std::int64_t id);
    [[nodiscard]] std::optional<std::int64_t> category(CategoryKind kind,
                                                       const nlohmann::json& name) const;

    Connection& m_connection;
    CategoryStore m_categories;
    DocumentRows m_documents;
};

[[nodiscard]] const char* toString(Entity entity);
[[nodiscard]] Entity entityFromString(const std::string& text);

} // namespace hmgrl
