#!/usr/bin/env python3
"""Checks `truce flip` by trying: does this number reverse the answer, and none sooner?

    flip_bisection.py --truce build/truce --count 200 --seed 1 [--jobs 2] [FILE…]

For each answer of a random scenario (a deal exists, a move is in `now`, an observed
decision is reproduced) and each number of basis A, E or D, the oracle answers anew with
the number moved outward step by step until the answer is another one, and narrows that
step down by bisection. A step ends where some utility crosses a floor or the utility of
the status quo, and another halfway to the next crossing, so none is stepped over.
"""

import multiprocessing
import pathlib
import sys
import tempfile
from fractions import Fraction

import yaml

import compare
import random_scenarios
import truce_oracle as oracle

LARGEST = 60  # outcomes of a scenario
NARROW = Fraction(1, 10**9)
FAR = 1000  # how far beyond the last crossing an unbounded number is tried


# ---------------------------------------------------------------- the numbers of a file


class Number:
    """A number of the file that may be moved, where it stands in the tree."""

    def __init__(self, path, party, container, key, low, high):
        self.path, self.party = path, party
        self.node = container[key]
        self.low, self.high = low, high
        self.container, self.key = container, key
        if isinstance(self.node, dict):
            self.container = self.node
            self.key = "mode" if "mode" in self.node else "worth"
            if "low" in self.node:
                self.low = oracle.number(self.node["low"])
                self.high = oracle.number(self.node["high"])
        self.text = self.container[self.key]
        self.value = oracle.number(self.text)

    def set(self, value):
        self.container[self.key] = value

    def reset(self):
        self.container[self.key] = self.text


def numbers_of(scenario):
    """Those of basis A, E or D, by path. A cap bends a utility, and `flip` is exact for
    straight ones only: of a party with a cap only the floor may move."""
    found = {}
    for party, node in scenario.preferences.items():
        for number in numbers_of_party(scenario, party, node):
            basis = node.get("basis", "A")
            if isinstance(number.node, dict):
                basis = number.node.get("basis", basis)
            straight = "cap" not in node or number.path.endswith(".outside.worth")
            if basis in "AED" and straight:
                found[number.path] = number
    return found


def numbers_of_party(scenario, party, node):
    weights = node.get("weights") or {}
    for name in weights:
        yield Number(f"{party}.weights.{name}", party, weights, name, 0, None)
    for name, worths in (node.get("worth") or {}).items():
        keys = range(len(worths)) if isinstance(worths, list) else worths
        for key in keys:
            value = scenario.issues[name].values[key] if isinstance(key, int) else key
            yield Number(f"{party}.worth.{name}.{value}", party, worths, key, 0, 100)
    for i, bonus in enumerate(oracle.listed(node.get("bonus")), 1):
        yield Number(f"{party}.bonus.{i}.worth", party, bonus, "worth", -100, 100)
    outside = node.get("outside")
    if outside is not None and not (isinstance(outside, dict) and "outcome" in outside):
        yield Number(f"{party}.outside.worth", party, node, "outside", 0, 100)


# ---------------------------------------------------------------- the answers


class Answer:
    """A question with yes or no. `about` is None for a deal, else the outcomes whose
    utilities to `party` (None: any) are compared."""

    def __init__(self, name, holds, party=None, about=None):
        self.name, self.holds, self.party, self.about = name, holds, party, about


def answers_of(scenario):
    s = scenario
    yield Answer("deal", lambda: oracle.Space(s).acceptable() != 0)
    held = oracle.held_issues(oracle.constraints_of(s), relaxed_too=False)

    def signable(outcome):
        change = {p: s.utility(p, outcome) - s.utility(p, s.now) for p in s.parties}
        return oracle.signable(s, outcome, change, held)

    for outcome in oracle.moves(s, 1):
        if signable(outcome):
            (name,) = s.changed(outcome)
            value = s.issues[name].values[outcome[name]]
            about = (outcome, s.now)
            holds = lambda outcome=outcome: signable(outcome)
            yield Answer(f"move:{name}={value}", holds, about=about)
    for row in oracle.reality(s):
        offer = s.chosen(s.observed[row["id"]]["offer"])
        outcome = {**s.status_quo, **offer}

        def reproduced(row=row, outcome=outcome):
            return oracle.judged(s, row["party"], outcome)["says"] == row["did"]

        name = f"observed:{row['id']}:{row['party']}"
        yield Answer(name, reproduced, row["party"], (outcome, s.status_quo))


# ---------------------------------------------------------------- the search


def crossings(scenario, number, answer):
    """Where the number makes a utility of its party cross a floor or the utility of the
    status quo. Each difference, times the sum of the weights, is linear."""
    try:
        lines = [differences_at(scenario, number, answer, x) for x in (1, 2)]
    finally:
        number.reset()
    found = {Fraction(0)}  # the last weight may fall to nothing
    for at_one, at_two in zip(*lines):
        if at_one != at_two:
            found.add(1 - at_one / (at_two - at_one))
    return found


def differences_at(scenario, number, answer, value):
    number.set(Fraction(value))
    party = number.party
    weights = scenario.preferences[party].get("weights") or {}
    as_given = scenario.preferences[party].get("sum") == "as-given"
    total = 1 if as_given else sum(oracle.mode(w) for w in weights.values()) or 1
    if answer.about is not None:
        outcome, start = answer.about
        change = scenario.utility(party, outcome) - scenario.utility(party, start)
        return [change * total]
    space, floor = oracle.Space(scenario), scenario.floor(party) or 0
    return [(space.exact_utility(party, n) - floor) * total for n in range(space.count)]


