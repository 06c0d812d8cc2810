#include "workflow/StoredRanking.h"

#include "extraction/LatentRanking.h"

#include <algorithm>

namespace hmgrl {
namespace {

bool fits(CategoryKind kind, const std::vector<float>& latent, const CategorySpace& space) {
    return latent.size() == space.part(kind).latentWidth();
}

TypeBelief endBelief(const LatentRow::End& end, const CategorySpace& space) {
    Argument argument{end.acceptedType, {}};
    if (fits(CategoryKind::Entity, end.latent, space))
        argument.latent = end.latent;
    return beliefOf(argument, space);
}

bool readsArguments(const LatentRow& row, const CategorySpace& space) {
    return row.kind == CategoryKind::Relation && space.asksForArguments();
}

} // namespace

std::optional<std::vector<Candidate>> rankRow(const LatentRow& row, const CategorySpace& space) {
    if (!fits(row.kind, row.latent, space))
        return std::nullopt;
    if (!readsArguments(row, space))
        return space.rank(row.kind, row.latent);
    return space.rankRelation(row.latent, endBelief(row.head, space), endBelief(row.tail, space));
}

std::vector<CategorySpace::Reason> reasonsOf(const LatentRow& row, const CategorySpace& space,
                                             const std::vector<Candidate>& candidates) {
    if (!fits(row.kind, row.latent, space))
        return {};
    const auto& categories = space.part(row.kind).categories;
    std::vector<double> arguments(categories.size());
    if (readsArguments(row, space))
        arguments = space.argumentScores(endBelief(row.head, space), endBelief(row.tail, space));
    std::vector<CategorySpace::Reason> out;
    for (const Candidate& candidate : candidates) {
        const auto found =
            std::find_if(categories.begin(), categories.end(),
                         [&](const Category& c) { return c.name == candidate.category; });
        if (found == categories.end())
            return {};
        const auto at = static_cast<std::size_t>(found - categories.begin());
        out.push_back(space.reason(row.kind, row.latent, at, arguments[at]));
    }
    return out;
}

} // namespace hmgrl
