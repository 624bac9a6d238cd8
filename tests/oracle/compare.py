#!/usr/bin/env python3
"""Asks truce and the oracle the same questions about random scenarios.

    compare.py --truce build/truce --count 2000 --seed 1 [--jobs 2]
               [--questions deals,clash,unlock,order,now,wait] [--keep DIR] [FILE…]

Every field of an answer is compared: counts, sets and orders exactly, utilities and
changes with the exact fraction to 1e-6, witnesses, fair points and reasons with their
definitions, exit codes too. Scenario k of seed s is random_scenarios.py's number s + k,
with options drawn from the same number; FILEs are asked instead when some are given. A
scenario that is answered differently is kept in DIR. The last line counts the answers.
"""

import argparse
import collections
import hashlib
import json
import multiprocessing
import pathlib
import random
import subprocess
import sys
import tempfile

import yaml

import random_scenarios
import truce_oracle as oracle

QUESTIONS = ("deals", "clash", "unlock", "order", "now", "wait")
TOLERANCE = 1e-6
SECONDS = 20
ALL = "1000000"  # what --most is set to: every list in full


# ---------------------------------------------------------------- what is asked


def variants(question, scenario, rng):
    """The options to ask a question with: [(arguments, keywords for the oracle)]."""
    some = [extra for extra in oracle.EXTRAS if rng.random() < 0.4]
    if question == "deals":
        over = [p for p in scenario.parties if rng.random() < 0.2]
        more = ["--over", ",".join(over)] if over else []
        return [(["--most", ALL, *more], {"over": over})]
    if question == "clash":
        more = ["--with", ",".join(some)] if some else []
        return [(["--witness", *more], {"extras": some})]
    if question == "unlock":
        more = ["--without", ",".join(some)] if some else []
        return [(["--most", ALL, *more], {"without": some})]
    if question == "now":
        return [(["--size", str(size)], {"size": size}) for size in (1, 2)]
    return [([], {})]


def ask(truce, question, path, arguments):
    """(exit code, the JSON object or None, what was said on stderr)."""
    command = [truce, question, str(path), "--json", *arguments]
    try:
        run = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None, None, f"no answer within {SECONDS} s"
    said = run.stderr.decode("utf-8", "replace").strip()
    try:
        return run.returncode, json.loads(run.stdout), said
    except ValueError:
        return run.returncode, None, said


# ---------------------------------------------------------------- how it is compared


class Differences(list):
    """Sentences about what differs; empty when nothing does."""

    def same(self, what, expected, got):
        if expected != got:
            self.append(f"{what}: expected {show(expected)}, got {show(got)}")

    def near(self, what, expected, got):
        number = isinstance(got, (int, float)) and not isinstance(got, bool)
        if not number or abs(float(expected) - got) > TOLERANCE:
            self.append(f"{what}: expected {float(expected):.9g}, got {show(got)}")

    def true(self, what, holds):
        if not holds:
            self.append(what)


def show(value):
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 400 else text[:400] + "…"


def numbered(space, outcome, differences, what):
    """The number of an outcome given as {issue: value}; None when it is not one."""
    scenario = space.scenario
    try:
        assert list(outcome) == list(scenario.issues)
        return space.place(
            {n: scenario.issues[n].values.index(v) for n, v in outcome.items()}
        )
    except (AssertionError, ValueError, TypeError):
        differences.append(f"{what}: {show(outcome)} is not an outcome")
        return None


def compare_deals(space, answer, differences, over):
    expected = oracle.deals(space, over)
    for name in ("outcomes", "acceptable_to_principals", "acceptable", "efficient"):
        differences.same(name, str(expected[name]), answer.get(name))
    points = answer.get("points") or {}
    differences.true(
        f"points: unknown ones in {list(points)}",
        set(points) <= set(expected["points"]),
    )
    for name, numbers in expected["points"].items():
        compare_point(space, name, numbers, points.get(name) or [], differences, over)
    return expected["acceptable"] > 0


def compare_point(space, name, expected, rows, differences, over):
    got = []
    for row in rows:
        number = numbered(space, row.get("outcome"), differences, name)
        if number is None:
            return
        got.append(number)
        utility = row.get("utility") or {}
        rated = set(space.scenario.considered(over)) & set(space.scenario.preferences)
        missing = rated - set(utility)
        differences.true(f"{name}: no utility of {sorted(missing)}", not missing)
        for party, value in utility.items():
            exact = space.exact_utility(party, number)
            differences.near(f"{name}: utility of {party}", exact, value)
    differences.same(f"{name}: outcomes", sorted(expected), sorted(got))


