#include "extraction/CategorySpace.h"

#include "support/Error.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

namespace hmgrl {
namespace {

/// model.md section 5: q = |ds|^2 - dt^2 with dt from the space parts, d = 2 asinh(sqrt(q) / 2), in
/// units of 1/sqrt(c). No cancellation for close points.
double lorentzDistance(std::span<const float> x, const float* y, double c) {
    double squared = 0, xx = 0, yy = 0, cross = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double a = x[i];
        const double b = y[i];
        squared += (a - b) * (a - b);
        cross += (a - b) * (a + b);
        xx += a * a;
        yy += b * b;
    }
    const double dt = cross / (std::sqrt(1 / c + xx) + std::sqrt(1 / c + yy));
    const double q = std::max(squared - dt * dt, 0.0) * c;
    return 2 * std::asinh(std::sqrt(q) / 2) / std::sqrt(c);
}

double similarityDistance(const CategorySpace::Part& part, std::span<const float> x,
                          const float* y) {
    if (part.similarity == Similarity::Lorentz)
        return lorentzDistance(x, y, part.curvature);
    double product = 0, squared = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        product += double{x[i]} * y[i];
        squared += (double{x[i]} - y[i]) * (double{x[i]} - y[i]);
    }
    return part.similarity == Similarity::Dot ? -product : std::sqrt(squared);
}

double wordingScore(const CategorySpace::Part& part, std::span<const float> latent,
                    std::size_t category) {
    const float* label = part.wording.data() + category * part.wordingWidth;
    double product = part.wordingBias.empty() ? 0 : part.wordingBias[category];
    for (std::size_t i = 0; i < part.wordingWidth; ++i)
        product += double{latent[part.width + i]} * label[i];
    return part.wordingWeight * product;
}

double leadOf(const CategorySpace::Part& part, std::size_t category) {
    return part.lead.empty() ? 0 : part.lead[category];
}

void check(const CategorySpace::Part& part) {
    if (part.prototypes.size() != part.categories.size() * part.width ||
        part.wording.size() != part.categories.size() * part.wordingWidth ||
        (!part.wordingBias.empty() && part.wordingBias.size() != part.categories.size()) ||
        (!part.lead.empty() && part.lead.size() != part.categories.size()) ||
        part.assignable.size() != part.categories.size())
        throw Error("category space: prototypes and categories disagree");
    const auto known = [&](std::uint32_t row) { return row < part.categories.size(); };
    if (part.generated.size() != part.generatedOf.size() * part.width ||
        !std::all_of(part.generatedOf.begin(), part.generatedOf.end(), known))
        throw Error("category space: generated samples and categories disagree");
}

/// The category of this name and all below it.
std::vector<bool> belowOrAt(const std::vector<Category>& categories, const std::string& name) {
    std::map<std::string, const Category*> byName;
    for (const Category& category : categories)
        byName.emplace(category.name, &category);
    std::vector<bool> out;
    for (const Category& category : categories) {
        const Category* node = &category;
        while (node && node->name != name) {
            const auto parent = byName.find(node->parent);
            node = parent == byName.end() ? nullptr : parent->second;
        }
        out.push_back(node != nullptr);
    }
    return out;
}

/// Log-probability that something of this type is allowed. Types are never told for sure and
/// taxonomies have gaps: nothing is ruled out.
double fit(const TypeBelief& belief, const std::vector<bool>& allowed) {
    constexpr double least = 1e-3;
    if (belief.empty() || allowed.empty())
        return 0;
    double sum = 0;
    for (std::size_t i = 0; i < belief.size(); ++i)
        if (allowed[i])
            sum += belief[i];
    return std::log(std::clamp(sum, least, 1.0));
}

} // namespace

CategorySpace::CategorySpace(Part entities, Part relations)
    : m_entities(std::move(entities))
    , m_relations(std::move(relations)) {
    check(m_entities);
    check(m_relations);
    for (const Category& relation : m_relations.categories) {
        m_ends.push_back({allowed(relation.heads), allowed(relation.tails)});
        m_asksForArguments |= !m_ends.back().head.empty() || !m_ends.back().tail.empty();
    }
    m_asksForArguments &= m_relations.argumentWeight > 0;
}

CategorySpace::Allowed CategorySpace::allowed(const std::vector<std::string>& types) const {
    Allowed out;
    for (const std::string& type : types) {
        const auto below = belowOrAt(m_entities.categories, type);
        if (std::find(below.begin(), below.end(), true) == below.end())
            continue; // of another taxonomy
        out.resize(below.size());
        for (std::size_t i = 0; i < below.size(); ++i)
            out[i] = out[i] || below[i];
    }
    return out;
}

const CategorySpace::Part& CategorySpace::part(CategoryKind kind) const {
    return kind == CategoryKind::Entity ? m_entities : m_relations;
}

