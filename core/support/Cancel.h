#pragma once

#include "support/Error.h"

#include <atomic>
#include <memory>

namespace hmgrl {

/// A flag shared between whoever asks for work and whoever does it. Copies share the flag; all
/// members may be called from any thread. Long work calls throwIfCancelled() at least every 100 ms.
class CancelToken {
public:
    void cancel() { m_flag->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool isCancelled() const { return m_flag->load(std::memory_order_relaxed); }
    /// @throws Cancelled
    void throwIfCancelled() const {
        if (isCancelled())
            throw Cancelled();
    }

private:
    std::shared_ptr<std::atomic<bool>> m_flag = std::make_shared<std::atomic<bool>>(false);
};

} // namespace hmgrl
