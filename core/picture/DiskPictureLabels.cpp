#include "picture/DiskPictureLabels.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hmgrl::picture {

namespace {

bool overlap(const Frame& a, const Frame& b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

bool covers(const Frame& box, Place mark, double radius) {
    const double dx = std::clamp(mark.x, box.x, box.x + box.width) - mark.x;
    const double dy = std::clamp(mark.y, box.y, box.y + box.height) - mark.y;
    return dx * dx + dy * dy < radius * radius;
}

bool inside(const Frame& box, const Frame& frame) {
    return box.x >= frame.x && box.y >= frame.y && box.x + box.width <= frame.x + frame.width &&
           box.y + box.height <= frame.y + frame.height;
}

class Placer {
public:
    Placer(std::vector<Label>& labels, const Frame& frame)
        : m_labels(labels)
        , m_frame(frame) {}

    void place(Label& label, double width) {
        // Nearest ring first; within a ring the wanted side first, then ever farther round.
        static constexpr double gaps[] = {0.28, 1.1, 2.2, 3.4}; // of the text's size
        static constexpr int turns[] = {0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8};
        const double wanted = std::atan2(label.away.y, label.away.x);
        for (double gap : gaps)
            for (int turn : turns) {
                const double angle = wanted + turn * std::numbers::pi / 8;
                if (tryAt(label, width, angle, label.markRadius + gap * label.size)) {
                    label.leader = gap > 1;
                    return;
                }
            }
    }

private:
    bool tryAt(Label& label, double width, double angle, double distance) {
        const double height = 1.12 * label.size;
        const Place centre{label.mark.x + std::cos(angle) * (width / 2 + distance),
                           label.mark.y + std::sin(angle) * (height / 2 + distance)};
        const Frame box{centre.x - width / 2, centre.y - height / 2, width, height};
        if (!inside(box, m_frame) ||
            std::any_of(m_boxes.begin(), m_boxes.end(),
                        [&](const Frame& other) { return overlap(box, other); }) ||
            std::any_of(m_labels.begin(), m_labels.end(), [&](const Label& other) {
                return covers(box, other.mark, other.markRadius + 1);
            }))
            return false;
        label.placed = true;
        label.centre = centre;
        m_boxes.push_back(box);
        return true;
    }

    std::vector<Label>& m_labels;
    Frame m_frame;
    std::vector<Frame> m_boxes;
};

} // namespace

void placeLabels(std::vector<Label>& labels, const Frame& frame, const Font& font) {
    Placer placer(labels, frame);
    for (Label& label : labels)
        placer.place(label, font.width(label.text, label.size, label.bold) + 0.3 * label.size);
}

} // namespace hmgrl::picture
