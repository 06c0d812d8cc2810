#!/usr/bin/env bash
# Builds HMGRL Studio and starts it; without a display it writes a report instead.
set -euo pipefail

usage() {
    cat <<'TEXT'
Usage: ./run.sh [PROJECT.hmgrl] [--headless]

Installs missing Debian packages, builds, and opens the project, or the sample
corpus, in hmgrl-studio. With --headless, or where there is no display, hmgrl
reads the sample corpus, or extracts what is new in the project, and writes
out/: extractions.jsonl, disk.svg, disk.png and report.html.
TEXT
}

refuse() {
    echo "run.sh: $1" >&2
    usage >&2
    exit 2
}

project=""
headless=no
for argument in "$@"; do
    case "$argument" in
        -h | --help) usage && exit 0 ;;
        --headless) headless=yes ;;
        -*) refuse "unknown option $argument" ;;
        *)
            [[ -z "$project" ]] || refuse "expected one project, found also $argument"
            [[ -f "$argument" ]] || refuse "$argument: no such file"
            project=$(realpath -- "$argument")
            ;;
    esac
done
if [[ -z "${DISPLAY:-}" && -z "${WAYLAND_DISPLAY:-}" ]]; then
    headless=yes
fi

cd "$(dirname "$0")"
bin=build/release/bin
badInputs=0

# hmgrl answers 1 when some inputs were bad: it has listed them, and the rest is done.
hmgrl() {
    local answer=0
    "$bin/hmgrl" "$@" || answer=$?
    ((answer <= 1)) || exit "$answer"
    ((answer == 0)) || badInputs=1
}

# A fresh project every time, so that the report shows the model and the corpus as they are now.
importSample() {
    project=build/release/headless/sample.hmgrl
    rm -rf build/release/headless
    mkdir -p build/release/headless
    hmgrl import "$project" resources/sample/sample.jsonl
}

writeReport() {
    [[ -n "$project" ]] || importSample
    hmgrl extract "$project"
    hmgrl report "$project" --out out
    echo "Written: out/extractions.jsonl out/disk.svg out/disk.png out/report.html"
    exit "$badInputs"
}

scripts/install-dependencies.sh build
if [[ "$headless" == yes ]]; then
    scripts/build.sh hmgrl
    writeReport
fi
scripts/build.sh hmgrl hmgrl-studio
exec "$bin/hmgrl-studio" ${project:+"$project"}
