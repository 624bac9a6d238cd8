#!/usr/bin/env python3
"""A tournament gives the same bytes however it was cut: killed at random moments and begun
again, in shards that are merged, on other numbers of threads, and under mpirun.

    tests/tournament.py --truce build/src/cmd/truce [--kills 10] [--mpi]
"""
import argparse
import csv
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILES = ["sessions.csv", "scores.csv", "scenarios.csv", "payoffs.csv", "comparisons.csv",
         "game.csv", "dynamics.csv", "report.txt", "report.json"]
STRATEGIES = "boulware,conceder,micro,random,tit-for-tat,nice"
passed = failed = skipped = 0


def expect(holds, what):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print("FAILED:", what)


def contents(folder):
    return {name: (folder / name).read_bytes() for name in FILES
            if (folder / name).is_file()}


def command(truce, folder, *more, repetitions=300):
    return [truce, "tournament", "--strategies", STRATEGIES, "--repetitions",
            str(repetitions), "--rounds", "60", "--seed", "5", "--out", str(folder),
            "--quiet", *more, str(ROOT / "scenarios/tiny.truce.yaml"),
            str(ROOT / "scenarios/two-valleys.truce.yaml")]


def run(call, **more):
    return subprocess.run(call, capture_output=True, encoding="utf-8", errors="replace", check=False, **more)


def kill_and_go_on(truce, folder, whole, kills, dice):
    """Killed again and again, each time later, then finished."""
    call = command(truce, folder, "--threads", "2")
    began = time.monotonic()
    run(command(truce, folder.parent / "timed", "--threads", "2"))
    usual = time.monotonic() - began
    done = halves = 0
    while done < kills:
        worker = subprocess.Popen(call, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0, usual))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        done += 1
        halves += worker.returncode != 0 and (folder / "results.db").exists()
        if worker.returncode == 0 or done % 7 == 0:  # finished: from nothing again
            if worker.returncode == 0:
                expect(contents(folder) == whole, f"bytes after {done} kills")
            shutil.rmtree(folder, ignore_errors=True)
    expect(halves > kills / 3, f"{halves} of {kills} kills in the midst of work")
    expect(run(call).returncode == 0, "a killed tournament goes on")
    expect(contents(folder) == whole, "bytes of a tournament that was killed")


def check_table(folder):
    """The score table is what the rows say, counted another way."""
    rows = list(csv.DictReader((folder / "sessions.csv").open()))
    report = json.loads((folder / "report.json").read_text())["answer"]
    expect(len(rows) == report["sessions"] and report["missing"] == 0, "rows counted")
    expect([int(r["job"]) for r in rows] == sorted(int(r["job"]) for r in rows),
           "rows by job")
    sums = {}
    for row in rows:
        for seat in "12":
            key = row["strategy_" + seat], row["scenario"]
            sums.setdefault(key, []).append(float(row["discounted_" + seat]))
    for it in report["standings"]:
        means = [sum(v) / len(v) for (name, _), v in sums.items()
                 if name == it["strategy"]]
        score = sum(means) / len(means)
        expect(abs(score - it["score"]) < 1e-9, f"score of {it['strategy']}")
        expect(it["low"] <= it["score"] <= it["high"], f"interval of {it['strategy']}")


def replay(truce, folder):
    """A row is what `negotiate` says with its seed."""
    rows = list(csv.DictReader((folder / "sessions.csv").open()))
    for row in random.Random(3).sample(rows, 25):
        answer = json.loads(run([
            truce, "negotiate", row["scenario"], "--with",
            row["strategy_1"] + "," + row["strategy_2"], "--rounds", "60", "--seed",
            row["seed"], "--json", "--quiet"]).stdout)["answer"]
        for seat in (0, 1):
            expect(abs(answer["seats"][seat]["utility"]
                       - float(row[f"utility_{seat + 1}"])) < 1e-9,
                   f"job {row['job']} replayed")


def shards(truce, base, whole):
    parts = []
    for part in (1, 2, 3):
        folder = base / f"shard-{part}"
        expect(run(command(truce, folder, "--shard", f"{part}/3")).returncode == 0,
               f"shard {part} of 3")
        expect(not (folder / "report.txt").exists(), "no report of one shard")
        parts.append(str(folder))
    merged = base / "merged"
    expect(run([truce, "tournament", "merge", *parts[:2], "--out", str(merged)])
           .returncode == 0, "merge of two")
    expect(json.loads((merged / "report.json").read_text())["answer"]["missing"] > 0,
           "what is missing is told")
    expect(run([truce, "tournament", "merge", *parts, "--out", str(merged)])
           .returncode == 0, "merge of three")
    expect(contents(merged) == whole, "bytes of merged shards")


