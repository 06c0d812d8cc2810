#include "project/CanonicalExport.h"

#include "support/Error.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

namespace hmgrl {
namespace {

using nlohmann::json;

json candidatesJson(const std::vector<Candidate>& candidates) {
    json list = json::array();
    for (const Candidate& candidate : candidates)
        list.push_back({{"category", candidate.category},
                        {"score", candidate.score},
                        {"distance", candidate.distance}});
    return list;
}

template <typename Label>
void addCommon(json& object, const Label& label) {
    if (!label.type.empty())
        object["type"] = label.type;
    object["score"] = label.score;
    if (label.status != Status::Accepted)
        object["status"] = toString(label.status);
    if (!label.candidates.empty())
        object["candidates"] = candidatesJson(label.candidates);
}

json mentionJson(const Mention& mention) {
    json object = {{"begin", mention.span.begin}, {"end", mention.span.end}};
    addCommon(object, mention);
    return object;
}

/// Mentions in the order of their place and content; `newIndex[i]` is where mention i went.
json sortedMentions(const Document& document, std::vector<int>& newIndex) {
    std::vector<std::size_t> order(document.mentions.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<std::string> text;
    for (const Mention& mention : document.mentions)
        text.push_back(mentionJson(mention).dump());
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const Span left = document.mentions[a].span, right = document.mentions[b].span;
        return left != right ? left < right : text[a] < text[b];
    });
    newIndex.resize(order.size());
    json list = json::array();
    for (std::size_t i = 0; i < order.size(); ++i) {
        newIndex[order[i]] = static_cast<int>(i);
        list.push_back(mentionJson(document.mentions[order[i]]));
    }
    return list;
}

json sortedRelations(const Document& document, const std::vector<int>& newIndex) {
    std::vector<json> list;
    for (const Relation& relation : document.relations) {
        json object = {{"head", newIndex[static_cast<std::size_t>(relation.head)]},
                       {"tail", newIndex[static_cast<std::size_t>(relation.tail)]}};
        addCommon(object, relation);
        list.push_back(std::move(object));
    }
    std::sort(list.begin(), list.end(), [](const json& a, const json& b) {
        const auto place = [](const json& r) {
            return std::pair(r.at("head").get<int>(), r.at("tail").get<int>());
        };
        return place(a) != place(b) ? place(a) < place(b) : a.dump() < b.dump();
    });
    return list;
}

} // namespace

std::string canonicalLine(const Document& document, bool reviewed) {
    json object =
        document.extra.empty() ? json::object() : json::parse(document.extra, nullptr, false);
    if (!object.is_object())
        throw Error("damaged project: the other fields of document \"" + document.key +
                    "\" are no JSON object");
    object["id"] = document.key;
    object["text"] = document.text;
    const std::pair<const char*, const std::string*> optional[] = {
        {"image", &document.imageRef}, {"url", &document.url}, {"topic", &document.topic}};
    for (const auto& [name, value] : optional)
        if (!value->empty())
            object[name] = *value;
    if (reviewed)
        object["reviewed"] = true;
    std::vector<int> newIndex;
    if (!document.mentions.empty())
        object["mentions"] = sortedMentions(document, newIndex);
    if (!document.relations.empty())
        object["relations"] = sortedRelations(document, newIndex);
    return object.dump() + "\n";
}

} // namespace hmgrl
