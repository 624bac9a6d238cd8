#!/usr/bin/env python3
"""The site: it builds, nothing in it leads nowhere, nothing in it comes from elsewhere.

    tests/site.py [--build build]

The reference is checked in any case; the site itself where mkdocs is installed. The last lines
are unittest's count.
"""

import argparse
import html.parser
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "docs/site"))
import api  # noqa: E402
import pictures  # noqa: E402

BUILD = ROOT / "build"
# What the browser fetches by itself, by element.
FETCHED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src", "object": "data",
           "embed": "src", "video": "src", "audio": "src", "use": "href"}


class Page(html.parser.HTMLParser):
    """What a page links to, what it fetches, the ids it has, the words it shows."""

    def __init__(self, path):
        super().__init__()
        self.path, self.links, self.fetched, self.ids, self.nav = path, [], [], [], []
        self.images, self.in_nav, self.scripts, self.code, self.words, self.fences = [], False, 0, 0, [], 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        of = dict(attributes)
        if "id" in of:
            self.ids.append(of["id"])
        if tag == "nav":
            self.in_nav = True
        if tag == "a" and "href" in of:
            (self.nav if self.in_nav else self.links).append(of["href"])
        if tag == "img":
            self.images.append((of.get("src"), of.get("alt")))
        self.scripts += tag == "script"
        self.code += tag in ("pre", "code")
        if of.get(FETCHED.get(tag)):
            self.fetched.append(of[FETCHED[tag]])

    def handle_endtag(self, tag):
        if tag == "nav":
            self.in_nav = False
        self.code -= tag in ("pre", "code")

    def handle_data(self, data):
        self.fences += data.count("```")
        if not self.code:
            self.words.append(data)


