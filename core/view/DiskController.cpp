#include "view/DiskController.h"

#include "geometry/Geodesic.h"
#include "support/Error.h"
#include "view/SceneRows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace hmgrl {

using disk::Complex;
using disk::Isometry;

namespace {

constexpr double margin = 0.47; ///< radius of the disk at zoom 1, of the viewport's shorter side
constexpr double leastZoom = 0.5;
constexpr double mostZoom = 1000;
constexpr double grabRim = 0.995;  ///< the cursor acts as if it were no farther out,
constexpr double grabPixels = 1.4; ///< or than so many pixels from the rim when zoomed in

void expectLength(const char* what, std::size_t found, std::size_t expected) {
    if (found != expected)
        throw Error({}, what,
                    "expected " + std::to_string(expected) + " entries, found " +
                        std::to_string(found));
}

std::vector<bool> carriedSelection(const DiskScene& from, const std::vector<bool>& selected,
                                   const DiskScene& to) {
    std::vector<bool> carried(to.size(), false);
    if (std::find(selected.begin(), selected.end(), true) == selected.end())
        return carried;
    const std::vector<std::int32_t> origin = matchRows(from, to);
    for (std::size_t row = 0; row < origin.size(); ++row)
        carried[row] = origin[row] >= 0 && selected[static_cast<std::size_t>(origin[row])];
    return carried;
}

double distanceToSegment(Complex z, Complex a, Complex b) {
    const Complex along = b - a;
    const double length = std::norm(along);
    const double t =
        length > 0 ? std::clamp(((z - a) * std::conj(along)).real() / length, 0.0, 1.0) : 0;
    return std::abs(z - a - t * along);
}

} // namespace

void DiskController::setScene(DiskScene scene) {
    checkScene(scene);
    const auto before = std::count(m_selected.begin(), m_selected.end(), true);
    const bool hovered = m_hover >= 0 || m_hoverArc >= 0;
    replaceScene(std::move(scene));
    notify(Change::Scene);
    if (hovered)
        notify(Change::Hover);
    if (before != std::count(m_selected.begin(), m_selected.end(), true))
        notify(Change::Selection);
}

void DiskController::replaceScene(DiskScene scene) {
    m_selected = carriedSelection(m_scene, m_selected, scene);
    if (scene.points != m_scene.points)
        m_overlay.ruler.reset();
    m_scene = std::move(scene);
    m_active.clear();
    m_overlay.links.clear();
    m_hover = m_hoverArc = -1;
    m_transition.end();
    m_points.setLayout(m_scene.points);
    m_points.apply(m_focus);
    updatePickable();
}

void DiskController::beginTransition(DiskScene scene) {
    checkScene(scene);
    const std::vector<std::int32_t> origin = matchRows(m_scene, scene);
    const std::vector<double> oldX(m_points.layoutX().begin(), m_points.layoutX().end());
    const std::vector<double> oldY(m_points.layoutY().begin(), m_points.layoutY().end());
    const std::vector<float> oldPresence = presences();
    setScene(std::move(scene));
    std::vector<double> fromX(m_points.layoutX().begin(), m_points.layoutX().end());
    std::vector<double> fromY(m_points.layoutY().begin(), m_points.layoutY().end());
    std::vector<float> presence(origin.size(), 0);
    for (std::size_t row = 0; row < origin.size(); ++row)
        if (origin[row] >= 0) {
            const auto old = static_cast<std::size_t>(origin[row]);
            fromX[row] = oldX[old];
            fromY[row] = oldY[old];
            presence[row] = oldPresence[old];
        }
    m_transition.begin(fromX, fromY, m_points.layoutX(), m_points.layoutY(), std::move(presence));
    stepTransition(0);
}

std::vector<float> DiskController::presences() const {
    std::vector<float> all(m_scene.size());
    for (std::size_t row = 0; row < all.size(); ++row)
        all[row] = presence(row);
    return all;
}

void DiskController::checkPlaces(std::span<const DiskPoint> places) const {
    expectLength("places in the disk", places.size(), m_scene.size());
}

void DiskController::replacePlaces(std::span<const DiskPoint> places) {
    m_scene.points.assign(places.begin(), places.end());
    m_overlay.ruler.reset();
    m_points.setLayout(m_scene.points);
    updatePickable();
}

void DiskController::setPlaces(std::span<const DiskPoint> places) {
    checkPlaces(places);
    m_transition.end();
    replacePlaces(places);
    m_points.apply(m_focus);
    notify(Change::Places);
}

