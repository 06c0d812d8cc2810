#include "layout/Layout.h"

#include "Mixture.h"
#include "geometry/Disk.h"
#include "support/Error.h"

#include <algorithm>
#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

void expectSound(const std::vector<DiskPoint>& where, std::size_t n, double rim) {
    ASSERT_EQ(where.size(), n);
    for (const DiskPoint& p : where) {
        EXPECT_TRUE(std::isfinite(p.r) && std::isfinite(p.theta));
        EXPECT_GE(p.r, 0);
        EXPECT_LE(p.r, rim);
    }
}

LayoutOptions with(LayoutMethod method) {
    LayoutOptions options;
    options.method = method;
    return options;
}

constexpr auto bothMethods = {LayoutMethod::TreeFirst, LayoutMethod::HorosphericalPca};

TEST(Layout, IsSoundAndDeterministic) {
    const LayoutInput input = mixture(6, 5, 1500);
    for (LayoutMethod method : bothMethods) {
        const auto first = layoutOnDisk(input, with(method));
        expectSound(first, input.points.size(), 5);
        EXPECT_EQ(first, layoutOnDisk(input, with(method)));
    }
}

TEST(Layout, FollowsTheTree) {
    const LayoutInput input = mixture(6, 5, 600);
    const auto where = layoutOnDisk(input);
    for (std::size_t i = 0; i < 36; ++i) {
        if (input.parent[i] < 0)
            continue;
        const auto parent = static_cast<std::size_t>(input.parent[i]);
        EXPECT_GT(where[i].r, where[parent].r) << "children lie farther out";
        for (std::size_t other = 0; other < 36; ++other)
            if (input.parent[other] < 0 && other != parent) {
                EXPECT_LT(disk::distance(where[i], where[parent]),
                          disk::distance(where[i], where[other]))
                    << "a child is nearest to its own parent";
            }
    }
}

TEST(Layout, PrototypesKeepApart) {
    for (auto [roots, children] : {std::pair{6, 5}, {40, 0}, {3, 12}}) {
        const LayoutInput input = mixture(roots, children, 500);
        const auto where = layoutOnDisk(input);
        const std::size_t prototypes = static_cast<std::size_t>(roots * (children + 1));
        for (std::size_t i = 0; i < prototypes; ++i)
            for (std::size_t j = 0; j < i; ++j)
                EXPECT_GT(disk::distance(where[i], where[j]), 0.3) << i << " " << j;
    }
}

TEST(Layout, SamplesGatherAroundTheirPrototype) {
    const LayoutInput input = mixture(6, 5, 2000);
    const auto where = layoutOnDisk(input);
    std::size_t right = 0;
    std::size_t samples = 0;
    for (std::size_t i = 36; i < where.size(); ++i, ++samples) {
        std::size_t best = 0;
        for (std::size_t p = 0; p < 36; ++p)
            if (disk::distance(where[i], where[p]) < disk::distance(where[i], where[best]))
                best = p;
        right += input.points.category[best] == input.points.category[i];
    }
    EXPECT_GT(static_cast<double>(right) / static_cast<double>(samples), 0.85);
}

TEST(Layout, SimilarSiblingsAdjoin) {
    // Eight roots on a circle in the latent space, listed in a scrambled order: on the disk
    // neighbours of the circle are neighbours again.
    LayoutInput input;
    input.points.width = 3;
    for (int i : {0, 5, 2, 7, 4, 1, 6, 3}) {
        const double angle = i * std::numbers::pi / 4;
        addPoint(input.points, {2 * std::cos(angle), 2 * std::sin(angle), 0.1},
                 PointKind::RelationPrototype, -1, std::to_string(i));
        input.parent.push_back(-1);
    }
    const auto where = layoutOnDisk(input);
    std::vector<std::pair<double, int>> around;
    for (std::size_t i = 0; i < 8; ++i)
        around.emplace_back(std::remainder(where[i].theta, 2 * std::numbers::pi),
                            std::stoi(input.points.category[i]));
    std::sort(around.begin(), around.end());
    for (std::size_t k = 0; k < 8; ++k) {
        const int step = std::abs(around[k].second - around[(k + 1) % 8].second);
        EXPECT_TRUE(step == 1 || step == 7) << around[k].second;
    }
}

