#pragma once

#include "picture/DiskPictureCanvas.h"
#include "picture/LabelLayout.h"
#include "picture/LabelNames.h"
#include "picture/OverlayText.h"

#include <vector>

namespace hmgrl::picture {

/// The names of prototypes and the notes of rings and ruler, where the window has them.
class Labels {
public:
    /// The view fills a picture of this size.
    Labels(const DiskController& view, double width, double height, const Font& font);
    /// @param origin of the view on the canvas
    void draw(Canvas& canvas, Place origin, const DiskColours& colours) const;

private:
    void placeNotes(const DiskController& view, double width, double height);
    void slide(OverlayText& note, const DiskController& view, const Frame& frame) const;
    void placeNames(const DiskController& view, double width, double height);
    [[nodiscard]] Frame boxOf(const OverlayText& note) const;
    void drawNote(Canvas& canvas, const OverlayText& note, Place origin,
                  const DiskColours& colours) const;

    const Font& m_font;
    LabelLayout m_layout;
    std::vector<LabelName> m_names;
    std::vector<LabelLayout::Label> m_boxes;
    std::vector<OverlayText> m_notes;
};

} // namespace hmgrl::picture
