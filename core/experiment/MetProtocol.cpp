#include "experiment/ProtocolParts.h"

#include <algorithm>
#include <array>

namespace hmgrl {
using nlohmann::json;
namespace {

using Types = std::array<const char*, 4>;
constexpr std::array<Types, 3> typeGroups = {{{"People", "Site", "Building", "Currency"},
                                              {"Location", "Event", "Book", "Music"},
                                              {"Organization", "Country", "APP", "Movie"}}};

} // namespace

Protocol metProtocol(const json& config, const ProtocolOptions& options, Issues& issues) {
    const int task = config.value("task", 1);
    if (task < 1 || task > 3)
        throw Error({}, "task", "expected 1, 2 or 3, found " + std::to_string(task));
    Protocol out;
    out.name = "met";
    out.kind = CategoryKind::Entity;
    constexpr std::array order = {CategoryGroup::Seen, CategoryGroup::ValidationUnseen,
                                  CategoryGroup::TestUnseen};
    std::vector<std::string> names;
    for (std::size_t g = 0; g < order.size(); ++g)
        for (const char* type : typeGroups[(g + static_cast<std::size_t>(task) - 1) % 3]) {
            names.push_back(type);
            out.group.push_back(order[g]);
        }
    protocol::describe(out, names, config);
    for (std::size_t c = 0; c < names.size(); ++c)
        out.categories[c].seen = out.group[c] == CategoryGroup::Seen;
    for (Document& document : protocol::readDocuments(config, options, "met", issues)) {
        for (const Mention& mention : document.mentions) {
            const auto found = std::find(names.begin(), names.end(), mention.type);
            if (found != names.end())
                out.samples.push_back({out.documents.size(),
                                       {mention.span},
                                       static_cast<int>(found - names.begin())});
        }
        out.documents.push_back(std::move(document));
    }
    Random random(options.seed);
    options.grouped ? protocol::divideByText(out, random) : protocol::divideByCategory(out, random);
    return out;
}

} // namespace hmgrl
