# tests/full.sh - the long parts of ./check --full: planted faults, clang, sanitizers, fuzzing,
# corrupted files, and a Debian in which nothing is installed yet.

need_packages "${clang_packages[@]}" debootstrap || exit
need_packages libopenmpi-dev openmpi-bin || exit
build build || exit
part 'layout' layout
part 'oracle, 4000 random scenarios' python3 tests/oracle/compare.py --truce $truce --count 4000 --jobs 2
part 'plans of an exchange, tampered with 17000 times' python3 tests/plan_sabotage.py --truce $truce
part 'planted faults are caught' python3 tests/planted.py
part 'oracle of the core, 2000000 random problems' tests/oracle/core.sh build 2000000
part 'oracle of the exchange, 1000000 random lists' build/tests/exchange_oracle --count 1000000
part 'oracle of flows, 200000 networks by LEMON' lemon_oracle 200000
part 'oracle of agreements, 1000000 tick by tick' tests/oracle/track.sh build 1000000
part 'oracle of plans of an exchange, 1000000' build/tests/plans_oracle --count 1000000
part 'properties of agreements, 400000' build/tests/track_properties --count 400000 --seed 4
part 'referee of 1000000 random sessions' build/tests/sessions_oracle --count 1000000
part 'tournaments killed 100 times, and under mpirun' python3 tests/tournament.py --truce $truce --kills 100 --mpi
part 'build with clang' clang_build
part 'unit tests, clang' unit_tests build-clang
part 'build without optimisation' plain_build
part 'same bytes from gcc and clang, -O3 and -O0' python3 tests/same_bytes.py \
    build/src/cmd/truce build-clang/src/cmd/truce build-plain/src/cmd/truce
part 'build with sanitizers' sanitized_build
part 'unit tests, sanitized' unit_tests build-asan
part 'command line, sanitized' python3 tests/cli.py --truce build-asan/src/cmd/truce
part 'pages, sanitized, 200 random scenarios' python3 tests/pages.py --truce build-asan/src/cmd/truce --made 200
part '10000 corrupted scenarios' \
    python3 tests/corrupt.py --truce build-asan/src/cmd/truce --count 10000 --seed 1 --jobs 2
part '10000 corrupted files of other systems' python3 tests/corrupt_foreign.py \
    --truce build-asan/src/cmd/truce --count 10000 --seed 1 --jobs 2
part 'adding to a log, killed 500 times' python3 tests/track_kill.py --truce $truce --count 500 --seed 2
part 'build of the fuzz targets' fuzz_build
for target in build-fuzz/fuzz/*_fuzz; do
    part "fuzzing $(basename "$target"), 60 s" fuzz "$target" 60
done
need_packages "${shell_packages[@]}" || exit
part 'manual pages, looked at by man and mandoc' python3 tests/man.py build
part 'completion in bash, zsh and fish' python3 tests/completion.py --truce $truce
part 'packages, built and tried in a bare Debian' tests/package.sh build
part 'from nothing: ./go and ./check' tests/fresh.sh
