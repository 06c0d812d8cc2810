#include "document/ArcPlan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace hmgrl {
namespace {

constexpr double endStep = 11;   // pixels between two arcs that end at one mention
constexpr double clearance = 10; // pixels between two arcs in one lane
constexpr double outside = 24;   // how far a run into a gutter reaches beyond the text

double middle(const ArcEnd& end) {
    return (end.left + end.right) / 2;
}

ArcPlan::Gutter chooseGutter(const ArcRequest& request, double textWidth) {
    if (request.head.line == request.tail.line)
        return ArcPlan::Gutter::None;
    const double sum = middle(request.head) + middle(request.tail);
    return sum <= textWidth ? ArcPlan::Gutter::Left : ArcPlan::Gutter::Right;
}

/// One end of one arc, with where the arc goes from there.
struct Tie {
    std::size_t arc = 0;
    bool isHead = true;
    double reach = 0; ///< signed distance to the other end, or to the gutter

    /// Left to right: short arcs to the left, long ones to the left, long to the right, short to
    /// the right. In this order the arcs of one mention nest and don't cross.
    [[nodiscard]] std::pair<bool, double> order() const {
        return {reach > 0, reach > 0 ? -reach : std::abs(reach)};
    }
};

using Ties = std::map<std::tuple<int, double, double>, std::vector<Tie>>;

double reachOf(const ArcRequest& request, ArcPlan::Gutter gutter, bool isHead, double textWidth) {
    const double from = middle(isHead ? request.head : request.tail);
    if (gutter == ArcPlan::Gutter::Left)
        return -from - outside;
    if (gutter == ArcPlan::Gutter::Right)
        return textWidth + outside - from;
    return middle(isHead ? request.tail : request.head) - from;
}

void spreadEnds(std::span<const ArcRequest> requests, double textWidth,
                std::vector<ArcPlan>& plans) {
    Ties ties;
    for (std::size_t i = 0; i < requests.size(); ++i)
        for (const bool isHead : {true, false}) {
            const ArcEnd& end = isHead ? requests[i].head : requests[i].tail;
            ties[{end.line, end.left, end.right}].push_back(
                {i, isHead, reachOf(requests[i], plans[i].gutter, isHead, textWidth)});
        }
    for (auto& [key, group] : ties) {
        std::stable_sort(group.begin(), group.end(),
                         [](const Tie& a, const Tie& b) { return a.order() < b.order(); });
        const auto [line, left, right] = key;
        const double count = static_cast<double>(group.size());
        const double step = std::min(endStep, std::max(0.0, right - left - 6) / count);
        for (std::size_t k = 0; k < group.size(); ++k) {
            const double x = (left + right) / 2 + (static_cast<double>(k) - (count - 1) / 2) * step;
            (group[k].isHead ? plans[group[k].arc].headX : plans[group[k].arc].tailX) = x;
        }
    }
}

/// A horizontal run in the gap above one line.
struct Run {
    std::size_t arc = 0;
    bool onHead = true;
    int line = 0;
    double left = 0, right = 0;
    bool hasPill = false;
    int lane = 0;
};

void addRuns(const ArcRequest& request, ArcPlan& plan, std::size_t arc, double textWidth,
             std::vector<Run>& runs) {
    if (plan.gutter == ArcPlan::Gutter::None) {
        const double centre = (plan.headX + plan.tailX) / 2;
        const double half = std::max(std::abs(plan.headX - plan.tailX), request.pillWidth) / 2;
        runs.push_back({arc, true, request.head.line, centre - half, centre + half, true});
        return;
    }
    const double edge = plan.gutter == ArcPlan::Gutter::Left ? -outside : textWidth + outside;
    plan.pillOnHead = std::abs(plan.headX - edge) >= std::abs(plan.tailX - edge);
    for (const bool onHead : {true, false}) {
        const double x = onHead ? plan.headX : plan.tailX;
        runs.push_back({arc, onHead, onHead ? request.head.line : request.tail.line,
                        std::min(x, edge), std::max(x, edge), onHead == plan.pillOnHead});
        Run& run = runs.back();
        const double lacking = request.pillWidth + 12 - (run.right - run.left);
        if (run.hasPill && lacking > 0)
            (plan.gutter == ArcPlan::Gutter::Left ? run.right : run.left) +=
                plan.gutter == ArcPlan::Gutter::Left ? lacking : -lacking;
    }
}

/// First lane in which `interval` is free; lanes are lists of taken intervals.
int takeLane(std::vector<std::vector<std::pair<double, double>>>& lanes, double low, double high,
             double gap) {
    for (std::size_t lane = 0;; ++lane) {
        if (lane == lanes.size())
            lanes.emplace_back();
        const bool isFree =
            std::none_of(lanes[lane].begin(), lanes[lane].end(), [&](const auto& taken) {
                return low < taken.second + gap && taken.first < high + gap;
            });
        if (isFree) {
            lanes[lane].emplace_back(low, high);
            return static_cast<int>(lane);
        }
    }
}

std::vector<int> assignLanes(std::vector<Run>& runs, int lineCount) {
    std::vector<std::size_t> order(runs.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return runs[a].right - runs[a].left < runs[b].right - runs[b].left;
    });
    std::vector<std::vector<std::vector<std::pair<double, double>>>> taken(
        static_cast<std::size_t>(lineCount));
    for (const std::size_t i : order)
        runs[i].lane = takeLane(taken[static_cast<std::size_t>(runs[i].line)], runs[i].left,
                                runs[i].right, clearance);
    std::vector<int> counts;
    for (const auto& lanes : taken)
        counts.push_back(static_cast<int>(lanes.size()));
    return counts;
}

