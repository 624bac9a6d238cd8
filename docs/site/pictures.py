"""The pictures of a page, made by the commands that stand on it.

A block marked "sh picture" is run by bash, all blocks of a page one after the other in one
folder, in which the repository's own files are at hand, with the truce just built. What it
writes as NAME.svg is shown below it; the alternative text is the picture's own title.
"""

import html
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```sh picture\n(.*?)^```$", re.M | re.S)


def blocks_of(text):
    return [block[1] for block in BLOCK.finditer(text)]


def title_of(svg):
    found = re.search(r"<title[^>]*>(.*?)</title>", svg, re.S)
    return html.unescape(found[1].strip()) if found else ""


def run(commands, folder, truce, page):
    """Runs a block; the names of the pictures that it wrote."""
    before = set(folder.glob("*.svg"))
    done = subprocess.run(
        ["bash", "-e", "-c", commands], cwd=folder, stdin=subprocess.DEVNULL, timeout=300, text=True,
        env={**os.environ, "PATH": f"{truce}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.exit(f"{page}: a picture could not be made\n{commands}{done.stdout}")
    made = sorted(set(folder.glob("*.svg")) - before)
    if not made:
        sys.exit(f"{page}: no picture came of\n{commands}")
    return made


def with_pictures(text, page, target, truce, root):
    """The page with its pictures below their commands; they are written into target/pictures."""
    if not BLOCK.search(text):
        return text
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for entry in root.iterdir():
            if not entry.name.startswith((".", "build")):
                (folder / entry.name).symlink_to(entry)

        def shown(block):
            result = block[0].replace("```sh picture", "```sh", 1) + "\n"
            for svg in run(block[1], folder, truce, page):
                (target / "pictures").mkdir(parents=True, exist_ok=True)
                shutil.copy(svg, target / "pictures" / svg.name)
                title = html.escape(title_of(svg.read_text(encoding="utf-8")))
                result += f'\n<p class="picture"><a href="pictures/{svg.name}"><img src="pictures/{svg.name}" alt="{title}" /></a></p>\n'
            return result

        return BLOCK.sub(shown, text)
