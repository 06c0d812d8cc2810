#include "extraction/Engine.h"

#include "extraction/ComputeThreads.h"
#include "extraction/DocumentReader.h"
#include "extraction/ImageFeatures.h"
#include "extraction/SpaceBuilder.h"
#include "learning/Device.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <numeric>
#include <thread>

namespace hmgrl {

struct Engine::Parts {
    Parts(Model loaded, const EngineOptions& asked)
        : model(std::move(loaded))
        , options(asked)
        , images(model, asked.cacheFolder) {}
    Model model;
    EngineOptions options;
    ImageFeatures images;
};

namespace {

constexpr std::size_t batchesSorted = 16; ///< at once, see lengthOrder()

/// Texts of similar length share a batch, so that little is padded: documents are sorted by length
/// within stretches of some batches, which bounds how many results wait for their turn.
std::vector<std::size_t> lengthOrder(std::span<const Document> documents, std::size_t batch) {
    std::vector<std::size_t> order(documents.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t stretch = batch * batchesSorted;
    for (std::size_t from = 0; from < order.size(); from += stretch) {
        const auto begin = order.begin() + static_cast<std::ptrdiff_t>(from);
        const auto end =
            order.begin() + static_cast<std::ptrdiff_t>(std::min(from + stretch, order.size()));
        std::stable_sort(begin, end, [&](std::size_t a, std::size_t b) {
            return documents[a].text.size() > documents[b].text.size();
        });
    }
    return order;
}

/// Batches of one extraction, taken by workers in any order and handed out in document order.
class OrderedRun {
public:
    OrderedRun(std::vector<std::size_t> order, std::size_t batch,
               const Engine::ExtractionSink& sink, const ProgressSink& progress)
        : m_order(std::move(order))
        , m_batch(batch)
        , m_sink(sink)
        , m_progress(progress) {}

    /// Documents of the next batch, none at the end.
    std::span<const std::size_t> take() {
        const std::size_t first = std::min(m_next.fetch_add(m_batch), m_order.size());
        return std::span(m_order).subspan(first, std::min(m_batch, m_order.size() - first));
    }

    void finish(std::span<const std::size_t> documents, std::vector<Extraction> results) {
        const std::lock_guard lock(m_mutex);
        for (std::size_t i = 0; i < documents.size(); ++i)
            m_ready.emplace(documents[i], std::move(results[i]));
        while (!m_ready.empty() && m_ready.begin()->first == m_done) {
            m_sink(m_done++, std::move(m_ready.begin()->second));
            m_ready.erase(m_ready.begin());
        }
        m_read += documents.size();
        if (m_progress)
            m_progress({"Extracting",
                        static_cast<double>(m_read),
                        static_cast<double>(m_order.size()),
                        {}});
    }

    void fail(std::exception_ptr failure) {
        const std::lock_guard lock(m_mutex);
        if (!m_failure)
            m_failure = std::move(failure);
        m_next = m_order.size();
    }
    void rethrow() const {
        if (m_failure)
            std::rethrow_exception(m_failure);
    }

private:
    std::vector<std::size_t> m_order;
    std::size_t m_batch;
    const Engine::ExtractionSink& m_sink;
    const ProgressSink& m_progress;
    std::atomic<std::size_t> m_next{0};
    std::mutex m_mutex;
    std::map<std::size_t, Extraction> m_ready;
    std::size_t m_done = 0; ///< handed out
    std::size_t m_read = 0;
    std::exception_ptr m_failure;
};

int workerCount(int asked, std::size_t batches) {
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const int wanted = asked > 0 ? asked : cores;
    return std::max(1, std::min(wanted, static_cast<int>(batches)));
}

} // namespace

Engine::Engine(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts)) {}

Engine::~Engine() = default;

std::shared_ptr<const Engine> Engine::load(const std::filesystem::path& checkpoint,
                                           const EngineOptions& options) {
    validateOptions(options, "engine");
    const torch::Device device = deviceNamed(options.device);
    Model model = loadCheckpoint(checkpoint);
    model.moveTo(device);
    auto parts = std::make_unique<Parts>(std::move(model), options);
    return std::shared_ptr<const Engine>(new Engine(std::move(parts)));
}

std::shared_ptr<const Engine> Engine::over(const Model& model, const EngineOptions& options) {
    validateOptions(options, "engine");
    return std::shared_ptr<const Engine>(new Engine(std::make_unique<Parts>(model, options)));
}

const std::string& Engine::modelHash() const {
    return m_parts->model.hash;
}
const std::filesystem::path& Engine::folder() const {
    return m_parts->model.folder;
}
const std::vector<Category>& Engine::categories() const {
    return m_parts->model.config.categories;
}

std::shared_ptr<const CategorySpace> Engine::space(std::span<const Category> categories,
                                                   const CancelToken& cancel) const {
    return buildSpace(m_parts->model, categories, cancel);
}

void Engine::extract(std::span<const Document> documents, const CategorySpace& space,
                     const ExtractionSink& sink, const CancelToken& cancel,
                     const ProgressSink& progress) const {
    const EngineOptions& options = m_parts->options;
    const auto batch = static_cast<std::size_t>(options.batchSize);
    OrderedRun run(lengthOrder(documents, batch), batch, sink, progress);
    const ReadLimits limits = readLimits(m_parts->model.config, options);
    const DocumentReader reader(m_parts->model, space, limits);

    const auto readBatch = [&](std::span<const std::size_t> chosen) {
        std::vector<const Document*> group;
        std::vector<torch::Tensor> images;
        std::vector<Issues> issues(chosen.size());
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            cancel.throwIfCancelled();
            const Document& document = documents[chosen[i]];
            group.push_back(&document);
            const bool wanted = options.useImages && !document.imagePath.empty();
            images.push_back(wanted ? m_parts->images.of(document.imagePath, issues[i])
                                    : torch::Tensor());
        }
        cancel.throwIfCancelled();
        auto results = reader.read(group, images);
        for (std::size_t i = 0; i < results.size(); ++i)
            results[i].issues.insert(results[i].issues.end(), issues[i].begin(), issues[i].end());
        return results;
    };
    const auto work = [&] {
        try {
            const c10::InferenceMode inference;
            setComputeThreads(1);
            for (auto chosen = run.take(); !chosen.empty(); chosen = run.take()) {
                cancel.throwIfCancelled();
                run.finish(chosen, readBatch(chosen));
            }
        } catch (...) {
            run.fail(std::current_exception());
        }
    };
    {
        std::vector<std::jthread> workers;
        const int count = workerCount(options.threads, (documents.size() + batch - 1) / batch);
        for (int i = 0; i < count; ++i)
            workers.emplace_back(work);
    }
    run.rethrow();
}

} // namespace hmgrl