def compare_clash(space, answer, differences, extras):
    expected = oracle.clash(space, extras)
    rows = answer.get("clashes") or []
    members = [row.get("members") for row in rows]
    differences.same("clashes", expected, members)
    holds = oracle.soft_members(space, extras)
    for row in rows if members == expected else []:
        witness = row.get("witness") or {}
        differences.same("witnesses for", sorted(row["members"]), sorted(witness))
        for name, outcome in witness.items():
            number = numbered(space, outcome, differences, f"witness for {name}")
            if number is None:
                continue
            kept = [other for other in row["members"] if other != name]
            mask = oracle.together(holds, kept, space.logical())
            differences.true(
                f"witness for {name} does not keep {kept}: {show(outcome)}",
                mask >> number & 1,
            )
    return bool(expected)


def compare_unlock(space, answer, differences, without):
    expected = oracle.unlock(space, without)
    rows = answer.get("ways") or []
    differences.same(
        "ways", [w["give"] for w in expected], [w.get("give") for w in rows]
    )
    if expected:
        differences.same("fewest", len(expected[0]["give"]), answer.get("fewest"))
    for way, row in zip(expected, rows):
        if way["give"] != row.get("give"):
            break
        what = f"giving {way['give']}"
        differences.same(f"{what}: outcomes", str(way["outcomes"]), row.get("outcomes"))
        differences.same(f"{what}: by", way["by"], row.get("by"))
        because = row.get("because") or {}
        differences.same(f"{what}: reasons for", sorted(way["give"]), sorted(because))
        for demand in set(because) & set(way["give"]):
            wrong = oracle.wrong_because(space, way, demand, because[demand], without)
            reasons = show(because[demand])
            differences.true(f"{what}: {demand} because {reasons}: {wrong}", not wrong)
    return bool(expected)


def compare_order(space, answer, differences):
    expected = oracle.order(space.scenario)
    fields = ("id", "by", "relaxed", "met", "first", "then")
    cycles = [
        [{name: entry.get(name) for name in fields} for entry in cycle]
        for cycle in answer.get("cycles") or []
    ]
    differences.same("cycles", ordered_fields(expected["cycles"], fields), cycles)
    breaks = [] if not expected["cycles"] else answer.get("breaks")
    differences.same("breaks", sorted(expected["breaks"]), sorted(breaks or []))
    differences.same("gates", expected["gates"], answer.get("gates"))
    differences.same("free", sorted(expected["free"]), sorted(answer.get("free") or []))
    held = {row.get("step"): row.get("by") for row in answer.get("held") or []}
    differences.same("held", expected["held"], held)
    return bool(expected["cycles"] or expected["gates"] or expected["held"])


def ordered_fields(cycles, fields):
    return [[{name: entry[name] for name in fields} for entry in c] for c in cycles]


def compare_now(space, answer, differences, size):
    expected = oracle.now(space, size)
    rows = answer.get("moves") or []
    sets = [row.get("set") for row in rows]
    differences.same("moves", [move["set"] for move in expected], sets)
    for move, row in zip(expected, rows):
        if move["set"] != row.get("set"):
            break
        what = f"move {show(move['set'])}"
        change = row.get("change") or {}
        differences.same(f"{what}: change for", list(move["change"]), list(change))
        for party in set(move["change"]) & set(change):
            exact = move["change"][party]
            differences.near(f"{what}: change for {party}", exact, change[party])
        for field in ("may_sign", "seen"):
            got = row.get(field, "(missing)")
            differences.same(f"{what}: {field}", move[field], got)
    return bool(expected)


def compare_wait(space, answer, differences):
    expected = oracle.wait(space)
    rows = answer.get("dates") or []
    days = [row.get("day") for row in rows]
    differences.same("days", [date["day"] for date in expected], days)
    for date, row in zip(expected, rows):
        what = f"day {date['day']}"
        floors = row.get("floors") or {}
        differences.same(f"{what}: floors of", sorted(date["floors"]), sorted(floors))
        for party in set(floors) & set(date["floors"]):
            exact = date["floors"][party]
            differences.near(f"{what}: floor of {party}", exact, floors[party])
        count = str(date["acceptable"])
        differences.same(f"{what}: acceptable", count, row.get("acceptable"))
    return True


