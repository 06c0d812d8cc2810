#include "picture/DiskPictureLabels.h"

#include <algorithm>
#include <complex>

namespace hmgrl::picture {

namespace {

constexpr double base = 13;
constexpr double padding = 3; ///< around a name, for its halo
constexpr double longest = 220;
constexpr double belowMiddle = 0.36; ///< baseline of a text, of its size

struct Letters {
    double size;
    Weight weight;
};

Letters lettersOf(int depth) {
    const double size = depth == 0 ? 1.12 * base : depth == 1 ? base : 0.92 * base;
    return {size, depth == 0 ? Weight::Bold : Weight::Medium};
}

Letters lettersOf(OverlayText::Style style) {
    return style == OverlayText::Style::Ring ? Letters{0.88 * base, Weight::Medium}
                                             : Letters{base, Weight::Bold};
}

bool overlap(const Frame& a, const Frame& b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

} // namespace

Labels::Labels(const DiskController& view, double width, double height, const Font& font)
    : m_font(font) {
    placeNotes(view, width, height);
    if (view.overlay().labels)
        placeNames(view, width, height);
}

Frame Labels::boxOf(const OverlayText& note) const {
    const auto [size, weight] = lettersOf(note.style);
    const bool ring = note.style == OverlayText::Style::Ring;
    const double height = 1.25 * size + (ring ? 0 : 6);
    const double width = std::max(m_font.width(note.text, size, weight) + (ring ? 8 : 16), height);
    return {note.x - width / 2, note.y - height / 2, width, height};
}

/// Along its ring to where it hides no prototype, if that is near.
void Labels::slide(OverlayText& note, const DiskController& view, const Frame& frame) const {
    constexpr double reach = 9; // of a prototype's mark
    constexpr double pixels = 6;
    constexpr int mostSteps = 8;
    const DiskScene& scene = view.scene();
    const auto [x, y] = view.toScreen(0);
    const std::complex<double> centre(x, y), begin(note.x, note.y);
    const auto isFree = [&](const Frame& box) {
        for (std::size_t row = 0; row < scene.size(); ++row) {
            if (!isPrototype(scene.kind[row]))
                continue;
            const auto [markX, markY] = view.toScreen(view.viewPoints()[row]);
            if (overlap(box, {markX - reach, markY - reach, 2 * reach, 2 * reach}))
                return false;
        }
        return frame.contains({box.x, box.y}) &&
               frame.contains({box.x + box.width, box.y + box.height});
    };
    for (int step = 0; step <= 2 * mostSteps; ++step) {
        const double way = pixels * (step % 2 == 0 ? -step / 2 : (step + 1) / 2);
        const auto place =
            centre + (begin - centre) * std::polar(1.0, way / std::abs(begin - centre));
        OverlayText moved{note.text, place.real(), place.imag(), note.style};
        if (isFree(boxOf(moved))) {
            note = std::move(moved);
            return;
        }
    }
}

/// A ring's number gives way to prototypes and to the ruler's, which is the last.
void Labels::placeNotes(const DiskController& view, double width, double height) {
    m_notes = overlayTexts(view, width, height);
    for (OverlayText& note : m_notes)
        if (note.style == OverlayText::Style::Ring)
            slide(note, view, {0, 0, width, height});
    if (!m_notes.empty() && m_notes.back().style == OverlayText::Style::Ruler) {
        const Frame pill = boxOf(m_notes.back());
        std::erase_if(m_notes, [&](const OverlayText& note) {
            return note.style == OverlayText::Style::Ring && overlap(boxOf(note), pill);
        });
    }
    std::vector<LabelLayout::Box> boxes;
    for (const OverlayText& note : m_notes) {
        const Frame box = boxOf(note);
        boxes.push_back({box.x, box.y, box.x + box.width, box.y + box.height});
    }
    m_layout.setNotes(std::move(boxes));
}

void Labels::placeNames(const DiskController& view, double width, double height) {
    m_names = labelNames(view.scene());
    for (LabelName& name : m_names) {
        const auto [size, weight] = lettersOf(name.depth);
        name.text = m_font.elided(printable(name.text), size, weight, longest);
        m_boxes.push_back({name.row, m_font.width(name.text, size, weight) + 2 * padding,
                           1.25 * size + 2 * padding - 2, name.depth});
    }
    m_layout.setLabels(m_boxes);
    constexpr double untilSettled = 10;
    m_layout.update(view, width, height, untilSettled);
}

void Labels::draw(Canvas& canvas, Place origin, const DiskColours& colours) const {
    for (const LabelLayout::Placed& placed : m_layout.placed()) {
        const LabelName& name = m_names[placed.label];
        const LabelLayout::Label& box = m_boxes[placed.label];
        const auto [size, weight] = lettersOf(name.depth);
        const Argb ink =
            name.depth < 2 ? colours.text : mixed(colours.text, colours.mutedText, 0.5);
        canvas.text({origin.x + placed.x + box.width / 2,
                     origin.y + placed.y + box.height / 2 + belowMiddle * size},
                    name.text, {size, weight, Anchor::Middle, ink, colours.halo, 1.75});
    }
    for (const OverlayText& note : m_notes)
        drawNote(canvas, note, origin, colours);
}

void Labels::drawNote(Canvas& canvas, const OverlayText& note, Place origin,
                      const DiskColours& colours) const {
    const bool ruler = note.style == OverlayText::Style::Ruler;
    const auto [size, weight] = lettersOf(note.style);
    Frame box = boxOf(note);
    box.x += origin.x;
    box.y += origin.y;
    canvas.box(box, box.height / 2,
               {withAlpha(colours.panel, ruler ? 1 : 0.8), ruler ? colours.accent : 0, 1.2});
    canvas.text({origin.x + note.x, origin.y + note.y + belowMiddle * size}, note.text,
                {size, weight, Anchor::Middle, ruler ? colours.text : colours.mutedText, 0, 0});
}

} // namespace hmgrl::picture
