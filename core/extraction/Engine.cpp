#include "extraction/Engine.h"

#include "extraction/ComputeThreads.h"
#include "extraction/DocumentReader.h"
#include "extraction/ImageFeatures.h"
#include "extraction/SpaceBuilder.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
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

/// Batches of one extraction, taken by workers in any order and handed out in document order.
class OrderedRun {
public:
    OrderedRun(std::size_t documents, std::size_t batch, const Engine::ExtractionSink& sink,
               const ProgressSink& progress)
        : m_documents(documents)
        , m_batch(batch)
        , m_sink(sink)
        , m_progress(progress) {}

    /// First document of the next batch, or the number of documents.
    std::size_t take() { return std::min(m_next.fetch_add(m_batch), m_documents); }
    [[nodiscard]] std::size_t endOf(std::size_t first) const { return std::min(first + m_batch, m_documents); }

    void finish(std::size_t first, std::vector<Extraction> results) {
        const std::lock_guard lock(m_mutex);
        m_ready.emplace(first, std::move(results));
        while (!m_ready.empty() && m_ready.begin()->first == m_done) {
            for (Extraction& extraction : m_ready.begin()->second)
                m_sink(m_done++, std::move(extraction));
            m_ready.erase(m_ready.begin());
        }
        if (m_progress)
            m_progress({"Extracting", static_cast<double>(m_done), static_cast<double>(m_documents), {}});
    }

    void fail(std::exception_ptr failure) {
        const std::lock_guard lock(m_mutex);
        if (!m_failure)
            m_failure = std::move(failure);
        m_next = m_documents;
    }
    void rethrow() const {
        if (m_failure)
            std::rethrow_exception(m_failure);
    }

private:
    std::size_t m_documents, m_batch;
    const Engine::ExtractionSink& m_sink;
    const ProgressSink& m_progress;
    std::atomic<std::size_t> m_next{0};
    std::mutex m_mutex;
    std::map<std::size_t, std::vector<Extraction>> m_ready;
    std::size_t m_done = 0;
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
    auto parts = std::make_unique<Parts>(loadCheckpoint(checkpoint), options);
    return std::shared_ptr<const Engine>(new Engine(std::move(parts)));
}

std::shared_ptr<const Engine> Engine::over(const Model& model, const EngineOptions& options) {
    validateOptions(options, "engine");
    return std::shared_ptr<const Engine>(new Engine(std::make_unique<Parts>(model, options)));
}

const std::string& Engine::modelHash() const { return m_parts->model.hash; }
const std::filesystem::path& Engine::folder() const { return m_parts->model.folder; }
const std::vector<Category>& Engine::categories() const { return m_parts->model.config.categories; }

std::shared_ptr<const CategorySpace> Engine::space(std::span<const Category> categories,
                                                   const CancelToken& cancel) const {
    return buildSpace(m_parts->model, categories, cancel);
}

void Engine::extract(std::span<const Document> documents, const CategorySpace& space,
                     const ExtractionSink& sink, const CancelToken& cancel,
                     const ProgressSink& progress) const {
    const EngineOptions& options = m_parts->options;
    const auto batch = static_cast<std::size_t>(options.batchSize);
    OrderedRun run(documents.size(), batch, sink, progress);
    const ReadLimits limits = readLimits(m_parts->model.config, options);
    const DocumentReader reader(m_parts->model, space, limits);

    const auto readBatch = [&](std::size_t first, std::size_t end) {
        std::vector<const Document*> group;
        std::vector<torch::Tensor> images;
        std::vector<Issues> issues(end - first);
        for (std::size_t i = first; i < end; ++i) {
            cancel.throwIfCancelled();
            group.push_back(&documents[i]);
            const bool wanted = options.useImages && !documents[i].imagePath.empty();
            images.push_back(wanted ? m_parts->images.of(documents[i].imagePath, issues[i - first])
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
            for (std::size_t first = run.take(); first < documents.size(); first = run.take()) {
                cancel.throwIfCancelled();
                run.finish(first, readBatch(first, run.endOf(first)));
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
