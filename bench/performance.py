#!/usr/bin/env python3
"""Measures, and writes docs/performance.md.

    bench/performance.py [--build build] [--anac FOLDER] [--out docs/performance.md]

Runs the programs of bench/ one after another on an otherwise idle machine. Every figure of
ours on that page comes from here; those of others are quoted below, with where they stand.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What others reach, as far as is known: measured on a machine of the same kind with their
# programs, or said by their authors. "none" is: no program was found that answers it exactly.
OTHERS = {
    "2 parties, 30 x 10, opposed": "NegMAS MOBANOS: 2.9 s for 440 points; enumerating ends near 10^8 outcomes",
    "2 parties, 100 x 20, opposed": "none",
    "2 parties, 30 x 5, opposed, 40 rules": "none measured: GENIUS and GeniusWeb have no rules; NegMAS can wrap a predicate",
    "3 parties, 30 x 10, opposed": "GeniusWeb's ParetoLinearAdditive (not measured)",
    "3 parties, 50 x 10, opposed": "none",
    "4 parties, 20 x 10, opposed": "none",
    "y2014/10issues": "GENIUS, by enumeration; its pareto.xml",
    "y2014/30issues": "pareto.xml: 8 of 10 points are dominated",
    "y2014/50issues": "pareto.xml: 12 of 12 points are dominated",
}


def run(*command):
    done = subprocess.run([str(part) for part in command], text=True, capture_output=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr}")
    return done.stdout


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def with_others(tables):
    """Adds the column of the others to rows that have one."""
    lines = []
    for line in tables.splitlines():
        if line.startswith("| instance | time | in loops | proof | points") or \
                line.startswith("| domain | time | in loops"):
            line += " others |"
        elif lines and lines[-1].endswith(" others |") and line.startswith("|---"):
            line += "---|"
        elif line.startswith("| ") and "| merge" in line or "| states |" in line or "| boxes |" in line:
            line += f" {OTHERS.get(line.split('|')[1].strip(), '')} |"
        lines.append(line)
    return "\n".join(lines)


def median_seconds(rounds, *command):
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def row(name, seconds):
    return f"| {name} | {seconds * 1000:.1f} ms |"


def commands(truce, anac):
    """Whole commands, from the start of the process to the printed answer."""
    rows = ["| command | median |", "|---|---|",
            row("`truce brief scenarios/istanbul-2025.truce.yaml`",
                median_seconds(9, truce, "brief", ROOT / "scenarios/istanbul-2025.truce.yaml"))]
    with tempfile.TemporaryDirectory() as folder:
        made, proof = pathlib.Path(folder) / "made.yaml", pathlib.Path(folder) / "proof"
        made.write_text(run(truce, "generate", "--issues", 30, "--values", 10, "--parties", 2))
        ask = [truce, "frontier", made, "--outcomes", "none"]
        rows.append(row("`truce frontier`, 2 parties, 30 x 10, opposed", median_seconds(9, *ask)))
        rows.append(row("... with `--certificate`", median_seconds(9, *ask, "--force", "--certificate", proof)))
        rows.append(row(f"`truce verify` of that ({proof.stat().st_size / 1e6:.1f} MB)",
                        median_seconds(9, truce, "verify", proof, made)))
        rows.append(row("`truce deals`, the same 10^30 outcomes", median_seconds(3, truce, "deals", made)))
        for strategy in ("boulware", "nice-tit-for-tat"):
            rows.append(row(f"`truce negotiate --with {strategy} --rounds 100`, the same",
                            median_seconds(5, truce, "negotiate", made, "--with", strategy, "--rounds", 100)))
    if anac:
        rows.insert(3, row("`truce frontier` on ANAC's Energy, 390,625 outcomes",
                           median_seconds(21, truce, "frontier", anac / "y2011/Energy")))
    return "\n".join(rows)


def once(*command):
    """Seconds and the largest memory of one run, in MB."""
    begun = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit {child.returncode}")
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def memory_row(name, seconds, megabytes):
    return f"| {name} | {seconds:.3g} s | {megabytes:.0f} MB |"


def write_log(path, count):
    """Reports of incidents at one a minute, every tenth with a finding."""
    begun = datetime.datetime(2025, 6, 1, tzinfo=datetime.timezone.utc)
    with open(path, "w", encoding="utf-8") as log:
        for k in range(count):
            at = (begun + datetime.timedelta(seconds=2 * k)).isoformat()
            by, about = ("RU", "UA") if k % 2 else ("UA", "RU")
            if k % 10 == 9:
                log.write(f'{{"kind":"finding","id":"f-{k}","recorded":"{at}","by":"joint","reports":["r-{k - 1}"],'
                          f'"status":"verified","confidence":0.9}}\n')
            else:
                log.write(f'{{"kind":"report","id":"r-{k}","recorded":"{at}","occurred":"{at}","type":"incident",'
                          f'"by":"{by}","about":"{about}","severity":{k % 4},"evidence":"made up"}}\n')


def agreements(truce):
    """Exchanges and logs of several sizes."""
    rows = ["| command | time | memory |", "|---|---|---|"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for people in (1250, 125000, 1250000):
            lists = folder / str(people)
            run(truce, "exchange", "generate", "--people", people, "--out", lists, "--quiet")
            ask = ["exchange", "plan", lists / "A.csv", lists / "B.csv", "--mode", f"n={people * 4 // 5}",
                   "--stages", 10, "--quiet"]
            rows.append(memory_row(f"`exchange plan`, {people * 4 // 5:,} a side of {people:,}", *once(truce, *ask)))
            run(truce, *ask, "--out", lists / "plan")
            rows.append(memory_row("... `exchange verify` of that",
                                   *once(truce, "exchange", "verify", lists / "plan/plan.csv", lists / "A.csv",
                                         lists / "B.csv", "--quiet")))
        write_log(folder / "log.jsonl", 1000000)
        rows.append(memory_row("`track status`, a log of 1,000,000 lines",
                               *once(truce, "track", "status", ROOT / "scenarios/istanbul-2025.truce.yaml", "--log",
                                     folder / "log.jsonl", "--now", "2025-07-01", "--quiet")))
    return "\n".join(rows)


# Sessions a CPU-second of others, on a machine of the same kind: their programs, 100 rounds, boulware-boulware.
OTHER_SESSIONS = {"y2011/Laptop": "NegMAS 46, GENIUS 5", "y2010/ItexvsCypress": "NegMAS 30, GENIUS 4",
                  "y2012/EnergySmallA": "NegMAS 1.3, GENIUS 1", "y2011/Energy": "NegMAS 0.09, GENIUS 0.03"}


def sessions(truce, anac):
    """How many sessions a second, every offer and answer executed."""
    rows = ["| scenario | strategies, rules | prepared in | sessions a second | offers a second | mean rounds | others |",
            "|---|---|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as name:
        vast = pathlib.Path(name) / "vast.yaml"
        vast.write_text(run(truce, "generate", "--issues", 30, "--values", 10))
        domains = [(anac / domain, domain, "genius") for domain in OTHER_SESSIONS] if anac else []
        domains += [(vast, "10^30 outcomes (`truce generate --issues 30 --values 10`)", "truce"),
                    (ROOT / "scenarios/istanbul-2025.truce.yaml", "the talks of Istanbul", "truce")]
        for path, title, rules in domains:
            more = ("tit-for-tat", "hybrid", "trade-off", "nice-tit-for-tat") if path == vast else ()
            for strategy in ("boulware", "micro", "hardliner") + more:
                times = 100000 if path != vast else 2000 if strategy in ("micro", "hardliner") else 100
                answers = [json.loads(run(truce, "negotiate", path, "--with", strategy, "--as", rules, "--rounds", 100,
                                          "--repeat", times, "--json"))["answer"] for _ in range(3)]
                answer = {key: statistics.median(one[key] for one in answers)
                          for key in ("preparation_seconds", "sessions_per_second", "offers_per_second", "mean_step")}
                others = OTHER_SESSIONS.get(title, "") if strategy == "boulware" else ""
                rows.append(f"| {title} | {strategy}, {rules} | {answer['preparation_seconds'] * 1000:.2g} ms "
                            f"| {answer['sessions_per_second']:,.0f} | {answer['offers_per_second']:,.0f} "
                            f"| {answer['mean_step']:.0f} | {others} |")
    return "\n".join(rows)


def models(bench, anac):
    """How opponent models come to know known preferences: the domains of others, and the mean of all."""
    lines = run(bench / "models_bench", *anac).splitlines()
    return "\n".join(line for line in lines if line.startswith(("| domain", "|--", "| peaks", "| y20", "| mean")))


CUP = "boulware,conceder,linear,hardliner,micro,tit-for-tat,random,trade-off"


def tournament(truce, anac):
    """A whole tournament, from the start of the process to the printed tables."""
    if anac is None:
        return "Not measured: the domains are not here."
    rows = ["| threads | sessions | scenarios | whole command | sessions a second |", "|---|---|---|---|---|"]
    for threads in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            began = time.monotonic()
            answer = json.loads(run(truce, "tournament", "--strategies", CUP, anac, "--as", "genius", "--repetitions", 10,
                                    "--threads", threads, "--out", folder, "--json", "--quiet"))["answer"]
            took = time.monotonic() - began
        rows.append(f"| {threads} | {answer['sessions']:,} | {len(answer['scenarios'])} | {took:.1f} s "
                    f"| {answer['sessions'] / took:,.0f} |")
    return "\n".join(rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--anac", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "docs/performance.md")
    arguments = parser.parse_args()
    benches = ["core_bench", "scan_bench", "count_bench", "clash_bench", "models_bench"]
    run("ninja", "-C", arguments.build, "src/cmd/truce", *(f"bench/{name}" for name in benches))
    bench = arguments.build / "bench"
    anac = ["--anac", arguments.anac] if arguments.anac else []
    core = with_others(run(bench / "core_bench", *anac))
    scan, count, clash = (run(bench / name).strip() for name in benches[1:4])
    count, clash = ("```\n" + text + "\n```" for text in (count, clash))
    version = run(arguments.build / "src/cmd/truce", "--version").split()[-1]
    page = PAGE.format(processor=processor(), version=version, core=core.strip(), scan=scan, count=count,
                       clash=clash, models=models(bench, anac), sessions=sessions(arguments.build / "src/cmd/truce", arguments.anac),
                       tournament=tournament(arguments.build / "src/cmd/truce", arguments.anac), agreements=agreements(arguments.build / "src/cmd/truce"), commands=commands(arguments.build / "src/cmd/truce", arguments.anac))
    arguments.out.write_text(re.sub(r"\n{3,}", "\n\n", page))


PAGE = """# Performance

