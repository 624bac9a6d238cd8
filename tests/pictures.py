#!/usr/bin/env python3
"""Pictures of scenarios: well-formed, told in words, finite, and within their frames, on small,
large and degenerate data, at several sizes.

    python3 tests/pictures.py --truce build/src/cmd/truce [--browser chromium] [--count N]

With a browser, every text is measured as that browser lays it out: none leaves its picture, and
no two labels overlap.
"""

import argparse
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).parent / "oracle"))
from random_scenarios import scenario  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ["bargain", "clash", "order", "wait", "flip"]
SIZES = [[], ["--size", "320x240"], ["--size", "1600x1200", "--dark"]]
SHIPPED = ["istanbul-2025", "two-valleys", "tiny"]
HOSTILE = [
    "<script>window.ran = 1</script>", "]]><svg onload=\"window.ran = 1\">", "&amp;&lt;\"'",
    "a\tb", "\u202egnol", "\u4e2d\u6587\u540d\u79f0" * 12, "e\u0301" * 40, "W" * 300,
]
ONE_OUTCOME = """\
truce: 1
id: one
issues:
  only: {values: [this]}
parties:
  A: {role: principal, consent: all}
  B: {role: principal, consent: all}
preferences:
  A: {weights: {only: 1}, worth: {only: {this: 5}}}
  B: {weights: {only: 1}, worth: {only: {this: 5}}}
"""
TRUCE = "build/src/cmd/truce"
BROWSER = None
COUNT = 40


def draw(kind, path, *options):
    """The picture as text, and how it ended."""
    done = subprocess.run(
        [TRUCE, "plot", kind, str(path), "--quiet", "--seconds", "20", *options],
        capture_output=True, check=False)
    return done.stdout.decode(), done.returncode, done.stderr.decode()


def named(title):
    """Tiny, with these words wherever a name is shown."""
    words = json.dumps(title, ensure_ascii=False)
    text = pathlib.Path("scenarios/tiny.truce.yaml").read_text()
    text = re.sub(r"^title: .*$", lambda _: f"title: {words}", text, flags=re.M)
    return re.sub(r"name: \w+", lambda _: f"name: {words}", text)


