#include "layout/TsneLayout.h"

#include "layout/HyperbolicTsne.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace hmgrl::layout {

namespace {

/// The starting picture, drawn in within four fifths of the rim.
std::vector<DiskPoint> firstPicture(std::vector<DiskPoint> start, double rim) {
    double longest = 0;
    for (const DiskPoint& p : start)
        longest = std::max(longest, p.r);
    const double scale = longest > 0.8 * rim ? 0.8 * rim / longest : 1.0;
    for (DiskPoint& p : start)
        p.r *= scale;
    return start;
}

Affinities affinitiesOf(const Hyperboloid& points, const LayoutOptions& options, Workers& workers,
                        const CancelToken& cancel, const ProgressSink& progress) {
    const PointSpace space = options.metric == NeighbourMetric::Euclidean
                                 ? PointSpace::euclidean(points)
                                 : PointSpace::hyperbolic(points);
    // Three times the perplexity hold all but a sliver of a Gaussian's weight.
    const auto k = static_cast<std::size_t>(std::ceil(3 * options.tsne.perplexity));
    const NeighbourTable neighbours = neighbourTable(space, k, workers, cancel, progress);
    const double most = static_cast<double>(neighbours.k) / 3;
    return affinities(neighbours, std::min(options.tsne.perplexity, std::max(1.0, most)), workers,
                      cancel);
}

class Reporter {
public:
    Reporter(const HyperbolicTsne& tsne, const LayoutOptions& options, const PictureSink& pictures,
             const ProgressSink& progress)
        : m_tsne(tsne)
        , m_every(options.tsne.pictureEvery)
        , m_pictures(pictures)
        , m_progress(progress) {}

    void afterStep() const {
        constexpr int divergenceEvery = 50;
        const int done = m_tsne.iteration();
        if (m_pictures && done % m_every == 0 && done < m_tsne.iterations())
            m_pictures({m_tsne.where(), done, m_tsne.iterations()});
        if (!m_progress)
            return;
        Progress report{"Improving the layout",
                        static_cast<double>(done),
                        static_cast<double>(m_tsne.iterations()),
                        {}};
        if (done % divergenceEvery == 0)
            report.values["divergence"] = m_tsne.divergence();
        m_progress(report);
    }

private:
    const HyperbolicTsne& m_tsne;
    int m_every;
    const PictureSink& m_pictures;
    const ProgressSink& m_progress;
};

} // namespace

LayoutRun tsneLayout(const Hyperboloid& points, const std::vector<DiskPoint>& start,
                     const LayoutOptions& options, const CancelToken& cancel,
                     const PictureSink& pictures, const ProgressSink& progress) {
    LayoutRun run;
    run.metric = options.metric;
    run.where = firstPicture(start, options.rimRadius);
    cancel.throwIfCancelled();
    if (pictures)
        pictures({run.where, 0, options.tsne.iterations});
    if (points.size() < 2)
        return run;
    Workers workers(options.threads);
    std::optional<Affinities> p;
    try {
        p = affinitiesOf(points, options, workers, cancel, progress);
    } catch (const Cancelled&) {
        run.finished = false;
        return run;
    }
    HyperbolicTsne tsne(std::move(*p), start, options, workers);
    const Reporter reporter(tsne, options, pictures, progress);
    while (tsne.iteration() < tsne.iterations() && !cancel.isCancelled()) {
        tsne.step();
        reporter.afterStep();
    }
    run.finished = tsne.iteration() == tsne.iterations();
    run.iterations = tsne.iteration();
    if (run.iterations > 0) {
        run.where = tsne.where();
        run.divergence = tsne.divergence();
    }
    run.kernelScale = tsne.scale();
    return run;
}

} // namespace hmgrl::layout
