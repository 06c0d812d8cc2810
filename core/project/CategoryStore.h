#pragma once

#include "data/Category.h"
#include "project/Blobs.h"

namespace hmgrl {

/// The taxonomy's rows. Reads afresh every time, because another connection may change it.
class CategoryStore {
public:
    explicit CategoryStore(Connection& connection)
        : m_connection(connection) {}

    [[nodiscard]] std::vector<Category> all() const;
    [[nodiscard]] CategoryNames names() const;
    [[nodiscard]] std::optional<std::int64_t> find(CategoryKind kind,
                                                   const std::string& name) const;
    /// @throws Error when there is none
    [[nodiscard]] std::int64_t require(CategoryKind kind, const std::string& name) const;
    /// The row of a label's type: none for the empty name. @throws Error for an unknown one
    [[nodiscard]] std::optional<std::int64_t> typeRow(CategoryKind kind,
                                                      const std::string& name) const;
    [[nodiscard]] std::vector<std::pair<std::string, int>> counts(CategoryKind kind) const;
    [[nodiscard]] bool hasChildren(std::int64_t id) const;
    /// Rows of the relations that allow this entity type as an argument.
    [[nodiscard]] std::vector<std::int64_t> relationsWith(std::int64_t entity) const;
    /// Names of the entity types that the relation allows at one end; 0: head, 1: tail.
    [[nodiscard]] std::vector<std::string> arguments(std::int64_t relation, int side) const;
    /// Replaces them. Names that aren't there any more are left out.
    void setArguments(std::int64_t relation, int side, const std::vector<std::string>& types);

    /// Its parent and argument types must be there. @throws Error for a bad or taken name
    std::int64_t add(const Category& category);
    /// The row of a name that an import uses; new ones are unseen and get a colour and, when it is
    /// there, the parent their path tells.
    std::int64_t ensure(CategoryKind kind, const std::string& name);
    void update(std::int64_t id, const Category& category);
    void remove(std::int64_t id);
    /// Contract of Project::addModelCategories, inside a transaction.
    void merge(const std::vector<Category>& categories);

private:
    void storeArguments(std::int64_t id, const Category& category);

    Connection& m_connection;
};

} // namespace hmgrl
