#include "experiment/ProtocolParts.h"
#include "training/Split.h"

#include <map>
#include <set>

namespace hmgrl {
using nlohmann::json;
namespace {

CategoryGroup groupOf(const std::string& name, const std::set<std::string>& validation,
                      const std::set<std::string>& test) {
    return validation.count(name) ? CategoryGroup::ValidationUnseen
           : test.count(name)     ? CategoryGroup::TestUnseen
                                  : CategoryGroup::Seen;
}

/// Labelled samples of one document, by category name.
std::vector<std::pair<std::string, std::vector<Span>>> labelsOf(const Document& document,
                                                                CategoryKind kind) {
    std::vector<std::pair<std::string, std::vector<Span>>> out;
    if (kind == CategoryKind::Entity) {
        for (const Mention& mention : document.mentions)
            out.push_back({mention.type, {mention.span}});
        return out;
    }
    for (const Relation& relation : document.relations)
        out.push_back({relation.type,
                       {document.mentions[static_cast<std::size_t>(relation.head)].span,
                        document.mentions[static_cast<std::size_t>(relation.tail)].span}});
    return out;
}

/// Only the unseen categories of a part are known by name there; others' samples are left out.
std::vector<int>* partFor(Protocol& protocol, Part part, CategoryGroup group) {
    switch (part) {
    case Part::Train:
        return group == CategoryGroup::Seen ? &protocol.train : nullptr;
    case Part::Validation:
        return group == CategoryGroup::Seen               ? &protocol.validationSeen
               : group == CategoryGroup::ValidationUnseen ? &protocol.validationUnseen
                                                          : nullptr;
    case Part::Test:
        return group == CategoryGroup::Seen         ? &protocol.testSeen
               : group == CategoryGroup::TestUnseen ? &protocol.testUnseen
                                                    : nullptr;
    }
    return nullptr;
}

} // namespace

Protocol captionsProtocol(const json& config, const ProtocolOptions& options, Issues& issues) {
    Protocol out;
    out.name = "captions";
    out.kind = categoryKindFromString(config.value("kind", "entity"));
    const auto validation = config.at("unseen").at("validation").get<std::set<std::string>>();
    const auto test = config.at("unseen").at("test").get<std::set<std::string>>();
    std::vector<std::string> names;
    std::set<std::string> inner;
    for (const auto& item : config.at("labels").items()) {
        names.push_back(item.key());
        inner.insert(item.value().value("parent", ""));
    }
    protocol::describe(out, names, config);
    std::map<std::string, int> rows;
    for (std::size_t c = 0; c < names.size(); ++c) {
        out.group.push_back(inner.count(names[c]) ? CategoryGroup::Inner
                                                  : groupOf(names[c], validation, test));
        out.categories[c].seen =
            out.group[c] == CategoryGroup::Seen || out.group[c] == CategoryGroup::Inner;
        rows[names[c]] = static_cast<int>(c);
    }
    for (Document& document : protocol::readDocuments(config, options, "jsonl", issues)) {
        const Part part = partOf(document, validation, test, options.seed);
        for (const auto& [name, anchors] : labelsOf(document, out.kind)) {
            const auto row = rows.find(name);
            if (row == rows.end())
                continue;
            const auto category = static_cast<std::size_t>(row->second);
            if (auto* rowsOfPart = partFor(out, part, out.group[category])) {
                rowsOfPart->push_back(static_cast<int>(out.samples.size()));
                out.samples.push_back({out.documents.size(), anchors, row->second});
            }
        }
        out.documents.push_back(std::move(document));
    }
    return out;
}

} // namespace hmgrl