Written by `bench/performance.py`; do not edit. One core of {processor}, truce {version}, gcc -O3. "In loops" is the
time as a multiple of a fixed loop timed in the same run, so that figures of different machines can be compared. Files of
the ANAC competitions are not part of this repository; `--anac FOLDER` names where they are.

What bounds each: merging is bounded by the candidates that must be looked at (some 20 million a second and core with
four parties, 100 million with two) and by the memory of what comes out; the scan by arithmetic (values are recomputed
in cache and never stored); a whole command by reading the file and printing.

The **signature** at the end is made of what was looked at and found, never of time. It changes when an algorithm does,
and only then.

{core}

What could not be reached: the best worst-off party (egalitarian), Kalai–Smorodinsky and equal loss for eight parties and
100 issues are proved only up to the gap above. Their bound is one weighting of all parties, and over 100 issues very
many outcomes lie within a thousandth of it; with 30 issues all five are proved.

Bytes a point are those that the answer holds when it is complete: its utilities, its count, and the trail that tells
its outcome. In the ten-issue ANAC domains the states of the rectangles outweigh a handful of points.

## Every outcome scanned

{scan}

Storing the utilities of an enumerated space instead ends at 3.8·10^9 outcomes in memory.

## Counting, clashes, ways out

{count}

{clash}

