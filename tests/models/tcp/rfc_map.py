#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/rfc9293.md against RFC 9293 and against the tree: each requirement has one row, and what the rows name is there.

A reference is `file:name`. In a source the name stands in the code, not in a comment; `/…` is a test, or a group of
them, that its program has; in a list of segments it is a line or part of a row.

Usage: rfc_map.py ROOT BUILD-OF-TESTS
"""
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

MAP = "docs/rfc9293.md"

# RFC 9293 Appendix B numbers without a gap.
LAST = {"MUST": 69, "SHLD": 31, "MAY": 18}

LEAST_REFERENCES = 150

# Why a row may name no place, or no test.
EXCUSES = ("outside: ", "*not done*: ", "no")

ROW = re.compile(r"^\| ((?:MUST|SHLD|MAY)-\d+) \|(.*)\|$", re.M)
REFERENCE = re.compile(r"`([a-z][A-Za-z0-9_./-]*/[A-Za-z0-9_.-]+):([^`]+)`")
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def numbers(text):
    """Requirements without a row, or with several, and rows without a requirement."""
    there = [row[0] for row in ROW.findall(text)]
    wanted = {f"{kind}-{number}" for kind, last in LAST.items() for number in range(1, last + 1)}
    return [f"{name}: {there.count(name)} rows" for name in sorted(wanted | set(there))
            if there.count(name) != (name in wanted)]


def rows(text):
    """Rows without words, or with no place in the tree and no reason why."""
    for name, cells in ROW.findall(text):
        cells = [cell.strip() for cell in cells.split("|")]
        if len(cells) != 3 or "" in cells:
            yield f"{name} has an empty cell"
        elif cells[1] == "-" and not cells[2].startswith(EXCUSES):
            yield f"{name} has no place and no reason"


@cache
def tests_of(program):
    """The tests that the program says it has."""
    return subprocess.run([program, "-l"], capture_output=True, text=True, check=True).stdout.splitlines()


@cache
def content(file):
    text = Path(file).read_text(encoding="utf-8")
    if file.endswith((".c", ".h", ".inc")):
        text = COMMENT.sub("", text)
    return [line for line in text.splitlines() if not line.startswith("#") or file.endswith((".c", ".h", ".inc"))]


def is_there(file, name, build):
    if not Path(file).is_file():
        return False
    if name.startswith("/") and file.endswith(".c"):
        program = "test-" + file.removeprefix("tests/").removesuffix(".c").replace("/", "_")
        return any(test == name or test.startswith(name + "/") for test in tests_of(build / program))
    if file.endswith("/kinds"):
        return name in content(file)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) for line in content(file))


def main():
    build = Path(sys.argv[2]).resolve()
    os.chdir(sys.argv[1])
    text = Path(MAP).read_text(encoding="utf-8")
    references = REFERENCE.findall(text)
    checks = [
        ("each requirement has one row", numbers(text)),
        ("each row has words, and a place or a reason", list(rows(text))),
        ("what a row names is there", [
            f"{file}:{name}" for file, name in references if not is_there(file, name, build)]),
        (f"there are more than {LEAST_REFERENCES} references",
         [] if len(references) > LEAST_REFERENCES else [len(references)]),
    ]
    for n, (name, wrong) in enumerate(checks, 1):
        print("not ok" if wrong else "ok", n, "-", name)
        for line in wrong:
            print("#", line)
    print(f"1..{len(checks)}")


main()
