#!/usr/bin/env python3
"""Brute-force answers to truce's questions about small scenarios.

It knows docs/scenario.md and nothing of the C sources: conditions have their own
parser here, every outcome is listed, every number is an exact fraction. A set of
outcomes is one Python integer whose bit n stands for outcome n, so that "and", "or"
and "not" of conditions are the bit operations of the same name. Meant for spaces of
at most some ten thousand outcomes and about a dozen demands.

    truce_oracle.py deals|clash|unlock|order|now|wait|reality FILE [options]
"""

import argparse
import itertools
import json
import math
import re
import sys
from fractions import Fraction

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays a string
KEYWORDS = ("not", "and", "or", "in", "changed")
EXTRAS = ("red-lines", "floors", "rules")


class Refused(Exception):
    """What the oracle cannot read; the generator never writes such a thing."""


# ---------------------------------------------------------------- numbers and lists


def number(text):
    """An exact decimal such as 12, -3 or 0.75; a fraction put in its place stays."""
    if isinstance(text, Fraction):
        return text
    if not isinstance(text, str) or not re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        raise Refused(f"not a decimal: {text!r}")
    return Fraction(text)


def mode(node):
    """The number that exact answers use: a plain number, or the mode of a range."""
    if isinstance(node, dict):
        return number(node["mode"] if "mode" in node else node["worth"])
    return number(node)


def listed(node):
    """A list, whether the file gives a list, one scalar or nothing."""
    if node is None:
        return []
    return node if isinstance(node, list) else [node]


def subsets_by_size(items):
    for size in range(len(items) + 1):
        yield from itertools.combinations(items, size)


# ---------------------------------------------------------------- issues and conditions


class Issue:
    """Values by name; numeric ones have numbers too; `by` names who alone does it."""

    def __init__(self, name, node):
        self.name = name
        self.by = listed(node["by"]) if "by" in node else None
        self.numeric = "from" in node
        if self.numeric:
            start, stop, step = (number(node[k]) for k in ("from", "to", "step"))
            count = (stop - start) / step + 1
            self.numbers = [start + step * k for k in range(int(count))]
            self.values = [decimal_text(n) for n in self.numbers]
        else:
            self.values = listed(node["values"])
            self.numbers = None
        self.ordered = node.get("ordered", "yes" if self.numeric else "no") == "yes"
        self.status_quo = self.index(node["status-quo"]) if "status-quo" in node else 0

    def index(self, value):
        if self.numeric:
            return self.numbers.index(number(value))
        return self.values.index(value)


