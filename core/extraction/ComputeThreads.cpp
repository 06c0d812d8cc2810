#include "extraction/ComputeThreads.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <malloc.h>

namespace hmgrl {

void setComputeThreads(int threads) {
    at::set_num_threads(threads);
    // Present only when the BLAS behind LibTorch is OpenBLAS.
    using SetThreads = void (*)(int);
    if (auto* symbol = dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
        reinterpret_cast<SetThreads>(symbol)(threads);
}

void keepFreedMemory() {
    // Activations of tens of megabytes would otherwise be mapped, zeroed and unmapped at every
    // operation.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 2047 << 20);
}

} // namespace hmgrl
