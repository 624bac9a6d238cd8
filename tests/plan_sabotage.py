#!/usr/bin/env python3
"""Plans of an exchange, each tampered with in one way: `exchange verify` must refuse it.

    plan_sabotage.py --truce build/src/cmd/truce [--count 17000] [--jobs 2] [--seed 1]

Sound plans, of every mode, must pass. The last line counts.
"""

import argparse
import collections
import concurrent.futures
import csv
import json
import pathlib
import random
import subprocess
import sys
import tempfile

MODES = ["n=14", "n=10,16", "all", "ratio=2:1", "n=12", "tariff"]
RANKS = ["general", "colonel", "captain", "sergeant", "private"]
RULES = """truce-exchange: 1
sides: [RU, UA]
mode: {mode}
{extra}tariff: {{general: 8, colonel: 5, captain: 3, sergeant: 2, private: 1}}
stages: 4
classes: [medic]
pairs: {pairs}
capacity: [{{site: s1, most: {room}}}]
"""
COLUMNS = ["stage", "day", "site", "direction", "id", "class", "pair", "reason"]

Sound = collections.namedtuple("Sound", "folder rows plan people")


def write_list(path, draw, holder, home):
    with open(path, "w", newline="", encoding="utf-8") as out:
        to = csv.writer(out)
        to.writerow("id holder home class rank captured health consent status site worth_home cost_holder".split())
        for k in range(40):
            health = draw.choices(["fit", "wounded", "seriously-wounded", "unfit-to-travel"], [80, 10, 8, 2])[0]
            to.writerow([f"{holder}-{k:03}", holder, home, draw.choice(["soldier", "soldier", "medic"]),
                         draw.choice(RANKS), f"2023-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}", health,
                         draw.choices(["yes", "no"], [95, 5])[0], draw.choices(["verified", "claimed"], [90, 10])[0],
                         draw.choice(["s1", "s2"]), draw.randint(1, 30) / 10, draw.randint(1, 20) / 10])


def run(truce, *arguments):
    return subprocess.run([truce, "exchange", *map(str, arguments)], text=True, capture_output=True, check=False)


def make(truce, folder, which):
    """A sound plan in a folder of its own, or None when the wish cannot be."""
    draw = random.Random(which)
    folder.mkdir()
    write_list(folder / "A.csv", draw, "RU", "UA")
    write_list(folder / "B.csv", draw, "UA", "RU")
    mode = MODES[which % len(MODES)]
    name, _, number = mode.partition("=")
    extra = {"n": "n: {RU: %s, UA: %s}\n" % tuple((number.split(",") * 2)[:2]) if name == "n" else "",
             "ratio": f"ratio: {number}\n"}.get(name, "")
    (folder / "rules.yaml").write_text(RULES.format(mode=name, extra=extra, pairs=draw.choice(["class", "points", "gain", "no"]),
                                                    room=draw.choice([5, 8, 40])))
    order = ["--one-by-one"] if draw.random() < .3 else []
    done = run(truce, "plan", folder / "A.csv", folder / "B.csv", "--rules", folder / "rules.yaml", "--out",
               folder / "plan", *order, "--quiet")
    if done.returncode != 0:
        return None
    people = {}
    for file in ("A.csv", "B.csv"):
        for row in csv.DictReader(open(folder / file, encoding="utf-8")):
            people[row["id"]] = row
    rows = list(csv.DictReader(open(folder / "plan/plan.csv", encoding="utf-8")))
    return Sound(folder, rows, json.loads((folder / "plan/plan.json").read_text()), people)


def eligible(person):
    return person["status"] == "verified" and person["consent"] == "yes" and person["health"] != "unfit-to-travel"


# ---- ways to tamper: each changes rows or plan in place and says whether it could -------------------------


def drop(draw, rows, plan, people):
    rows.pop(draw.randrange(len(rows)))
    return True


def double(draw, rows, plan, people):
    rows.insert(draw.randrange(len(rows)), dict(draw.choice(rows)))
    rows.sort(key=lambda row: int(row["stage"]))
    return True