def compare_reality(space, reality, differences):
    """The reality check that ends every answer."""
    expected = oracle.reality(space.scenario)
    same = [row for row in expected if row["says"] == row["did"]]
    unclear = [row for row in expected if row["says"] == "undecided"]
    differences.same("reality: decisions", len(expected), reality.get("decisions"))
    differences.same("reality: reproduced", len(same), reality.get("reproduced"))
    differences.same("reality: undecided", len(unclear), reality.get("undecided"))
    rows = reality.get("each") or []
    keys = ("id", "party", "did", "says")
    pairs = [tuple(row.get(key) for key in keys) for row in rows]
    differences.same("reality", [tuple(r[k] for k in keys) for r in expected], pairs)
    for row, got in zip(expected, rows):
        what = f"reality: {row['id']} {row['party']}"
        differences.near(f"{what}: change", row["change"], got.get("change"))
        differences.same(f"{what}: reproduced", row in same, got.get("reproduced"))
        differences.true(
            f"{what}: broken should be one of {row['broken']}, is {got.get('broken')}",
            got.get("broken") in (row["broken"] or [None]),
        )


COMPARE = {
    "deals": compare_deals,
    "clash": compare_clash,
    "unlock": compare_unlock,
    "order": compare_order,
    "now": compare_now,
    "wait": compare_wait,
}


def compare(truce, question, path, space, arguments, keywords):
    """(differences, whether the oracle's answer is a yes)."""
    differences = Differences()
    code, answer, said = ask(truce, question, path, arguments)
    if answer is None:
        return [f"exit {code} without JSON: {said}"], None
    yes = COMPARE[question](space, answer.get("answer") or {}, differences, **keywords)
    differences.same("exit code", 0 if yes else 1, code)
    differences.same("truce", 1, answer.get("truce"))
    differences.same("command", question, answer.get("command"))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    about = {"id": space.scenario.root["id"], "sha256": sha256}
    differences.same("scenario", about, answer.get("scenario"))
    differences.same("proof", "proved", (answer.get("proof") or {}).get("how"))
    compare_reality(space, answer.get("reality") or {}, differences)
    return differences, yes


# ---------------------------------------------------------------- many of them


def compare_scenario(task):
    """One scenario, all questions: (counts of yes, no and failed, what failed)."""
    options, seed, path = task
    rng = random.Random(seed * 7 + 1)
    counts, reports = collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        if path is None:
            path = pathlib.Path(folder) / f"seed-{seed}.truce.yaml"
            path.write_text(random_scenarios.scenario(seed), encoding="utf-8")
        text = path.read_text(encoding="utf-8")
        space = oracle.Space(oracle.Scenario(yaml.load(text, Loader=oracle.LOADER)))
        for question in options.questions:
            for arguments, keywords in variants(question, space.scenario, rng):
                differences, yes = compare(
                    options.truce, question, path, space, arguments, keywords
                )
                result = "failed" if differences else "yes" if yes else "no"
                counts[question, result] += 1
                if differences:
                    kept = keep(options.keep, path.name, text)
                    called = " ".join(["truce", question, str(kept), *arguments])
                    lines = [f"{called}", *differences[:6]]
                    reports.append("\n    ".join(lines))
    return counts, reports


def keep(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / name
    kept.write_text(text, encoding="utf-8")
    return kept


def options_from(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--truce", required=True, help="the program to be tested")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--questions", type=lambda t: t.split(","), default=QUESTIONS)
    kept = pathlib.Path(tempfile.gettempdir()) / "truce-differences"
    parser.add_argument("--keep", type=pathlib.Path, default=kept)
    parser.add_argument(
        "--reports", type=int, default=20, help="at most so many printed"
    )
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args(arguments)
    unknown = set(options.questions) - set(QUESTIONS)
    if unknown:
        parser.error(f"no question {sorted(unknown)}; there are {', '.join(QUESTIONS)}")
    return options


def tasks_of(options):
    if options.files:
        return [(options, i, path) for i, path in enumerate(options.files)]
    return [(options, options.seed + k, None) for k in range(options.count)]


def main(arguments):
    options = options_from(arguments)
    counts, printed = collections.Counter(), 0
    with multiprocessing.Pool(options.jobs) as pool:
        for more, reports in pool.imap(
            compare_scenario, tasks_of(options), chunksize=8
        ):
            counts += more
            for report in reports:
                printed += 1
                if printed <= options.reports:
                    print(report, flush=True)
    for question in options.questions:
        yes, no, failed = (counts[question, r] for r in ("yes", "no", "failed"))
        print(f"{question:8} {yes} with an answer, {no} with none, {failed} failed")
    failed = sum(n for (_, result), n in counts.items() if result == "failed")
    print(f"{sum(counts.values()) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
