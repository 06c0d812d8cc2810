#pragma once

// LibTorch header: for core rooms only.
#include "data/Category.h"
#include "learning/WordPoints.h"

#include <filesystem>
#include <map>
#include <span>
#include <string>

namespace hmgrl {

/// What labelled samples of one kind say in words, by category, see WordingEncoder.
struct Examples {
    struct Words {
        torch::Tensor sum;      ///< (W)
        std::int64_t count = 0; ///< samples in it
    };
    using ByCategory = std::map<std::string, Words>;

    ByCategory trained;  ///< of the corpora that the model was trained on
    ByCategory taught;   ///< of an analyst's labels; every retraining replaces them as a whole
    torch::Tensor shift; ///< (W), WordExamples::shift; undefined where nothing was trained

    [[nodiscard]] bool empty() const { return trained.empty() && taught.empty(); }
    /// One sample (W) more.
    static void add(ByCategory& to, const std::string& category, const torch::Tensor& words);
    /// Both sorts together for these categories; labels (C, W) give shape, type and device.
    [[nodiscard]] WordExamples of(std::span<const Category> categories,
                                  const torch::Tensor& labels) const;
};

struct ModelExamples {
    Examples entity, relation;
    [[nodiscard]] const Examples& of(CategoryKind kind) const {
        return kind == CategoryKind::Entity ? entity : relation;
    }
    [[nodiscard]] Examples& of(CategoryKind kind) {
        return kind == CategoryKind::Entity ? entity : relation;
    }
    [[nodiscard]] bool empty() const { return entity.empty() && relation.empty(); }
};

void saveExamples(const ModelExamples& examples, const std::filesystem::path& file);
/// @throws Error naming the file and tensor when shapes, counts or names don't fit `width`, W
[[nodiscard]] ModelExamples loadExamples(const std::filesystem::path& file, std::int64_t width);

} // namespace hmgrl
