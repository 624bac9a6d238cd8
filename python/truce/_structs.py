"""The structs of include/truce/*.h as ctypes sees them.

Names and order are those of the headers. ``tests/python.py`` has a C compiler print size and offset of every field
here and compares. What the package never looks into is a bare pointer.
"""

from __future__ import annotations

import ctypes as c
from typing import Any, Dict, List, Tuple, Type

size = c.c_size_t
text = c.c_char_p
pointer = c.c_void_p
value = c.c_uint32

NOBODY = c.c_size_t(-1).value
NO_OFFER = 0xFFFFFFFF

#: Every struct below by its name in C.
STRUCTS: Dict[str, Type[c.Structure]] = {}

#: Every constant used by its name in C.
CONSTANTS: Dict[str, int] = {
    "TRUCE_OK": 0, "TRUCE_NONE": 1, "TRUCE_CALL": 2, "TRUCE_INPUT": 3, "TRUCE_LIMIT": 4, "TRUCE_BUG": 70,
    "TRUCE_ERROR": 0, "TRUCE_WARNING": 1,
    "TRUCE_OWN": 0, "TRUCE_AS_GENIUS": 1, "TRUCE_AS_NEGMAS": 2,
    "TRUCE_PROVED": 0, "TRUCE_BOUNDED": 1, "TRUCE_SAMPLED": 2,
    "TRUCE_RED_LINES": 1, "TRUCE_FLOORS": 2, "TRUCE_RULES": 4,
    "TRUCE_RESERVATION": 0, "TRUCE_MINIMUM": 1,
    "TRUCE_SOLUTION_KINDS": 5,
    "TRUCE_REJECTS": 0, "TRUCE_ACCEPTS": 1, "TRUCE_LEAVES": 2,
    "TRUCE_SAID_OFFER": 0, "TRUCE_SAID_ACCEPT": 1, "TRUCE_SAID_REJECT": 2, "TRUCE_SAID_LEAVE": 3,
    "TRUCE_SAID_DRAFT": 4,
    "TRUCE_SESSION_AGREED": 0, "TRUCE_SESSION_TIMED_OUT": 1, "TRUCE_SESSION_LEFT": 2, "TRUCE_SESSION_FORFEIT": 3,
    "TRUCE_OPPOSED": 0, "TRUCE_INDEPENDENT": 1, "TRUCE_INTEGER": 2, "TRUCE_CLUSTERED": 3,
    "TRUCE_SCORE_UTILITY": 0, "TRUCE_SCORE_ADVANTAGE": 1,
}


def _struct(name: str, *fields: Tuple[str, Any]) -> Any:
    """Makes a struct and enters it into STRUCTS."""
    made: Type[c.Structure] = type(name, (c.Structure,), {"_fields_": list(fields)})
    STRUCTS[name] = made
    return made


# ---- status.h

place = _struct("truce_place", ("file", text), ("line", c.c_uint32), ("column", c.c_uint32))
error = _struct("truce_error", ("message", c.c_char * 400))
cancelled_call = c.CFUNCTYPE(c.c_bool, pointer)
progress_call = c.CFUNCTYPE(None, pointer, text, c.c_double)
stop = _struct("truce_stop", ("deadline", c.c_double), ("cancelled", cancelled_call),
               ("progress", progress_call), ("user", pointer), ("threads", c.c_uint))
diagnostic = _struct("truce_diagnostic", ("severity", c.c_int), ("place", place), ("message", text),
                     ("hint", text), ("source", text), ("width", c.c_uint32))
diagnostics = _struct("truce_diagnostics", ("items", c.POINTER(diagnostic)), ("count", size),
                      ("errors", size), ("warnings", size), ("untold", size))

# ---- scenario.h

decimal = _struct("truce_decimal", ("digits", c.c_int64), ("scale", c.c_int32))
number = _struct("truce_number", ("low", decimal), ("mode", decimal), ("high", decimal), ("given", c.c_bool),
                 ("ranged", c.c_bool), ("scalars", c.c_uint8), ("basis", c.c_int), ("place", place),
                 ("path", text))
listing = _struct("truce_list", ("items", c.POINTER(size)), ("count", size))
texts = _struct("truce_texts", ("items", c.POINTER(text)), ("count", size))
visibility = _struct("truce_visibility", ("kind", c.c_int), ("party", text))
label = _struct("truce_label", ("id", text), ("place", place), ("basis", c.c_int), ("claims", listing),
                ("visibility", visibility), ("note", text))
term = _struct("truce_term", ("issue", size), ("condition", pointer))
terms = _struct("truce_terms", ("items", c.POINTER(term)), ("count", size))
outside = _struct("truce_outside", ("given", c.c_bool), ("worth", number), ("per_30_days", number),
                  ("bid", c.POINTER(value)), ("label", label))
preferences = _struct("truce_preferences", ("given", c.c_bool), ("label", label), ("weights", pointer),
                      ("worths", pointer), ("bonuses", pointer), ("bonus_count", size), ("red_lines", pointer),
                      ("red_line_count", size), ("outside", outside), ("sum_as_given", c.c_bool),
                      ("bonus_out_of", decimal), ("cap", number), ("discount", number))