def swap_stages(draw, rows, plan, people):
    """Two of one side and one site, alike but for their turn."""
    one, other = draw.sample(range(len(rows)), 2)
    a, b = sorted((one, other))
    same = all(rows[a][k] == rows[b][k] for k in ("direction", "site")) and rows[a]["stage"] != rows[b]["stage"]
    alike = people[rows[a]["id"]]["rank"] == people[rows[b]["id"]]["rank"] or plan["wish"]["mode"] != "tariff"
    if not same or not alike or "owed" in (rows[a]["reason"], rows[b]["reason"]):
        return False
    for key in ("id", "class", "reason"):
        rows[a][key], rows[b][key] = rows[b][key], rows[a][key]
    return True


def owed_later(draw, rows, plan, people):
    owed = [row for row in rows if row["reason"] == "owed" and row["stage"] == "1"]
    last = max(rows, key=lambda row: int(row["stage"]))
    if not owed or last["stage"] == "1":
        return False
    row = draw.choice(owed)
    rows.remove(row)
    row.update(stage=last["stage"], day=last["day"])
    first = next(k for k, one in enumerate(rows) if one["stage"] == last["stage"])
    rows.insert(first, row)
    others = [one for one in rows if one["stage"] == "1" and one["site"] == row["site"] and one["reason"] != "owed"
              and one["direction"] == row["direction"]]
    return plan["wish"]["owed"] == "outside" or bool(others)


def other_stage(draw, rows, plan, people):
    """One more in one stage and one less in another: out of step, or beyond the room of a site."""
    rows_of = [row for row in rows if row["reason"] != "owed"]
    if len({row["stage"] for row in rows}) < 2 or not rows_of:
        return False
    row = draw.choice(rows_of)
    target = draw.choice([one for one in rows if one["stage"] != row["stage"]])
    row.update(stage=target["stage"], day=target["day"])
    rows.sort(key=lambda one: (int(one["stage"]), one["reason"] != "owed"))
    totals = plan["totals"]
    equal = totals["heads"][0] - totals["owed"][0] == totals["heads"][1] - totals["owed"][1]
    return equal and plan["wish"]["owed"] == "outside"


def not_eligible(draw, rows, plan, people):
    row = draw.choice(rows)
    others = [who for who in people.values() if not eligible(who) and who["holder"] == row["direction"].split(">")[0]]
    if not others:
        return False
    who = draw.choice(others)
    row.update({"id": who["id"], "class": who["class"], "site": who["site"]})
    return True


def stranger(draw, rows, plan, people):
    draw.choice(rows)["id"] = "RU-999"
    return True


def direction(draw, rows, plan, people):
    row = draw.choice(rows)
    row["direction"] = ">".join(reversed(row["direction"].split(">")))
    return True


def day(draw, rows, plan, people):
    row = draw.choice(rows)
    row["day"] = str(int(row["day"]) + draw.randint(1, 3))
    return True


def site(draw, rows, plan, people):
    row = draw.choice(rows)
    row["site"] = "s1" if row["site"] == "s2" else "s2"
    return True


def pair(draw, rows, plan, people):
    paired = [row for row in rows if row["pair"]]
    if len(paired) < 4:
        return False
    one, other = draw.sample(paired, 2)
    if one["pair"] == other["pair"]:
        return False
    one["pair"] = other["pair"]
    return True


def unpair(draw, rows, plan, people):
    """Two who go for one another go alone."""
    paired = [row for row in rows if row["pair"]]
    if not paired:
        return False
    number = draw.choice(paired)["pair"]
    for row in paired:
        if row["pair"] == number:
            row["pair"] = ""
    plan["totals"]["pairs"] -= 1
    return True


def can_pair(plan, one, other):
    by, points = plan["wish"]["pairs"], {of["rank"]: of["points"] for of in plan["wish"]["tariff"]}
    if by == "class":
        return one["class"] == other["class"]
    if by == "points":
        return points[one["rank"]] == points[other["rank"]]
    return float(one["worth_home"]) > float(other["cost_holder"]) and \
        float(other["worth_home"]) > float(one["cost_holder"])


