#include "data/Prediction.h"

#include <algorithm>

namespace hmgrl {

double uncertainty(const std::vector<Candidate>& candidates) {
    if (candidates.empty())
        return 1;
    const double second = candidates.size() > 1 ? candidates[1].score : 0;
    return std::clamp(1 - (candidates[0].score - second), 0.0, 1.0);
}

} // namespace hmgrl
