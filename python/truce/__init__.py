"""truce: model, analyse and explain negotiations.

    import truce

    talks = truce.load("scenarios/tiny.truce.yaml")
    for clash in talks.clashes():
        print(clash.members)

A binding of libtruce by ctypes alone. NumPy is used where it is there, and not needed. ``docs/python.md`` is the
tutorial. Calls on different scenarios may run in parallel, and the interpreter's lock is free while the library works.
"""

from __future__ import annotations

from ._arrays import has_numpy
from ._library import library as _loaded
from .errors import ChoiceError, InputError, LibraryError, LimitError, Remark, TruceError
from .play import ACCEPT, LEAVE, REJECT, Offered, Reply, Seat, Strategy
from .results import (
    Answer, Bounds, Brief, Change, Clash, Clashes, Constraint, Count, Date, Deals, Grounds, Metrics, Move, Now, Order,
    Outcome, Outcomes, Points, Proof, Rated, Scored, SeatResult, Session, Solution, Standings, Status, Tally, Turn,
    Unlock, Wait, Way)
from .scenario import Frontier, Issue, Party, Scenario, generate, load, parse
from .tournament import standings, strategies, tournament

#: The version of the library in use.
__version__: str = _loaded.truce_version().decode()

__all__ = [
    "ACCEPT", "Answer", "Bounds", "Brief", "Change", "ChoiceError", "Clash", "Clashes", "Constraint", "Count", "Date",
    "Deals", "Frontier", "Grounds", "InputError", "Issue", "LEAVE", "LibraryError", "LimitError", "Metrics", "Move",
    "Now", "Offered", "Order", "Outcome", "Outcomes", "Party", "Points", "Proof", "REJECT", "Rated", "Remark", "Reply",
    "Scenario", "Scored", "Seat", "SeatResult", "Session", "Solution", "Standings", "Status", "Strategy", "Tally",
    "TruceError", "Turn", "Unlock", "Wait", "Way", "__version__", "generate", "has_numpy", "load", "parse",
    "standings", "strategies", "tournament",
]
