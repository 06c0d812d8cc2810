#include "bridge/WorkPool.h"

#include "bridge/TextOffsets.h"
#include "support/Error.h"

#include <algorithm>
#include <chrono>
#include <memory>
#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace hmgrl {
namespace {

/// Lets a report through when 50 ms have passed or when it carries values.
class Throttle {
public:
    bool admits(const Progress& progress) {
        const auto now = std::chrono::steady_clock::now();
        if (progress.values.empty() && now - m_last < std::chrono::milliseconds(50))
            return false;
        m_last = now;
        return true;
    }

private:
    std::chrono::steady_clock::time_point m_last;
};

/// The window and what draws it go first where cores are few. Threads that this one starts inherit
/// it.
void stepBack() {
#ifdef __linux__
    constexpr int politeness = 10;
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), politeness); // of this thread alone
#endif
}

} // namespace

WorkPool::WorkPool(QObject* parent)
    : QObject(parent) {
    // One long computation, one layout and one small work (a new category) may overlap.
    m_threads.setMaxThreadCount(4);
}

WorkPool::~WorkPool() {
    cancelAll();
    waitForDone();
}

void WorkPool::start(const QString& name, Body body, const QString& purpose) {
    if (!isRunning(name)) {
        launch(name, body);
        return;
    }
    auto& queue = m_waiting[name];
    const auto same = std::find_if(queue.begin(), queue.end(), [&](const Waiting& waiting) {
        return waiting.purpose == purpose;
    });
    if (same == queue.end())
        queue.push_back({purpose, std::move(body)});
    else
        same->body = std::move(body);
}

void WorkPool::cancel(const QString& name) {
    if (const auto running = m_running.find(name); running != m_running.end())
        running->second.cancel();
}

void WorkPool::cancelAll() {
    m_waiting.clear();
    for (auto& [name, token] : m_running)
        token.cancel();
}

void WorkPool::waitForDone() {
    m_threads.waitForDone();
}

void WorkPool::launch(const QString& name, const Body& body) {
    WorkContext context;
    m_running[name] = context.cancel;
    Q_EMIT started(name);
    auto throttle = std::make_shared<Throttle>();
    context.progress = [this, name, throttle](const Progress& p) {
        if (throttle->admits(p))
            QMetaObject::invokeMethod(
                this, [this, name, p] { report(name, p); }, Qt::QueuedConnection);
    };
    m_threads.start([this, name, body, context] {
        stepBack();
        Done done;
        bool cancelled = false;
        QString error;
        try {
            done = body(context);
        } catch (const Cancelled&) {
            cancelled = true;
        } catch (const std::exception& e) {
            error = toQString(e.what());
        }
        QMetaObject::invokeMethod(
            this, [=, this] { conclude(name, done, cancelled, error); }, Qt::QueuedConnection);
    });
}

void WorkPool::report(const QString& name, const Progress& p) {
    if (!isRunning(name))
        return;
    Q_EMIT progress(name, toQString(p.stage), p.done, p.total);
    if (!p.values.empty())
        Q_EMIT values(name, p.values);
}

void WorkPool::conclude(const QString& name, const Done& done, bool cancelled,
                        const QString& error) {
    m_running.erase(name);
    if (done)
        done();
    if (!error.isEmpty())
        Q_EMIT failed(name, error);
    Q_EMIT finished(name, cancelled);
    const auto next = m_waiting.find(name);
    if (next == m_waiting.end() || isRunning(name))
        return;
    const Body body = std::move(next->second.front().body);
    next->second.pop_front();
    if (next->second.empty())
        m_waiting.erase(next);
    launch(name, body);
}

} // namespace hmgrl
