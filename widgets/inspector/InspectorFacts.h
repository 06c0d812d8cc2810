#pragma once

#include "document/DocumentItem.h"
#include "extraction/CategorySpace.h"

#include <QImage>
#include <QString>
#include <optional>
#include <vector>

namespace hmgrl {

/// A category of a ranking: its score when it is among the model's best, and its distance.
struct CategoryFact {
    std::string name;
    QString label;
    QString path; ///< steps of the tree above it
    std::uint32_t colour = 0x808080;
    bool seen = false;
    double score = -1;   ///< -1: not among the best
    double distance = 0; ///< hyperbolic, from the sample to the prototype
    std::optional<CategorySpace::Reason> reason =
        std::nullopt; ///< of the score, where the model can tell
};

/// A mention or relation to jump to.
struct SampleFact {
    std::int64_t document = -1;
    DocumentItem item;
    QString text;   ///< the words, or "head → tail"
    QString detail; ///< type and document
    std::uint32_t colour = 0x808080;
    Status status = Status::Accepted;
    QString value; ///< score or distance, written out
    QImage thumbnail;
};

/// What the inspector says of a mention or relation.
struct SampleFacts {
    SampleFact sample;
    CategoryFact type; ///< name empty: not typed yet
    QString description;
    std::vector<CategoryFact> best; ///< the model's candidates, best first
    std::vector<CategoryFact>
        distances; ///< every prototype, nearest first; empty: not embedded yet
    std::vector<SampleFact> neighbours;
    bool isSearching = false; ///< distances and neighbours are still being computed
};

/// What the inspector says of a document.
struct DocumentFacts {
    QString key;
    QString topic;
    int accepted = 0, suggested = 0, rejected = 0;
    bool reviewed = false;
    bool extracted = false;
    std::vector<SampleFact> mentions;
    std::vector<SampleFact> relations;
};

} // namespace hmgrl
