#include "explore/DiskHover.h"

#include "bridge/TextOffsets.h"
#include "data/Palette.h"
#include "layout/Hyperboloid.h"
#include "support/Text.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

#define T(text) QT_TRANSLATE_NOOP("hmgrl::DiskHover", text)

QString say(const char* text) {
    return QCoreApplication::translate("hmgrl::DiskHover", text);
}

QString percent(double score) {
    return QStringLiteral("%1 %").arg(score * 100, 0, 'f', 0);
}

QString statusText(Status status) {
    switch (status) {
    case Status::Accepted:
        return say(T("accepted"));
    case Status::Rejected:
        return say(T("rejected"));
    case Status::Suggested:
        break;
    }
    return say(T("suggested"));
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

std::optional<HoverSource> readHoverSource(const Project& project, std::int64_t document) {
    if (!project.summary(document))
        return std::nullopt;
    const std::string jpeg = project.thumbnail(document);
    return HoverSource{project.document(document),
                       QImage::fromData(reinterpret_cast<const uchar*>(jpeg.data()),
                                        static_cast<int>(jpeg.size()))};
}

HoverCard sampleCard(const Session& session, const DiskData& disk, int row,
                     const HoverSource& source) {
    HoverCard card;
    const auto index = static_cast<std::size_t>(row);
    const SampleRow& sample = disk.samples[index];
    const auto colourOf = [&](const std::string& name) {
        const Category* category = session.category(sample.kind, name);
        return category ? category->colour : untypedColour;
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
    for (const Candidate& candidate : sample.candidates) {
        const int prototype = disk.prototypeRow(candidate.category);
        card.candidates.push_back(
            {toQString(displayName(candidate.category)), candidate.score,
             colourOf(candidate.category),
             prototype < 0
                 ? -1
                 : latentDistance(disk.points, index, static_cast<std::size_t>(prototype))});
    }
    return card;
}

HoverCard prototypeCard(const DiskData& disk, const Category& category) {
    const auto count = std::count_if(disk.samples.begin(), disk.samples.end(),
                                     [&](const SampleRow& s) { return s.type == category.name; });
    HoverCard card;
    card.title = toQString(displayName(category.name));
    card.subtitle = (category.seen ? say(T("prototype of a seen category"))
                                   : say(T("prototype of an unseen category"))) +
                    QStringLiteral(" · %1").arg(count);
    card.colour = category.colour;
    if (!category.description.empty())
        card.text.push_back({toQString(category.description), false});
    return card;
}

double latentDistance(const EmbeddingSet& points, std::size_t a, std::size_t b) {
    EmbeddingSet ends;
    ends.width = points.width;
    ends.curvature = points.curvature;
    for (const std::size_t row : {a, b}) {
        ends.kind.push_back(points.kind[row]);
        ends.space.insert(ends.space.end(), points.row(row).begin(), points.row(row).end());
    }
    return layout::Hyperboloid(ends).distance(0, 1) / std::sqrt(points.curvature);
}

std::vector<DiskLink> candidateLinks(const DiskData& disk, int row) {
    std::vector<DiskLink> links;
    if (row < 0 || static_cast<std::size_t>(row) >= disk.samples.size())
        return links;
    for (const Candidate& candidate : disk.samples[static_cast<std::size_t>(row)].candidates) {
        const int prototype = disk.prototypeRow(candidate.category);
        if (prototype < 0)
            continue;
        const auto to = static_cast<std::uint32_t>(prototype);
        links.push_back({static_cast<std::uint32_t>(row), to,
                         disk.prototypes[to - disk.samples.size()].colour,
                         std::clamp(candidate.score, 0.0, 1.0)});
    }
    return links;
}

} // namespace hmgrl