def decimal_text(value):
    """The shortest decimal text of a fraction whose decimals end: 5, 7.5, -0.25."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    text = f"{abs(int(value * 10**digits)):0{digits + 1}d}"
    if digits:
        text = text[:-digits] + "." + text[-digits:]
    return "-" + text if value < 0 else text


class Condition:
    """A parsed condition: a tree of ("not"|"and"|"or", parts…) and ("atom", issue,
    the indices of the values that satisfy it)."""

    WORD = re.compile(
        r"\s*(?:(?P<op><=|>=|!=|[(){},=<>])|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\""
        r"|(?P<word>[^\s'\"(){},=!<>]+))"
    )

    def __init__(self, text, issues):
        self.text = text
        self.issues = issues
        self.tokens = self.cut(text)
        self.at = 0
        self.mentioned = set()
        self.tree = self.disjunction()
        if self.at != len(self.tokens):
            raise Refused(f"more than a condition: {text!r}")

    def cut(self, text):
        """A list of (kind, text): kind is "op", "word" or "quoted"."""
        tokens, at = [], 0
        text = text.rstrip()
        while at < len(text):
            found = self.WORD.match(text, at)
            if found is None:
                raise Refused(f"cannot read condition {text!r}")
            kind = found.lastgroup
            tokens.append(
                (kind if kind in ("op", "word") else "quoted", found.group(kind))
            )
            at = found.end()
        return tokens

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self):
        token = self.peek()
        self.at += 1
        return token

    def accept(self, kind, text):
        if self.peek() == (kind, text):
            self.at += 1
            return True
        return False

    def disjunction(self):
        parts = [self.conjunction()]
        while self.accept("word", "or"):
            parts.append(self.conjunction())
        return ("or", *parts) if len(parts) > 1 else parts[0]

    def conjunction(self):
        parts = [self.negation()]
        while self.accept("word", "and"):
            parts.append(self.negation())
        return ("and", *parts) if len(parts) > 1 else parts[0]

    def negation(self):
        if self.accept("word", "not"):
            return ("not", self.negation())
        if self.accept("op", "("):
            inside = self.disjunction()
            if not self.accept("op", ")"):
                raise Refused(f"missing ) in {self.text!r}")
            return inside
        return self.atom()

    def atom(self):
        kind, name = self.take()
        if kind == "end" or name not in self.issues:
            raise Refused(f"no issue {name!r} in {self.text!r}")
        self.mentioned.add(name)
        issue = self.issues[name]
        kind, what = self.peek()
        if kind == "op" and what in ("=", "!=", "<", "<=", ">", ">="):
            self.take()
            return ("atom", name, self.compared(issue, what, self.value()))
        if (kind, what) == ("word", "in"):
            self.take()
            return ("atom", name, self.among(issue))
        self.accept("word", "changed")  # a bare issue means the same
        changed = set(range(len(issue.values))) - {issue.status_quo}
        return ("atom", name, frozenset(changed))

    def value(self):
        kind, text = self.take()
        if kind not in ("word", "quoted") or (kind == "word" and text in KEYWORDS):
            raise Refused(f"a value is missing in {self.text!r}")
        return text

    def among(self, issue):
        if not self.accept("op", "{"):
            raise Refused(f"missing {{ in {self.text!r}")
        chosen = set(self.compared(issue, "=", self.value()))
        while self.accept("op", ","):
            chosen |= self.compared(issue, "=", self.value())
        if not self.accept("op", "}"):
            raise Refused(f"missing }} in {self.text!r}")
        return frozenset(chosen)

    @staticmethod
    def compared(issue, operator, value):
        """Indices of the issue's values that stand so to the value named."""
        if issue.numeric:
            scale, pivot = issue.numbers, number(value)
        else:
            scale, pivot = range(len(issue.values)), issue.index(value)
        tests = {
            "=": lambda x: x == pivot,
            "!=": lambda x: x != pivot,
            "<": lambda x: x < pivot,
            "<=": lambda x: x <= pivot,
            ">": lambda x: x > pivot,
            ">=": lambda x: x >= pivot,
        }
        if operator not in ("=", "!=") and not (issue.ordered or issue.numeric):
            raise Refused(f"{issue.name} has no order")
        return frozenset(i for i, x in enumerate(scale) if tests[operator](x))

    def holds(self, outcome):
        return self.holds_at(self.tree, outcome)

    def holds_at(self, tree, outcome):
        kind, *parts = tree
        if kind == "atom":
            return outcome[parts[0]] in parts[1]
        if kind == "not":
            return not self.holds_at(parts[0], outcome)
        if kind == "and":
            return all(self.holds_at(part, outcome) for part in parts)
        return any(self.holds_at(part, outcome) for part in parts)


# ---------------------------------------------------------------- the scenario


