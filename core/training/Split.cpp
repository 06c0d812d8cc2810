#include "training/Split.h"

#include "support/Files.h"

#include <algorithm>

namespace hmgrl {
namespace {

/// Uniform in [0, 1) from seed and key.
double draw(const std::string& key, std::uint32_t seed) {
    const std::string digest = sha256(std::to_string(seed) + ":" + key);
    return static_cast<double>(std::stoul(digest.substr(0, 8), nullptr, 16)) / 4294967296.0;
}

bool names(const Document& document, const std::set<std::string>& categories) {
    const auto hit = [&](const auto& item) { return categories.count(item.type) > 0; };
    return std::any_of(document.mentions.begin(), document.mentions.end(), hit) ||
           std::any_of(document.relations.begin(), document.relations.end(), hit);
}

} // namespace

Part partOf(const Document& document, const std::set<std::string>& validationUnseen,
            const std::set<std::string>& testUnseen, std::uint32_t seed) {
    const double u = draw(document.key, seed);
    if (names(document, testUnseen))
        return u < 0.55 ? Part::Test : Part::Train;
    if (names(document, validationUnseen))
        return u < 0.55 ? Part::Validation : Part::Train;
    return u < 0.15 ? Part::Test : u < 0.25 ? Part::Validation : Part::Train;
}

void hideCategories(Document& document, const std::set<std::string>& hidden) {
    for (Mention& mention : document.mentions)
        if (hidden.count(mention.type))
            mention.type.clear();
    std::erase_if(document.relations, [&](const Relation& r) { return hidden.count(r.type) > 0; });
}

} // namespace hmgrl
