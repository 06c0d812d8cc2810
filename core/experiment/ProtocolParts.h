#pragma once

#include "experiment/Protocol.h"
#include "support/Random.h"

namespace hmgrl::protocol {

/// The labelled documents of the configuration's "files", below the data folder.
[[nodiscard]] std::vector<Document> readDocuments(const nlohmann::json& config,
                                                  const ProtocolOptions& options,
                                                  const std::string& format, Issues& issues);

/// Fills categories from names in their order: descriptions and argument types come from the
/// configuration's "labels" and "types". @throws Error for an argument type that "types" lacks
void describe(Protocol& protocol, const std::vector<std::string>& names,
              const nlohmann::json& config);

/// Divides samples by their category's group: unseen ones go whole to their part, those of each
/// seen category are shuffled with `random` and cut at floor(floor(0.7 n) 0.9) and floor(0.7 n).
void divideByCategory(Protocol& protocol, Random& random);

/// The same shares by text: all samples of one text share a part.
void divideByText(Protocol& protocol, Random& random);

} // namespace hmgrl::protocol
