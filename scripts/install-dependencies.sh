#!/usr/bin/env bash
# Installs the packages of the named groups (see dependencies.txt) that are missing.
# Usage: scripts/install-dependencies.sh GROUP...
set -euo pipefail
list="$(dirname "$0")/dependencies.txt"

wanted=()
for group in "$@"; do
    mapfile -t -O "${#wanted[@]}" wanted < <(awk -v group="$group" '$1 == group { print $2 }' "$list")
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is no Debian system, so nothing is installed. Needed: ${wanted[*]}" >&2
    exit 0
fi

# One query for all: a second start must not wait for this.
installed=" $(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null |
    awk '$1 == "installed" { print $2 }' | tr '\n' ' ' || true) "

missing=()
for package in "${wanted[@]}"; do
    [[ "$installed" == *" $package "* ]] || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
    exit 0
fi

asRoot=()
if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
        echo "Missing packages, and neither root nor sudo to install them: ${missing[*]}" >&2
        exit 2
    fi
    asRoot=(sudo)
fi
echo "Installing ${#missing[@]} packages: ${missing[*]}"
apt=("${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
"${apt[@]}" -qq update
"${apt[@]}" -qq -y install --no-install-recommends "${missing[@]}"
