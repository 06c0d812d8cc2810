#pragma once

#include <QImage>
#include <QString>
#include <cstdint>
#include <vector>

namespace hmgrl {

/// What the card beside a hovered point says. Empty parts take no room.
struct HoverCard {
    QString title;                   ///< e.g. the mention
    QString subtitle;                ///< e.g. its category and score
    std::uint32_t colour = 0x808080; ///< 0xRRGGBB, of the category

    struct Part {
        QString text;
        bool emphasised = false; ///< the mention within its text
    };
    std::vector<Part> text;

    QImage thumbnail;

    struct Candidate {
        QString name;
        double score = 0; ///< from 0 to 1
        std::uint32_t colour = 0x808080;
        double distance = -1; ///< hyperbolic, from the sample to the prototype; -1: not shown
    };
    std::vector<Candidate> candidates; ///< best first; five are shown
};

} // namespace hmgrl
