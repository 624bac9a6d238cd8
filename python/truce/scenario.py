"""Scenarios, and the questions that can be asked of them."""

from __future__ import annotations

import ctypes as c
import decimal
import math
import os
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Type, TypeVar, Union

from . import _arrays as arrays
from . import _structs as s
from . import results as r
from ._arrays import Array
from ._handles import Owner, ScenarioMemory, Watch, found, list_of, text, text_array, texts
from ._library import QUESTIONS, json_of, library
from .errors import ChoiceError, InputError, Remark

AS = {"native": 0, "genius": 1, "negmas": 2}
HOW = ("proved", "bounded", "sampled")
KINDS = {"red-lines": 1, "floors": 2, "rules": 4}
Progress = Optional[Callable[[str, float], Any]]
PathLike = Union[str, "os.PathLike[str]"]
#: An outcome as it may be given: {issue: value} by name, or one index or name for each issue.
Given = Union[Mapping[str, str], Sequence[Union[int, str]]]
_A = TypeVar("_A", bound=r.Answer)


@dataclass(frozen=True)
class Party:
    """A party. ``reservation`` is what no agreement is worth to it, None without an outside option."""

    index: int
    id: str
    name: str
    role: str
    has_preferences: bool
    reservation: Optional[float]


@dataclass(frozen=True)
class Issue:
    """An issue with the names of its values. ``status_quo`` is one of them."""

    index: int
    id: str
    title: str
    values: Tuple[str, ...]
    status_quo: str
    ordered: bool
    numeric: bool


class _LaterJson(Mapping[str, Any]):
    """The JSON of a result, written when somebody looks."""

    def __init__(self, name: str, owner: Owner) -> None:
        self._name, self._owner = name, owner
        self._read: Optional[Dict[str, Any]] = None

    def _all(self) -> Dict[str, Any]:
        if self._read is None:
            self._read = json_of(self._name, self._owner.address)
        return self._read

    def __getitem__(self, key: str) -> Any:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


@dataclass(frozen=True, eq=False)
class Frontier(r.Answer):
    """The Pareto frontier: every undominated vector of utilities, best for the first party first.

    ``utilities`` [points, parties] lies in the library's own memory, nothing is copied. ``complete`` is False when a
    limit ended the search: then every point is reached, and some may be missing. ``upper`` bounds each party.
    """

    parties: Tuple[str, ...]
    space: r.Count
    utilities: Array = field(repr=False)
    upper: Array = field(repr=False)
    complete: bool
    epsilon: float
    method: str
    work: int
    _owner: Owner = field(repr=False, compare=False)
    _scenario: Scenario = field(repr=False, compare=False)

    def __len__(self) -> int:
        return int(_at(s.frontier, self._owner.address).size)

    def __bool__(self) -> bool:
        return len(self) > 0

    def outcome(self, point: int) -> r.Outcome:
        """One outcome of a point, by name."""
        room = self._room(point)
        return self._scenario.named(room)

    def indices(self) -> Array:
        """One outcome of each point, as value indices [points, issues]."""
        issues = len(self._scenario.issues)
        address, buffer = arrays.new("I", (len(self), issues))
        for point in range(len(self)):
            if not library.truce_frontier_outcome(self._owner.address, point, address + 4 * issues * point):
                raise ChoiceError("outcomes were not kept: the frontier was found with values_only")
        return arrays.shaped(buffer, "I", (len(self), issues))

    def count(self, point: int) -> r.Count:
        """How many outcomes share a point; None where that is not known."""
        self._checked(point)
        return _counted(library.truce_frontier_count(self._owner.address, point))

    def exact(self, point: int, party: str) -> str:
        """The exact utility, as a fraction "a/b" or a whole number."""
        self._checked(point)
        if party not in self.parties:
            raise ChoiceError(f'the frontier is not over a party "{party}"')
        place = self.parties.index(party)
        room = 64
        while True:
            written = c.create_string_buffer(room)
            needed = library.truce_frontier_exact(self._owner.address, point, place, written, room)
            if needed < room:
                return written.value.decode()
            room = needed + 1

    def _checked(self, point: int) -> None:
        if not 0 <= point < len(self):
            raise IndexError(f"the frontier has {len(self)} points, from 0, and {point} is none of them")

    def _room(self, point: int) -> Any:
        self._checked(point)
        room = self._scenario._row()
        if not library.truce_frontier_outcome(self._owner.address, point, c.addressof(room)):
            raise ChoiceError("outcomes were not kept: the frontier was found with values_only")
        return room


