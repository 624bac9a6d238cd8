#!/usr/bin/env python3
"""What --for hides stays hidden, in every question: no private text or number is printed, and
an answer is the same to the byte whatever the private numbers are.

    python3 tests/canary.py --truce build/src/cmd/truce
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

QUESTIONS = [
    "check", "who", "evidence", "deals", "clash", "unlock", "order", "now", "wait", "flip",
    "rounds", "text", "brief", "sheet",
]
TRUCE = "build/src/cmd/truce"

# Everything with CANARY or 77.7123 in it is for the mediator or for UA alone.
PRIVATE = """\
truce: 1
id: private
parties:
  UA: {name: Upland, role: principal, consent: all}
  RU: {name: Riverside, role: principal, consent: all}
  HO: {name: CANARY-host, role: host, visibility: mediator, note: CANARY}
sources:
  open: {title: open notes, kind: notes, reliability: B}
  shut: {title: CANARY, kind: CANARY, file: CANARY, reliability: A, visibility: mediator}
claims:
  c0: {source: open, says: it was said, speaker: UA, about: RU, credibility: 2, claim: c1}
  c1: {source: shut, says: CANARY, quote: CANARY, subject: CANARY, via: CANARY, corrected: CANARY,
    speaker: CANARY, date: 2025-05-16, credibility: 5, visibility: party:UA, note: CANARY}
  c2: {source: shut, says: it was said as well, speaker: HO, disputes: [c0, c1]}
facts:
  f0: {text: so it is, from: [c0, c1], by: analyst}
  f1: {text: CANARY, from: c1, by: CANARY}
delegations:
  ua-team: {of: UA, head: Ana, may-sign: [water, secret]}
  ru-team: {of: RU, head: Ben, may-sign: [water, toll, "secret = CANARY-b"]}
  ho-team: {of: HO, head: CANARY}
issues:
  water: {title: Water, ordered: yes, values: [little, shared, much]}
  toll: {title: Toll, ordered: yes, values: [full, half, none]}
  secret: {title: CANARY, values: [CANARY-a, CANARY-b], visibility: mediator}
preferences:
  UA:
    basis: A
    weights: {water: 50, toll: {mode: 77.7123, visibility: party:UA}, secret: 77.7123}
    worth: {water: [100, 60, 0], toll: [0, {mode: 77.7123, visibility: mediator}, 100]}
    bonus: [{if: "water = shared", worth: 77.7123, note: CANARY, visibility: mediator}]
    red-lines: [{if: "water = much", note: CANARY, visibility: party:UA}, {if: "toll = none and water = much"}]
    outside: {worth: 77.7123, per-30-days: 77.7123, visibility: party:UA, note: CANARY}
  RU:
    basis: A
    weights: {water: 60, toll: 40}
    worth: {water: [0, 60, 100], toll: [100, 50, 0], secret: [77.7123, 1]}
    outside: {worth: 30, low: 20, high: 40}
demands:
  d0: {by: RU, wants: "water >= shared", claim: [c0, c1]}
  d1: {by: UA, wants: "water = little", strength: CANARY, visibility: mediator}
  d2: {by: UA, wants: "secret = CANARY-b"}
  d3: {by: UA, wants: "toll = none"}
rules:
  r0: {by: RU, if: "toll = none", then: "water = much"}
  r1: {by: UA, if: water, then: toll, note: CANARY, visibility: party:UA}
steps:
  plan: {title: CANARY, visibility: mediator}
  talks: {title: talks, issues: [water, secret]}
order:
  o0: {by: RU, first: water, then: toll, evidence: [f1, f0]}
  o1: {by: UA, first: plan, then: water, strength: CANARY}
  o2: {by: UA, first: talks, then: toll, visibility: party:UA}
threats:
  t0: {by: RU, unless: "water = much", effect: a dam, readings: [{toll: none, secret: CANARY-b}]}
  t1: {by: UA, effect: CANARY, outside: {RU: 77.7123}, visibility: mediator}
