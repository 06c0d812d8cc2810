#pragma once

// LibTorch header: for core rooms only.
#include "data/Category.h"
#include "extraction/Examples.h"
#include "learning/Hmgrl.h"
#include "perception/ImageEncoder.h"
#include "perception/TextEncoder.h"
#include "perception/VisionTransformer.h"
#include "perception/WordPiece.h"
#include "perception/WordingEncoder.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hmgrl {

/// What config.json of a checkpoint says.
struct ModelConfig {
    static constexpr int formatVersion = 1;

    BertConfig text;
    bool lowerCase = true;
    int maxTokens = 160;             ///< longest window the encoder was trained with
    std::optional<VitConfig> vision; ///< a vision transformer instead of EfficientNet-Lite0
    ImagePreparation preparation;    ///< of pictures for the vision transformer
    std::int64_t imageWidth = ImageEncoderImpl::width;
    struct Wording {
        std::int64_t layers = 0, width = 0;
    };
    std::optional<Wording> wording; ///< shape of Model::wording, if there is one
    std::int64_t mentionStyles = 1;
    HmgrlConfig entity, relation;
    /// How one kind's scores become probabilities, chosen on validation categories.
    struct Calibration {
        double gamma = 0;       ///< taken from the scores of seen categories
        double temperature = 1; ///< that scores are divided by, after gamma
    };
    Calibration entityCalibration, relationCalibration;
    double mentionThreshold = 0.5, relationThreshold = 0.5;
    double argumentWeight = 0;        ///< of the types of a relation's arguments, see CategorySpace
    std::vector<Category> categories; ///< both kinds, seen flags set
    /// Of categories that only an analyst's labels made seen, by name: how many labels.
    std::map<std::string, std::int64_t> learnedEntities, learnedRelations;

    [[nodiscard]] const HmgrlConfig& head(CategoryKind kind) const {
        return kind == CategoryKind::Entity ? entity : relation;
    }
    [[nodiscard]] const Calibration& calibration(CategoryKind kind) const {
        return kind == CategoryKind::Entity ? entityCalibration : relationCalibration;
    }
    [[nodiscard]] Calibration& calibration(CategoryKind kind) {
        return kind == CategoryKind::Entity ? entityCalibration : relationCalibration;
    }
    [[nodiscard]] const std::map<std::string, std::int64_t>& learned(CategoryKind kind) const {
        return kind == CategoryKind::Entity ? learnedEntities : learnedRelations;
    }
    [[nodiscard]] std::map<std::string, std::int64_t>& learned(CategoryKind kind) {
        return kind == CategoryKind::Entity ? learnedEntities : learnedRelations;
    }
    /// The share of gamma that a seen category keeps, 0 to 1. Gamma makes up for what many examples
    /// do to scores: a category learned from few labels gives it up by and by.
    [[nodiscard]] double leadShare(const Category& category) const;
    /// Vectors of one picture.
    [[nodiscard]] std::int64_t imageRegions() const {
        return vision ? vision->tokens() : ImageEncoderImpl::regions;
    }
    [[nodiscard]] nlohmann::json toJson() const;
    /// Version first. @throws Error naming the key, what was expected and found
    [[nodiscard]] static ModelConfig fromJson(const nlohmann::json& json, const std::string& file);
};

/// The trained heads in one module, so that they share one file.
class HeadsImpl : public torch::nn::Module {
public:
    explicit HeadsImpl(const ModelConfig& config);
    MentionHead mention{nullptr};
    HmgrlHead entity{nullptr}, relation{nullptr};
    [[nodiscard]] HmgrlHead& of(CategoryKind kind) {
        return kind == CategoryKind::Entity ? entity : relation;
    }
};
TORCH_MODULE(Heads);

/// A complete model in memory. Modules are shared by copies; after loading they are in evaluation
/// mode.
struct Model {
    ModelConfig config;
    std::shared_ptr<const WordPiece> words;
    TextEncoder text{nullptr};
    WordingEncoder wording{nullptr};   ///< or none, by config.wording
    ModelExamples examples;            ///< what labelled samples say to it, on the CPU
    ImageEncoder image{nullptr};       ///< or
    VisionTransformer vision{nullptr}; ///< the other, by config.vision
    Heads heads{nullptr};
    std::filesystem::path folder;
    std::string hash;                  ///< over all files of the checkpoint
    std::string imageHash;             ///< of the image encoder: keys the feature cache
    torch::Device device{torch::kCPU}; ///< where the modules are

    /// Every module, for all copies of this model.
    void moveTo(torch::Device where);

    /// (imageRegions, imageWidth), on the CPU, without gradients. Any thread.
    [[nodiscard]] torch::Tensor encodePicture(const Image& picture) const;
};

/// config.json, text.safetensors, wording.safetensors where config.json says so, and with it maybe
/// examples.safetensors, image.safetensors, heads.safetensors, vocab.txt, card.md.
/// @throws Error naming file, tensor, expected and found
[[nodiscard]] Model loadCheckpoint(const std::filesystem::path& folder);
/// config.json alone, without reading tensors.
[[nodiscard]] ModelConfig readModelConfig(const std::filesystem::path& folder);

/// Writes a checkpoint into `folder` (made when absent). Encoders are stored as float16, heads as
/// float32. Files that would not change because their encoder is that of `unchangedFrom` are
/// copied.
void saveCheckpoint(const Model& model, const std::filesystem::path& folder,
                    const std::string& card,
                    const std::filesystem::path& unchangedEncodersFrom = {});

/// SHA-256 over names and hashes of the checkpoint's files.
[[nodiscard]] std::string checkpointHash(const std::filesystem::path& folder);

} // namespace hmgrl
