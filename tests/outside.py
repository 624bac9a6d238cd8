#!/usr/bin/env python3
"""Files and figures made by other systems, where they are at hand.

    outside.py --truce build/src/cmd/truce [--folder ../shared/outside] [--table]

Every file must be read, or refused with a sentence that says why; frontiers, solution points
and reservation values must be those of the reference, to 1e-9. Skips, saying so, without the folder. --table
prints what was read of each file. The last line counts.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NEAR = 1e-9
# NegMAS counts some vectors twice whose floats differ in the last digit; the exact sizes.
EXACT_SIZES = {"Car": 53, "BarterA": 14, "SupermarketA": 39}
# Sums of hyper-rectangles, cut at 1; the sizes as found by others.
SIZES_2014 = {"10issues": 10, "10issuesDiscounted": 8, "10issueswithRV": 8, "30issues": 14,
              "50issues": 23}

passed = failed = 0


def holds(is_so, sentence, detail=""):
    global passed, failed
    if is_so:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {sentence}" + (f"\n    {detail}" if detail else ""))


def run(truce, *arguments):
    done = subprocess.run([truce, *map(str, arguments)], text=True, capture_output=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def answer(truce, *arguments):
    code, out, err = run(truce, *arguments, "--json")
    return json.loads(out)["answer"] if code in (0, 1) else {"error": (code, err)}


def root_of(path):
    found = re.search(rb"<(\w+)", path.read_bytes())
    return found.group(1).decode() if found else None


# What each kind of file is told when it stands alone.
ALONE = {
    "negotiation_template": "this is a domain, and no profile says what it is worth",
    "utility_space": "this is a profile, and its domain is missing",
    None: "this is a list of numbers, perhaps the points of a frontier",
}


def check_files(truce, folder, table):
    files = sorted(folder.glob("anac/**/*.xml"))
    for path in files:
        code, out, err = run(truce, "check", path)
        said = ALONE[root_of(path)]
        holds(code == 3 and said in out + err, f"{path.name} alone says what it is", out + err)
        if table:
            print(f"{path.relative_to(folder)}: {said}")
    for path in sorted(folder.glob("anac/*/*")):
        code, out, err = run(truce, "check", path)
        holds(code == 0, f"the folder {path.name} is read", out + err)
        if table:
            print(f"{path.relative_to(folder)}: {' '.join(out.split())}")
    return len(files)


def are_near(one, other):
    return len(one) == len(other) and all(abs(a - b) <= NEAR for a, b in zip(one, other))


def same_vectors(found, expected):
    found, expected = sorted(found), sorted(expected)
    return len(found) == len(expected) and all(map(are_near, found, expected))


def check_frontier(truce, folder, reference, where, profiles):
    found = answer(truce, "frontier", where, "--profiles", profiles, "--outcomes", "none")
    name = reference["scenario"]
    if "error" in found:
        holds(False, f"the frontier of {name} is found", found["error"])
        return
    points = [point["u"] for point in found["points"]]
    expected = [row[:-1] for row in reference["frontier"]]
    holds(same_vectors(points, expected), f"the frontier of {name} is that of the reference",
          f"{len(points)} points, {len(expected)} expected")
    counted = sorted(p["u"] + [int(p["n"])] for p in found["points"] if p["n"] is not None)
    if len(counted) == len(points):
        holds(all(map(are_near, counted, sorted(reference["frontier"]))),
              f"so are the numbers of outcomes of {name}")
    holds(int(found["outcomes"]) == reference["outcomes"], f"{name} has as many outcomes")
    rational = answer(truce, "frontier", where, "--profiles", profiles, "--outcomes", "none",
                      "--rational")
    size = len(rational.get("points", []))
    holds(size == reference["rational_frontier_vectors"],
          f"the rational frontier of {name} is that of the reference",
          f"{size}, expected {reference['rational_frontier_vectors']}")


def check_negmas(truce, reference, where, profiles):
    """NegMAS's frontier leaves out what is below a reservation value, compared raw."""
    name = reference["scenario"].split("/")[1]
    size = EXACT_SIZES.get(name, reference["as_negmas"]["front_distinct"])
    found = answer(truce, "frontier", where, "--profiles", profiles, "--outcomes", "none",
                   "--as", "negmas", "--rational")
    count = len(found.get("points", []))
    holds(count == size, f"read as NegMAS does, the frontier of {name} has its size",
          f"{count}, expected {size}; {found.get('error', '')}")


