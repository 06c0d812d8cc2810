#include "support/Workers.h"

#include <algorithm>

namespace hmgrl {

Workers::Workers(int threads) {
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const unsigned wanted = threads > 0 ? static_cast<unsigned>(threads) : cores;
    for (std::size_t worker = 1; worker < wanted; ++worker)
        m_threads.emplace_back([this, worker] { serve(worker); });
}

Workers::~Workers() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

void Workers::run(std::size_t tasks, const std::function<void(std::size_t, std::size_t)>& task) {
    {
        const std::lock_guard lock(m_mutex);
        m_task = &task;
        m_tasks = tasks;
        m_next = 0;
        m_failure = nullptr;
        ++m_round;
    }
    if (tasks > 1)
        m_wake.notify_all();
    work(0);
    std::unique_lock lock(m_mutex);
    m_idle.wait(lock, [this] { return m_busy == 0; });
    m_task = nullptr;
    if (m_failure)
        std::rethrow_exception(m_failure);
}

void Workers::serve(std::size_t worker) {
    std::size_t seen = 0;
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [&] { return m_stop || m_round != seen; });
        if (m_stop)
            return;
        seen = m_round;
        if (m_task == nullptr)
            continue; // woken too late: on a busy machine nobody waits for a thread to wake up
        ++m_busy;
        lock.unlock();
        work(worker);
        lock.lock();
        if (--m_busy == 0)
            m_idle.notify_one();
    }
}

void Workers::work(std::size_t worker) {
    try {
        for (std::size_t i = m_next++; i < m_tasks; i = m_next++)
            (*m_task)(i, worker);
    } catch (...) {
        const std::lock_guard lock(m_mutex);
        if (!m_failure)
            m_failure = std::current_exception();
        m_next = m_tasks;
    }
}

} // namespace hmgrl
