#!/usr/bin/env python3
"""Enforces src/LAYERS: which room may include which, and where third-party headers stand.

    layers.py [ROOT]

Every room sees itself, the rooms its line names, what those see, and the public headers;
"public" alone on a line leaves the public headers. Afterwards violations are planted in a
copy, one at a time, and each must be found. The last line counts.
"""

import pathlib
import re
import shutil
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')
SYSTEM = set(
    """assert ctype dirent errno fcntl float inttypes limits locale math pthread signal stdalign
    poll stdarg stdatomic stdbool stddef stdint stdio stdlib string strings time unistd
    sys/file sys/ioctl sys/mman sys/resource sys/socket sys/stat sys/time sys/types sys/wait""".split()
)


class Layers:
    """What src/LAYERS says: rooms -> rooms they see, third-party headers -> their file."""

    def __init__(self, path):
        self.named, self.homes = {}, {}
        for line in path.read_text().splitlines():
            line = line.split("#")[0].strip()
            if line:
                left, right = (part.strip() for part in line.split(":"))
                if left.endswith(".h"):
                    self.homes[left] = right
                else:
                    self.named[left] = [r for r in right.split() if r != "public"]

    def seen_by(self, room, above=()):
        """The room and all below it; a circle is an error."""
        if room in above:
            raise ValueError("a circle: " + " <- ".join((*above, room)))
        seen = {room}
        for lower in self.named[room]:
            seen |= self.seen_by(lower, (*above, room))
        return seen


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found[1] == "<", found[2]


def fault_of(header, angled, name, room, layers, folder):
    """What is wrong with one include of the file `name` in `room`, or None."""
    if header.startswith("truce/"):
        return None
    if not angled:
        target = header.split("/")[0] if "/" in header else room
        if not (folder / header).exists() and target == room and "/" not in header:
            return f"there is no {header} beside it"
        if target not in layers.seen_by(room):
            return f"{room} must not see {target}"
        return None
    if header.removesuffix(".h") in SYSTEM:
        return None
    home = layers.homes.get(header)
    if home is None:
        return f"<{header}> is not named in src/LAYERS"
    return None if name == home else f"<{header}> may only stand in {home}"


def violations(root):
    """Sentences about all that is not as src/LAYERS has it."""
    layers, found = Layers(root / "src/LAYERS"), []
    for room in layers.named:
        try:
            layers.seen_by(room)
        except (ValueError, KeyError) as error:
            return [f"src/LAYERS: {error}"]
    for path in sorted((root / "src").rglob("*.*")):
        if path.suffix not in (".c", ".h", ".inc"):
            continue
        room, name = path.relative_to(root / "src").parts[0], path.relative_to(root / "src")
        if room not in layers.named:
            found.append(f"{path}: src/LAYERS has no room {room}")
            continue
        for line, angled, header in includes(path):
            fault = fault_of(header, angled, str(name), room, layers, path.parent)
            if fault:
                found.append(f"{path.relative_to(root)}:{line}: {fault}")
    for path in sorted((root / "include").rglob("*.h")):
        for line, angled, header in includes(path):
            if not header.startswith("truce/") and header.removesuffix(".h") not in SYSTEM:
                found.append(f"{path.relative_to(root)}:{line}: public headers are alone")
    return found


PLANTED = [
    ("an arrow upward", "src/base/arena.c", '#include "scenario/scenario.h"\n'),
    ("a command that looks inside", "src/cmd/main.c", '#include "base/text.h"\n'),
    ("a report that computes", "src/report/page.c", '#include "solve/count.h"\n'),
    ("a third-party header elsewhere", "src/space/space.c", "#include <gmp.h>\n"),
    ("an unknown third-party header", "src/base/text.c", "#include <curl/curl.h>\n"),
    ("a public header that is not", "include/truce/solve.h", "#include <gmp.h>\n"),
    ("a room without a line", "src/attic/old.c", "#include <stdio.h>\n"),
    ("a circle of rooms", "src/LAYERS", "base: solve\n"),
]


def finds_planted(root, file, text):
    """Is the violation found when text stands at the end of the file?"""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        for part in ("src", "include"):
            shutil.copytree(root / part, copy / part)
        path = copy / file
        path.parent.mkdir(exist_ok=True)
        with path.open("a") as out:
            out.write(text)
        return bool(violations(copy))


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    found = violations(root)
    print("\n".join(found), end="\n" if found else "")
    passed, failed = (0, len(found)) if found else (1, 0)
    for what, file, text in PLANTED:
        if finds_planted(root, file, text):
            passed += 1
        else:
            failed += 1
            print(f"planted, but not found: {what}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
