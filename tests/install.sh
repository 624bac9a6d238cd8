#!/usr/bin/env bash
# What `meson install` installs: all of it, in a prefix that can be moved, for programs linked
# either way; and one version everywhere.
#
#   tests/install.sh BUILD [--update]      --update: debian/libtruce0.symbols gets what it lacks
#
# The last line counts.
set -u
build=$(realpath "$1")
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
passed=0 failed=0
symbols=debian/libtruce0.symbols
version=$(meson introspect --projectinfo "$build" | sed -E 's/.*"version": "([^"]*)".*/\1/')

holds() { # WHAT COMMAND...
    if "${@:2}" >"$place/said" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'failed: %s\n' "$1"
        cat "$place/said"
    fi
}

same() { # HERE THERE: two lists, in any order
    diff <(sort <<<"$1") <(sort <<<"$2")
}

# ---- what is installed -----------------------------------------------------------------

# Into a folder, and from there to another place, where it must work as well.
installs_and_moves() {
    local prefix
    DESTDIR=$place/first meson install -C "$build" --no-rebuild &&
        prefix=$(meson introspect --buildoptions "$build" |
            python3 -c 'import json, sys; print(next(o["value"] for o in json.load(sys.stdin) if o["name"] == "prefix"))') &&
        mv "$place/first$prefix" "$place/moved" &&
        pc=$(find "$place/moved" -name truce.pc) && [ -n "$pc" ] && lib=$(dirname "$pc")/..
}

all_headers() {
    same "$(cd include/truce && ls ./*.h)" "$(cd "$place/moved/include/truce" && ls ./*)"
}

files_of() { # FOLDER: but for the build's own, and what Python leaves behind
    find "$1" -type f -not -name meson.build -not -name '*.pyc'
}

all_of() { # FOLDER
    same "$(files_of "$1")" "$(cd "$place/moved/share/truce" && find "$1" -type f)"
}

library_is_whole() {
    [ -f "$lib/libtruce.so.$version" ] && [ -f "$lib/libtruce.a" ] &&
        [ "$(readlink "$lib/libtruce.so")" = libtruce.so.0 ] &&
        readelf --dynamic "$lib/libtruce.so" | grep -F 'soname: [libtruce.so.0]'
}

completions_are_whole() {
    cmp "$place/moved/share/bash-completion/completions/truce.bash" <("$command" completion bash) &&
        cmp "$place/moved/share/zsh/site-functions/_truce" <("$command" completion zsh) &&
        cmp "$place/moved/share/fish/vendor_completions.d/truce.fish" <("$command" completion fish)
}

pages_are_whole() {
    same "$(cd "$build/man" && ls ./*.[135])" \
        "$(cd "$place/moved/share/man" && find . -type f -printf './%f\n')"
}

command_answers() {
    "$command" brief "$place/moved/share/truce/scenarios/istanbul-2025.truce.yaml" | grep '^Direct talks in Istanbul'
}

python_is_whole() {
    same "$(cd python && files_of ./truce)" \
        "$(cd "$place/moved/lib/python3/dist-packages" && find . -type f -not -name '*.pyc')"
}

# An example names its scenario from where it lies.
example_finds_its_scenarios() {
    "$command" tournament "$place/moved/share/truce/examples/play/cup.yaml" --out "$place/cup" --quiet --json
}

# ---- programs that use it --------------------------------------------------------------

cat >"$place/user.c" <<'C'
#include <truce/truce.h>

#include <stdio.h>

int main(int argc, char **argv)
{
    truce_scenario *scenario = NULL;
    truce_diagnostics *said = truce_diagnostics_new();
    truce_clashes *clashes = NULL;
    truce_error error;
    int wrong = argc < 2 || truce_scenario_read(argv[1], NULL, &scenario, said) != TRUCE_OK ||
                truce_clashes_find(scenario, NULL, NULL, &clashes, &error) != TRUCE_OK;
    if (!wrong)
        printf("%s\n", truce_version());
    truce_clashes_free(clashes);
    truce_scenario_free(scenario);
    truce_diagnostics_free(said);
    return wrong;
}
C

flags() { # WHAT...
    PKG_CONFIG_PATH=$(dirname "$pc") pkg-config "$@" truce
}

