#!/usr/bin/env python3
"""Pictures of tournaments, exchanges and ceasefires, of small, large and degenerate results, at
three sizes and in three palettes: each is well-formed, says what it is, keeps its text within
its edges and its labels apart, and is the same bytes twice.

    tests/charts.py build/tests/charts
"""
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

SVG = "{http://www.w3.org/2000/svg}"
# Thousandths of the size, Helvetica's widths of narrow and wide characters; others 560.
NARROW, WIDE = set("fijlt.,:;|!'I()[]/\\ \u00a0-"), set("mwMW%@\u2026")
passed = failed = 0


def expect(holds, what):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        if failed <= 20:
            print("FAILED:", what)


def width_of(text, size):
    """Not more than what a viewer's font needs."""
    return sum(250 if c in NARROW else 850 if c in WIDE else 520 if ord(c) < 0x2000 else 300
               for c in text) * size / 1000


def box_of(text):
    """left, top, right, bottom of a <text>."""
    x, y, size = (float(text.get(k)) for k in ("x", "y", "font-size"))
    width = width_of(text.text or "", size)
    left = x - {None: 0, "middle": width / 2, "end": width}[text.get("text-anchor")]
    if text.get("transform"):  # upwards about its own place
        expect(re.fullmatch(r"rotate\(-90 \S+ \S+\)", text.get("transform")), "turned by 90")
        return x - size * 0.7, y - width / 2, x + size * 0.2, y + width / 2
    return left, y - size * 0.7, left + width, y + size * 0.2


def look_at_texts(name, root):
    view = [float(v) for v in root.get("viewBox").split()]
    boxes = []
    for text in root.iter(SVG + "text"):
        if not (text.text or "").strip():
            continue
        box = box_of(text)
        if box[0] < -0.5 or box[1] < 0 or box[2] > view[2] + 0.5 or box[3] > view[3]:
            expect(False, f"{name}: '{text.text}' leaves the picture")
        boxes.append((box, text.text))
    boxes.sort(key=lambda b: b[0][1])
    for k, (one, words) in enumerate(boxes):
        for other, more in boxes[k + 1:]:
            if other[1] >= one[3] - 0.5:
                break
            if one[0] < other[2] - 0.5 and other[0] < one[2] - 0.5:
                expect(False, f"{name}: '{words}' and '{more}' overlap")
    expect(True, "labels apart")


def look_at_numbers(name, root):
    for item in root.iter():
        for key, value in item.attrib.items():
            if key in ("fill", "stroke", "id", "font-family", "class", "role"):
                continue
            bad = [w for w in re.findall(r"[A-Za-z]+", value)
                   if w.lower() in ("nan", "inf", "e")]
            if bad:
                expect(False, f"{name}: {key}={value[:40]}")
        for key in ("width", "height", "r"):
            if float(item.get(key, 0)) < 0:
                expect(False, f"{name}: negative {key}")
    expect(True, "numbers")


def look(name, text):
    try:
        root = tree.fromstring(text)
    except tree.ParseError as error:
        expect(False, f"{name}: {error}")
        return
    tags = {item.tag.replace(SVG, "") for item in root.iter()}
    expect(tags <= {"svg", "title", "desc", "rect", "g", "text", "path", "line", "circle"},
           f"{name}: {tags}")
    title, description = root.find(SVG + "title"), root.find(SVG + "desc")
    expect(root.get("role") == "img", f"{name}: role")
    expect(title is not None and title.text and description is not None and description.text,
           f"{name}: title and description")
    expect(root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}",
           f"{name}: labelled by its title")
    size = [float(root.get(k)) for k in ("width", "height")]
    expect(all(math.isfinite(s) for s in size) and size[0] >= 320 and size[1] >= 240,
           f"{name}: {size}")
    look_at_numbers(name, root)
    look_at_texts(name, root)


def main():
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        for folder in (first, second):
            made = subprocess.run([sys.argv[1], folder], check=False)
            expect(made.returncode == 0, "pictures are made")
        pictures = sorted(pathlib.Path(first).glob("*.svg"))
        expect(len(pictures) > 300, f"{len(pictures)} pictures")
        for path in pictures:
            text = path.read_bytes()
            expect(text == (pathlib.Path(second) / path.name).read_bytes(),
                   f"{path.name}: same bytes twice")
            if path.stem.endswith("-light") or "-small-" in path.name:
                look(path.stem, text)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