class Scenario:
    """The file's sections, typed. An outcome is a dict {issue: index of value}."""

    def __init__(self, root):
        self.root = root
        self.issues = {name: Issue(name, node) for name, node in root["issues"].items()}
        self.parties = root["parties"]
        self.preferences = root.get("preferences") or {}
        self.demands = {
            name: self.condition(node["wants"])
            for name, node in (root.get("demands") or {}).items()
        }
        self.demand_by = {n: d["by"] for n, d in (root.get("demands") or {}).items()}
        self.rules = {
            name: (node["by"], self.condition(node["if"]), self.condition(node["then"]))
            for name, node in (root.get("rules") or {}).items()
        }
        self.red_lines = {
            party: [
                self.condition(line["if"]) for line in listed(node.get("red-lines"))
            ]
            for party, node in self.preferences.items()
        }
        self.steps = root.get("steps") or {}
        self.order = root.get("order") or {}
        self.agreements = root.get("agreements") or {}
        self.observed = root.get("observed") or {}
        self.delegations = root.get("delegations")
        self.status_quo = {n: issue.status_quo for n, issue in self.issues.items()}
        self.now = self.status_quo_with_agreements()
        self.read_consent()

    def condition(self, text):
        return Condition(text, self.issues)

    def status_quo_with_agreements(self):
        """S: the status quo with the agreements in force."""
        now = dict(self.status_quo)
        for agreement in self.agreements.values():
            if agreement["state"] == "in-force":
                now.update(self.chosen(agreement["set"]))
        return now

    def chosen(self, values):
        """{issue: value's name} as {issue: index}."""
        return {name: self.issues[name].index(value) for name, value in values.items()}

    def named(self, outcome):
        return {name: self.issues[name].values[i] for name, i in outcome.items()}

    def read_consent(self):
        self.consents_to_all = []
        self.consent_issues = {}
        self.consent_conditions = {}
        for party, node in self.parties.items():
            items = listed(node.get("consent"))
            if items == ["all"]:
                self.consents_to_all.append(party)
                items = []
            self.consent_issues[party] = {i for i in items if i in self.issues}
            self.consent_conditions[party] = [
                self.condition(i) for i in items if i not in self.issues
            ]

    def principals(self):
        return [p for p, node in self.parties.items() if node["role"] == "principal"]

    def considered(self, over=()):
        """Over whom deals are efficient and fair, in order of the file."""
        base = self.consents_to_all or self.principals()
        return [p for p in self.parties if p in base or p in over]

    def changed(self, outcome):
        """Issues that differ from S, in order of the file."""
        return [name for name in self.issues if outcome[name] != self.now[name]]

    def needed(self, outcome):
        """Parties whose consent the outcome needs, in order of the file."""
        changed = self.changed(outcome)
        return [p for p in self.parties if self.is_needed(p, outcome, changed)]

    def is_needed(self, party, outcome, changed):
        all_of_it = party in self.consents_to_all
        if not changed:
            return all_of_it
        for name in changed:
            by = self.issues[name].by
            if by is not None:
                if party in by:
                    return True
            elif all_of_it or name in self.consent_issues[party]:
                return True
        return any(
            condition.holds(outcome) and not condition.holds(self.now)
            for condition in self.consent_conditions[party]
        )

    # ------------------------------------------------------------ utility

    def weights(self, party):
        """{issue: weight as it enters the sum}."""
        node = self.preferences.get(party, {})
        weights = {n: mode(w) for n, w in (node.get("weights") or {}).items()}
        if node.get("sum") == "as-given":
            return weights
        total = sum(weights.values())
        return {n: w / total if total else Fraction(0) for n, w in weights.items()}

    def worths(self, party, issue):
        """Worth of each value of the issue to the party, by position."""
        node = (self.preferences.get(party, {}).get("worth") or {}).get(issue.name)
        count = len(issue.values)
        if node is None:
            return [Fraction(0)] * count
        if isinstance(node, list):
            return [mode(w) for w in node]
        if issue.numeric and "from" in node:
            first, last = mode(node["from"]), mode(node["to"])
            span = max(count - 1, 1)
            return [first + (last - first) * i / span for i in range(count)]
        worths = [Fraction(0)] * count
        for value, worth in node.items():
            worths[issue.index(value)] = mode(worth)
        return worths

    def utility(self, party, outcome):
        """One outcome's utility, straight from the definition."""
        node = self.preferences.get(party, {})
        weights = self.weights(party)
        total = sum(
            (
                weights.get(name, Fraction(0))
                * self.worths(party, issue)[outcome[name]]
                for name, issue in self.issues.items()
            ),
            Fraction(0),
        )
        for bonus in listed(node.get("bonus")):
            if self.condition(bonus["if"]).holds(outcome):
                total += mode(bonus["worth"])
        return min(total, mode(node["cap"])) if "cap" in node else total

    def floor(self, party, day=0):
        """The reservation value in so many days, None without an outside option."""
        outside = self.preferences.get(party, {}).get("outside")
        if outside is None:
            return None
        if isinstance(outside, dict) and "outcome" in outside:
            bid = dict(self.status_quo)
            bid.update(self.chosen(outside["outcome"]))
            return self.utility(party, bid)
        if isinstance(outside, dict) and "per-30-days" in outside:
            return mode(outside) + mode(outside["per-30-days"]) * Fraction(day) / 30
        return mode(outside)

    def breaks_rule(self, rule, outcome):
        _, condition, consequence = self.rules[rule]
        return condition.holds(outcome) and not consequence.holds(outcome)

    def broken_by(self, party, outcome):
        """Ids of the party's red lines and rules that the outcome breaks."""
        lines = self.red_lines.get(party, [])
        broken = [
            f"red:{party}:{i}" for i, c in enumerate(lines, 1) if c.holds(outcome)
        ]
        own = [r for r, (by, _, _) in self.rules.items() if by == party]
        return broken + [f"rule:{r}" for r in own if self.breaks_rule(r, outcome)]


def load(path):
    with open(path, encoding="utf-8") as file:
        return Scenario(yaml.load(file, Loader=LOADER))


# ---------------------------------------------------------------- all outcomes


