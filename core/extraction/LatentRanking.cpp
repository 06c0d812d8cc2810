#include "extraction/LatentRanking.h"

namespace hmgrl {

TypeBelief beliefOf(const Argument& argument, const CategorySpace& space) {
    TypeBelief known = space.certain(argument.acceptedType);
    if (known.empty() && !argument.latent.empty())
        known = space.belief(argument.latent);
    return known;
}

void rankLatents(Extraction& extraction, const Document& document, const CategorySpace& space) {
    for (MentionPrediction& mention : extraction.mentions)
        if (!mention.latent.empty())
            mention.candidates = space.rank(CategoryKind::Entity, mention.latent);
    // Given mentions come first, in the document's order.
    const auto argument = [&](int index) {
        const auto i = static_cast<std::size_t>(index);
        Argument out{{}, extraction.mentions[i].latent};
        if (i < document.mentions.size() && document.mentions[i].status == Status::Accepted)
            out.acceptedType = document.mentions[i].type;
        return out;
    };
    std::vector<TypeBelief> beliefs(extraction.mentions.size());
    const auto belief = [&](int index) -> const TypeBelief& {
        TypeBelief& known = beliefs[static_cast<std::size_t>(index)];
        if (known.empty() && space.asksForArguments())
            known = beliefOf(argument(index), space);
        return known;
    };
    for (RelationPrediction& relation : extraction.relations)
        if (!relation.latent.empty())
            relation.candidates =
                space.rankRelation(relation.latent, belief(relation.head), belief(relation.tail));
}

} // namespace hmgrl
