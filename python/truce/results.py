"""What the questions answer, as dataclasses.

Every answer says how it is proved and on what it rests, and keeps the library's own JSON in ``json``. Counts are
Python integers, or a ``Bounds`` when only its two ends are known. Outcomes are dicts from issue to value by name, in
the order of the file. Doubles of answers that come as JSON have 12 significant digits; arrays have every bit.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from ._arrays import Array


class Status(enum.IntEnum):
    """How a question ended; the numbers are the exit codes of the command."""

    OK = 0  #: found
    NONE = 1  #: proved: there is none
    LIMIT = 4  #: time or memory ended; the answer says what is proved so far


@dataclass(frozen=True)
class Proof:
    """How an answer is proved: "proved", "bounded" or "sampled", and by what."""

    how: str
    by: str
    seed: Optional[int] = None
    draws: Optional[int] = None

    def __str__(self) -> str:
        return f"{self.how}: {self.by}"


@dataclass(frozen=True)
class Grounds:
    """On what an answer rests: ids of facts and claims, and how many numbers were assumed."""

    facts: Tuple[str, ...]
    claims: Tuple[str, ...]
    assumed: int


@dataclass(frozen=True)
class Bounds:
    """A count that is out of reach lies between these; None where there is no such bound."""

    low: Optional[int]
    high: Optional[int]


Count = Union[int, Bounds, None]
Outcome = Dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What all answers have. False in a condition when it is proved that there is none: ``if scenario.deals(): …``"""

    status: Status
    proof: Proof
    rests_on: Grounds
    json: Mapping[str, Any] = field(repr=False)

    def __bool__(self) -> bool:
        return self.status != Status.NONE


@dataclass(frozen=True)
class Brief(Answer):
    """All parts of the brief. ``sections`` maps each part's name to its JSON."""

    sections: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Rated:
    """An outcome and what it is worth to each party."""

    outcome: Outcome
    utilities: Dict[str, float]


@dataclass(frozen=True)
class Deals(Answer):
    """Which outcomes everybody needed could accept. ``points`` lists the tied outcomes of each fair point."""

    outcomes: Count
    acceptable_to_principals: Count
    acceptable: Count
    efficient: Count
    over: Tuple[str, ...]
    floors: Dict[str, float]
    points: Dict[str, List[Rated]] = field(repr=False)
    blocked_by: Tuple[str, ...]


@dataclass(frozen=True)
class Clash:
    """A minimal set of demands that cannot all hold.

    ``witnesses`` has for each member an outcome that keeps all the others; ``logic`` the rules of logic in it.
    """

    members: Tuple[str, ...]
    by: Dict[str, List[str]]
    witnesses: Dict[str, Outcome] = field(repr=False)
    logic: Tuple[str, ...]


@dataclass(frozen=True)
class Clashes(Answer):
    """Every clash, fewest members first. ``cut``: there are, or may be, more."""

    clashes: Tuple[Clash, ...]
    members: int
    cut: bool

    def __iter__(self) -> Any:
        return iter(self.clashes)

    def __len__(self) -> int:
        return len(self.clashes)


@dataclass(frozen=True)
class Way:
    """A minimal set of demands to let go; ``outcomes`` counts what remains, ``because`` what rules each out."""

    give: Tuple[str, ...]
    by: Dict[str, List[str]]
    outcomes: Count
    because: Dict[str, List[str]]


@dataclass(frozen=True)
class Unlock(Answer):
    """Every minimal way to a deal, fewest demands first."""

    ways: Tuple[Way, ...]
    fewest: Optional[int]
    cut: bool
    blocked_by: Tuple[str, ...]

    def __iter__(self) -> Any:
        return iter(self.ways)

    def __len__(self) -> int:
        return len(self.ways)


@dataclass(frozen=True)
class Constraint:
    """One arrow of a cycle: ``first`` before ``then``, as ``by`` has it."""

    id: str
    first: str
    then: str
    by: str
    relaxed: bool
    met: bool


@dataclass(frozen=True)
class Order(Answer):
    """Who waits for whom: cycles, what would break them, gates, what is ``held`` by which constraints, and ``free``."""

    cycles: Tuple[Tuple[Constraint, ...], ...]
    breaks: Tuple[Tuple[str, ...], ...]
    unbreakable: bool
    gates: Tuple[str, ...]
    held: Dict[str, List[str]]
    free: Tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """A change from today. ``may_sign`` and ``needed`` say "yes", "refer", "no" or "absent"."""

    set: Outcome
    change: Dict[str, float]
    may_sign: str
    needed: Dict[str, str]
    seen: Optional[str]


@dataclass(frozen=True)
class Now(Answer):
    """What can be signed today: ``tried`` changes were looked at, ``held`` of them wait for something else."""

    moves: Tuple[Move, ...]
    tried: int
    held: int
    cut: bool
    below_floor: Tuple[str, ...]

    def __iter__(self) -> Any:
        return iter(self.moves)

    def __len__(self) -> int:
        return len(self.moves)