party = _struct("truce_party", ("label", label), ("name", text), ("role", c.c_int), ("supports", listing),
                ("consents_to_all", c.c_bool), ("consent", terms), ("preferences", preferences))
issue = _struct("truce_issue", ("label", label), ("title", text), ("ordered", c.c_bool), ("numeric", c.c_bool),
                ("values", c.POINTER(text)), ("numbers", pointer), ("value_count", size), ("status_quo", value),
                ("by", listing))
source = _struct("truce_source", ("label", label), ("title", text), ("kind", text), ("file", text),
                 ("sha256", text), ("reliability", c.c_char))
speaker = _struct("truce_speaker", ("text", text), ("party", size), ("delegation", size), ("source", size))
claim = _struct("truce_claim", ("label", label), ("source", size), ("at", text), ("line", c.c_uint32),
                ("speaker", speaker), ("via", text), ("about", size), ("subject", text), ("says", text),
                ("quote", text), ("corrected", text), ("date", text), ("credibility", c.c_uint8),
                ("disputes", listing))
fact = _struct("truce_fact", ("label", label), ("text", text), ("by", text), ("contested", c.c_bool))
process = _struct("truce_process", ("given", c.c_bool), ("track", text), ("format", text), ("venue", text),
                  ("note", text))
clock = _struct("truce_clock", ("unit", text), ("zone", text), ("now", decimal))
_arrays: List[Tuple[str, Any]] = []
for _one, _many in (("source", "sources"), ("claim", "claims"), ("fact", "facts"), ("party", "parties"),
                    ("delegation", "delegations"), ("issue", "issues"), ("demand", "demands"),
                    ("rule", "rules"), ("step", "steps"), ("order", "order"), ("threat", "threats"),
                    ("deadline", "deadlines"), ("round", "rounds"), ("observed", "observed"),
                    ("agreement", "agreements")):
    _kind = {"party": c.POINTER(party), "issue": c.POINTER(issue), "claim": c.POINTER(claim),
             "fact": c.POINTER(fact)}.get(_one, pointer)
    _arrays += [(_many, _kind), (_one + "_count", size)]
scenario = _struct("truce_scenario", ("id", text), ("title", text), ("note", text), ("file", text),
                   ("sha256", c.c_char * 65), ("format", c.c_int), ("as", c.c_int), ("real_steps", size),
                   ("clock", clock), ("process", process), *_arrays, ("exchange", pointer), ("accord", pointer),
                   ("shown_to", text), ("withheld", size), ("settings", c.POINTER(text)),
                   ("setting_count", size))

# ---- file.h

limits = _struct("truce_limits", ("bytes", size), ("depth", size), ("nodes", size), ("issues", size),
                 ("values", size))
reading = _struct("truce_reading", ("shown_to", text), ("set", c.POINTER(text)), ("set_count", size),
                  ("limits", limits), ("as", c.c_int), ("real_steps", size), ("profiles", c.POINTER(text)),
                  ("profile_count", size))
generation = _struct("truce_generation", ("issues", size), ("values", size), ("parties", size),
                     ("kind", c.c_int), ("seed", c.c_uint64), ("rules", size))

# ---- finding.h

proof = _struct("truce_proof", ("how", c.c_int), ("by", text), ("seed", c.c_uint64), ("draws", c.c_uint64))
grounds = _struct("truce_grounds", ("facts", listing), ("claims", listing), ("assumed", size))
finding = _struct("truce_finding", ("scenario", c.POINTER(scenario)), ("question", text), ("proof", proof),
                  ("grounds", grounds), ("memory", pointer))
count = _struct("truce_count", ("exact", text), ("low", text), ("high", text))
rating = _struct("truce_rating", ("outcome", c.POINTER(value)), ("utilities", c.POINTER(c.c_double)))

# ---- solve.h, brief.h: choices; the results come as JSON

deals_choices = _struct("truce_deals_choices", ("over", listing), ("most", size), ("day", c.c_int64),
                        ("floor_shift", pointer))
clashes_choices = _struct("truce_clashes_choices", ("with", c.c_uint), ("most", size))
unlock_choices = _struct("truce_unlock_choices", ("without", c.c_uint), ("most", size))
order_choices = _struct("truce_order_choices", ("most", size))
now_choices = _struct("truce_now_choices", ("size", size), ("most", size))
wait_choices = _struct("truce_wait_choices", ("days", c.c_int64), ("step", c.c_int64))
flips_choices = _struct("truce_flips_choices", ("draws", c.c_uint64), ("seed", c.c_uint64),
                        ("spread", c.c_double))
brief_choices = _struct("truce_brief_choices", ("draws", c.c_uint64), ("seed", c.c_uint64),
                        ("days", c.c_int64), ("step", c.c_int64))
evidence_choices = _struct("truce_evidence_choices", ("of", text))

# ---- frontier.h

