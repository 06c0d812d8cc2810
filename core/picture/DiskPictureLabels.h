#pragma once

#include "picture/DiskPictureCanvas.h"

#include <span>
#include <vector>

namespace hmgrl::picture {

/// A name that belongs to a mark. Labels are placed in the order given: the important first.
struct Label {
    std::string text;
    Place mark;
    double markRadius = 0;
    double size = 12;
    bool bold = false;
    Place away; ///< unit vector: the side where the label is wanted most
    // the result
    bool placed = false;
    Place centre;        ///< of the text's box
    bool leader = false; ///< far enough from its mark for a thin line between them
};

/// Gives each label a free place beside its mark, inside `frame`, clear of labels placed before and
/// of all marks; a label with no free place stays unplaced.
void placeLabels(std::vector<Label>& labels, const Frame& frame, const Font& font);

} // namespace hmgrl::picture
