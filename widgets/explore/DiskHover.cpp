#include "explore/DiskHover.h"

#include "bridge/TextOffsets.h"
#include "support/Text.h"

#include <QCoreApplication>
#include <algorithm>

namespace hmgrl {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("hmgrl::DiskHover", text);
}

QString percent(double score) {
    return QStringLiteral("%1 %").arg(score * 100, 0, 'f', 0);
}

QString statusText(Status status) {
    switch (status) {
    case Status::Accepted:
        return say("accepted");
    case Status::Rejected:
        return say("rejected");
    case Status::Suggested:
        break;
    }
    return say("suggested");
}

/// The text around a span, the span emphasised.
void addContext(HoverCard& card, const Document& document, Span span) {
    constexpr int around = 70;
    const auto cut = [&](int begin, int end) {
        return toQString(substring(document.text, begin, end));
    };
    const QString before = cut(std::max(0, span.begin - around), span.begin);
    const QString after = cut(span.end, span.end + around);
    card.text.push_back({(span.begin > around ? QStringLiteral("…") : QString()) + before, false});
    card.text.push_back({cut(span.begin, span.end), true});
    card.text.push_back(
        {after +
             (span.end + around < codePointCount(document.text) ? QStringLiteral("…") : QString()),
         false});
}

const Mention* mentionAt(const Document& document, int index) {
    const auto i = static_cast<std::size_t>(index);
    return i < document.mentions.size() ? &document.mentions[i] : nullptr;
}

QString wordsOf(const Document& document, const Mention& mention) {
    return toQString(substring(document.text, mention.span.begin, mention.span.end));
}

void describeMention(HoverCard& card, const Document& document, std::int64_t id) {
    for (const Mention& mention : document.mentions)
        if (mention.id == id) {
            card.title = wordsOf(document, mention);
            addContext(card, document, mention.span);
        }
}

void describeRelation(HoverCard& card, const Document& document, std::int64_t id) {
    for (const Relation& relation : document.relations) {
        const Mention* head = mentionAt(document, relation.head);
        const Mention* tail = mentionAt(document, relation.tail);
        if (relation.id != id || !head || !tail)
            continue;
        card.title = wordsOf(document, *head) + QStringLiteral(" → ") + wordsOf(document, *tail);
        addContext(card, document, head->span);
    }
}

} // namespace

HoverSource readHoverSource(const Project& project, std::int64_t document) {
    const std::string jpeg = project.thumbnail(document);
    return {project.document(document),
            QImage::fromData(reinterpret_cast<const uchar*>(jpeg.data()),
                             static_cast<int>(jpeg.size()))};
}

HoverCard sampleCard(const Session& session, const SampleRow& sample, const HoverSource& source) {
    HoverCard card;
    const auto colourOf = [&](const std::string& name) {
        const Category* category = session.category(sample.kind, name);
        return category ? category->colour : 0x8A94A3U;
    };
    if (sample.kind == CategoryKind::Entity)
        describeMention(card, source.document, sample.id);
    else
        describeRelation(card, source.document, sample.id);
    card.subtitle =
        toQString(displayName(sample.type)) + QStringLiteral(" · ") + statusText(sample.status);
    if (sample.status == Status::Suggested && !sample.candidates.empty())
        card.subtitle += QStringLiteral(" · ") + percent(sample.candidates.front().score);
    card.colour = colourOf(sample.type);
    card.thumbnail = source.thumbnail;
    for (const Candidate& candidate : sample.candidates)
        card.candidates.push_back({toQString(displayName(candidate.category)), candidate.score,
                                   colourOf(candidate.category)});
    return card;
}

HoverCard prototypeCard(const DiskData& disk, const Category& category) {
    const auto count = std::count_if(disk.samples.begin(), disk.samples.end(),
                                     [&](const SampleRow& s) { return s.type == category.name; });
    HoverCard card;
    card.title = toQString(displayName(category.name));
    card.subtitle = (category.seen ? say("prototype of a seen category")
                                   : say("prototype of an unseen category")) +
                    QStringLiteral(" · %1").arg(count);
    card.colour = category.colour;
    if (!category.description.empty())
        card.text.push_back({toQString(category.description), false});
    return card;
}

} // namespace hmgrl
