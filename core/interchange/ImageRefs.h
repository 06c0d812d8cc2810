#pragma once

#include "data/Document.h"
#include "support/Error.h"

#include <filesystem>
#include <string>

namespace hmgrl {

/// Sets imageRef to `reference` and imagePath to the file it means inside `folder`. A reference
/// that leaves the folder, is a web address or names no file becomes an issue; the document keeps
/// imageRef.
void attachImage(Document& document, const std::string& reference,
                 const std::filesystem::path& folder, const std::string& file,
                 const std::string& place, Issues& issues);

/// The folder of a file, "." for a bare name.
[[nodiscard]] std::filesystem::path folderOf(const std::filesystem::path& file);

} // namespace hmgrl