# shellcheck disable=SC2046
shared_program() {
    cc -std=c99 "$place/user.c" -o "$place/shared" $(flags --cflags --libs) &&
        [ "$(LD_LIBRARY_PATH=$lib "$place/shared" scenarios/tiny.truce.yaml)" = "$version" ] &&
        readelf --dynamic "$place/shared" | grep 'NEEDED.*libtruce.so.0' &&
        ! readelf --dynamic "$place/shared" | grep 'NEEDED.*libyaml'
}

# With the static library alone in sight.
# shellcheck disable=SC2046
static_program() {
    rm -f "$lib"/libtruce.so* &&
        cc -std=c99 "$place/user.c" -o "$place/static" $(flags --static --cflags --libs) &&
        [ "$("$place/static" scenarios/tiny.truce.yaml)" = "$version" ] &&
        ! readelf --dynamic "$place/static" | grep NEEDED.*libtruce
}

# ---- one version -----------------------------------------------------------------------

is_version() { # FOUND
    [ "$1" = "$version" ] || { printf 'it is %s, not %s\n' "$1" "$version"; return 1; }
}

news_version() {
    sed -nE 's/^## ([0-9][0-9.]*), .*/\1/p' NEWS.md | head -n 1
}

news_has_dates() {
    ! grep '^## ' NEWS.md | grep -vE '^## [0-9]+\.[0-9]+\.[0-9]+, 20[0-9]{2}-[0-9]{2}-[0-9]{2}$'
}

changelog_version() {
    sed -nE '1s/^truce \(([^)]*)\).*/\1/p' debian/changelog
}

changelog_date() {
    date -u -d "$(sed -nE '/^ -- /{s/.*>  //p;q}' debian/changelog)" +%F
}

footer_version() {
    sed -nE 's/^\.TH .* "truce ([^"]*)" "truce"$/\1/p' "$build/man/truce-brief.1"
}

# ---- what the library promises ---------------------------------------------------------

exported() {
    nm --dynamic --defined-only "$build/src/libtruce.so" | awk '{ print $3 }' | grep '^truce_' | LC_ALL=C sort
}

listed() {
    sed -nE 's/^ ([a-z_0-9]+)@Base .*/\1/p' $symbols
}

symbols_are_listed() {
    diff <(exported) <(listed) || {
        echo "new ones are added by: tests/install.sh BUILD --update"
        return 1
    }
}

update_symbols() {
    { sed -n 1p $symbols
        { sed 1d $symbols
            exported | grep -vxFf <(listed) | sed "s/.*/ &@Base $version/"
        } | LC_ALL=C sort
    } >"$place/symbols" && cp "$place/symbols" $symbols
}

[ "${2-}" != --update ] || update_symbols
holds 'it installs, and what is installed can be moved' installs_and_moves
command=$place/moved/bin/truce
holds 'every header is installed, and include/meson.build names it' all_headers
holds 'every scenario is installed' all_of scenarios
holds 'every example is installed' all_of examples
holds 'the schema is installed' cmp schema/truce.schema.json "$place/moved/share/truce/truce.schema.json"
holds 'the library has its three names, and a static sister' library_is_whole
holds 'completion of three shells is installed as the command prints it' completions_are_whole
[ ! -f "$build/man/truce.1" ] || holds 'every manual page is installed' pages_are_whole
holds 'the Python package is installed' python_is_whole
holds 'the moved command answers' command_answers
holds 'an installed example finds the installed scenarios' example_finds_its_scenarios
holds 'a program builds against the moved library, and needs nothing else' shared_program
holds 'a program links it statically by what pkg-config says' static_program
holds 'truce --version has the version of meson.build' is_version "$("$command" --version | cut -d' ' -f2)"
holds 'so has pkg-config' is_version "$(flags --modversion)"
holds 'so has the newest entry of NEWS.md' is_version "$(news_version)"
holds 'so has debian/changelog' is_version "$(changelog_version)"
[ ! -f "$build/man/truce.1" ] || holds 'so have the manual pages' is_version "$(footer_version)"
holds 'so has the Python package' is_version "$(sed -nE 's/^VERSION = "(.*)"/\1/p' python/truce/_version.py)"
holds 'every entry of NEWS.md has its date' news_has_dates
holds 'the newest has that of debian/changelog' grep -qx "## $version, $(changelog_date)" NEWS.md
holds "$symbols names what the library exports" symbols_are_listed
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