class Scenario:
    """A negotiation, read by ``truce.load()``. It never changes; several threads may ask it at once.

    Questions take ``seconds`` (None: no limit) and where it helps ``threads``, and ``progress``, a function of what is
    done and the part from 0 to 1. Memory is freed when the last object that needs it is gone, or by ``close()`` or a
    ``with`` block as soon as its results are gone, too.
    """

    def __init__(self, address: int, warnings: Sequence[Remark] = ()) -> None:
        self._owner = Owner(ScenarioMemory(address), address, None)
        self._utilities: Optional[Owner] = None
        self.warnings: Tuple[Remark, ...] = tuple(warnings)
        has = _at(s.scenario, address)
        self.id: str = has.id.decode()
        self.title: Optional[str] = text(has.title)
        self.note: Optional[str] = text(has.note)
        self.file: Optional[str] = text(has.file)
        self.sha256: str = has.sha256.decode()
        self.settings: Tuple[str, ...] = texts(has.settings, has.setting_count)
        self.shown_to: Optional[str] = text(has.shown_to)
        self.withheld: int = has.withheld
        self.issues: Tuple[Issue, ...] = tuple(_issue(has.issues[n], n) for n in range(has.issue_count))
        #: of each issue, by name and by index
        self._values: List[Dict[Any, int]] = [
            {key: n for n, name in enumerate(issue.values) for key in (name, n)} for issue in self.issues]
        self._issue_places: Dict[str, int] = {issue.id: issue.index for issue in self.issues}
        self._row: Any = s.value * max(1, len(self.issues))
        self.parties: Tuple[Party, ...] = tuple(self._party(has.parties[n], n) for n in range(has.party_count))
        self._party_places: Dict[str, int] = {party.id: party.index for party in self.parties}

    # ---- lifetime

    def close(self) -> None:
        """Lets the memory go; nothing can be asked any more. Results that are still held stay good."""
        if self._utilities is not None:
            self._utilities.close()
        self._owner.close()

    def __enter__(self) -> Scenario:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        return (f"<truce.Scenario {self.id}: {len(self.parties)} parties, {len(self.issues)} issues, "
                f"{self.size} outcomes>")

    @property
    def _address(self) -> int:
        if not self._owner._open:
            raise ValueError("the scenario is closed")
        return self._owner.address

    # ---- parties, issues, outcomes

    @property
    def size(self) -> int:
        """How many outcomes there are."""
        return math.prod(len(issue.values) for issue in self.issues)

    def party(self, name: Union[str, int]) -> Party:
        """A party by its id, or by its number from 0."""
        if isinstance(name, str):
            if name not in self._party_places:
                raise ChoiceError(f'there is no party "{name}"; there are {", ".join(self._party_places)}')
            return self.parties[self._party_places[name]]
        if not 0 <= name < len(self.parties):
            raise ChoiceError(f"there are {len(self.parties)} parties, from 0, and {name} is none of them")
        return self.parties[name]

    def today(self) -> r.Outcome:
        """The status quo with the agreements in force."""
        room = self._row()
        library.truce_scenario_today(self._address, room)
        return self.named(room)

    def named(self, indices: Any) -> r.Outcome:
        """An outcome by names, from its value indices."""
        return {issue.id: issue.values[indices[n]] for n, issue in enumerate(self.issues)}

    def indices(self, outcome: Given) -> Tuple[int, ...]:
        """The value indices of an outcome, given by name or by index."""
        if isinstance(outcome, Mapping):
            if len(outcome) != len(self.issues) or not all(map(self._issue_places.__contains__, outcome)):
                raise self._misfit(outcome)
            given: Sequence[Union[int, str]] = [outcome[name] for name in self._issue_places]
        else:
            given = outcome
        if len(given) != len(self.issues):
            raise ChoiceError(f"an outcome has {len(self.issues)} values, one for each issue, not {len(given)}")
        try:
            return tuple([places[one] for places, one in zip(self._values, given)])
        except (KeyError, TypeError):
            raise self._stranger(given) from None

    def _misfit(self, outcome: Mapping[str, str]) -> ChoiceError:
        for name in outcome:
            if name not in self._issue_places:
                return ChoiceError(f'there is no issue "{name}"')
        missing = [issue.id for issue in self.issues if issue.id not in outcome]
        return ChoiceError(f"the outcome says nothing of {', '.join(missing)}")

    def _stranger(self, outcome: Sequence[Union[int, str]]) -> ChoiceError:
        for issue, given in zip(self.issues, outcome):
            if isinstance(given, str) and given not in issue.values:
                return ChoiceError(f'unknown value "{given}" of issue "{issue.id}"')
            if not isinstance(given, str) and given not in range(len(issue.values)):
                return ChoiceError(f'issue "{issue.id}" has {len(issue.values)} values, from 0, and {given} is none of '
                                   "them")
        return ChoiceError(f"no outcome: {outcome!r}")

    # ---- utilities

    def utility(self, outcome: Given, party: Union[str, int]) -> float:
        """What one outcome is worth to a party; NaN without preferences. For many, ``utilities()`` is far faster."""
        row = self._row(*self.indices(outcome))
        worth = c.c_double()
        self._rate(self.party(party).index, c.byref(row), 1, c.byref(worth))
        return worth.value

    def utilities(self, outcomes: Any, party: Union[str, int, None] = None) -> Array:
        """What many outcomes are worth, whether they take part or not.

        ``outcomes`` holds value indices, [n, issues]: a C-contiguous buffer of 32-bit whole numbers (a NumPy array of
        uint32, an array('I')) is read where it is; other whole numbers are copied once. A list of dicts by name will
        do, too. Returns [n], or [n, parties] without ``party``; NaN for a party without preferences.
        """
        if isinstance(outcomes, (list, tuple)) and outcomes and isinstance(outcomes[0], Mapping):
            outcomes = [self.indices(one) for one in outcomes]
        address, count, kept = arrays.value_rows(outcomes, len(self.issues))
        place = s.NOBODY if party is None else self.party(party).index
        shape = (count, len(self.parties)) if party is None else (count,)
        worth, buffer = arrays.new("d", shape)
        self._rate(place, address, count, worth)
        del kept
        return arrays.shaped(buffer, "d", shape)

    def _rate(self, party: int, outcomes: Any, count: int, worth: Any) -> None:
        utilities = self._utilities
        if utilities is None:
            utilities = self._utilities = Owner(self._owner.memory, library.truce_utilities_new(self._address),
                                                library.truce_utilities_free)
        elif not utilities._open:
            raise ValueError("the scenario is closed")
        rate = library.truce_utilities_of
        if rate(utilities.address, party, outcomes, count, worth, None):
            error = s.error()  # asked again for the sentence, so that a good call need not make room for one
            rate(utilities.address, party, outcomes, count, worth, c.byref(error))
            raise ChoiceError(error.message.decode())

    # ---- the questions

    def deals(self, *, over: Sequence[str] = (), most: int = 0, day: int = 0, seconds: Optional[float] = None,
              threads: int = 1, progress: Progress = None) -> r.Deals:
        """Which outcomes could everybody needed accept? ``day``: with the floors of so many days from now."""
        choices = s.deals_choices(self._over(over), most, day, None)

        def read(said: Any) -> Dict[str, Any]:
            return dict(_counts(said, "outcomes", "acceptable_to_principals", "acceptable", "efficient"),
                        over=tuple(said["over"]), floors=said["floors"], blocked_by=tuple(said["blocked_by"]),
                        points={name: [r.Rated(one["outcome"], one["utility"]) for one in ties]
                                for name, ties in said["points"].items()})
        return self._json("deals", r.Deals, choices, read, Watch(seconds, threads, progress))

    def clashes(self, *, include: Sequence[str] = (), most: int = 0, seconds: Optional[float] = None,
                progress: Progress = None) -> r.Clashes:
        """Which demands cannot all hold? ``include``: "red-lines", "floors", "rules" take part as well."""
        choices = s.clashes_choices(_kinds(include), most)

        def read(said: Any) -> Dict[str, Any]:
            return {"members": said["members"], "cut": said["cut"], "clashes": tuple(
                r.Clash(tuple(one["members"]), one["by"], one["witness"], tuple(one["logic"]))
                for one in said["clashes"])}
        return self._json("clashes", r.Clashes, choices, read, Watch(seconds, 1, progress))

    def unlock(self, *, without: Sequence[str] = (), most: int = 0, seconds: Optional[float] = None,
               progress: Progress = None) -> r.Unlock:
        """What would have to be let go for a deal? ``without``: kinds that are left out of account."""
        choices = s.unlock_choices(_kinds(without), most)

        def read(said: Any) -> Dict[str, Any]:
            return {"fewest": said["fewest"], "cut": said["cut"], "blocked_by": tuple(said["blocked_by"]),
                    "ways": tuple(r.Way(tuple(one["give"]), one["by"], _count(one, "outcomes"), one["because"])
                                  for one in said["ways"])}
        return self._json("unlock", r.Unlock, choices, read, Watch(seconds, 1, progress))

    def order(self, *, most: int = 0, seconds: Optional[float] = None) -> r.Order:
        """Who waits for whom?"""
        def read(said: Any) -> Dict[str, Any]:
            return {"cycles": tuple(tuple(r.Constraint(**one) for one in cycle) for cycle in said["cycles"]),
                    "breaks": tuple(map(tuple, said["breaks"])), "unbreakable": said["unbreakable"],
                    "gates": tuple(said["gates"]), "free": tuple(said["free"]),
                    "held": {one["step"]: one["by"] for one in said["held"]}}
        return self._json("order", r.Order, s.order_choices(most), read, Watch(seconds, 1))

    def now(self, *, size: int = 1, most: int = 0, seconds: Optional[float] = None) -> r.Now:
        """What can be signed today? ``size``: how many issues change at once."""
        def read(said: Any) -> Dict[str, Any]:
            return {"tried": said["tried"], "held": said["held"], "cut": said["cut"],
                    "below_floor": tuple(said["below_floor"]), "moves": tuple(
                        r.Move(one["set"], one["change"], one["may_sign"], one["needed"], one["seen"])
                        for one in said["moves"])}
        return self._json("now", r.Now, s.now_choices(size, most), read, Watch(seconds, 1))

    def wait(self, *, days: int = 0, step: int = 0, seconds: Optional[float] = None, threads: int = 1) -> r.Wait:
        """What does time do, over so many days (180) in steps (30)?"""
        def read(said: Any) -> Dict[str, Any]:
            return {"dates": tuple(r.Date(one["day"], one["floors"], _count(one, "acceptable"))
                                   for one in said["dates"]),
                    "changes": tuple(r.Change(one["day"], one["what"], one["before"], one["after"])
                                     for one in said["changes"]),
                    "threats": tuple(said["threats"])}
        return self._json("wait", r.Wait, s.wait_choices(days, step), read, Watch(seconds, threads))

    def count(self, *, seconds: Optional[float] = None, threads: int = 1) -> r.Tally:
        """How many outcomes are there, are possible, permitted, rational, acceptable?"""
        def read(said: Any) -> Dict[str, Any]:
            return _counts(said, "outcomes", "possible", "permitted", "rational", "acceptable")
        return self._json("tally", r.Tally, None, read, Watch(seconds, threads))

    def metrics(self, *, over: Sequence[str] = (), seconds: Optional[float] = None, threads: int = 1) -> r.Metrics:
        """What researchers characterise a domain by."""
        def read(said: Any) -> Dict[str, Any]:
            names = [name for name in r.Metrics.__dataclass_fields__ if name in said]
            return {**{name: said[name] for name in names}, "parties": tuple(said["parties"]),
                    **_counts(said, "outcomes", "rational")}
        return self._json("metrics", r.Metrics, self._over(over), read, Watch(seconds, threads))

    def brief(self, *, draws: int = 0, seed: int = 1, days: int = 0, step: int = 0, seconds: Optional[float] = None,
              threads: int = 1, progress: Progress = None) -> r.Brief:
        """All of it on two pages, as the library's JSON; ``sections`` has the parts."""
        choices = s.brief_choices(draws, seed, days, step)
        return self._json("brief", r.Brief, choices, lambda said: {"sections": said},
                          Watch(seconds, threads, progress))

    def ask(self, question: str, *, seconds: Optional[float] = None, threads: int = 1) -> Mapping[str, Any]:
        """The JSON of a question that has no method of its own, with its usual choices: "who", "evidence", "rounds",
        "text", "flips"."""
        if question not in ("who", "evidence", "rounds", "text", "flips"):
            raise ChoiceError(f'there is no question "{question}" to ask; there are who, evidence, rounds, text, flips')
        choices = s.flips_choices(0, 1, 0) if question == "flips" else None
        return self._json(question, r.Answer, choices, lambda said: {}, Watch(seconds, threads)).json

    def frontier(self, *, over: Sequence[str] = (), rational: bool = False,
                 epsilon: Union[float, str, decimal.Decimal] = 0, values_only: bool = False, memory: int = 0,
                 as_: str = "native", seconds: Optional[float] = None, threads: int = 1,
                 progress: Progress = None) -> Frontier:
        """Where can nobody gain unless somebody loses?

        ``over``: the parties judged (all that have preferences); ``rational``: only outcomes that reach every
        outside option; ``epsilon``: points may be left out when a kept one is nowhere worse by more;
        ``values_only``: no outcomes, faster; ``memory``: bytes (8 GiB).
        """
        choices = s.frontier_choices()
        choices.over, choices.rational, choices.epsilon = self._over(over), rational, _decimal(epsilon)
        choices.values_only, choices.memory = values_only, memory
        setattr(choices, "as", _convention(as_))
        status, owner, head = self._find("frontier", choices, Watch(seconds, threads, progress))
        has = _at(s.frontier, owner.address)
        parties = self._ids(has.parties)
        return Frontier(**head, json=_LaterJson("frontier", owner), parties=parties,
                        space=_counted(has.outcomes),
                        utilities=arrays.at_address(_address(has.utilities), owner, "d", (has.size, len(parties))),
                        upper=arrays.at_address(_address(has.upper), owner, "d", (len(parties),)),
                        complete=has.complete, epsilon=has.epsilon, method=has.method.decode() if has.method else "",
                        work=has.work, _owner=owner, _scenario=self)

    def points(self, *, over: Sequence[str] = (), disagreement: str = "reservation", direct: bool = False,
               most: int = 0, as_: str = "native", seconds: Optional[float] = None, threads: int = 1,
               progress: Progress = None) -> r.Points:
        """The solution points. ``disagreement``: "reservation" or "minimum"; ``direct``: search, not scan."""
        if disagreement not in ("reservation", "minimum"):
            raise ChoiceError(f'the disagreement is "reservation" or "minimum", not "{disagreement}"')
        choices = s.points_choices()
        choices.over, choices.direct, choices.most = self._over(over), direct, most
        choices.disagreement = int(disagreement == "minimum")
        setattr(choices, "as", _convention(as_))
        status, owner, head = self._find("points", choices, Watch(seconds, threads, progress))
        has = _at(s.points, owner.address)
        parties = self._ids(has.parties)
        sides = (len(parties),)
        return r.Points(
            **head, json=_LaterJson("points", owner), parties=parties,
            disagreement=arrays.at_address(_address(has.disagreement), owner, "d", sides),
            ideal=arrays.at_address(_address(has.ideal), owner, "d", sides),
            solutions={one.name: one for one in (self._solution(has.solutions[n], n, len(parties))
                                                 for n in range(len(has.solutions)))})

    def _solution(self, has: Any, kind: int, parties: int) -> r.Solution:
        _, buffer = arrays.new("d", (has.count, parties))
        for n in range(has.count):
            for p in range(parties):
                buffer[n * parties + p] = has.items[n].utilities[p]
        return r.Solution(
            name=library.truce_solution_name(kind).decode(), how=HOW[has.how], absent=has.absent, value=has.value,
            bound=has.bound, ties_complete=has.ties_complete,
            outcomes=tuple(self.named(has.items[n].outcome) for n in range(has.count)),
            utilities=arrays.shaped(buffer, "d", (has.count, parties)))

    def outcomes(self, party: Union[str, int], *, top: int = 0, rational: bool = False, worst: bool = False,
                 seconds: Optional[float] = None) -> r.Outcomes:
        """The best outcomes of a party that take part, ten of them unless ``top`` says otherwise."""
        choices = s.best_choices(self.party(party).index, top, rational, worst)
        status, owner, head = self._find("best", choices, Watch(seconds, 1))
        has = _at(s.best, owner.address)
        count, issues, parties = has.count, len(self.issues), len(self.parties)
        return r.Outcomes(
            **head, json=_LaterJson("best", owner), party=self.parties[has.party].id,
            parties=tuple(one.id for one in self.parties), all=has.all,
            utilities=arrays.at_address(_address(has.utilities), owner, "d", (count, parties)),
            indices=arrays.at_address(_address(has.outcomes), owner, "I", (count, issues)),
            outcomes=tuple(self.named(has.outcomes[n * issues:(n + 1) * issues]) for n in range(count)))

    def negotiate(self, *strategies: Any, over: Sequence[str] = (), protocol: Optional[str] = None,
                  rounds: int = 0, clock: float = 0.0, seed: int = 1, measured: bool = False, as_: str = "native",
                  seconds: Optional[float] = None) -> r.Session:
        """Plays one session.

        ``strategies``: one for each seat or one for all; each the name of one of the library's (as ``--with`` takes
        it), or a class or an object of your own (see ``truce.Strategy``). ``rounds`` are 100 unless given, or unless
        ``clock`` gives the session seconds instead. ``measured``: the distances to frontier and points, too.
        ``seconds`` is the patience of the caller. What a strategy of your own raises ends the session and comes out
        of here.
        """
        from .play import run_session
        return run_session(self, strategies, over, protocol, rounds, clock, seed, measured, _convention(as_),
                           seconds)

    # ---- how the questions are asked

    def _over(self, names: Sequence[str]) -> Any:
        if isinstance(names, str):
            raise ChoiceError(f'parties are given as a list of ids: ["{names}"]')
        return list_of(self.party(name).index for name in names)

    def _ids(self, parties: Any) -> Tuple[str, ...]:
        return tuple(self.parties[parties.items[n]].id for n in range(parties.count))

    def _find(self, name: str, choices: Any, watch: Watch) -> Tuple[int, Owner, Dict[str, Any]]:
        address, error = s.pointer(), s.error()
        given = () if QUESTIONS[name][0] is None else (c.byref(choices) if choices is not None else None,)
        scenario, find = self._address, getattr(library, f"truce_{name}_find")
        with watch:
            status = find(scenario, *given, c.byref(watch.stop), c.byref(address), c.byref(error))
        owner = (Owner(self._owner.memory, address.value, getattr(library, f"truce_{name}_free"))
                 if address.value else None)
        watch.ended()
        found(status, address.value, error)
        assert owner is not None
        return status, owner, self._head(status, owner.address)

    def _head(self, status: int, result: int) -> Dict[str, Any]:
        """What every answer has; every result of the library begins with its finding."""
        finding = _at(s.finding, result)
        proof, grounds, has = finding.proof, finding.grounds, _at(s.scenario, self._owner.address)
        drawn = proof.how == 2
        return {
            "status": r.Status(status),
            "proof": r.Proof(HOW[proof.how], (proof.by or b"").decode(), proof.seed if drawn else None,
                             proof.draws if drawn else None),
            "rests_on": r.Grounds(
                tuple(has.facts[grounds.facts.items[n]].label.id.decode() for n in range(grounds.facts.count)),
                tuple(has.claims[grounds.claims.items[n]].label.id.decode() for n in range(grounds.claims.count)),
                grounds.assumed)}

    def _json(self, name: str, kind: Type[_A], choices: Any, read: Callable[[Any], Dict[str, Any]],
              watch: Watch) -> _A:
        status, owner, head = self._find(name, choices, watch)
        try:
            said = json_of(name, owner.address)
        finally:
            owner.close()
        return kind(**head, json=said, **read(said["answer"]))

    # ---- what the scenario is made of

    def _party(self, has: Any, index: int) -> Party:
        outside = has.preferences.outside
        floor: Optional[float] = None
        if has.preferences.given and outside.given:
            floor = _float(outside.worth.mode) if outside.worth.given else 0.0
            if outside.bid:
                row, worth = self._row(*outside.bid[:len(self.issues)]), c.c_double()
                self._rate(index, c.byref(row), 1, c.byref(worth))
                floor += worth.value
        return Party(index, has.label.id.decode(), has.name.decode(), library.truce_role_name(has.role).decode(),
                     has.preferences.given, floor)