def apart(one, other):
    return abs(float(one["worth_home"]) - float(other["worth_home"]))


def swap_partners(draw, rows, plan, people):
    """Two of one side change partners, and are less alike then or may not be paired."""
    paired = [row for row in rows if row["pair"]]
    if len(paired) < 4:
        return False
    one, other = draw.sample(paired, 2)
    if one["stage"] != other["stage"] or one["direction"] != other["direction"]:
        return False
    mates = [next(people[row["id"]] for row in paired if row["pair"] == of["pair"] and row is not of)
             for of in (one, other)]
    a, b = people[one["id"]], people[other["id"]]
    sound = can_pair(plan, a, mates[1]) and can_pair(plan, b, mates[0])
    if sound and apart(a, mates[1]) + apart(b, mates[0]) <= apart(a, mates[0]) + apart(b, mates[1]) + 1e-9:
        return False
    one["pair"], other["pair"] = other["pair"], one["pair"]
    return True


def total(draw, rows, plan, people):
    plan["totals"][draw.choice(["heads", "owed", "eligible"])][draw.randrange(2)] += draw.choice([-1, 1])
    return True


def exposure(draw, rows, plan, people):
    plan["exposure"]["amount"] += 0.5
    return True


def another_list(draw, rows, plan, people):
    side = draw.randrange(2)
    plan["lists"][side]["sha256"] = plan["lists"][side]["sha256"][::-1]
    return True


KINDS = [drop, double, swap_stages, owed_later, other_stage, not_eligible, stranger, direction, day, site, pair, unpair,
         swap_partners, total, exposure, another_list]


def verify(truce, folder, plan):
    return run(truce, "verify", plan / "plan.csv", folder / "A.csv", folder / "B.csv", "--quiet")


def attempt(truce, work, sound, kind, seed):
    """None when it was caught or could not be done; else what happened."""
    draw = random.Random(seed)
    rows, plan = [dict(row) for row in sound.rows], json.loads(json.dumps(sound.plan))
    if not kind(draw, rows, plan, sound.people):
        return "skipped"
    folder = pathlib.Path(tempfile.mkdtemp(dir=work))
    with open(folder / "plan.csv", "w", newline="", encoding="utf-8") as out:
        to = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        to.writeheader()
        to.writerows(rows)
    (folder / "plan.json").write_text(json.dumps(plan))
    done = verify(truce, sound.folder, folder)
    return "caught" if done.returncode == 1 and not done.stderr else \
        f"{kind.__name__}, seed {seed}: exit {done.returncode}\n{done.stderr}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--truce", required=True)
    parser.add_argument("--count", type=int, default=17000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    truce = str(pathlib.Path(arguments.truce).resolve())
    passed = failed = 0
    with tempfile.TemporaryDirectory() as work:
        made = [make(truce, pathlib.Path(work) / f"sound{k}", arguments.seed * 1000 + k) for k in range(48)]
        sounds = [sound for sound in made if sound]
        for sound in sounds:
            done = verify(truce, sound.folder, sound.folder / "plan")
            passed, failed = passed + (done.returncode == 0), failed + (done.returncode != 0)
            if done.returncode != 0:
                print(f"FAILED: a sound plan is refused: {sound.folder.name}\n{done.stdout}{done.stderr}")
        caught = collections.Counter()
        tasks = [(sounds[k % len(sounds)], KINDS[k // len(sounds) % len(KINDS)], k) for k in range(arguments.count)]
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            said = pool.map(lambda task: (task[1], attempt(truce, work, *task)), tasks)
            for kind, what in said:
                caught[kind.__name__, what == "caught"] += what in ("caught",)
                passed += what == "caught"
                if what not in ("caught", "skipped"):
                    failed += 1
                    if failed < 12:
                        print("FAILED:", what)
        for kind in KINDS:
            if caught[kind.__name__, True] == 0:
                failed += 1
                print(f"FAILED: {kind.__name__} was never tried")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
