#!/usr/bin/env python3
"""Random small scenarios, the same for the same seed, with something of everything that
deals, clash, unlock, order and now depend on.

    random_scenarios.py SEED [LARGEST]      prints one with at most LARGEST outcomes

Names are chosen to be awkward within the rules: letters beyond ASCII, values that look
like numbers, hold a space or are words of the condition language.
"""

import random
import re
import sys
from fractions import Fraction

PARTIES = ("UA", "B2", "Türk", "Зоя")
ISSUES = ("land", "fire", "sum-up", "aid_2", "nato.x", "çay")
STEPS = ("talks", "terms", "peace")
ROLES = ("ally", "broker", "mediator", "host", "guarantor", "observer")
ORDERED_VALUES = ("none", "30-day", "1.0", "no", "30-day-monitored", "open ended")
OTHER_VALUES = ("as-is", "10", "in", "yes", "full stop", "ceded", "changed", "Ärger")
KEYWORDS = ("not", "and", "or", "in", "changed")
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def scenario(seed, largest=None):
    """The text of a scenario file."""
    return text_of(Maker(random.Random(seed), largest).root())


# ---------------------------------------------------------------- as text


def text_of(root):
    """Sections in block style, what is in them in flow style."""
    lines = []
    for name, section in root.items():
        if isinstance(section, dict) and name != "clock":
            lines.append(f"{name}:")
            lines += [f"  {scalar(key)}: {flow(node)}" for key, node in section.items()]
        else:
            lines.append(f"{name}: {flow(section)}")
    return "\n".join(lines) + "\n"


def flow(node):
    if isinstance(node, dict):
        return "{" + ", ".join(f"{scalar(k)}: {flow(v)}" for k, v in node.items()) + "}"
    if isinstance(node, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in node) + "]"
    return scalar(node)


def scalar(text):
    """Plain when that is safe everywhere, otherwise in double quotes."""
    return text if PLAIN.fullmatch(text) else f'"{text}"'


# ---------------------------------------------------------------- making one up


