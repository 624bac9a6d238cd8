#!/usr/bin/env python3
"""Pages in headless Chromium: nothing of a file runs or asks for anything, and axe-core finds nothing.

    pages_browser.py [--truce build/src/cmd/truce] [--axe axe.min.js]

Without Chromium it skips and says so. axe-core comes by npm, at the version that browser/package-lock.json has;
without npm only its tests skip.
"""

import argparse
import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import browser
from pages_made import ROOT, TAGS, SVG_TAGS, agreement_of, domain_of, hostile_strings, page_of, run, scenario_of

OPTIONS = argparse.Namespace(truce="build/src/cmd/truce", axe=None)

CANARY = """
window.__canary = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => __canary.push(name);
"""

# Everything that hovering, focusing and clicking could set off.
TOUCH = """
(() => {
  for (const e of document.querySelectorAll("a, button, [tabindex], details, input, marquee, xss"))
    for (const name of ["mouseover", "mouseenter", "focus", "toggle", "animationstart"]) e.dispatchEvent(new Event(name));
  return new Promise(done => setTimeout(() => done(window.__canary), 300));
})()
"""

# What stands in the page that should not: elements, attributes, addresses.
STRANGERS = """
(([tags, svg]) => {
  const found = new Set();
  for (const e of document.querySelectorAll("*")) {
    const name = e.localName.toLowerCase();
    if (!(e.closest("svg") ? svg : tags).includes(name) && name !== "button") found.add("<" + name + ">");
    for (const a of e.attributes) {
      if (/^on/.test(a.name)) found.add(a.name);
      if (/^(src|srcset|action|data|formaction|xlink:href)$/.test(a.name)) found.add(a.name);
      if (a.name === "href" && !a.value.startsWith("#")) found.add(a.value);
    }
  }
  if (document.scripts.length !== 1) found.add(document.scripts.length + " scripts");
  return [...found];
})(%s)
"""


def axe_source(folder):
    """axe-core as npm installs it from the lock file, or None."""
    if OPTIONS.axe:
        return pathlib.Path(OPTIONS.axe).read_text(encoding="utf-8")
    if not shutil.which("npm"):
        return None
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "tests/browser" / name, folder)
    done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder,
                          capture_output=True, check=False, timeout=300)
    source = folder / "node_modules/axe-core/axe.min.js"
    return source.read_text(encoding="utf-8") if done.returncode == 0 and source.exists() else None


