#include "view/ViewFixture.h"

#include "view/FocusHistory.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace hmgrl::test {
namespace {

using disk::Complex;
using disk::Isometry;

double determinant(const Isometry& m) {
    return std::norm(m.a()) - std::norm(m.b());
}

double uniform(double low, double high) {
    constexpr int steps = 1 << 30;
    return low + (high - low) * *rc::gen::inRange(0, steps + 1) / steps;
}

std::pair<double, double> cursor() {
    return {uniform(0, 1280), uniform(0, 800)};
}

/// Distances of all pairs of the layout against distances after `focus` has carried the points and
/// been brought home, so that nothing is lost in writing the points down far out.
double worstDistortion(const DiskController& view) {
    const Isometry home = Isometry::toOrigin(view.focus().apply(DiskPoint{})) * view.focus();
    const auto& points = view.scene().points;
    double worst = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const double before = disk::distance(points[i], points[j]);
            const double now = disk::distance(home.apply(points[i]), home.apply(points[j]));
            worst = std::max(worst, std::abs(now / before - 1));
        }
    return worst;
}

DiskController wideView(std::size_t n, double most, std::uint32_t seed) {
    DiskController view;
    view.setViewport(1280, 800);
    view.setScene(scatteredScene(n, most, seed));
    return view;
}

RC_GTEST_PROP(Precision, TenThousandDragsZoomsAndTurnsKeepDistances, ()) {
    const auto seed = *rc::gen::inRange<std::uint32_t>(1, 1'000'000);
    DiskController view = wideView(40, 10, seed);
    Random random(seed);
    const auto place = [&] { return std::pair(1280 * random.uniform(), 800 * random.uniform()); };
    for (int i = 0; i < 10'000; ++i) {
        const auto from = place();
        view.beginDrag(from.first, from.second);
        const auto to = place();
        view.drag(to.first, to.second);
        view.endDrag();
        if (i % 7 == 0)
            view.zoomAt(from.first, from.second, random.uniform() < 0.5 ? 1.25 : 0.8);
        if (i % 11 == 0)
            view.rotate(random.uniform());
    }
    RC_ASSERT(std::abs(determinant(view.focus()) - 1) < 1e-9);
    RC_ASSERT(view.focus().apply(DiskPoint{}).r <= DiskController::farthestFocus + 1e-9);
    RC_ASSERT(worstDistortion(view) < 1e-9);
}

RC_GTEST_PROP(Precision, WhatIsSeenNearHomeKeepsItsDistancesAsShown, ()) {
    // Small drags: the points stay where float64 can write them down, so that the view itself can
    // be measured.
    DiskController view = wideView(30, 5, *rc::gen::inRange<std::uint32_t>(1, 1'000'000));
    for (int i = 0; i < 100; ++i) {
        view.beginDrag(640, 400);
        view.drag(640 + uniform(-60, 60), 400 + uniform(-60, 60));
        if (view.focus().apply(DiskPoint{}).r > 1.5)
            view.reset();
    }
    const auto& points = view.scene().points;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const double shown = disk::distance(disk::toPolar(view.viewPoints()[i]),
                                            disk::toPolar(view.viewPoints()[i - 1]));
        RC_ASSERT(std::abs(shown / disk::distance(points[i], points[i - 1]) - 1) < 1e-9);
    }
}

RC_GTEST_PROP(Precision, TheGrabbedPointStaysUnderTheCursorAtAnyZoomAndFocus, ()) {
    DiskController view = wideView(10, 4, 1);
    const double out = uniform(0, 12);
    view.beginRecentre({out, uniform(-pi, pi)});
    view.stepRecentre(1);
    const auto [x, y] = cursor();
    view.zoomAt(x, y, std::exp(uniform(-0.5, 4)));
    const auto from = view.toScreen(std::polar(uniform(0, 0.99), uniform(-pi, pi)));
    const DiskPoint grabbed =
        view.focus().inverse().apply(disk::toPolar(view.toDisk(from.first, from.second)));
    view.beginDrag(from.first, from.second);
    for (int i = 0; i < 10; ++i) {
        const auto to = cursor();
        const Isometry before = view.focus();
        view.drag(to.first, to.second);
        const double rim = 1 - 1.5 / view.pixelsPerUnit();
        if (std::abs(view.toDisk(to.first, to.second)) > std::max(0.994, rim))
            continue;
        const bool atTheWall = view.focus().b() == before.b();
        const Complex now = disk::toCartesian(view.focus().apply(grabbed));
        RC_ASSERT(atTheWall || apart(view.toScreen(now), to) < 1e-4);
    }
    view.drag(from.first, from.second);
    const Complex back = disk::toCartesian(view.focus().apply(grabbed));
    RC_ASSERT(apart(view.toScreen(back), from) < 1e-4);
}