class Maker:
    """Draws the sections in turn; each may refer to those before it."""

    def __init__(self, rng, largest):
        self.rng = rng
        self.largest = largest or self.pick([60, 60, 200, 200, 200, 600, 2000])

    def chance(self, percent):
        return self.rng.random() * 100 < percent

    def pick(self, items):
        return self.rng.choice(list(items))

    def some(self, items, least=0, most=None):
        """A random part of the items, in their order."""
        items = list(items)
        most = len(items) if most is None else min(most, len(items))
        chosen = self.rng.sample(items, self.rng.randint(min(least, most), most))
        return [item for item in items if item in chosen]

    def root(self):
        root = {"truce": "1", "id": "random", "title": "Made up at random"}
        root["parties"] = self.parties()
        root["issues"] = self.issues()
        root["parties"] = {p: self.with_consent(n) for p, n in root["parties"].items()}
        sections = {
            "delegations": self.delegations(),
            "preferences": self.preferences(),
            "demands": self.demands(),
            "rules": self.rules(),
            "steps": self.steps(),
            "order": self.order(),
            "observed": self.observed(),
            "agreements": self.agreements(),
        }
        root.update({name: node for name, node in sections.items() if node})
        return root

    # ------------------------------------------------------------ who

    def parties(self):
        self.names = list(PARTIES[: self.rng.randint(2, 4)])
        principals = self.pick([1, 2, 2, 2, 2, 3])
        self.nodes = {}
        for i, name in enumerate(self.names):
            role = "principal" if i < principals else self.pick(ROLES)
            self.nodes[name] = {"name": f"Party {i}", "role": role}
        return self.nodes

    def with_consent(self, node):
        if node["role"] == "principal":
            kind = self.pick(["all"] * 8 + ["list", "none"])
        else:
            kind = self.pick(["all", "list", "list", "list", "none", "none"])
        if kind == "all":
            return {**node, "consent": "all"}
        if kind == "list":
            return {**node, "consent": self.terms(1, 3)}
        return node

    def terms(self, least, most):
        """Issues and conditions, as in lists of consent and mandates."""
        count = self.rng.randint(least, most)
        items = [
            self.pick(self.scales) if self.chance(65) else self.condition(1)
            for _ in range(count)
        ]
        return list(dict.fromkeys(items))

    # ------------------------------------------------------------ what

    def issues(self):
        self.scales, self.sorts, self.kept, nodes = {}, {}, {}, {}
        size = 1
        for name in ISSUES[: self.rng.randint(2, 6)]:
            node = self.issue(name)
            size *= len(self.scales[name])
            if size > self.largest and len(nodes) > 0:
                del self.scales[name]
                break
            nodes[name] = node
        return nodes

    def issue(self, name):
        node = {}
        if self.chance(20):
            values = self.numeric(node)
            self.sorts[name] = "numeric"
        elif self.chance(60):
            node["ordered"] = "yes"
            values = self.some(ORDERED_VALUES, 2, 4)
            self.sorts[name] = "ordered"
        else:
            values = self.some(OTHER_VALUES, 1 if self.chance(10) else 2, 4)
            self.sorts[name] = "plain"
        if self.sorts[name] != "numeric":
            node["values"] = values
        status_quo = values[0]
        if self.chance(50):
            status_quo = node["status-quo"] = self.pick(values)
        if self.chance(18):
            node["by"] = self.some(self.names, 1, 2)
        self.scales[name] = values
        self.kept[name] = status_quo
        return node

    def numeric(self, node):
        step = Fraction(self.pick(["1", "0.5", "5", "2.25"]))
        start = Fraction(self.pick(["0", "-1", "10", "0.5"]))
        count = self.rng.randint(2, 5)
        node["from"], node["step"] = decimal(start), decimal(step)
        node["to"] = decimal(start + step * (count - 1))
        return [decimal(start + step * i) for i in range(count)]

    # ------------------------------------------------------------ conditions

    def condition(self, depth):
        if depth == 0 or self.chance(45):
            return self.atom()
        kind = self.pick(["and", "or", "or", "not"])
        if kind == "not":
            return f"not {self.inner(depth - 1)}"
        parts = [self.inner(depth - 1) for _ in range(self.pick([2, 2, 3]))]
        return f" {kind} ".join(parts)

    def inner(self, depth):
        """A part of a condition, in parentheses more often than needed."""
        part = self.condition(depth)
        compound = " and " in part or " or " in part or part.startswith("not ")
        return f"({part})" if self.chance(70 if compound else 10) else part

    def atom(self):
        name = self.pick(self.scales)
        kinds = ["=", "=", "!=", "in", "changed", "bare"]
        if self.sorts[name] != "plain":
            kinds += ["<", "<=", "<=", ">", ">=", ">="]
        kind = self.pick(kinds)
        if kind == "bare":
            return name
        if kind == "changed":
            return f"{name} changed"
        if kind == "in":
            chosen = self.some(self.scales[name], 1)
            return f"{name} in {{{', '.join(self.quoted(v) for v in chosen)}}}"
        space = self.pick([" ", " ", " ", ""])
        return f"{name}{space}{kind}{space}{self.quoted(self.pivot(name))}"

    def pivot(self, name):
        """A value of the issue, or of a numeric one also a number off its scale."""
        value = self.pick(self.scales[name])
        if self.sorts[name] == "numeric" and self.chance(25):
            return decimal(Fraction(value) + Fraction(self.pick(["0.1", "-7", "100"])))
        return value

    @staticmethod
    def quoted(value):
        return f"'{value}'" if value in KEYWORDS or " " in value else value

    # ------------------------------------------------------------ preferences

    def preferences(self):
        nodes = {}
        for name in self.names:
            if self.chance(88 if self.nodes[name]["role"] == "principal" else 70):
                nodes[name] = self.preference()
        return nodes

    def preference(self):
        node = {"basis": self.pick("AECF")}
        rated = self.some(self.scales, 1)
        if self.chance(10):
            node["sum"] = "as-given"
            node["weights"] = {n: self.amount(0, 1, 100) for n in rated}
        elif self.chance(3):
            node["weights"] = {n: "0" for n in rated}
        else:
            node["weights"] = {n: self.amount(0, 40, 1) for n in rated}
        valued = [n for n in self.scales if n in rated or self.chance(20)]
        if self.chance(8):
            valued = valued[1:]
        if valued:
            node["worth"] = {n: self.worth(n) for n in valued}
        if self.chance(30):
            node["bonus"] = [self.bonus() for _ in range(self.rng.randint(1, 2))]
        if self.chance(10):
            node["cap"] = self.amount(20, 100, 1)
        if self.chance(5):
            node["discount"] = "0.75"
        if self.chance(35):
            node["red-lines"] = [
                {"if": self.condition(1)} for _ in range(self.pick([1, 2]))
            ]
        if self.chance(75):
            node["outside"] = self.outside()
        return node

    def amount(self, low, high, scale, ranges=True):
        """A number, sometimes with decimals, sometimes a range around its mode."""
        scale *= self.pick([1, 1, 1, 2, 8, 1000])
        value = Fraction(self.rng.randint(low * scale, high * scale), scale)
        if not ranges or not self.chance(8):
            return decimal(value)
        step = Fraction(high - low, 8)
        below, above = max(low, value - step), min(high, value + step)
        return {"low": decimal(below), "mode": decimal(value), "high": decimal(above)}

    def worth(self, name):
        """By position, by name (perhaps not all of them), or from end to end."""
        values = self.scales[name]
        if self.sorts[name] == "numeric" and self.chance(60):
            return {"from": self.amount(0, 100, 1), "to": self.amount(0, 100, 1)}
        if self.sorts[name] != "numeric" and self.chance(40):
            least = max(1, len(values) - 1)
            return {v: self.amount(0, 100, 1) for v in self.some(values, least)}
        return [self.amount(0, 100, 1) for _ in values]

    def bonus(self):
        worth = self.amount(-20, 30, 1, ranges=False)
        return {"if": self.condition(1), "worth": worth}

    def outside(self):
        if self.chance(8):
            return {"outcome": self.settings(1)}
        worth = self.amount(0, self.pick([30, 50, 70, 100]), 1, ranges=False)
        if self.chance(60):
            return {"worth": worth}
        value = Fraction(worth)
        node = {
            "worth": worth,
            "low": decimal(max(0, value - 6)),
            "high": decimal(min(100, value + 6)),
        }
        if self.chance(50):
            node["per-30-days"] = self.pick(["-3", "2", "-0.5"])
        return node

    def settings(self, least):
        """Values of some issues, mostly other than the status quo."""
        chosen = {}
        for name in self.some(self.scales, least, 3):
            others = [v for v in self.scales[name] if v != self.kept[name]]
            chosen[name] = self.pick(others or self.scales[name])
        return chosen

    # ------------------------------------------------------------ what they say

    def demands(self):
        return {
            f"d{i}": {
                "by": self.pick(self.names),
                "wants": self.condition(self.pick([0, 0, 1, 2])),
            }
            for i in range(self.rng.randint(0, 6))
        }

    def rules(self):
        return {
            f"l{i}": {
                "by": self.pick(self.names + ["logic"]),
                "if": self.condition(1),
                "then": self.condition(1),
            }
            for i in range(self.pick([0, 0, 1, 2, 3]))
        }

    def steps(self):
        self.step_names = []
        nodes = {}
        for name in self.some(STEPS):
            node = {"title": f"step {name}"}
            if self.chance(75):
                node["issues"] = self.some(self.scales, 1, 3)
            if self.chance(20):
                node["done"] = self.pick(["yes", "yes", "no"])
            nodes[name] = node
            self.step_names.append(name)
        return nodes

    def order(self):
        nodes = {}
        for i in range(self.pick([0, 1, 2, 3, 4, 5, 7])):
            first, then = self.stage(), self.stage()
            if first == then:
                continue
            node = {
                "by": self.pick(self.names + ["logic"]),
                "first": first,
                "then": then,
            }
            if self.chance(25):
                node["observed"] = "relaxed"
            nodes[f"o{i}"] = node
        return nodes

    def stage(self):
        kinds = ["issue", "issue", "condition"] + ["step"] * 3 * bool(self.step_names)
        kind = self.pick(kinds)
        if kind == "issue":
            return self.pick(self.scales)
        if kind == "step":
            return self.pick(self.step_names)
        return self.condition(self.pick([0, 0, 1]))

    # ------------------------------------------------------------ what happened

    def observed(self):
        nodes = {}
        for i in range(self.pick([0, 1, 2, 3])):
            node = {"offer": self.settings(1)}
            answers = self.some(self.names, 1)
            accepted = [p for p in answers if self.chance(50)]
            refused = [p for p in answers if p not in accepted]
            if self.chance(30):
                node["proposed-by"] = self.pick(self.names)
            if accepted:
                node["accepted-by"] = accepted
            if refused:
                node["refused-by"] = refused
            nodes[f"b{i}"] = node
        return nodes

    def agreements(self):
        states = ["agreed", "agreed", "in-force", "in-force", "ended"]
        return {
            f"x{i}": {"set": self.settings(1), "state": self.pick(states)}
            for i in range(self.pick([0, 0, 1, 1, 2]))
        }

    def delegations(self):
        nodes = {}
        for i in range(self.pick([0, 0, 1, 2, 3, 4])):
            node = {"of": self.pick(self.names), "level": "minister"}
            if self.chance(65):
                node["may-sign"] = self.terms(1, 4)
            if self.chance(45):
                node["ad-referendum"] = self.terms(1, 3)
            nodes[f"team-{i}"] = node
        return nodes


def decimal(value):
    """The decimal text of a fraction whose decimals end."""
    value = Fraction(value)
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    return f"{value.numerator / value.denominator:.{digits}f}"


if __name__ == "__main__":
    largest = int(sys.argv[2]) if len(sys.argv) > 2 else None
    print(scenario(int(sys.argv[1]), largest), end="")
