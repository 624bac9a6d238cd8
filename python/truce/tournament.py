"""Every strategy against every other."""

from __future__ import annotations

import ctypes as c
import json
import os
import tempfile
from typing import Any, Dict, List, Optional, Sequence, Union

from . import _structs as s
from . import results as r
from ._handles import Watch, found, text_array
from ._library import library, written
from .errors import ChoiceError
from .play import Table
from .scenario import PathLike, Progress, _convention


def strategies() -> List[Dict[str, Any]]:
    """Every strategy that can be named, with what it does, its paper and its parameters."""
    listed: List[Dict[str, Any]] = json.loads(written(library.truce_strategies_json))["strategies"]
    return listed


def tournament(strategies: Sequence[Any], scenarios: Union[PathLike, Sequence[PathLike]], *,
               out: Optional[PathLike] = None, parties: int = 0, rounds: int = 0, clock: float = 0.0,
               repetitions: int = 1, self_play: bool = True, protocol: Optional[str] = None, seed: int = 1,
               score: str = "utility", as_: str = "native", threads: int = 1, seconds: Optional[float] = None,
               progress: Progress = None) -> r.Standings:
    """Plays every strategy against every other over scenarios, and says who does how well.

    ``strategies`` are names, or classes of your own (see ``truce.Strategy``; with several threads they are called from
    several). ``scenarios`` are paths of files or folders. ``out`` is a folder that keeps the sessions, so that a
    tournament that was stopped goes on; None keeps nothing. ``score`` is "utility" or "advantage".
    """
    if score not in ("utility", "advantage"):
        raise ChoiceError(f'score is "utility" or "advantage", not "{score}"')
    if any(not isinstance(one, (str, type)) for one in strategies):
        raise ChoiceError("in a tournament a strategy is a name or a class, for each seat has one of its own")
    if isinstance(scenarios, (str, os.PathLike)):
        scenarios = [scenarios]
    if out is None:
        with tempfile.TemporaryDirectory() as folder:
            return tournament(strategies, scenarios, out=os.path.join(folder, "cup"), parties=parties, rounds=rounds,
                              clock=clock, repetitions=repetitions, self_play=self_play, protocol=protocol, seed=seed,
                              score=score, as_=as_, threads=threads, seconds=seconds, progress=progress)
    watch = Watch(seconds, threads, progress)
    table = Table(strategies, None, watch)
    plan = s.contest()
    plan.strategies = s.texts(*text_array(table.names))
    plan.scenarios = s.texts(*text_array(os.fspath(path) for path in scenarios))
    plan.parties, plan.rounds, plan.seconds, plan.repetitions = parties, rounds, clock, repetitions
    plan.protocol = protocol.encode() if protocol is not None else None
    plan.without_self_play, plan.seed, plan.score = not self_play, seed, int(score == "advantage")
    setattr(plan, "as", _convention(as_))
    choices = s.tournament_choices(os.fsencode(out), 0, 0, table.own, table.own_count)
    result, error = s.pointer(), s.error()
    with watch:
        status = library.truce_tournament_play(c.byref(plan), c.byref(choices), c.byref(watch.stop), c.byref(result),
                                               c.byref(error))
    library.truce_tournament_free(result)
    watch.ended()
    found(status, result.value, error)
    return standings(out)


def standings(folder: PathLike) -> r.Standings:
    """What came of the tournament that a folder keeps."""
    result, error = s.pointer(), s.error()
    status = library.truce_standings_read(os.fsencode(folder), c.byref(result), c.byref(error))
    address = found(status, result.value, error)
    try:
        said = json.loads(written(lambda to: library.truce_standings_json(to, address)))
    finally:
        library.truce_standings_free(address)
    answer = said["answer"]
    return r.Standings(
        tuple(r.Scored(one["strategy"], one["score"], one["low"], one["high"], one["seats"], one["agreed"],
                       one["step"]) for one in answer["standings"]),
        answer["payoffs"], answer["sessions"], answer["missing"], answer["seed"], said)
