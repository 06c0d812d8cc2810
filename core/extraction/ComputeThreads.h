#pragma once

namespace hmgrl {

/// Threads that one LibTorch operation of the calling thread may use, and OpenBLAS in the whole
/// process. OpenBLAS keeps a pool of its own beside OpenMP's; letting both use every core makes a
/// small transformer three times slower, so workers that run side by side set 1 and training sets
/// the number of cores.
void setComputeThreads(int threads);

/// Tells the allocator to keep large freed blocks: a training step then takes no page faults.
void keepFreedMemory();

} // namespace hmgrl
