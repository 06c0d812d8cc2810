#include "data/Document.h"

#include "support/Error.h"
#include "support/Text.h"

namespace hmgrl {

const char* toString(Status status) {
    switch (status) {
    case Status::Suggested:
        return "suggested";
    case Status::Accepted:
        return "accepted";
    case Status::Rejected:
        break;
    }
    return "rejected";
}

Status statusFromString(const std::string& text) {
    for (const Status status : {Status::Suggested, Status::Accepted, Status::Rejected})
        if (text == toString(status))
            return status;
    throw Error("expected status \"suggested\", \"accepted\" or \"rejected\", found \"" + text +
                "\"");
}

std::vector<std::string> documentFaults(const Document& document) {
    std::vector<std::string> faults;
    const int length = codePointCount(document.text);
    for (std::size_t i = 0; i < document.mentions.size(); ++i) {
        const Span span = document.mentions[i].span;
        if (span.begin < 0 || span.end > length || span.begin >= span.end)
            faults.push_back("mention " + std::to_string(i) + ": expected 0 <= begin < end <= " +
                             std::to_string(length) + ", found " + std::to_string(span.begin) +
                             ".." + std::to_string(span.end));
    }
    const int count = static_cast<int>(document.mentions.size());
    for (std::size_t i = 0; i < document.relations.size(); ++i) {
        const Relation& relation = document.relations[i];
        const bool inRange = relation.head >= 0 && relation.head < count && relation.tail >= 0 &&
                             relation.tail < count;
        if (!inRange || relation.head == relation.tail)
            faults.push_back("relation " + std::to_string(i) +
                             ": expected two different mentions below " + std::to_string(count) +
                             ", found " + std::to_string(relation.head) + " and " +
                             std::to_string(relation.tail));
    }
    return faults;
}

} // namespace hmgrl
