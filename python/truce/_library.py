"""Finds and loads libtruce, and tells ctypes the functions that the package calls.

The library is taken from the environment variable TRUCE_LIBRARY; else, in a checkout, from ``build/`` beside the
package; else it is the system's ``libtruce.so.0``.
"""

from __future__ import annotations

import ctypes as c
import json
import os
import pathlib
from typing import Any, Callable, Dict, Tuple

from . import _structs as s
from ._version import VERSION
from .errors import LibraryError

_P = c.POINTER


def _question(result: Any, choices: Any) -> Tuple[Any, ...]:
    """The arguments that every question has; choices None: it has none."""
    middle = (_P(choices),) if choices is not None else ()
    return (s.pointer, *middle, _P(s.stop), _P(result), _P(s.error))


#: name -> (what it returns, its arguments)
FUNCTIONS: Dict[str, Tuple[Any, Tuple[Any, ...]]] = {
    "truce_version": (c.c_char_p, ()),
    "truce_seconds": (c.c_double, ()),
    "truce_diagnostics_new": (_P(s.diagnostics), ()),
    "truce_diagnostics_free": (None, (_P(s.diagnostics),)),
    "truce_scenario_load": (c.c_int, (_P(s.text), s.size, _P(s.reading), _P(s.pointer), _P(s.diagnostics))),
    "truce_scenario_parse": (c.c_int, (s.text, s.pointer, s.size, _P(s.reading), _P(s.pointer),
                                       _P(s.diagnostics))),
    "truce_scenario_generate": (c.c_int, (_P(s.generation), _P(s.pointer), _P(s.error))),
    "truce_scenario_today": (None, (s.pointer, _P(s.value))),
    "truce_scenario_free": (None, (s.pointer,)),
    "truce_role_name": (s.text, (c.c_int,)),
    "truce_utilities_new": (s.pointer, (s.pointer,)),
    "truce_utilities_of": (c.c_int, (s.pointer, s.size, s.pointer, s.size, s.pointer, _P(s.error))),
    "truce_utilities_free": (None, (s.pointer,)),
    "truce_frontier_outcome": (c.c_bool, (s.pointer, s.size, s.pointer)),
    "truce_frontier_count": (s.count, (s.pointer, s.size)),
    "truce_frontier_exact": (c.c_int, (s.pointer, s.size, s.size, c.c_char_p, s.size)),
    "truce_solution_name": (s.text, (c.c_int,)),
    "truce_session_run": (c.c_int, _question(s.pointer, s.session_choices)),
    "truce_session_free": (None, (s.pointer,)),
    "truce_session_json": (None, (s.pointer,) * 3),
    "truce_session_trace": (None, (s.pointer, s.pointer)),
    "truce_strategies_json": (None, (s.pointer,)),
    "truce_tournament_play": (c.c_int, (_P(s.contest), _P(s.tournament_choices), _P(s.stop), _P(s.pointer),
                                        _P(s.error))),
    "truce_tournament_free": (None, (s.pointer,)),
    "truce_standings_read": (c.c_int, (s.text, _P(s.pointer), _P(s.error))),
    "truce_standings_free": (None, (s.pointer,)),
    "truce_standings_json": (None, (s.pointer, s.pointer)),
}

for _name, _returns, _arguments in (
        ("number", s.size, ()), ("count", s.size, ()), ("time", c.c_double, ()), ("round", c.c_uint32, ()),
        ("rounds", c.c_uint32, ()), ("reservation", c.c_double, ()), ("greatest", c.c_double, ()),
        ("least", c.c_double, ()), ("issues", s.size, ()), ("values", s.size, (s.size,)),
        ("utility", c.c_double, (c.c_uint32,)), ("admits", c.c_bool, (c.c_uint32,)),
        ("outcome", None, (c.c_uint32, _P(s.value))), ("offer", c.c_uint32, (_P(s.value),)),
        ("at_least", c.c_uint32, (c.c_double,)), ("best", c.c_uint32, (c.c_uint64,)),
        ("last", c.c_uint32, (s.size,)), ("random", c.c_uint64, (c.c_uint64,))):
    FUNCTIONS[f"truce_seat_{_name}"] = (_returns, (s.pointer, *_arguments))

#: question -> its choices, and whether truce_X_json() takes a reality check, and a style
QUESTIONS: Dict[str, Tuple[Any, int]] = {
    "deals": (s.deals_choices, 1), "clashes": (s.clashes_choices, 1), "unlock": (s.unlock_choices, 1),
    "order": (s.order_choices, 1), "now": (s.now_choices, 1), "who": (None, 1),
    "evidence": (s.evidence_choices, 1), "wait": (s.wait_choices, 1), "flips": (s.flips_choices, 1),
    "rounds": (None, 1), "text": (None, 1), "brief": (s.brief_choices, 0), "tally": (None, 1),
    "metrics": (s.listing, 1), "frontier": (s.frontier_choices, 2), "points": (s.points_choices, 1),
    "best": (s.best_choices, 2),
}
for _name, (_choices, _more) in QUESTIONS.items():
    FUNCTIONS[f"truce_{_name}_find"] = (c.c_int, _question(s.pointer, _choices))
    FUNCTIONS[f"truce_{_name}_free"] = (None, (s.pointer,))
    FUNCTIONS[f"truce_{_name}_json"] = (None, (s.pointer,) * (2 + _more))


def find() -> str:
    """What is to be loaded: a path, or a name for the system's own search."""
    asked = os.environ.get("TRUCE_LIBRARY")
    if asked:
        return asked
    top = pathlib.Path(__file__).resolve().parent.parent.parent
    built = top / "build" / "src" / "libtruce.so.0"
    if (top / "meson.build").exists() and built.exists():
        return str(built)
    return "libtruce.so.0"


def load() -> c.CDLL:
    """Loads libtruce and prepares every function of FUNCTIONS."""
    path = find()
    try:
        loaded = c.CDLL(path)
        for name, (returns, arguments) in FUNCTIONS.items():
            function = getattr(loaded, name)
            function.restype, function.argtypes = returns, arguments
    except (OSError, AttributeError) as why:
        raise LibraryError(
            f"libtruce cannot be loaded ({why}); build truce, install it, or let TRUCE_LIBRARY name libtruce.so.0"
        ) from why
    version = loaded.truce_version().decode()
    if version != VERSION:
        raise LibraryError(f"{path} is libtruce {version}, and this package is made for {VERSION}")
    return loaded


library = load()

_libc = c.CDLL(None)
_libc.open_memstream.restype, _libc.open_memstream.argtypes = s.pointer, (_P(s.pointer), _P(s.size))
_libc.fclose.restype, _libc.fclose.argtypes = c.c_int, (s.pointer,)
_libc.free.restype, _libc.free.argtypes = None, (s.pointer,)


def written(write: Callable[[int], Any]) -> bytes:
    """What ``write`` writes into the C stream that it is given."""
    where, length = s.pointer(), s.size()
    stream = _libc.open_memstream(c.byref(where), c.byref(length))
    if not stream:
        raise MemoryError("open_memstream")
    try:
        write(stream)
    finally:
        _libc.fclose(stream)
    try:
        return c.string_at(where.value or 0, length.value)
    finally:
        _libc.free(where)


def json_of(name: str, result: int) -> Dict[str, Any]:
    """The JSON that the library writes of the result of a question."""
    nothing = (None,) * (QUESTIONS[name][1] if name in QUESTIONS else 1)
    function = getattr(library, f"truce_{name}_json")
    read: Dict[str, Any] = json.loads(written(lambda out: function(out, result, *nothing)))
    return read
