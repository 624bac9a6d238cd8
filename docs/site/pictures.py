"""The pictures of a page, made by the commands that stand on it.

A block marked "sh picture" is run by bash, all blocks of a page one after the other in one
folder, in which the repository's own files are at hand, with the truce just built. What it
writes as NAME.svg is shown below it; the alternative text is the picture's own title. A block
with a kind of picture that this truce does not know is shown without one, and says so.
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


def kinds_of(truce):
    """The kinds of pictures that the truce in a folder can make."""
    said = subprocess.run([pathlib.Path(truce) / "truce", "help"], capture_output=True, text=True, check=True)
    return set(re.findall(r"^  plot (\w+) ", said.stdout, re.M))


def kinds_in(commands):
    return set(re.findall(r"^truce plot (\w+) ", commands, re.M))


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

        kinds = kinds_of(truce)

        def shown(block):
            if not kinds_in(block[1]) <= kinds:
                print(f"{page}: no picture of {', '.join(sorted(kinds_in(block[1]) - kinds))}", file=sys.stderr)
                return block[0].replace("```sh picture", "```sh", 1) + "\n\n*Not made by this version.*\n"
            result = block[0].replace("```sh picture", "```sh", 1) + "\n"
            for svg in run(block[1], folder, truce, page):
                (target / "pictures").mkdir(parents=True, exist_ok=True)
                shutil.copy(svg, target / "pictures" / svg.name)
                title = html.escape(title_of(svg.read_text(encoding="utf-8")))
                image = f'<img src="pictures/{svg.name}" alt="{title}" />'
                result += f'\n<p class="picture"><a href="pictures/{svg.name}">{image}</a></p>\n'
            return result

        return BLOCK.sub(shown, text)
