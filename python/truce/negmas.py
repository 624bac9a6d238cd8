"""To and from NegMAS (https://negmas.readthedocs.io), which is imported when something here is called.

    import truce, truce.negmas
    talks = truce.load("scenarios/tiny.truce.yaml")

    # a party's utility in a mechanism of NegMAS
    mechanism = negmas.SAOMechanism(issues=truce.negmas.issues(talks), n_steps=100)
    mechanism.add(SomeNegotiator(), ufun=truce.negmas.utility_function(talks, "ANA"))

    # a negotiator of NegMAS at truce's table
    talks.negotiate(truce.negmas.seated(SomeNegotiator, talks, "ANA"), "boulware")

Outcomes of NegMAS are tuples of the names of values, in the order of the scenario's issues. Written from NegMAS's
documentation alone.
"""

from __future__ import annotations

import importlib
import queue
import threading
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple, Union

from .errors import ChoiceError, LibraryError
from .play import Reply, Seat, Strategy
from .scenario import Scenario

#: Where names of NegMAS are looked for, in this order.
_MODULES = ("negmas", "negmas.sao", "negmas.preferences", "negmas.outcomes", "negmas.common")


def _of_negmas(name: str) -> Any:
    """Something of NegMAS by its documented name, wherever this version keeps it."""
    for module in _MODULES:
        try:
            there = getattr(importlib.import_module(module), name, None)
        except ImportError as why:
            if module == "negmas":
                raise LibraryError("NegMAS is not installed: pip install negmas") from why
            continue
        if there is not None:
            return there
    raise LibraryError(f"this version of NegMAS has no {name}")


def issues(scenario: Scenario) -> List[Any]:
    """The scenario's issues as NegMAS has them: categorical, values by name."""
    make = _of_negmas("make_issue")
    return [make(name=issue.id, values=list(issue.values)) for issue in scenario.issues]


def outcome_of(scenario: Scenario, offer: Any) -> Tuple[int, ...]:
    """An outcome of NegMAS, a tuple or a dict of names, as truce's value indices."""
    if isinstance(offer, Mapping):
        return scenario.indices({str(issue): str(value) for issue, value in offer.items()})
    return scenario.indices([str(value) for value in offer])


def utility_function(scenario: Scenario, party: str, *, scale: float = 1.0) -> Any:
    """A party's utility as a utility function of NegMAS, a MappingUtilityFunction.

    The reservation value comes along (0 without an outside option). NegMAS is often used with utilities up to 1: a
    ``scale`` of 0.01 brings a truce file there. It knows neither red lines nor rules.
    """
    has = scenario.party(party)
    if not has.has_preferences:
        raise ChoiceError(f'party "{party}" has no preferences')
    reserved = scale * (has.reservation or 0.0)

    def worth(offer: Any) -> float:
        if offer is None:
            return reserved
        return scale * scenario.utility(outcome_of(scenario, offer), party)

    return _of_negmas("MappingUtilityFunction")(worth, issues=issues(scenario), reserved_value=reserved)


def seated(make: Callable[[], Any], scenario: Scenario, party: str, *, scale: float = 1.0) -> Strategy:
    """A negotiator of NegMAS as a strategy of truce, for one seat of one session by rounds under ``sao``.

    ``make`` makes an SAONegotiator: a class, or a function without arguments. ``party`` says whose utility it gets.
    What it offers must be admissible for its party, as for any strategy. It is told that the talks ended, but how only
    when it ended them itself.
    """
    return _Seated(make, scenario, party, scale)