def of_points(found, kind):
    return [point["u"] for point in found.get(kind, [])]


# Our names for the solutions, and those of the two figures in the reference.
OUR_POINTS = {"nash": "nash", "kalai_smorodinsky": "kalai_smorodinsky",
              "egalitarian": "egalitarian", "utilitarian": "welfare"}
NEGMAS_POINTS = {"nash": "nash", "kalai_smorodinsky": "ks", "egalitarian": "kalai",
                 "utilitarian": "max_welfare"}


def check_points(truce, reference, where, profiles):
    """By scanning, all ties; by search, at least one of them, and nothing else."""
    name = reference["scenario"]
    for way in ([], ["--direct"]):
        found = answer(truce, "points", where, "--profiles", profiles,
                       "--disagreement", "minimum", *way)
        for ours, theirs in OUR_POINTS.items():
            points, expected = of_points(found, ours), reference[theirs] or []
            right = same_vectors(points, expected) or bool(way and points) and all(
                any(are_near(point, one) for one in expected) for point in points)
            holds(right, f"the {ours} point of {name} is that of the reference",
                  f"{way} {points}, {expected} expected; {found.get('error', '')}")


def check_points_of_others(truce, reference, where, profiles):
    name = reference["scenario"]
    ask = [truce, "points", where, "--profiles", profiles, "--as"]
    genius, negmas = answer(*ask, "genius"), answer(*ask, "negmas")
    for kind, expected in reference["as_genius"].items():
        if expected is not None:
            holds(same_vectors(of_points(genius, kind), expected),
                  f"the {kind} point of {name} is that of GENIUS", str(genius.get(kind)))
    for ours, theirs in NEGMAS_POINTS.items():
        holds(same_vectors(of_points(negmas, ours), reference["as_negmas"][theirs]),
              f"the {ours} point of {name} is that of NegMAS", str(negmas.get(ours)))


def check_metrics(truce, reference, where, profiles):
    name, theirs = reference["scenario"], reference["as_negmas"]
    found = answer(truce, "metrics", where, "--profiles", profiles, "--as", "negmas")
    for ours, figure in (("opposition_negmas", "opposition"), ("rational_fraction",) * 2):
        holds(abs(found.get(ours, -1) - theirs[figure]) <= NEAR,
              f"the {figure} of {name} is that of NegMAS",
              f"{found.get(ours)}, {theirs[figure]} expected; {found.get('error', '')}")
    ranges = list(zip(found.get("least", []), found.get("greatest", [])))
    holds(len(ranges) == len(theirs["ranges"]) and all(map(are_near, ranges, theirs["ranges"])),
          f"the ranges of {name} are those of NegMAS",
          f"{ranges}, {theirs['ranges']} expected")


def check_reference(truce, folder):
    for reference in json.loads((folder / "anac-reference.json").read_text()):
        where = folder / "anac" / reference["scenario"]
        profiles = ",".join(reference["files"][1:])
        check_frontier(truce, folder, reference, where, profiles)
        check_negmas(truce, reference, where, profiles)
        check_points(truce, reference, where, profiles)
        check_points_of_others(truce, reference, where, profiles)
        check_metrics(truce, reference, where, profiles)


def listed_points(path):
    return [tuple(map(float, line.split(","))) for line in path.read_text().split("\n") if line.strip()]


def check_rectangles(truce, folder):
    """The published lists hold dominated points, and floats; but nothing above a frontier."""
    for name, size in SIZES_2014.items():
        where = folder / "anac/y2014" / name
        points = [p["u"] for p in answer(truce, "frontier", where, "--outcomes", "none")["points"]]
        holds(len(points) == size, f"the frontier of {name} has its size", f"{len(points)}, not {size}")
        covered = all(any(a >= x - 1e-6 and b >= y - 1e-6 for a, b in points)
                      for x, y in listed_points(where / "pareto.xml"))
        holds(covered, f"no point of the list beside {name} is above its frontier")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--truce", required=True)
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "../shared/outside")
    parser.add_argument("--table", action="store_true")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        print("skipped: the files of other systems are not here")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    truce = str(pathlib.Path(arguments.truce).resolve())
    check_files(truce, arguments.folder, arguments.table)
    check_reference(truce, arguments.folder)
    check_rectangles(truce, arguments.folder)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