void DiskController::beginTransition(std::span<const DiskPoint> places) {
    checkPlaces(places);
    const std::vector<double> fromX(m_points.layoutX().begin(), m_points.layoutX().end());
    const std::vector<double> fromY(m_points.layoutY().begin(), m_points.layoutY().end());
    replacePlaces(places);
    m_transition.begin(fromX, fromY, m_points.layoutX(), m_points.layoutY(), presences());
    m_points.apply(m_focus);
    stepTransition(0);
}

void DiskController::stepTransition(double t) {
    if (!m_transition.isRunning())
        return;
    m_transition.write(t, m_points.layoutX(), m_points.layoutY());
    if (t >= 1)
        m_transition.end();
    m_points.apply(m_focus);
    notify(Change::Places);
}

void DiskController::setViewport(double width, double height, double coveredRight) {
    m_width = std::max(1.0, width - coveredRight);
    m_height = std::max(1.0, height);
    notify(Change::View);
}

double DiskController::pixelsPerUnit() const {
    return margin * m_zoom * std::min(m_width, m_height);
}

Complex DiskController::toDisk(double x, double y) const {
    return m_pan + Complex(x - m_width / 2, m_height / 2 - y) / pixelsPerUnit();
}

std::pair<double, double> DiskController::toScreen(Complex z) const {
    const Complex offset = (z - m_pan) * pixelsPerUnit();
    return {m_width / 2 + offset.real(), m_height / 2 - offset.imag()};
}

void DiskController::beginDrag(double x, double y) {
    endDrag();
    const Complex z = toDisk(x, y);
    m_dragFocus = m_focus;
    if (std::abs(z) < 1)
        m_grabbed = disk::toPolar(z);
    else
        m_turning = std::arg(z);
}

void DiskController::drag(double x, double y) {
    const Complex z = toDisk(x, y);
    if (m_turning) {
        moveTo(Isometry::rotation(std::arg(z) - *m_turning) * m_dragFocus);
    } else if (m_grabbed) {
        // Nearer to the rim than a pixel or so a cursor's place says nothing; the grabbed point
        // itself may lie there.
        const double rim =
            std::max({grabRim, 1 - grabPixels / pixelsPerUnit(), std::tanh(m_grabbed->r / 2)});
        const double modulus = std::abs(z);
        const Complex to = modulus > rim ? z * (rim / modulus) : z;
        moveTo(Isometry::translation(*m_grabbed, disk::toPolar(to)) * m_dragFocus);
    }
}

void DiskController::endDrag() {
    m_grabbed.reset();
    m_turning.reset();
}

void DiskController::zoomAt(double x, double y, double factor) {
    if (!(factor > 0) || !std::isfinite(factor))
        return;
    const Complex fixed = toDisk(x, y);
    m_zoom = std::clamp(m_zoom * factor, leastZoom, mostZoom);
    setPan(fixed - Complex(x - m_width / 2, m_height / 2 - y) / pixelsPerUnit());
    notify(Change::View);
}

void DiskController::rotate(double radians) {
    endDrag();
    moveTo(Isometry::rotation(radians) * m_focus);
}

void DiskController::reset() {
    setViewpoint({});
}

void DiskController::setViewpoint(const Viewpoint& viewpoint) {
    endDrag();
    m_focus = viewpoint.focus;
    m_zoom = viewpoint.zoom;
    m_pan = viewpoint.pan;
    m_points.apply(m_focus);
    notify(Change::View);
}

void DiskController::beginRecentre(DiskPoint target) {
    target.r = std::min(target.r, farthestFocus);
    beginFlight({Isometry::toOrigin(m_focus.apply(target)) * m_focus, m_zoom, 0});
}

void DiskController::beginReset() {
    beginFlight({});
}

void DiskController::beginFlight(const Viewpoint& wanted) {
    endDrag();
    m_flight = Flight(viewpoint(), wanted);
}

void DiskController::stepRecentre(double t) {
    setViewpoint(m_flight.at(t));
}

int DiskController::pick(double x, double y, double radius) const {
    return m_points.nearest(toDisk(x, y), radius / pixelsPerUnit());
}

std::vector<int>
DiskController::pickPolygon(std::span<const std::pair<double, double>> polygon) const {
    std::vector<Complex> corners;
    corners.reserve(polygon.size());
    for (const auto& [x, y] : polygon)
        corners.push_back(toDisk(x, y));
    return m_points.inside(corners);
}

void DiskController::setHover(int row) {
    const int valid = row >= 0 && static_cast<std::size_t>(row) < m_scene.size() ? row : -1;
    if (valid == m_hover)
        return;
    m_hover = valid;
    notify(Change::Hover);
}

