#pragma once

#include "data/EmbeddingSet.h"
#include "support/Cancel.h"
#include "support/Progress.h"

#include <array>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace hmgrl {

/// Vectors for other programs. What the spans show must live while it is written.
struct EmbeddingTable {
    std::string name;                                                  ///< of the tensor
    std::size_t width = 0;                                             ///< numbers of a row
    std::span<const float> latents;                                    ///< rows x width
    std::span<const std::array<double, 2>> disk;                       ///< x and y of each row
    std::vector<std::string> columns;                                  ///< of the metadata
    std::function<std::vector<std::string>(std::size_t row)> metadata; ///< as many
    [[nodiscard]] std::size_t rows() const { return disk.size(); }
};

/// Writes into FOLDER, which is made when it is missing:
///   tensors.tsv            latents, a row a line, tabs between numbers
///   metadata.tsv           a header, then a line for each row; tab, line feed, carriage return and
///                          backslash within a text are \t, \n, \r and \\.
///   latents.npy, disk.npy  the same as float32 (rows x width) and float64 (rows x 2) for NumPy
///   projector_config.json, projector_config.pbtxt
///                          name them to the Embedding Projector and to TensorBoard
/// All files are complete before the first of them replaces an older one, so that Cancel and a full
/// disk leave the folder as it was; they are then put there one by one, and when that fails the
/// earlier ones stay.
/// @throws Error naming the file that can't be written; Cancelled
void writeEmbeddings(const EmbeddingTable& table, const std::filesystem::path& folder,
                     const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace hmgrl