class Pictures(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def written(self, name, text):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(text)
        return path

    def look_at(self, picture, what):
        """Everything that holds of any picture."""
        root = ElementTree.fromstring(picture)
        self.assertEqual(root.tag, SVG + "svg", what)
        self.assertEqual(root.get("role"), "img", what)
        names = root.get("aria-labelledby").split()
        told = {e.get("id"): e.text for e in root if e.tag in (SVG + "title", SVG + "desc")}
        self.assertEqual(sorted(names), sorted(told), what)
        self.assertTrue(all(text and text.strip() for text in told.values()), what)
        for element in root.iter():
            self.assertNotIn("script", element.tag, what)
            for name, value in element.attrib.items():
                self.assertFalse(name.startswith("on"), what)
                if name not in ("id", "aria-labelledby", "font-family"):
                    self.assertIsNone(re.search(r"nan|inf", value), f"{what}: {name}={value}")
        return root

    def test_shipped_scenarios_at_three_sizes(self):
        for name in SHIPPED:
            for kind in KINDS:
                for size in SIZES:
                    what = f"{kind} of {name} {size}"
                    picture, code, said = draw(kind, f"scenarios/{name}.truce.yaml", *size)
                    self.assertEqual(code, 0, what + said)
                    root = self.look_at(picture, what)
                    if size and kind == "bargain":
                        width, height = size[1].split("x")
                        self.assertEqual(root.get("width"), width, what)
                        self.assertGreaterEqual(float(root.get("height")), float(height), what)

    def test_random_scenarios(self):
        for seed in range(COUNT):
            path = self.written(f"{seed}.truce.yaml", scenario(seed, 500))
            for kind in KINDS:
                picture, code, said = draw(kind, path, *SIZES[seed % 3])
                if code == 2 and not picture:
                    continue  # nobody has preferences, say; said why
                self.assertEqual(code, 0, f"{kind} of {seed}: {said}")
                self.look_at(picture, f"{kind} of random scenario {seed}")

    def test_one_outcome_and_equal_utilities(self):
        path = self.written("one.truce.yaml", ONE_OUTCOME)
        for kind in KINDS:
            picture, code, said = draw(kind, path)
            self.assertEqual(code, 0, said)
            self.look_at(picture, kind)

    def test_spaces_that_nobody_enumerates(self):
        for parties in ("2", "3", "5"):
            path = pathlib.Path(self.folder.name) / f"vast{parties}.truce.yaml"
            subprocess.run([TRUCE, "generate", "--issues", "30", "--values", "10", "--parties",
                            parties, "-o", path], check=True, capture_output=True)
            picture, code, said = draw("bargain", path, "--seconds", "3")
            self.assertIn(code, (0, 4), said)
            self.look_at(picture, f"{parties} parties")
            self.assertIn("1.00 x 10^30", picture)

    def test_the_same_call_gives_the_same_bytes(self):
        for kind in KINDS:
            path = "scenarios/istanbul-2025.truce.yaml"
            one, other = draw(kind, path, "--threads", "1"), draw(kind, path, "--threads", "2")
            self.assertEqual(one[0], other[0], kind)

    def test_hostile_names_stay_text(self):
        for number, title in enumerate(HOSTILE):
            path = self.written(f"hostile{number}.truce.yaml", named(title))
            for kind in KINDS:
                picture, code, said = draw(kind, path)
                self.assertEqual(code, 0, said)
                self.look_at(picture, f"{kind}, named {title!r}")

    def test_a_session_lies_on_the_picture(self):
        with_one, _, _ = draw("bargain", "scenarios/tiny.truce.yaml", "--with", "boulware")
        without, _, _ = draw("bargain", "scenarios/tiny.truce.yaml")
        self.assertIn("agreed in round", with_one)
        self.assertNotIn("agreed in round", without)

    def test_outcomes_lie_where_their_utilities_say(self):
        """The dots of the cloud against utilities from another command, through the scale that
        two ticks of each axis give."""
        picture, _, _ = draw("bargain", "scenarios/tiny.truce.yaml")
        root = ElementTree.fromstring(picture)
        ticks = [(float(t.get("x")), float(t.get("y")), t.get("text-anchor"), float(t.text))
                 for t in root.iter(SVG + "text")
                 if t.text and re.fullmatch(r"-?[0-9.]+", t.text) and t.get("font-size") == "11"]
        across = sorted((v, x) for x, _, anchor, v in ticks if anchor == "middle")
        up = sorted((v, y - 4) for _, y, anchor, v in ticks if anchor == "end")
        value = lambda scale, pixel: (scale[0][0] + (pixel - scale[0][1]) *  # noqa: E731
                                      (scale[-1][0] - scale[0][0]) / (scale[-1][1] - scale[0][1]))
        dots = [p.get("d") for p in root.iter(SVG + "path") if "h.01" in p.get("d", "")]
        seen = sorted((round(value(across, float(x))), round(value(up, float(y))))
                      for x, y in re.findall(r"M([0-9.]+) ([0-9.]+)h\.01", dots[0]))
        table = json.loads(subprocess.run(
            [TRUCE, "outcomes", "scenarios/tiny.truce.yaml", "--top", "100", "--json"],
            capture_output=True, check=False).stdout)["answer"]
        rows = table.get("outcomes", table.get("items"))
        self.assertEqual(table["parties"], ["ANA", "BEN"])
        wanted = sorted(tuple(round(u) for u in row["u"]) for row in rows)
        self.assertEqual(seen, wanted)

    def test_mistakes_are_told(self):
        for options, words in ((["--size", "12"], "such as 800x600"), (["--size", "800x"], "800x600"),
                               (["-o", "x.svgz"], "did you mean"), (["-o", "x"], ".svg, .png or .pdf"),
                               (["--json"], "--json")):
            picture, code, said = draw("wait", "scenarios/tiny.truce.yaml", *options)
            self.assertEqual((picture, code), ("", 2), options)
            self.assertIn(words, said)

    def test_png_and_pdf(self):
        if not any(os.access(os.path.join(p, "rsvg-convert"), os.X_OK)
                   for p in os.environ["PATH"].split(":")):
            self.skipTest("skipped: rsvg-convert is not installed")
        for kind, magic in (("png", b"\x89PNG"), ("pdf", b"%PDF")):
            path = pathlib.Path(self.folder.name) / f"x.{kind}"
            _, code, said = draw("wait", "scenarios/tiny.truce.yaml", "-o", str(path))
            self.assertEqual(code, 0, said)
            self.assertTrue(path.read_bytes().startswith(magic))
            _, code, said = draw("wait", "scenarios/tiny.truce.yaml", "-o", str(path))
            self.assertEqual(code, 2)
            self.assertIn("--force", said)


# What a browser says of a page of pictures: each text that leaves its picture, each two labels
# that overlap.
MEASURE = """
<script>
const faults = [];
for (const svg of document.querySelectorAll('svg')) {
  const frame = svg.getBoundingClientRect();
  const boxes = [];
  for (const text of svg.querySelectorAll('text')) {
    const box = text.getBoundingClientRect();
    if (box.width && (box.left < frame.left - 1 || box.right > frame.right + 1 ||
        box.top < frame.top - 1 || box.bottom > frame.bottom + 1))
      faults.push(svg.dataset.name + ': leaves the picture: ' + text.textContent);
    if (text.classList.contains('label'))
      boxes.push([box, text.textContent]);
  }
  for (let i = 0; i < boxes.length; i++)
    for (let j = 0; j < i; j++) {
      const a = boxes[i][0], b = boxes[j][0];
      if (a.left + 1 < b.right && b.left + 1 < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom)
        faults.push(svg.dataset.name + ': overlap: ' + boxes[i][1] + ' | ' + boxes[j][1]);
    }
}
document.body.innerHTML = '<pre id=said></pre>';
document.getElementById('said').textContent =
  'ran ' + (window.ran || 0) + '\\n' + faults.join('\\n');
</script>
"""


class InABrowser(Pictures):
    """The same pictures, all on one page."""

    pages = []

    def look_at(self, picture, what):
        root = super().look_at(picture, what)
        name = html.escape(what)
        self.pages.append(
            re.sub(r"^<\?xml.*?\?>\s*<svg", lambda _: f'<svg data-name="{name}"', picture))
        return root

    @classmethod
    def said_of(cls, pages, folder):
        page = pathlib.Path(folder) / "pictures.html"
        page.write_text("<!doctype html><meta charset=utf-8><body>" + "\n".join(pages) + MEASURE)
        done = subprocess.run(
            [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
             "--virtual-time-budget=60000", page.as_uri()],
            capture_output=True, check=True, timeout=300)
        said = re.search(r"<pre id=\"said\">(.*?)</pre>", done.stdout.decode(), re.S).group(1)
        return said.strip().split("\n")

    @classmethod
    def tearDownClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            faults = []
            for first in range(0, len(cls.pages), 60):
                said = cls.said_of(cls.pages[first:first + 60], folder)
                assert said[0] == "ran 0", "a name of a file ran as a script"
                faults += said[1:]
            assert not faults, "\n".join(faults[:40])
            # the test of the test: two labels on each other, one outside
            bad = ('<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240" '
                   'data-name="bad"><text class="label" x="9" y="20">one</text>'
                   '<text class="label" x="10" y="21">two</text><text x="310" y="9">three</text></svg>')
            assert len(cls.said_of([bad], folder)) == 3, "faults are not seen"


def main():
    global TRUCE, BROWSER, COUNT
    parser = argparse.ArgumentParser()
    parser.add_argument("--truce", default=TRUCE)
    parser.add_argument("--browser")
    parser.add_argument("--count", type=int, default=COUNT)
    given = parser.parse_args()
    TRUCE, BROWSER, COUNT = given.truce, given.browser, given.count
    case = InABrowser if BROWSER else Pictures
    tests = unittest.defaultTestLoader.loadTestsFromTestCase(case)
    sys.exit(not unittest.TextTestRunner().run(tests).wasSuccessful())


if __name__ == "__main__":
    main()
