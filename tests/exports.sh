#!/usr/bin/env bash
# The library as its users get it: what it exports, its pkg-config file, its headers in C and
# C++, and that the command does not need it.
#
#   tests/exports.sh BUILD
set -u
build=$(realpath "$1")
top=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
passed=0 failed=0

holds() { # WHAT COMMAND...
    if "${@:2}" >"$place/said" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'failed: %s\n' "$1"
        cat "$place/said"
    fi
}

only_truce_is_exported() {
    local strange
    strange=$(nm --dynamic --defined-only "$build"/src/libtruce.so.0 | awk '{print $3}' |
        grep -v '^truce_')
    [ -z "$strange" ] || { printf '%s\n' "$strange"; return 1; }
}

command_stands_alone() {
    ! readelf --dynamic "$build"/src/cmd/truce | grep NEEDED | grep libtruce
}

installs() {
    DESTDIR=$place/root meson install -C "$build" --no-rebuild &&
        pc=$(find "$place/root" -name truce.pc) && [ -n "$pc" ]
}

# The flags an outsider's build gets; the library lies in a folder not yet at its place.
flags() {
    PKG_CONFIG_PATH=$(dirname "$pc") PKG_CONFIG_SYSROOT_DIR=$place/root \
        pkg-config --cflags --libs truce
}

program_compiles() {
    cat >"$place/user.c" <<'C'
#include <truce/truce.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    truce_scenario *scenario = NULL;
    truce_diagnostics *diagnostics = truce_diagnostics_new();
    char *text = truce_scenario_skeleton("talks");
    truce_status status =
        truce_scenario_parse("talks", text, strlen(text), NULL, &scenario, diagnostics);
    printf("%s\n", status == TRUCE_OK ? scenario->id : "unreadable");
    truce_scenario_free(scenario);
    truce_diagnostics_free(diagnostics);
    free(text);
    return status;
}
C
    # shellcheck disable=SC2046
    cc -std=c99 -Wall -Wextra -Werror "$place/user.c" -o "$place/user" $(flags)
}

program_runs() {
    LD_LIBRARY_PATH=$(dirname "$pc")/.. "$place/user" | grep -x talks
}

header_is_cplusplus() { # NAME
    c++ -std=c++17 -Wall -Wextra -Werror -fsyntax-only -I"$top/include" \
        -DHEADER="<truce/$1>" "$top/tests/cplusplus.cpp"
}

header_is_c() { # NAME
    printf '#include <truce/%s>\n' "$1" |
        cc -std=c99 -pedantic -Wall -Wextra -Werror -fsyntax-only -I"$top/include" -x c -
}

holds 'the library exports truce_* and nothing else' only_truce_is_exported
holds 'the command needs no libtruce.so' command_stands_alone
holds 'it installs, with a pkg-config file' installs
holds 'a C program builds against the installed library' program_compiles
holds 'and runs' program_runs
for header in "$top"/include/truce/*.h; do
    name=$(basename "$header")
    holds "$name is C++ on its own" header_is_cplusplus "$name"
    holds "$name is C on its own" header_is_c "$name"
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