def other_plan(truce, folder):
    answer = run(command(truce, folder, repetitions=301))
    expect(answer.returncode == 2 and "another plan" in answer.stderr,
           "another plan in the same folder is refused")
    answer = run([truce, "tournament", "report", str(folder.parent / "nowhere")])
    expect(answer.returncode == 2, "no store, no report")


def damaged(truce, base, folder):
    bad = base / "bad"
    bad.mkdir()
    (bad / "results.db").write_bytes((folder / "results.db").read_bytes()[:5000] * 3)
    answer = run([truce, "tournament", "report", str(bad)])
    expect(answer.returncode == 2, "a damaged store is refused")
    (bad / "results.db").write_text("no database at all, but long enough" * 40)
    answer = run([truce, "tournament", "report", str(bad)])
    expect(answer.returncode == 2, "a text is no store")


def names_of_files(truce, base):
    """What cannot be written down is refused before anything is played; all else is kept."""
    tiny = (ROOT / "scenarios/tiny.truce.yaml").read_text()
    for name, good in (("a\u2028b", False), ("a\ufeffb", False), ("a\x07b", False), (b"a\xffb", False),
                       ("a \"b\" & <c>", True), ("\u0431\u4e2d\U0001f54a", True)):
        folder = base / f"named-{passed}"
        folder.mkdir()
        path = os.fsencode(folder) + b"/" + os.fsencode(name) + b".truce.yaml"
        pathlib.Path(os.fsdecode(path)).write_text(tiny)
        call = [truce, "tournament", "--strategies", "micro,boulware", path, "--out", str(folder / "out"), "--quiet"]
        answers = [run(call), run(call)]
        if good:
            expect(all(answer.returncode == 0 for answer in answers), f"{name!r} is kept")
        else:
            expect(answers[0].returncode == 2 and "its path" in answers[0].stderr, f"{name!r} is refused")


def mpi(truce, base, whole):
    global skipped
    if shutil.which("mpirun") is None or \
            "libmpi" not in run(["ldd", truce]).stdout:
        skipped += 1
        print("Open MPI is not here, or truce was built without it")
        return
    home = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1",
                OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", OMPI_MCA_btl="self,vader",
                OMPI_MCA_rmaps_base_oversubscribe="1")
    for ranks in (1, 2, 3):
        folder = base / f"ranks-{ranks}"
        call = ["mpirun", "-n", str(ranks), *command(truce, folder, "--threads", "1")]
        expect(run(call, env=home).returncode == 0, f"mpirun with {ranks}")
        expect(contents(folder) == whole, f"bytes of {ranks} ranks")
    folder = base / "ranks-killed"
    call = ["mpirun", "-n", "3", *command(truce, folder, "--threads", "1")]
    for part in (0.4, 0.8):
        worker = subprocess.Popen(call, env=home, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(part)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        run(["pkill", "-9", "-f", str(folder)])
        time.sleep(0.3)
    call[2] = "2"
    expect(run(call, env=home).returncode == 0, "a killed job goes on with fewer ranks")
    expect(contents(folder) == whole, "bytes after a killed job")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--truce", required=True)
    options.add_argument("--kills", type=int, default=10)
    options.add_argument("--mpi", action="store_true")
    given = options.parse_args()
    truce = str(pathlib.Path(given.truce).resolve())
    with tempfile.TemporaryDirectory() as scratch:
        base = pathlib.Path(scratch)
        first = base / "first"
        answer = run(command(truce, first, "--threads", "1"))
        expect(answer.returncode == 0, "a tournament: " + answer.stderr)
        whole = contents(first)
        expect(len(whole) == len(FILES), "all files written")
        run(command(truce, base / "threads", "--threads", "3"))
        expect(contents(base / "threads") == whole, "bytes of 3 threads")
        check_table(first)
        replay(truce, first)
        shards(truce, base, whole)
        other_plan(truce, first)
        damaged(truce, base, first)
        names_of_files(truce, base)
        kill_and_go_on(truce, base / "killed", whole, given.kills, random.Random(1))
        if given.mpi:
            mpi(truce, base, whole)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