class Space:
    """Every outcome of a scenario, with sets of outcomes as integers of bits.

    utility[party][n] are integers over one denominator common to all parties, so they
    may be added, multiplied and compared across parties.
    """

    def __init__(self, scenario):
        self.scenario = scenario
        sizes = [len(issue.values) for issue in scenario.issues.values()]
        self.count = math.prod(sizes)
        self.all = (1 << self.count) - 1
        self.strides = {}
        stride = self.count
        for issue in scenario.issues.values():
            stride //= len(issue.values)
            self.strides[issue.name] = stride
        self.atoms = {}
        self.tabulate_utilities()

    def outcome(self, n):
        return {
            name: n // self.strides[name] % len(issue.values)
            for name, issue in self.scenario.issues.items()
        }

    def place(self, outcome):
        return sum(self.strides[name] * i for name, i in outcome.items())

    def members(self, mask):
        """Numbers of the outcomes in a set, ascending."""
        text = bin(mask)[:1:-1]
        at = text.find("1")
        while at >= 0:
            yield at
            at = text.find("1", at + 1)

    def where(self, flags):
        """The set of the outcomes whose flag is true."""
        return int("0" + "".join("1" if f else "0" for f in reversed(flags)), 2)

    def having(self, name, index):
        """Outcomes with this value: runs of `stride` ones, a whole cycle apart."""
        key = (name, index)
        if key not in self.atoms:
            stride = self.strides[name]
            cycle = stride * len(self.scenario.issues[name].values)
            run = ((1 << stride) - 1) << (stride * index)
            self.atoms[key] = run * (self.all // ((1 << cycle) - 1))
        return self.atoms[key]

    def holding(self, condition):
        return self.holding_tree(condition.tree)

    def holding_tree(self, tree):
        kind, *parts = tree
        if kind == "atom":
            mask = 0
            for index in parts[1]:
                mask |= self.having(parts[0], index)
            return mask
        masks = [self.holding_tree(part) for part in parts]
        if kind == "not":
            return self.all & ~masks[0]
        mask = masks[0]
        for other in masks[1:]:
            mask = mask & other if kind == "and" else mask | other
        return mask

    # ------------------------------------------------------------ utilities

    def tabulate_utilities(self):
        s = self.scenario
        tables, extras = {}, {}
        self.exact_floor = {party: s.floor(party) for party in s.parties}
        fractions = [f for f in self.exact_floor.values() if f is not None]
        for party in s.parties:
            weights = s.weights(party)
            tables[party] = [
                [weights.get(issue.name, 0) * w for w in s.worths(party, issue)]
                for issue in s.issues.values()
            ]
            node = s.preferences.get(party, {})
            extras[party] = [
                (self.holding(s.condition(b["if"])), mode(b["worth"]))
                for b in listed(node.get("bonus"))
            ]
            fractions += itertools.chain.from_iterable(tables[party])
            fractions += [worth for _, worth in extras[party]]
            fractions += [mode(node["cap"])] if "cap" in node else []
        self.denominator = math.lcm(*(Fraction(f).denominator for f in fractions))
        self.utility = {
            party: self.utilities_of(party, tables[party], extras[party])
            for party in s.parties
        }
        self.floor = {
            party: None if exact is None else int(exact * self.denominator)
            for party, exact in self.exact_floor.items()
        }

    def utilities_of(self, party, tables, bonuses):
        scale = self.denominator
        sums = [0]
        for table in tables:
            row = [int(w * scale) for w in table]
            sums = [u + w for u in sums for w in row]
        for mask, worth in bonuses:
            for n in self.members(mask):
                sums[n] += int(worth * scale)
        node = self.scenario.preferences.get(party, {})
        if "cap" in node:
            cap = int(mode(node["cap"]) * scale)
            sums = [min(u, cap) for u in sums]
        return sums

    def exact_utility(self, party, n):
        return Fraction(self.utility[party][n], self.denominator)

    # ------------------------------------------------------------ what parties accept

    def needing(self, party):
        """Outcomes that need the party's consent."""
        s = self.scenario
        everything = party in s.consents_to_all
        mask = 1 << self.place(s.now) if everything else 0
        for name, issue in s.issues.items():
            if issue.by is not None:
                asks = party in issue.by
            else:
                asks = everything or name in s.consent_issues[party]
            if asks:
                mask |= self.all & ~self.having(name, s.now[name])
        for condition in s.consent_conditions[party]:
            if not condition.holds(s.now):
                mask |= self.holding(condition)
        return mask

    def keeping_rule(self, rule):
        _, condition, consequence = self.scenario.rules[rule]
        return (self.all & ~self.holding(condition)) | self.holding(consequence)

    def logical(self):
        """Outcomes that break no `by: logic` rule."""
        mask = self.all
        for rule, (by, _, _) in self.scenario.rules.items():
            if by == "logic":
                mask &= self.keeping_rule(rule)
        return mask

    def safeguards(self, day=0):
        """{id: (party, outcomes in which it holds)}: red lines, floors, own rules."""
        s = self.scenario
        found = {}
        for party, lines in s.red_lines.items():
            for i, condition in enumerate(lines, 1):
                mask = self.all & ~self.holding(condition)
                found[f"red:{party}:{i}"] = (party, mask)
        for party in s.preferences:
            if self.floor[party] is not None:
                floor = s.floor(party, day) * self.denominator
                flags = [u >= floor for u in self.utility[party]]
                found[f"floor:{party}"] = (party, self.where(flags))
        for rule, (by, _, _) in s.rules.items():
            if by != "logic":
                found[f"rule:{rule}"] = (by, self.keeping_rule(rule))
        return found

    def acceptable(self, without=(), day=0):
        mask = self.logical()
        needing = {party: self.needing(party) for party in self.scenario.parties}
        for name, (party, holds) in self.safeguards(day).items():
            if kind_of(name) not in without:
                mask &= holds | ~needing[party]
        return mask

    def acceptable_to_principals(self):
        principals = self.scenario.principals()
        mask = self.logical()
        for party, holds in self.safeguards().values():
            if party in principals:
                mask &= holds
        return mask


def kind_of(member):
    """The word of --with and --without for a red line, floor or rule."""
    kinds = {"red": "red-lines", "floor": "floors", "rule": "rules"}
    return kinds[member.split(":")[0]]


# ---------------------------------------------------------------- deals


def deals(space, over=()):
    """Counts, efficient outcomes and fair points; outcomes by number."""
    acceptable = space.acceptable()
    parties = space.scenario.considered(over)
    efficient = efficient_outcomes(space, list(space.members(acceptable)), parties)
    return {
        "outcomes": space.count,
        "acceptable_to_principals": space.acceptable_to_principals().bit_count(),
        "acceptable": acceptable.bit_count(),
        "efficient": len(efficient),
        "efficient_outcomes": efficient,
        "points": fair_points(space, efficient, parties),
    }


def efficient_outcomes(space, candidates, parties):
    """Those that no other candidate dominates. A dominating vector has a larger sum,
    so each is compared with the undominated ones of larger sums only."""
    by_vector = {}
    for n in candidates:
        vector = tuple(space.utility[p][n] for p in parties)
        by_vector.setdefault(vector, []).append(n)
    kept = []
    for vector in sorted(by_vector, key=sum, reverse=True):
        if not any(all(a >= b for a, b in zip(other, vector)) for other in kept):
            kept.append(vector)
    return sorted(n for vector in kept for n in by_vector[vector])


def fair_points(space, efficient, parties):
    """{point: numbers of all tied outcomes}, among the efficient outcomes in which none
    of the parties is below its floor."""
    floor = {p: space.floor[p] or 0 for p in parties}

    def gains(n):
        return [space.utility[p][n] - floor[p] for p in parties]

    rational = [n for n in efficient if min(gains(n), default=0) >= 0]
    ideal = [max(column) for column in zip(*(gains(n) for n in rational))]

    def least_share(n):
        pairs = zip(gains(n), ideal)
        return min((Fraction(gain, most) for gain, most in pairs if most), default=0)

    return {
        "nash": best(rational, lambda n: math.prod(gains(n))),
        "kalai_smorodinsky": best(rational, least_share),
        "egalitarian": best(rational, lambda n: min(gains(n), default=0)),
        "utilitarian": best(rational, lambda n: sum(gains(n))),
    }


def best(candidates, value):
    values = [value(n) for n in candidates]
    top = max(values, default=None)
    return [n for n, v in zip(candidates, values) if v == top]


# ---------------------------------------------------------------- clash and unlock


def soft_members(space, extras=()):
    """{id: outcomes in which it holds}, in order of the file."""
    s = space.scenario
    members = {name: space.holding(wants) for name, wants in s.demands.items()}
    safeguards = space.safeguards()
    for extra in EXTRAS:
        for name, (_, holds) in safeguards.items():
            if extra in extras and kind_of(name) == extra:
                members[name] = holds
    return members


def together(members, names, background):
    for name in names:
        background &= members[name]
    return background


def clash(space, extras=()):
    """All minimal sets that cannot hold together, by size and order of the file. A set
    is minimal when each set of one member fewer can hold: so only the sets that can
    hold are grown."""
    members = soft_members(space, extras)
    names = list(members)
    if not space.logical():
        return [[]]
    possible = {(): space.logical()}
    clashes = []
    while possible:
        larger = {}
        for subset, mask in possible.items():
            start = names.index(subset[-1]) + 1 if subset else 0
            for name in names[start:]:
                grown = subset + (name,)
                if mask & members[name]:
                    larger[grown] = mask & members[name]
                elif all(
                    grown[:i] + grown[i + 1 :] in possible for i in range(len(subset))
                ):
                    clashes.append(list(grown))
        possible = larger
    return clashes


def unlock(space, without=()):
    """All minimal sets of demands to give up, and how many outcomes each leaves."""
    demands = soft_members(space)
    acceptable = space.acceptable(without)
    ways = []
    for give in subsets_by_size(list(demands)):
        if any(set(way["give"]) <= set(give) for way in ways):
            continue
        kept = [name for name in demands if name not in give]
        left = together(demands, kept, acceptable)
        if left:
            ways.append({"give": list(give), "outcomes": left.bit_count()})
    place = {name: i for i, name in enumerate(demands)}
    ways.sort(
        key=lambda w: (len(w["give"]), -w["outcomes"], [place[d] for d in w["give"]])
    )
    for way in ways:
        way["by"] = {}
        for demand in way["give"]:
            way["by"].setdefault(space.scenario.demand_by[demand], []).append(demand)
    return ways


def logic_by_id(space):
    """{id: outcomes in which it holds} of the rules that bind everybody."""
    return {
        f"rule:{rule}": space.keeping_rule(rule)
        for rule, (by, _, _) in space.scenario.rules.items()
        if by == "logic"
    }


def wrong_because(space, way, demand, because, without=()):
    """What is wrong with the reasons given for one member of a way; None when right.

    The demand and its reasons, rules of logic among them, must not hold together, and
    each of them must be necessary to that. A red line, floor or rule holds also where
    its party's consent is not needed, as an acceptable outcome may then cross it.
    """
    s = space.scenario
    members = soft_members(space)
    for name, (party, holds) in space.safeguards().items():
        if kind_of(name) not in without:
            members[name] = holds | (space.all & ~space.needing(party))
    members.update(logic_by_id(space))
    group = [demand] + list(because)
    unknown = [name for name in group if name not in members]
    if unknown:
        return f"{unknown} cannot force anything here"
    if len(set(group)) < len(group):
        return "a name is there twice"
    given = [name for name in because if name in way["give"]]
    if given:
        return f"{given} are given up themselves"
    if together(members, group, space.all):
        return "these can hold together"
    for name in group:
        if not together(members, [m for m in group if m != name], space.all):
            return f"not minimal: {name} is not necessary"
    assert demand in s.demands
    return None


# ---------------------------------------------------------------- order


class Constraint:
    """One entry of `order`, with its ends as (step's name or None, issues)."""

    def __init__(self, scenario, name, node):
        self.name, self.by = name, node["by"]
        self.relaxed = node.get("observed") == "relaxed"
        self.first_text, self.then_text = node["first"], node["then"]
        self.first = end_of(scenario, node["first"])
        self.then = end_of(scenario, node["then"])
        self.met = is_done(scenario, node["first"])

    def leads_to(self, other):
        if self.then[0] is not None and self.then[0] == other.first[0]:
            return True
        return bool((self.then[1] - self.first[1]) & other.first[1])


def end_of(scenario, text):
    if text in scenario.steps:
        return text, set(listed(scenario.steps[text].get("issues")))
    if text in scenario.issues:
        return None, {text}
    return None, scenario.condition(text).mentioned


def is_done(scenario, text):
    """Whether a step, an issue's change or a condition is behind us in S."""
    if text not in scenario.steps:
        return scenario.condition(text).holds(scenario.now)
    step = scenario.steps[text]
    issues = listed(step.get("issues"))
    changed = [scenario.now[i] != scenario.status_quo[i] for i in issues]
    return step.get("done") == "yes" or (bool(issues) and all(changed))


def constraints_of(scenario):
    return [Constraint(scenario, name, node) for name, node in scenario.order.items()]


def held_issues(constraints, relaxed_too):
    """{issue: ids of the unmet constraints that it waits for}."""
    waiting = {}
    for constraint in constraints:
        if not constraint.met and (relaxed_too or not constraint.relaxed):
            for name in constraint.then[1]:
                waiting.setdefault(name, []).append(constraint.name)
    return waiting


def waiting_steps(scenario, constraints, relaxed_too):
    """{issue or step: ids of the unmet constraints that it, or an issue of it, waits
    for}; issues first, then steps, in order of the file."""
    issues = held_issues(constraints, relaxed_too)
    waiting = {name: issues[name] for name in scenario.issues if name in issues}
    for name, step in scenario.steps.items():
        inside = set(listed(step.get("issues")))
        by = [
            c.name
            for c in constraints
            if not c.met
            and (relaxed_too or not c.relaxed)
            and (c.then[0] == name or c.then[1] & inside)
        ]
        if by:
            waiting[name] = by
    return waiting


def elementary_cycles(constraints):
    """Each cycle once, from its first constraint of the file, as lists of places."""
    count = len(constraints)
    after = [
        [j for j in range(count) if constraints[i].leads_to(constraints[j])]
        for i in range(count)
    ]
    cycles = []

    def walk(path):
        for j in after[path[-1]]:
            if j == path[0]:
                cycles.append(list(path))
            elif j > path[0] and j not in path:
                walk(path + [j])

    for start in range(count):
        walk([start])
    return sorted(cycles, key=lambda cycle: (len(cycle), cycle))


def minimal_breaks(constraints, cycles):
    """All minimal sets of constraints, never logic, that meet every cycle."""
    if not cycles:
        return []
    breaks = []
    own = [i for i, c in enumerate(constraints) if c.by != "logic"]
    for chosen in subsets_by_size(own):
        if any(set(smaller) <= set(chosen) for smaller in breaks):
            continue
        if all(set(chosen) & set(cycle) for cycle in cycles):
            breaks.append(chosen)
    return [[constraints[i].name for i in chosen] for chosen in breaks]


def order(scenario):
    constraints = constraints_of(scenario)
    cycles = elementary_cycles(constraints)
    principals = scenario.principals()
    held = waiting_steps(scenario, constraints, relaxed_too=False)
    waiting = waiting_steps(scenario, constraints, relaxed_too=True)
    gates = [
        c.name
        for c in constraints
        if not c.met and not c.relaxed and c.by != "logic" and c.by not in principals
    ]
    return {
        "cycles": [
            [
                {
                    "id": constraints[i].name,
                    "first": constraints[i].first_text,
                    "then": constraints[i].then_text,
                    "by": constraints[i].by,
                    "relaxed": constraints[i].relaxed,
                    "met": constraints[i].met,
                }
                for i in cycle
            ]
            for cycle in cycles
        ],
        "breaks": minimal_breaks(constraints, cycles),
        "gates": gates,
        "held": held,
        "free": [n for n in [*scenario.issues, *scenario.steps] if n not in waiting],
    }


# ---------------------------------------------------------------- now


def moves(scenario, size):
    """Every outcome with exactly `size` issues changed from S, in order of the file."""
    for names in itertools.combinations(scenario.issues, size):
        others = [
            [i for i in range(len(scenario.issues[n].values)) if i != scenario.now[n]]
            for n in names
        ]
        for values in itertools.product(*others):
            yield {**scenario.now, **dict(zip(names, values))}


def now(space, size=1):
    s = space.scenario
    held = held_issues(constraints_of(s), relaxed_too=False)
    start = space.place(s.now)
    found = []
    for outcome in moves(s, size):
        n = space.place(outcome)
        change = {
            p: space.exact_utility(p, n) - space.exact_utility(p, start)
            for p in s.parties
        }
        if signable(s, outcome, change, held):
            found.append(described(s, outcome, change))
    return found


def signable(s, outcome, change, held):
    if any(name in held for name in s.changed(outcome)):
        return False
    logic = [r for r, (by, _, _) in s.rules.items() if by == "logic"]
    if any(s.breaks_rule(r, outcome) and not s.breaks_rule(r, s.now) for r in logic):
        return False
    for party in s.needed(outcome):
        if change[party] < 0:
            return False
        if set(s.broken_by(party, outcome)) - set(s.broken_by(party, s.now)):
            return False
    return any(change[party] > 0 for party in s.principals())


def described(s, outcome, change):
    changes = {name: outcome[name] for name in s.changed(outcome)}
    needed = s.needed(outcome)
    shown = [
        p
        for p in s.parties
        if p in s.preferences and (p in needed or p in s.principals())
    ]
    return {
        "set": s.named(changes),
        "change": {p: change[p] for p in shown},
        "may_sign": may_sign(s, outcome, needed),
        "seen": seen(s, changes),
    }


def may_sign(s, outcome, needed):
    if s.delegations is None:
        return "yes"
    rank = ["no", "refer", "yes"]
    worst = 2
    for party in needed:
        mandates = [
            mandate(s, delegation, outcome)
            for delegation in s.delegations.values()
            if delegation["of"] == party
        ]
        worst = min(worst, max(mandates, default=0))
    return rank[worst]


def mandate(s, delegation, outcome):
    """2 when the delegation may sign every change, 1 when it must refer, else 0."""
    if "may-sign" not in delegation and "ad-referendum" not in delegation:
        return 2
    signs = [
        covers(s, listed(delegation.get("may-sign")), n, outcome)
        for n in s.changed(outcome)
    ]
    refers = [
        covers(s, listed(delegation.get("ad-referendum")), n, outcome)
        for n in s.changed(outcome)
    ]
    if all(signs):
        return 2
    return 1 if all(a or b for a, b in zip(signs, refers)) else 0


def covers(s, items, name, outcome):
    for item in items:
        if item in s.issues:
            if item == name:
                return True
            continue
        condition = s.condition(item)
        if name in condition.mentioned and condition.holds(outcome):
            return True
    return False


def seen(s, changes):
    for agreement in s.agreements.values():
        if agreement["state"] in ("agreed", "in-force"):
            agreed = s.chosen(agreement["set"])
            if all(agreed.get(name) == value for name, value in changes.items()):
                return "agreed"
    for offer in s.observed.values():
        if s.chosen(offer["offer"]) == changes and listed(offer.get("refused-by")):
            return "refused"
    return None


# ---------------------------------------------------------------- wait


def wait(space, days=180, step=30):
    """Floors and the number of acceptable outcomes at each date."""
    s = space.scenario
    return [
        {
            "day": day,
            "floors": {
                p: s.floor(p, day) for p in s.parties if space.floor[p] is not None
            },
            "acceptable": space.acceptable(day=day).bit_count(),
        }
        for day in range(0, days + 1, step)
    ]


# ---------------------------------------------------------------- reality check


def reality(scenario):
    """One row for each observed decision: what was done and what the numbers say."""
    s = scenario
    rows = []
    for name, node in s.observed.items():
        outcome = {**s.status_quo, **s.chosen(node["offer"])}
        for key, did in (("accepted-by", "accept"), ("refused-by", "refuse")):
            for party in listed(node.get(key)):
                row = {"id": name, "party": party, "did": did}
                rows.append({**row, **judged(s, party, outcome)})
    return rows


def judged(s, party, outcome):
    """What the numbers say of the party's decision, from the file's own status quo."""
    before = s.broken_by(party, s.status_quo)
    broken = [name for name in s.broken_by(party, outcome) if name not in before]
    change = s.utility(party, outcome) - s.utility(party, s.status_quo)
    if broken or change < 0:
        says = "refuse"
    else:
        says = "accept" if change > 0 else "undecided"
    return {"says": says, "change": change, "broken": broken}


# ---------------------------------------------------------------- from the command line


def answer(question, space, options):
    s = space.scenario
    if question == "deals":
        found = deals(space, options.over)
        found["points"] = {
            name: [s.named(space.outcome(n)) for n in numbers]
            for name, numbers in found["points"].items()
        }
        del found["efficient_outcomes"]
        return found
    if question == "clash":
        return clash(space, options.extras)
    if question == "unlock":
        return unlock(space, options.without)
    if question == "order":
        return order(s)
    if question == "now":
        return now(space, options.size)
    if question == "wait":
        return wait(space)
    return reality(s)


def main():
    def words(text):
        return tuple(text.split(","))

    questions = ("deals", "clash", "unlock", "order", "now", "wait", "reality")
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("question", choices=questions)
    parser.add_argument("file")
    parser.add_argument("--with", dest="extras", type=words, default=())
    parser.add_argument("--without", type=words, default=())
    parser.add_argument("--over", type=words, default=())
    parser.add_argument("--size", type=int, default=1)
    options = parser.parse_args()
    found = answer(options.question, Space(load(options.file)), options)
    json.dump(found, sys.stdout, indent=1, default=float, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
