#include "experiment/ProtocolParts.h"

#include <algorithm>
#include <map>

namespace hmgrl {
using nlohmann::json;
namespace {

constexpr std::size_t seenCount = 8, validationCount = 7, relationCount = 22;

} // namespace

Protocol mreProtocol(const json& config, const ProtocolOptions& options, Issues& issues) {
    Protocol out;
    out.name = "mre";
    out.kind = CategoryKind::Relation;
    std::vector<std::string> names;
    std::vector<std::string> types;
    for (Document& document : protocol::readDocuments(config, options, "mnre", issues)) {
        if (document.relations.empty()) // "None"
            continue;
        const Relation& relation = document.relations.front();
        if (std::find(names.begin(), names.end(), relation.type) == names.end())
            names.push_back(relation.type);
        const auto at = [&](int mention) {
            return document.mentions[static_cast<std::size_t>(mention)].span;
        };
        out.samples.push_back({out.documents.size(), {at(relation.head), at(relation.tail)}, 0});
        types.push_back(relation.type);
        out.documents.push_back(std::move(document));
    }
    if (names.size() != relationCount)
        throw Error({}, "mre protocol",
                    "expected 22 relations, found " + std::to_string(names.size()));
    Random random(options.seed);
    random.shuffle(names);
    protocol::describe(out, names, config);
    for (std::size_t c = 0; c < names.size(); ++c) {
        out.group.push_back(c < seenCount                     ? CategoryGroup::Seen
                            : c < seenCount + validationCount ? CategoryGroup::ValidationUnseen
                                                              : CategoryGroup::TestUnseen);
        out.categories[c].seen = c < seenCount;
    }
    std::map<std::string, int> rows;
    for (std::size_t c = 0; c < names.size(); ++c)
        rows[names[c]] = static_cast<int>(c);
    for (std::size_t i = 0; i < types.size(); ++i)
        out.samples[i].category = rows.at(types[i]);
    options.grouped ? protocol::divideByText(out, random) : protocol::divideByCategory(out, random);
    return out;
}

} // namespace hmgrl
