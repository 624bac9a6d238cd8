#!/usr/bin/env python3
"""Files of other systems, read and written back: every utility stays exactly what it was.

    convert.py --truce build/src/cmd/truce [--folder ../shared/outside] [--count 20]

An oracle of a few lines reads the same files with fractions. Whatever truce converts must have
the oracle's utilities, value by value; what is converted twice must be the same bytes; and
frontiers of small domains must be those of plain enumeration. Made-up scenarios go through
truce, GeniusWeb and GENIUS and back. The files of other systems are skipped, saying so, when
they are not at hand. The last line counts.
"""

import argparse
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile
from fractions import Fraction

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
NEAR = 1e-9

passed = failed = 0


def holds(is_so, sentence, detail=""):
    global passed, failed
    if is_so:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {sentence}" + (f"\n    {detail}" if detail else ""))


class Exact(yaml.SafeLoader):
    """YAML with every scalar as a text, so that no digit is lost."""


Exact.yaml_implicit_resolvers = {}


def load(path):
    text = path.read_text()
    if path.suffix == ".json":
        return json.loads(text, parse_float=str, parse_int=str)
    return yaml.load(text, Exact)


# ---- the oracle: {party: {issue: {value: utility}}}, utilities as fractions ---------------


def key(value):
    """Numbers are the same however they are written."""
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        return value


def of_geniusweb(folder):
    files = [load(path) for path in sorted(folder.glob("*.json"))]
    spaces = [file["LinearAdditiveUtilitySpace"] for file in files if "issuesValues" not in file]
    parties = {}
    for number, space in enumerate(spaces):
        party = parties.setdefault(space.get("name") or str(number), {})
        for issue, utils in space["issueUtilities"].items():
            weight = Fraction(space["issueWeights"][issue])
            table = utils["discreteutils"]["valueUtilities"]
            party[issue] = {key(v): weight * Fraction(u) for v, u in table.items()}
    return parties


def of_negmas(folder):
    files = {path.stem: load(path) for path in sorted(folder.glob("*.yml"))}
    domain = next(file for file in files.values() if "issues" in file)
    parties = {}
    for name, space in files.items():
        if "issues" in space:
            continue
        while "ufun" in space:
            space = space["ufun"]
        party = parties.setdefault(space.get("name") or name, {})
        for issue, function, weight in zip(domain["issues"], space["values"], space["weights"]):
            party[issue["name"]] = {key(v): Fraction(weight) * Fraction(u)
                                    for v, u in function["mapping"].items()}
    return parties


def scale_of(issue):
    first, last, step = (Fraction(issue[k]) for k in ("from", "to", "step"))
    return [first + n * step for n in range(int((last - first) / step) + 1)]


def worths_of(values, worths):
    if isinstance(worths, list):
        return dict(zip(values, map(Fraction, worths)))
    if set(worths) == {"from", "to"}:
        first, last = Fraction(worths["from"]), Fraction(worths["to"])
        span = max(len(values) - 1, 1)
        return {v: first + (last - first) * n / span for n, v in enumerate(values)}
    return {v: Fraction(worths.get(v, 0)) for v in values}


def of_truce(path):
    file = load(path)
    parties = {}
    for name, preferences in file["preferences"].items():
        party = parties.setdefault(file["parties"][name].get("name", name), {})
        total = (1 if preferences.get("sum") == "as-given"
                 else sum(map(Fraction, preferences["weights"].values())))
        for id, issue in file["issues"].items():
            values = [key(v) for v in issue["values"]] if "values" in issue else scale_of(issue)
            divisor = Fraction(preferences.get("out-of", {}).get(id, 1))
            weight = Fraction(preferences["weights"].get(id, 0)) / total / divisor
            worths = worths_of(values, preferences["worth"].get(id, {}))
            party[issue.get("title", id)] = {v: weight * u for v, u in worths.items()}
    return parties


def utilities(party, issues):
    """Of every outcome, in the order of the product of values."""
    rows = [list(party[issue].values()) for issue in issues]
    return [sum(row) for row in itertools.product(*rows)]


def frontier(parties):
    issues = list(next(iter(parties.values())))
    vectors = list(zip(*(utilities(party, issues) for party in parties.values())))
    counts = {}
    for vector in vectors:
        counts[vector] = counts.get(vector, 0) + 1
    kept = [v for v in counts if not any(
        w != v and all(a >= b for a, b in zip(w, v)) for w in counts)]
    return sorted([*map(float, v), counts[v]] for v in kept)


# ---- truce ----------------------------------------------------------------------------


def run(truce, *arguments):
    return subprocess.run([truce, *map(str, arguments)], text=True, capture_output=True, timeout=120)


def convert(truce, what, to, where):
    """The path written, or None after a failure that is counted."""
    done = run(truce, "convert", what, "--to", to, "-o", where)
    holds(done.returncode == 0, f"{what} is written as {to}", done.stdout + done.stderr)
    return where if done.returncode == 0 else None


def is_written(truce, to, scratch):
    """Is there a writer for this format?"""
    done = run(truce, "generate", "--issues", 1, "--values", 2, "--to", to, "-o", scratch / f"try-{to}")
    return done.returncode == 0


