#pragma once

#include "data/Category.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hmgrl {

/// Half-open range of Unicode code points in a document's text.
struct Span {
    int begin = 0;
    int end = 0;
    friend auto operator<=>(const Span&, const Span&) = default;
};

/// Who stands behind a mention or relation. Suggested ones come from the model and wait for a
/// decision; accepted ones are an analyst's or an import's labels; rejected ones are kept so that
/// they aren't suggested again.
enum class Status { Suggested, Accepted, Rejected };

[[nodiscard]] const char* toString(Status status);
/// @throws Error for anything else
[[nodiscard]] Status statusFromString(const std::string& text);

/// One of the best categories of a prediction, best first.
struct Candidate {
    std::string category;
    double score = 0;    ///< calibrated probability over seen and unseen categories, 0..1
    double distance = 0; ///< hyperbolic distance latent-prototype, curvature of the model
    friend bool operator==(const Candidate&, const Candidate&) = default;
};

struct Mention {
    std::int64_t id = 0; ///< row in the project; 0 before it is stored
    Span span;
    std::string type; ///< category name; empty: not typed yet
    double score = 1; ///< of `type`
    Status status = Status::Accepted;
    std::vector<Candidate> candidates; ///< at most 5 from files, model predictions carry 5
    friend bool operator==(const Mention&, const Mention&) = default;
};

struct Relation {
    std::int64_t id = 0;
    int head = 0; ///< index into Document::mentions
    int tail = 0;
    std::string type;
    double score = 1;
    Status status = Status::Accepted;
    std::vector<Candidate> candidates;
    friend bool operator==(const Relation&, const Relation&) = default;
};

/// A text/image pair with what is known of it. Either part may be missing.
struct Document {
    std::int64_t id = 0;   ///< row in the project; 0 before it is stored
    std::string key;       ///< the id it came with; unique within a project
    std::string text;      ///< valid UTF-8 without NUL
    std::string imageRef;  ///< as the file said; written back on export
    std::string imagePath; ///< absolute path of the image, empty when there is none
    std::string url;
    std::string topic;
    /// JSON object of fields that this program doesn't know, kept for export; or empty.
    std::string extra;
    std::vector<Mention> mentions;
    std::vector<Relation> relations;
    friend bool operator==(const Document&, const Document&) = default;
};

/// What is wrong with a document's offsets and indices, one sentence each; empty when sound.
[[nodiscard]] std::vector<std::string> documentFaults(const Document& document);

} // namespace hmgrl