class Reference(unittest.TestCase):
    """What the headers promise, name by name."""

    def setUp(self):
        self.headers = api.headers_in(ROOT / "include/truce")
        self.names = {name for header in self.headers for _, name in header.names()}

    def test_every_exported_function_is_in_it(self):
        library = BUILD / "src/libtruce.so"
        said = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True)
        exported = {line.split()[2].split("@")[0] for line in said.stdout.splitlines() if line.split()[1] in "TDBR"}
        self.assertGreater(len(exported), 100)
        self.assertEqual(sorted(exported - self.names), [])

    def test_every_type_of_the_headers_is_in_it(self):
        for header in (ROOT / "include/truce").glob("*.h"):
            text = re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.S)
            for name in re.findall(r"^typedef (?:struct|enum) (\w+) \{", text, re.M):
                self.assertIn(name, self.names, header.name)

    def test_nothing_of_a_declaration_is_lost(self):
        for header in self.headers:
            page = re.sub(r"\s", "", api.header_page(header))
            text = re.sub(r"/\*.*?\*/", "", (ROOT / "include/truce" / header.name).read_text(), flags=re.S)
            for line in re.findall(r"^TRUCE_API [^;]*;", text, re.M):
                self.assertIn(re.sub(r"\s", "", line), page, header.name)

    def test_a_declaration_without_a_comment_is_not_given_that_of_another(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "x.h"
            path.write_text("/* x.h - top. */\n#define A_H\n\nenum e { A };\n\n"
                            "/* Of one. */\nint one(int a); /* behind */\n"
                            "int also(void);\n\nint two(void);\n\n"
                            "/* ---- part ---- */\n\nstruct s {\n    int a; /* of a; */\n};\n")
            header = api.Header(path)
        self.assertEqual(header.parts[0][0], "text")
        self.assertEqual(header.names(), [("enum", "e"), ("function", "one"), ("function", "also"), ("function", "two"),
                                          ("struct", "s")])
        self.assertEqual([part[1] for part in header.parts], ["x.h - top.", "", "Of one.", "", "part", ""])
        self.assertIn("behind", api.header_page(header))


class Pictures(unittest.TestCase):
    def test_every_kind_of_picture_is_on_the_gallery_page(self):
        kinds = pictures.kinds_of(BUILD / "src/cmd")
        self.assertGreater(len(kinds), 4)
        page = pictures.blocks_of((ROOT / "docs/gallery.md").read_text())
        self.assertEqual(kinds - set().union(*map(pictures.kinds_in, page)), set())
        self.assertTrue(any("--dark" in block for block in page))


@unittest.skipUnless(shutil.which("mkdocs"), "mkdocs is not installed")
class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.holder.cleanup)
        cls.site = pathlib.Path(cls.holder.name, "site").resolve()
        made = subprocess.run(
            [sys.executable, "-B", ROOT / "docs/site/build.py", "--build", BUILD, "--out", cls.site],
            capture_output=True, text=True)
        if made.returncode:
            raise AssertionError(made.stdout + made.stderr)
        cls.pages = {path: Page(path) for path in sorted(cls.site.rglob("*.html"))}

    def each(self):
        self.assertGreater(len(self.pages), 60)
        for path, page in self.pages.items():
            yield str(path.relative_to(self.site)), page

    def target(self, page, link):
        """(the file, the anchor) that a link of a page leads to."""
        parts = urllib.parse.urlsplit(link)
        path = urllib.parse.unquote(parts.path)
        return ((page.path.parent / path).resolve() if path else page.path), urllib.parse.unquote(parts.fragment)

    def test_every_page_of_the_repository_is_in_it(self):
        for page in (ROOT / "docs").rglob("*.md"):
            name = page.relative_to(ROOT).with_suffix(".html")
            if page.name == "README.md":
                name = name.with_name("index.html")
            self.assertIn(self.site / name, self.pages)

    def test_every_link_and_anchor_resolves(self):
        for name, page in self.each():
            for link in page.links + page.nav + [source for source, _ in page.images]:
                if re.match(r"(https?|mailto):", link):
                    continue
                path, anchor = self.target(page, link)
                self.assertTrue(path.is_file(), f"{name}: {link}")
                self.assertIn(self.site, path.parents, f"{name}: {link}")
                if anchor:
                    self.assertIn(anchor, self.pages[path].ids, f"{name}: {link}")

    def test_every_page_is_in_the_navigation_of_every_page(self):
        for name, page in self.each():
            reached = {self.target(page, link)[0] for link in page.nav}
            self.assertEqual(set(self.pages) - reached, set(), name)

    def test_nothing_comes_from_elsewhere_and_nothing_is_a_script(self):
        for name, page in self.each():
            self.assertEqual(page.scripts, 0, name)
            for link in page.fetched:
                self.assertNotRegex(link, r"^([a-z]+:|//)", name)
        for path in self.site.rglob("*"):
            self.assertNotEqual(path.suffix, ".js", path)
            if path.suffix == ".css":
                self.assertNotRegex(path.read_text(), r"url\(|@import")
            if path.suffix == ".svg":
                self.assertNotRegex(path.read_text(), r"<script|href=.(?!#)|url\((?!#)|@import")

    def test_every_picture_says_what_it_shows(self):
        for name, page in self.each():
            for source, alternative in page.images:
                self.assertTrue(alternative, f"{name}: {source}")

    def test_each_command_of_the_gallery_made_its_picture(self):
        kinds = pictures.kinds_of(BUILD / "src/cmd")
        blocks = [block for block in pictures.blocks_of((ROOT / "docs/gallery.md").read_text())
                  if pictures.kinds_in(block) <= kinds]
        names = [name for block in blocks for name in re.findall(r"-o (\S+\.svg)", block)]
        shown = [pathlib.Path(source).name for source, _ in self.pages[self.site / "docs/gallery.html"].images]
        self.assertEqual(shown, names)

    def test_no_mark_of_markdown_is_left(self):
        for name, page in self.each():
            self.assertEqual(page.fences, 0, name)
            for words in page.words:
                self.assertNotRegex(words, r"\]\(|\*\*\w|^ *[-*] \w|\|---", name)

    def test_no_id_is_there_twice(self):
        for name, page in self.each():
            self.assertEqual(len(page.ids), len(set(page.ids)), name)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", type=pathlib.Path, default=BUILD)
    chosen, rest = arguments.parse_known_args()
    BUILD = chosen.build.resolve()
    if not shutil.which("mkdocs"):
        print("skipped: the site itself, for mkdocs is not installed", flush=True)
    unittest.main(argv=[sys.argv[0], *rest])
