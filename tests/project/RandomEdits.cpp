#include "RandomEdits.h"

#include "support/Text.h"

namespace hmgrl::test {

bool RandomEdits::step() {
    try {
        m_project.edit("edit", [&](Editor& editor) {
            const auto count = 1 + m_random.upTo(2);
            for (std::uint32_t i = 0; i < count; ++i)
                change(editor);
        });
    } catch (const Error&) {
        return false; // an edit that the rules forbid; the step left nothing
    }
    return true;
}

std::string RandomEdits::anyCategory(CategoryKind kind) {
    std::vector<std::string> names{""};
    for (const Category& category : m_project.categories())
        if (category.kind == kind)
            names.push_back(category.name);
    return names[m_random.upTo(static_cast<std::uint32_t>(names.size() - 1))];
}

Span RandomEdits::anySpan(const Document& document) {
    const int length = codePointCount(document.text);
    const int begin = static_cast<int>(m_random.upTo(static_cast<std::uint32_t>(length - 1)));
    return {begin, begin + 1 + static_cast<int>(m_random.upTo(2))};
}

void RandomEdits::change(Editor& editor) {
    const auto ids = m_project.documentIds();
    const auto id = ids[m_random.upTo(static_cast<std::uint32_t>(ids.size() - 1))];
    const Document document = m_project.document(id);
    if (ids.size() > 2 && m_random.upTo(99) == 0) {
        editor.removeDocument(id);
        return;
    }
    const std::uint32_t kind = m_random.upTo(12);
    if (kind < 6)
        changeMentions(editor, document, kind);
    else if (kind < 10)
        changeRelations(editor, document, kind - 6);
    else if (kind == 10)
        changeCategories(editor);
    else if (kind == 11)
        editor.setReviewed(id, m_random.upTo(1) == 1);
    else
        editor.setSetting("key" + std::to_string(m_random.upTo(2)),
                          std::to_string(m_random.upTo(99)));
}

void RandomEdits::changeMentions(Editor& editor, const Document& document, std::uint32_t kind) {
    if (document.mentions.empty() || kind <= 1) {
        Mention mention;
        mention.span = anySpan(document);
        mention.type = anyCategory(CategoryKind::Entity);
        mention.score = m_random.uniform();
        mention.status = anyStatus();
        editor.addMention(document.id, mention);
        return;
    }
    const auto at = m_random.upTo(static_cast<std::uint32_t>(document.mentions.size() - 1));
    const std::int64_t id = document.mentions[at].id;
    if (kind == 2)
        editor.setMentionStatus(id, anyStatus());
    else if (kind == 3)
        editor.setMentionType(id, anyCategory(CategoryKind::Entity));
    else if (kind == 4)
        editor.setMentionSpan(id, anySpan(document));
    else
        editor.removeMention(id);
}

void RandomEdits::changeRelations(Editor& editor, const Document& document, std::uint32_t kind) {
    if (document.relations.empty() || kind == 0) {
        if (document.mentions.size() < 2)
            return;
        const auto last = static_cast<std::uint32_t>(document.mentions.size() - 1);
        editor.addRelation(document.id, document.mentions[m_random.upTo(last)].id,
                           document.mentions[m_random.upTo(last)].id,
                           anyCategory(CategoryKind::Relation));
        return;
    }
    const auto at = m_random.upTo(static_cast<std::uint32_t>(document.relations.size() - 1));
    const std::int64_t id = document.relations[at].id;
    if (kind == 1)
        editor.setRelationStatus(id, anyStatus());
    else if (kind == 2)
        editor.setRelationType(id, anyCategory(CategoryKind::Relation));
    else
        editor.removeRelation(id);
}

void RandomEdits::changeCategories(Editor& editor) {
    const auto kind = static_cast<CategoryKind>(m_random.upTo(1));
    const std::string name = anyCategory(kind);
    Category made{kind,        "made" + std::to_string(m_names++),
                  "by chance", anyCategory(kind),
                  false,       m_random.upTo(0xffffff)};
    if (kind == CategoryKind::Relation)
        for (auto* types : {&made.heads, &made.tails})
            if (const std::string type = anyCategory(CategoryKind::Entity); !type.empty())
                types->push_back(type);
    const auto what = m_random.upTo(2);
    if (what == 0 || name.empty())
        editor.addCategory(made);
    else if (what == 1)
        editor.changeCategory(kind, name, made);
    else
        editor.removeCategory(kind, name);
}

} // namespace hmgrl::test