deadlines:
  soon: {by: RU, at: "day 60", effect: sowing}
  late: {by: UA, at: "day 77.7123", effect: CANARY, visibility: party:UA}
rounds:
  first: {place: here, date: 2025-05, parties: [UA, RU, HO], positions: {RU: {water: much, secret: CANARY-b}}}
  other: {title: CANARY, place: CANARY, frame: CANARY, visibility: mediator}
observed:
  b0: {offer: {water: shared}, proposed-by: RU, accepted-by: [RU, HO], refused-by: [UA]}
  b1: {offer: {toll: half}, accepted-by: [UA], reason: CANARY, visibility: party:UA}
  b2: {offer: {water: much, secret: CANARY-b}, accepted-by: [RU]}
agreements:
  x1: {set: {toll: half}, note: CANARY, visibility: mediator}
"""


def ask(folder, question, *options):
    """Status and all that is printed, without the sum of the file."""
    done = subprocess.run(
        [TRUCE, question, "talks.yaml", *options],
        cwd=folder, capture_output=True, text=True, timeout=60,
    )
    return done.returncode, re.sub(r"[0-9a-f]{64}", "SUM", done.stdout + done.stderr)


def written(folder, text):
    pathlib.Path(folder, "talks.yaml").write_text(text, encoding="utf-8")


class Canary(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name

    def each(self):
        for question in QUESTIONS:
            for form in (), ("--json",):
                yield question, form

    def test_nothing_private_is_printed(self):
        written(self.folder, PRIVATE)
        for question, form in self.each():
            status, answer = ask(self.folder, question, "--for", "RU", *form)
            self.assertIn(status, (0, 1), f"{question}: {answer}")
            for word in "CANARY", "77.7", "777123", "secret", "HO":
                self.assertNotIn(word, answer, f"truce {question} {' '.join(form)}")

    def test_an_answer_does_not_depend_on_private_numbers(self):
        written(self.folder, PRIVATE)
        before = [ask(self.folder, q, "--for", "RU", *form) for q, form in self.each()]
        written(self.folder, PRIVATE.replace("77.7123", "12.25").replace("CANARY", "other"))
        after = [ask(self.folder, q, "--for", "RU", *form) for q, form in self.each()]
        for (question, form), one, other in zip(self.each(), before, after):
            self.assertEqual(one, other, f"truce {question} {' '.join(form)}")

    def report(self):
        """A report for one reader, without its sheet and its script, which are always the same."""
        status, answer = ask(self.folder, "report", "--for", "RU")
        self.assertEqual(status, 0, answer[:1000])
        return answer.split("<body>")[1].split("<script>")[0]

    def test_a_report_shows_nothing_private(self):
        written(self.folder, PRIVATE)
        before = self.report()
        for word in "CANARY", "77.7", "777123", "secret", "HO":
            self.assertNotIn(word, before)
        written(self.folder, "\n\n" + PRIVATE.replace("77.7123", "12.25").replace("CANARY", "other"))
        self.assertEqual(before, self.report())
        written(self.folder, PRIVATE)
        self.assertIn("CANARY", ask(self.folder, "report", "--for", "mediator")[1])

    def test_whoever_may_see_it_sees_it(self):
        written(self.folder, PRIVATE)
        self.assertIn("CANARY", ask(self.folder, "evidence")[1])
        self.assertIn("CANARY", ask(self.folder, "who", "--for", "mediator")[1])
        self.assertNotEqual(
            ask(self.folder, "deals", "--for", "UA")[1], ask(self.folder, "deals", "--for", "RU")[1]
        )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--truce", default=TRUCE)
    chosen, rest = arguments.parse_known_args()
    TRUCE = str(pathlib.Path(chosen.truce).resolve())
    unittest.main(argv=[sys.argv[0], *rest])
