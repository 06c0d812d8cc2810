#include "document/AnnotationLayout.h"

#include "document/AnnotationMetrics.h"
#include "document/RoundedPath.h"

#include <QFontMetricsF>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace hmgrl {
namespace {

using namespace annotation;

/// For each mention how many levels of mentions it has to enclose, so that stacked chips stay
/// visible.
std::vector<int> stackingDepths(const std::vector<TextMention>& mentions) {
    std::vector<int> depth(mentions.size(), 0);
    std::vector<std::size_t> order(mentions.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto length = [&](std::size_t i) { return mentions[i].end - mentions[i].begin; };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return length(a) < length(b); });
    // Mentions are sorted by begin; those that start before i ends and end after it begins overlap.
    int longest = 0;
    for (std::size_t i = 0; i < mentions.size(); ++i)
        longest = std::max(longest, length(i));
    std::vector<bool> done(mentions.size(), false);
    for (const std::size_t i : order) {
        const int from = mentions[i].begin - longest;
        auto it = std::lower_bound(mentions.begin(), mentions.end(), from,
                                   [](const TextMention& m, int p) { return m.begin < p; });
        for (; it != mentions.end() && it->begin < mentions[i].end; ++it) {
            const auto k = static_cast<std::size_t>(it - mentions.begin());
            if (done[k] && it->end > mentions[i].begin)
                depth[i] = std::min(maxDepth, std::max(depth[i], depth[k] + 1));
        }
        done[i] = true;
    }
    return depth;
}

QString withScore(const QString& label, double score, Status status) {
    if (status != Status::Suggested)
        return label;
    return label + u' ' + QLocale().toString(std::lround(score * 100)) + QStringLiteral("\u2009%");
}

std::vector<ExtraSpace> largestByPlace(std::vector<ExtraSpace> spaces) {
    std::stable_sort(spaces.begin(), spaces.end(),
                     [](const auto& a, const auto& b) { return a.position < b.position; });
    std::vector<ExtraSpace> out;
    for (const ExtraSpace& space : spaces)
        if (!out.empty() && out.back().position == space.position)
            out.back().width = std::max(out.back().width, space.width);
        else
            out.push_back(space);
    return out;
}

bool takesSpace(QChar c) {
    return c.isSpace() || c.isPunct();
}

} // namespace

QString AnnotationLayout::tagText(int mention) const {
    const TextMention& m = m_input.mentions[static_cast<std::size_t>(mention)];
    return withScore(m.label, m.score, m.status);
}

QString AnnotationLayout::pillText(int relation) const {
    const TextRelation& r = m_input.relations[static_cast<std::size_t>(relation)];
    return withScore(r.label, r.score, r.status);
}

double AnnotationLayout::tagWidth(int mention) const {
    const QFontMetricsF metrics(m_style.label);
    const TextMention& m = m_input.mentions[static_cast<std::size_t>(mention)];
    const double hint = m.hint.isEmpty() ? 0 : metrics.horizontalAdvance(m.hint) + hintPadding;
    return metrics.horizontalAdvance(tagText(mention)) + hint;
}

void AnnotationLayout::build(const AnnotatedText& input, const AnnotationStyle& style, double width,
                             int limit) {
    m_input = input;
    m_style = style;
    m_depth = stackingDepths(m_input.mentions);
    m_plans = {};
    // Gutters take width, width moves line breaks, breaks decide the gutters: twice is enough, and
    // a third gutter more than reserved only narrows the margin.
    for (int pass = 0; pass < 2; ++pass) {
        const int left = m_plans.leftGutters, right = m_plans.rightGutters;
        m_textLeft = margin + (left > 0 ? gutterOffset + left * gutterPitch : 0);
        const double rightMargin = margin + (right > 0 ? gutterOffset + right * gutterPitch : 0);
        m_textWidth = std::max(80.0, width - m_textLeft - rightMargin);
        layOutText(m_textWidth, limit);
        if (m_plans.leftGutters == left && m_plans.rightGutters == right)
            break;
    }
    placeLines();
    placeChips();
    placeArcs();
}

