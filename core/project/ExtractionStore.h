#pragma once

#include "project/DocumentStore.h"
#include "project/Predictions.h"

#include <map>
#include <set>

namespace hmgrl {

/// Replaces what the model said of one document by a new extraction, in a transaction of the
/// caller: decided labels stay as they are, suggestions of the same span or pair keep their rows
/// (so steps of the history that speak of them stay true), other suggestions go unless a decided
/// relation needs them.
class ExtractionStore {
public:
    explicit ExtractionStore(Connection& connection)
        : m_connection(connection)
        , m_categories(connection)
        , m_documents(connection) {}

    void store(std::int64_t document, const Extraction& extraction, const std::string& modelHash);

private:
    struct Row {
        std::int64_t id = 0;
        Status status = Status::Suggested;
    };
    struct Labels {
        std::map<Span, Row> mentions;      ///< a decided row wins over a suggested one
        std::map<SpanPair, Row> relations; ///< likewise
        std::set<std::int64_t> kept;       ///< suggested mentions
        std::set<std::int64_t> keptRelations;
    };

    void check(std::int64_t document, const Extraction& extraction) const;
    [[nodiscard]] Labels readLabels(std::int64_t document) const;
    void replacePredictions(std::int64_t document, const Extraction& extraction,
                            const std::string& modelHash);
    void suggestMentions(std::int64_t document, const Extraction& extraction, Labels& labels);
    void suggestRelations(std::int64_t document, const Extraction& extraction, Labels& labels);
    void dropSuggestions(std::int64_t document, const Labels& labels);
    [[nodiscard]] std::vector<StoredCandidate>
    known(CategoryKind kind, const std::vector<Candidate>& candidates) const;

    Connection& m_connection;
    CategoryStore m_categories;
    DocumentStore m_documents;
};

} // namespace hmgrl