void DiskController::setHoverArc(int arc) {
    const bool valid = arc >= 0 && static_cast<std::size_t>(arc) < m_scene.arcs.size();
    if (std::exchange(m_hoverArc, valid ? arc : -1) != m_hoverArc)
        notify(Change::Hover);
}

void DiskController::setOverlay(DiskOverlay overlay) {
    std::erase_if(overlay.links, [this](const DiskLink& link) {
        return link.from >= m_scene.size() || link.to >= m_scene.size();
    });
    if (overlay == m_overlay)
        return;
    const bool sameGhosts = overlay.ghosts == m_overlay.ghosts;
    m_overlay = std::move(overlay);
    if (!sameGhosts)
        updatePickable();
    notify(Change::Overlay);
    if (!sameGhosts)
        notify(Change::Active);
    if (m_hover >= 0 && !isShown(static_cast<std::size_t>(m_hover)))
        setHover(-1);
}

bool DiskController::isArcActive(std::size_t index) const {
    const DiskArc& arc = m_scene.arcs[index];
    const auto& hidden = m_overlay.hiddenArcs;
    return isActive(arc.head) && isActive(arc.tail) && isShown(arc.head) && isShown(arc.tail) &&
           !std::binary_search(hidden.begin(), hidden.end(), arc.category);
}

bool DiskController::isArcShown(std::size_t index) const {
    const DiskArc& arc = m_scene.arcs[index];
    const auto counts = [this](std::uint32_t row) {
        return m_selected[row] || m_hover == static_cast<int>(row);
    };
    const bool wanted = m_overlay.arcs || m_hoverArc == static_cast<int>(index) ||
                        counts(arc.head) || counts(arc.tail);
    return wanted && isArcActive(index);
}

int DiskController::pickArc(double x, double y, double radius) const {
    constexpr int pieces = 24;
    const Complex z = toDisk(x, y);
    double best = radius / pixelsPerUnit();
    int found = -1;
    for (std::size_t i = 0; i < m_scene.arcs.size(); ++i) {
        if (!isArcShown(i))
            continue;
        const Complex head = m_points.all()[m_scene.arcs[i].head];
        const Complex tail = m_points.all()[m_scene.arcs[i].tail];
        // A geodesic is less than half of its circle: it stays in the disk over its chord.
        if (std::abs(z - (head + tail) / 2.0) > std::abs(head - tail) / 2 + best)
            continue;
        const disk::Geodesic arc(head, tail);
        Complex from = arc.at(0);
        for (int k = 1; k <= pieces; ++k) {
            const Complex to = arc.at(static_cast<double>(k) / pieces);
            const double away = distanceToSegment(z, from, to);
            if (away <= best) {
                best = away;
                found = static_cast<int>(i);
            }
            from = to;
        }
    }
    return found;
}

void DiskController::select(std::span<const int> rows, SelectMode mode) {
    std::vector<bool> selected =
        mode == SelectMode::Replace ? std::vector<bool>(m_scene.size(), false) : m_selected;
    for (int row : rows)
        if (row >= 0 && static_cast<std::size_t>(row) < selected.size())
            selected[static_cast<std::size_t>(row)] = mode != SelectMode::Remove;
    if (selected == m_selected)
        return;
    m_selected = std::move(selected);
    notify(Change::Selection);
}

void DiskController::setActive(std::vector<bool> active) {
    if (!active.empty())
        expectLength("active rows of the disk", active.size(), m_scene.size());
    if (active == m_active)
        return;
    m_active = std::move(active);
    updatePickable();
    notify(Change::Active);
}

bool DiskController::isActive(std::size_t row) const {
    return m_active.empty() || m_active[row];
}

bool DiskController::isShown(std::size_t row) const {
    return m_overlay.ghosts || m_scene.kind[row] != PointKind::Generated;
}

void DiskController::moveTo(const Isometry& focus) {
    // As a wall, not as an error: at most this far, except on the way back from farther.
    const double away = focus.apply(DiskPoint{}).r;
    if (!(away <= farthestFocus) && !(away <= m_focus.apply(DiskPoint{}).r))
        return;
    m_focus = focus;
    m_points.apply(m_focus);
    notify(Change::View);
}

void DiskController::updatePickable() {
    using enum ViewPoints::Pickable;
    m_points.setPickable([this](std::size_t row) {
        if (!isActive(row) || !isShown(row))
            return No;
        return isPrototype(m_scene.kind[row]) ? Prototype : Sample;
    });
}

void DiskController::setPan(Complex pan) {
    const double modulus = std::abs(pan);
    m_pan = modulus > 1 ? pan / modulus : pan; // the view's centre stays on the disk
}

void DiskController::notify(Change change) const {
    if (m_listener)
        m_listener(change);
}

} // namespace hmgrl
