"""What if an outside option were worth more or less? Deals by the floor of one party, as a table.

    python3 examples/python/what_if.py [SCENARIO] [PATH]
"""

import sys

import truce


def main(path: str = "scenarios/istanbul-2025.truce.yaml", number: str = "UA.outside.worth") -> None:
    print(f"{number:>16}  acceptable  efficient")
    for worth in range(40, 75, 5):
        deals = truce.load(path, set={number: worth}).deals()
        print(f"{worth:>16}  {deals.acceptable:>10}  {deals.efficient:>9}")


main(*sys.argv[1:])
