#!/usr/bin/env python3
"""The same bytes from every build and any number of threads.

    same_bytes.py TRUCE TRUCE...

Asks each program the same questions, with one and with two threads, and compares all that
is answered. The last line counts.
"""

import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MADE = {  # name: what generates it
    "two": "--issues 30 --values 10 --parties 2",
    "three": "--issues 14 --values 8 --parties 3 --kind integer",
    "four": "--issues 10 --values 5 --parties 4 --kind clustered",
    "rules": "--issues 20 --values 5 --parties 2 --rules 30",
}
QUESTIONS = ["frontier", "points", "count", "metrics", "deals", "clash", "unlock", "wait", "flip"]


def commands(folder):
    files = sorted(ROOT.glob("scenarios/*.truce.yaml")) + sorted(folder.glob("*.yaml"))
    for file in files:
        made = file.parent == folder
        for question in QUESTIONS[:5] if made else QUESTIONS + ["brief", "now", "order"]:
            yield [question, str(file), "--json"]
        yield ["outcomes", str(file), "--party", "1", "--top", "50", "--csv"]


def answers(truce, command):
    for threads in "12":
        done = subprocess.run([truce, *command, "--threads", threads, "--seconds", "0"],
                              capture_output=True, check=False, timeout=600)
        yield done.returncode, done.stdout


def main(programs):
    passed = failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for made, how in MADE.items():
            text = subprocess.run([programs[0], "generate", *how.split()], capture_output=True, check=True)
            (folder / f"{made}.yaml").write_bytes(text.stdout)
        for command in commands(folder):
            said = {answer for truce in programs for answer in answers(truce, command)}
            if len(said) == 1 and next(iter(said))[0] in (0, 1):
                passed += 1
            else:
                failed += 1
                print(f"FAILED: {' '.join(command)}: {len(said)} answers, exits {sorted(code for code, _ in said)}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
