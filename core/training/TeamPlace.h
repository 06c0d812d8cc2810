#pragma once

#include <string>

namespace hmgrl {

/// This process's place among those that train one model together.
struct TeamPlace {
    int rank = 0;
    int size = 1;        ///< 1: alone, the other fields do not matter
    std::string address; ///< where process 0 is reached
    int port = 0;
    std::string prefix;     ///< of keys, where the starter of the processes keeps the store itself
    int localRank = 0;      ///< among the processes of this machine: its GPU
    double patience = 1800; ///< seconds to wait for another process

    /// From RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT, as torchrun sets them. Alone without
    /// WORLD_SIZE. @throws Error naming the variable, what was expected and found
    [[nodiscard]] static TeamPlace fromEnvironment();
};

} // namespace hmgrl