frontier_choices = _struct("truce_frontier_choices", ("over", listing), ("rational", c.c_bool),
                           ("epsilon", decimal), ("values_only", c.c_bool), ("uncounted", c.c_bool),
                           ("memory", size), ("as", c.c_int), ("certified", c.c_bool))
frontier = _struct("truce_frontier", ("finding", finding), ("outcomes", count), ("parties", listing),
                   ("size", size), ("utilities", c.POINTER(c.c_double)), ("upper", c.POINTER(c.c_double)),
                   ("complete", c.c_bool), ("epsilon", c.c_double), ("method", text), ("work", c.c_uint64),
                   ("bytes", c.c_uint64), ("answer", pointer))
points_choices = _struct("truce_points_choices", ("over", listing), ("as", c.c_int),
                         ("disagreement", c.c_int), ("direct", c.c_bool), ("most", size), ("memory", size))
solution = _struct("truce_solution", ("items", c.POINTER(rating)), ("count", size), ("absent", c.c_bool),
                   ("cut", c.c_bool), ("direct", c.c_bool), ("ties_complete", c.c_bool), ("how", c.c_int),
                   ("value", c.c_double), ("bound", c.c_double), ("nodes", c.c_uint64))
points = _struct("truce_points", ("finding", finding), ("parties", listing),
                 ("disagreement", c.POINTER(c.c_double)), ("ideal", c.POINTER(c.c_double)),
                 ("solutions", solution * 5))
best_choices = _struct("truce_best_choices", ("party", size), ("top", size), ("rational", c.c_bool),
                       ("worst", c.c_bool))
best = _struct("truce_best", ("finding", finding), ("party", size), ("count", size), ("all", c.c_bool),
               ("utilities", c.POINTER(c.c_double)), ("outcomes", c.POINTER(value)))

# ---- play.h

begin_call = c.CFUNCTYPE(None, pointer, pointer, pointer)
hear_call = c.CFUNCTYPE(None, pointer, pointer, size, c.c_uint32, pointer)
answer_call = c.CFUNCTYPE(c.c_int, pointer, pointer, c.c_uint32, pointer)
offer_call = c.CFUNCTYPE(c.c_uint32, pointer, pointer, pointer)
vote_call = c.CFUNCTYPE(c.c_int, pointer, pointer, c.c_uint32, c.c_uint32, pointer)
strategy = _struct("truce_strategy", ("name", text), ("size", size), ("begin", begin_call),
                   ("hear", hear_call), ("answer", answer_call), ("offer", offer_call), ("vote", vote_call),
                   ("end", begin_call), ("user", pointer))
session_choices = _struct("truce_session_choices", ("with", text), ("own", c.POINTER(strategy)),
                          ("own_count", size), ("over", listing), ("protocol", text), ("rounds", c.c_uint32),
                          ("seconds", c.c_double), ("seed", c.c_uint64), ("as", c.c_int),
                          ("measured", c.c_bool))
turn = _struct("truce_turn", ("round", c.c_uint32), ("time", c.c_double), ("seat", size), ("said", c.c_int),
               ("outcome", c.POINTER(value)), ("utilities", c.POINTER(c.c_double)))
moves = _struct("truce_moves", ("silent", size), ("nice", size), ("concession", size), ("selfish", size),
                ("fortunate", size), ("unfortunate", size))
seat_result = _struct("truce_seat_result", ("party", size), ("strategy", text), ("utility", c.c_double),
                      ("discounted", c.c_double), ("advantage", c.c_double), ("concession", c.c_double),
                      ("offers", size), ("moves", moves), ("fault", text), ("overshoot", c.c_double))
session = _struct("truce_session", ("finding", finding), ("parties", listing), ("protocol", text),
                  ("rounds", c.c_uint32), ("seconds", c.c_double), ("seed", c.c_uint64), ("as", c.c_int),
                  ("end", c.c_int), ("step", c.c_uint32), ("time", c.c_double), ("agreement", c.POINTER(value)),
                  ("seats", c.POINTER(seat_result)), ("welfare", c.c_double), ("nash_product", c.c_double),
                  ("to_frontier", c.c_double), ("to_nash", c.c_double), ("to_kalai_smorodinsky", c.c_double),
                  ("to_egalitarian", c.c_double), ("optimality", c.c_double), ("turns", c.POINTER(turn)),
                  ("turn_count", size), ("remark", text))

# ---- tournament.h

contest = _struct("truce_contest", ("strategies", texts), ("scenarios", texts), ("folder", text),
                  ("parties", size), ("protocol", text), ("rounds", c.c_uint32), ("seconds", c.c_double),
                  ("repetitions", c.c_uint32), ("without_self_play", c.c_bool), ("seed", c.c_uint64),
                  ("as", c.c_int), ("score", c.c_int), ("memory", pointer))
tournament_choices = _struct("truce_tournament_choices", ("out", text), ("shard", c.c_uint64),
                             ("shards", c.c_uint64), ("own", c.POINTER(strategy)), ("own_count", size))
