#include "layout/Kernels.h"

#include <vector>

// The loops are compiled once for every instruction set worth having and chosen when the program
// runs. They are written with the compiler's vector types, which it cuts to the registers of the
// set that is current where they stand.

namespace hmgrl::layout {

#define HMGRL_LANES 2
#define HMGRL_TILE 2
namespace plain {
#include "layout/KernelBody.inl"
} // namespace plain
#undef HMGRL_LANES
#undef HMGRL_TILE

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define HMGRL_X86_KERNELS

#pragma GCC push_options
#pragma GCC target("avx2,fma")
#define HMGRL_LANES 4
#define HMGRL_TILE 4
namespace avx2 {
#include "layout/KernelBody.inl"
} // namespace avx2
#undef HMGRL_LANES
#undef HMGRL_TILE
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,prefer-vector-width=512")
#define HMGRL_LANES 8
#define HMGRL_TILE 8
namespace avx512 {
#include "layout/KernelBody.inl"
} // namespace avx512
#undef HMGRL_LANES
#undef HMGRL_TILE
#pragma GCC pop_options
#endif

namespace {

std::vector<Kernels> usable() {
    std::vector<Kernels> all{
        {"plain", plain::repel, plain::expand, plain::feel, plain::attract, plain::multiply}};
#ifdef HMGRL_X86_KERNELS
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        all.push_back(
            {"avx2", avx2::repel, avx2::expand, avx2::feel, avx2::attract, avx2::multiply});
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
        all.push_back({"avx512", avx512::repel, avx512::expand, avx512::feel, avx512::attract,
                       avx512::multiply});
#endif
    return all;
}

} // namespace

std::span<const Kernels> allKernels() {
    static const std::vector<Kernels> all = usable();
    return all;
}

const Kernels& kernels() {
    return allKernels().back();
}

} // namespace hmgrl::layout
