#include "document/DocumentContent.h"

#include "support/Text.h"

#include <QCoreApplication>
#include <algorithm>
#include <numeric>

namespace hmgrl {
namespace {

QString untyped() {
    return QCoreApplication::translate("DocumentView", "untyped");
}

template <typename Rows>
auto find(const Rows& rows, std::int64_t id) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [id](const auto& row) { return row.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

template <typename Drawn, typename Stored>
void copyLabel(Drawn& drawn, const Stored& stored, const TypeChoice* type) {
    drawn.id = stored.id;
    drawn.label = type ? type->label
                       : (stored.type.empty() ? untyped() : toQString(displayName(stored.type)));
    drawn.colour = type ? type->colour : 0x8a8f98;
    drawn.score = stored.score;
    drawn.status = stored.status;
}

} // namespace

const Mention* DocumentContent::mention(std::int64_t id) const {
    return find(document.mentions, id);
}

const Relation* DocumentContent::relation(std::int64_t id) const {
    return find(document.relations, id);
}

std::string DocumentContent::textOf(const Mention& mention) const {
    return collapseSpace(substring(document.text, mention.span.begin, mention.span.end));
}

QString DocumentContent::describe(const DocumentItem& item) const {
    if (item.kind == CategoryKind::Entity) {
        const Mention* found = mention(item.id);
        return found ? toQString(textOf(*found)) : QString();
    }
    const Relation* found = relation(item.id);
    if (!found)
        return {};
    const auto text = [&](int i) {
        return toQString(textOf(document.mentions.at(static_cast<std::size_t>(i))));
    };
    return text(found->head) + QStringLiteral(" → ") + text(found->tail);
}

AnnotatedText annotatedText(const Document& document, const TextOffsets& offsets,
                            const TypeCatalogue& types, bool withRejected) {
    AnnotatedText out;
    out.text = offsets.text();
    std::vector<std::size_t> order(document.mentions.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return document.mentions[a].span < document.mentions[b].span;
    });
    std::vector<int> drawn(document.mentions.size(), -1);
    for (const std::size_t i : order) {
        const Mention& mention = document.mentions[i];
        const auto [begin, end] = offsets.toUtf16(mention.span);
        if ((mention.status == Status::Rejected && !withRejected) || begin >= end)
            continue;
        const TypeChoice* type = types.find(CategoryKind::Entity, mention.type);
        TextMention m;
        copyLabel(m, mention, type);
        m.begin = begin;
        m.end = end;
        m.hint = type ? type->hint() : QString();
        drawn[i] = static_cast<int>(out.mentions.size());
        out.mentions.push_back(std::move(m));
    }
    for (const Relation& relation : document.relations) {
        const int head = drawn.at(static_cast<std::size_t>(relation.head));
        const int tail = drawn.at(static_cast<std::size_t>(relation.tail));
        if ((relation.status == Status::Rejected && !withRejected) || head < 0 || tail < 0)
            continue;
        TextRelation r;
        copyLabel(r, relation, types.find(CategoryKind::Relation, relation.type));
        r.head = head;
        r.tail = tail;
        out.relations.push_back(std::move(r));
    }
    return out;
}

} // namespace hmgrl