def _issue(has: Any, index: int) -> Issue:
    values = texts(has.values, has.value_count)
    return Issue(index, has.label.id.decode(), has.title.decode(), values, values[has.status_quo], has.ordered,
                 has.numeric)


def _at(kind: Any, address: int) -> Any:
    return kind.from_address(address)


def _address(pointer: Any) -> Optional[int]:
    return c.cast(pointer, s.pointer).value


def _float(number: Any) -> float:
    return float(decimal.Decimal(number.digits).scaleb(-number.scale))


def _decimal(number: Union[float, str, decimal.Decimal]) -> Any:
    exact = decimal.Decimal(str(number)).normalize()
    sign, digits, exponent = exact.as_tuple()
    if not isinstance(exponent, int) or exact < 0:
        raise ChoiceError(f"epsilon must be a number from 0, not {number}")
    whole = int("".join(map(str, digits))) * 10 ** max(0, exponent)
    if whole >= 2 ** 63:
        raise ChoiceError(f"epsilon has too many digits: {number}")
    return s.decimal(whole, max(0, -exponent))


def _convention(name: str) -> int:
    if name not in AS:
        raise ChoiceError(f'as_ is one of {", ".join(AS)}, not "{name}"')
    return AS[name]


def _kinds(names: Sequence[str]) -> int:
    if isinstance(names, str):
        names = [names]
    for name in names:
        if name not in KINDS:
            raise ChoiceError(f'kinds are {", ".join(KINDS)}, not "{name}"')
    return sum({KINDS[name] for name in names})


