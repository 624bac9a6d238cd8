#!/usr/bin/env python3
"""Follows the recipes of docs/add-a-*.md in a copy of the repository: every block marked
"sh recipe" is run there, one after the other, and what was added must work.

    tests/recipes.py [--jobs N]
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
RECIPES = {"docs/add-a-strategy.md": ["patient", "round"],
           "docs/add-a-protocol.md": ["round"]}


def copy_to(folder):
    names = subprocess.run(["git", "-C", str(ROOT), "ls-files"], capture_output=True,
                           text=True, check=True).stdout.split("\n")
    for name in filter(None, names):
        to = folder / name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, to)


def blocks(path):
    return re.findall(r"^```sh recipe\n(.*?)^```$", path.read_text(), re.M | re.S)


def follow(folder, name, words):
    """What goes wrong, or None."""
    said = ""
    for block in blocks(folder / name):
        done = subprocess.run(["bash", "-euc", block], cwd=folder, capture_output=True,
                              text=True, check=False)
        said += done.stdout
        if done.returncode not in (0, 1):
            return done.stdout[-2000:] + done.stderr[-2000:]
    missing = [word for word in words if word not in said]
    return f"{missing} not in what it said: {said[-500:]}" if missing else None


def main():
    argparse.ArgumentParser(description=__doc__).parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "truce"
        folder.mkdir()
        copy_to(folder)
        subprocess.run(["meson", "setup", "build", "-Dmpi=disabled", "-Doptimization=0"], cwd=folder,
                       check=True, capture_output=True)
        for name, words in RECIPES.items():
            wrong = follow(folder, name, words)
            passed += wrong is None
            failed += wrong is not None
            if wrong:
                print(f"FAILED: {name}: {wrong}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
