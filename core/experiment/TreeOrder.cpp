#include "experiment/TreeOrder.h"

#include "learning/Losses.h"

namespace hmgrl {

TreeOrder treeOrder(const torch::Tensor& prototypes, const torch::Tensor& parents,
                    const torch::Tensor& curvature) {
    const auto rows = (parents >= 0).nonzero().squeeze(1);
    const auto child = prototypes.index_select(0, rows);
    const auto parent = prototypes.index_select(0, parents.index_select(0, rows));
    int farther = 0, inCone = 0;
    for (std::int64_t i = 0; i < rows.size(0); ++i) {
        farther += child[i].norm().item<double>() > parent[i].norm().item<double>();
        inCone += entailmentLoss(parent.narrow(0, i, 1), child.narrow(0, i, 1), curvature)
                      .item<double>() <= 0;
    }
    const double all = static_cast<double>(rows.size(0));
    return {farther / all, inCone / all};
}

} // namespace hmgrl
