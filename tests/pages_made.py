"""What the tests of pages share: a strict reader of HTML, hostile strings, and files full of them."""

import html.parser
import pathlib
import subprocess
import xml.sax.saxutils

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
VOID = set("area base br col embed hr img input link meta source track wbr".split())
TAGS = set(
    """html head meta title style body a header h1 h2 h3 h4 p nav ol ul li main section div table caption thead
    tbody tr th td figure figcaption footer script b sup span""".split())
SVG_TAGS = set(
    """svg title desc defs g path rect circle ellipse line polyline polygon text tspan clippath marker pattern
    style use lineargradient stop mask""".split())
ADDRESSES = ("href", "src", "action", "data", "srcset", "poster", "xlink:href", "formaction", "background")


class Page(html.parser.HTMLParser):
    """Reads a page strictly: every element closed where it should be, ids once, links that lead somewhere."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.faults, self.open, self.ids, self.links = [], [], set(), []
        self.headings, self.tables, self.tags, self.texts = [], [], {}, []
        if not text.startswith("<!DOCTYPE html>\n"):
            self.faults.append("no document type")
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]
        self.faults += [f"#{link} leads nowhere" for link in set(self.links) - self.ids]
        self.check_headings()

    def fault(self, sentence):
        self.faults.append(f"line {self.getpos()[0]}: {sentence}")

    def in_svg(self):
        return "svg" in self.open

    def handle_starttag(self, tag, attrs):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        if tag not in (SVG_TAGS if self.in_svg() or tag == "svg" else TAGS):
            self.fault(f"<{tag}> should not be there")
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.fault(f"<{tag}> has an attribute twice")
        for name, value in attrs:
            self.attribute(tag, name, value or "")
        self.structure(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()
            if not self.in_svg():
                self.fault(f"<{tag}/> is no HTML")

    def attribute(self, tag, name, value):
        if name == "id":
            if value in self.ids:
                self.fault(f"the id {value} twice")
            self.ids.add(value)
        elif name in ("aria-labelledby", "aria-describedby"):
            self.links += value.split()
        elif name in ADDRESSES:
            if not value.startswith("#"):
                self.fault(f"<{tag} {name}={value}> leads out of the page")
            self.links.append(value[1:])
        elif name.startswith("on"):
            self.fault(f"<{tag} {name}> would run")
        if "url(" in value and "url(#" not in value:
            self.fault(f"<{tag} {name}={value}> asks for something")

    def structure(self, tag, attrs):
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.tables.append({"caption": False, "heads": 0})
        if tag == "caption":
            self.tables[-1]["caption"] = True
        if tag == "th":
            self.tables[-1]["heads"] += 1
            if attrs.get("scope") not in ("col", "row"):
                self.fault("<th> without scope")

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.fault(f"</{tag}> closes <{self.open[-1] if self.open else 'nothing'}>")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        self.texts.append(data)
        if self.open and self.open[-1] in ("ul", "ol", "table", "tbody", "thead", "tr") and data.strip():
            self.fault(f"text directly in <{self.open[-1]}>: {data.strip()[:40]}")

    def handle_comment(self, data):
        self.fault("a comment")

    def check_headings(self):
        if self.headings.count(1) != 1 or self.headings[0] != 1:
            self.faults.append("not one <h1>, first of all")
        for one, next_one in zip(self.headings, self.headings[1:]):
            if next_one > one + 1:
                self.faults.append(f"h{next_one} below h{one}")
        for table in self.tables:
            if not table["caption"] or not table["heads"]:
                self.faults.append("a table without caption or heads")


# ---- hostile strings ------------------------------------------------------------------

RUN = "__canary.push({})"
FAMILIES = [
    "<script>{run}</script>", "<img src=x onerror={run}>", "<svg onload={run}>", "<svg/onload={run}>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>", "<a href=javascript:{run}>a</a>",
    "<details open ontoggle={run}>", "<input autofocus onfocus={run}>", "<body onload={run}>",
    "<video><source onerror={run}></video>", "<style>@import 'http://canary.invalid/{n}'</style>",
    "<link rel=stylesheet href=http://canary.invalid/{n}>", "<base href=http://canary.invalid/{n}/>",
    "<meta http-equiv=refresh content='0;url=http://canary.invalid/{n}'>",
    "<form action=http://canary.invalid/{n}><button autofocus>", "<object data=http://canary.invalid/{n}></object>",
    "<img src=http://canary.invalid/{n}.png>", "<embed src=http://canary.invalid/{n}>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>", "<svg><use href='http://canary.invalid/{n}#a'></svg>",
    "<math><mtext><img src=x onerror={run}></mtext></math>", "<xss style='animation:a 1s' onanimationstart={run}>",
    "<template><script>{run}</script></template>", "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<marquee onstart={run}>", "<script src=http://canary.invalid/{n}.js></script>",
    "&lt;script&gt;{run}&lt;/script&gt;", "&#60;script&#62;{run}&#60;/script&#62;",
    "\u202e<script>{run}</script>\u2066", "\u2028<script>{run}</script>\u2029", "{{{{constructor.constructor('{run}')()}}}}",
    "javascript:{run}", "${{{run}}}", "%s%n%s%p<script>{run}</script>", "+ADw-script+AD4-{run}+ADw-/script+AD4-",
    "<![CDATA[<script>{run}</script>]]>", "<!--><script>{run}</script>-->", "<?xml version='1.0'?><script>{run}</script>",
    "<plaintext><script>{run}</script>", "<h1><table><tr><td></h1></section></main><script>{run}</script>",
]
BREAKS = ["", "\">", "'>", "</title>", "</style></script></text></desc>", "--></svg></caption></td>"]


def hostile_strings(count=200):
    """Families of tricks, each behind several ways to break out of where the text stands."""
    found = []
    for k in range(count):
        family = FAMILIES[k % len(FAMILIES)]
        before = BREAKS[(k // len(FAMILIES) + k) % len(BREAKS)]
        found.append(before + family.format(run=RUN.format(k), n=k))
    assert len(set(found)) == count
    return found


FREE = set(
    """title name note quote says subject via corrected text head kind venue track effect trigger ambiguous reason
    place frame""".split())


def poisoned(node, next_text, key=None):
    """The same tree with every free text replaced; counts on next_text for the texts."""
    if isinstance(node, dict):
        return {k: poisoned(v, next_text, k) for k, v in node.items()}
    if isinstance(node, list):
        return [poisoned(v, next_text, key) for v in node]
    return next_text() if isinstance(node, str) and key in FREE else node


def scenario_of(strings, base="istanbul-2025"):
    """A scenario in which each free text is all of these strings, as YAML, and how many texts these are."""
    text = (ROOT / "scenarios" / f"{base}.truce.yaml").read_text(encoding="utf-8")
    tree = yaml.load(text, Loader=yaml.BaseLoader)
    tree.pop("commitments", None)
    tree.pop("exchange", None)
    count = 0

    def next_text():
        nonlocal count
        count += 1
        return " ".join(strings)

    made = poisoned(tree, next_text)
    for place, value in enumerate(made.get("facts", {}).values()):
        value["by"] = strings[place % len(strings)]
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=10000), count


def agreement_of(strings):
    """An agreement full of them, and a log."""
    text = " ".join(strings)
    tree = yaml.load((ROOT / "examples/track/agreement.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

    def walk(node, key=None):
        if isinstance(node, dict):
            return {k: walk(v, k) for k, v in node.items()}
        if isinstance(node, list):
            return [walk(v, key) for v in node]
        return text if key in ("title", "note", "text", "name", "consequence", "applies", "what") else node

    return yaml.safe_dump(walk(tree), allow_unicode=True, sort_keys=False, width=10000)


def domain_of(strings, folder):
    """A GENIUS domain whose issues, values and names are these strings."""
    def quote(text):
        keep = "".join(c for c in text if c not in "\u2028\u2029")
        return xml.sax.saxutils.quoteattr(keep)

    issues = [strings[k:k + 3] for k in range(0, min(len(strings), 24) - 3, 4)]

    def space(weights):
        lines = ["<objective index='0' name='root' type='objective' etype='objective'>"]
        for k, values in enumerate(issues, 1):
            lines.append(f"<issue index='{k}' name={quote(strings[-k])} type='discrete' etype='discrete' vtype='discrete'>")
            for v, value in enumerate(values, 1):
                worth = f" evaluation='{(v * (7 if weights else 3)) % 10 + 1}'" if weights is not None else ""
                lines.append(f"<item index='{v}' value={quote(value)}{worth}/>")
            lines.append("</issue>")
        if weights is not None:
            lines += [f"<weight index='{k}' value='{1 / len(issues)}'/>" for k in range(1, len(issues) + 1)]
        lines.append("</objective>")
        return "\n".join(lines)

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "domain.xml").write_text(
        f"<negotiation_template><utility_space>{space(None)}</utility_space></negotiation_template>", encoding="utf-8")
    for name, weights in (("one", 0), ("two", 1)):
        (folder / f"{name}.xml").write_text(f"<utility_space>{space(weights)}</utility_space>", encoding="utf-8")
    return folder


def run(truce, *arguments):
    return subprocess.run([truce, *map(str, arguments)], capture_output=True, check=False, timeout=300)


def page_of(truce, out, *arguments):
    """Writes a report and returns its text."""
    done = run(truce, "report", *arguments, "-o", out, "--force", "--quiet")
    if done.returncode not in (0, 4):
        raise AssertionError(f"exit {done.returncode}: {done.stderr.decode(errors='replace')[:2000]}")
    return pathlib.Path(out).read_text(encoding="utf-8")
