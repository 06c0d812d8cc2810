#include "workflow/ProjectThread.h"

namespace hmgrl {

ProjectThread::ProjectThread()
    : m_thread([this] { loop(); }) {}

ProjectThread::~ProjectThread() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void ProjectThread::post(Job job) {
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void ProjectThread::loop() {
    Slot slot;
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_stop || !m_jobs.empty(); });
        if (m_jobs.empty())
            return;
        const Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        job(slot);
    }
}

} // namespace hmgrl
