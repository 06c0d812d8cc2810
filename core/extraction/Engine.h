#pragma once

#include "data/Prediction.h"
#include "extraction/CategorySpace.h"
#include "support/Cancel.h"
#include "support/Options.h"
#include "support/Progress.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hmgrl {

struct Model;

struct EngineOptions {
    int threads = 0;              ///< worker threads; 0: one a core
    int batchSize = 16;           ///< documents encoded together
    double mentionThreshold = 0;  ///< probability from which a span is kept, 0: the model's own
    double relationThreshold = 0; ///< P(related) from which a pair is kept, 0: the model's own
    int maxTokens = 160;          ///< of one window; longer texts are read in several
    bool useImages = true;
    std::string cacheFolder; ///< image features; empty: FeatureCache::defaultFolder(), "off": none
    /// Or "cuda", "cuda:N". Of load(): a model in memory stays where it is.
    std::string device = "cpu";

    template <typename Self, typename Visit>
    static void describe(Self& self, Visit&& visit) {
        visit(OptionInfo{"threads", "worker threads, 0 = one a core", 0, 256}, self.threads);
        visit(OptionInfo{"batch", "documents encoded together", 1, 256}, self.batchSize);
        visit(OptionInfo{"mention_threshold",
                         "probability from which a span is kept, 0 = the model's", 0, 1},
              self.mentionThreshold);
        visit(OptionInfo{"relation_threshold",
                         "probability from which a relation is kept, 0 = the model's", 0, 1},
              self.relationThreshold);
        visit(OptionInfo{"max_tokens", "word pieces of one window of a text", 16, 512},
              self.maxTokens);
        visit(OptionInfo{"use_images", "read the images"}, self.useImages);
        visit(OptionInfo{"cache", "folder of image features, \"off\" for none"}, self.cacheFolder);
        visit(OptionInfo{"device", "cpu, cuda or cuda:N"}, self.device);
    }
};

/// The embedded HMGRL model of one checkpoint. Immutable after loading and shared; every member may
/// be called from several threads at once.
class Engine {
public:
    /// Reads and checks a checkpoint folder. @throws Error naming file, tensor, expected and found
    [[nodiscard]] static std::shared_ptr<const Engine> load(const std::filesystem::path& checkpoint,
                                                            const EngineOptions& options = {});
    /// Over a model in memory (training, tests). The model's modules are shared, not copied.
    [[nodiscard]] static std::shared_ptr<const Engine> over(const Model& model,
                                                            const EngineOptions& options = {});
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// SHA-256 over the checkpoint's files: stored with every prediction.
    [[nodiscard]] const std::string& modelHash() const;
    [[nodiscard]] const std::filesystem::path& folder() const;
    /// The categories the checkpoint was trained for, both kinds, seen flags set.
    [[nodiscard]] const std::vector<Category>& categories() const;

    /// Prototypes of any categories from name and description, no training. About 5 ms a category.
    [[nodiscard]] std::shared_ptr<const CategorySpace> space(std::span<const Category> categories,
                                                             const CancelToken& cancel = {}) const;

    /// Called in document order from a worker thread, one call at a time.
    using ExtractionSink = std::function<void(std::size_t document, Extraction extraction)>;

    /// Given mentions and relations are typed where they stand; further ones are detected. A
    /// document that fails gets its Issue and an otherwise empty Extraction; the rest goes on. The
    /// result does not depend on batch size or thread count (1e-5).
    void extract(std::span<const Document> documents, const CategorySpace& space,
                 const ExtractionSink& sink, const CancelToken& cancel = {},
                 const ProgressSink& progress = {}) const;

private:
    struct Parts;
    explicit Engine(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace hmgrl
