#pragma once

#include "bridge/TextOffsets.h"
#include "document/AnnotatedText.h"
#include "document/DocumentItem.h"
#include "document/TypeCatalogue.h"

namespace hmgrl {

/// The document a view shows, with what the project knows beside it.
struct DocumentContent {
    Document document;
    bool extracted = false; ///< by the current model
    bool reviewed = false;
    bool truncated = false; ///< the model didn't read the text to its end

    [[nodiscard]] const Mention* mention(std::int64_t id) const;
    [[nodiscard]] const Relation* relation(std::int64_t id) const;
    [[nodiscard]] std::string textOf(const Mention& mention) const;
    /// "Ada Lovelace", or "Ada Lovelace → London" for a relation.
    [[nodiscard]] QString describe(const DocumentItem& item) const;
};

/// Mentions in text order with the relations between them, as they are drawn. Rejected ones only
/// when wanted; relations of a hidden mention are hidden.
[[nodiscard]] AnnotatedText annotatedText(const Document& document, const TextOffsets& offsets,
                                          const TypeCatalogue& types, bool withRejected);

} // namespace hmgrl
