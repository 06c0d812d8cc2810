#include "workflow/Shipped.h"

namespace hmgrl {
namespace fs = std::filesystem;
namespace {

fs::path firstThatExists(const char* installed, const char* inSource) {
    std::error_code failure;
    const fs::path program = fs::read_symlink("/proc/self/exe", failure).parent_path();
    for (const fs::path& place : {program / "../share/hmgrl-studio" / installed,
                                  program / HMGRL_SOURCE_FROM_BIN / inSource})
        if (fs::exists(place, failure))
            return fs::canonical(place, failure);
    return {};
}

} // namespace

fs::path shippedModel() {
    return firstThatExists("models/default", "models/default");
}

fs::path sampleCorpus() {
    return firstThatExists("sample/sample.jsonl", "resources/sample/sample.jsonl");
}

fs::path shippedExperiments() {
    return firstThatExists("models/experiments", "models/experiments");
}

} // namespace hmgrl
