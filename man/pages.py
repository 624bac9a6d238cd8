#!/usr/bin/env python3
"""Writes manual pages.

    pages.py --truce build/truce --docs docs --scdoc /usr/bin/scdoc --version 1.0 --out DIR PAGE...
    pages.py ... --source PAGE        (to standard output, in scdoc's markup)

PAGE is "truce.1", "truce-clash.1", "truce-scenario.5" and so on. What a command takes comes from its
own tables (`truce help --man VERB`); what it means comes from docs/questions/VERB.md, put into the
sections of the page; the pages that are about no command are a page of docs/ each (PLAIN below). So
nothing is said twice, and nothing here needs to be kept true by hand.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import textwrap

# Pages about no command: the page of docs/ they are made of, and their line.
PLAIN = {
    "truce-scenario.5": ("scenario-format.md", "the file that holds a negotiation"),
    "truce-agreement.5": ("agreement-format.md", "the files of an agreement that truce keeps track of"),
    "truce-exchange-files.5": ("exchange-files.md", "lists of people, rules and plans of an exchange"),
    "libtruce.3": ("library.md", "the negotiation engine as a C library"),
}
ALSO = "\n# SEE ALSO\n\n*truce*(1), *truce-scenario*(5), *truce-agreement*(5), *truce-exchange-files*(5), *libtruce*(3)\n"

# Headings of docs/questions/ that say what a section of every manual page says.
SECTIONS = {"What it answers": "DESCRIPTION", "What it does": "DESCRIPTION", "What it makes": "DESCRIPTION",
            "Exit status": "EXIT STATUS", "An example by hand": "EXAMPLES", "An example": "EXAMPLES",
            "Examples": "EXAMPLES", "What it does not say": "CAVEATS", "JSON": "JSON OUTPUT",
            "Options and exit status": "EXIT STATUS"}
LEFT_OUT = {"Options"}  # the table of options has them


# ---------------------------------------------------------------- from Markdown to scdoc


def plain(text):
    """No letter of it is markup."""
    return re.sub(r"([\\*_\[\]|<>#`])", r"\\\1", text)


def link(match):
    text, target = match[1], match[2]
    verb = re.fullmatch(r"(?:questions/)?([a-z]+)\.md(?:#.*)?", target)
    return f"\0{verb[1]}\0" if verb and verb[1] == text.strip("`") else text


def inline(text):
    """Code, strong words and the names of commands bold, emphasis underlined, links their text alone."""
    text = re.sub(r"!?\[((?:[^][]|\[[^]]*\])*)\]\(([^()\s]+)\)", link, text)
    parts = re.split(r"(`[^`]+`|\0[^\0]+\0|\*\*[^*]+\*\*|(?<![\w*])\*[^*\s](?:[^*]*[^*\s])?\*(?![\w*]))", text)
    made = []
    for part in parts:
        if part[:1] == "`" and len(part) > 2 or part[:1] == "\0":
            made.append(f"*{plain(part[1:-1])}*")
        elif part.startswith("**") and len(part) > 4:
            made.append(f"*{plain(part[2:-2].replace('`', ''))}*")
        elif part[:1] == "*" and len(part) > 2:
            made.append(f"_{plain(part[1:-1].replace('`', ''))}_")
        else:
            made.append(plain(part))
    text = "".join(made)
    return "\\" + text if re.match(r"[-.#:|\]~;]", text) else text


def cells(row):
    row = row.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row)]


def term_of(cell):
    """The first cell of a row, all of it bold."""
    text = re.sub(r"\[([^][]*)\]\([^()]*\)", r"\1", cell).replace("`", "").replace("**", "")
    return f"*{plain(text)}*"


def table(rows):
    """A row is a term and what is said of it: on a page of 80 columns that reads better than columns."""
    for row in rows[2:]:
        first, *others = cells(row)
        said = ": ".join(inline(other).lstrip("\\") if other[:1] in "-." else inline(other)
                         for other in others if other)
        yield f"{term_of(first)}\n\t{said or 'see below'}\n\n" if first else f"\t{said}\n\n"


def literal(lines):
    body = textwrap.dedent("\n".join(lines)).strip("\n")
    return "```\n" + body.replace("```", "'''") + "\n```\n\n"


def blocks(lines):
    """The paragraphs, lists, tables and listings of some lines of Markdown, as scdoc."""
    at = 0

    def take(wanted):
        nonlocal at
        begin = at
        while at < len(lines) and wanted(lines[at]):
            at += 1
        return lines[begin:at]

    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif line.startswith("```"):
            at += 1
            yield literal(take(lambda each: not each.startswith("```")))
            at += 1
        elif line.startswith("    "):
            yield literal(take(lambda each: each.startswith("    ") or not each.strip()))
        elif line.startswith("|"):
            yield from table(take(lambda each: each.startswith("|")))
        elif line.startswith("###"):
            at += 1
            yield f"## {line.lstrip('# ').replace('`', '')}\n\n"
        elif re.match(r"- |\d+\. ", line):
            mark = "-" if line[0] == "-" else "."
            items = " ".join(each.strip() if each.startswith(" ") else "\1" + each
                             for each in take(lambda each: re.match(r"- |\d+\. |  +\S", each))).split("\1")
            yield "".join(f"{mark} {inline(re.sub(r'^(-|[0-9]+[.]) ', '', item.strip()))}\n"
                          for item in items if item.strip()) + "\n"
        else:
            text = take(lambda each: each.strip() and not re.match(r"```|\||- |#", each))
            yield inline(" ".join(each.strip() for each in text)) + "\n\n"


def chapters(text):
    """The second-level headings of a page, each with its lines; what stands before them has none."""
    heading, lines, code = "", [], False
    for line in text.split("\n"):
        code ^= line.startswith("```")
        if not code and line.startswith("# "):
            continue
        if not code and line.startswith("## "):
            yield heading, lines
            heading, lines = line[3:].strip(), []
        else:
            lines.append(line)
    yield heading, lines


# ---------------------------------------------------------------- pages


def cut(source):
    """A page in scdoc's markup as its head and its sections, in their order."""
    head, *rest = re.split(r"^# (.*)\n\n?", source, flags=re.M)
    return head, dict(zip(rest[::2], rest[1::2]))


