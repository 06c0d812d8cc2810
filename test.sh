#!/usr/bin/env bash
# Installs what is missing, builds everything and runs every test; windows open on a display of their own.
# Usage: ./test.sh [CTEST OPTION...], for example ./test.sh -R geometry
set -euo pipefail
cd "$(dirname "$0")"

scripts/install-dependencies.sh build test
scripts/build.sh

# Settings, projects and caches of whoever runs this stay out of it.
home="$PWD/build/release/test-home"
mkdir -p "$home"/{config,data,cache}
mkdir -p "$home/runtime" && chmod 700 "$home/runtime"
export XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache" \
    XDG_RUNTIME_DIR="$home/runtime"
export LC_ALL=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1 QT_QPA_PLATFORM=xcb
unset WAYLAND_DISPLAY

exec xvfb-run -a -s "-screen 0 1600x1000x24" \
    ctest --test-dir build/release --output-on-failure --no-tests=error "$@"
