#pragma once

#include "bridge/Session.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

class QWidget;

namespace hmgrl::studio {

/// Waits until the window has nothing more to do (project open, work idle, pictures there), writes
/// its picture and ends the program: with 0, or with 2 when the picture can't be made in time.
class Screenshot : public QObject {
    Q_OBJECT
public:
    Screenshot(Session& session, QWidget& window, const QString& file, QObject* parent = nullptr);

private:
    void look();
    void take();

    Session& m_session;
    QWidget& m_window;
    QString m_file;
    QTimer m_timer;
    QElapsedTimer m_since, m_quiet; ///< start of all, and of the present rest
    bool m_hasStarted = false;
};

} // namespace hmgrl::studio