@unittest.skipUnless(browser.program(), "skipped: Chromium is not installed")
class InBrowser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        cls.here = pathlib.Path(cls.folder.name)
        cls.truce = str(pathlib.Path(OPTIONS.truce).resolve())
        cls.strings = hostile_strings()
        cls.browser = browser.Browser()
        cls.axe = None

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()
        cls.folder.cleanup()

    def write(self, name, *arguments):
        out = self.here / (name + ".html")
        page_of(self.truce, out, *arguments)
        return out

    def cup(self, scenario=None):
        """A tournament's folder; `scenario` is what its scenario's file is called."""
        folder = self.here / ("cup" if scenario is None else "hostile-cup")
        if not folder.exists():
            source = ROOT / "scenarios/tiny.truce.yaml"
            if scenario:
                (self.here / "strange").mkdir(exist_ok=True)
                source = self.here / "strange"
                for name in scenario:
                    shutil.copy(ROOT / "scenarios/tiny.truce.yaml", source / name)
            done = run(self.truce, "tournament", "--strategies", "boulware,conceder,micro", "--out", folder, "--quiet",
                       "--rounds", "10", source)
            self.assertEqual(done.returncode, 0, done.stderr)
        return folder

    # ---- nothing runs ------------------------------------------------------------

    def visit(self, path, policy):
        """What a page set off: canaries, dialogs, navigations, requests."""
        page = self.browser.page()
        page.before(CANARY)
        if not policy:
            page.ignore_policy()
        page.open(path)
        title = page.run("document.title")
        set_off = page.run(TOUCH) + page.events("Page.javascriptDialogOpening")
        asked = [e["request"]["url"] for e in page.events("Network.requestWillBeSent")]
        set_off += [url for url in asked if not url.startswith("file:") or not url.endswith(path.name)]
        set_off += [e["frame"]["url"] for e in page.events("Page.frameNavigated") if "parentId" in e["frame"]]
        set_off += ["a frame" for _ in page.events("Page.frameAttached")]
        if page.run("location.pathname").rsplit("/", 1)[-1] != path.name:
            set_off.append("it went elsewhere")
        return page, title, set_off

    def assert_harmless(self, path):
        """Without the policy, which would hide what escaping let through."""
        page, _, set_off = self.visit(path, False)
        self.assertEqual(set_off, [], path.name)
        self.assertEqual(page.run(STRANGERS % [sorted(TAGS), sorted(SVG_TAGS)]), [])
        page.ask("Page.close")

    def test_hostile_strings_in_every_text_of_a_scenario_stay_texts(self):
        """200 strings, 20 to a page, in every text of it."""
        for k in range(0, len(self.strings), 20):
            text, count = scenario_of(self.strings[k:k + 20])
            self.assertGreater(count, 150)
            made = self.here / f"hostile{k}.truce.yaml"
            made.write_text(text, encoding="utf-8")
            self.assert_harmless(self.write(f"hostile{k}", made, "--draws", "1"))

    def test_hostile_names_of_a_domain_stay_texts(self):
        for k in range(0, len(self.strings), 50):
            folder = domain_of(self.strings[k:k + 50], self.here / f"domain{k}")
            self.assert_harmless(self.write(f"domain{k}", folder))

    def test_hostile_texts_of_an_agreement_stay_texts(self):
        made = self.here / "agreement.yaml"
        made.write_text(agreement_of(self.strings), encoding="utf-8")
        (self.here / "log.jsonl").write_text("")
        self.assert_harmless(self.write("agreement", made, "--log", self.here / "log.jsonl"))

    def test_hostile_names_of_scenarios_in_a_tournament_stay_texts(self):
        names = [re.sub("[/\u2028\u2029]", " ", s)[:60].encode()[:200].decode(errors="ignore") + ".truce.yaml"
                 for s in self.strings[:40]]
        self.assert_harmless(self.write("cup", self.cup(names)))

    def test_a_page_that_does_not_escape_sets_off_the_canary(self):
        """The test of these tests: the same page with its references undone."""
        text, _ = scenario_of([self.strings[0], self.strings[1], self.strings[16]])
        made = self.here / "planted.truce.yaml"
        made.write_text(text, encoding="utf-8")
        good = self.write("planted-good", made, "--draws", "1").read_text(encoding="utf-8")
        head, body = good.split("<body>", 1)
        bad = self.here / "planted.html"
        bad.write_text(head + "<body>" + html.unescape(body), encoding="utf-8")
        _, _, set_off = self.visit(bad, False)
        self.assertTrue({0, 1} <= {one for one in set_off if isinstance(one, int)}, set_off[:20])
        self.assertTrue(any("canary.invalid" in str(one) for one in set_off), set_off[:20])

    def test_the_policy_stops_a_page_that_does_not_escape(self):
        head, body = self.write("planted2", ROOT / "scenarios/tiny.truce.yaml").read_text(encoding="utf-8").split("<body>")
        bad = self.here / "planted2.html"
        bad.write_text(head + "<body><script>__canary.push(1)</script><img src=http://canary.invalid/1 onerror="
                       "__canary.push(2)><svg onload=__canary.push(3)></svg>" + body, encoding="utf-8")
        set_off = self.visit(bad, True)[2]
        self.assertEqual([one for one in set_off if isinstance(one, int)], [])
        self.assertIn(1, self.visit(bad, False)[2])

    # ---- it works ------------------------------------------------------------------

    def test_tables_sort_the_theme_switches_and_entries_light_up(self):
        page = self.browser.page()
        page.scheme("light")
        page.open(self.write("istanbul", ROOT / "scenarios/istanbul-2025.truce.yaml"))
        self.assertEqual(page.run("""(() => {
          const table = [...document.querySelectorAll("table")].find(t => /The numbers/.test(t.caption.textContent));
          const values = () => [...table.tBodies[0].rows].map(r => parseFloat(r.cells[1].textContent));
          const button = table.tHead.rows[0].cells[1].querySelector("button");
          button.click();
          const up = values().every((v, i, a) => i === 0 || a[i - 1] <= v);
          button.click();
          const down = values().every((v, i, a) => i === 0 || a[i - 1] >= v);
          return [up, down, table.tHead.rows[0].cells[1].getAttribute("aria-sort")];
        })()"""), [True, True, "descending"])
        self.assertEqual(page.run("""(() => {
          const before = getComputedStyle(document.body).backgroundColor;
          document.querySelector("button.theme").click();
          return [before, getComputedStyle(document.body).backgroundColor];
        })()"""), ["rgb(255, 255, 255)", "rgb(22, 25, 29)"])
        self.assertEqual(page.run("""(() => {
          const link = document.querySelector('td a[href^="#claim-"]');
          link.focus();
          const entry = document.querySelector(link.getAttribute("href"));
          const lit = entry.classList.contains("lit");
          link.blur();
          return [lit, entry.classList.contains("lit")];
        })()"""), [True, False])

    def test_without_scripts_all_of_it_is_there(self):
        page = self.browser.page()
        path = self.write("istanbul2", ROOT / "scenarios/istanbul-2025.truce.yaml")
        page.scripts(False)
        page.open(path)
        nodes = page.ask("DOM.getDocument", depth=-1)["root"]
        self.assertNotIn("'nodeName': 'BUTTON'", str(nodes))
        self.assertIn("'nodeName': 'TABLE'", str(nodes))
        with_script = self.browser.page()
        with_script.open(path)
        shown = with_script.run("document.querySelector('main').innerText.length")
        self.assertGreater(shown, 20000)

    def test_no_page_is_wider_than_a_telephone(self):
        for name, what in (("ist", ROOT / "scenarios/istanbul-2025.truce.yaml"),
                           ("valleys", ROOT / "scenarios/two-valleys.truce.yaml"), ("cup2", self.cup())):
            page = self.browser.page()
            page.size(390, 844, mobile=True)
            page.open(self.write(name, what))
            self.assertEqual(page.run("document.documentElement.scrollWidth"), 390, name)

    @unittest.skipUnless(shutil.which("pdftotext"), "skipped: pdftotext is not installed")
    def test_the_head_of_a_long_table_stands_on_each_of_its_sheets(self):
        page, pdf = self.browser.page(), self.here / "paper.pdf"
        page.open(self.write("paper", ROOT / "scenarios/istanbul-2025.truce.yaml"))
        page.paper(pdf)
        sheets = run("pdftotext", "-layout", pdf, "-").stdout.decode().split("\f")
        first = next(k for k, text in enumerate(sheets) if re.search("Table [0-9]+. The numbers", text))
        last = max(k for k, text in enumerate(sheets) if re.search(r"^ *[A-Z]+\.(weights|worth)\.", text, re.M))
        self.assertGreater(last, first)
        for text in sheets[first:last + 1]:
            self.assertIn("What turns with it", text)

    # ---- everybody can use it ------------------------------------------------------

    def test_axe_finds_nothing(self):
        source = axe_source(self.here)
        if source is None:
            self.skipTest("skipped: npm cannot bring axe-core")
        pages = (("a11y-ist", ROOT / "scenarios/istanbul-2025.truce.yaml"),
                 ("a11y-valleys", ROOT / "scenarios/two-valleys.truce.yaml"),
                 ("a11y-cup", self.cup()), ("a11y-track", ROOT / "examples/track/agreement.yaml"),
                 ("a11y-domain", domain_of([f"value {k}" for k in range(24)], self.here / "plain")))
        for name, what in pages:
            path = self.write(name, what)
            for scheme in ("light", "dark"):
                with self.subTest(name, scheme=scheme):
                    page = self.browser.page()
                    page.ignore_policy()
                    page.scheme(scheme)
                    page.open(path)
                    page.run(source + "; true")
                    found = page.run("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
                                     "v => [v.id, v.nodes.length, v.nodes.slice(0, 3).map(n => n.html)]))")
                    self.assertEqual(found, [])
                    page.ask("Page.close")

    def test_axe_finds_what_is_planted(self):
        source = axe_source(self.here)
        if source is None:
            self.skipTest("skipped: npm cannot bring axe-core")
        text = self.write("a11y-planted", ROOT / "scenarios/tiny.truce.yaml").read_text(encoding="utf-8")
        bad = self.here / "a11y-planted.html"
        bad.write_text(text.replace(' lang="en"', "").replace("--muted: #555b62", "--muted: #cccccc"), encoding="utf-8")
        page = self.browser.page()
        page.ignore_policy()
        page.open(bad)
        page.run(source + "; true")
        found = page.run("axe.run(document).then(r => r.violations.map(v => v.id))")
        self.assertIn("html-has-lang", found)
        self.assertIn("color-contrast", found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--truce", default=OPTIONS.truce)
    parser.add_argument("--axe")
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])