def of_command(docs, truce, name):
    words = name.split("-", 2)[1:]
    source = subprocess.run([truce, "help", "--man", *words], check=True, text=True, encoding="utf-8",
                            stdout=subprocess.PIPE).stdout
    about = docs / "questions" / f"{'-'.join(words)}.md"
    if not words or not about.is_file():
        return source
    head, sections = cut(source)
    last = {key: sections.pop(key, "") for key in ("EXIT STATUS", "EXAMPLES", "CAVEATS", "SEE ALSO")}
    middle = {}
    for heading, lines in chapters(about.read_text(encoding="utf-8")):
        said = "".join(blocks(lines))
        if not said or heading in LEFT_OUT:
            continue
        key = SECTIONS.get(heading, heading.upper() or "DESCRIPTION")
        place = next((each for each in (sections, last) if key in each), middle)
        place[key] = place.get(key, "") + said
    return head + "".join(f"# {key}\n\n{text}" for key, text in (sections | middle | last).items() if text)


def of_docs(docs, version, page):
    file, line = PLAIN[page]
    name, section = page.rsplit(".", 1)
    made = [f"{name}({section}) \"truce {version}\" \"truce\"\n\n# NAME\n\n{name} - {line}\n\n"]
    for heading, lines in chapters((docs / file).read_text(encoding="utf-8")):
        if said := "".join(blocks(lines)):
            made.append(f"# {heading.replace('`', '').upper() or 'DESCRIPTION'}\n\n{said}")
    return "".join(made) + ALSO


def tidy(page):
    """scdoc ends what is indented with a paragraph that stays empty, which mandoc complains about: it
    belongs behind it, and neither before nor after a heading."""
    before = None
    while page != before:
        before = page
        page = re.sub(r"^\.P\n\.RE\n", ".RE\n.P\n", page, flags=re.M)
        page = re.sub(r"^(?:\.P\n)+(?=\.(?:P|SH .*|SS .*)\n|\Z)", "", page, flags=re.M)
        page = re.sub(r"^(\.S[HS] .*\n)(?:\.P\n)+", r"\1", page, flags=re.M)
    return re.sub(r"[ \t]+$", "", page, flags=re.M)


def main():
    parser = argparse.ArgumentParser()
    for name in ("--truce", "--docs", "--version"):
        parser.add_argument(name, required=True)
    parser.add_argument("--scdoc", default="scdoc")
    parser.add_argument("--out", default=".")
    parser.add_argument("--source", action="store_true")
    parser.add_argument("pages", nargs="+")
    given = parser.parse_args()
    docs = pathlib.Path(given.docs)
    for page in given.pages:
        source = (of_docs(docs, given.version, page) if page in PLAIN else
                  of_command(docs, given.truce, page.removesuffix(".1")))
        if given.source:
            sys.stdout.write(source)
            continue
        done = subprocess.run([given.scdoc], input=source.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode:
            sys.exit(f"{page}: {done.stderr.decode().strip()}")
        pathlib.Path(given.out, page).write_text(tidy(done.stdout.decode()), encoding="utf-8")


main()
