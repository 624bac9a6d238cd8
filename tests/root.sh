# tests/root.sh - a bare Debian 12 in a folder, for what has to be tried where nothing is
# installed yet. To be sourced by bash, as root.

# Unpacks one into a new folder, $place, and has it taken away at the end. What debootstrap
# made is kept in build/ for a week: making it takes minutes.
make_root() { # TOP
    local kept=$1/build/bookworm.tar
    place=$(mktemp -d)
    trap leave_root EXIT
    chmod 755 "$place"
    if [ -z "$(find "$kept" -mtime -7 2>/dev/null)" ]; then
        debootstrap --variant=minbase bookworm "$place" >"$place.log" 2>&1 || {
            tail -n 20 "$place.log"
            rm -f "$place.log"
            return 1
        }
        rm -f "$place.log"
        mkdir -p "$(dirname "$kept")"
        tar -C "$place" --one-file-system -cf "$kept.new" . && mv "$kept.new" "$kept"
    else
        tar -C "$place" -xpf "$kept"
    fi
    cp /etc/resolv.conf "$place/etc/"
    mount -t proc proc "$place/proc"
    mount -t devpts devpts "$place/dev/pts"
}

leave_root() {
    umount "$place/proc" "$place/dev/pts" 2>/dev/null || true
    rm -rf --one-file-system "$place"
}

inside() { # FOLDER COMMAND...: in the root, with nothing of this environment
    chroot "$place" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root CI=true \
        DEBIAN_FRONTEND=noninteractive bash -c 'cd "$0" && "$@"' "$@" </dev/null
}
