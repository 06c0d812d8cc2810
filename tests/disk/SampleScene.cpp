#include "disk/SampleScene.h"

#include "data/Category.h"

#include <cmath>
#include <numbers>
#include <random>

namespace hmgrl::test {

namespace {
struct Branch {
    const char* root;
    std::vector<const char*> children;
};

const std::vector<Branch>& branches() {
    static const std::vector<Branch> all{
        {"person", {"artist", "athlete", "politician", "scientist", "writer", "musician", "actor"}},
        {"location", {"city", "country", "river", "mountain", "island"}},
        {"organisation", {"company", "university", "party", "team", "newspaper"}},
        {"building", {"church", "bridge", "museum", "stadium", "castle"}},
        {"event", {"election", "battle", "festival", "tournament"}},
        {"work", {"film", "painting", "novel", "song", "album"}},
        {"product", {"vehicle", "instrument"}}};
    return all;
}

class Builder {
public:
    explicit Builder(unsigned seed)
        : m_random(seed) {}

    DiskScene make(std::size_t samples) {
        const auto& all = branches();
        std::vector<std::pair<std::uint32_t, DiskPoint>> homes;
        std::vector<double> weights;
        std::vector<std::pair<DiskPoint, std::uint32_t>> marks;
        for (std::size_t b = 0; b < all.size(); ++b) {
            const double angle = 2 * std::numbers::pi * static_cast<double>(b) / 7.0 + 0.2;
            const auto root = addCategory(all[b].root, homes, {0.95, angle});
            weights.push_back(0.35);
            const double count = static_cast<double>(all[b].children.size());
            for (std::size_t c = 0; c < all[b].children.size(); ++c) {
                const double offset = (static_cast<double>(c) - (count - 1) / 2) / count;
                const DiskPoint place{2.3 + 0.5 * uniform(), angle + 0.78 * offset};
                const auto child =
                    addCategory(std::string(all[b].root) + "/" + all[b].children[c], homes, place);
                m_edges.emplace_back(root, child);
                weights.push_back(std::exp(1.1 * normal()));
            }
        }
        addSamples(samples, homes, weights);
        addPrototypes(homes);
        return std::move(m_scene);
    }

private:
    double uniform() { return std::uniform_real_distribution<double>()(m_random); }
    double normal() { return std::normal_distribution<double>()(m_random); }

    std::uint32_t addCategory(const std::string& name,
                              std::vector<std::pair<std::uint32_t, DiskPoint>>& homes,
                              DiskPoint place) {
        const auto index = static_cast<std::uint32_t>(m_scene.categoryNames.size());
        m_scene.categoryNames.push_back(name);
        homes.emplace_back(index, place);
        return index;
    }

    void add(DiskPoint point, PointKind kind, std::int64_t id, std::uint32_t category) {
        m_scene.points.push_back(point);
        m_scene.kind.push_back(kind);
        m_scene.id.push_back(id);
        m_scene.document.push_back(id < 0 ? -1 : id / 3);
        m_scene.colour.push_back(paletteColour(category));
        m_scene.category.push_back(category);
        m_scene.labels.emplace_back();
    }

    void addSamples(std::size_t samples,
                    const std::vector<std::pair<std::uint32_t, DiskPoint>>& homes,
                    const std::vector<double>& weights) {
        std::discrete_distribution<std::size_t> which(weights.begin(), weights.end());
        for (std::size_t i = 0; i < samples; ++i) {
            const auto& [category, home] = homes[which(m_random)];
            const double spread = std::abs(normal()) * 0.55 + 0.1;
            const double angle = 2 * std::numbers::pi * uniform();
            const DiskPoint moved =
                disk::Isometry::fromOrigin(home).apply(DiskPoint{spread, angle});
            // Mentions are more specific than their category: they lie outward of it.
            const DiskPoint outward{moved.r + 0.35 * std::abs(normal()), moved.theta};
            const bool ghost = i % 97 == 96;
            add(outward, ghost ? PointKind::Generated : PointKind::Mention,
                static_cast<std::int64_t>(i), category);
        }
    }

    void addPrototypes(const std::vector<std::pair<std::uint32_t, DiskPoint>>& homes) {
        const auto first = static_cast<std::uint32_t>(m_scene.size());
        for (const auto& [category, home] : homes) {
            add(home, PointKind::EntityPrototype, -1, category);
            m_scene.labels.back() = displayName(m_scene.categoryNames[category]);
        }
        for (const auto& [parent, child] : m_edges)
            m_scene.treeEdges.emplace_back(first + parent, first + child);
    }

    std::mt19937 m_random;
    DiskScene m_scene;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_edges;
};
} // namespace

DiskScene sampleScene(std::size_t samples, unsigned seed) {
    return Builder(seed).make(samples);
}

} // namespace hmgrl::test