void AnnotationLayout::layOutText(double width, int limit) {
    m_flow.build(m_input.text, limit, m_style.text, width, spaces(limit));
    makeChips(limit);
    stackTags();
    planRelations();
}

/// True where the space after a chip must be made by its own last letter, because punctuation
/// follows at once. Letters of scripts that join, and letters with marks, must not be set apart
/// from what they join.
bool AnnotationLayout::endsInsideWord(const TextMention& mention) const {
    const QString& text = m_input.text;
    constexpr char16_t firstJoining = 0x0590;
    return mention.end < text.size() && !text[mention.end].isSpace() &&
           text[mention.end - 1].unicode() < firstJoining && !text[mention.end - 1].isMark();
}

/// Room between chips: a little around each, and enough that the tags of neighbours stand side by
/// side where the mentions themselves are short.
std::vector<ExtraSpace> AnnotationLayout::spaces(int limit) const {
    const QFontMetricsF metrics(m_style.text);
    const int end = std::min(limit, static_cast<int>(m_input.text.size()));
    std::vector<ExtraSpace> out;
    // Spacing shifts what is drawn of right-to-left text against the cursor positions Qt reports
    // for it.
    const auto add = [&](int position, double width) {
        if (position >= 0 && position < end && takesSpace(m_input.text[position]) && width > 0)
            out.push_back({position, width});
    };
    const auto& mentions = m_input.mentions;
    for (std::size_t i = 0; i < mentions.size() && mentions[i].begin < limit; ++i) {
        add(mentions[i].begin - 1, chipPadding);
        add(mentions[i].end, chipPadding);
        if (mentions[i].end <= end && endsInsideWord(mentions[i]))
            out.push_back({mentions[i].end - 1, innerPadding});
        if (i + 1 == mentions.size() || mentions[i + 1].begin < mentions[i].end ||
            mentions[i + 1].begin - mentions[i].end > 24)
            continue;
        const double distance = metrics.horizontalAdvance(
            m_input.text.mid(mentions[i].begin, mentions[i + 1].begin - mentions[i].begin));
        const double lacking = tagWidth(static_cast<int>(i)) + tagGap - distance;
        add(mentions[i + 1].begin - 1, std::min(lacking, 90.0));
    }
    return largestByPlace(std::move(out));
}

void AnnotationLayout::makeChips(int limit) {
    m_chips.clear();
    const auto& flowLines = m_flow.lines();
    for (std::size_t i = 0; i < m_input.mentions.size(); ++i) {
        const TextMention& mention = m_input.mentions[i];
        if (mention.begin >= limit || flowLines.empty())
            continue;
        bool begins = true;
        for (int line = m_flow.lineOf(mention.begin);
             line < static_cast<int>(flowLines.size()) &&
             flowLines[static_cast<std::size_t>(line)].begin < mention.end;
             ++line)
            for (const auto& [left, right] : m_flow.extents(line, mention.begin, mention.end)) {
                Chip chip;
                chip.mention = static_cast<int>(i);
                chip.line = line;
                chip.depth = m_depth[i];
                chip.begins = std::exchange(begins, false);
                chip.ends = mention.end <= flowLines[static_cast<std::size_t>(line)].end;
                chip.rect = QRectF(left, 0, right - left, 0);
                m_chips.push_back(chip);
            }
    }
    std::stable_sort(m_chips.begin(), m_chips.end(), [](const Chip& a, const Chip& b) {
        return a.line != b.line ? a.line < b.line : a.depth > b.depth;
    });
    m_chipsOf.assign(m_input.mentions.size(), {});
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        m_chipsOf[static_cast<std::size_t>(m_chips[i].mention)].push_back(static_cast<int>(i));
}

