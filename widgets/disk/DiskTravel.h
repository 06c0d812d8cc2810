#pragma once

#include "view/DiskController.h"
#include "view/FocusHistory.h"

#include <QObject>
#include <QTimer>
#include <optional>

class QVariantAnimation;

namespace hmgrl {

/// Movements that take time: flights to a point, home, back and forward, and points on their way to
/// new places. Keeps the history of where the view came to rest.
class DiskTravel : public QObject {
    Q_OBJECT
public:
    explicit DiskTravel(DiskController& view, QObject* parent);

    void recentre(DiskPoint target);
    void goHome();
    void goBack();
    void goForward();
    void stop(); ///< the user takes over; a flight ends where it is, and that is its entry
    /// Takes the view to the point without a flight; from begin to end, where the orientation isn't
    /// the worse for the way it took.
    void beginFollowing();
    void follow(DiskPoint target);
    void endFollowing() { settle(); }

    void settle();     ///< a movement has come to rest: one entry of the history
    void settleSoon(); ///< one of many small movements: they become one entry once they pause

    void beginTransition(int milliseconds); ///< the controller's has begun
    void arriveNow();                       ///< ends flight and transition where they lead

    [[nodiscard]] bool canGoBack() const;
    [[nodiscard]] bool canGoForward() const { return m_history.canGoForward(); }

Q_SIGNALS:
    void historyChanged();

private:
    void fly();
    void visit();
    void depart();
    void returnTo(const Viewpoint& viewpoint);

    DiskController& m_view;
    FocusHistory m_history;
    QVariantAnimation *m_flight, *m_transition;
    QTimer m_rest;
    Viewpoint m_followed;
    bool m_isVisiting = false; ///< the flight leads to a new entry, not to a former one
};

} // namespace hmgrl
