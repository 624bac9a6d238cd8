#!/usr/bin/env python3
"""Runs the examples of README.md and docs/, so that they cannot rot.

    docs.py [--build build] [--update] [FILE…]

```console   each line "$ command" is run by bash; what stands below must be what it prints,
             stdout and stderr together. A line "…" stands for any number of lines, and
             "(exit 1)" as the last line for that exit status. "\\" at its end continues a
             command on the next line. Examples of one page share one folder, in which the
             repository's own files are at hand.
```c example a complete C program; it must compile against the library and exit with 0.
```python example  a piece of a Python program; the pieces of one page are run in order as one
             program, with the package of the repository. What a piece prints is shown in a
             block ```output right below it; without one it must print nothing.

--update writes what is printed now into the pages, except where "…" still matches.
The last line counts the examples.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```(?:(console|c example)|(python example))\n(.*?)^```$"
                   r"(?(2)(?:\n\n?```output\n(.*?)^```$)?)", re.M | re.S)
PROGRAMS = "src/cmd"

# Runs pieces of Python, as JSON on standard input, in one namespace; says what each printed.
PIECES = """
import contextlib, io, json, sys, traceback
names = {"__name__": "__main__"}
for text in json.load(sys.stdin):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            exec(compile(text, "example", "exec"), names)
            good = True
        except BaseException:
            traceback.print_exc()
            good = False
    print(json.dumps([good, said.getvalue()]), flush=True)
"""


def examples_of(block):
    """[(the lines of the command, the lines shown below it)] of a console block."""
    found, continued = [], False
    for line in block.splitlines():
        if continued:
            found[-1][0].append(line)
        elif line.startswith("$ "):
            found.append(([line], []))
        elif found:
            found[-1][1].append(line)
        continued = found and line.endswith("\\") and not found[-1][1]
    return found


def matches(shown, printed):
    """Are the printed lines those shown, in which "…" stands for any number?"""
    if not shown:
        return not printed
    if shown[0] == "…":
        return any(matches(shown[1:], printed[i:]) for i in range(len(printed) + 1))
    return bool(printed) and shown[0] == printed[0] and matches(shown[1:], printed[1:])


def difference(shown, printed):
    for number, (one, other) in enumerate(zip(shown + [""], printed + [""])):
        if one != other:
            return f"  line {number + 1}\n    shown:   {one}\n    printed: {other}"
    return f"  shown {len(shown)} lines, printed {len(printed)}"


class Page:
    """One page: its examples are run in order in a folder of their own."""

    def __init__(self, path, build, folder):
        self.path, self.build, self.folder = path, build, folder
        self.passed = self.failed = 0
        for entry in ROOT.iterdir():
            if not entry.name.startswith(".") and not entry.name.startswith("build"):
                (folder / entry.name).symlink_to(entry)

    def run(self, command):
        path = f"{self.build / PROGRAMS}:{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, stdin=subprocess.DEVNULL, timeout=120,
            env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        lines = done.stdout.decode().splitlines()
        return lines + ([f"(exit {done.returncode})"] if done.returncode else [])

    def judge(self, good, what, why):
        self.passed += good
        self.failed += not good
        if not good:
            print(f"{self.path}: {what}\n{why}")

    def console(self, block, update):
        """Runs a block; returns it with the output of now."""
        lines = []
        for typed, shown in examples_of(block):
            while shown and not shown[-1]:
                shown.pop()
            command = "\n".join(typed)[2:]
            printed = [line.rstrip() for line in self.run(command)]
            while printed and not printed[-1]:
                printed.pop()
            good = matches([line.rstrip() for line in shown], printed)
            self.judge(good or update, f"$ {command}", difference(shown, printed))
            lines += typed + (shown if good else printed)
        return "".join(line + "\n" for line in lines)

    def program(self, text):
        source, binary = self.folder / "example.c", self.folder / "example"
        source.write_text(text)
        library = self.build / "src"
        done = subprocess.run(
            ["cc", "-std=c17", "-Wall", "-Wextra", "-Werror", f"-I{ROOT}/include", source,
             "-o", binary, f"-L{library}", f"-Wl,-rpath,{library}", "-ltruce"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = [done.stdout] if done.returncode else self.run("./example")
        good = done.returncode == 0 and not any(line.startswith("(exit") for line in said)
        self.judge(good, "the C example", "\n".join(said))

    def pieces(self, blocks):
        """What each piece of Python printed, and whether it came to its end."""
        path = f"{self.build / PROGRAMS}:{os.environ['PATH']}"
        done = subprocess.run(
            [sys.executable, "-c", PIECES], cwd=self.folder, timeout=300, text=True,
            input=json.dumps([block[3] for block in blocks]), stdout=subprocess.PIPE,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "python"),
                 "TRUCE_LIBRARY": str(self.build / "src" / "libtruce.so.0")})
        ran = [json.loads(line) for line in done.stdout.splitlines()]
        return ran + [[False, "the pieces before it ended the program"]] * (len(blocks) - len(ran))

    def piece(self, block, ran, update):
        """Judges one piece; returns it with the output of now."""
        good, printed = ran[0], [line.rstrip() for line in ran[1].splitlines()]
        shown = (block[4] or "").splitlines()
        same = matches([line.rstrip() for line in shown], printed)
        self.judge(good and (same or update), "a Python example:\n" + block[3],
                   difference(shown, printed) if good else ran[1])
        if not good or same or not update:
            return block[0]
        output = "".join(line + "\n" for line in printed)
        return f"```python example\n{block[3]}```" + (f"\n\n```output\n{output}```" if output else "")

    def check(self, update):
        text = self.path.read_text()
        python = [block for block in BLOCK.finditer(text) if block[2]]
        ran = iter(self.pieces(python) if python else [])

        def again(block):
            if block[2]:
                return self.piece(block, next(ran), update)
            if block[1] == "console":
                return f"```console\n{self.console(block[3], update)}```"
            self.program(block[3])
            return block[0]

        new = BLOCK.sub(again, text)
        if update and new != text:
            self.path.write_text(new)
            print(f"{self.path}: written anew")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    pages = options.files or [
        page for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
        if page.exists()]
    passed = failed = 0
    for path in pages:
        with tempfile.TemporaryDirectory() as folder:
            page = Page(path, options.build.resolve(), pathlib.Path(folder))
            page.check(options.update)
            passed, failed = passed + page.passed, failed + page.failed
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
