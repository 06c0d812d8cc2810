#include "extraction/ComputeThreads.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>

namespace hmgrl {

void setComputeThreads(int threads) {
    at::set_num_threads(threads);
    // Present only when the BLAS behind LibTorch is OpenBLAS.
    using SetThreads = void (*)(int);
    if (auto* symbol = dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
        reinterpret_cast<SetThreads>(symbol)(threads);
}

} // namespace hmgrl
