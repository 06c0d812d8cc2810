#pragma once

#include "project/Project.h"
#include "support/Random.h"

namespace hmgrl::test {

/// Draws valid edits of every kind; what the project refuses is drawn again.
class RandomEdits {
public:
    RandomEdits(Project& project, std::uint32_t seed)
        : m_project(project)
        , m_random(seed) {}

    /// One step of one to three edits. True when it was stored.
    bool step();

private:
    void change(Editor& editor);
    void changeMentions(Editor& editor, const Document& document, std::uint32_t kind);
    void changeRelations(Editor& editor, const Document& document, std::uint32_t kind);
    void changeCategories(Editor& editor);
    std::string anyCategory(CategoryKind kind);
    Span anySpan(const Document& document);
    Status anyStatus() { return static_cast<Status>(m_random.upTo(2)); }

    Project& m_project;
    Random m_random;
    int m_names = 0;
};

} // namespace hmgrl::test
