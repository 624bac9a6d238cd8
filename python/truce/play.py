"""Strategies of one's own, in Python, at the library's table."""

from __future__ import annotations

import ctypes as c
import enum
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union, TYPE_CHECKING

from . import _structs as s
from . import results as r
from ._handles import Owner, Watch, found, text
from ._library import library
from .errors import ChoiceError

if TYPE_CHECKING:
    from .scenario import Scenario


class Reply(enum.IntEnum):
    """The answer to an offer."""

    REJECT = 0
    ACCEPT = 1
    LEAVE = 2


REJECT, ACCEPT, LEAVE = Reply.REJECT, Reply.ACCEPT, Reply.LEAVE

SAID = ("offer", "accept", "reject", "leave", "draft")
ENDS = ("agreed", "timed out", "left", "forfeit")
MOVES = ("silent", "nice", "concession", "selfish", "fortunate", "unfortunate")
#: What a strategy may offer: a number of this session's, an outcome by names or indices, or None to leave.
Offered = Union[int, Mapping[str, str], Sequence[Union[int, str]], None]


class Seat:
    """A party at the table as its strategy sees it: its own preferences, and what was said.

    An offer is a number that means one outcome within this session. A seat is good inside the calls of a strategy.
    """

    __slots__ = ("_address", "_scenario", "_issues")

    def __init__(self, scenario: Optional[Scenario]) -> None:
        self._address: Optional[int] = None
        self._scenario = scenario
        self._issues: int = 0

    def _here(self) -> int:
        if self._address is None:
            raise RuntimeError("a seat is good only inside the calls of a strategy")
        return self._address

    @property
    def number(self) -> int:
        """From 0; the first opens."""
        return int(library.truce_seat_number(self._here()))

    @property
    def count(self) -> int:
        """Seats at the table."""
        return int(library.truce_seat_count(self._here()))

    @property
    def time(self) -> float:
        """0 < t <= 1."""
        return float(library.truce_seat_time(self._here()))

    @property
    def round(self) -> int:
        """From 0."""
        return int(library.truce_seat_round(self._here()))

    @property
    def rounds(self) -> int:
        """How many there are; 0 when the session goes by the clock."""
        return int(library.truce_seat_rounds(self._here()))

    @property
    def reservation(self) -> float:
        """What no agreement is worth to this party."""
        return float(library.truce_seat_reservation(self._here()))

    @property
    def greatest(self) -> float:
        """The best admissible utility."""
        return float(library.truce_seat_greatest(self._here()))

    @property
    def least(self) -> float:
        """The worst admissible utility."""
        return float(library.truce_seat_least(self._here()))

    @property
    def value_counts(self) -> Tuple[int, ...]:
        """How many values each issue has."""
        here = self._here()
        return tuple(library.truce_seat_values(here, n) for n in range(library.truce_seat_issues(here)))

    def utility(self, offer: int) -> float:
        """What an offer is worth to this party."""
        return float(library.truce_seat_utility(self._here(), offer))

    def admits(self, offer: int) -> bool:
        """May this party make or accept it?"""
        return bool(library.truce_seat_admits(self._here(), offer))

    def indices(self, offer: int) -> Tuple[int, ...]:
        """The value indices of an offer."""
        here = self._here()
        issues = library.truce_seat_issues(here)
        room = (s.value * max(1, issues))()
        library.truce_seat_outcome(here, offer, room)
        return tuple(room[:issues])

    def outcome(self, offer: int) -> r.Outcome:
        """An offer by names. In a tournament names are not at hand; indices() are."""
        if self._scenario is None:
            raise RuntimeError("names are not at hand in a tournament; indices() are")
        return self._scenario.named(self.indices(offer))

    def offer(self, outcome: Union[Mapping[str, str], Sequence[Union[int, str]]]) -> int:
        """The number of an outcome, given by names or by indices."""
        if self._scenario is not None:
            given = self._scenario.indices(outcome)
        elif isinstance(outcome, Mapping) or any(isinstance(one, str) for one in outcome):
            raise RuntimeError("names are not at hand in a tournament; give indices")
        else:
            counts = self.value_counts
            given = tuple(int(one) for one in outcome)
            if len(given) != len(counts) or any(not 0 <= one < most for one, most in zip(given, counts)):
                raise ChoiceError(f"no outcome of this session: {given}")
        return int(library.truce_seat_offer(self._here(), (s.value * max(1, len(given)))(*given)))

    def at_least(self, utility: float) -> Optional[int]:
        """The admissible offer worth least among those worth at least so much; None when there is none."""
        return _maybe(library.truce_seat_at_least(self._here(), utility))

    def best(self, place: int = 0) -> Optional[int]:
        """The place-th best admissible offer, from 0; None beyond the last."""
        if place < 0:
            raise ChoiceError(f"places count from 0, not {place}")
        return _maybe(library.truce_seat_best(self._here(), place))

    def last(self, seat: int) -> Optional[int]:
        """The last offer of a seat; None before its first."""
        if not 0 <= seat < self.count:
            raise ChoiceError(f"there are {self.count} seats, from 0, and {seat} is none of them")
        return _maybe(library.truce_seat_last(self._here(), seat))

    def random(self, below: int) -> int:
        """A number in [0, below) from the session's seed."""
        if below < 1:
            raise ChoiceError(f"below must be at least 1, not {below}")
        return int(library.truce_seat_random(self._here(), below))