/// Bars and tags below each line: innermost mentions nearest to the text, no two of a lane overlap.
void AnnotationLayout::stackTags() {
    m_lines.assign(m_flow.lines().size(), {});
    m_tagLane.assign(m_chips.size(), 0);
    std::vector<std::size_t> order(m_chips.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const Chip &x = m_chips[a], &y = m_chips[b];
        return std::tuple(x.line, x.depth, x.rect.left()) <
               std::tuple(y.line, y.depth, y.rect.left());
    });
    std::vector<std::vector<std::vector<Interval>>> taken(m_lines.size());
    for (const std::size_t i : order) {
        const auto at = static_cast<std::size_t>(m_chips[i].line);
        m_tagLane[i] = takeTagLane(m_chips[i], taken[at]);
        m_lines[at].tagLanes = std::max(m_lines[at].tagLanes, m_tagLane[i] + 1);
        m_lines[at].depth = std::max(m_lines[at].depth, m_chips[i].depth);
    }
}

int AnnotationLayout::takeTagLane(Chip& chip, std::vector<std::vector<Interval>>& lanes) const {
    const double width = chip.begins ? tagWidth(chip.mention) : 0;
    const double left = std::clamp(chip.rect.left(), 0.0, std::max(0.0, m_textWidth - width));
    chip.tag = QRectF(left, 0, width, 0);
    const Interval wanted{std::min(left, chip.rect.left()),
                          std::max(left + width, chip.rect.right())};
    const auto isTaken = [&](const Interval& other) {
        return wanted.first < other.second + tagGap / 2 && other.first < wanted.second + tagGap / 2;
    };
    std::size_t lane = 0;
    while (lane < lanes.size() && std::any_of(lanes[lane].begin(), lanes[lane].end(), isTaken))
        ++lane;
    if (lane == lanes.size())
        lanes.emplace_back();
    lanes[lane].push_back(wanted);
    return static_cast<int>(lane);
}

std::optional<ArcRequest> AnnotationLayout::arcRequest(const TextRelation& relation) const {
    const auto& heads = m_chipsOf[static_cast<std::size_t>(relation.head)];
    const auto& tails = m_chipsOf[static_cast<std::size_t>(relation.tail)];
    if (heads.empty() || tails.empty())
        return std::nullopt;
    // A mention that goes on in the next line may have a piece beside the other end.
    int head = heads.front(), tail = tails.front();
    for (const int h : heads)
        for (const int t : tails) {
            const auto apart = [&](int a, int b) {
                return std::abs(m_chips[static_cast<std::size_t>(a)].line -
                                m_chips[static_cast<std::size_t>(b)].line);
            };
            if (apart(h, t) < apart(head, tail)) {
                head = h;
                tail = t;
            }
        }
    const auto end = [&](int i) {
        const Chip& chip = m_chips[static_cast<std::size_t>(i)];
        return ArcEnd{chip.line, chip.rect.left(), chip.rect.right()};
    };
    return ArcRequest{end(head), end(tail), 0};
}

void AnnotationLayout::planRelations() {
    const QFontMetricsF metrics(m_style.label);
    std::vector<ArcRequest> requests;
    m_planned.clear();
    for (std::size_t i = 0; i < m_input.relations.size(); ++i)
        if (auto request = arcRequest(m_input.relations[i])) {
            request->pillWidth =
                metrics.horizontalAdvance(pillText(static_cast<int>(i))) + 2 * pillPadding;
            requests.push_back(*request);
            m_planned.push_back(static_cast<int>(i));
        }
    m_plans = planArcs(requests, static_cast<int>(m_lines.size()), m_textWidth);
}

void AnnotationLayout::placeLines() {
    double y = margin / 2;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        Line& line = m_lines[i];
        const TextFlow::Line& text = m_flow.lines()[i];
        const double nesting = line.depth * nestingStep;
        line.arcLanes = m_plans.lanes[i];
        line.top = y;
        y += lineGap / 2 + nesting;
        y += line.arcLanes > 0 ? firstLane + (line.arcLanes - 1) * lanePitch + pillHeight / 2 + 2
                               : 0;
        line.textTop = y;
        line.baseline = y + chipRise + text.ascent;
        line.textBottom = line.baseline + text.descent + chipRise;
        y = line.textBottom + nesting;
        y += line.tagLanes > 0 ? line.tagLanes * tagPitch + 3 : 0;
        line.bottom = y;
        y += lineGap / 2;
    }
    m_height = y + margin / 2;
}

