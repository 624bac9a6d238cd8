#!/usr/bin/env python3
"""Adds to a log where there is no room: it must say so, and what stood there must stand.

A file that may not grow beyond a size stands for a full disk: the kernel writes what fits and
refuses the rest. Room for every number of bytes more, from none to an event and one, is tried; and
as root, a file system that is full.

    track_full.py --truce build/src/cmd/truce
"""
import argparse
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile

AGREEMENT = """truce-agreement: 1
id: made-up
invented: yes
parties: [A, B]
in-force: 2025-06-01
commitments:
  c-1: {kind: do, text: something, debtor: A, creditor: B, consequent: {type: x, by: A}, within: 3d}
"""
EVENT = '{"kind":"act","id":"%s","recorded":"2025-06-02T00:00:00Z","by":"A","type":"x"}\n'


def add(truce, folder, text, room=None):
    """Adds events where the log may have so many bytes at most."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    return subprocess.run([truce, "track", "add", folder / "a.yaml", "-", "--log", folder / "log.jsonl"], input=text,
                          text=True, capture_output=True, check=False, preexec_fn=limit if room is not None else None)


def begin(truce, folder):
    """A log of two events; its text."""
    (folder / "a.yaml").write_text(AGREEMENT)
    log = folder / "log.jsonl"
    log.unlink(missing_ok=True)
    assert add(truce, folder, EVENT % "one" + EVENT % "two").returncode == 0
    return log.read_text()


def is_refused(truce, folder, done, before):
    """Said, with the exit code for it; what stood there stands; and with room again it goes on."""
    said = done.returncode == 4 and done.stderr and not done.stdout
    now = (folder / "log.jsonl").read_text()
    kept = now.startswith(before) and "\n" not in now[len(before):]
    again = add(truce, folder, EVENT % "three") if now == before else None
    return said and kept and (again is None or again.returncode == 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--truce", required=True)
    truce = str(pathlib.Path(parser.parse_args().truce).resolve())
    passed = failed = skipped = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for more in range(0, 400, 7):
            before = begin(truce, folder)
            done = add(truce, folder, EVENT % "three", len(before) + more)
            written = (folder / "log.jsonl").read_text()
            whole = done.returncode == 0 and written.startswith(before) and written.endswith("\n") and "three" in written
            good = whole if done.returncode == 0 else is_refused(truce, folder, done, before)
            passed, failed = passed + bool(good), failed + (not good)
            if not good:
                print(f"FAILED: room for {more} bytes: exit {done.returncode}\n{done.stdout}{done.stderr}")
        if os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder],
                                                capture_output=True, check=False).returncode == 0:
            before = begin(truce, folder)
            try:
                with open(folder / "filler", "wb", buffering=0) as filler:
                    while filler.write(b"x" * 4096):
                        pass
            except OSError:
                pass
            done = add(truce, folder, "".join(EVENT % f"e-{k}" for k in range(200)))
            good = is_refused(truce, folder, done, before)
            passed, failed = passed + bool(good), failed + (not good)
            if not good:
                print(f"FAILED: a full file system: exit {done.returncode}\n{done.stdout}{done.stderr}")
            subprocess.run(["umount", folder], check=False)
        else:
            skipped += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
