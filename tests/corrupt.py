#!/usr/bin/env python3
"""Corrupts the shipped scenarios and has truce read what is left.

    corrupt.py --truce build-asan/src/cmd/truce --count 1000 --seed 1 [--jobs 2] [--keep DIR]

Bytes are flipped, dropped, doubled, cut off; lines swapped, dropped, doubled; pieces of one
file are put into another; numbers grow huge; bytes turn into invalid UTF-8. On each result
truce must end within two seconds, never by a signal or a sanitizer, with exit 0, 3 or 4 (1
too where that is an answer), and an error in the file must say where: FILE:LINE:COLUMN. The
truce under test should be built with sanitizers. The last line counts.
"""

import argparse
import concurrent.futures
import pathlib
import random
import re
import subprocess
import sys
import tempfile

SECONDS = 2
PLACE = re.compile(r":\d+:\d+: error: ")
VERBS = (["check"],) * 6 + (["now"],) * 3 + (["brief", "--draws", "20"],)
ANSWERS = {"check": (0, 3), "now": (0, 1, 3, 4), "brief": (0, 3, 4)}
HUGE = (b"9" * 40, b"-1", b"1e999", b"0.0000000001", b"999999999", b"18446744073709551616")
STRANGE = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\0", b"\xef\xbb\xbf", b"\t",
           b"&a ", b"*a ", b"!!x ", b"{", b"}", b"[", b"]", b"- ", b": ", b"#", b'"', b"'", b"%")


def place(rng, data):
    return rng.randrange(len(data) + 1) if data else 0


def flip(rng, data, _):
    at = place(rng, data[:-1])
    return data[:at] + bytes([(data + b"x")[at] ^ 1 << rng.randrange(8)]) + data[at + 1:]


def drop(rng, data, _):
    at = place(rng, data)
    return data[:at] + data[at + rng.randrange(1, 30):]


def double(rng, data, _):
    at = place(rng, data)
    end = at + rng.randrange(1, 200)
    return data[:end] + data[at:end] * rng.randrange(1, 4) + data[end:]


def cut(rng, data, _):
    return data[:place(rng, data)]


def lines(rng, data, _):
    all_lines = data.splitlines(keepends=True) or [b""]
    one, other = rng.randrange(len(all_lines)), rng.randrange(len(all_lines))
    kind = rng.randrange(3)
    if kind == 0:
        all_lines[one], all_lines[other] = all_lines[other], all_lines[one]
    elif kind == 1:
        all_lines.insert(other, all_lines[one])
    else:
        del all_lines[one]
    return b"".join(all_lines)


def splice(rng, data, others):
    other = rng.choice(others)
    at, begin = place(rng, data), place(rng, other)
    return data[:at] + other[begin:begin + rng.randrange(1, 2000)] + data[at:]


def number(rng, data, _):
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    one = rng.choice(found)
    return data[:one.start()] + rng.choice(HUGE) + data[one.end():]


def strange(rng, data, _):
    at = place(rng, data)
    return data[:at] + rng.choice(STRANGE) + data[at:]


DAMAGES = (flip, drop, double, cut, lines, splice, number, strange)


def corrupted(seed, originals):
    """The bytes of the corrupted file of this seed, and the command to try on it."""
    rng = random.Random(seed)
    data = rng.choice(originals)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        data = rng.choice(DAMAGES)(rng, data, originals)
    return data, rng.choice(VERBS)


def ran(command):
    """What became of the command, or None when it took too long: twice, for once may be the
    machine, busy with others."""
    for _ in range(2):
        try:
            return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True,
                                  timeout=SECONDS)
        except subprocess.TimeoutExpired:
            pass
    return None


def fault(truce, verb, path):
    """What truce does wrong on the file, or None."""
    done = ran([truce, *verb, str(path), "--seconds", "1", "--threads", "1"])
    if done is None:
        return f"takes more than {SECONDS} s, twice"
    said = (done.stdout + done.stderr).decode(errors="replace")
    if "Sanitizer" in said or "runtime error" in said or "assert" in said.lower():
        return said[-2000:]
    if done.returncode not in ANSWERS[verb[0]]:
        return f"exit {done.returncode}: {said[-1000:]}"
    if done.returncode == 3 and not PLACE.search(said):
        return f"an error without its place: {said[:500]}"
    return None


def attempt(truce, seed, originals, keep):
    data, verb = corrupted(seed, originals)
    with tempfile.NamedTemporaryFile(suffix=".truce.yaml") as file:
        file.write(data)
        file.flush()
        found = fault(truce, verb, file.name)
    if found and keep:
        (keep / f"{seed}.truce.yaml").write_bytes(data)
    return f"seed {seed}, truce {' '.join(verb)}: {found}" if found else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--truce", required=True)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for what fails")
    options = parser.parse_args()
    root = pathlib.Path(__file__).resolve().parent.parent
    originals = [path.read_bytes() for path in sorted(root.glob("scenarios/*.truce.yaml"))]
    seeds = range(options.seed, options.seed + options.count)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        found = list(pool.map(
            lambda seed: attempt(options.truce, seed, originals, options.keep), seeds))
    faults = [each for each in found if each]
    print("\n".join(faults[:20]), end="\n" if faults else "")
    print(f"{len(found) - len(faults)} passed, {len(faults)} failed")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
