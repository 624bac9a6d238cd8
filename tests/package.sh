#!/usr/bin/env bash
# The Debian packages: built from a clean clone, by way of the source package, looked at by
# lintian, and tried in a bare Debian 12. As root; takes some minutes.
#
#   tests/package.sh [BUILD]      BUILD: the build whose answers the packages' must be (build)
#
# DEB_BUILD_OPTIONS=nocheck leaves the unit tests out of the build of the packages. With
# PACKAGES=FOLDER the packages are left there. The last line counts.
set -uo pipefail
top=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
cd "$top" || exit
. tests/tools.sh
. tests/root.sh
truce=$(realpath "${1:-build}")/src/cmd/truce
need_packages "${build_packages[@]}" "${test_packages[@]}" "${package_packages[@]}" || exit
work=$(mktemp -d)

holds() { # WHAT COMMAND...
    if "${@:2}" >"$work/said" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'failed: %s\n' "$1"
        tail -n 60 "$work/said"
    fi
}

give_up() {
    rm -rf "$work"
    total
    exit
}

# ---- building --------------------------------------------------------------------------

source_package() {
    git clone -q "$top" "$work/clone" && cd "$work/clone" && dpkg-buildpackage -S -us -uc
}

binary_packages() {
    mkdir -p "$work/build" && cd "$work/build" &&
        dpkg-source -x "$work"/truce_*.dsc source && cd source &&
        dpkg-buildpackage -b -us -uc -j2
}

has_packages() { # NAME...
    local name
    for name in "$@"; do
        ls "$work"/build/"$name"_*.deb || return
    done
}

# Lintian's errors and warnings; none is allowed.
lintian_is_content() { # CHANGES
    lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$1"
}

field() { # PACKAGE FIELD
    dpkg-deb -f "$work"/build/"$1"_*.deb "$2"
}

holds 'a source package is made of a clean clone' source_package
[ $failed -eq 0 ] || give_up
holds 'the binary packages are built of the source package' binary_packages
[ $failed -eq 0 ] || give_up
packages=(truce libtruce0 libtruce-dev python3-truce)
holds "it makes ${packages[*]}" has_packages "${packages[@]}"
holds 'lintian finds nothing in the source package' lintian_is_content "$work"/truce_*_source.changes
holds 'lintian finds nothing in the binary packages' lintian_is_content "$work"/build/truce_*.changes
holds 'the version is that of meson.build' \
    test "$(field truce Version)" = "$("$truce" --version | cut -d' ' -f2)"
holds 'what CaDiCaL is built into says so' grep -q cadical <<<"$(field libtruce0 Built-Using)"
holds 'the command does not need the library' \
    eval '! grep -q libtruce0 <<<"$(field truce Depends)"'

# ---- trying ----------------------------------------------------------------------------

install_packages() { # NAME...
    local files=() name
    for name in "$@"; do
        files+=(/debs/"$name"_*.deb)
    done
    inside / bash -c "apt-get install -y --no-install-recommends ${files[*]}"
}

same_brief() { # WIDTH
    inside /usr/share/truce truce brief scenarios/istanbul-2025.truce.yaml --width "$1" >"$work/there" &&
        "$truce" brief scenarios/istanbul-2025.truce.yaml --width "$1" >"$work/here" &&
        [ -s "$work/there" ] && cmp "$work/here" "$work/there"
}

bash_completes() { # EXPECTED WORD...
    local expected=$1
    shift
    [ "$(inside /usr/share/truce bash -c '. /usr/share/bash-completion/bash_completion
        _completion_loader truce
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _truce; echo "${COMPREPLY[*]}"' - "$@")" = "$expected" ]
}

tested_as_installed() { # NAME: a test of debian/tests
    inside /root bash -c "mkdir -p /tmp/$1 && AUTOPKGTEST_TMP=/tmp/$1 /tests/$1"
}

files_are_there() { # PACKAGE PATH...
    local path
    for path in "${@:2}"; do
        inside / dpkg -L "$1" | grep -x "$path" >/dev/null && [ -s "$place$path" ] || {
            echo "$path is not there"
            return 1
        }
    done
}

nothing_is_left() {
    inside / apt-get purge -y "${packages[@]}" || return
    local left
    left=$(cd "$place" && find . -xdev \( -path ./debs -o -path ./tests -o -path ./proc -o -path ./var/log \
        -o -path ./tmp \) -prune -o -iname '*truce*' -print)
    [ -z "$left" ] || {
        printf 'left: %s\n' "$left"
        return 1
    }
}

make_root "$top" || give_up
mkdir "$place/debs"
cp "$work"/build/*.deb "$place/debs"
cp -r debian/tests "$place/tests"
holds 'the lists of packages are fetched' inside / apt-get update
holds 'truce installs, with what it depends on from Debian' install_packages truce
holds 'nothing else of ours comes with it' eval '! inside / dpkg -s libtruce0'
holds 'truce brief says there what it says here, 80 columns' same_brief 80
holds 'and with 100 columns' same_brief 100
holds 'the test of the command that comes with the package' tested_as_installed brief
holds 'completions are at their places' files_are_there truce \
    /usr/share/bash-completion/completions/truce.bash /usr/share/zsh/vendor-completions/_truce \
    /usr/share/fish/vendor_completions.d/truce.fish
holds 'what reads pages and completes words installs' \
    inside / apt-get install -y --no-install-recommends man-db bash-completion gcc libc6-dev pkg-config
for page in truce truce-brief truce-exchange-plan; do
    holds "man finds $page(1)" inside / man -w 1 $page
done
holds 'man finds truce-scenario(5)' inside / man -w 5 truce-scenario
holds 'bash completes a command' bash_completes brief truce bri
holds 'bash completes a second word' bash_completes plan truce exchange pl
holds 'bash completes an option' bash_completes --certificate truce clash --cert
holds 'libtruce0 and libtruce-dev install' install_packages libtruce0 libtruce-dev
holds 'man finds libtruce(3)' inside / man -w 3 libtruce
holds 'a C program builds, and counts as the command does' tested_as_installed program
holds 'python3-truce installs' install_packages python3-truce
holds 'Python counts as the command does' tested_as_installed python
holds 'purged, they leave nothing behind' nothing_is_left
[ -z "${PACKAGES-}" ] || cp "$work"/build/*.deb "$work"/truce_*.dsc "$work"/truce_*.tar.* "$PACKAGES"
give_up
