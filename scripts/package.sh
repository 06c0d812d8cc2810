#!/usr/bin/env bash
# Makes build/release/hmgrl-studio_VERSION_ARCHITECTURE.deb.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh build package
scripts/build.sh hmgrl hmgrl-studio
cd build/release
cpack -G DEB
