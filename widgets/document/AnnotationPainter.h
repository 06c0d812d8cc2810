#pragma once

#include "document/AnnotationLayout.h"

class QPainter;

namespace hmgrl {

class Theme;

/// What the pointer and the keyboard point at while the text is drawn.
struct AnnotationFocus {
    AnnotationHit hover;
    AnnotationHit selected;
    int relationHead = -1; ///< mention a new relation starts from, or -1
    int relationTail = -1; ///< mention it would end at, or -1
    int spanBegin = 0;     ///< the span of a new mention; empty: none
    int spanEnd = 0;
    bool hasKeyboard = true; ///< the view has the keyboard focus
};

/// Draws what AnnotationLayout placed.
class AnnotationPainter {
public:
    explicit AnnotationPainter(const Theme& theme)
        : m_theme(theme) {}

    /// Draws the part of the layout that meets `visible` (layout coordinates).
    void paint(QPainter& painter, const AnnotationLayout& layout, const AnnotationStyle& style,
               const AnnotationFocus& focus, const QRectF& visible) const;

private:
    struct Context;
    void paintSpan(const Context& c) const;
    void paintChips(const Context& c, int firstLine, int lastLine) const;
    void paintChip(const Context& c, const AnnotationLayout::Chip& chip) const;
    void paintTag(const Context& c, const AnnotationLayout::Chip& chip) const;
    void paintHint(const Context& c, const QString& hint, const QRectF& cap,
                   const QColor& colour) const;
    void paintArcs(const Context& c, const QRectF& visible) const;
    void paintArc(const Context& c, const AnnotationLayout::Arc& arc) const;
    void paintPill(const Context& c, const AnnotationLayout::Arc& arc, const QColor& colour,
                   bool isSelected) const;

    [[nodiscard]] QColor opaque(const QColor& colour) const;

    const Theme& m_theme;
};

} // namespace hmgrl