@dataclass(frozen=True)
class Date:
    """``day`` days from now: floors, and how many outcomes are acceptable then."""

    day: int
    floors: Dict[str, float]
    acceptable: Count


@dataclass(frozen=True)
class Change:
    """An answer that is no longer the same from ``day`` on."""

    day: int
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Wait(Answer):
    """What time does. ``threats`` are as in the JSON."""

    dates: Tuple[Date, ...]
    changes: Tuple[Change, ...]
    threats: Tuple[Mapping[str, Any], ...] = field(repr=False)


@dataclass(frozen=True)
class Tally(Answer):
    """How many outcomes there are, break no logic, break nothing, are rational, are acceptable."""

    outcomes: Count
    possible: Count
    permitted: Count
    rational: Count
    acceptable: Count


@dataclass(frozen=True)
class Metrics(Answer):
    """What characterises a domain; arrays go by party, numbers are None where not known."""

    parties: Tuple[str, ...]
    outcomes: Count
    rational: Count
    rational_fraction: Optional[float]
    least: List[Optional[float]]
    greatest: List[Optional[float]]
    mean: List[Optional[float]]
    reservation: List[Optional[float]]
    best_rational: List[Optional[float]]
    frontier_size: Optional[int]
    opposition_genius: Optional[float]
    opposition_kalai: Optional[float]
    opposition_negmas: Optional[float]
    opposition_minmax: Optional[float]
    conflict: Optional[float]
    correlation: Optional[float]


@dataclass(frozen=True, eq=False)
class Outcomes(Answer):
    """The best (or worst) outcomes of one party. ``all``: there are no more.

    ``utilities`` [outcomes, parties] has NaN for a party without preferences; ``indices`` [outcomes, issues].
    """

    party: str
    parties: Tuple[str, ...]
    all: bool
    utilities: Array = field(repr=False)
    indices: Array = field(repr=False)
    outcomes: Tuple[Outcome, ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.outcomes)


@dataclass(frozen=True, eq=False)
class Solution:
    """One solution point: all tied vectors of utilities, each with one outcome.

    ``absent``: the convention does not know it. ``how`` is "proved" or "bounded", and then the optimum lies between
    ``value`` and ``bound``.
    """

    name: str
    outcomes: Tuple[Outcome, ...]
    utilities: Array
    how: str
    absent: bool
    value: float
    bound: float
    ties_complete: bool

    def __len__(self) -> int:
        return len(self.outcomes)


@dataclass(frozen=True, eq=False)
class Points(Answer):
    """The solution points over the rational outcomes; ``points["nash"]`` is a Solution."""

    parties: Tuple[str, ...]
    disagreement: Array
    ideal: Array
    solutions: Dict[str, Solution]

    def __getitem__(self, name: str) -> Solution:
        return self.solutions[name]


@dataclass(frozen=True)
class Turn:
    """One thing said. ``said`` is "offer", "accept", "reject", "leave" or "draft"; ``party`` None: the mediator."""

    round: int
    time: float
    party: Optional[str]
    said: str
    outcome: Optional[Outcome]
    utilities: Optional[Tuple[float, ...]]


@dataclass(frozen=True)
class SeatResult:
    """What a session came to for one party."""

    party: str
    strategy: str
    utility: float
    discounted: float
    advantage: float
    concession: float
    offers: int
    moves: Dict[str, int]
    fault: Optional[str]


@dataclass(frozen=True)
class Session(Answer):
    """One session. ``ended`` is "agreed", "timed out", "left" or "forfeit"; distances are NaN unless measured."""

    protocol: str
    rounds: int
    seconds: float
    seed: int
    ended: str
    step: int
    time: float
    agreement: Optional[Outcome]
    seats: Tuple[SeatResult, ...]
    welfare: float
    nash_product: float
    to_frontier: float
    to_nash: float
    to_kalai_smorodinsky: float
    to_egalitarian: float
    optimality: float
    turns: Sequence[Turn] = field(repr=False)
    remark: Optional[str]

    @property
    def utilities(self) -> Dict[str, float]:
        """What each party has in the end."""
        return {seat.party: seat.utility for seat in self.seats}


@dataclass(frozen=True)
class Scored:
    """One strategy of a tournament: its mean score with a 95 % interval."""

    strategy: str
    score: float
    low: float
    high: float
    seats: int
    agreed: float
    step: float


@dataclass(frozen=True)
class Standings:
    """What came of a tournament, best score first. ``payoffs[row][column]``: what row gets with column at the table."""

    scores: Tuple[Scored, ...]
    payoffs: Dict[str, Dict[str, Optional[float]]]
    sessions: int
    missing: int
    seed: int
    json: Mapping[str, Any] = field(repr=False)
