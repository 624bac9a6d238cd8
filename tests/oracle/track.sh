#!/usr/bin/env bash
# The tick-by-tick oracle of agreements over so many random ones, with as many processes as
# there are cores.
#     tests/oracle/track.sh BUILD COUNT
set -uo pipefail
build=$1 count=$2 jobs=$(nproc) work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for ((k = 0; k < jobs; k++)); do
    "$build/tests/track_oracle" --count "$count" --from "$k" --every "$jobs" >"$work/$k" 2>&1 &
done
wait
grep -h '^case' "$work"/*
awk '/ passed, .* failed$/ {passed += $1; failed += $3; ended++}
    END {printf "%d passed, %d failed\n", passed, failed + ('"$jobs"' - ended); exit failed || ended < '"$jobs"'}' "$work"/*
