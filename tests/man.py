#!/usr/bin/env python3
"""The manual pages, as built: every command has one, every option stands on it, and they are well made.

    man.py BUILD

The last line counts. Without scdoc there are no pages, and without mandoc or man nobody to look at
how they are made: that is then skipped.
"""

import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(sys.argv[1]).resolve()
TRUCE = BUILD / "src/cmd/truce"
PAGES = BUILD / "man"
UTF8 = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANROFFSEQ": ""}
EVERY = ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES", "SEE ALSO")

count = {"passed": 0, "failed": 0, "skipped": 0}


def holds(what, problem):
    """A sentence that holds when there is no problem with it."""
    count["failed" if problem else "passed"] += 1
    if problem:
        print(f"failed: {what}: {problem}")


def skip(why):
    count["skipped"] += 1
    print(f"skipped: {why}")


def truce(*arguments):
    return subprocess.run([TRUCE, *arguments], check=True, text=True, capture_output=True).stdout


def commands():
    """All names, of one word or two, in the order of the help, which keeps 18 columns for them."""
    lines = re.findall(r"^  ([a-z].{17})\S", truce("help").split("Exit codes")[0], re.M)
    return [line.strip() for line in lines]


def page_of(name):
    return PAGES / f"truce-{name.replace(' ', '-')}.1"


def unmarked(page):
    """What a reader sees of it, roughly: no fonts, no escapes, no requests."""
    text = re.sub(r"\\f[BIRP]|\\&", "", page.read_text(encoding="utf-8"))
    return re.sub(r"\\(.)", r"\1", text)


def sections(text):
    parts = re.split(r'^\.SH "?(.*?)"?$', text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def check_page(name):
    page = page_of(name)
    if not page.is_file():
        return "there is none"
    text = unmarked(page)
    parts = sections(text)
    if lacking := [each for each in EVERY if not parts.get(each, "").strip()]:
        return f"it lacks {', '.join(lacking)}"
    help_text = truce("help", *name.split())
    said = re.findall(r"^--([a-z-]+)", parts["OPTIONS"], re.M)
    wanted = re.findall(r"^  --([a-z-]+)", help_text, re.M)
    if said != wanted:
        return f"options {sorted(set(wanted) ^ set(said))} are only in help or only on the page"
    example = re.search(r"^Example\n  (truce .*)$", help_text, re.M)[1]
    if example not in parts["EXAMPLES"]:
        return f"the example '{example}' is not on it"
    return None


def check_links(page):
    """What a page refers to must be there."""
    text = unmarked(page)
    missing = [f"{name}({section})" for name, section in re.findall(r"\b((?:lib)?truce(?:-[a-z-]+)?)\((\d)\)", text)
               if not (PAGES / f"{name}.{section}").is_file()]
    return f"it refers to {', '.join(missing)}" if missing else None


def listed():
    return re.findall(r"'([a-z-]+\.[135])'", (ROOT / "man/meson.build").read_text(encoding="utf-8"))


def lint(page):
    # What mandoc calls style is the length of source lines, which scdoc does not break.
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True)
    return done.stdout.strip() or done.stderr.strip()


def formatted(page):
    done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page], env=UTF8,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return done.stderr.strip()


def main():
    if not (PAGES / "truce.1").is_file():
        skip("there are no manual pages, for want of scdoc")
        return
    names = commands()
    holds("the help lists commands of one word and of two", None if len(names) > 30 and any(" " in n for n in names)
          else f"only {names}")
    for name in names:
        holds(f"the page of truce {name}", check_page(name))
    families = {name.split()[0] for name in names if " " in name} - set(names)
    for family in sorted(families):
        text = unmarked(page_of(family)) if page_of(family).is_file() else ""
        lacking = [name for name in names if name.startswith(family + " ")
                   and f"truce-{name.replace(' ', '-')}(1)" not in text]
        holds(f"the page of the family {family}", lacking)
    overview = unmarked(PAGES / "truce.1")
    holds("truce(1) has every command", [name for name in names if f"truce {name} " not in overview])
    every = {"truce.1", *(page_of(name).name for name in [*names, *families])}
    holds("no page is about a command that is gone",
          [page for page in listed() if page.endswith(".1") and page not in every])
    version = truce("--version").strip()
    pages = sorted(each for each in PAGES.iterdir() if re.fullmatch(r"(?:lib)?truce.*\.[135]", each.name))
    holds("all pages of the list are built", sorted(set(listed()) ^ {page.name for page in pages}))
    for page in pages:
        holds(f"the footer of {page.name} has the version",
              None if f'"{version}"' in page.read_text(encoding="utf-8").split("\n.SH")[0] else f"not {version}")
        holds(f"the pages that {page.name} refers to", check_links(page))
    for tool, look in (("mandoc", lint), ("man", formatted)):
        if not shutil.which(tool):
            skip(f"how the pages are made, for want of {tool}")
            continue
        for page in pages:
            holds(f"{tool} has nothing against {page.name}", look(page))


main()
print("{passed} passed, {failed} failed, {skipped} skipped".format(**count))
sys.exit(count["failed"] > 0)
