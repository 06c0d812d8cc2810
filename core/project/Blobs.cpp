#include "project/Blobs.h"

#include <bit>
#include <cstring>

namespace hmgrl {
namespace {

static_assert(std::endian::native == std::endian::little, "stored arrays are little-endian");
static_assert(sizeof(StoredCandidate) == 24);

template <typename Item>
std::vector<Item> arrayOf(std::string_view bytes, const char* column) {
    if (bytes.size() % sizeof(Item) != 0)
        throw Error("damaged project: column " + std::string(column) + " has " +
                    std::to_string(bytes.size()) + " bytes, expected a multiple of " +
                    std::to_string(sizeof(Item)));
    std::vector<Item> items(bytes.size() / sizeof(Item));
    if (!items.empty())
        std::memcpy(items.data(), bytes.data(), bytes.size());
    return items;
}

} // namespace

const std::string& nameOf(std::int64_t category, const CategoryNames& names) {
    const auto name = names.find(category);
    if (name == names.end())
        throw Error("damaged project: a label refers to the absent category " +
                    std::to_string(category));
    return name->second;
}

Blob blobOf(const std::vector<StoredCandidate>& candidates) {
    return {candidates.data(), candidates.size() * sizeof(StoredCandidate)};
}

Blob blobOf(const std::vector<float>& latent) {
    return {latent.data(), latent.size() * sizeof(float)};
}

std::vector<Candidate> candidatesOf(std::string_view bytes, const CategoryNames& names) {
    std::vector<Candidate> candidates;
    for (const StoredCandidate& stored : arrayOf<StoredCandidate>(bytes, "candidates"))
        if (const auto name = names.find(stored.category); name != names.end())
            candidates.push_back({name->second, stored.score, stored.distance});
    return candidates;
}

std::optional<StoredCandidate> firstCandidate(std::string_view bytes) {
    const auto stored = arrayOf<StoredCandidate>(bytes, "candidates");
    return stored.empty() ? std::nullopt : std::optional(stored.front());
}

std::vector<float> latentOf(std::string_view bytes) {
    return arrayOf<float>(bytes, "latent");
}

} // namespace hmgrl
