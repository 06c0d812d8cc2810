#include "view/FocusHistory.h"

namespace hmgrl {

void FocusHistory::visit(const Viewpoint& viewpoint) {
    if (isSameView(viewpoint, current()))
        return;
    m_visits.resize(m_current + 1);
    m_visits.push_back(viewpoint);
    if (m_visits.size() > mostVisits)
        m_visits.erase(m_visits.begin());
    m_current = m_visits.size() - 1;
}

std::optional<Viewpoint> FocusHistory::back() {
    if (!canGoBack())
        return {};
    return m_visits[--m_current];
}

std::optional<Viewpoint> FocusHistory::forward() {
    if (!canGoForward())
        return {};
    return m_visits[++m_current];
}

} // namespace hmgrl
