#pragma once

#include "picture/DiskColours.h"
#include "picture/LabelLayout.h"
#include "picture/OverlayText.h"

#include <QElapsedTimer>
#include <QFont>
#include <QPixmap>
#include <QSizeF>
#include <vector>

class QPainter;

namespace hmgrl {

/// The names of the prototypes: each is drawn when first shown, into a pixmap with a halo, at the
/// screen's own resolution, and copied to whole pixels from then on, so that text stays crisp while
/// it travels. With them, and never below them, the numbers of rings and ruler.
class LabelPainter {
public:
    void setScene(const DiskScene& scene); ///< new names
    void setLook(const QFont& font, const DiskColours& colours);
    void setObstacles(std::vector<LabelLayout::Box> boxes) {
        m_layout.setObstacles(std::move(boxes));
    }
    void paint(QPainter& painter, const DiskController& view, QSizeF size);
    [[nodiscard]] bool settled() const { return m_layout.settled(); }
    void settle() { m_clock.invalidate(); } ///< the next picture shows all fades finished

private:
    struct Name {
        QString text;
        std::uint32_t row;
        int depth;
    };
    void refresh(double ratio);
    void placeNotes(const DiskController& view, QSizeF size);
    void paintNotes(QPainter& painter) const;
    [[nodiscard]] QFont noteFont(OverlayText::Style style) const;
    [[nodiscard]] QRectF boxOf(const OverlayText& note) const;
    [[nodiscard]] QFont fontOf(int depth) const;
    [[nodiscard]] QString shown(const Name& name) const;
    [[nodiscard]] QSizeF sizeOf(const Name& name) const;
    [[nodiscard]] QPixmap render(const Name& name) const;

    std::vector<Name> m_names;
    std::vector<QPixmap> m_pixmaps; ///< null until first shown
    LabelLayout m_layout;
    std::vector<OverlayText> m_notes;
    QFont m_font;
    DiskColours m_colours = DiskColours::light();
    QElapsedTimer m_clock;
    double m_ratio = 0; ///< 0: pixmaps are stale
};

} // namespace hmgrl