RC_GTEST_PROP(Precision, FocusAtTwelveAndHomeIsExact, ()) {
    DiskController view = wideView(60, 10, *rc::gen::inRange<std::uint32_t>(1, 1'000'000));
    const std::vector<Complex> before(view.viewPoints().begin(), view.viewPoints().end());
    const DiskPoint target{12, uniform(-pi, pi)};
    view.beginRecentre(target);
    for (double t : {0.2, 0.6, 1.0})
        view.stepRecentre(t);
    RC_ASSERT(view.focus().apply(target).r < 1e-9);
    view.beginReset();
    for (double t : {0.3, 0.9, 1.0})
        view.stepRecentre(t);
    RC_ASSERT(view.focus().b() == Complex(0));
    RC_ASSERT(view.focus().a() == Complex(1));
    for (std::size_t i = 0; i < before.size(); ++i)
        RC_ASSERT(view.viewPoints()[i] == before[i]);
}

RC_GTEST_PROP(Precision, FocusAtTwelveAndBackThroughTheHistoryIsExact, ()) {
    DiskController view = wideView(60, 10, 4);
    view.beginDrag(640, 400);
    view.drag(uniform(500, 700), uniform(300, 500));
    view.endDrag();
    view.zoomAt(500, 300, 1.7);
    FocusHistory history(view.viewpoint());
    const std::vector<Complex> before(view.viewPoints().begin(), view.viewPoints().end());
    const auto corner = view.toDisk(0, 0);
    view.beginRecentre({12, uniform(-pi, pi)});
    view.stepRecentre(1);
    history.visit(view.viewpoint());
    const auto origin = history.back();
    RC_ASSERT(origin.has_value());
    view.beginFlight(*origin);
    view.stepRecentre(0.5);
    view.stepRecentre(1);
    for (std::size_t i = 0; i < before.size(); ++i)
        RC_ASSERT(view.viewPoints()[i] == before[i]);
    RC_ASSERT(view.toDisk(0, 0) == corner);
}

RC_GTEST_PROP(Precision, ThereAndBackByTwoRecentringsIsExactToo, ()) {
    DiskController view = wideView(60, 10, 8);
    const DiskPoint target{12, uniform(-pi, pi)};
    view.beginRecentre(target);
    view.stepRecentre(1);
    view.beginRecentre({});
    view.stepRecentre(1);
    for (const DiskPoint& p : view.scene().points)
        RC_ASSERT(disk::distance(view.focus().apply(p), p) < 1e-6);
    RC_ASSERT(worstDistortion(view) < 1e-9);
    RC_ASSERT(view.focus().apply(DiskPoint{}).r < 1e-9);
}

RC_GTEST_PROP(Precision, AFlightWalksTheGeodesicHoweverTheEndsAreTurned, ()) {
    const auto anywhere = [] {
        return Viewpoint{Isometry::rotation(uniform(-pi, pi)) *
                             Isometry::toOrigin({uniform(0, 6), uniform(-pi, pi)}),
                         std::exp(uniform(-0.5, 3)), Complex(uniform(-0.6, 0.6), 0.1)};
    };
    const Viewpoint from = anywhere();
    const Viewpoint to = anywhere();
    const Flight flight(from, to);
    const auto centre = [](const Viewpoint& v) { return v.focus.inverse().apply(DiskPoint{}); };
    const double whole = disk::distance(centre(from), centre(to));
    for (double t : {0.1, 0.5, 0.8}) {
        const Viewpoint now = flight.at(t);
        RC_ASSERT(std::abs(disk::distance(centre(from), centre(now)) - t * whole) < 1e-6);
        RC_ASSERT(std::abs(disk::distance(centre(now), centre(to)) - (1 - t) * whole) < 1e-6);
        RC_ASSERT(now.zoom >= std::min(from.zoom, to.zoom) - 1e-12);
        RC_ASSERT(now.zoom <= std::max(from.zoom, to.zoom) + 1e-12);
    }
    const Viewpoint nearlyThere = flight.at(1 - 1e-9);
    RC_ASSERT(std::abs((nearlyThere.focus.inverse() * to.focus).a().imag()) < 1e-6);
    RC_ASSERT(flight.at(1).focus.a() == to.focus.a());
    RC_ASSERT(flight.at(0).focus.b() == from.focus.b());
}

} // namespace
} // namespace hmgrl::test
