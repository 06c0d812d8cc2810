#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace hmgrl {

/// A few threads that share numbered tasks. Who runs which task is left to chance, so a task writes
/// only what is its own: the result is then the same for any number of threads.
class Workers {
public:
    /// `threads` in all, the caller among them; 0: one a core.
    explicit Workers(int threads = 0);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    [[nodiscard]] std::size_t count() const { return m_threads.size() + 1; }

    /// Calls task(number, worker) for every number below `tasks` and returns when all are done.
    /// worker < count() tells whose scratch memory to use. The first exception is thrown again
    /// here; the tasks that had not begun are then left out.
    void run(std::size_t tasks, const std::function<void(std::size_t, std::size_t)>& task);

private:
    void serve(std::size_t worker);
    void work(std::size_t worker);

    std::vector<std::thread> m_threads;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_idle;
    std::size_t m_round = 0;
    std::size_t m_busy = 0; ///< threads that have begun this round, but the caller
    bool m_stop = false;
    const std::function<void(std::size_t, std::size_t)>* m_task = nullptr;
    std::size_t m_tasks = 0;
    std::atomic<std::size_t> m_next{0};
    std::exception_ptr m_failure;
};

} // namespace hmgrl
