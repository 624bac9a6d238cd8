#!/usr/bin/env bash
# A bare Debian 12 in a folder, a clone in it, and there ./go and ./check: does a clone need
# anything that is not said? As root; takes some minutes and 1.5 GB. Says how long each took.
set -euo pipefail
top=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
place=$(mktemp -d)
chmod 755 "$place"

leave() {
    umount "$place/proc" "$place/dev/pts" 2>/dev/null || true
    rm -rf --one-file-system "$place"
}
trap leave EXIT

inside() { # COMMAND...: in the clone, with nothing of this environment
    chroot "$place" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root CI=true \
        bash -c 'cd /truce && "$@"' - "$@" </dev/null
}

timed() { # COMMAND...
    local began=$SECONDS status=0
    inside "$@" || status=$?
    printf '%s took %d s\n' "$1" $((SECONDS - began))
    return $status
}

debootstrap --variant=minbase bookworm "$place" >"$place.log" 2>&1 || {
    tail -n 20 "$place.log"
    rm -f "$place.log"
    exit 1
}
rm -f "$place.log"
cp /etc/resolv.conf "$place/etc/"
mount -t proc proc "$place/proc"
mount -t devpts devpts "$place/dev/pts"
git clone -q "$top" "$place/truce"
timed ./go
timed ./check
