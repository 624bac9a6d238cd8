#!/usr/bin/env python3
"""What calls of the Python package cost: PYTHONPATH=python python3 bench/python.py [--json]

A measurement, not a test. Figures are processor time, the best of five runs: what other programs do
matters little then.
"""

import argparse
import array
import json
import pathlib
import platform
import random
import time

import truce

ROOT = pathlib.Path(__file__).resolve().parent.parent
TINY, ISTANBUL = (str(ROOT / "scenarios" / f"{name}.truce.yaml") for name in ("tiny", "istanbul-2025"))


def seconds_of(call, times):
    """Processor seconds of one call, the best of five runs of so many."""
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for _ in range(times):
            call()
        best = min(best, time.process_time() - began)
    return best / times


class Patient(truce.Strategy):
    """Asks little of Python, so that the way in and out is what is measured."""

    def offer(self, seat):
        return seat.best()

    def answer(self, seat, offer):
        return truce.REJECT


def rows_of(talks, count):
    """So many random outcomes, as one buffer."""
    dice = random.Random(1)
    numbers = [dice.randrange(len(issue.values)) for _ in range(min(count, 20000)) for issue in talks.issues]
    flat = array.array("I", numbers) * max(1, count // 20000)
    if truce.has_numpy():
        import numpy
        return numpy.frombuffer(flat, numpy.uint32).reshape(-1, len(talks.issues))
    return flat


def figures():
    """Yields what was measured, how much, and in what unit."""
    talks, many = truce.load(ISTANBUL), 10 ** 6
    yield "load the Istanbul scenario", 1e3 * seconds_of(lambda: truce.load(ISTANBUL).close(), 20), "ms"
    outcome, indices = talks.today(), talks.indices(talks.today())
    yield "one utility, by names", 1e6 * seconds_of(lambda: talks.utility(outcome, "UA"), 5000), "us"
    yield "one utility, by indices", 1e6 * seconds_of(lambda: talks.utility(indices, "UA"), 5000), "us"
    row = array.array("I", indices)
    yield "one utility, as a buffer", 1e6 * seconds_of(lambda: talks.utilities(row, "UA"), 5000), "us"
    rows = rows_of(talks, many)
    yield "utilities in bulk, 8 issues, one party", many / seconds_of(lambda: talks.utilities(rows, "US"), 1) / 1e6, \
        "million/s"
    yield "utilities in bulk, 8 issues, all 5 parties", many / seconds_of(lambda: talks.utilities(rows), 1) / 1e6, \
        "million/s"
    made = truce.generate(30, 10, rules=20, seed=1)
    rows = rows_of(made, many // 5)
    yield "utilities in bulk, 30 issues, one party", \
        many / 5 / seconds_of(lambda: made.utilities(rows, "p1"), 1) / 1e6, "million/s"
    yield "frontier of Istanbul, two parties", 1e3 * seconds_of(lambda: talks.frontier(over=["UA", "RU"]), 20), "ms"
    yield "frontier of a space of 10^30", 1e3 * seconds_of(made.frontier, 3), "ms"
    yield "clashes of Istanbul", 1e3 * seconds_of(talks.clashes, 20), "ms"
    well = truce.load(TINY)
    yield "one session, library's strategies", 1e6 * seconds_of(lambda: well.negotiate("boulware"), 100), "us"
    rounds = 1000
    session = seconds_of(lambda: well.negotiate(Patient, rounds=rounds), 3)
    yield "one session of 1,000 rounds, own classes", 1e3 * session, "ms"
    yield "one call of an own class (offer or answer)", 1e6 * session / (4 * rounds), "us"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    measured = list(figures())
    if options.json:
        print(json.dumps({name: {"value": value, "unit": unit} for name, value, unit in measured}, indent=1))
        return
    print(f"truce {truce.__version__}, Python {platform.python_version()}, "
          f"{'with' if truce.has_numpy() else 'without'} NumPy, {platform.machine()}")
    for name, value, unit in measured:
        print(f"{name:<44}{value:>10.3g} {unit}")


if __name__ == "__main__":
    main()
