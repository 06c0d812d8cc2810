#pragma once

#include "project/Project.h"
#include "support/Error.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>

namespace hmgrl {

/// The thread that owns the open project: jobs run on it in order. The destructor runs what is
/// queued, so that no edit is lost, then closes the file.
class ProjectThread {
public:
    struct Slot {
        std::unique_ptr<Project> project; ///< null while no project is open
        std::uint64_t generation = 0; ///< set by whoever opens: tells one open project from another
    };
    using Job = std::function<void(Slot&)>;

    ProjectThread();
    ~ProjectThread();
    ProjectThread(const ProjectThread&) = delete;
    ProjectThread& operator=(const ProjectThread&) = delete;

    /// From any thread. The job must not throw and not wait for another thread.
    void post(Job job);

private:
    void loop();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    bool m_stop = false;
    std::thread m_thread;
};

/// A work's way to the project that was open when the work began: calls wait for the project thread
/// and throw Cancelled once another project is open, so that late results never reach the wrong
/// file.
class ProjectLink {
public:
    ProjectLink(ProjectThread& thread, std::uint64_t generation)
        : m_thread(&thread)
        , m_generation(generation) {}

    /// From work threads only: returns what `job(Project&)` returns or throws what it throws.
    template <typename Job>
    auto call(Job job) const -> std::invoke_result_t<Job&, Project&> {
        using Result = std::invoke_result_t<Job&, Project&>;
        std::promise<Result> promise;
        auto future = promise.get_future();
        m_thread->post([&](ProjectThread::Slot& slot) {
            try {
                if (!slot.project || slot.generation != m_generation)
                    throw Cancelled();
                if constexpr (std::is_void_v<Result>) {
                    job(*slot.project);
                    promise.set_value();
                } else {
                    promise.set_value(job(*slot.project));
                }
            } catch (...) {
                promise.set_exception(std::current_exception());
            }
        });
        return future.get();
    }

private:
    ProjectThread* m_thread;
    std::uint64_t m_generation;
};

} // namespace hmgrl
