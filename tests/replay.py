#!/usr/bin/env python3
"""Replays whole sessions that were recorded from NegMAS: `truce negotiate --as negmas`
must make every offer and give every answer that they hold, in their order, at their times.

    replay.py --truce BINARY --outside FOLDER
"""
import argparse
import json
import pathlib
import subprocess
import sys

STRATEGIES = {
    "AspirationNegotiator": lambda who: f"boulware:e={who['exponent']},tolerance={who['tolerance_raw']}",
    "MiCRONegotiator": lambda who: "micro",
}
SAID = {"offer": "offer", "REJECT_OFFER": "reject", "ACCEPT_OFFER": "accept"}


def turns_of(truce, recorded, folder):
    profiles = ",".join(pathlib.Path(path).stem for path in recorded["profiles"])
    strategies = ",".join(STRATEGIES[who["strategy"]](who) for who in recorded["negotiators"])
    call = [truce, "negotiate", str(folder / "anac" / recorded["scenario"]), "--as", "negmas",
            "--profiles", profiles, "--with", strategies, "--rounds", str(recorded["n_steps"]), "--trace", "-"]
    out = subprocess.run(call, capture_output=True, text=True, timeout=60)
    if out.returncode not in (0, 1):
        sys.exit(out.stderr)
    lines = [json.loads(line) for line in out.stdout.splitlines()]
    return lines[0], lines[1:-1], lines[-1]


def close(one, other):
    return abs(one - other) <= 1e-9 * max(1, abs(other))


def difference(expected, turn, head):
    """What is not as it was recorded, or None."""
    seat = int(expected["who"].rsplit("n", 1)[-1])
    if turn["party"] != head["seats"][seat]["party"]:
        return "another party speaks"
    if turn["said"] != SAID[expected["act"]]:
        return f"said {turn['said']}"
    if not close(turn["t"], expected["t"]):
        return f"t = {turn['t']}"
    if list(turn["outcome"].values()) != list(expected["outcome"]):
        return f"outcome {list(turn['outcome'].values())}"
    if not all(close(u, v) for u, v in zip(turn["u"], expected["u"])):
        return f"u = {turn['u']}"
    return None


def replay(truce, recorded, folder):
    """How many moves were replayed; ends the program at a difference."""
    head, turns, end = turns_of(truce, recorded, folder)
    for place, expected in enumerate(recorded["events"]):
        what = difference(expected, turns[place], head) if place < len(turns) else "nothing more was said"
        if what:
            sys.exit(f"{recorded['scenario']}, move {place}: {what}; recorded: {expected}")
    if len(turns) != len(recorded["events"]):
        sys.exit(f"{recorded['scenario']}: {len(turns) - len(recorded['events'])} moves too many")
    agreed = recorded["agreement"] is not None
    # NegMAS's last time is that of the round that would come next; ours that of the agreement.
    final = min(1, (end["step"] + 1) / (recorded["n_steps"] + 1))
    if (end["end"] == "agreed") != agreed or end["step"] != recorded["final_step"] or not close(final, recorded["final_t"]):
        sys.exit(f"{recorded['scenario']}: ended {end}")
    return len(turns)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--truce", required=True)
    parser.add_argument("--outside", required=True, type=pathlib.Path)
    options = parser.parse_args()
    path = options.outside / "negmas-traces.json"
    if not path.exists():
        print(f"{path} is not there\n0 passed, 0 failed, 1 skipped")
        return
    recorded = json.loads(path.read_text())
    moves = sum(replay(options.truce, session, options.outside) for session in recorded)
    print(f"{moves} moves are as recorded\n{len(recorded)} passed, 0 failed")


main()