class _Seated(Strategy):
    """The negotiator sits in a mechanism of NegMAS, which runs on a thread of its own and waits for truce.

    At that other table every other seat is held by a relay, which says what the party of that seat said at truce's
    table:

        truce                     heard                       NegMAS
        hear(k, x)  -------- (k, x) -------------> relay k rejects, then proposes x
        answer/offer ------- asked --------------> a relay that is asked meanwhile accepts
        end         -------- ended --------------> a relay ends the negotiation
                    <------- said ---------------- what the negotiator did, seen by the relay after it

    Only one side is ever awake, so nothing depends on how threads are scheduled.
    """

    def __init__(self, make: Callable[[], Any], scenario: Scenario, party: str, scale: float) -> None:
        self._make, self._scenario, self._party, self._scale = make, scenario, party, scale
        self._heard: List[Any] = []
        self._news = threading.Condition()
        self._said: queue.Queue[Tuple[str, Any]] = queue.Queue()
        self._next: Optional[Tuple[int, ...]] = None
        self._thread: Optional[threading.Thread] = None
        self._turn: Dict[str, Any] = {}

    # ---- at truce's table

    def begin(self, seat: Seat) -> None:
        if seat.rounds == 0:
            raise ChoiceError("a negotiator of NegMAS is seated in sessions by rounds, not by the clock")
        mechanism = _of_negmas("SAOMechanism")(issues=issues(self._scenario), n_steps=seat.rounds)
        negotiator = self._overheard(self._make())
        indifferent = _of_negmas("MappingUtilityFunction")
        for number in range(seat.count):
            if number == seat.number:
                mechanism.add(negotiator, ufun=utility_function(self._scenario, self._party, scale=self._scale))
            else:
                follows = number == (seat.number + 1) % seat.count
                mechanism.add(_relay(self, number, follows),
                              ufun=indifferent(lambda _: 0.0, issues=issues(self._scenario), reserved_value=0.0))
        self._thread = threading.Thread(target=self._run, args=(mechanism,), daemon=True)
        self._thread.start()

    def hear(self, seat: Seat, by: int, offer: int) -> None:
        self._tell((by, seat.indices(offer)))

    def answer(self, seat: Seat, offer: int) -> Union[Reply, bool]:
        what, outcome = self._ask()
        if what == "offer":
            self._next = outcome
            return Reply.REJECT
        return Reply.ACCEPT if what == "accept" else Reply.LEAVE

    def offer(self, seat: Seat) -> Any:
        if self._next is None:
            what, outcome = self._ask()
            return outcome if what == "offer" else None
        outcome, self._next = self._next, None
        return outcome

    def end(self, seat: Seat) -> None:
        self._tell("ended")
        if self._thread is not None:
            self._thread.join(10)

    def _tell(self, what: Any) -> None:
        with self._news:
            self._heard.append(what)
            self._news.notify_all()

    def _ask(self) -> Tuple[str, Any]:
        self._tell("asked")
        what, given = self._said.get()
        if what == "failed":
            raise given
        return what, given

    # ---- at NegMAS's table

    def _run(self, mechanism: Any) -> None:
        try:
            mechanism.run()
            self._last_word(mechanism.state)
        except BaseException as why:
            self._said.put(("failed", why))

    def _overheard(self, negotiator: Any) -> Any:
        """Notes what the negotiator answers and proposes in its turn."""
        def noting(what: str, method: Callable[..., Any]) -> Callable[..., Any]:
            def noted(*given: Any, **named: Any) -> Any:
                self._turn[what] = said = method(*given, **named)
                return said
            return noted
        negotiator.respond = noting("response", negotiator.respond)
        negotiator.propose = noting("offer", negotiator.propose)
        return negotiator

    def _last_word(self, state: Any) -> None:
        """The mechanism ended with the negotiator's turn; or afterwards, and then nobody asks any more."""
        if getattr(state, "agreement", None) is not None:
            self._said.put(("accept", None))
        else:
            self._report()

    def _report(self) -> None:
        """Tells truce of the turn that is over. An answer may have looked at the next proposal, so it comes first."""
        response, offer = self._turn.pop("response", None), self._turn.pop("offer", None)
        offer = getattr(offer, "outcome", offer)
        kinds = _of_negmas("ResponseType")
        if response == kinds.ACCEPT_OFFER:
            self._said.put(("accept", None))
        elif response == kinds.END_NEGOTIATION or offer is None:
            self._said.put(("leave", None))
        else:
            self._said.put(("offer", outcome_of(self._scenario, offer)))

    def _wait_for_news(self) -> Any:
        """The oldest thing heard; it stays there."""
        with self._news:
            while not self._heard:
                self._news.wait()
            return self._heard[0]

    def _take(self) -> Any:
        self._wait_for_news()
        with self._news:
            return self._heard.pop(0)


def _relay(seated_: _Seated, number: int, follows: bool) -> Any:
    """One who says at NegMAS's table what the party of a seat said at truce's."""
    response = _of_negmas("ResponseType")

    class Relay(_of_negmas("SAONegotiator")):  # type: ignore[misc]
        """See _Seated."""

        def respond(self, state: Any, *_: Any, **__: Any) -> Any:
            if follows and getattr(state, "current_offer", None) is not None:
                self._pass_on()
            news = seated_._wait_for_news()
            if news == "ended":
                return response.END_NEGOTIATION
            if isinstance(news, tuple) and news[0] == number:
                return response.REJECT_OFFER
            return response.ACCEPT_OFFER

        def _pass_on(self) -> None:
            # the negotiator has had its turn: the question that woke it is answered
            if seated_._wait_for_news() == "asked":
                seated_._take()
                seated_._report()

        def propose(self, state: Any, *_: Any, **__: Any) -> Any:
            news = seated_._take()
            if not isinstance(news, tuple):
                return None
            return tuple(seated_._scenario.named(news[1]).values())

    return Relay(name=f"truce-{number}")
