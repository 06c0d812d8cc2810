#pragma once

#include "data/Document.h"

#include <QString>
#include <vector>

namespace hmgrl {

/// A mention as it is drawn. Positions are UTF-16 units of AnnotatedText::text, end exclusive.
struct TextMention {
    std::int64_t id = -1;
    int begin = 0;
    int end = 0;
    QString label;            ///< display name of its type, "untyped" when it has none
    QString hint;             ///< hot key of its type, empty when it has none
    std::uint32_t colour = 0; ///< 0xRRGGBB of its category
    double score = 1;
    Status status = Status::Accepted;
};

/// A relation as it is drawn; head and tail are indices into AnnotatedText::mentions.
struct TextRelation {
    std::int64_t id = -1;
    int head = 0;
    int tail = 0;
    QString label;
    std::uint32_t colour = 0; ///< 0xRRGGBB of its category
    double score = 1;
    Status status = Status::Accepted;
};

/// What AnnotationLayout lays out: mentions sorted by position, relations between them.
struct AnnotatedText {
    QString text;
    std::vector<TextMention> mentions;
    std::vector<TextRelation> relations;
};

} // namespace hmgrl
