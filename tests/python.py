#!/usr/bin/env python3
"""The Python package, with NumPy and without.

    python.py [--build build] [NAME…]      NAME is the beginning of a test's: Play.own_boulware

What the package answers is held against the command, against brute force, and against the library's own strategies;
its structs against what a C compiler says of the headers. The last line counts. Runs with an interpreter that has
NumPy where one is found, and once more with NumPy hidden.
"""

import argparse
import array
import ctypes
import gc
import importlib
import inspect
import itertools
import json
import math
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("TRUCE_TEST_BUILD", ROOT / "build"))
WITHOUT_NUMPY = os.environ.get("TRUCE_TEST_WITHOUT_NUMPY") == "1"
AROUND_TOO = os.environ.get("TRUCE_TEST_AROUND") == "1"  # what NumPy has no part in
INSIDE = os.environ.get("TRUCE_TEST_INSIDE") == "1"
LIBRARY = BUILD / "src" / "libtruce.so.0"
TRUCE = BUILD / "src" / "cmd" / "truce"
TINY, ISTANBUL = (str(ROOT / "scenarios" / f"{name}.truce.yaml") for name in ("tiny", "istanbul-2025"))

if INSIDE:
    os.environ.setdefault("TRUCE_LIBRARY", str(LIBRARY))
    sys.path.insert(0, str(ROOT / "python"))
    if WITHOUT_NUMPY:
        sys.modules["numpy"] = None
    import truce
    import truce.negmas
    from truce import _library, _structs, _version
    try:
        import numpy
    except ImportError:
        numpy = None


def command(*arguments, good=(0, 1)):
    """The JSON of a command."""
    done = subprocess.run([TRUCE, *arguments, "--json", "--quiet"], capture_output=True, text=True)
    assert done.returncode in good, done.stderr
    return json.loads(done.stdout)


class Case(unittest.TestCase):
    """Tests are named as sentences."""

    def fresh(self, text, name="t.truce.yaml"):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        path = pathlib.Path(folder) / name
        path.write_text(text)
        return path


# ---- drift


def layout_by_the_compiler(structs, constants):
    """What a C compiler says: {"truce_list": [size, {field: (offset, size)}]}, {constant: value}."""
    lines = ["#include <truce/truce.h>", "#include <stdio.h>", "int main(void) {"]
    for name, kind in structs.items():
        lines.append(f'printf("S {name} %zu\\n", sizeof({name}));')
        for field in kind._fields_:
            lines.append(f'printf("F {name} {field[0]} %zu %zu\\n", offsetof({name}, {field[0]}), '
                         f"sizeof((({name} *)0)->{field[0]}));")
    lines += [f'printf("C {name} %d\\n", (int){name});' for name in constants] + ["}"]
    with tempfile.TemporaryDirectory() as folder:
        source, program = pathlib.Path(folder) / "layout.c", pathlib.Path(folder) / "layout"
        source.write_text("\n".join(lines))
        subprocess.run(["cc", "-std=c17", f"-I{ROOT}/include", source, "-o", program], check=True)
        said = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    sizes, values = {}, {}
    for line in said.splitlines():
        kind, name, *rest = line.split()
        if kind == "S":
            sizes[name] = [int(rest[0]), {}]
        elif kind == "F":
            sizes[name][1][rest[0]] = (int(rest[1]), int(rest[2]))
        else:
            values[name] = int(rest[0])
    return sizes, values


def layout_by_ctypes(kind):
    fields = {field[0]: getattr(kind, field[0]) for field in kind._fields_}
    return [ctypes.sizeof(kind), {name: (field.offset, field.size) for name, field in fields.items()}]


def fields_in_the_header(name):
    """The names of a struct's fields as the header has them."""
    text = "".join(path.read_text() for path in sorted((ROOT / "include/truce").glob("*.h")))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    body = re.search(rf"typedef struct\s+{name} \{{(.*?)\}} {name};", text, re.S).group(1)
    body = re.sub(r"enum \{.*?\}", "int", body, flags=re.S)
    found = []
    for line in body.split(";"):
        if "(*" in line:
            found += re.findall(r"\(\*(\w+)\)", line)[:1]
        elif line.strip():
            found += [re.search(r"(\w+)\s*(\[\w+\])?\s*$", part).group(1) for part in line.split(",")]
    return found


class Headers(Case):
    def structs_and_constants_are_those_of_the_headers(self):
        sizes, values = layout_by_the_compiler(_structs.STRUCTS, _structs.CONSTANTS)
        self.assertGreater(len(sizes), 40)
        for name, kind in _structs.STRUCTS.items():
            with self.subTest(name):
                self.assertEqual(layout_by_ctypes(kind), sizes[name])
        self.assertEqual(values, _structs.CONSTANTS)

    def no_field_is_left_out(self):
        for name, kind in _structs.STRUCTS.items():
            with self.subTest(name):
                self.assertEqual([field[0] for field in kind._fields_], fields_in_the_header(name))

    def a_struct_that_drifted_would_be_noticed(self):
        first = _structs.STRUCTS["truce_issue"]
        planted = type("planted", (ctypes.Structure,), {"_fields_": [
            (name, ctypes.c_int32 if name == "value_count" else kind) for name, kind in first._fields_]})
        sizes, _ = layout_by_the_compiler({"truce_issue": planted}, {})
        self.assertNotEqual(layout_by_ctypes(planted), sizes["truce_issue"])

    def functions_take_as_many_arguments_as_the_headers_say(self):
        text = "".join(path.read_text() for path in sorted((ROOT / "include/truce").glob("*.h")))
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        for name, (returns, arguments) in _library.FUNCTIONS.items():
            with self.subTest(name):
                found = re.search(rf"TRUCE_API\s+([^;]*?){name}\(([^;]*)\);", text, re.S)
                self.assertIsNotNone(found)
                given = found.group(2).strip()
                self.assertEqual(len(arguments), 0 if given == "void" else given.count(",") + 1)
                self.assertEqual(returns is None, found.group(1).strip() == "void")

    def there_is_one_version(self):
        meson = re.search(r"version: '([^']*)'", (ROOT / "meson.build").read_text()).group(1)
        self.assertEqual(truce.__version__, meson)
        self.assertEqual(_version.VERSION, meson)
        self.assertIn('version = {attr = "truce._version.VERSION"}', (ROOT / "python/pyproject.toml").read_text())