TEST(Layout, SmallAndOddInputs) {
    for (LayoutMethod method : bothMethods) {
        EXPECT_TRUE(layoutOnDisk({}, with(method)).empty());
        LayoutInput onlyPrototypes = mixture(3, 2, 0);
        expectSound(layoutOnDisk(onlyPrototypes, with(method)), 9, 5);
        LayoutInput one;
        one.points.width = 4;
        addPoint(one.points, {1, 2, 0, 0}, PointKind::Mention, 1, "x");
        one.parent = {-1};
        expectSound(layoutOnDisk(one, with(method)), 1, 5);
        one.points.kind[0] = PointKind::EntityPrototype;
        EXPECT_NEAR(layoutOnDisk(one, with(method))[0].r, 0, 1e-6) << "alone at the centre";
        LayoutInput noPrototypes = mixture(2, 3, 200);
        for (PointKind& kind : noPrototypes.points.kind)
            kind = PointKind::Mention;
        expectSound(layoutOnDisk(noPrototypes, with(method)), 208, 5);
        LayoutInput unnamed = mixture(2, 3, 50);
        for (std::size_t i = 8; i < unnamed.points.size(); ++i)
            unnamed.points.category[i] = "of no prototype";
        expectSound(layoutOnDisk(unnamed, with(method)), 58, 5);
        LayoutInput flat = mixture(2, 3, 50, 1);
        expectSound(layoutOnDisk(flat, with(method)), 58, 5);
    }
}

TEST(Layout, DuplicatesDoNotHideEachOther) {
    LayoutInput input = mixture(2, 2, 0, 4);
    for (int i = 0; i < 300; ++i) {
        addPoint(input.points, {0.5, 1, 0, 1}, PointKind::Mention, i, "root0/leaf1");
        input.parent.push_back(-1);
    }
    const auto where = layoutOnDisk(input);
    expectSound(where, 306, 5);
    std::vector<std::pair<double, double>> places;
    for (std::size_t i = 6; i < where.size(); ++i)
        places.emplace_back(where[i].r, where[i].theta);
    std::sort(places.begin(), places.end());
    EXPECT_EQ(std::unique(places.begin(), places.end()), places.end());
}

TEST(Layout, StaysInsideTheRim) {
    LayoutInput input = mixture(60, 6, 1000);
    addPoint(input.points, std::vector<double>(32, 3.0), PointKind::Mention, 1, "root1");
    input.parent.push_back(-1);
    for (double rim : {1.0, 3.0, 6.0})
        for (LayoutMethod method : bothMethods) {
            LayoutOptions options = with(method);
            options.rimRadius = rim;
            expectSound(layoutOnDisk(input, options), input.points.size(), rim);
        }
}

TEST(Layout, CurvatureIsOnlyAUnit) {
    const LayoutInput unit = mixture(4, 3, 300);
    LayoutInput curved = unit;
    curved.points.curvature = 4;
    for (float& x : curved.points.space)
        x /= 2;
    const auto a = layoutOnDisk(unit);
    const auto b = layoutOnDisk(curved);
    for (std::size_t i = 0; i < a.size(); ++i)
        EXPECT_LT(disk::distance(a[i], b[i]), 1e-6);
    EXPECT_NEAR(nearest(unit.points, 3, 1)[0].second, 2 * nearest(curved.points, 3, 1)[0].second,
                1e-6);
}

TEST(Layout, RefusesWhatDoesNotFit) {
    LayoutInput cycle = mixture(2, 2, 5);
    cycle.parent[0] = 1;
    EXPECT_THROW((void)layoutOnDisk(cycle), Error);
    LayoutInput stray = mixture(2, 2, 5);
    stray.parent[1] = 7; // a sample
    EXPECT_THROW((void)layoutOnDisk(stray), Error);
    stray.parent[1] = 700;
    EXPECT_THROW((void)layoutOnDisk(stray), Error);
    LayoutInput shortParents = mixture(2, 2, 5);
    shortParents.parent.pop_back();
    EXPECT_THROW((void)layoutOnDisk(shortParents), Error);
    LayoutInput notFinite = mixture(2, 2, 5);
    notFinite.points.space[40] = std::nanf("");
    EXPECT_THROW((void)layoutOnDisk(notFinite), Error);
    LayoutInput shortRows = mixture(2, 2, 5);
    shortRows.points.space.pop_back();
    EXPECT_THROW((void)layoutOnDisk(shortRows), Error);
    LayoutOptions options;
    options.rimRadius = 0;
    EXPECT_THROW((void)layoutOnDisk(mixture(2, 2, 5), options), Error);
    EXPECT_THROW((void)nearest(mixture(1, 1, 1).points, 3, 1), Error);
}

TEST(Layout, StopsWhenCancelled) {
    CancelToken cancel;
    cancel.cancel();
    for (LayoutMethod method : bothMethods)
        EXPECT_THROW((void)layoutOnDisk(mixture(3, 3, 100), with(method), cancel), Cancelled);
}

