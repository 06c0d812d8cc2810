#pragma once

#include "project/DocumentStore.h"
#include "project/Predictions.h"

namespace hmgrl {

/// Latents with their rankings and places, across documents: what the disk shows.
class SampleStore {
public:
    explicit SampleStore(Connection& connection)
        : m_connection(connection)
        , m_categories(connection)
        , m_documents(connection) {}

    [[nodiscard]] std::vector<SampleRow> all(CategoryKind kind) const;
    [[nodiscard]] std::optional<LatentRow> latent(CategoryKind kind, std::int64_t sample) const;
    [[nodiscard]] std::vector<RelationEnds> relationEnds() const;
    void rescore(const Project::Ranker& rank, const CancelToken& cancel);
    void setPlaces(CategoryKind kind, const std::vector<std::pair<std::int64_t, DiskPoint>>& where);

private:
    void rescoreKind(CategoryKind kind, const Project::Ranker& rank, const CancelToken& cancel);
    void storeRanking(CategoryKind kind, std::int64_t prediction,
                      const std::vector<Candidate>& candidates,
                      const std::unordered_map<std::string, std::int64_t>& ids);

    Connection& m_connection;
    CategoryStore m_categories;
    DocumentStore m_documents;
};

} // namespace hmgrl