void assignGutters(std::span<const ArcRequest> requests, ArcPlans& plans) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < plans.arcs.size(); ++i)
        if (plans.arcs[i].gutter != ArcPlan::Gutter::None)
            order.push_back(i);
    const auto spanOf = [&](std::size_t i) {
        return std::minmax(requests[i].head.line, requests[i].tail.line);
    };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return spanOf(a).second - spanOf(a).first < spanOf(b).second - spanOf(b).first;
    });
    std::array<std::vector<std::vector<std::pair<double, double>>>, 2> taken;
    for (const std::size_t i : order) {
        const bool isLeft = plans.arcs[i].gutter == ArcPlan::Gutter::Left;
        plans.arcs[i].gutterLane =
            takeLane(taken[isLeft ? 0 : 1], spanOf(i).first, spanOf(i).second, 0.5);
    }
    plans.leftGutters = static_cast<int>(taken[0].size());
    plans.rightGutters = static_cast<int>(taken[1].size());
}

/// x positions at which other arcs pass vertically through the lane of `run`.
std::vector<double> crossings(const Run& run, const std::vector<Run>& runs,
                              const std::vector<ArcPlan>& plans) {
    std::vector<double> out;
    for (const Run& other : runs)
        if (other.line == run.line && other.lane > run.lane) {
            const ArcPlan& plan = plans[other.arc];
            if (other.onHead || plan.gutter == ArcPlan::Gutter::None)
                out.push_back(plan.headX);
            if (!other.onHead || plan.gutter == ArcPlan::Gutter::None)
                out.push_back(plan.tailX);
        }
    return out;
}

double placePill(const Run& run, double pillWidth, const std::vector<double>& legs,
                 double textWidth) {
    const double low = std::max(run.left, 0.0) + pillWidth / 2;
    const double high = std::min(run.right, textWidth) - pillWidth / 2;
    const double centre = (run.left + run.right) / 2;
    if (low >= high)
        return std::clamp(centre, pillWidth / 2,
                          std::max(pillWidth / 2, textWidth - pillWidth / 2));
    for (double shift = 0; shift < high - low; shift += 4)
        for (const double sign : {1.0, -1.0}) {
            const double x = std::clamp(centre, low, high) + sign * shift;
            const bool isFree = std::none_of(legs.begin(), legs.end(), [&](double leg) {
                return std::abs(leg - x) < pillWidth / 2 + 4;
            });
            if (x >= low && x <= high && isFree)
                return x;
        }
    return std::clamp(centre, low, high);
}

} // namespace

ArcPlans planArcs(std::span<const ArcRequest> requests, int lineCount, double textWidth) {
    ArcPlans plans;
    plans.arcs.resize(requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i)
        plans.arcs[i].gutter = chooseGutter(requests[i], textWidth);
    spreadEnds(requests, textWidth, plans.arcs);

    std::vector<Run> runs;
    for (std::size_t i = 0; i < requests.size(); ++i)
        addRuns(requests[i], plans.arcs[i], i, textWidth, runs);
    plans.lanes = assignLanes(runs, lineCount);
    assignGutters(requests, plans);
    for (const Run& run : runs) {
        ArcPlan& plan = plans.arcs[run.arc];
        (run.onHead ? plan.headLane : plan.tailLane) = run.lane;
        if (plan.gutter == ArcPlan::Gutter::None)
            plan.tailLane = run.lane;
        if (run.hasPill)
            plan.pillX = placePill(run, requests[run.arc].pillWidth,
                                   crossings(run, runs, plans.arcs), textWidth);
    }
    return plans;
}

} // namespace hmgrl