def _bounds(low: Any, high: Any) -> r.Count:
    if low is None and high is None:
        return None
    return r.Bounds(int(low) if low is not None else None, int(high) if high is not None else None)


def _counted(given: Any) -> r.Count:
    return int(given.exact) if given.exact else _bounds(given.low, given.high)


def _count(said: Mapping[str, Any], name: str) -> r.Count:
    exact = said.get(name)
    if exact is not None:
        return int(exact)
    between = said.get(name + "_between")
    return _bounds(*between) if between else None


def _counts(said: Mapping[str, Any], *names: str) -> Dict[str, Any]:
    return {name: _count(said, name) for name in names}


# ---- reading


def _remarks(diagnostics: Any) -> Tuple[Remark, ...]:
    has = diagnostics.contents
    items = (has.items[n] for n in range(has.count))
    return tuple(Remark("warning" if one.severity else "error", one.message.decode(), text(one.place.file),
                        one.place.line, one.place.column, text(one.hint), text(one.source)) for one in items)


def _reading(set_: Any, for_: Optional[str], as_: str, profiles: Sequence[str], real_steps: int) -> Any:
    if isinstance(set_, str):
        set_ = [set_]
    changes = [f"{path}={value}" for path, value in set_.items()] if isinstance(set_, Mapping) else list(set_ or ())
    reading = s.reading()
    reading.shown_to = for_.encode() if for_ is not None else None
    reading.set, reading.set_count = text_array(changes)
    reading.profiles, reading.profile_count = text_array(profiles)
    reading.real_steps = real_steps
    setattr(reading, "as", _convention(as_))
    return reading


