#pragma once

#include "data/Document.h"
#include "support/Error.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace hmgrl {

/// What is typed: a mention (one anchor) or an ordered pair of mentions (two).
struct LabelledSample {
    std::size_t document = 0;
    std::vector<Span> anchors; ///< code points of the document's text
    int category = 0;          ///< row of Protocol::categories
};

/// Which categories a part of the data knows.
enum class CategoryGroup {
    Inner, ///< a node of the tree that is no label itself
    Seen,
    ValidationUnseen,
    TestUnseen
};

/// A generalized zero-shot task: categories in groups and samples in parts, with nothing drawn any
/// more. Parts hold rows of `samples`. Candidates while validating are the seen and the
/// validation-unseen categories, while testing the seen and the test-unseen ones.
struct Protocol {
    std::string name;
    CategoryKind kind = CategoryKind::Relation;
    std::vector<Document> documents;
    std::vector<LabelledSample> samples;
    std::vector<Category> categories;
    std::vector<CategoryGroup> group; ///< one a category
    /// Kinds of things that anchors can be, in words, and by category and anchor which of them are
    /// meant: "member of" holds between a person and an organization. Empty where nothing is said;
    /// an empty list allows everything.
    std::vector<std::string> argumentTypes;
    std::vector<std::vector<std::vector<int>>> allowedTypes;

    std::vector<int> train, validationSeen, testSeen, validationUnseen, testUnseen;

    [[nodiscard]] std::vector<int> categoriesIn(CategoryGroup wanted) const;
};

/// How a protocol's configuration divides the data.
struct ProtocolOptions {
    std::filesystem::path data; ///< folder that the configuration's paths start from
    std::uint32_t seed = 0;     ///< of lists and parts, not of training
    bool grouped = false;       ///< one text never on two sides
};

/// The authors' protocol for relations (model.md section 3): categories in order of first
/// appearance, shuffled as numpy.random.seed(seed) does; the first 8 are seen, 7 unseen in
/// validation, 7 in test; of each seen category's samples, shuffled, floor(floor(0.7 n) 0.9) train,
/// up to floor(0.7 n) validate, the rest tests. `grouped`: samples of one text share a part; texts
/// with a sample of an unseen category go where that category goes.
/// @throws Error when the files hold other than 22 relations
[[nodiscard]] Protocol mreProtocol(const nlohmann::json& config, const ProtocolOptions& options,
                                   Issues& issues);

/// The authors' protocol for entities: three fixed groups of four types; task 1 trains on the
/// first, validates on the second and tests on the third, tasks 2 and 3 rotate.
[[nodiscard]] Protocol metProtocol(const nlohmann::json& config, const ProtocolOptions& options,
                                   Issues& issues);

/// Entities or relations of annotated captions, unseen categories as configured, divided by
/// document.
[[nodiscard]] Protocol captionsProtocol(const nlohmann::json& config,
                                        const ProtocolOptions& options, Issues& issues);

/// By the configuration's "protocol": "mre", "met" or "captions".
[[nodiscard]] Protocol makeProtocol(const nlohmann::json& config, const ProtocolOptions& options,
                                    Issues& issues);

} // namespace hmgrl