class Strategy:
    """A strategy of your own: derive, and say what to offer. Any class with an ``offer`` will do.

    Each seat has an object of its own, made without arguments when a class is given. Methods are called from inside
    the session; what they raise ends it and comes out of ``negotiate()``.
    """

    def begin(self, seat: Seat) -> None:
        """Before the first round."""

    def hear(self, seat: Seat, by: int, offer: int) -> None:
        """Another party, by the number of its seat, made this offer."""

    def answer(self, seat: Seat, offer: int) -> Union[Reply, bool]:
        """To an offer on the table. Not overridden: accepts what is worth at least its own next offer."""
        raise NotImplementedError

    def offer(self, seat: Seat) -> Offered:
        """The next offer: a number from the seat, or an outcome; None leaves the talks."""
        raise NotImplementedError

    def vote(self, seat: Seat, draft: int, standing: Optional[int]) -> Union[Reply, bool]:
        """Of a mediated text: for the draft against the text that stands; for the final text, standing is None.

        Not overridden: for what is worth at least as much, and for any final text that is admissible."""
        raise NotImplementedError

    def end(self, seat: Seat) -> None:
        """The session is over."""


def _maybe(offer: int) -> Optional[int]:
    return None if offer == s.NO_OFFER else int(offer)


def _has_own(kind: Any, method: str) -> bool:
    there = getattr(kind, method, None)
    return callable(there) and there is not getattr(Strategy, method)


class Table:
    """The strategies of one session (or tournament): those by name, and ours as callbacks."""

    def __init__(self, given: Sequence[Any], scenario: Optional[Scenario], watch: Watch) -> None:
        self._scenario, self._watch = scenario, watch
        self._structs: List[Any] = []
        self._keep: List[Any] = []
        self._names: Dict[int, str] = {}
        self.names = [one if isinstance(one, str) else self._enter(one) for one in given]
        self.own = (s.strategy * max(1, len(self._structs)))(*self._structs)
        self.own_count = len(self._structs)

    def _enter(self, one: Any) -> str:
        """Makes a strategy of the library out of a class or an object; the same one is entered once."""
        if id(one) in self._names:
            return self._names[id(one)]
        kind = one if isinstance(one, type) else type(one)
        if not _has_own(kind, "offer"):
            raise TypeError(f"a strategy is a name, or has a method offer(seat): {one!r}")
        taken = set(self._names.values())
        name = next(name for name in (kind.__name__ + ("" if n == 1 else f"-{n}") for n in range(1, 1 << 30))
                    if name not in taken)
        self._names[id(one)] = name
        self._keep.append(one)
        self._structs.append(self._strategy(one, kind, name))
        return name

    def _strategy(self, one: Any, kind: Any, name: str) -> Any:
        watch, scenario = self._watch, self._scenario
        sitting: Dict[int, Tuple[Any, Seat]] = {}

        def called(method: str, at: int, mine: int, otherwise: Any, *arguments: Any) -> Any:
            """Calls a method of the one who sits there; what it raises is kept, and the party leaves."""
            if watch.failure is not None and method != "end":  # whoever began may end
                return otherwise
            try:
                who, seat = sitting[mine]
                seat._address = at
                try:
                    return getattr(who, method)(seat, *arguments)
                finally:
                    seat._address = None
            except BaseException as why:
                watch.failure = watch.failure or why
                return otherwise

        def begin(at: int, mine: int, _user: Any) -> None:
            try:
                sitting[mine] = (one() if isinstance(one, type) else one, Seat(scenario))
            except BaseException as why:
                watch.failure = watch.failure or why
                return
            if hasattr(kind, "begin"):
                called("begin", at, mine, None)

        def hear(at: int, mine: int, by: int, offer: int, _user: Any) -> None:
            called("hear", at, mine, None, by, offer)

        def replied(method: str, said: Any) -> int:
            try:
                if isinstance(said, bool):
                    return int(ACCEPT if said else REJECT)
                return int(Reply(said))
            except ValueError:
                watch.failure = TypeError(f"{name}.{method}() returns a Reply, True or False, not {said!r}")
            except BaseException as why:
                watch.failure = why
            return int(LEAVE)

        def answer(at: int, mine: int, offer: int, _user: Any) -> int:
            return replied("answer", called("answer", at, mine, LEAVE, offer))

        def vote(at: int, mine: int, draft: int, standing: int, _user: Any) -> int:
            return replied("vote", called("vote", at, mine, LEAVE, draft, _maybe(standing)))

        def offer(at: int, mine: int, _user: Any) -> int:
            said = called("offer", at, mine, None)
            try:
                if said is None:
                    return s.NO_OFFER
                if isinstance(said, int):
                    return said if 0 <= said < s.NO_OFFER else s.NO_OFFER
                seat = sitting[mine][1]
                seat._address = at
                try:
                    return seat.offer(said)
                finally:
                    seat._address = None
            except BaseException as why:
                watch.failure = why
                return s.NO_OFFER

        def end(at: int, mine: int, _user: Any) -> None:
            if hasattr(kind, "end") and mine in sitting:
                called("end", at, mine, None)
            sitting.pop(mine, None)

        no_hear, no_answer, no_vote = s.hear_call(0), s.answer_call(0), s.vote_call(0)
        calls = [s.begin_call(begin), s.hear_call(hear) if _has_own(kind, "hear") else no_hear,
                 s.answer_call(answer) if _has_own(kind, "answer") else no_answer, s.offer_call(offer),
                 s.vote_call(vote) if _has_own(kind, "vote") else no_vote, s.begin_call(end)]
        self._keep += calls
        return s.strategy(name.encode(), 8, *calls, None)


