#!/usr/bin/env python3
"""Frontiers of scenarios that are changed in ways whose effect is known.

    metamorphic.py --truce build/src/cmd/truce [--count 60] [--seed 1]

A party's worths scaled, parties or issues in another order, an issue that nobody rates, a
value that stands twice, one red line more. The last line counts.
"""

import argparse
import copy
import json
import random
import subprocess
import sys

truce = None
passed = failed = 0


def made(draw):
    """A scenario as plain data: worth[party][issue][value], rules, red lines, bonuses."""
    parties, issues = draw.randint(2, 4), draw.randint(2, 7)
    values = [draw.randint(2, 4) for _ in range(issues)]
    names = [f"i{k}" for k in range(issues)]
    fine = draw.choice([5, 20, 1000])  # coarse worths tie
    return {
        "issues": {name: [f"v{v}" for v in range(count)] for name, count in zip(names, values)},
        "worth": {f"P{p}": {name: [draw.randint(0, fine) for _ in range(count)]
                            for name, count in zip(names, values)} for p in range(parties)},
        "rules": [term(draw, names, values) + (term(draw, names, values),)
                  for _ in range(draw.randint(0, 2))],
        "red": {f"P{draw.randrange(parties)}": [draw.choice(names)]} if draw.random() < .3 else {},
        "bonus": {"P0": (term(draw, names, values), draw.randint(-fine, fine))} if draw.random() < .4 else {},
    }


def term(draw, names, values):
    k = draw.randrange(len(names))
    return names[k], f"v{draw.randrange(values[k])}"


def text_of(one):
    lines = ["truce: 1", "id: made", "parties:"]
    lines += [f"  {p}: {{role: principal, consent: all}}" for p in one["worth"]]
    lines += ["issues:"]
    lines += [f"  {i}: {{values: [{', '.join(v)}], status-quo: {v[0]}}}" for i, v in one["issues"].items()]
    if one["rules"]:
        lines += ["rules:"]
        lines += [f"  r{k}: {{by: logic, if: {a} = {b}, then: {c[0]} != {c[1]}}}"
                  for k, (a, b, c) in enumerate(one["rules"])]
    lines += ["preferences:"]
    for p, worth in one["worth"].items():
        lines += [f"  {p}:", "    sum: as-given", "    weights: {" + ", ".join(f"{i}: 1" for i in worth) + "}",
                  "    worth: {" + ", ".join(f"{i}: {w}" for i, w in worth.items()) + "}"]
        if p in one["red"]:
            issue = one["red"][p][0]
            lines += [f"    red-lines: [{{if: {issue} = {one['issues'][issue][-1]}}}]"]
        if p in one["bonus"]:
            (issue, value), worth_of = one["bonus"][p]
            lines += [f"    bonus: [{{if: {issue} = {value}, worth: {worth_of}}}]"]
    return "\n".join(lines) + "\n"


def frontier(one):
    """{utilities by party: number of outcomes}, in the order of the parties."""
    done = subprocess.run([truce, "frontier", "-", "--json", "--outcomes", "none"], input=text_of(one),
                          text=True, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{done.stderr}\n{text_of(one)}")
    return {tuple(point["u"]): int(point["n"]) for point in json.loads(done.stdout)["answer"]["points"]}


def holds(is_so, sentence, one):
    global passed, failed
    if is_so:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {sentence}\n{text_of(one)}")


def scaled(draw, one, found):
    changed, factor = copy.deepcopy(one), draw.choice([2, 3, 7])
    for issue, worths in changed["worth"]["P1"].items():
        changed["worth"]["P1"][issue] = [factor * w for w in worths]
    if "P1" in changed["bonus"]:
        return
    holds(frontier(changed) == {(u[0], factor * u[1]) + u[2:]: n for u, n in found.items()},
          "a scaled party has a scaled frontier", changed)


def parties_permuted(draw, one, found):
    changed, order = copy.deepcopy(one), list(one["worth"])
    draw.shuffle(order)
    changed["worth"] = {p: one["worth"][p] for p in order}
    places = [list(one["worth"]).index(p) for p in order]
    holds(frontier(changed) == {tuple(u[k] for k in places): n for u, n in found.items()},
          "the order of parties changes nothing else", changed)


def issues_permuted(draw, one, found):
    changed, order = copy.deepcopy(one), list(one["issues"])
    draw.shuffle(order)
    changed["issues"] = {i: one["issues"][i] for i in order}
    changed["worth"] = {p: {i: w[i] for i in order} for p, w in one["worth"].items()}
    holds(frontier(changed) == found, "the order of issues changes nothing", changed)


def null_issue(draw, one, found):
    changed, count = copy.deepcopy(one), draw.randint(2, 5)
    changed["issues"]["nothing"] = [f"v{v}" for v in range(count)]
    for worth in changed["worth"].values():
        worth["nothing"] = [0] * count
    holds(frontier(changed) == {u: n * count for u, n in found.items()},
          "an issue that nobody rates multiplies the counts", changed)


def value_doubled(draw, one, found):
    changed, issue = copy.deepcopy(one), draw.choice(list(one["issues"]))
    used = {issue for rule in one["rules"] for issue in (rule[0], rule[2][0])}
    used |= {pair[0][0] for pair in one["bonus"].values()} | {red[0] for red in one["red"].values()}
    if issue in used:
        return
    changed["issues"][issue].append("again")
    for worth in changed["worth"].values():
        worth[issue].append(worth[issue][0])
    after = frontier(changed)
    holds(after.keys() == found.keys() and all(n <= after[u] <= 2 * n for u, n in found.items()),
          "a value that stands twice adds outcomes and no points", changed)


def red_line(draw, one, found):
    changed, party = copy.deepcopy(one), draw.choice(list(one["worth"]))
    changed["red"] = {**one["red"], party: [draw.choice(list(one["issues"]))]} if party not in one["red"] else one["red"]
    covered = all(any(all(a >= b for a, b in zip(before, after)) for before in found)
                  for after in frontier(changed))
    holds(covered, "a red line more brings nothing that was not reached before", changed)


def main():
    global truce
    parser = argparse.ArgumentParser()
    parser.add_argument("--truce", required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    truce, draw = arguments.truce, random.Random(arguments.seed)
    for _ in range(arguments.count):
        one = made(draw)
        found = frontier(one)
        for change in (scaled, parties_permuted, issues_permuted, null_issue, value_doubled, red_line):
            change(draw, one, found)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