def check_frontier(truce, what, parties):
    done = run(truce, "frontier", what, "--json", "--outcomes", "none")
    holds(done.returncode == 0, f"{what} has a frontier", done.stderr)
    if done.returncode != 0:
        return
    found = sorted([*p["u"], int(p["n"])] for p in json.loads(done.stdout)["answer"]["points"])
    expected = frontier(parties)
    same = len(found) == len(expected) and all(
        abs(a - b) <= NEAR for f, e in zip(found, expected) for a, b in zip(f, e))
    holds(same, f"the frontier of {what} is that of enumeration",
          f"{len(found)} points, {len(expected)} expected")


# ---- what goes through what --------------------------------------------------------------


def geniusweb_and_back(truce, folder, scratch):
    own = of_geniusweb(folder)
    check_frontier(truce, folder, own)
    as_truce = convert(truce, folder, "truce", scratch / f"{folder.name}.truce.yaml")
    if as_truce is None:
        return
    holds(of_truce(as_truce) == own, f"{folder.name} has the same utilities as truce YAML")
    there = convert(truce, folder, "geniusweb", scratch / f"{folder.name}-gw")
    back = convert(truce, as_truce, "geniusweb", scratch / f"{folder.name}-back")
    if there and back:
        holds(of_geniusweb(there) == own, f"{folder.name} is written back with its utilities")
        holds(of_geniusweb(back) == own, f"{folder.name} comes back from truce YAML")
        check_frontier(truce, back, own)


def negmas_into_truce(truce, folder, scratch):
    own = of_negmas(folder)
    check_frontier(truce, folder, own)
    as_truce = convert(truce, folder, "truce", scratch / f"{folder.name}.truce.yaml")
    if as_truce:
        holds(of_truce(as_truce) == own, f"{folder.name} has the same utilities as truce YAML")
        check_frontier(truce, as_truce, own)


def points_of(truce, what):
    done = run(truce, "frontier", what, "--json", "--outcomes", "none", "--seconds", 60)
    found = json.loads(done.stdout)["answer"]["points"] if done.returncode == 0 else done.stderr
    return [(point["u"], point["n"]) for point in found] if done.returncode == 0 else found


def genius_and_back(truce, folder, scratch, has_writer):
    as_truce = convert(truce, folder, "truce", scratch / f"{folder.name}.truce.yaml")
    if as_truce is None:
        return
    points = points_of(truce, folder)
    holds(points_of(truce, as_truce) == points, f"{folder.name} has the same frontier as truce YAML")
    again = convert(truce, as_truce, "truce", scratch / f"{folder.name}-2.truce.yaml")
    holds(again and again.read_bytes() == as_truce.read_bytes(), f"{folder.name} is the same twice")
    if not has_writer:
        return
    there = convert(truce, folder, "genius", scratch / f"{folder.name}-xml")
    back = convert(truce, as_truce, "genius", scratch / f"{folder.name}-back")
    if there and back:
        holds(points_of(truce, there) == points, f"{folder.name} is written back with its frontier")
        holds(points_of(truce, back) == points, f"{folder.name} comes back from truce YAML")


def made_up_and_back(truce, seed, formats, scratch):
    kind = ("opposed", "independent", "clustered")[seed % 3]
    first = scratch / f"made-{seed}.truce.yaml"
    run(truce, "generate", "--issues", 2 + seed % 4, "--values", 1 + seed % 5, "--parties",
        2 + seed % 3, "--kind", kind, "--seed", seed, "-o", first)
    own = of_truce(first)
    check_frontier(truce, first, own)
    same = convert(truce, first, "truce", scratch / f"made-{seed}-2.truce.yaml")
    holds(same and of_truce(same) == own, f"made-up scenario {seed} stays the same")
    for to in formats:
        there = convert(truce, first, to, scratch / f"made-{seed}-{to}")
        if there is None:
            continue
        if to == "geniusweb":
            holds(of_geniusweb(there) == own, f"made-up scenario {seed} is the same as {to}")
        again = convert(truce, there, to, scratch / f"made-{seed}-{to}-2")
        twice = again and convert(truce, again, "truce", scratch / f"made-{seed}-{to}-2.truce.yaml")
        back = convert(truce, there, "truce", scratch / f"made-{seed}-{to}.truce.yaml")
        holds(twice and of_truce(twice) == own, f"made-up scenario {seed} as {to}, twice")
        holds(back and of_truce(back) == own, f"made-up scenario {seed} comes back from {to}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--truce", required=True)
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "../shared/outside")
    parser.add_argument("--count", type=int, default=20, help="made-up scenarios")
    arguments = parser.parse_args()
    truce = str(pathlib.Path(arguments.truce).resolve())
    skipped = 0
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        formats = [to for to in ("geniusweb", "genius") if is_written(truce, to, scratch)]
        holds("geniusweb" in formats, "GeniusWeb is written")
        for seed in range(1, arguments.count + 1):
            made_up_and_back(truce, seed, formats, scratch)
        if arguments.folder.is_dir():
            for folder in sorted(arguments.folder.glob("geniusweb/*")):
                geniusweb_and_back(truce, folder, scratch)
            negmas_into_truce(truce, arguments.folder / "negmas-yml", scratch)
            for folder in sorted(arguments.folder.glob("anac/y20*/*")):
                genius_and_back(truce, folder, scratch, "genius" in formats)
        else:
            skipped = 1
            print("skipped: the files of other systems are not here")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
