#!/usr/bin/env python3
"""Makes the site from the Markdown of the repository, with mkdocs.

    docs/site/build.py [--build build] [--out build/site] [--no-pictures]

The pages are first laid out under BUILD/site-pages as they lie in the repository, so that the
links between them hold in both places. Added to them are
- the pictures of blocks marked "sh picture", made by the truce just built (pictures.py);
- the reference, from the public headers (api.py);
- a page for each other file that a page links to.
A link to anything else of the repository becomes plain text. Nothing is fetched, neither now
nor by whoever reads the site. Needs mkdocs (Debian: mkdocs, python3-yaml).
"""

import argparse
import html
import os
import pathlib
import re
import shutil
import subprocess
import sys

import yaml

import api
import pictures

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FENCE = re.compile(r"^( *)(```+)(\S*)[^\n]*\n(.*?)^\1\2[ ]*$", re.M | re.S)
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s#]*)(#[^()\s]*)?\)")
LIST = re.compile(r"([-*]|\d+\.) ")


def pages():
    """Every page of the repository that belongs to the site, from its root."""
    found = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "NEWS.md", "scenarios/README.md")]
    found += sorted((ROOT / "docs").rglob("*.md"))
    return [page.relative_to(ROOT) for page in found]


def as_html(kind, code):
    code = html.escape(code, quote=False)
    if kind == "console":
        code = re.sub(r"^(\$ (?:.*\\\n)*.*)$", r"<b>\1</b>", code, flags=re.M)
    kind = f' class="language-{kind}"' if kind else ""
    return "<pre><code%s>%s</code></pre>\n" % (kind, code.rstrip("\n"))


def within_item(indent, code):
    """A block of code in a list, as mkdocs has it: four more for each level, and four for code."""
    margin = "    " * (len(indent) // 2 + 1)
    lines = [line[len(indent):] for line in code.rstrip("\n").split("\n")]
    return "\n".join(["", *(margin + line if line else "" for line in lines), ""])


def outside_fences(text, change):
    """The text with what is in no block of code changed, and the fences as mkdocs wants them."""
    result, at = [], 0
    for block in FENCE.finditer(text):
        result.append(change(text[at:block.start()]))
        result.append(as_html(block[3], block[4]) if not block[1] else within_item(block[1], block[4]))
        at = block.end()
    return "".join(result) + change(text[at:])


def lists_apart(text):
    """A list may follow a paragraph at once in the repository's Markdown, not in mkdocs'; and
    what lies within an item is indented by four there."""
    result, in_list = [], False
    for line in text.split("\n"):
        begins = LIST.match(line.lstrip())
        if begins and not in_list and result and result[-1].strip():
            result.append("")
        if begins:
            in_list = True
            line = " " * ((len(line) - len(line.lstrip())) // 2 * 4) + line.lstrip()
        elif in_list and line.startswith("  "):
            line = "    " + line.lstrip()
        elif line.strip():
            in_list = in_list and bool(result[-1].strip())
        result.append(line)
    return "\n".join(result)


class Site:
    def __init__(self, options):
        self.build, self.out = options.build.resolve(), options.out.resolve()
        self.truce = self.build / "src/cmd"
        self.staged = self.build / "site-pages"
        self.with_pictures = options.pictures
        self.pages, self.files = pages(), set()

    def link(self, page, match):
        text, target, anchor = match[1], match[2], match[3] or ""
        if not target or re.match(r"[a-z]+:", target):
            return match[0]
        path = pathlib.Path(os.path.normpath(page.parent / target))
        if path in self.pages:
            return match[0]
        if (ROOT / path).is_file() and not str(path).startswith(".."):
            self.files.add(path)
            return f"[{text}]({target}.md{anchor})"
        if (ROOT / path).exists():
            return text
        sys.exit(f"{page}: the link to {target} leads nowhere")

    def lay_out(self, page):
        text = (ROOT / page).read_text(encoding="utf-8")
        if self.with_pictures:
            text = pictures.with_pictures(text, page, self.staged / page.parent, self.truce, ROOT)
        self.write(page, outside_fences(
            text, lambda part: LINK.sub(lambda m: self.link(page, m), lists_apart(part))))

    def write(self, path, text):
        (self.staged / path).parent.mkdir(parents=True, exist_ok=True)
        (self.staged / path).write_text(text, encoding="utf-8")

    def lay_out_file(self, path):
        """A page that shows a file of the repository."""
        text = f"# {path}\n\n```text\n{(ROOT / path).read_text(encoding='utf-8')}\n```\n"
        self.write(f"{path}.md", outside_fences(text, str))

    def nav(self, reference):
        config = yaml.safe_load((HERE / "mkdocs.yml").read_text(encoding="utf-8"))
        for section in config["nav"]:
            if "Reference" in section:
                section["Reference"] += reference
        config["nav"].append({"Files": [{str(path): f"{path}.md"} for path in sorted(self.files)]})
        config["docs_dir"], config["site_dir"] = str(self.staged), str(self.out)
        config["theme"]["custom_dir"] = str(HERE / "theme")
        config["hooks"] = [str(HERE / "hooks.py")]
        return config

    def make(self):
        shutil.rmtree(self.staged, ignore_errors=True)
        for page in self.pages:
            self.lay_out(page)
        for path in sorted(self.files):
            self.lay_out_file(path)
        reference = []
        for title, path, text in api.pages(ROOT / "include/truce"):
            self.write(path, outside_fences(text, str))
            reference.append({title: path})
        config = self.build / "site.yml"
        config.write_text(yaml.safe_dump(self.nav(reference), sort_keys=False), encoding="utf-8")
        # SOURCE_DATE_EPOCH: the same pages, byte for byte, whenever they are made
        done = subprocess.run(
            ["mkdocs", "build", "--quiet", "--clean", "--strict", "-f", config],
            env={**os.environ, "SOURCE_DATE_EPOCH": "0", "PYTHONDONTWRITEBYTECODE": "1"})
        if done.returncode:
            sys.exit(done.returncode)
        for name in "404.html", "sitemap.xml", "sitemap.xml.gz":
            (self.out / name).unlink(missing_ok=True)
        print(f"{self.out}/index.html: {len(list(self.out.rglob('*.html')))} pages, "
              f"{len(list(self.out.rglob('*.svg')))} pictures")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--out", type=pathlib.Path, default=None)
    parser.add_argument("--no-pictures", dest="pictures", action="store_false",
                        help="leave out the pictures")
    options = parser.parse_args()
    options.out = options.out or options.build / "site"
    Site(options).make()


if __name__ == "__main__":
    main()