def _read(call: Callable[..., Any]) -> Scenario:
    diagnostics, address = library.truce_diagnostics_new(), s.pointer()
    try:
        status = call(c.byref(address), diagnostics)
        remarks = _remarks(diagnostics)
    finally:
        library.truce_diagnostics_free(diagnostics)
    if address.value:
        return Scenario(address.value, remarks)
    if status == 2:
        raise ChoiceError("\n".join(map(str, remarks)) or "the choices make no sense")
    raise InputError(remarks)


#: What ``set=`` takes: {"ANA.outside.worth": 60}, or ["ANA.outside.worth=60"].
Changes = Union[Mapping[str, Any], Sequence[str], None]


def load(path: PathLike, *more: PathLike, set: Changes = None, for_: Optional[str] = None, as_: str = "native",
         profiles: Sequence[str] = (), real_steps: int = 0) -> Scenario:
    """Reads a scenario: a truce file, a domain and its profiles, or a folder that holds them.

    ``set`` changes numbers and texts for this reading alone (what if); ``for_`` (a party's id, or "mediator") takes
    out what that reader may not see; ``as_`` ("native", "genius", "negmas") is whose reading of foreign files.
    Raises InputError with file, line and column when the input is wrong, ChoiceError when a choice is.
    """
    reading = _reading(set, for_, as_, profiles, real_steps)
    paths = (s.text * (1 + len(more)))(*(os.fsencode(one) for one in (path, *more)))
    return _read(lambda *into: library.truce_scenario_load(paths, 1 + len(more), c.byref(reading), *into))