void AnnotationLayout::placeChips() {
    const QFontMetricsF metrics(m_style.label);
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        Chip& chip = m_chips[i];
        const Line& line = m_lines[static_cast<std::size_t>(chip.line)];
        const double rise = chip.depth * nestingStep;
        const double left = m_textLeft + chip.rect.left() - chipPadding / 2 - 1.5 * chip.depth;
        const double right = m_textLeft + chip.rect.right() + chipPadding / 2 + 1.5 * chip.depth;
        chip.rect =
            QRectF(QPointF(left, line.textTop - rise), QPointF(right, line.textBottom + rise));
        // Tags stand below every chip of the line; the bar of the first lane hugs its own chip.
        const double tagTop =
            line.textBottom + line.depth * nestingStep + m_tagLane[i] * tagPitch + barHeight;
        const double barTop = m_tagLane[i] > 0 ? tagTop - barHeight - 1 : chip.rect.bottom() - 1;
        chip.bar = QRectF(left, barTop, right - left, barHeight);
        chip.tag = chip.begins ? QRectF(m_textLeft + chip.tag.left(), tagTop, chip.tag.width(),
                                        metrics.height())
                               : QRectF();
    }
}

double AnnotationLayout::laneY(int line, int lane) const {
    const Line& at = m_lines[static_cast<std::size_t>(line)];
    return at.textTop - at.depth * nestingStep - firstLane - lane * lanePitch;
}

double AnnotationLayout::chipTop(int mention, int line) const {
    for (const int i : m_chipsOf[static_cast<std::size_t>(mention)])
        if (m_chips[static_cast<std::size_t>(i)].line == line)
            return m_chips[static_cast<std::size_t>(i)].rect.top();
    return m_lines[static_cast<std::size_t>(line)].textTop;
}

void AnnotationLayout::placeArcs() {
    m_arcs.clear();
    const QFontMetricsF metrics(m_style.label);
    for (std::size_t i = 0; i < m_planned.size(); ++i) {
        const ArcPlan& plan = m_plans.arcs[i];
        const TextRelation& relation = m_input.relations[static_cast<std::size_t>(m_planned[i])];
        const ArcRequest request = *arcRequest(relation);
        const int headLine = request.head.line, tailLine = request.tail.line;
        const double headX = m_textLeft + plan.headX, tailX = m_textLeft + plan.tailX;
        const double headY = laneY(headLine, plan.headLane), tailY = laneY(tailLine, plan.tailLane);
        std::vector<QPointF> points{{headX, chipTop(relation.head, headLine)}, {headX, headY}};
        if (plan.gutter != ArcPlan::Gutter::None) {
            const double offset = gutterOffset + plan.gutterLane * gutterPitch;
            const double x = plan.gutter == ArcPlan::Gutter::Left
                                 ? m_textLeft - offset
                                 : m_textLeft + m_textWidth + offset;
            points.insert(points.end(), {{x, headY}, {x, tailY}});
        }
        Arc arc;
        arc.relation = m_planned[i];
        arc.tip = {tailX, chipTop(relation.tail, tailLine) - 1};
        points.insert(points.end(), {{tailX, tailY}, {tailX, arc.tip.y() - arrowLength + 1}});
        arc.path = roundedPath(points, arcRadius);
        const double width = metrics.horizontalAdvance(pillText(arc.relation)) + 2 * pillPadding;
        arc.pill = QRectF(m_textLeft + plan.pillX - width / 2,
                          (plan.pillOnHead ? headY : tailY) - pillHeight / 2, width, pillHeight);
        m_arcs.push_back(std::move(arc));
    }
}

} // namespace hmgrl
