# LibTorch for the rooms that compute with it: the imported target, its headers as system headers, and
# one precompiled header, because a translation unit with all of LibTorch costs over ten seconds.
include_guard(GLOBAL)

# find_package runs in every caller's folder: its targets and variables are not global.
function(hmgrl_use_torch target)
  find_package(Torch REQUIRED)
  target_include_directories(${target} SYSTEM PRIVATE ${TORCH_INCLUDE_DIRS})
  target_link_libraries(${target} PRIVATE ${TORCH_LIBRARIES})
  target_precompile_headers(${target} PRIVATE <torch/nn.h> <torch/optim/adamw.h> <torch/types.h>)
  target_compile_options(${target} PRIVATE -Wno-pedantic)
endfunction()

# c10d's process groups, where LibTorch comes with them: Gloo's headers are a package of their own, and
# NCCL is there only beside CUDA. Without them training runs in one process.
function(hmgrl_use_c10d target)
  find_package(Torch REQUIRED)
  find_path(HMGRL_C10D_INCLUDE torch/csrc/distributed/c10d/ProcessGroupGloo.hpp PATHS ${TORCH_INCLUDE_DIRS})
  find_path(HMGRL_GLOO_INCLUDE gloo/rendezvous/store.h PATHS ${TORCH_INCLUDE_DIRS})
  if(HMGRL_C10D_INCLUDE AND HMGRL_GLOO_INCLUDE)
    target_include_directories(${target} SYSTEM PRIVATE "${HMGRL_GLOO_INCLUDE}")
    target_compile_definitions(${target} PRIVATE HMGRL_GLOO)
    find_path(HMGRL_NCCL_INCLUDE nccl.h PATHS ${TORCH_INCLUDE_DIRS})
    if(TARGET torch_cuda AND HMGRL_NCCL_INCLUDE)
      target_include_directories(${target} SYSTEM PRIVATE "${HMGRL_NCCL_INCLUDE}")
      target_compile_definitions(${target} PRIVATE HMGRL_NCCL)
    endif()
  endif()
endfunction()
