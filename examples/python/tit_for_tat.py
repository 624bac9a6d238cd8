"""A strategy as a class: gives what it was given, seen from its own side, and meets the library's own.

    python3 examples/python/tit_for_tat.py [SCENARIO]
"""

import sys

import truce


class Mirror(truce.Strategy):
    """Concedes by as much as the other's offers got better for it (Faratin, Sierra, Jennings 1998, relative)."""

    def begin(self, seat: truce.Seat) -> None:
        self.first = self.last = None

    def hear(self, seat: truce.Seat, by: int, offer: int) -> None:
        self.last = seat.utility(offer)
        if self.first is None:
            self.first = self.last

    def offer(self, seat: truce.Seat) -> truce.Offered:
        gained = 0.0 if self.first is None else max(0.0, self.last - self.first)
        return seat.at_least(max(seat.least, seat.greatest - gained))


def main(path: str = "scenarios/tiny.truce.yaml") -> None:
    standings = truce.tournament([Mirror, "boulware", "conceder", "micro"], path)
    print(f"{'Strategy':<10} {'Score':>6} {'95 %':>15}")
    for one in standings.scores:
        print(f"{one.strategy:<10} {one.score:>6.2f} {one.low:>7.2f}..{one.high:.2f}")


main(*sys.argv[1:])
