#pragma once

#include "data/Category.h"
#include "data/Document.h"

#include <string>
#include <utility>
#include <vector>

namespace hmgrl {

struct ReportContent {
    std::string title;
    std::vector<std::pair<std::string, std::string>> facts; ///< "Documents" -> "75"
    std::string diskSvg;                                    ///< put in as it is
    std::vector<Category> categories;                       ///< colours and seen flags
    std::vector<Document> documents;
    std::vector<std::string> thumbnails; ///< JPEG bytes, one a document, empty: none
};

/// One self-contained page: facts, the disk, every document with its marked mentions and relations.
/// Suggestions are dashed, unseen categories carry a badge; all text is escaped, no script, no
/// reference to anything outside.
[[nodiscard]] std::string reportHtml(const ReportContent& content);

} // namespace hmgrl