TEST(Layout, FiftyThousandSamplesTakeSeconds) {
    const LayoutInput input = mixture(8, 4, 50'000, 64);
    double reported = 0;
    const auto start = std::chrono::steady_clock::now();
    const auto where = layoutOnDisk(input, {}, {}, [&](const Progress& p) { reported = p.done; });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::printf("50,000 samples x 40 prototypes x 64: %.2f s\n", took.count());
    EXPECT_LT(took.count(), 20);
    EXPECT_GT(reported, 40'000);
    expectSound(where, input.points.size(), 5);
}

TEST(LayoutQuality, BestForAFaithfulPictureWorseForAShuffledOne) {
    // Two-dimensional latents can be drawn exactly: disk radius and angle are their polar form.
    EmbeddingSet flat;
    flat.width = 2;
    Random random(5);
    std::vector<DiskPoint> exact;
    for (int i = 0; i < 400; ++i) {
        const DiskPoint p{3 * random.uniform(), 6 * random.uniform()};
        exact.push_back(p);
        addPoint(flat, {p.r * std::cos(p.theta), p.r * std::sin(p.theta)}, PointKind::Mention, i,
                 "x");
    }
    const LayoutQuality best = layoutQuality(flat, exact);
    EXPECT_GT(best.recall15, 0.999);
    EXPECT_GT(best.trustworthiness, 0.9999);
    EXPECT_GT(best.continuity, 0.9999);
    EXPECT_EQ(best.sampled, 400U);
    std::vector<DiskPoint> shuffled = exact;
    random.shuffle(shuffled);
    const LayoutQuality worst = layoutQuality(flat, shuffled);
    EXPECT_LT(worst.recall15, 0.1);
    EXPECT_NEAR(worst.trustworthiness, 0.5, 0.05);
    EXPECT_NEAR(worst.continuity, 0.5, 0.05);
    EXPECT_EQ(layoutQuality(flat, exact, 100).sampled, 100U);
}

TEST(LayoutQuality, OfOurLayouts) {
    const LayoutInput input = mixture(6, 5, 3000);
    for (LayoutMethod method : bothMethods) {
        const LayoutQuality q = layoutQuality(input.points, layoutOnDisk(input, with(method)));
        std::printf("%s: recall@15 %.3f, trustworthiness %.3f, continuity %.3f, max radius %.2f\n",
                    method == LayoutMethod::TreeFirst ? "tree first" : "principal", q.recall15,
                    q.trustworthiness, q.continuity, q.maxRadius);
        if (method == LayoutMethod::TreeFirst) {
            EXPECT_GT(q.trustworthiness, 0.85);
            EXPECT_GT(q.continuity, 0.85);
            EXPECT_GT(q.recall15, 0.1);
        }
    }
    EXPECT_EQ(layoutQuality({}, {}).sampled, 0U);
    EXPECT_EQ(layoutQuality(mixture(1, 1, 0).points, {{1, 0}, {1, 1}}).recall15, 1);
    EXPECT_THROW((void)layoutQuality(input.points, {}), Error);
}

TEST(Nearest, IsTheExactOrder) {
    const LayoutInput input = mixture(3, 3, 200);
    const auto found = nearest(input.points, 20, 500);
    EXPECT_EQ(found.size(), input.points.size() - 1);
    EXPECT_TRUE(std::is_sorted(found.begin(), found.end(),
                               [](auto& a, auto& b) { return a.second < b.second; }));
    EXPECT_TRUE(std::none_of(found.begin(), found.end(), [](auto& e) { return e.first == 20; }));
    // The definition, cosh d = t t' - <s, s'>.
    const auto a = input.points.row(20);
    const auto b = input.points.row(found[0].first);
    double inner = 0;
    double aa = 1;
    double bb = 1;
    for (std::size_t k = 0; k < a.size(); ++k) {
        inner += double(a[k]) * double(b[k]);
        aa += double(a[k]) * double(a[k]);
        bb += double(b[k]) * double(b[k]);
    }
    EXPECT_NEAR(found[0].second, std::acosh(std::sqrt(aa * bb) - inner), 1e-6);
    EXPECT_TRUE(nearest(input.points, 20, 0).empty());
}

TEST(PlaceMore, PutsNewPointsAmongTheirNeighbours) {
    const LayoutInput input = mixture(5, 4, 1500);
    const auto where = layoutOnDisk(input);
    // Copies of placed points land beside them; the rest stays as it was by construction.
    EmbeddingSet more;
    more.width = input.points.width;
    for (std::size_t row : {100U, 700U, 1300U}) {
        const auto s = input.points.row(row);
        more.space.insert(more.space.end(), s.begin(), s.end());
        more.kind.push_back(PointKind::Mention);
        more.id.push_back(-1);
        more.category.emplace_back("");
    }
    const auto placed = placeMore(input.points, where, more);
    expectSound(placed, 3, 5);
    EXPECT_LT(disk::distance(placed[0], where[100]), 0.6);
    EXPECT_LT(disk::distance(placed[1], where[700]), 0.6);
    EXPECT_LT(disk::distance(placed[2], where[1300]), 0.6);
    EmbeddingSet none;
    none.width = more.width;
    EXPECT_EQ(placeMore(none, {}, more).size(), 3U);
    EXPECT_TRUE(placeMore(input.points, where, none).empty());
    more.width = 3;
    EXPECT_THROW((void)placeMore(input.points, where, more), Error);
}

} // namespace
} // namespace hmgrl
