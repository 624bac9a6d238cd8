#!/usr/bin/env bash
# A bare Debian 12 in a folder, a clone in it, and there ./go and ./check: does a clone need
# anything that is not said? As root; takes some minutes and 1.5 GB. Says how long each took.
set -euo pipefail
top=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
. "$top/tests/root.sh"

timed() { # COMMAND...
    local began=$SECONDS status=0
    inside /truce "$@" || status=$?
    printf '%s took %d s\n' "$1" $((SECONDS - began))
    return $status
}

make_root "$top"
git clone -q "$top" "$place/truce"
timed ./go
timed ./check
