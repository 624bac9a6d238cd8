#!/usr/bin/env python3
"""Corrupts files of other systems and has truce read what is left.

    corrupt_foreign.py --truce build-asan/src/cmd/truce --count 1000 --seed 1 [--keep DIR]

A domain with its profiles, one of them damaged as corrupt.py damages scenarios. On each truce
must end within two seconds, never by a signal or a sanitizer, with exit 0 or 3, and an error
must name its file. The sets are made of samples here and of what truce writes itself, and of
the files in ../shared/outside where they are at hand. The last line counts.
"""

import argparse
import concurrent.futures
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from corrupt import DAMAGES, SECONDS

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUTSIDE = ROOT / "../shared/outside"

NEGMAS = {
    "domain.yml": """issues:
- {name: place, type: CategoricalIssue, values: [sea, 'the hills', town]}
- {name: days, type: ContiguousIssue, values: [1, 9]}
- {name: price, type: ContinuousIssue, values: [0.0, 2.5]}
name: trip
type: CartesianOutcomeSpace
""",
    "ann.yml": """type: ExpDiscountedUFun
discount: 0.75
reserved_value: -.inf
ufun:
  reserved_value: 0.25
  type: LinearAdditiveUtilityFunction
  values:
  - mapping: {sea: 12.0, the hills: 30.5, town: 1}
    type: TableFun
  - {type: AffineFun, slope: -0.5, bias: 3}
  - {type: IdentityFun}
  weights: [0.4452125771655631, 0.3, 0.25]
""",
    "bob.yml": """type: HyperRectangleUtilityFunction
outcome_ranges:
- {place: sea, days: [2, 5]}
- {1: [[1, 2], [4, 9]], 2: [0.5, 1.5]}
- {0: [sea, town]}
utilities: [10, 4.5, -1]
reserved_outcome: [town, 1, 0.0]
""",
}


def as_json(text):
    import yaml  # only here, so that the rest runs without it

    return json.dumps(yaml.safe_load(text.replace("-.inf", '"-inf"')), indent=1)


def written_by_truce(truce, to, seed):
    """What generate and convert write, as a set; None when that format is not written."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        made = subprocess.run(
            [truce, "generate", "--issues", "4", "--values", "3", "--parties", "2", "--seed",
             str(seed), "-o", str(path / "a.truce.yaml")], capture_output=True)
        done = subprocess.run(
            [truce, "convert", str(path / "a.truce.yaml"), "--to", to, "--lossy", "-o",
             str(path / "out")], capture_output=True)
        if made.returncode != 0 or done.returncode != 0:
            return None
        return {file.name: file.read_bytes() for file in (path / "out").iterdir()}


def folder_set(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()}


def sets_of(truce):
    sets = [{name: text.encode() for name, text in NEGMAS.items()},
            {name.replace("yml", "json"): as_json(text).encode() for name, text in NEGMAS.items()}]
    sets += [made for to in ("geniusweb", "genius") for seed in (1, 2)
             if (made := written_by_truce(truce, to, seed))]
    if OUTSIDE.is_dir():
        small = [OUTSIDE / "negmas-yml", *OUTSIDE.glob("geniusweb/*"),
                 *sorted(OUTSIDE.glob("anac/y201*/*"))[:12]]
        sets += [folder_set(folder) for folder in small]
    return sets


def fault(truce, paths):
    try:
        done = subprocess.run([truce, "check", *paths], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return f"takes more than {SECONDS} s"
    said = (done.stdout + done.stderr).decode(errors="replace")
    if "Sanitizer" in said or "runtime error" in said or "assert" in said.lower():
        return said[-2000:]
    if done.returncode not in (0, 3):
        return f"exit {done.returncode}: {said[-1000:]}"
    if done.returncode == 3 and not any(path in said for path in paths):
        return f"an error that names no file: {said[:500]}"
    return None


def attempt(truce, seed, sets, keep):
    rng = random.Random(seed)
    chosen = dict(rng.choice(sets))
    damaged = rng.choice(sorted(chosen))
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        chosen[damaged] = rng.choice(DAMAGES)(rng, chosen[damaged], list(chosen.values()))
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, data in sorted(chosen.items()):
            path = pathlib.Path(folder) / name
            path.write_bytes(data)
            if not name.startswith("pareto"):
                paths.append(str(path))
        found = fault(truce, paths)
        if found and keep:
            (keep / f"{seed}-{damaged}").write_bytes(chosen[damaged])
    return f"seed {seed}, {damaged}: {found}" if found else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--truce", required=True)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for what fails")
    options = parser.parse_args()
    sets = sets_of(options.truce)
    seeds = range(options.seed, options.seed + options.count)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        found = list(pool.map(
            lambda seed: attempt(options.truce, seed, sets, options.keep), seeds))
    faults = [each for each in found if each]
    print("\n".join(faults[:20]), end="\n" if faults else "")
    print(f"{len(found) - len(faults)} passed, {len(faults)} failed")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