## Whole commands

From the start of the process to the printed answer.

{commands}

## Exchanges and logs

Whole commands, on made-up lists and a made-up log.

{agreements}

## Sessions

`truce negotiate --repeat`: one core, 100 rounds, each session played anew with a seed of its own; only the tables of
scenario and strategies are kept. Medians of three runs. Beside them what others reach on a machine of the same kind, in
sessions a CPU-second.

{sessions}

## What opponent models learn

`bench/models_bench`: each model hears 10 to 200 offers of parties whose preferences are known, and its estimate is compared
with them. *rank* is Spearman's rank correlation with the true utilities of all outcomes, 1 at best; *error* the mean absolute
error of the issues' weights, which sum to 1, 0 at best. Means over three who are listened to: one concedes evenly to half of
its range, one late, one by MiCRO. `uniform` learns nothing beyond the first offer and is the measure of the others;
`perfect` is told. The last rows are means over the domains of others and four made-up ones. `bayesian` supposes that worths
rise, fall, or peak, and that 0.3 of the range is conceded evenly. In the first rows all this is so, and it comes nearer than
any other; where it is not, as with Grocery, it learns less than they do.

{models}

## Tournaments

Eight strategies (boulware, conceder, linear, hardliner, micro, tit-for-tat, random, trade-off), every ordered pair with
self-play, 10 repetitions, 100 rounds, on every folder of the ANAC competitions with two profiles that can be played (five of
2014 are left out: their spaces cannot be enumerated, and their utilities are made of rectangles alone). NegMAS plays 5
sessions a second in a tournament on four small domains.

{tournament}

## What each of the others cannot do

| system | frontier of more than 10^8 outcomes | more than two parties | rules, red lines | proof of the answer |
|---|---|---|---|---|
| NegMAS | two parties by MOBANOS, else by enumeration or sampling | yes, by enumeration | a predicate wrapped around a utility | no |
| GENIUS | no: enumerates | yes, by enumeration | no | no |
| GeniusWeb | additive profiles, by recursive merging | yes | no | no |
| truce | yes | yes | yes | `--certificate`, checked by `truce verify` |
"""


if __name__ == "__main__":
    main()
