#pragma once

#include "support/Cancel.h"
#include "support/Progress.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <deque>
#include <functional>
#include <map>
#include <vector>

namespace hmgrl {

/// What a running work is given: its cancel flag and where it reports. Reports are thinned out to
/// twenty a second, except those that carry values.
struct WorkContext {
    CancelToken cancel;
    ProgressSink progress;
};

/// Named long works on threads of their own; one of a name at a time: a second request waits its
/// turn and replaces an earlier one that waits for the same purpose. All members on the UI thread.
class WorkPool : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void()>;
    /// Runs on a work thread; what it returns runs on the UI thread unless the pool is gone.
    using Body = std::function<Done(const WorkContext&)>;

    explicit WorkPool(QObject* parent = nullptr);
    ~WorkPool() override; ///< cancels and waits

    void start(const QString& name, Body body, const QString& purpose = {});
    void cancel(const QString& name); ///< what runs of this name; what waits still comes
    void cancelAll();
    void waitForDone(); ///< for the destructor of whoever owns what the bodies use
    [[nodiscard]] bool isRunning(const QString& name) const { return m_running.contains(name); }
    [[nodiscard]] bool isBusy() const { return !m_running.empty(); }

Q_SIGNALS:
    void started(const QString& name);
    void progress(const QString& name, const QString& stage, double done, double total);
    void values(const QString& name, const std::map<std::string, double>& values);
    /// After the work's own completion ran; no longer running when this is emitted.
    void finished(const QString& name, bool cancelled);
    void failed(const QString& name, const QString& message);

private:
    void launch(const QString& name, const Body& body);
    void report(const QString& name, const Progress& progress);
    void conclude(const QString& name, const Done& done, bool cancelled, const QString& error);

    QThreadPool m_threads;
    std::map<QString, CancelToken> m_running;
    struct Waiting {
        QString purpose;
        Body body;
    };
    std::map<QString, std::deque<Waiting>> m_waiting;
};

} // namespace hmgrl
