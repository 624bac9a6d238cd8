#!/usr/bin/env python3
"""Pages without a browser: well made, complete in themselves, the same bytes each time.

    pages.py [--truce build/src/cmd/truce] [--made N]
"""

import argparse
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "oracle"))
import random_scenarios  # noqa: E402  the oracle's
from pages_made import Page, ROOT, agreement_of, domain_of, hostile_strings, page_of, run, scenario_of

OPTIONS = argparse.Namespace(truce="build/src/cmd/truce", made=8)


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.here = pathlib.Path(cls.folder.name)
        cls.truce = str(pathlib.Path(OPTIONS.truce).resolve())

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def page(self, *arguments):
        text = page_of(self.truce, self.here / "page.html", *arguments)
        page = Page(text)
        self.assertEqual(page.faults, [])
        return text, page

    def cup(self):
        if not (self.here / "cup").exists():
            done = run(self.truce, "tournament", "--strategies", "boulware,conceder,micro", "--out", self.here / "cup",
                       "--quiet", ROOT / "scenarios/tiny.truce.yaml", "--repetitions", "2")
            self.assertEqual(done.returncode, 0, done.stderr)
        return self.here / "cup"

    def test_shipped_scenarios_make_good_pages(self):
        for name in ("istanbul-2025", "two-valleys", "tiny"):
            with self.subTest(name):
                text, page = self.page(ROOT / f"scenarios/{name}.truce.yaml")
                self.assertGreater(len(page.headings), 10)
                self.assertGreaterEqual(page.tags["svg"], 3)

    def test_tournaments_and_agreements_make_good_pages(self):
        for what in (self.cup(), ROOT / "examples/track/agreement.yaml"):
            with self.subTest(what):
                self.page(what)

    def test_a_plain_domain_makes_a_good_page(self):
        text, page = self.page(domain_of([f"value {k}" for k in range(24)], self.here / "domain"))
        self.assertIn("points of the frontier", " ".join(text.split()))
        self.assertNotIn("What was said", text)

    def test_the_same_bytes_each_time(self):
        for what in (ROOT / "scenarios/istanbul-2025.truce.yaml", self.cup(), ROOT / "examples/track/agreement.yaml"):
            with self.subTest(what):
                one, _ = self.page(what)
                self.assertEqual(one, self.page(what, *(["--threads", "2"] if what.suffix else []))[0])

    def test_brief_html_is_the_report(self):
        scenario = ROOT / "scenarios/istanbul-2025.truce.yaml"
        text, _ = self.page(scenario)
        done = run(self.truce, "brief", scenario, "--html", "-")
        self.assertEqual(done.stdout.decode(), text)

    def test_the_page_says_what_the_text_says(self):
        """Every sentence of the first paragraph of `truce brief` stands in the page."""
        scenario = ROOT / "scenarios/istanbul-2025.truce.yaml"
        said = run(self.truce, "brief", scenario, "--width", "1000").stdout.decode().split("\n\n")[1]
        _, page = self.page(scenario)
        shown = " ".join("".join(page.texts).replace("\u00a0", " ").split())
        for sentence in re.split(r"(?<=[.]) (?=[A-Z0-9])", " ".join(said.split())):
            self.assertIn(sentence, shown)

    def test_each_claim_has_an_entry_and_conclusions_link_to_it(self):
        scenario = ROOT / "scenarios/istanbul-2025.truce.yaml"
        text, page = self.page(scenario)
        claims = [i for i in page.ids if re.fullmatch(r"claim-\d+", i)]
        self.assertEqual(len(claims), 61)
        linked = {link for link in page.links if link.startswith("claim-")}
        self.assertGreater(len(linked), 30)
        self.assertIn("line 23", text)
        for section in ("now", "clash", "order", "unlock", "wait"):
            part = text.split(f'<h2 id="{section}">')[1].split("</section>")[0]
            self.assertRegex(part, r'href="#(claim|number)-\d+"', section)
        self.assertIn('href="#number-', text)

    def test_a_file_in_the_way_is_left_alone(self):
        out = self.here / "there.html"
        out.write_text("mine")
        for command in (["report", ROOT / "scenarios/tiny.truce.yaml", "-o", out],
                        ["brief", ROOT / "scenarios/tiny.truce.yaml", "--html", out]):
            done = run(self.truce, *command)
            self.assertEqual(done.returncode, 2)
            self.assertIn(b"--force overwrites it", done.stderr)
            self.assertEqual(out.read_text(), "mine")

    def test_an_unwritable_place_is_told(self):
        done = run(self.truce, "report", ROOT / "scenarios/tiny.truce.yaml", "-o", self.here / "none/page.html")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"cannot write", done.stderr)

    def test_hostile_texts_stay_texts(self):
        strings = hostile_strings()
        for k in range(0, 200, 50):
            made = self.here / "hostile.truce.yaml"
            text, count = scenario_of(strings[k:k + 50])
            made.write_text(text, encoding="utf-8")
            self.assertGreater(count, 150)
            page = self.page(made, "--draws", "1")[1]
            self.assertIn("<script>", "".join(page.texts))
        self.page(domain_of(strings, self.here / "hostile"))
        agreement = self.here / "hostile.yaml"
        agreement.write_text(agreement_of(strings), encoding="utf-8")
        (self.here / "log.jsonl").write_text("")
        self.page(agreement, "--log", self.here / "log.jsonl")

    def test_the_reader_of_pages_finds_faults(self):
        good, _ = self.page(ROOT / "scenarios/tiny.truce.yaml")
        for old, new in (("</table>", ""), ('scope="col"', ""), ("<h3>", "<h4>"), ('href="#', 'href="#none'),
                         ('href="#now"', 'href="http://x"'), ("<p>", '<p onclick="x">'), ('<h2 id="now"', '<h2 id="who"'),
                         ("<li>", "<script>"), ("</sup>", ""), ("<td>", "<td><img>")):
            with self.subTest(old):
                self.assertIn(old, good)
                self.assertNotEqual(Page(good.replace(old, new, 1)).faults, [])

    def test_random_talks_make_good_pages(self):
        for seed in range(OPTIONS.made):
            with self.subTest(seed):
                made = self.here / "random.truce.yaml"
                made.write_text(random_scenarios.scenario(seed), encoding="utf-8")
                self.page(made, "--seconds", "20", "--draws", "20")

    def test_made_up_domains_make_good_pages(self):
        for seed in range(OPTIONS.made):
            with self.subTest(seed):
                made = self.here / f"made{seed}.truce.yaml"
                kinds = ("opposed", "independent", "integer", "clustered")
                run(self.truce, "generate", "--issues", 2 + seed % 6, "--values", 2 + seed % 4, "--parties",
                    1 + seed % 5, "--rules", seed % 4, "--kind", kinds[seed % 4], "--seed", seed, "-o", made, "--force")
                self.page(made, "--seconds", "20", "--draws", "20")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--truce", default=OPTIONS.truce)
    parser.add_argument("--made", type=int, default=OPTIONS.made)
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])
