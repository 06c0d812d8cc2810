#pragma once

#include "view/Viewpoint.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace hmgrl {

/// Where the view has been, as a browser knows pages: a new visit forgets what lay ahead. What
/// comes back is the stored viewpoint itself, so that returning is exact however far the way led.
class FocusHistory {
public:
    explicit FocusHistory(const Viewpoint& start = {}) { m_visits.push_back(start); }

    /// Where a movement came to rest. Nothing happens when that is where it began.
    void visit(const Viewpoint& viewpoint);
    /// The last visit ended elsewhere than it was meant to: this takes its place.
    void amend(const Viewpoint& viewpoint) { m_visits[m_current] = viewpoint; }
    [[nodiscard]] bool canGoBack() const { return m_current > 0; }
    [[nodiscard]] bool canGoForward() const { return m_current + 1 < m_visits.size(); }
    std::optional<Viewpoint> back();    ///< nothing at the first visit
    std::optional<Viewpoint> forward(); ///< nothing at the last one
    [[nodiscard]] const Viewpoint& current() const { return m_visits[m_current]; }
    [[nodiscard]] std::size_t size() const { return m_visits.size(); }

    static constexpr std::size_t mostVisits = 200; ///< the oldest are forgotten

private:
    std::vector<Viewpoint> m_visits; ///< never empty
    std::size_t m_current = 0;
};

} // namespace hmgrl
