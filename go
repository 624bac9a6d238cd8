#!/usr/bin/env bash
# From nothing but a clone to the main job: installs what is missing (Debian; as root or with
# sudo), builds truce, and prints the brief of the talks in Istanbul.
set -euo pipefail
cd "$(dirname "$0")"
. tests/tools.sh

need_packages "${build_packages[@]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! build build >"$log" 2>&1; then
    cat "$log"
    exit 1
fi
build/truce brief scenarios/istanbul-2025.truce.yaml
printf '\nThis was: build/truce brief scenarios/istanbul-2025.truce.yaml\n'
printf "Next: build/truce help\n"
