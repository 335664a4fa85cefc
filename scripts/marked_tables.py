# SPDX-License-Identifier: MIT
"""Tables of a page of docs/ that a script makes, between marks that name them."""
import os
import sys

DOCS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs")


def placed(text, name, table):
    """The text with this table between its marks."""
    begin, end = f"<!-- made from {name} -->\n", f"<!-- end of {name} -->\n"
    first, last = text.index(begin) + len(begin), text.index(end)
    return text[:first] + table + "\n" + text[last:]


def write(page, name, table):
    path = os.path.join(DOCS, page)
    with open(path, encoding="utf-8") as file:
        text = placed(file.read(), name, table)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main(usage, page, laboratory, tables):
    """The command line PROGRAM FOLDER [--write] [TABLE...]: prints what laboratory(PROGRAM, FOLDER) says of each table."""
    if len(sys.argv) < 3:
        sys.exit(usage.strip())
    lab = laboratory(sys.argv[1], sys.argv[2])
    chosen = [word for word in sys.argv[3:] if word != "--write"] or list(tables)
    for name in chosen:
        if name not in tables:
            sys.exit(f"{name}: no such table; there are {', '.join(tables)}")
        table = tables[name](lab)
        if "--write" in sys.argv:
            write(page, name, table)
        print(table + "\n")
