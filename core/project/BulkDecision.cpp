#include "project/BulkDecision.h"

namespace hmgrl {

std::size_t setStatus(Editor& editor, CategoryKind kind, std::span<const std::int64_t> samples,
                      Status status) {
    std::size_t done = 0;
    for (const std::int64_t sample : samples) {
        if (kind == CategoryKind::Entity)
            editor.setMentionStatus(sample, status);
        else if (status == Status::Rejected || !editor.hasRejectedEnd(sample))
            editor.setRelationStatus(sample, status);
        else
            continue;
        ++done;
    }
    return done;
}

std::size_t setType(Editor& editor, CategoryKind kind, std::span<const std::int64_t> samples,
                    const std::string& category) {
    std::size_t done = 0;
    for (const std::int64_t sample : samples) {
        if (kind == CategoryKind::Entity)
            editor.setMentionType(sample, category);
        else if (!editor.hasRejectedEnd(sample))
            editor.setRelationType(sample, category);
        else
            continue;
        ++done;
    }
    return done;
}

} // namespace hmgrl
