#pragma once

#include "data/EmbeddingSet.h"
#include "support/Cancel.h"
#include "support/Options.h"
#include "support/Progress.h"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace hmgrl {

enum class LayoutMethod {
    HorosphericalPca, ///< deterministic, instant: tangent-space principal plane, radii rescaled
    TreeFirst, ///< prototypes placed by the category tree, samples around their best prototypes
    HyperbolicTsne, ///< keeps neighbourhoods; starts from the principal plane and improves
    EuclideanTsne,  ///< the flat twin: t-SNE in the plane, drawn in the disk for comparison
    EuclideanPca    ///< the flat twin of the principal plane
};
[[nodiscard]] const char* toString(LayoutMethod method); ///< "tree", "pca", "tsne", "euclidean" ...
/// @throws Error naming the methods
[[nodiscard]] LayoutMethod layoutMethodFromString(const std::string& name);
/// The names, in the order of the methods.
[[nodiscard]] const std::vector<std::string>& layoutMethodNames();

/// What "near" means among the given points.
enum class NeighbourMetric {
    Hyperbolic, ///< geodesic distance on the hyperboloid
    Euclidean   ///< between the space parts as plain vectors: for features that are not hyperbolic
};
[[nodiscard]] const char* toString(NeighbourMetric metric); ///< "hyperbolic" or "euclidean"

struct TsneOptions {
    double perplexity = 30;
    double theta = 0.5;
    int iterations = 500;
    double exaggeration = 12;
    int exaggerationIterations = 80;
    double rate = 0;
    double spread = 0.7;
    int pictureEvery = 10;

    template <typename Self, typename V>
    static void describe(Self& self, V&& visit) {
        visit(OptionInfo{"perplexity", "effective number of neighbours", 1, 1000}, self.perplexity);
        visit(OptionInfo{"theta", "Barnes-Hut opening, 0 = exact sums", 0, 1}, self.theta);
        visit(OptionInfo{"iterations", "steps of the descent", 0, 100000}, self.iterations);
        visit(OptionInfo{"exaggeration", "early factor on the affinities", 1, 100},
              self.exaggeration);
        visit(OptionInfo{"exaggeration_iterations", "steps with the early factor", 0, 100000},
              self.exaggerationIterations);
        visit(OptionInfo{"rate", "learning rate, 0 = by the number of points", 0, 1e9}, self.rate);
        visit(OptionInfo{"spread", "share of the rim radius that 95 % of the points fill", 0.01, 1},
              self.spread);
        visit(OptionInfo{"picture_every", "steps between two pictures", 1, 100000},
              self.pictureEvery);
    }
};

struct LayoutOptions {
    LayoutMethod method = LayoutMethod::TreeFirst;
    double rimRadius = 5.0; ///< no point is placed farther from the centre (hyperbolic units)
    std::uint32_t seed = 1;
    NeighbourMetric metric =
        NeighbourMetric::Hyperbolic; ///< of HyperbolicTsne; twins are Euclidean
    TsneOptions tsne;                ///< of both t-SNE methods
    int threads = 0;                 ///< 0: one a core; the result does not depend on it
};

/// Input: samples and prototypes of ONE kind (entity or relation) on the hyperboloid, with the
/// tree.
struct LayoutInput {
    EmbeddingSet points;              ///< prototypes and samples in any order
    std::vector<std::int32_t> parent; ///< row of the parent prototype, -1 for roots and samples
};

/// Disk coordinates, one per row. Deterministic for a seed. @throws Cancelled
[[nodiscard]] std::vector<DiskPoint> layoutOnDisk(const LayoutInput& input,
                                                  const LayoutOptions& options = {},
                                                  const CancelToken& cancel = {},
                                                  const ProgressSink& progress = {});

/// One picture of a layout that improves while it runs.
struct LayoutPicture {
    std::vector<DiskPoint> where;
    int iteration = 0; ///< 0: the instant start
    int iterations = 0;
};
/// Called from the thread that lays out; must be quick and must not throw. May be empty.
using PictureSink = std::function<void(LayoutPicture)>;

/// What came of a layout.
struct LayoutRun {
    std::vector<DiskPoint> where;
    bool finished = true;  ///< false: cancelled, `where` is the best so far
    int iterations = 0;    ///< of t-SNE, done
    double divergence = 0; ///< of t-SNE, in nats
    double kernelScale =
        0; ///< of t-SNE, in hyperbolic length: the smaller, the flatter the picture
    NeighbourMetric metric = NeighbourMetric::Hyperbolic; ///< whose neighbours were kept
};