def parse(source: Union[str, bytes], *, name: str = "text", set: Changes = None, for_: Optional[str] = None,
          as_: str = "native") -> Scenario:
    """The same from the text of one file; ``name`` stands for the file in places."""
    reading = _reading(set, for_, as_, (), 0)
    given = source.encode() if isinstance(source, str) else bytes(source)
    bytes_ = c.cast(c.c_char_p(given), s.pointer)
    return _read(lambda *into: library.truce_scenario_parse(name.encode(), bytes_, len(given), c.byref(reading), *into))


def generate(issues: int, values: int, *, parties: int = 2, kind: str = "opposed", rules: int = 0,
             seed: int = 1) -> Scenario:
    """A made-up scenario; the same choices give the same one in every version.

    ``kind`` is "opposed", "independent", "integer" or "clustered"."""
    kinds = ("opposed", "independent", "integer", "clustered")
    if kind not in kinds:
        raise ChoiceError(f'kind is one of {", ".join(kinds)}, not "{kind}"')
    if min(issues, values, parties) < 1 or rules < 0:
        raise ChoiceError("issues, values and parties are at least 1, rules at least 0")
    choices = s.generation(issues, values, parties, kinds.index(kind), seed, rules)
    address, error = s.pointer(), s.error()
    status = library.truce_scenario_generate(c.byref(choices), c.byref(address), c.byref(error))
    return Scenario(found(status, address.value, error))
