#!/usr/bin/env python3
"""Marks the results of a class.

    truce outcomes FILE --top 1000000 --csv | marks.py RESULTS.csv

RESULTS.csv has a line of names, "table" and the issues, then a line for each table. Printed are
what each agreement is worth to each party; how many of all permitted outcomes are as good for
everybody and better for somebody (0: nothing was left on the table); and how much each party
could have had more with nobody worse off.
"""

import csv
import sys


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        results = list(csv.DictReader(file))
    issues = [name for name in results[0] if name != "table"]
    names, *rows = csv.reader(sys.stdin)
    parties = names[:names.index(issues[0])]
    at = [names.index(issue) for issue in issues]
    worth = {tuple(row[i] for i in at): tuple(map(float, row[:len(parties)])) for row in rows}
    print(f"{'table':8}", *(f"{party:>7}" for party in parties), " better", *(f"{'+' + party:>7}" for party in parties))
    for result in results:
        mine = worth.get(tuple(result[issue] for issue in issues))
        if mine is None:
            print(f"{result['table']:8} breaks a red line or a rule")
            continue
        better = [other for other in worth.values() if other != mine and all(b >= a for a, b in zip(mine, other))]
        more = [max([other[p] for other in better], default=mine[p]) - mine[p] for p in range(len(parties))]
        print(f"{result['table']:8}", *(f"{one:7g}" for one in mine), f"{len(better):7}", *(f"{one:7g}" for one in more))


if __name__ == "__main__":
    main()