/// layoutOnDisk that shows its pictures as they improve and, when cancelled, keeps the best so far.
/// Progress carries "divergence" now and then. @throws Cancelled when there is no picture yet
[[nodiscard]] LayoutRun layoutProgressively(const LayoutInput& input, const LayoutOptions& options,
                                            const CancelToken& cancel = {},
                                            const PictureSink& pictures = {},
                                            const ProgressSink& progress = {});

/// Places further points without moving the rest: each goes where its nearest hyperbolic neighbours
/// among `placed` are (Lorentz centroid of their disk positions, weighted by distance).
[[nodiscard]] std::vector<DiskPoint> placeMore(const EmbeddingSet& placed,
                                               const std::vector<DiskPoint>& where,
                                               const EmbeddingSet& more);

/// How many of each point's neighbours a picture keeps; entry k - 1 belongs to k neighbours.
struct NeighbourhoodCurve {
    std::vector<double> precision; ///< of the k drawn nearest, share among the K truly nearest
    std::vector<double> recall;    ///< of the K truly nearest, share among the k drawn nearest
    std::vector<double> kept;      ///< of the k truly nearest, share among the k drawn: recall@k
    double nearestError = -1; ///< share of points whose drawn nearest bears another label; -1: none

    [[nodiscard]] std::size_t neighbours() const { return kept.size(); } ///< K
};

struct LayoutQuality {
    double recall15 = 0;        ///< of the 15 nearest hyperbolic neighbours, share kept on the disk
    double trustworthiness = 0; ///< k = 15
    double continuity = 0;      ///< k = 15
    double maxRadius = 0;       ///< hyperbolic; above 6: rim alarm
    std::size_t sampled = 0;    ///< points it was computed from
    NeighbourhoodCurve curve;   ///< up to K = 30
    double distortion = 0;      ///< average, see LayoutDistortion
    std::array<double, 5> radius{}; ///< 5, 25, 50, 75 and 95 % of all points lie within
    NeighbourMetric metric = NeighbourMetric::Hyperbolic; ///< that it was judged by

    /// Points so far out that a picture in float32, or the eye, can't tell them apart.
    [[nodiscard]] bool rimAlarm() const { return maxRadius > 6; }
};

struct QualityOptions {
    std::size_t limit = 2000; ///< points drawn with the seed; the rest is left out
    std::uint32_t seed = 1;
    NeighbourMetric metric = NeighbourMetric::Hyperbolic;
    std::vector<std::int32_t> labels; ///< one a point, or none: no 1-NN error
    int threads = 0;
};

/// On at most `limit` points drawn with the seed. @throws Error when the lengths differ, Cancelled
[[nodiscard]] LayoutQuality layoutQuality(const EmbeddingSet& points,
                                          const std::vector<DiskPoint>& where,
                                          const QualityOptions& options,
                                          const CancelToken& cancel = {});
/// The same with hyperbolic neighbours and no labels.
[[nodiscard]] LayoutQuality layoutQuality(const EmbeddingSet& points,
                                          const std::vector<DiskPoint>& where,
                                          std::size_t limit = 2000, std::uint32_t seed = 1);

/// Of all points, whatever options.limit: exact neighbours on both sides.
[[nodiscard]] NeighbourhoodCurve neighbourhoodCurve(const EmbeddingSet& points,
                                                    const std::vector<DiskPoint>& where,
                                                    std::size_t neighbours,
                                                    const QualityOptions& options = {},
                                                    const CancelToken& cancel = {});

/// How far drawn distances are from being proportional to true ones: with ratios rho = drawn / true
/// and the scale lambda = sum rho / sum rho^2 that serves them best, the mean of |lambda rho - 1|.
/// 0: proportional; pairs that truly coincide are left out.
struct LayoutDistortion {
    std::vector<double> point; ///< of each row, towards the anchors: a colour
    double average = 0;        ///< over all these pairs
    double scale = 1;          ///< lambda
};
/// Towards at most `anchors` rows drawn with the seed.
[[nodiscard]] LayoutDistortion layoutDistortion(const EmbeddingSet& points,
                                                const std::vector<DiskPoint>& where,
                                                const QualityOptions& options = {},
                                                std::size_t anchors = 256,
                                                const CancelToken& cancel = {});

/// Exact hyperbolic nearest neighbours of row `query` (itself left out): rows and distances,
/// nearest first.
[[nodiscard]] std::vector<std::pair<std::size_t, double>> nearest(const EmbeddingSet& points,
                                                                  std::size_t query, std::size_t k);

} // namespace hmgrl
