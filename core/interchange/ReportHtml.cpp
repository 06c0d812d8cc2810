#include "interchange/ReportHtml.h"

#include "data/Palette.h"
#include "support/Base64.h"
#include "support/Text.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string_view>

namespace hmgrl {
namespace {

constexpr const char* style = R"(
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #dfe4ea; --card: #ffffff; --page: #f4f6f8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5; --line: #2c343f; --card: #1a2029; --page: #12161c; } }
body { font: 15px/1.6 "Inter", "Noto Sans", "DejaVu Sans", sans-serif; color: var(--ink); background: var(--page); margin: 0; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 24px 80px; }
h1 { font-size: 26px; font-weight: 650; margin: 0 0 4px; }
.facts { display: flex; flex-wrap: wrap; gap: 8px 28px; color: var(--soft); margin: 12px 0 28px; }
.facts b { color: var(--ink); font-weight: 600; margin-left: 6px; }
.disk { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 12px; text-align: center; }
.disk svg { max-width: 100%; height: auto; }
article { display: grid; grid-template-columns: 200px 1fr; gap: 20px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px; margin-top: 16px; }
article img { width: 200px; max-height: 240px; object-fit: cover; border-radius: 8px; display: block; }
article.plain { grid-template-columns: 1fr; }
.key { color: var(--soft); font-size: 13px; }
.text { font-size: 16px; line-height: 2.1; margin: 4px 0 8px; overflow-wrap: anywhere; }
mark { color: inherit; border-radius: 5px; padding: 1px 5px; border: 1px solid; }
mark.suggested { border-style: dashed; }
mark small { font-size: 11px; color: var(--soft); margin-left: 5px; }
.badge { font-size: 10px; border: 1px solid currentColor; border-radius: 8px; padding: 0 5px; margin-left: 4px; }
ul { margin: 0; padding: 0; list-style: none; font-size: 14px; }
li { margin: 2px 0; } li i { font-style: normal; font-weight: 600; padding: 0 6px; }
li.suggested { color: var(--soft); }
)";

using Categories = std::map<std::pair<CategoryKind, std::string>, Category>;

std::string typeLabel(const Categories& categories, CategoryKind kind, const std::string& type,
                      double score, Status status) {
    const auto found = categories.find({kind, type});
    std::string out = escapeMarkup(type.empty() ? "untyped" : displayName(type));
    if (status == Status::Suggested) {
        char text[16];
        std::snprintf(text, sizeof text, " %.2f", score);
        out += text;
    }
    if (found != categories.end() && !found->second.seen)
        out += "<span class=\"badge\">unseen</span>";
    return out;
}

std::string markedText(const Document& document, const Categories& categories) {
    std::vector<const Mention*> mentions;
    for (const Mention& mention : document.mentions)
        if (mention.status != Status::Rejected)
            mentions.push_back(&mention);
    std::stable_sort(mentions.begin(), mentions.end(), [](const Mention* a, const Mention* b) {
        return a->span.begin != b->span.begin ? a->span.begin < b->span.begin
                                              : a->span.end > b->span.end;
    });
    std::string out;
    int at = 0;
    for (const Mention* mention : mentions) {
        if (mention->span.begin < at)
            continue; // nested in one that is drawn
        const auto found = categories.find({CategoryKind::Entity, mention->type});
        const std::uint32_t colour =
            found == categories.end() ? untypedColour : found->second.colour;
        char css[64];
        std::snprintf(css, sizeof css, "background:#%06x2b;border-color:#%06x", colour, colour);
        out += escapeMarkup(substring(document.text, at, mention->span.begin));
        out +=
            "<mark class=\"" + std::string(toString(mention->status)) + "\" style=\"" + css + "\">";
        out += escapeMarkup(substring(document.text, mention->span.begin, mention->span.end));
        out += "<small>" +
               typeLabel(categories, CategoryKind::Entity, mention->type, mention->score,
                         mention->status) +
               "</small></mark>";
        at = mention->span.end;
    }
    return out + escapeMarkup(substring(document.text, at, codePointCount(document.text)));
}

std::string relationList(const Document& document, const Categories& categories) {
    std::string out;
    const auto text = [&](int index) {
        const Span span = document.mentions[static_cast<std::size_t>(index)].span;
        return escapeMarkup(substring(document.text, span.begin, span.end));
    };
    for (const Relation& relation : document.relations) {
        if (relation.status == Status::Rejected)
            continue;
        out += "<li class=\"" + std::string(toString(relation.status)) + "\">" +
               text(relation.head) + " <i>" +
               typeLabel(categories, CategoryKind::Relation, relation.type, relation.score,
                         relation.status) +
               "</i> " + text(relation.tail) + "</li>\n";
    }
    return out.empty() ? out : "<ul>\n" + out + "</ul>\n";
}

std::string article(const Document& document, const std::string& thumbnail,
                    const Categories& categories) {
    std::string out = thumbnail.empty() ? "<article class=\"plain\">" : "<article><div>";
    if (!thumbnail.empty())
        out += "<img alt=\"\" src=\"data:image/jpeg;base64," + toBase64(thumbnail) + "\"></div>";
    out += "<div><div class=\"key\">" + escapeMarkup(document.key) +
           (document.topic.empty() ? "" : " · " + escapeMarkup(document.topic)) + "</div>";
    out += "<p class=\"text\" dir=\"auto\">" + markedText(document, categories) + "</p>\n";
    return out + relationList(document, categories) + "</div></article>\n";
}

} // namespace

std::string reportHtml(const ReportContent& content) {
    Categories categories;
    for (const Category& category : content.categories)
        categories[{category.kind, category.name}] = category;
    std::string out = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>" +
                      escapeMarkup(content.title) + "</title>\n<style>" + style +
                      "</style>\n<main>\n<h1>" + escapeMarkup(content.title) +
                      "</h1>\n<div class=\"facts\">";
    for (const auto& [name, value] : content.facts)
        out += "<span>" + escapeMarkup(name) + "<b>" + escapeMarkup(value) + "</b></span>";
    out += "</div>\n<div class=\"disk\">" +
           content.diskSvg.substr(std::min(content.diskSvg.find("<svg"), content.diskSvg.size())) +
           "</div>\n";
    for (std::size_t i = 0; i < content.documents.size(); ++i)
        out += article(content.documents[i],
                       i < content.thumbnails.size() ? content.thumbnails[i] : std::string(),
                       categories);
    return out + "</main>\n</html>\n";
}

} // namespace hmgrl
