#!/usr/bin/env python3
"""External parties that misbehave, one fault each: the party forfeits with that fault, the
session has a result in time, and nothing of the party is left running.

    tests/external.py --truce build/src/cmd/truce
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TINY = ROOT / "scenarios/tiny.truce.yaml"
AGENT = ROOT / "examples/play/agent.py"

# What stands before each body: say() and listen(), as in the example.
HEAD = """
import json, os, signal, socket, sys, time
def say(x): print(x if isinstance(x, str) else json.dumps(x), flush=True)
def listen(): return json.loads(sys.stdin.readline())
hello = listen()
first = {i["id"]: i["values"][0] for i in hello["issues"]}
"""

# name: (body after the greeting, the fault it must come to)
FAULTS = {
    "hangs": ("time.sleep(60)", "silent"),
    "hangs and ignores SIGTERM":
        ("signal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)", "silent"),
    "spins": ("while True: pass", "silent"),
    "exits": ("sys.exit(0)", "exited"),
    "exits with an error": ("sys.exit(3)", "exited"),
    "raises": ("raise ValueError('no')", "exited"),
    "crashes": ("os.kill(os.getpid(), signal.SIGSEGV)", "crashed"),
    "aborts": ("os.abort()", "crashed"),
    "writes garbage": ("listen(); say('what?'); time.sleep(9)", "garbage"),
    "writes an empty line": ("listen(); say(''); time.sleep(9)", "garbage"),
    "writes half an object": ("listen(); say('{\"offer\": {'); time.sleep(9)", "garbage"),
    "writes bytes that are no text":
        ("listen(); sys.stdout.buffer.write(b'\\xff\\xfe\\n'); sys.stdout.flush(); time.sleep(9)",
         "garbage"),
    "writes NUL":
        ("listen(); sys.stdout.buffer.write(b'{\"leave\"\\0: true}\\n'); sys.stdout.flush(); time.sleep(9)",
         "garbage"),
    "gives a key twice":
        ("listen(); say('{\"leave\": true, \"leave\": true}'); time.sleep(9)", "garbage"),
    "nests too deep":
        ("listen(); say('{\"offer\":' * 3000 + '1' + '}' * 3000); time.sleep(9)", "garbage"),
    "writes a list": ("listen(); say([1]); time.sleep(9)", "garbage"),
    "says an unknown word": ("listen(); say({'peace': True}); time.sleep(9)", "unknown-message"),
    "says two things at once":
        ("listen(); say({'accept': True, 'leave': True}); time.sleep(9)", "unknown-message"),
    "asks what there is not": ("listen(); say({'ask': 'mercy'}); time.sleep(9)", "unknown-message"),
    "names no issue of ours":
        ("listen(); say({'offer': dict(first, peace='yes')}); time.sleep(9)", "unknown-issue"),
    "names no value of ours":
        ("listen(); say({'offer': dict(first, path='sideways')}); time.sleep(9)", "unknown-value"),
    "leaves an issue out":
        ("listen(); first.pop('path'); say({'offer': first}); time.sleep(9)", "incomplete"),
    "offers an object that is none": ("listen(); say({'offer': 7}); time.sleep(9)", "unknown-message"),
    "offers what it may not":
        ("listen(); say({'offer': {'morning': 'ben', 'repair': 'ana', 'path': 'closed'}}); "
         "time.sleep(9)", "not-admissible"),
    "answers where it should offer": ("listen(); say({'accept': True}); time.sleep(9)", "out-of-turn"),
    "speaks before it is asked":
        ("listen(); say({'ask': 'best', 'place': 0}); best = listen()['offer']\n"
         "sys.stdout.write(json.dumps({'offer': best}) + '\\n{\"leave\": true}\\n')\n"
         "sys.stdout.flush(); time.sleep(9)", "out-of-turn"),
    "writes a line without end":
        ("listen(); sys.stdout.write('x' * 200000); sys.stdout.flush(); time.sleep(9)", "flood"),
    "floods": ("\nwhile True: sys.stdout.write('y\\n' * 10000)", ("out-of-turn", "flood", "garbage")),
    "asks without end":
        ("listen()\nwhile True:\n say({'ask': 'best', 'place': 0}); listen()", ("asks-too-much", "silent")),
    "asks and does not read":
        ("listen()\nwhile True: say({'ask': 'best', 'place': 0})",
         ("does-not-read", "asks-too-much", "silent")),
    "closes its output": ("listen(); os.close(0); os.close(1); time.sleep(60)", ("closed", "silent")),
    "eats memory": ("listen(); x = bytearray(4 << 30); say({'leave': True})", "exited"),
    "leaves a child behind":
        ("import subprocess\nsubprocess.Popen(['sleep', '61.75'])\nsys.exit(0)", ("exited", "silent")),
    "uses the network":
        ("listen(); s = socket.socket(); s.connect(('127.0.0.1', 9)); say({'leave': True})", "exited"),
    "writes a file": ("listen(); open('written-by-agent', 'w'); say({'leave': True})", "exited"),
}

# Of a mediated text: what goes wrong where a vote is asked for.
VOTE_FAULTS = {
    "offers where it should vote": ("listen(); say({'offer': first}); time.sleep(9)", "out-of-turn"),
    "has no word for a vote": ("listen(); time.sleep(9)", "silent"),
    "votes twice":
        ("listen(); say('{\"accept\": false}\\n{\"accept\": false}'); time.sleep(9)", "out-of-turn"),
}

passed = failed = 0


def expect(holds, what):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print("FAILED:", what)


def play(truce, agent, *more, folder=None):
    began = time.monotonic()
    done = subprocess.run(
        [truce, "negotiate", str(TINY), "--with", agent + ",boulware", "--json",
         "--quiet", *more], capture_output=True, text=True, check=False, cwd=folder,
        timeout=60)
    return done, time.monotonic() - began


def children(folder):
    """Commands that run in this folder, or are our child that was left behind."""
    left = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            if (entry / "cwd").resolve() == folder.resolve():
                left.append((entry / "cmdline").read_bytes())
        except OSError:
            continue
    return left


def misbehave(truce, folder):
    for name, (body, faults) in FAULTS.items():
        script = folder / "agent.py"
        script.write_text(HEAD + body + "\n")
        done, took = play(truce, f"exec/1:python3 {script}", folder=folder)
        faults = faults if isinstance(faults, tuple) else (faults,)
        expect(done.returncode == 1, f"{name}: exit code {done.returncode} {done.stderr}")
        answer = json.loads(done.stdout)["answer"]
        fault = answer["seats"][0]["fault"] or ""
        expect(fault.split(":")[0] in faults, f"{name}: {fault!r}, expected {faults}")
        expect(answer["end"] == "forfeit" and answer["agreement"] is None,
               f"{name}: {answer['end']}")
        expect(answer["seats"][1]["fault"] is None, f"{name}: the other's fault")
        expect(took < 6, f"{name}: took {took:.1f} s")
        left = children(folder)
        expect(not left, f"{name}: left running: {left}")
    expect(not (folder / "written-by-agent").exists(), "a file was written")
    done, _ = play(truce, "exec:no-such-command-at-all", folder=folder)
    fault = json.loads(done.stdout)["answer"]["seats"][0]["fault"]
    expect(fault.startswith("did-not-start"), f"no such command: {fault}")


def behave(truce):
    answers = []
    for _ in range(2):
        done, _ = play(truce, f"exec:python3 {AGENT}")
        expect(done.returncode == 0, "the example agrees: " + done.stderr)
        answers.append(done.stdout)
    expect(answers[0] == answers[1], "the example says the same twice")
    answer = json.loads(answers[0])["answer"]
    expect(answer["seats"][0]["fault"] is None, "the example has no fault")
    done, _ = play(truce, f"exec:python3 {AGENT}", "--over", "BEN,ANA")
    expect(done.returncode == 0, "the example in the other party's place")
    both = subprocess.run(
        [truce, "negotiate", str(TINY), "--with", f"exec:python3 {AGENT}", "--json",
         "--quiet"], capture_output=True, text=True, check=False)
    expect(both.returncode == 0, "the example with itself")
    lines = len(AGENT.read_text().splitlines())
    expect(lines <= 45, f"the example has {lines} lines")


def vote(truce, folder):
    """A mediated text asks external parties for their own votes."""
    script = folder / "agent.py"
    for name, (body, fault) in VOTE_FAULTS.items():
        script.write_text(HEAD + body + "\n")
        done, took = play(truce, f"exec/1:python3 {script}", "--protocol", "text", folder=folder)
        answer = json.loads(done.stdout)["answer"]
        said = answer["seats"][0]["fault"] or ""
        expect(said.split(":")[0] == fault and answer["end"] == "forfeit" and took < 6, f"{name}: {said!r}")
    heard = {}
    for word in ("true", "false"):
        script.write_text(HEAD + "while True:\n m = listen()\n if m['type'] == 'end': break\n"
                          f" say({{'accept': {word.title()} if m['type'] == 'vote' else False}})\n")
        trace = folder / "trace.jsonl"
        trace.unlink(missing_ok=True)
        done, _ = play(truce, f"exec:python3 {script}", "--protocol", "text", "--trace", str(trace), folder=folder)
        lines = [json.loads(line) for line in trace.read_text().splitlines()[1:-1]]
        own = [line["said"] for line in lines if line["party"] == "ANA"]
        heard[word] = set(own[:-1])
        expect(json.loads(done.stdout)["answer"]["seats"][0]["fault"] is None, "a voter without fault")
        again = subprocess.run([truce, "negotiate", str(TINY), "--replay", str(trace), "--quiet"], check=False,
                               capture_output=True)
        expect(again.returncode == 0, "the trace of an external voter holds")
    expect(heard == {"true": {"accept"}, "false": {"reject"}}, f"its own votes count: {heard}")
    done, _ = play(truce, f"exec:python3 {AGENT}", "--protocol", "text")
    expect(json.loads(done.stdout)["answer"]["seats"][0]["fault"] is None, "the example votes")
    for rules in ("amop", "mopac", "random-mediator"):
        done, _ = play(truce, f"exec:python3 {AGENT}", "--protocol", rules)
        answer = json.loads(done.stdout)["answer"]
        expect(answer["seats"][0]["fault"] is None and answer["end"] in ("agreed", "timed-out"),
               f"the example sits under {rules}")


def wrong_calls(truce):
    for text in ("exec:", "exec/x:cat", "exec/0:cat", "exec/5cat", "exec/-1:cat"):
        done, _ = play(truce, text)
        expect(done.returncode == 2 and "exec:COMMAND" in done.stderr, text)


def tournament(truce, folder):
    """A faulty party forfeits its sessions, and the tournament goes on."""
    script = folder / "agent.py"
    script.write_text(HEAD + "sys.exit(1)\n")
    done = subprocess.run(
        [truce, "tournament", "--strategies",
         f"boulware,exec/1:python3 {script},exec:python3 {AGENT}", str(TINY), "--out",
         str(folder / "cup"), "--json", "--quiet", "--threads", "2"],
        capture_output=True, text=True, check=False)
    expect(done.returncode == 0, "a tournament with a faulty party: " + done.stderr)
    answer = json.loads(done.stdout)["answer"]
    expect(answer["faults"] == 5 and answer["sessions"] == 9,
           f"faults told: {answer['faults']}")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--truce", required=True)
    truce = str(pathlib.Path(options.parse_args().truce).resolve())
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        misbehave(truce, folder)
        behave(truce)
        vote(truce, folder)
        wrong_calls(truce)
        tournament(truce, folder)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