# ---- reading


class Reading(Case):
    def a_scenario_has_its_parties_issues_and_outcomes(self):
        talks = truce.load(TINY)
        self.assertEqual([party.id for party in talks.parties], ["ANA", "BEN"])
        self.assertEqual(talks.party("BEN").reservation, 30)
        self.assertEqual(talks.issues[1].values, ("nobody", "shared", "ana", "ben"))
        self.assertEqual((talks.id, talks.size, talks.warnings), ("tiny", 24, ()))
        self.assertEqual(talks.today(), {"morning": "ana", "repair": "nobody", "path": "closed"})
        self.assertEqual(talks.named(talks.indices(talks.today())), talks.today())
        self.assertRaisesRegex(truce.ChoiceError, 'no party "CARL"', talks.party, "CARL")

    def mistakes_come_with_file_line_and_column(self):
        text = pathlib.Path(TINY).read_text().replace("parties:", "partys:", 1)
        path = self.fresh(text)
        with self.assertRaises(truce.InputError) as caught:
            truce.load(path)
        line = text.split("\n").index("partys:") + 1
        self.assertEqual((caught.exception.file, caught.exception.line, caught.exception.column), (str(path), line, 1))
        self.assertIn("partys", caught.exception.message)
        self.assertIn(f"{path}:{line}:1: error: ", str(caught.exception))
        self.assertIn("parties", caught.exception.remarks[0].hint)
        self.assertRaises(truce.InputError, truce.load, "/nowhere/at/all.yaml")

    def what_if_changes_one_number(self):
        for change in ({"ANA.outside.worth": 81}, ["ANA.outside.worth=81"], "ANA.outside.worth=81"):
            talks = truce.load(TINY, set=change)
            self.assertEqual(talks.party("ANA").reservation, 81)
            self.assertFalse(talks.deals())
        self.assertTrue(truce.load(TINY).deals())
        with self.assertRaises((truce.ChoiceError, truce.InputError)) as caught:
            truce.load(TINY, set={"ANA.outsid.worth": 81})
        self.assertIn('--set:1:5: error: unknown name "outsid"; did you mean "outside"?', str(caught.exception))

    def a_reader_sees_what_that_reader_may_see(self):
        path = ROOT / "scenarios" / "two-valleys.truce.yaml"
        floors = {reader: [truce.load(path, for_=reader).party(party).reservation for party in ("ARDA", "BELVA")]
                  for reader in (None, "ARDA", "BELVA", "mediator")}
        self.assertEqual(floors, {None: [51, 46], "ARDA": [51, None], "BELVA": [None, 46], "mediator": [None, None]})
        seen = truce.parse(path.read_text(), for_="BELVA")
        self.assertEqual(seen.shown_to, "BELVA")
        self.assertEqual(seen.withheld, truce.load(path, for_="BELVA").withheld)
        self.assertGreater(seen.withheld, 0)
        self.assertRaises(truce.ChoiceError, truce.load, path, for_="NOBODY")

    def text_and_made_up_scenarios_are_read_as_well(self):
        self.assertEqual(truce.parse(pathlib.Path(TINY).read_bytes()).size, 24)
        made = truce.generate(30, 10, rules=20, seed=1)
        self.assertEqual(made.size, 10 ** 30)
        self.assertRaises(truce.ChoiceError, truce.generate, 0, 10)
        self.assertRaises(truce.ChoiceError, truce.generate, 2, 2, kind="odd")

    def files_of_other_systems_are_read_as_a_folder_or_one_by_one(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([TRUCE, "convert", TINY, "--to", "genius", "--lossy", "-o", folder, "--quiet"], check=True,
                           capture_output=True)
            files = sorted(pathlib.Path(folder).glob("*"))
            whole, single = truce.load(folder), truce.load(files[0], *files[1:])
            self.assertEqual(len(whole.parties), 2)
            self.assertEqual(whole.size, single.size)

    def a_library_that_is_not_there_is_told(self):
        done = subprocess.run([sys.executable, "-c", "import truce"], capture_output=True, text=True,
                              env={**os.environ, "TRUCE_LIBRARY": "/nowhere.so", "PYTHONPATH": str(ROOT / "python")})
        self.assertEqual(done.returncode, 1)
        self.assertIn("TRUCE_LIBRARY", done.stderr)
        done = subprocess.run([sys.executable, "-c", "import truce"], capture_output=True, text=True,
                              env={**os.environ, "TRUCE_LIBRARY": "libc.so.6", "PYTHONPATH": str(ROOT / "python")})
        self.assertIn("LibraryError", done.stderr)


# ---- questions


def rounded(number):
    return float(f"{number:.12g}")


class Questions(Case):
    def answers_are_those_of_the_command(self):
        for path, question in itertools.product(
                (TINY, ISTANBUL), ("deals", "clash", "unlock", "order", "now", "wait", "count", "metrics")):
            with self.subTest(path=path, question=question):
                talks = truce.load(path)
                answer = getattr(talks, {"clash": "clashes"}.get(question, question))()
                said = command(question, path)
                self.assertEqual(answer.json["answer"], said["answer"])
                self.assertEqual((answer.proof.how, answer.proof.by), (said["proof"]["how"], said["proof"]["by"]))
                self.assertEqual(list(answer.rests_on.claims), said["rests_on"]["claims"])
                self.assertEqual(list(answer.rests_on.facts), said["rests_on"]["facts"])
                self.assertEqual(answer.rests_on.assumed, said["rests_on"]["assumed"])

    def the_brief_and_what_is_asked_are_those_of_the_command(self):
        talks = truce.load(ISTANBUL)
        self.assertEqual(talks.brief().sections, command("brief", ISTANBUL)["answer"])
        for question, verb in (("who", "who"), ("evidence", "evidence"), ("rounds", "rounds"), ("text", "text"),
                               ("flips", "flip")):
            with self.subTest(question):
                self.assertEqual(talks.ask(question)["answer"], command(verb, ISTANBUL)["answer"])
        self.assertRaises(truce.ChoiceError, talks.ask, "deals")

    def fields_say_what_the_json_says(self):
        talks = truce.load(ISTANBUL)
        deals = talks.deals()
        self.assertEqual((deals.outcomes, deals.acceptable, deals.efficient), (11664, 774, 16))
        self.assertEqual(deals.points["nash"][0].utilities["UA"], 65.9)
        self.assertEqual(talks.clashes().clashes[0].by, {"UA": ["d-ua-cf"], "RU": ["d-ru-cf"]})
        self.assertEqual([way.outcomes for way in talks.unlock()], [331, 297, 126])
        self.assertEqual([one.then for one in talks.order().cycles[0]], ["talks", "terms", "ceasefire"])
        self.assertEqual([move.may_sign for move in talks.now()], ["yes", "yes", "no"])
        self.assertEqual([date.acceptable for date in talks.wait(days=60).dates], [774, 1016, 1269])
        self.assertEqual(talks.metrics().frontier_size, 217)
        self.assertEqual(talks.count().rational, 756)
        self.assertEqual(len(talks.clashes(include=["red-lines"])),
                         len(command("clash", ISTANBUL, "--with", "red-lines")["answer"]["clashes"]))

    def nothing_found_is_an_answer_and_false(self):
        deals = truce.load(TINY, set={"ANA.outside.worth": 81}).deals()
        self.assertEqual((deals.status, bool(deals), deals.acceptable), (truce.Status.NONE, False, 0))
        self.assertEqual(deals.proof.how, "proved")

    def choices_that_make_no_sense_are_told(self):
        talks = truce.load(TINY)
        for wrong in (lambda: talks.deals(over=["X"]), lambda: talks.frontier(over="ANA"),
                      lambda: talks.deals(seconds=0), lambda: talks.deals(threads=0), lambda: talks.frontier(as_="x"),
                      lambda: talks.clashes(include=["all"]), lambda: talks.points(disagreement="x"),
                      lambda: talks.frontier(epsilon=-1), lambda: talks.outcomes("X")):
            self.assertRaises(truce.ChoiceError, wrong)

    def time_that_ran_out_leaves_bounds(self):
        made = truce.generate(40, 10, parties=4, kind="independent", rules=30, seed=3)
        front = made.frontier(seconds=0.05)
        self.assertEqual((front.status, front.complete, front.proof.how), (truce.Status.LIMIT, False, "bounded"))


class Frontiers(Case):
    def the_frontier_is_what_brute_force_finds(self):
        for path, over in ((TINY, ["ANA", "BEN"]), (ISTANBUL, ["UA", "RU"]), (ISTANBUL, ["US", "UA", "RU"])):
            talks = truce.load(path)
            places = [talks.party(one).index for one in over]
            everything = talks.outcomes(over[0], top=talks.size)
            rows = {tuple(row[p] for p in places) for row in everything.utilities.tolist()}
            best = sorted((row for row in rows if not any(
                other != row and all(a >= b for a, b in zip(other, row)) for other in rows)), reverse=True)
            front = talks.frontier(over=over)
            self.assertEqual([tuple(row) for row in front.utilities.tolist()], best)
            self.assertEqual(front.parties, tuple(over))
            counts = [front.count(n) for n in range(len(front))]
            self.assertEqual(counts, [sum(tuple(row[p] for p in places) == point for row in everything.utilities.tolist())
                                      for point in best])

    def a_space_of_ten_to_the_thirty_is_no_obstacle(self):
        made = truce.generate(30, 10, rules=20, seed=1)
        front = made.frontier()
        self.assertEqual((len(front), front.space, front.proof.how), (2933, 10 ** 30, "proved"))
        self.assertEqual(tuple(front.utilities.shape), (2933, 2))
        self.assertEqual(made.utilities(front.indices()).tolist(), front.utilities.tolist())
        self.assertEqual(made.indices(front.outcome(7)), tuple(front.indices().tolist()[7]))
        top, bottom = front.exact(0, "p1").split("/") if "/" in front.exact(0, "p1") else (front.exact(0, "p1"), 1)
        self.assertEqual(int(top) / int(bottom), front.utilities[0, 0])
        said = command("points", self.written(made))["answer"]
        points = made.points()
        for name in ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian", "equal_loss"):
            self.assertEqual([[rounded(u) for u in row] for row in points[name].utilities.tolist()],
                             [one["u"] for one in said[name]])
            self.assertEqual(list(points[name].outcomes), [one["outcome"] for one in said[name]])

    def written(self, _):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        path = os.path.join(folder, "made.yaml")
        subprocess.run([TRUCE, "generate", "--issues", "30", "--values", "10", "--rules", "20", "--seed", "1", "-o", path],
                       check=True, capture_output=True)
        return path

    def its_numbers_are_not_copied_and_outlive_everything(self):
        talks = truce.load(ISTANBUL)
        front = talks.frontier()
        rows, size = front.utilities, len(front)
        kept = rows.tolist()
        pointer = ctypes.cast(_structs.frontier.from_address(front._owner.address).utilities, ctypes.c_void_p).value
        here = rows.ctypes.data if numpy else ctypes.addressof(rows.obj)
        self.assertEqual(here, pointer)
        talks.close()
        del front, talks
        gc.collect()
        truce.load(ISTANBUL).frontier()
        self.assertEqual((rows.tolist(), len(rows)), (kept, size))
        with self.assertRaises((TypeError, ValueError)):
            rows[0, 0] = 1.0

    def points_beyond_the_last_are_refused(self):
        front = truce.load(TINY).frontier(values_only=True)
        self.assertRaises(IndexError, front.outcome, len(front))
        self.assertRaises(IndexError, front.count, -1)
        self.assertRaises(truce.ChoiceError, front.outcome, 0)
        self.assertRaises(truce.ChoiceError, front.indices)
        self.assertRaises(truce.ChoiceError, front.exact, 0, "X")

    def json_and_choices_are_those_of_the_command(self):
        talks = truce.load(ISTANBUL)
        for choices, flags in (({}, ()), ({"rational": True}, ("--rational",)), ({"over": ["UA", "RU"]}, ("--over", "UA,RU")),
                               ({"epsilon": "0.5", "over": ["UA", "RU"]}, ("--epsilon", "0.5", "--over", "UA,RU"))):
            self.assertEqual(talks.frontier(**choices).json["answer"], command("frontier", ISTANBUL, *flags)["answer"])
        self.assertEqual(talks.points().json["answer"], command("points", ISTANBUL)["answer"])
        self.assertEqual(talks.outcomes("RU", top=5, worst=True).json["answer"],
                         command("outcomes", ISTANBUL, "--party", "RU", "--top", "5", "--worst")["answer"])


class Utilities(Case):
    def in_bulk_they_are_those_one_by_one(self):
        talks = truce.load(ISTANBUL)
        rows = list(itertools.product(*(range(len(issue.values)) for issue in talks.issues)))[::7]
        many = talks.utilities(rows).tolist()
        for party in talks.parties:
            alone = talks.utilities(rows, party.id).tolist()
            for row, worth, one in list(zip(rows, many, alone))[::50]:
                single = talks.utility(row, party.id)
                self.assertTrue(single == one == worth[party.index] or math.isnan(single) and math.isnan(one))
        best = talks.outcomes("UA", top=100)
        self.assertEqual(str(talks.utilities(best.indices).tolist()), str(best.utilities.tolist()))

    def names_indices_and_buffers_are_all_outcomes(self):
        talks = truce.load(TINY)
        rows = [[0, 0, 0], [1, 1, 1]]
        flat = array.array("I", [0, 0, 0, 1, 1, 1])
        right = [50.0, 68.0]
        self.assertEqual(talks.utility({"morning": "by-turns", "repair": "shared", "path": "open"}, "ANA"), right[1])
        self.assertEqual(talks.utility(talks.today(), "ANA"), right[0])
        given = [rows, [tuple(row) for row in rows], flat, memoryview(flat),
                 memoryview(flat.tobytes()).cast("I"), memoryview(flat.tobytes()).cast("B").cast("I", (2, 3)),
                 [talks.named(row) for row in rows]]
        if numpy:
            given += [numpy.array(rows), numpy.array(rows, numpy.uint32), numpy.array(rows, numpy.int8),
                      numpy.array(rows, numpy.uint32, order="F"), numpy.array(rows + rows, numpy.uint32)[::2][:1].repeat(2, 0)]
            right_of = {len(given) - 1: [right[0], right[0]]}
        else:
            right_of = {}
        for n, one in enumerate(given):
            with self.subTest(n):
                self.assertEqual(talks.utilities(one, "ANA").tolist(), right_of.get(n, right))
        self.assertEqual(len(talks.utilities([])), 0)
        self.assertEqual(len(talks.utilities([], "ANA")), 0)

    def what_is_no_outcome_is_refused(self):
        talks = truce.load(TINY)
        for wrong in ([[0, 0]], [[0, 0, 0, 0]], array.array("I", [0, 0]), [[0, 0, -1]], [[0, 0, 2 ** 32]]):
            with self.subTest(wrong):
                self.assertRaises(ValueError, talks.utilities, wrong)
        with self.assertRaisesRegex(truce.ChoiceError, 'outcome 1: issue "repair" has 4 values, from 0, and 9'):
            talks.utilities([[0, 0, 0], [0, 9, 0]])
        self.assertRaises(TypeError, talks.utilities, array.array("d", [0, 0, 0]))
        if numpy:
            self.assertRaises(TypeError, talks.utilities, numpy.zeros((2, 3)))
        self.assertRaisesRegex(truce.ChoiceError, 'unknown value "x"', talks.utility, ["x", 0, 0], "ANA")
        self.assertRaisesRegex(truce.ChoiceError, "says nothing of path", talks.utility, {"morning": "ana", "repair": "ana"},
                               "ANA")
        self.assertRaisesRegex(truce.ChoiceError, 'no issue "x"', talks.utility, {"x": "ana"}, "ANA")

    def arrays_are_numpys_where_it_is(self):
        worth = truce.load(TINY).utilities([[0, 0, 0]])
        self.assertEqual(truce.has_numpy(), numpy is not None)
        self.assertEqual(type(worth), numpy.ndarray if numpy else memoryview)
        self.assertEqual(worth[0, 1], 20.0)


# ---- play


class Boulware(truce.Strategy if INSIDE else object):
    """What the library's own does, by its formula."""

    def target(self, seat):
        return seat.greatest - seat.time ** 4 * (seat.greatest - seat.least)

    def offer(self, seat):
        return seat.at_least(min(self.target(seat), seat.greatest))

    def answer(self, seat, offer):
        return seat.utility(offer) >= self.target(seat)


class Stubborn:
    """No Strategy, but it can offer."""

    def offer(self, seat):
        return seat.best()


def spoken(session):
    return [(turn.round, turn.party, turn.said, turn.outcome, turn.utilities) for turn in session.turns]


class Play(Case):
    def sessions_are_those_of_the_command(self):
        for path, names, more in ((TINY, "boulware,tit-for-tat", {}), (ISTANBUL, "micro", {"seed": 5}),
                                  (ISTANBUL, "boulware", {"protocol": "amop", "rounds": 30})):
            flags = [word for name, value in more.items() for word in (f"--{name}", str(value))]
            session = truce.load(path).negotiate(*names.split(","), measured=True, **more)
            self.assertEqual(session.json["answer"], command("negotiate", path, "--with", names, *flags)["answer"])
            with tempfile.NamedTemporaryFile("r") as trace:
                command("negotiate", path, "--with", names, "--trace", trace.name, "--force", *flags)
                lines = [json.loads(line) for line in trace][1:-1]
            self.assertEqual([(turn.round, turn.party, turn.said, turn.outcome) for turn in session.turns],
                             [(line["round"], line["party"], line["said"], line["outcome"]) for line in lines])
            self.assertEqual(session.utilities, {one["party"]: one["utility"] for one in session.json["answer"]["seats"]})

    def own_boulware_is_the_librarys(self):
        for path in (TINY, ISTANBUL):
            talks = truce.load(path)
            for theirs in ("boulware", "conceder", "micro"):
                self.assertEqual(spoken(talks.negotiate(Boulware, theirs)), spoken(talks.negotiate("boulware", theirs)))
                self.assertEqual(spoken(talks.negotiate(theirs, Boulware)), spoken(talks.negotiate(theirs, "boulware")))
            self.assertEqual(spoken(talks.negotiate(Boulware)), spoken(talks.negotiate("boulware")))

    def each_seat_has_an_object_of_its_own_and_every_call_comes(self):
        said = []

        class Talker(truce.Strategy):
            def __init__(self):
                self.number = None

            def begin(self, seat):
                said.append(("begin", seat.number, seat.count, seat.rounds))
                self.number = seat.number

            def hear(self, seat, by, offer):
                said.append(("hear", self.number, by, seat.last(by) == offer, seat.round))

            def offer(self, seat):
                self.assert_is_mine(seat)
                return seat.best(seat.round)

            def assert_is_mine(self, seat):
                assert seat.number == self.number

            def end(self, seat):
                said.append(("end", self.number))

        talks = truce.load(TINY)
        session = talks.negotiate(Talker, rounds=3)
        self.assertEqual(said[:2], [("begin", 0, 2, 3), ("begin", 1, 2, 3)])
        self.assertEqual(said[-2:], [("end", 0), ("end", 1)])
        offers = sum(turn.said == "offer" for turn in session.turns)
        self.assertEqual([one for one in said if one[0] == "hear"],
                         [("hear", 1 - n % 2, n % 2, True, n // 2) for n in range(offers)])
        self.assertEqual([seat.strategy for seat in session.seats], ["Talker", "Talker"])

    def a_seat_tells_what_it_may(self):
        talks, seen = truce.load(TINY), {}

        class Curious(truce.Strategy):
            def offer(self, seat):
                best = seat.best()
                seen.update(best=seat.outcome(best), indices=seat.indices(best), counts=seat.value_counts,
                            worth=seat.utility(best), greatest=seat.greatest, least=seat.least, floor=seat.reservation,
                            back=seat.offer(seat.outcome(best)) == best, admits=seat.admits(best), last=seat.last(1),
                            beyond=seat.best(10 ** 6), more=seat.at_least(seat.greatest + 1), time=seat.time,
                            drawn=[seat.random(6) for _ in range(50)], today=seat.admits(seat.offer(talks.today())))
                for wrong in (lambda: seat.best(-1), lambda: seat.last(2), lambda: seat.random(0),
                              lambda: seat.offer(["x", 0, 0])):
                    try:
                        wrong()
                    except truce.ChoiceError:
                        continue
                    raise AssertionError("not refused")
                seen["seat"] = seat
                return None

        session = talks.negotiate(Curious, "micro")
        self.assertEqual((session.ended, session.agreement, session.status), ("left", None, truce.Status.NONE))
        self.assertEqual(seen["best"], talks.outcomes("ANA", top=1, rational=False).outcomes[0])
        self.assertEqual((seen["counts"], seen["worth"], seen["floor"]), ((3, 4, 2), seen["greatest"], 55.0))
        self.assertEqual((seen["back"], seen["admits"], seen["last"], seen["beyond"], seen["more"], seen["today"]),
                         (True, True, None, None, None, False))
        self.assertEqual(set(seen["drawn"]), set(range(6)))
        self.assertRaisesRegex(RuntimeError, "inside the calls", lambda: seen["seat"].time)

    def outcomes_may_be_offered_by_name(self):
        talks = truce.load(TINY)
        wish = {"morning": "by-turns", "repair": "shared", "path": "open"}

        class Names:
            def offer(self, seat):
                return wish

        class Agrees(truce.Strategy):
            def offer(self, seat):
                return seat.best()

            def answer(self, seat, offer):
                return truce.ACCEPT

        self.assertEqual(talks.negotiate(Names(), Agrees()).agreement, wish)

    def any_class_that_offers_will_do_and_nothing_else(self):
        talks = truce.load(TINY)
        self.assertEqual(talks.negotiate(Stubborn, "hardliner").ended, "timed out")
        self.assertRaises(TypeError, talks.negotiate, object(), "micro")
        self.assertRaises(TypeError, talks.negotiate, truce.Strategy, "micro")
        self.assertRaises(truce.ChoiceError, talks.negotiate)
        with self.assertRaisesRegex(truce.ChoiceError, "boulware"):
            talks.negotiate("boulwar")

    def what_a_strategy_raises_comes_out_of_negotiate(self):
        talks, ended = truce.load(TINY), []

        class Peculiar(Exception):
            pass

        for where in ("__init__", "begin", "hear", "answer", "offer", "end"):
            class Bad(truce.Strategy):
                def answer(self, seat, offer):
                    return False

                def offer(self, seat):
                    return seat.best()

            class Witness(Stubborn):
                def end(self, seat):
                    ended.append(where)

            thrown = Peculiar(where)

            def throw(*_):
                raise thrown
            setattr(Bad, where, throw)
            for seats in ((Bad, Witness), (Witness, Bad)):
                with self.assertRaises(Peculiar) as caught:
                    talks.negotiate(*seats, rounds=3)
                self.assertIs(caught.exception, thrown)
        self.assertEqual(len(ended), 12)
        self.assertTrue(talks.negotiate("boulware").agreement)

    def an_answer_that_is_none_is_told(self):
        class Vague(Stubborn):
            def answer(self, seat, offer):
                return "perhaps"

        with self.assertRaisesRegex(TypeError, "Vague.answer"):
            truce.load(TINY).negotiate("micro", Vague)

    def sessions_may_run_on_many_threads_at_once(self):
        talks = truce.load(ISTANBUL)
        right, seen = spoken(talks.negotiate(Boulware)), []

        def play():
            seen.extend(spoken(talks.negotiate(Boulware)) == right for _ in range(10))
        threads = [threading.Thread(target=play) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        self.assertEqual(seen, [True] * 40)

    def control_c_stops_a_long_search(self):
        made = truce.generate(60, 12, parties=5, kind="independent", rules=60, seed=2)
        handler = signal.getsignal(signal.SIGINT)
        for threads in (1, 2):
            began = time.monotonic()
            timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
            timer.start()
            with self.assertRaises(KeyboardInterrupt):
                made.frontier(seconds=30, threads=threads)
            self.assertLess(time.monotonic() - began, 10)
            timer.join()
            self.assertIs(signal.getsignal(signal.SIGINT), handler)

    def control_c_in_a_strategy_ends_the_session(self):
        class Interrupted(Stubborn):
            def offer(self, seat):
                os.kill(os.getpid(), signal.SIGINT)
                return seat.best()
        self.assertRaises(KeyboardInterrupt, truce.load(TINY).negotiate, Interrupted, "hardliner")

    def progress_is_told_and_what_it_raises_stops(self):
        made, seen = truce.generate(40, 10, parties=3, kind="independent", rules=30, seed=3), []
        made.frontier(seconds=1, progress=lambda what, part: seen.append(part))
        self.assertTrue(seen and all(0 <= part <= 1 for part in seen))

        def tired(what, part):
            raise InterruptedError(what)
        self.assertRaises(InterruptedError, made.frontier, seconds=20, progress=tired)

    def tournaments_take_own_classes_and_give_the_same_on_two_threads(self):
        strategies = [Boulware, "conceder", "micro"]
        one = truce.tournament(strategies, TINY, repetitions=2, seed=7)
        two = truce.tournament(strategies, [TINY], repetitions=2, seed=7, threads=2)
        self.assertEqual((one.scores, one.payoffs, one.missing), (two.scores, two.payoffs, 0))
        right = truce.tournament(["boulware", "conceder", "micro"], TINY, repetitions=2, seed=7)
        self.assertEqual([score.score for score in one.scores], [score.score for score in right.scores])
        self.assertEqual(one.payoffs["Boulware"]["micro"], right.payoffs["boulware"]["micro"])
        with tempfile.TemporaryDirectory() as folder:
            truce.tournament(["boulware", "micro"], TINY, out=folder + "/cup")
            self.assertEqual(truce.standings(folder + "/cup").sessions, 4)
            self.assertRaises(truce.ChoiceError, truce.standings, folder + "/none")
        self.assertRaises(truce.ChoiceError, truce.tournament, [Boulware()], TINY)

        class Bad(Stubborn):
            def offer(self, seat):
                return 1 // 0
        self.assertRaises(ZeroDivisionError, truce.tournament, [Bad, "micro"], TINY)

    def every_strategy_of_the_library_is_listed(self):
        self.assertEqual([one["name"] for one in truce.strategies()],
                         [one["name"] for one in json.loads(subprocess.run(
                             [TRUCE, "strategies", "--json"], capture_output=True).stdout)["strategies"]])


# ---- memory


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


class Memory(Case):
    def a_closed_scenario_answers_no_more_and_its_results_stay(self):
        with truce.load(ISTANBUL) as talks:
            front, session = talks.frontier(), talks.negotiate("boulware")
        self.assertRaisesRegex(ValueError, "closed", talks.deals)
        self.assertRaisesRegex(ValueError, "closed", talks.utilities, [[0] * 8])
        self.assertRaisesRegex(ValueError, "closed", talks.negotiate, "micro")
        self.assertEqual(len(front.outcome(0)), 8)
        self.assertTrue(session.turns[-1].outcome and session.json["answer"])
        talks.close()

    def results_in_circles_are_collected_in_any_order(self):
        for _ in range(50):
            talks = truce.load(TINY)
            circle = [talks, talks.frontier(), talks.points(), talks.negotiate("micro")]
            circle.append(circle)
            del talks, circle
        gc.collect()

    def repeating_everything_takes_no_more_memory(self):
        def everything():
            with truce.load(ISTANBUL) as talks:
                talks.frontier(over=["UA", "RU"]).indices()
                talks.points(), talks.clashes(), talks.now(), talks.outcomes("UA", top=100)
                talks.utilities(talks.outcomes("UA", top=50).indices)
                talks.negotiate(Boulware, "micro").turns[0]
            try:
                truce.load("/nowhere")
            except truce.InputError:
                pass
        for _ in range(30):
            everything()
        gc.collect()
        before = resident()
        for _ in range(150):
            everything()
        gc.collect()
        self.assertLess(resident() - before, 3 << 20)


# ---- NegMAS


def real_negmas():
    try:
        return importlib.import_module("negmas")
    except ImportError:
        return None


class WithNegmas:
    """What must hold with NegMAS, and with its stand-in."""

    negmas = None

    def patient(self):
        """A negotiator of NegMAS by the rule of Boulware above."""
        negmas, response = self.negmas, truce.negmas._of_negmas("ResponseType")

        class Patient(truce.negmas._of_negmas("SAONegotiator")):
            def __init__(self, *given, talks, party, **named):
                super().__init__(*given, **named)
                self.talks, self.party = talks, party
                floor = talks.party(party).reservation or 0
                best = talks.outcomes(party, top=talks.size)
                mine = [(worth[talks.party(party).index], tuple(outcome.values()))
                        for worth, outcome in zip(best.utilities.tolist(), best.outcomes)]
                self.ranked = [one for one in mine if one[0] >= floor]

            def target(self, state):
                most, least = self.ranked[0][0], self.ranked[-1][0]
                return most - ((state.step + 1) / (self.rounds + 1)) ** 4 * (most - least)

            def propose(self, state, dest=None):
                return [outcome for worth, outcome in self.ranked if worth >= self.target(state)][-1]

            def respond(self, state, source=None):
                good = self.ufun(state.current_offer) >= self.target(state)
                return response.ACCEPT_OFFER if good else response.REJECT_OFFER

        Patient.rounds = 40
        return Patient

    def utilities_are_the_same(self):
        talks = truce.load(ISTANBUL)
        worth = truce.negmas.utility_function(talks, "UA", scale=0.01)
        for row in ([0] * 8, [1, 1, 0, 1, 0, 2, 1, 0]):
            outcome = tuple(talks.named(row).values())
            self.assertAlmostEqual(float(worth(outcome)), talks.utility(row, "UA") / 100)
        self.assertAlmostEqual(worth.reserved_value, 0.52)
        self.assertAlmostEqual(float(worth(None)), 0.52)
        self.assertEqual([issue.name for issue in truce.negmas.issues(talks)], [issue.id for issue in talks.issues])
        self.assertRaises(truce.ChoiceError, truce.negmas.utility_function, talks, "TR")

    def a_negotiator_says_at_truces_table_what_the_same_rule_says(self):
        talks = truce.generate(4, 5, parties=3, kind="independent", seed=4)
        patient, over = self.patient(), [party.id for party in talks.parties]

        def seated(party):
            return truce.negmas.seated(lambda: patient(talks=talks, party=party), talks, party)

        def play(*strategies, over):
            return talks.negotiate(*strategies, over=over, rounds=40)
        one, other = over[:2]
        for theirs in ("boulware", "conceder", "micro", "hardliner"):
            with self.subTest(theirs):
                self.same(play(seated(one), theirs, over=over[:2]), play(Boulware, theirs, over=over[:2]))
                self.same(play(theirs, seated(other), over=over[:2]), play(theirs, Boulware, over=over[:2]))
        self.same(play(seated(one), seated(other), over=over[:2]), play(Boulware, over=over[:2]))
        for place, party in enumerate(over):
            for theirs in ("boulware", "conceder"):
                with self.subTest(party=party, theirs=theirs):
                    mine, right = [theirs] * 3, [theirs] * 3
                    mine[place], right[place] = seated(party), Boulware
                    self.same(play(*mine, over=over), play(*right, over=over))
        self.same(play(*map(seated, over), over=over), play(Boulware, over=over))

    def same(self, one, other):
        self.assertEqual(spoken(one), spoken(other))
        self.assertEqual(one.ended, other.ended)

    def a_mechanism_takes_truces_utilities(self):
        talks = truce.load(TINY)
        patient = self.patient()
        mechanism = truce.negmas._of_negmas("SAOMechanism")(issues=truce.negmas.issues(talks), n_steps=40)
        for party in ("ANA", "BEN"):
            mechanism.add(patient(talks=talks, party=party), ufun=truce.negmas.utility_function(talks, party))
        mechanism.run()
        right = talks.negotiate(Boulware, rounds=40)
        self.assertEqual(tuple(mechanism.state.agreement), tuple(right.agreement.values()))

    def what_a_negotiator_raises_comes_out_and_leaving_leaves(self):
        talks, response = truce.load(TINY), truce.negmas._of_negmas("ResponseType")

        class Faulty(truce.negmas._of_negmas("SAONegotiator")):
            def propose(self, state, dest=None):
                return {}["nothing"]

        class Leaves(Faulty):
            def propose(self, state, dest=None):
                return ("by-turns", "shared", "open")

            def respond(self, state, source=None):
                return response.END_NEGOTIATION
        self.assertRaises(KeyError, talks.negotiate, truce.negmas.seated(Faulty, talks, "ANA"), "hardliner")
        for seats in ((truce.negmas.seated(Leaves, talks, "ANA"), "hardliner"),
                      ("hardliner", truce.negmas.seated(Leaves, talks, "BEN"))):
            self.assertEqual(talks.negotiate(*seats).ended, "left")
        self.assertRaises(truce.ChoiceError, talks.negotiate, truce.negmas.seated(Leaves, talks, "ANA"), "micro", clock=0.1)
        self.assertLess(threading.active_count(), 5)


class WithRealNegmas(WithNegmas, Case):
    def setUp(self):
        self.negmas = real_negmas()
        if self.negmas is None:
            self.skipTest("NegMAS is not installed; its stand-in was asked instead")


class WithStandIn(WithNegmas, Case):
    def setUp(self):
        sys.path.insert(0, str(ROOT / "tests"))
        self.negmas = importlib.import_module("negmas_standin")
        self.before = sys.modules.get("negmas")
        sys.modules["negmas"] = self.negmas
        self.modules, truce.negmas._MODULES = truce.negmas._MODULES, ("negmas",)

    def tearDown(self):
        sys.path.remove(str(ROOT / "tests"))
        truce.negmas._MODULES = self.modules
        if self.before is None:
            del sys.modules["negmas"]
        else:
            sys.modules["negmas"] = self.before


class WithoutNegmas(Case):
    def it_is_told_when_it_is_not_there(self):
        if real_negmas() is not None:
            self.skipTest("NegMAS is installed")
        self.assertRaisesRegex(truce.LibraryError, "NegMAS is not installed", truce.negmas.issues, truce.load(TINY))


# ---- around the package


class Around(Case):
    def mypy_is_content(self):
        mypy = shutil.which("mypy") or "/usr/bin/mypy"
        if not os.path.exists(mypy):
            self.skipTest("mypy is not installed")
        with tempfile.TemporaryDirectory() as cache:
            done = subprocess.run([mypy, "--strict", "--cache-dir", cache, "--python-version", "3.9", "-p", "truce"],
                                  cwd=ROOT / "python", capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def everything_public_has_a_docstring(self):
        for name in truce.__all__:
            thing = getattr(truce, name)
            if isinstance(thing, type) or inspect.isfunction(thing):
                self.assertTrue((thing.__doc__ or "").strip() and not thing.__doc__.startswith(f"{name}("), name)
            if isinstance(thing, type):
                for what, method in vars(thing).items():
                    if not what.startswith("_") and callable(method) and not isinstance(method, type):
                        self.assertTrue(method.__doc__, f"{name}.{what}")

    def the_examples_run(self):
        examples = sorted((ROOT / "examples" / "python").glob("*.py"))
        self.assertGreater(len(examples), 2)
        for path in examples:
            with self.subTest(path.name):
                done = subprocess.run([sys.executable, str(path)], cwd=ROOT, capture_output=True, text=True,
                                      env={**os.environ, "PYTHONPATH": str(ROOT / "python")})
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertTrue(done.stdout)

    def pip_installs_it_without_a_network(self):
        probe = subprocess.run([sys.executable, "-c", "import setuptools, importlib.util as u; print(setuptools.__version__);"
                                "assert u.find_spec('pip')"],
                               capture_output=True, text=True)
        if probe.returncode or int(probe.stdout.split(".")[0]) < 61:
            self.skipTest("pip, or setuptools from 61 on, is not installed")
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "python", folder + "/python", ignore=shutil.ignore_patterns("__pycache__"))
            done = subprocess.run([sys.executable, "-m", "pip", "install", "--no-index", "--no-build-isolation", "--no-deps",
                                   "--quiet", "--target", folder + "/there", folder + "/python"],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.installed(folder + "/there")
            self.assertTrue(list(pathlib.Path(folder, "there").glob(f"truce-{_version.VERSION}.dist-info")))

    def meson_installs_it(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet"], capture_output=True,
                                  text=True, env={**os.environ, "DESTDIR": folder})
            self.assertEqual(done.returncode, 0, done.stderr)
            package = next(pathlib.Path(folder).rglob("truce/_structs.py")).parent
            self.assertEqual(package.parent.name, "dist-packages")
            self.assertEqual({path.name for path in package.iterdir()} - {"__pycache__"},
                             {path.name for path in (ROOT / "python/truce").iterdir()} - {"__pycache__"})
            library = next(pathlib.Path(folder).rglob("libtruce.so.0"))
            self.installed(package.parent, {"LD_LIBRARY_PATH": str(library.parent)}, drop=("TRUCE_LIBRARY",))

    def installed(self, place, more=None, drop=()):
        env = {**os.environ, "PYTHONPATH": str(place), **(more or {})}
        for name in drop:
            env.pop(name)
        done = subprocess.run(
            [sys.executable, "-c", f"import truce; print(truce.__file__, truce.load({TINY!r}).frontier().complete)"],
            cwd="/", env=env, capture_output=True, text=True)
        self.assertEqual(done.stdout.split(), [f"{place}/truce/__init__.py", "True"], done.stderr)


# ---- running


def tests_of(case):
    """Every public function of a case that is no helper is a test."""
    helpers = {"fresh", "setUp", "tearDown", "patient", "same", "written", "installed", "negmas", "before", "modules"}
    found = {}
    for kind in case.__mro__:
        if issubclass(kind, (Case, WithNegmas)) and kind is not Case:
            found.update({name: None for name, what in vars(kind).items()
                          if callable(what) and not name.startswith("_") and name not in helpers})
    return list(found)


def run_inside(names):
    """Runs the tests in this interpreter."""
    print(f"{sys.executable}, {'with' if numpy else 'without'} NumPy")
    suite = unittest.TestSuite()
    for case in list(globals().values()):
        if isinstance(case, type) and issubclass(case, Case) and case is not Case:
            if case is Around and not AROUND_TOO:
                continue
            for name in tests_of(case):
                full = f"{case.__name__}.{name}"
                if not names or any(full.startswith(wanted) for wanted in names):
                    suite.addTest(case(name))
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=1).run(suite)
    for test, why in result.skipped:
        print(f"skipped: {test.id().split('.', 1)[1]}: {why}")
    # a test that fails in several of its parts has failed once
    failed = {test.id().split(" ")[0] for test, _ in result.failures + result.errors}
    print(f"{result.testsRun - len(failed) - len(result.skipped)} passed, {len(failed)} failed, "
          f"{len(result.skipped)} skipped")
    return 1 if failed else 0


def has_numpy(interpreter):
    return subprocess.run([interpreter, "-c", "import numpy"], capture_output=True).returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if INSIDE:
        sys.exit(run_inside(options.names))
    interpreters = dict.fromkeys([sys.executable, "/usr/bin/python3"])
    able = next((one for one in interpreters if os.path.exists(one) and has_numpy(one)), None)
    ways = ([(able, "0")] if able else []) + [(able or sys.executable, "1")]
    total = [0, 0, 0]
    for interpreter, without in ways:
        done = subprocess.run(
            [interpreter, __file__, *options.names], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "TRUCE_TEST_INSIDE": "1", "TRUCE_TEST_WITHOUT_NUMPY": without,
                 "TRUCE_TEST_AROUND": "1" if without == ways[0][1] else "0",
                 "TRUCE_TEST_BUILD": str(options.build.resolve())})
        print(done.stdout, end="")
        count = re.findall(r"^(\d+) passed, (\d+) failed, (\d+) skipped$", done.stdout, re.M)
        counted = [int(n) for n in count[-1]] if count else [0, 1, 0]
        if done.returncode and not counted[1]:
            counted[1] = 1
        total = [a + b for a, b in zip(total, counted)]
    if able is None:
        print("skipped: with NumPy: it is not installed")
        total[2] += 1
    print("%d passed, %d failed, %d skipped" % tuple(total))
    sys.exit(total[1] > 0)


if __name__ == "__main__":
    main()