def steps(number, crossed, sign):
    """Where to try the number on one side of its value, outward."""
    value = number.value
    limit = number.high if sign > 0 else number.low
    beyond = [x for x in crossed if (x - value) * sign > 0]
    if limit is None:
        limit = max(beyond, default=value) + FAR
    stops = sorted({x for x in beyond if (limit - x) * sign > 0} | {Fraction(limit)})
    if sign < 0:
        stops.reverse()
    before = value
    for stop in stops:
        if stop != value:
            yield (before + stop) / 2
            yield stop
        before = stop


class Reversal:
    """The nearest value of a number that reverses an answer."""

    def __init__(self, number, threshold, must_pass):
        self.number, self.threshold, self.must_pass = number, threshold, must_pass
        self.distance = abs(threshold - number.value)


def nearest_reversals(scenario, number, answer, holds, best):
    """The nearest on either side, none farther than `best` (None: anywhere)."""
    if answer.party not in (None, number.party):
        return []
    crossed = crossings(scenario, number, answer)

    def reversed_at(value):
        number.set(value)
        try:
            return answer.holds() != holds
        finally:
            number.reset()

    found = []
    for sign in (1, -1):
        before = number.value
        for at in steps(number, crossed, sign):
            if best is not None and abs(before - number.value) > best + NARROW:
                break
            if reversed_at(at):
                found.append(narrowed(number, before, at, reversed_at))
                break
            before = at
    return found


def narrowed(number, kept, reversed_, reversed_at):
    """Bisects between a value that keeps the answer and one that reverses it."""
    ends = (kept, reversed_)
    while abs(reversed_ - kept) > NARROW:
        middle = (kept + reversed_) / 2
        if reversed_at(middle):
            reversed_ = middle
        else:
            kept = middle
    threshold = min(ends, key=lambda end: abs(end - kept))
    if abs(threshold - kept) > 2 * NARROW:
        threshold = kept  # between the steps: then it is not exact
    return Reversal(number, threshold, not reversed_at(threshold))


def smallest_reversals(scenario, answer):
    """Whether the answer holds, and all reversals as near as the nearest."""
    holds = answer.holds()
    found, best = [], None
    for number in numbers_of(scenario).values():
        found += nearest_reversals(scenario, number, answer, holds, best)
        best = min((r.distance for r in found), default=None)
    return holds, [r for r in found if r.distance <= best + NARROW]


# ---------------------------------------------------------------- truce's answer


def compare_flips(scenario, answer, differences):
    rows = {row.get("answer"): row for row in answer.get("flips") or []}
    expected = list(answers_of(scenario))
    differences.same("answers", sorted(a.name for a in expected), sorted(rows))
    for asked in expected:
        if asked.name in rows:
            compare_flip(scenario, asked, rows[asked.name], differences)
    return bool(expected)


def compare_flip(scenario, asked, row, differences):
    holds, nearest = smallest_reversals(scenario, asked)
    what = asked.name
    differences.same(f"{what}: holds", holds, row.get("holds"))
    if row.get("number") is None:
        paths = [f"{r.number.path} at {float(r.threshold):.9g}" for r in nearest]
        differences.same(f"{what}: numbers that reverse it", paths, [])
        return
    differences.true(
        f"{what}: no number reverses it, got {compare.show(row)}", bool(nearest)
    )
    if not nearest:
        return
    same = [r for r in nearest if r.number.path == row["number"]]
    if not same:
        paths = [f"{r.number.path} by {float(r.distance):.9g}" for r in nearest]
        got = [row["number"], row.get("distance")]
        differences.same(f"{what}: nearest", paths, got)
        return
    threshold = row.get("threshold")
    near = min(same, key=lambda r: abs(r.threshold - Fraction(threshold or 0)))
    differences.near(f"{what}: from", near.number.value, row.get("from"))
    differences.near(f"{what}: distance", near.distance, row.get("distance"))
    differences.near(f"{what}: threshold", near.threshold, threshold)
    differences.same(f"{what}: must pass", near.must_pass, row.get("must_pass"))


def compare_scenario(task):
    options, seed, path = task
    differences = compare.Differences()
    with tempfile.TemporaryDirectory() as folder:
        if path is None:
            path = pathlib.Path(folder) / f"flip-{seed}.truce.yaml"
            text = random_scenarios.scenario(seed, LARGEST)
            path.write_text(text, encoding="utf-8")
        text = path.read_text(encoding="utf-8")
        scenario = oracle.Scenario(yaml.load(text, Loader=oracle.LOADER))
        code, answer, said = compare.ask(options.truce, "flip", path, ["--draws", "10"])
        if answer is None:
            differences.append(f"exit {code} without JSON: {said}")
        else:
            yes = compare_flips(scenario, answer.get("answer") or {}, differences)
            differences.same("exit code", 0 if yes else 1, code)
        if not differences:
            return None
        kept = compare.keep(options.keep, path.name, text)
        return "\n    ".join([f"truce flip {kept} --draws 10", *differences[:6]])


def main(arguments):
    options = compare.options_from(arguments)
    with multiprocessing.Pool(options.jobs) as pool:
        tasks = compare.tasks_of(options)
        reports = [r for r in pool.imap(compare_scenario, tasks, chunksize=2) if r]
    for report in reports[: options.reports]:
        print(report)
    print(f"{len(tasks) - len(reports)} passed, {len(reports)} failed")
    return 1 if reports else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
