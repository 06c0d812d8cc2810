#pragma once

#include "data/Document.h"
#include "support/Error.h"
#include "training/TrainConfig.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hmgrl {

/// A corpus as training sees it: documents with typed mentions and relations, and its label sets.
struct Corpus {
    SourceConfig source;
    std::vector<Document> documents;
    std::vector<Category> entities, relations; ///< label sets; descriptions where they are known
};

/// Formats: "jsonl" (this program's own), "conll" (token and BIO tag a line, blank line between
/// sentences), "wfbg" (JSON lines, token spans with paths), "fewrel" (relation -> list of token
/// lists), "fewrel-lines" (JSON lines with tokenized text), "redocred" (documents with entity
/// clusters; cut into sentences), "crossre" (JSON lines over CrossNER sentences), "mnre" (Python
/// literals). Bad records are listed in `issues`, the rest is read. @throws Error for an unknown
/// format or file
[[nodiscard]] Corpus readCorpus(const SourceConfig& source, const std::filesystem::path& dataFolder,
                                Issues& issues);

/// Text of tokens with the usual spacing of punctuation, and the code-point range of every token.
struct JoinedTokens {
    std::string text;
    std::vector<Span> spans;
};
[[nodiscard]] JoinedTokens joinTokens(const std::vector<std::string>& tokens);

} // namespace hmgrl