def run_session(scenario: Scenario, strategies: Sequence[Any], over: Sequence[str], protocol: Optional[str],
                rounds: int, clock: float, seed: int, measured: bool, as_: int,
                seconds: Optional[float]) -> r.Session:
    """Scenario.negotiate() is this."""
    if not strategies:
        raise ChoiceError("negotiate() takes at least one strategy")
    watch = Watch(seconds, 1)
    table = Table(strategies, scenario, watch)
    choices = s.session_choices()
    setattr(choices, "with", ",".join(table.names).encode())
    setattr(choices, "as", as_)
    choices.own, choices.own_count = table.own, table.own_count
    choices.over = scenario._over(over)
    choices.protocol = protocol.encode() if protocol is not None else None
    choices.rounds, choices.seconds, choices.seed, choices.measured = rounds, clock, seed, measured
    address, error = s.pointer(), s.error()
    asked = scenario._address
    with watch:
        status = library.truce_session_run(asked, c.byref(choices), c.byref(watch.stop), c.byref(address),
                                           c.byref(error))
    owner = Owner(scenario._owner.memory, address.value, library.truce_session_free) if address.value else None
    watch.ended()
    found(status, address.value, error)
    assert owner is not None
    return _session(scenario, status, owner)


def _session(scenario: Scenario, status: int, owner: Owner) -> r.Session:
    from .scenario import _LaterJson
    has = s.session.from_address(owner.address)
    parties = scenario._ids(has.parties)
    return r.Session(
        **scenario._head(status, owner.address), json=_LaterJson("session", owner),
        protocol=has.protocol.decode(), rounds=has.rounds, seconds=has.seconds, seed=has.seed, ended=ENDS[has.end],
        step=has.step, time=has.time, agreement=scenario.named(has.agreement) if has.agreement else None,
        seats=tuple(_seat(has.seats[n], parties[n]) for n in range(len(parties))), welfare=has.welfare,
        nash_product=has.nash_product, to_frontier=has.to_frontier, to_nash=has.to_nash,
        to_kalai_smorodinsky=has.to_kalai_smorodinsky, to_egalitarian=has.to_egalitarian, optimality=has.optimality,
        turns=Turns(scenario, parties, owner), remark=text(has.remark))


def _seat(has: Any, party: str) -> r.SeatResult:
    return r.SeatResult(party, has.strategy.decode(), has.utility, has.discounted, has.advantage, has.concession,
                        has.offers, {name: getattr(has.moves, name) for name in MOVES}, text(has.fault))


class Turns(Sequence[r.Turn]):
    """What was said, in order; each turn is made when it is looked at."""

    def __init__(self, scenario: Scenario, parties: Tuple[str, ...], owner: Owner) -> None:
        self._scenario, self._parties, self._owner = scenario, parties, owner
        has = s.session.from_address(owner.address)
        self._turns, self._count = has.turns, has.turn_count

    def __len__(self) -> int:
        return int(self._count)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(f"{len(self)} things were said, from 0, and {place} is none of them")
        has = self._turns[place % len(self)]
        return r.Turn(has.round, has.time, None if has.seat == s.NOBODY else self._parties[has.seat], SAID[has.said],
                      self._scenario.named(has.outcome) if has.outcome else None,
                      tuple(has.utilities[:len(self._parties)]) if has.utilities else None)
