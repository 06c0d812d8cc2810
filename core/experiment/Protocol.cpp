#include "experiment/ProtocolParts.h"
#include "interchange/Importer.h"

#include <algorithm>
#include <map>

namespace hmgrl {
using nlohmann::json;

std::vector<int> Protocol::categoriesIn(CategoryGroup wanted) const {
    std::vector<int> out;
    for (std::size_t c = 0; c < group.size(); ++c)
        if (group[c] == wanted)
            out.push_back(static_cast<int>(c));
    return out;
}

Protocol makeProtocol(const json& config, const ProtocolOptions& options, Issues& issues) {
    const std::string name = config.at("protocol").get<std::string>();
    if (name == "mre")
        return mreProtocol(config, options, issues);
    if (name == "met")
        return metProtocol(config, options, issues);
    if (name == "captions")
        return captionsProtocol(config, options, issues);
    throw Error({}, "protocol", "expected mre, met or captions, found \"" + name + "\"");
}

namespace protocol {
namespace {

std::size_t trainShare(std::size_t both) {
    return both * 9 / 10;
}
std::size_t bothShare(std::size_t all) {
    return all * 7 / 10;
}

void place(Protocol& protocol, int sample, std::size_t position, std::size_t both) {
    (position < trainShare(both) ? protocol.train
     : position < both           ? protocol.validationSeen
                                 : protocol.testSeen)
        .push_back(sample);
}

/// Rows of the argument types that a label names under `key`.
std::vector<int> allowedOf(const json& label, const char* key,
                           const std::map<std::string, int>& rows, const std::string& name) {
    std::vector<int> out;
    for (const json& type : label.value(key, json::array())) {
        const auto found = rows.find(type.get<std::string>());
        if (found == rows.end())
            throw Error({}, "labels." + name + "." + key, "unknown type " + type.dump());
        out.push_back(found->second);
    }
    return out;
}

} // namespace

std::vector<Document> readDocuments(const json& config, const ProtocolOptions& options,
                                    const std::string& format, Issues& issues) {
    std::vector<Document> out;
    for (const json& file : config.at("files"))
        importFrom((options.data / file.get<std::string>()).string(), format, {},
                   [&](Document document) { out.push_back(std::move(document)); }, issues);
    return out;
}

void describe(Protocol& protocol, const std::vector<std::string>& names, const json& config) {
    const json labels = config.value("labels", json::object());
    std::map<std::string, int> typeRows;
    const json types = config.value("types", json::object());
    for (const auto& item : types.items()) {
        typeRows[item.key()] = static_cast<int>(protocol.argumentTypes.size());
        protocol.argumentTypes.push_back(item.value().get<std::string>());
    }
    for (const std::string& name : names) {
        const json label = labels.value(name, json::object());
        Category category{protocol.kind, name, {}, {}, false, 0};
        category.description = label.value("description", "");
        category.parent = label.value("parent", "");
        protocol.categories.push_back(std::move(category));
        if (!typeRows.empty())
            protocol.allowedTypes.push_back({allowedOf(label, "head", typeRows, name),
                                             allowedOf(label, "tail", typeRows, name)});
    }
}

void divideByCategory(Protocol& protocol, Random& random) {
    std::map<int, std::vector<int>> byCategory;
    for (std::size_t i = 0; i < protocol.samples.size(); ++i)
        byCategory[protocol.samples[i].category].push_back(static_cast<int>(i));
    // Categories in their own order, as the authors' loop has them.
    for (std::size_t c = 0; c < protocol.categories.size(); ++c) {
        auto& rows = byCategory[static_cast<int>(c)];
        switch (protocol.group[c]) {
        case CategoryGroup::Seen: {
            random.shuffle(rows);
            const std::size_t both = bothShare(rows.size());
            for (std::size_t i = 0; i < rows.size(); ++i)
                place(protocol, rows[i], i, both);
            break;
        }
        case CategoryGroup::ValidationUnseen:
            protocol.validationUnseen.insert(protocol.validationUnseen.end(), rows.begin(),
                                             rows.end());
            break;
        case CategoryGroup::TestUnseen:
            protocol.testUnseen.insert(protocol.testUnseen.end(), rows.begin(), rows.end());
            break;
        case CategoryGroup::Inner:
            break;
        }
    }
}

void divideByText(Protocol& protocol, Random& random) {
    std::map<std::string, std::vector<int>> byText;
    for (std::size_t i = 0; i < protocol.samples.size(); ++i)
        byText[protocol.documents[protocol.samples[i].document].text].push_back(
            static_cast<int>(i));
    const auto groupOf = [&](int sample) {
        const auto category = protocol.samples[static_cast<std::size_t>(sample)].category;
        return protocol.group[static_cast<std::size_t>(category)];
    };
    std::vector<std::vector<int>> free;
    for (const auto& [text, rows] : byText) {
        const auto has = [&](CategoryGroup group) {
            return std::any_of(rows.begin(), rows.end(),
                               [&](int i) { return groupOf(i) == group; });
        };
        // A text that tests an unseen category is kept out of everything else, so that what is
        // measured there was never read before; likewise for validation.
        const bool tests = has(CategoryGroup::TestUnseen);
        if (!tests && !has(CategoryGroup::ValidationUnseen)) {
            free.push_back(rows);
            continue;
        }
        const auto unseen = tests ? CategoryGroup::TestUnseen : CategoryGroup::ValidationUnseen;
        for (const int i : rows) {
            if (groupOf(i) == unseen)
                (tests ? protocol.testUnseen : protocol.validationUnseen).push_back(i);
            else if (groupOf(i) == CategoryGroup::Seen)
                (tests ? protocol.testSeen : protocol.validationSeen).push_back(i);
        }
    }
    random.shuffle(free);
    const std::size_t both = bothShare(free.size());
    for (std::size_t t = 0; t < free.size(); ++t)
        for (const int i : free[t])
            place(protocol, i, t, both);
}

} // namespace protocol
} // namespace hmgrl