double CategorySpace::distance(CategoryKind kind, std::span<const float> latent,
                               std::size_t category) const {
    const Part& p = part(kind);
    if (latent.size() != p.latentWidth())
        throw Error("latent: expected width " + std::to_string(p.latentWidth()) + ", found " +
                    std::to_string(latent.size()));
    return similarityDistance(p, latent.first(p.width), p.prototypes.data() + category * p.width);
}

CategorySpace::Reason CategorySpace::reason(CategoryKind kind, std::span<const float> latent,
                                            std::size_t category, double arguments) const {
    const Part& p = part(kind);
    return {-distance(kind, latent, category) / p.tau, wordingScore(p, latent, category), arguments,
            leadOf(p, category) - (p.categories[category].seen ? p.gamma : 0)};
}

std::vector<double> CategorySpace::scores(CategoryKind kind, std::span<const float> latent) const {
    const Part& p = part(kind);
    std::vector<double> out(p.categories.size(), -std::numeric_limits<double>::infinity());
    for (std::size_t c = 0; c < out.size(); ++c)
        if (p.assignable[c]) {
            const Reason parts = reason(kind, latent, c);
            out[c] = parts.nearness + parts.words + leadOf(p, c);
        }
    return out;
}

std::vector<Candidate> CategorySpace::rank(CategoryKind kind, std::span<const float> latent,
                                           std::size_t k) const {
    return best(kind, latent, std::vector<double>(part(kind).categories.size()), k);
}

std::vector<Candidate> CategorySpace::rankRelation(std::span<const float> latent,
                                                   const TypeBelief& head, const TypeBelief& tail,
                                                   std::size_t k) const {
    return best(CategoryKind::Relation, latent, argumentScores(head, tail), k);
}

std::vector<Candidate> CategorySpace::best(CategoryKind kind, std::span<const float> latent,
                                           std::span<const double> extra, std::size_t k) const {
    const Part& p = part(kind);
    std::vector<std::size_t> order;
    std::vector<double> found(p.categories.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (!p.assignable[i])
            continue;
        found[i] = reason(kind, latent, i, extra[i]).total();
        order.push_back(i);
    }
    if (order.empty())
        return {};
    // Equal scores keep the order of the categories, so that results don't depend on the sort.
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return found[a] > found[b]; });
    const double most = found[order.front()];
    double sum = 0;
    for (const std::size_t i : order)
        sum += std::exp(found[i] - most);
    std::vector<Candidate> out;
    for (std::size_t n = 0; n < std::min(k, order.size()); ++n) {
        const std::size_t i = order[n];
        out.push_back(
            {p.categories[i].name, std::exp(found[i] - most) / sum, distance(kind, latent, i)});
    }
    return out;
}

std::vector<double> CategorySpace::argumentScores(const TypeBelief& head,
                                                  const TypeBelief& tail) const {
    std::vector<double> out;
    for (const Ends& ends : m_ends)
        out.push_back(m_relations.argumentWeight * (fit(head, ends.head) + fit(tail, ends.tail)));
    return out;
}

TypeBelief CategorySpace::belief(std::span<const float> latent) const {
    TypeBelief out(m_entities.categories.size());
    std::unordered_map<std::string, std::size_t> rows;
    for (std::size_t i = 0; i < out.size(); ++i)
        rows.emplace(m_entities.categories[i].name, i);
    for (const Candidate& candidate : rank(CategoryKind::Entity, latent, out.size()))
        out[rows.at(candidate.category)] = candidate.score;
    return out;
}

TypeBelief CategorySpace::certain(const std::string& type) const {
    const auto below = belowOrAt(m_entities.categories, type);
    TypeBelief out(below.size());
    double count = 0;
    for (std::size_t i = 0; i < below.size(); ++i) {
        out[i] = below[i] && m_entities.assignable[i] ? 1 : 0;
        count += out[i];
    }
    if (count == 0)
        return {};
    for (double& share : out)
        share /= count;
    return out;
}

EmbeddingSet CategorySpace::prototypes(CategoryKind kind) const {
    const Part& p = part(kind);
    EmbeddingSet set;
    set.width = p.width;
    set.curvature = p.curvature;
    set.space = p.prototypes;
    set.kind.assign(p.categories.size(), kind == CategoryKind::Entity
                                             ? PointKind::EntityPrototype
                                             : PointKind::RelationPrototype);
    set.id.assign(p.categories.size(), -1);
    for (const Category& category : p.categories)
        set.category.push_back(category.name);
    return set;
}

EmbeddingSet CategorySpace::generated(CategoryKind kind) const {
    const Part& p = part(kind);
    EmbeddingSet set;
    set.width = p.width;
    set.curvature = p.curvature;
    set.space = p.generated;
    set.kind.assign(p.generatedOf.size(), PointKind::Generated);
    set.id.assign(p.generatedOf.size(), -1);
    for (const std::uint32_t category : p.generatedOf)
        set.category.push_back(p.categories[category].name);
    return set;
}

} // namespace hmgrl
