#pragma once

#include "document/AnnotatedText.h"
#include "document/ArcPlan.h"
#include "document/TextFlow.h"

#include <QPainterPath>
#include <QPointF>
#include <QRectF>
#include <optional>
#include <utility>

namespace hmgrl {

struct AnnotationStyle {
    QFont text;  ///< of the document
    QFont label; ///< of types, scores and relations
};

/// What lies under a point: an index into the mentions or relations of the text.
struct AnnotationHit {
    enum class Kind { None, Mention, Relation } kind = Kind::None;
    int index = -1;
    friend bool operator==(const AnnotationHit&, const AnnotationHit&) = default;
};

/// Places an annotated text: lines, a tinted chip behind each mention, bars and tags with the types
/// below it, relation arcs in lanes above. Only geometry; AnnotationPainter draws it.
class AnnotationLayout {
public:
    struct Line {
        double top = 0;     ///< of everything that belongs to the line, its arcs included
        double textTop = 0; ///< of the chips
        double baseline = 0;
        double textBottom = 0;
        double bottom = 0; ///< below the tags
        int arcLanes = 0;
        int tagLanes = 0;
        int depth = 0; ///< of its deepest chip
    };
    /// The piece of a mention on one line.
    struct Chip {
        int mention = 0;
        int line = 0;
        QRectF rect;   ///< tinted background
        QRectF bar;    ///< coloured line below, at its tag's lane
        QRectF tag;    ///< type label; empty on further pieces
        int depth = 0; ///< mentions stacked inside this one
        bool begins = true, ends = true;
    };
    struct Arc {
        int relation = 0;
        QPainterPath path; ///< from head to the arrow's base
        QPointF tip;       ///< of the arrow, which points down at the tail
        QRectF pill;
    };

    /// Lays out the first `limit` UTF-16 units for a view of `width` pixels.
    void build(const AnnotatedText& input, const AnnotationStyle& style, double width, int limit);

    [[nodiscard]] const AnnotatedText& input() const { return m_input; }
    [[nodiscard]] double height() const { return m_height; }
    [[nodiscard]] double textLeft() const { return m_textLeft; }
    [[nodiscard]] double textWidth() const { return m_textWidth; }
    [[nodiscard]] const TextFlow& flow() const { return m_flow; }
    [[nodiscard]] const std::vector<Line>& lines() const { return m_lines; }
    [[nodiscard]] const std::vector<Chip>& chips() const { return m_chips; } ///< outer before inner
    [[nodiscard]] const std::vector<Arc>& arcs() const { return m_arcs; }
    [[nodiscard]] QString tagText(int mention) const;
    [[nodiscard]] QString pillText(int relation) const;

    /// Lines that meet [top, bottom], as a half-open range.
    [[nodiscard]] std::pair<int, int> linesBetween(double top, double bottom) const;
    [[nodiscard]] AnnotationHit hitTest(QPointF point) const;
    /// The character under or nearest to a point; -1 when there is no text.
    [[nodiscard]] int characterAt(QPointF point) const;
    /// Rectangles behind [begin, end).
    [[nodiscard]] std::vector<QRectF> rectsOf(int begin, int end) const;
    /// All of a mention's chips, or of a relation's arc.
    [[nodiscard]] QRectF boundsOf(const AnnotationHit& hit) const;

private:
    using Interval = std::pair<double, double>;

    void layOutText(double width, int limit);
    [[nodiscard]] std::vector<ExtraSpace> spaces(int limit) const;
    [[nodiscard]] bool endsInsideWord(const TextMention& mention) const;
    void makeChips(int limit);
    void stackTags();
    void planRelations();
    void placeLines();
    void placeChips();
    [[nodiscard]] int takeTagLane(Chip& chip, std::vector<std::vector<Interval>>& lanes) const;
    void placeArcs();
    [[nodiscard]] std::optional<ArcRequest> arcRequest(const TextRelation& relation) const;
    [[nodiscard]] double laneY(int line, int lane) const;
    [[nodiscard]] double chipTop(int mention, int line) const;
    [[nodiscard]] double tagWidth(int mention) const;

    AnnotatedText m_input;
    AnnotationStyle m_style;
    TextFlow m_flow;
    std::vector<int> m_depth; ///< of each mention
    std::vector<Line> m_lines;
    std::vector<Chip> m_chips;
    std::vector<int> m_tagLane;              ///< of each chip
    std::vector<std::vector<int>> m_chipsOf; ///< chips of each mention
    ArcPlans m_plans;
    std::vector<int> m_planned; ///< relation of each plan
    std::vector<Arc> m_arcs;
    double m_textLeft = 0;
    double m_textWidth = 0;
    double m_height = 0;
};

} // namespace hmgrl
