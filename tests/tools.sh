# tests/tools.sh - what go, check and .ci/run share: packages, builds, and counting tests.
# To be sourced by bash in the root of the repository.

# Most test programs end with a line "N passed, N failed", or "N passed, N failed, N skipped".
passed=0 failed=0 skipped=0

# Were packages installed? Then what was set up before is set up anew, so that Meson sees them.
installed=no

# What it takes to build truce, and what it takes to test it.
build_packages=(build-essential meson ninja-build pkg-config libyaml-dev libexpat1-dev libjansson-dev libutf8proc-dev
    libsodium-dev libsqlite3-dev libgmp-dev libcadical-dev scdoc)
test_packages=(libcmocka-dev liblemon-dev tzdata python3 python3-yaml python3-jsonschema jq python3-numpy python3-pip python3-setuptools mypy)
site_packages=(mkdocs python3-yaml)
clang_packages=(clang clang-format libclang-rt-14-dev)
package_packages=(debhelper dh-python dpkg-dev lintian debootstrap)
shell_packages=(zsh fish bash-completion mandoc man-db)
browser_packages=(chromium fonts-dejavu-core poppler-utils)

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        printf '%s\n' "Some packages are missing, and there is neither root nor sudo here." \
            "Please have somebody run: apt-get install ${missing[*]}" >&2
        exit 2
    fi
}

is_installed() {
    dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'
}

# Installs those Debian packages that are missing; elsewhere it takes them for granted.
need_packages() { # PACKAGE...
    local package
    missing=()
    command -v apt-get >/dev/null || return 0
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    printf 'installing %s\n' "${missing[*]}"
    installed=yes
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Flows against LEMON's, where that is installed.
lemon_oracle() { # COUNT
    if [ -x build/tests/flows_oracle ]; then
        build/tests/flows_oracle --count "$1"
    else
        echo "LEMON is not installed"
        echo "0 passed, 0 failed, 1 skipped"
    fi
}

# Builds everything (or the given targets) in DIR, set up with the options before "--".
build() { # DIR [OPTION...] [-- TARGET...]
    local dir=$1 options=()
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        options+=("$1")
        shift
    done
    [ $# -eq 0 ] || shift
    if [ ! -f "$dir/build.ninja" ]; then
        meson setup "$dir" "${options[@]}" || return
    elif [ $installed = yes ]; then
        meson setup --reconfigure "$dir" || return
    fi
    ninja -C "$dir" "$@"
}

# What a test program counted: its own last count, or what Python's unittest says.
count_in() { # FILE
    grep -oE '[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?' "$1" | tail -n 1 | grep . ||
        awk '/^Ran [0-9]+ tests? in/ { all = $2; seen = 1 }
             /^(OK|FAILED)/ && seen {
                 gsub(/[(),]/, " ")
                 for (i = 2; i <= NF; i++)
                     if (split($i, part, "=") == 2)
                         if (part[1] == "skipped") skipped += part[2]; else failed += part[2]
             }
             END {
                 passed = all - failed - skipped # one test may fail in several of its parts
                 if (seen)
                     printf "%d passed, %d failed%s\n", (passed > 0 ? passed : 0), failed,
                         skipped ? ", " skipped " skipped" : ""
             }' "$1"
}

# Runs a part, shows what it says only when it fails, and adds its last count to the sum. A
# part that ends badly without having counted a failure is one.
part() { # TITLE COMMAND...
    local title=$1 said status=0 count began=$SECONDS
    shift
    said=$(mktemp)
    "$@" >"$said" 2>&1 </dev/null || status=$?
    count=$(count_in "$said")
    [ -n "$count" ] || count=$([ $status -eq 0 ] && echo '1 passed, 0 failed' ||
        echo '0 passed, 1 failed')
    read -r p f s <<<"$(tr -c '0-9\n' ' ' <<<"$count")"
    [ $status -eq 0 ] || [ "$f" -gt 0 ] || f=1
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + ${s:-0}))
    printf '%-44s %4d s  %s\n' "$title" $((SECONDS - began)) "$count"
    [ "$f" -eq 0 ] || tail -n 200 "$said"
    grep -i 'skipped:' "$said" || true
    rm -f "$said"
}

# The same, beside at most one other; each is shown when it ends. To be followed by gather.
lanes=()
alongside() { # TITLE COMMAND...
    local place
    [ "$(jobs -rp | wc -l)" -lt 2 ] || wait -n
    place=$(mktemp -d)
    lanes+=("$place")
    (
        passed=0 failed=0 skipped=0
        part "$@" >"$place/said"
        echo "$passed $failed $skipped" >"$place/counts"
        cat "$place/said"
    ) &
}

# Waits for what runs alongside, and adds up its counts. What left no count has failed.
gather() {
    local place p f s
    wait
    for place in "${lanes[@]}"; do
        read -r p f s <"$place/counts" || { p=0 f=1 s=0; }
        passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
        rm -rf "$place"
    done
    lanes=()
}

# All unit tests of a build, two at a time; cmocka says what passed. Shows those that failed.
unit_tests() { # BUILD
    local log
    log=$(mktemp -d)
    find "$1/tests" -maxdepth 1 -name '*_test' -type f -perm -u+x | sort |
        xargs -P 2 -I{} sh -c '{} >"$0/$(basename {})" 2>&1 || {
            cat "$0/$(basename {})"
            echo "{} ended badly" >>"$0/$(basename {})"
        }' "$log"
    awk '/\[  PASSED  \] [0-9]+ test/ { passed += $4 }
         /\[  FAILED  \] [0-9]+ test/ { failed += $4; counted[FILENAME] = 1 }
         /ended badly$/ && !counted[FILENAME] { failed += 1 }
         END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 }' "$log"/*
    local status=$?
    rm -rf "$log"
    return $status
}

# Is every source laid out as .clang-format has it?
layout() {
    git ls-files '*.c' '*.h' '*.cpp' | xargs clang-format --dry-run -Werror
}

sanitized_build() {
    build build-asan -Doptimization=1 -Ddebug=true -Db_sanitize=address,undefined \
        -Db_lundef=false -Dc_args=-fno-sanitize-recover=all
}

plain_build() {
    build build-plain -Doptimization=0
}

clang_build() {
    CC=clang CXX=clang++ build build-clang
}

fuzz_build() {
    CC=clang CXX=clang++ build build-fuzz -Dfuzz=true -Doptimization=1 -- fuzz_targets
}

# Fuzzes from the kept corpus for so long; what it finds anew is not kept. A crash fails.
fuzz() { # TARGET SECONDS
    local name new status=0
    name=$(basename "$1" _fuzz)
    new=$(mktemp -d)
    "$1" -max_total_time="$2" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -dict="fuzz/$name.dict" -artifact_prefix="$new/" "$new" "fuzz/corpus/$name" ||
        status=$?
    [ $status -eq 0 ] || find "$new" -name 'crash-*' -exec od -c {} \;
    rm -rf "$new"
    return $status
}

# The last line: the sum of all parts. Fails when one did.
total() {
    printf '%d passed, %d failed' "$passed" "$failed"
    [ "$skipped" -eq 0 ] || printf ', %d skipped' "$skipped"
    printf '\n'
    [ "$failed" -eq 0 ]
}
