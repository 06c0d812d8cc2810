#pragma once

#include "bridge/Session.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hmgrl {

/// Samples of one kind that are decided together: one undoable step each. Relations that can't be,
/// for one end is rejected, are left as they are, and the session tells how many.
struct SampleGroup {
    CategoryKind kind = CategoryKind::Entity;
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> documents; ///< each once
    int categories = 0;                  ///< that the samples carry now
};

/// Rows that are no samples are left out.
[[nodiscard]] SampleGroup samplesOf(const DiskData& disk, std::span<const int> rows);

void accept(Session& session, const SampleGroup& group);
void reject(Session& session, const SampleGroup& group);
/// A category that isn't there yet is added in the same step.
void retype(Session& session, const SampleGroup& group, const std::string& category);

} // namespace hmgrl
