#!/usr/bin/env python3
"""Completion, asked of the shells themselves: what does TAB offer behind a line?

    completion.py --truce build/src/cmd/truce

A shell that is not installed is skipped. zsh sits at a terminal of its own (zpty); fish answers
`complete -C`; bash is loaded with bash-completion's way of calling. The last line counts.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# A line; what must be offered; what must not. Files in the folder: my.truce.yaml, other.csv.
LINES = [
    ("truce bri", ["brief"], ["now"]),
    ("truce exc", ["exchange"], ["plan"]),
    ("truce ", ["clash", "exchange", "track", "tournament", "completion"], ["plan", "my.truce.yaml"]),
    ("truce exchange ", ["plan", "verify", "generate"], ["status", "my.truce.yaml"]),
    ("truce track ", ["status", "explain", "disputed", "next", "log", "add"], ["plan"]),
    ("truce tournament m", ["merge", "my.truce.yaml"], ["report"]),
    ("truce tournament my.truce.yaml --rep", ["--repetitions"], ["--repair"]),
    ("truce tournament merge --js", ["--json"], []),
    ("truce now --siz", ["--size"], []),
    ("truce now my.truce.yaml --siz", ["--size"], []),
    ("truce exchange plan --ow", ["--owed"], []),
    ("truce exchange verify --s", ["--stages"], ["--set", "--seed"]),
    ("truce verify --se", ["--set", "--seed"], ["--sides"]),
    ("truce track next --kn", ["--known-at"], []),
    ("truce clash --as ", ["truce", "genius", "negmas"], ["my.truce.yaml"]),
    ("truce clash --color al", ["always"], ["auto"]),
    ("truce track status --as ", [], ["genius", "negmas"]),
    ("truce exchange plan --owed ", ["outside", "inside"], ["my.truce.yaml"]),
    ("truce clash --without", [], ["--without"]),
    ("truce unlock --without ", ["red-lines", "floors", "rules"], ["my.truce.yaml"]),
    ("truce negotiate --with ", [], ["red-lines", "floors"]),
    ("truce clash my", ["my.truce.yaml"], ["other.csv"]),
    ("truce exchange plan o", ["other.csv"], ["my.truce.yaml", "--owed"]),
    ("truce clash --certificate o", ["other.csv"], ["my.truce.yaml"]),
    ("truce completion ", ["bash", "zsh", "fish"], ["my.truce.yaml"]),
    ("truce help cla", ["clash"], ["brief"]),
]

# Each line is typed at a terminal, and its list of choices is asked for. What comes between FROM and TO
# is all that the terminal shows meanwhile.
ZSH = r"""
zmodload zsh/zpty
zpty at "TERM=dumb zsh -f -i"
zpty -w at "PS1= PS2= COLUMNS=200 LINES=500 LISTMAX=10000; stty -echo; fpath=($1 \$fpath)
autoload -Uz compinit; compinit -u -D; setopt no_always_last_prompt no_list_beep no_beep
show() { print -n FR''OM; zle list-choices; zle -R; print -n T''O }
zle -N show; bindkey '^T' show
print -r -- RE''ADY"
zpty -r at said '*READY*'
for line in "${@:2}"; do
    zpty -w -n at "$line"$'\x14'
    zpty -r at said '*FROM*TO*'
    said=${said##*FROM}
    print -r -- "LINE ${said%%TO*}"
    zpty -w -n at $'\x15'
done
zpty -d at
"""

BASH = r"""
. "$1"
read -ra COMP_WORDS <<<"$2"
[[ $2 != *' ' ]] || COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMPREPLY=()
_truce
# As -o default has it: files, when there is nothing else.
[[ ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
printf '%s\n' "${COMPREPLY[@]}"
"""


class Shells:
    def __init__(self, truce):
        self.place = pathlib.Path(tempfile.mkdtemp())
        self.folder = self.place / "there"
        self.folder.mkdir()
        for name in ("my.truce.yaml", "other.csv"):
            (self.folder / name).write_text("")
        self.scripts = {}
        for shell, name in (("bash", "truce.bash"), ("zsh", "_truce"), ("fish", "truce.fish")):
            self.scripts[shell] = self.place / name
            self.scripts[shell].write_text(
                subprocess.run([truce, "completion", shell], check=True, text=True, capture_output=True).stdout)

    def run(self, *command):
        home = {**os.environ, "HOME": str(self.place), "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(self.place)}
        done = subprocess.run(command, cwd=self.folder, env=home, text=True, capture_output=True, timeout=300)
        return done.stdout, done.stderr

    def bash(self, lines):
        return [self.run("bash", "-c", BASH, "-", str(self.scripts["bash"]), line) for line in lines]

    def zsh(self, lines):
        out, err = self.run("zsh", "-f", "-c", ZSH, "-", str(self.place), *lines)
        return [(said, err) for said in out.split("LINE ")[1:]]

    def fish(self, lines):
        asked = "; echo LINE; ".join(f"complete -C '{line}'" for line in lines)
        out, err = self.run("fish", "-N", "-c", f"source {self.scripts['fish']}; {asked}")
        return [(re.sub(r"\t.*", "", said), err) for said in out.split("LINE\n")]


def words_of(said):
    return set(re.findall(r"[\w.-]+", re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", said)))


def problem(line, wanted, unwanted, said, err):
    if err.strip():
        return f"it says {err.strip()!r}"
    # What was typed is echoed by zsh: it is no offer.
    offered = words_of(said)
    typed = set(line.split())
    lacking = [word for word in wanted if word not in offered]
    strange = [word for word in unwanted if word in offered - typed]
    if lacking or strange:
        return f"lacks {lacking}, has {strange}, in {sorted(offered)[:40]}"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--truce", default="build/src/cmd/truce")
    shells = Shells(str(pathlib.Path(parser.parse_args().truce).resolve()))
    passed = failed = skipped = 0
    for name in ("bash", "zsh", "fish"):
        if not shutil.which(name):
            print(f"skipped: completion for {name}, which is not installed")
            skipped += 1
            continue
        answers = getattr(shells, name)([line for line, _, _ in LINES])
        answers += [("", "no answer")] * (len(LINES) - len(answers))
        for (line, wanted, unwanted), (said, err) in zip(LINES, answers):
            wrong = problem(line, wanted, unwanted, said, err)
            passed, failed = passed + (not wrong), failed + bool(wrong)
            if wrong:
                print(f"failed: {name}, '{line}': {wrong}")
    shutil.rmtree(shells.place)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return failed > 0


sys.exit(main())
