#include "studio/Screenshot.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QWidget>
#include <cstdio>

namespace hmgrl::studio {
namespace {

constexpr int restMs = 1500;        ///< long enough for animations and thumbnails
constexpr int startMs = 5000;       ///< without any work by then there is none to wait for
constexpr int limitMs = 10 * 60000; ///< extraction of a large corpus on a slow machine

} // namespace

Screenshot::Screenshot(Session& session, QWidget& window, const QString& file, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_window(window)
    , m_file(file) {
    m_since.start();
    m_quiet.start();
    connect(&session, &Session::workStarted, this, [this] { m_hasStarted = true; });
    connect(&session, &Session::failed, this, [this](const QString& message) {
        std::fprintf(stderr, "hmgrl-studio: %s\n", qPrintable(message));
        m_hasStarted = true;
    });
    connect(&session, &Session::documentsChanged, this, [this] { m_quiet.restart(); });
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::look);
    m_timer.start(100);
}

void Screenshot::look() {
    const bool mayStillStart = !m_hasStarted && m_since.elapsed() < startMs;
    if (m_session.isBusy() || mayStillStart)
        m_quiet.restart();
    if (m_quiet.elapsed() >= restMs)
        take();
    else if (m_since.elapsed() > limitMs) {
        std::fprintf(stderr, "hmgrl-studio: %s: the window was not ready within %d minutes\n",
                     qPrintable(m_file), limitMs / 60000);
        QCoreApplication::exit(2);
    }
}

void Screenshot::take() {
    m_timer.stop();
    const QPixmap picture = m_window.grab();
    if (picture.save(m_file, "PNG"))
        return QCoreApplication::exit(0);
    std::fprintf(stderr, "hmgrl-studio: %s: the picture can't be written\n", qPrintable(m_file));
    QCoreApplication::exit(2);
}

} // namespace hmgrl::studio
