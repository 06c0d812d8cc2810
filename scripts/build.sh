#!/usr/bin/env bash
# Configures build/release once and builds the named targets, or everything.
# Usage: scripts/build.sh [TARGET...]
set -euo pipefail
cd "$(dirname "$0")/.."

# As many compilers as there are cores, but no more than fit in memory: LibTorch's headers take
# about 1.5 GB a compiler.
jobsThatFit() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1500000) }' /proc/meminfo 2>/dev/null || echo "$cores")
    ((memory < 1)) && memory=1
    echo $((cores < memory ? cores : memory))
}

# From then on the build itself notices when the CMake files change.
if [[ ! -f build/release/build.ninja ]]; then
    cmake --preset release
fi
ninja -C build/release -j "$(jobsThatFit)" "$@"
