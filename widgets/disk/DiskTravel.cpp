#include "disk/DiskTravel.h"

#include <QVariantAnimation>
#include <algorithm>

namespace hmgrl {

namespace {
constexpr int flightTime = 350; ///< milliseconds
constexpr int restTime = 500;   ///< so long a pause ends a run of the wheel or of keys

QVariantAnimation* makeAnimation(QObject* parent) {
    auto* animation = new QVariantAnimation(parent);
    animation->setStartValue(0.0);
    animation->setEndValue(1.0);
    animation->setEasingCurve(QEasingCurve::InOutCubic);
    return animation;
}
} // namespace

DiskTravel::DiskTravel(DiskController& view, QObject* parent)
    : QObject(parent)
    , m_view(view)
    , m_flight(makeAnimation(this))
    , m_transition(makeAnimation(this)) {
    connect(m_flight, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& t) { m_view.stepRecentre(t.toDouble()); });
    connect(m_transition, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& t) { m_view.stepTransition(t.toDouble()); });
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &DiskTravel::settle);
}

bool DiskTravel::canGoBack() const {
    return m_history.canGoBack() || m_rest.isActive();
}

void DiskTravel::fly() {
    m_flight->setDuration(flightTime);
    m_flight->start();
    Q_EMIT historyChanged();
}

void DiskTravel::visit() {
    m_history.visit(m_view.destination());
    m_isVisiting = true;
    fly();
}

void DiskTravel::recentre(DiskPoint target) {
    depart();
    m_view.beginRecentre(target);
    visit();
}

void DiskTravel::goHome() {
    depart();
    m_view.beginReset();
    visit();
}

void DiskTravel::goBack() {
    if (!canGoBack())
        return;
    depart();
    if (const auto viewpoint = m_history.back())
        returnTo(*viewpoint);
}

void DiskTravel::goForward() {
    if (!canGoForward())
        return;
    depart();
    if (const auto viewpoint = m_history.forward())
        returnTo(*viewpoint);
}

void DiskTravel::returnTo(const Viewpoint& viewpoint) {
    m_view.beginFlight(viewpoint);
    m_isVisiting = false;
    fly();
}

/// A flight that is still on is taken as if it had arrived: back leads to where it was bound.
void DiskTravel::depart() {
    settle();
    m_flight->stop();
}

void DiskTravel::stop() {
    const bool onTheWay = m_flight->state() == QAbstractAnimation::Running;
    m_flight->stop();
    if (onTheWay && m_isVisiting)
        m_history.amend(m_view.viewpoint());
}

void DiskTravel::beginFollowing() {
    stop();
    settle();
    m_followed = m_view.viewpoint();
}

void DiskTravel::follow(DiskPoint target) {
    target.r = std::min(target.r, DiskController::farthestFocus);
    m_view.setViewpoint(
        {disk::Isometry::toOrigin(m_followed.focus.apply(target)) * m_followed.focus,
         m_followed.zoom, 0});
}

void DiskTravel::settle() {
    m_rest.stop();
    // What lies on the way of a flight is no place where the view came to rest.
    if (m_flight->state() == QAbstractAnimation::Running)
        return;
    m_history.visit(m_view.viewpoint());
    Q_EMIT historyChanged();
}

void DiskTravel::settleSoon() {
    m_rest.start(restTime);
    Q_EMIT historyChanged();
}

void DiskTravel::beginTransition(int milliseconds) {
    m_transition->stop();
    m_transition->setDuration(milliseconds);
    m_transition->start();
}

void DiskTravel::arriveNow() {
    if (m_flight->state() == QAbstractAnimation::Running) {
        m_flight->stop();
        m_view.stepRecentre(1);
    }
    m_transition->stop();
    m_view.stepTransition(1);
}

} // namespace hmgrl
