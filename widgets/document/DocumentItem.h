#pragma once

#include "data/Document.h"

#include <QMetaType>
#include <string>

namespace hmgrl {

/// A mention (entity) or relation of the shown document, by its row; -1: none.
struct DocumentItem {
    CategoryKind kind = CategoryKind::Entity;
    std::int64_t id = -1;

    [[nodiscard]] bool isNull() const { return id < 0; }
    friend bool operator==(const DocumentItem&, const DocumentItem&) = default;
};

/// What an analyst asks for in the document view; DocumentController turns it into a project edit.
struct DocumentEdit {
    enum class Action {
        Accept,      ///< item
        Reject,      ///< item
        Remove,      ///< item
        Retype,      ///< item, type
        AddMention,  ///< span, type
        AddRelation, ///< head, tail, type
        SetSpan      ///< item, span
    };
    Action action = Action::Accept;
    DocumentItem item;
    std::string type;
    Span span;                         ///< code points
    std::int64_t head = -1, tail = -1; ///< mention rows
    bool createsType = false;          ///< `type` is a new category's name

    friend bool operator==(const DocumentEdit&, const DocumentEdit&) = default;
};

} // namespace hmgrl

Q_DECLARE_METATYPE(hmgrl::DocumentItem)
Q_DECLARE_METATYPE(hmgrl::DocumentEdit)
