"""The Pareto frontier and the solution points, as CSV on standard output.

    python3 examples/python/frontier.py [SCENARIO] [PARTY…]
"""

import csv
import sys

import truce


def main(path: str = "scenarios/istanbul-2025.truce.yaml", *over: str) -> None:
    talks = truce.load(path)
    front = talks.frontier(over=over or [party.id for party in talks.parties if party.has_preferences][:2])
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["point", *front.parties, *(issue.id for issue in talks.issues)])
    for number, row in enumerate(front.utilities.tolist(), 1):
        out.writerow([number, *row, *front.outcome(number - 1).values()])
    for name, solution in talks.points(over=front.parties).solutions.items():
        for row, outcome in zip(solution.utilities.tolist(), solution.outcomes):
            out.writerow([name, *row, *outcome.values()])


main(*sys.argv[1:])
