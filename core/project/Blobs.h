#pragma once

#include "data/Document.h"
#include "project/Connection.h"

#include <string_view>
#include <unordered_map>

namespace hmgrl {

/// Names of categories by row id, both kinds.
using CategoryNames = std::unordered_map<std::int64_t, std::string>;

/// @throws Error when a damaged file refers to a category that isn't there
[[nodiscard]] const std::string& nameOf(std::int64_t category, const CategoryNames& names);

/// A stored candidate names its category by row, so a renamed category needs no rewriting of
/// predictions.
struct StoredCandidate {
    std::int64_t category = 0;
    double score = 0;
    double distance = 0;
};

/// Little-endian arrays of the above and of float32: the forms of the columns `candidates` and
/// `latent`.
[[nodiscard]] Blob blobOf(const std::vector<StoredCandidate>& candidates);
[[nodiscard]] Blob blobOf(const std::vector<float>& latent);

/// Candidates of categories that exist no more are left out. @throws Error for a damaged length
[[nodiscard]] std::vector<Candidate> candidatesOf(std::string_view bytes,
                                                  const CategoryNames& names);
[[nodiscard]] std::optional<StoredCandidate> firstCandidate(std::string_view bytes);
[[nodiscard]] std::vector<float> latentOf(std::string_view bytes);

} // namespace hmgrl
