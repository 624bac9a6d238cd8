#!/usr/bin/env python3
"""Puts files into C as texts:  embed.py OUT NAME=FILE...

NAME becomes an array of lines that ends with NULL, so that no literal is longer
than what every compiler takes.
"""

import sys


def literal(line):
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?") + '\\n"'


def main(out, *pairs):
    with open(out, "w", encoding="utf-8") as to:
        to.write('/* Made by embed.py. */\n#include "report/paper.h"\n')
        for pair in pairs:
            name, path = pair.split("=", 1)
            with open(path, encoding="ascii") as source:
                lines = source.read().splitlines()
            to.write(f"\nconst char *const {name}[] = {{\n")
            for line in lines:
                to.write("    " + literal(line) + ",\n")
            to.write("    0,\n};\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
