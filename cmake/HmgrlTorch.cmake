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
