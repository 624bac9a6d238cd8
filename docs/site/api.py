"""The reference of the library, from its public headers: a page a header, and an index.

A header is a promise, so its comments are the text. What a page shows of them:
- the comment on top of the header, and the titles of its sections ("---- title ----");
- each declaration, word for word, under the comment above it. Declarations that follow one
  another without an empty line or a comment between them share it.
"""

import html
import pathlib
import re

FOLDER = "docs/reference"
SECTION = re.compile(r"-{3,} *(.*?) *-{3,}\s*$", re.S)


def comment_text(raw):
    """The lines of a comment without its stars."""
    lines = [re.sub(r"^\s*\* ?", "", line) if i else line.strip() for i, line in enumerate(raw.split("\n"))]
    return "\n".join(line.rstrip() for line in lines).strip()


def declaration(source, at):
    """Where the declaration that begins at `at` ends: at a semicolon outside of braces and of
    comments, or at the end of a line of the preprocessor."""
    if source[at] == "#":
        end = at
        while True:
            end = source.find("\n", end)
            if source[end - 1] != "\\":
                return end
            end += 1
    depth = 0
    i = at
    while i < len(source):
        if source.startswith("/*", i):
            i = source.index("*/", i) + 2
            continue
        if source[i] in "{(":
            depth += 1
        elif source[i] in ")}":
            depth -= 1
        elif source[i] == ";" and depth == 0:
            return i + 1
        i += 1
    raise ValueError(source[at:at + 60])


def names_of(text):
    """[(kind, name)] that a declaration introduces."""
    bare = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    if bare.startswith("#define"):
        name = re.match(r"#define (\w+)", bare)[1]
        return [] if name.endswith("_H") or name == "TRUCE_API" else [("macro", name)]
    if bare.startswith("#"):
        return []
    typed = re.match(r"typedef (struct|enum|union) \w*\s*(?:\{.*\}\s*)?(\w+);", bare, re.S)
    if typed:
        return [(typed[1], typed[2])]
    pointer = re.match(r"typedef .*?\(\*(\w+)\)\(", bare, re.S)
    if pointer:
        return [("function type", pointer[1])]
    plain = re.match(r"typedef .*?(\w+);$", bare, re.S)
    if plain:
        return [("type", plain[1])]
    only = re.match(r"(struct|enum) (\w+)(?:\s*\{.*\})?;$", bare, re.S)
    if only:
        return [(only[1], only[2])] if "{" in bare else []
    function = re.search(r"(\w+)\(", bare.replace("TRUCE_API", ""))
    return [("function", function[1])] if function else []


class Header:
    """What stands in one header: `parts` is a list of ("text", text), ("section", title) and
    ("code", comment, [(text, names)])."""

    def __init__(self, path):
        self.name, self.parts = path.name, []
        source = path.read_text(encoding="utf-8")
        source = re.sub(r"^#ifdef __cplusplus\n.*?^#endif\n", "", source, flags=re.M | re.S)
        comment, at, last_end = "", 0, None
        while at < len(source):
            if source[at].isspace():
                at += 1
            elif source.startswith("/*", at):
                end = source.index("*/", at) + 2
                text = comment_text(source[at + 2:end - 2])
                title = SECTION.match(text)
                if title:
                    self.text(comment)
                    self.parts.append(("section", title[1].strip()))
                    comment = ""
                elif last_end and "\n" not in source[last_end:at]:
                    self.parts[-1][2][-1][0].append(source[at:end])  # behind a declaration
                    at = last_end = end
                    continue
                else:
                    self.text(comment)
                    comment = text
                at, last_end = end, None
            else:
                end = declaration(source, at)
                if names_of(source[at:end]):
                    self.code(comment, source[at:end], source[last_end:at] if last_end else None)
                else:
                    self.text(comment)  # of the whole header: a guard or an include follows
                comment = ""
                at, last_end = end, end
        self.text(comment)

    def text(self, text):
        if text:
            self.parts.append(("text", text))

    def code(self, comment, text, between):
        names = names_of(text)
        follows = between is not None and between.count("\n") == 1 and not comment
        if follows and self.parts and self.parts[-1][0] == "code":
            self.parts[-1][2].append(([text], names))
        else:
            self.parts.append(("code", comment, [([text], names)]))

    def names(self):
        """[(kind, name)], in the order of the header."""
        return [name for part in self.parts if part[0] == "code" for _, names in part[2] for name in names]


def as_markdown(text):
    """A comment's text: paragraphs, with what is indented left as it is laid out."""
    result, code = [], []

    def close():
        if code:
            result.append("```text\n" + "\n".join(code).strip("\n") + "\n```\n")
            code.clear()

    for line in text.split("\n"):
        if line.startswith("  ") or (code and not line.strip()):
            if not code:
                result.append("")
            code.append(line[2:])
        else:
            close()
            result.append(re.sub(r"([*_<>\[\]])", r"\\\1", line))
    close()
    return "\n".join(result) + "\n"


def header_page(header):
    lines = [f"# {header.name}\n"]
    for part in header.parts:
        if part[0] == "section":
            lines.append(f"## {part[1][:1].upper()}{part[1][1:]}\n")
        elif part[0] == "text":
            lines.append(as_markdown(part[1]))
        else:
            names = [name for _, found in part[2] for _, name in found]
            marks = "".join(f'<a id="{name}"></a>' for name in names)
            shown = ", ".join(f"<code>{html.escape(name)}</code>" for name in names)
            lines.append(f'<h3 class="names">{marks}{shown}</h3>\n')
            if part[1]:
                lines.append(as_markdown(part[1]))
            code = "\n".join(" ".join(texts) for texts, _ in part[2])
            lines.append(f"```c\n{code}\n```\n")
    return "\n".join(lines)


def index_page(headers):
    all_names = sorted((name, kind, header.name) for header in headers for kind, name in header.names())
    lines = [
        "# The library, name by name\n",
        "Made from the headers. A program includes `<truce/truce.h>`, which includes them all; "
        "[using the library](../library.md) begins with an example.\n",
        "| header | |\n|---|---|",
    ]
    for header in headers:
        first = header.parts[0][1].split("\n\n")[0] if header.parts[0][0] == "text" else ""
        line = re.sub(r"^\S+\.h - ", "", " ".join(first.split()))
        lines.append(f"| [{header.name}]({page_name(header)}) | {line} |")
    for title, kinds in (
            ("Functions", {"function"}), ("Structs and enums", {"struct", "enum", "union"}),
            ("Other types", {"type", "function type"}), ("Macros", {"macro"})):
        found = [entry for entry in all_names if entry[1] in kinds]
        if found:
            lines.append(f"\n## {title}\n\n| name | header |\n|---|---|")
            lines += [f"| [`{name}`]({where.replace('.h', '.md')}#{name}) | {where} |" for name, _, where in found]
    return "\n".join(lines) + "\n"


def page_name(header):
    return header.name.replace(".h", ".md")


def headers_in(folder):
    return [Header(path) for path in sorted(pathlib.Path(folder).glob("*.h"))]


def pages(folder):
    """[(title, path from the root of the site, text)], the index first."""
    headers = headers_in(folder)
    made = [("Name by name", f"{FOLDER}/names.md", index_page(headers))]
    return made + [(f"truce/{header.name}", f"{FOLDER}/{page_name(header)}", header_page(header)) for header in headers]
