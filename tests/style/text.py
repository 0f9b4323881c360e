#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The text of all files: lines have at most 120 columns and no blanks at their ends; the words are those of the project
(words.txt); and the subjects of commits are short.

Usage: text.py ROOT
"""
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

from tap import report
from tree import files

COLUMNS = 120
CODE = (".c", ".h", ".inc")
SCRIPTS = (".py", ".sh", ".build", "dev")
PAGES = (".md",)

# Commits after this one have short subjects.
FIRST = "43d2b1d1f2b9b46f075fa8f4f68011c1a18a7da1"
SUBJECT = 72

# Names that others have given.
OTHERS = ("CANCELLED",)  # a state of Slurm's jobs

STRINGS = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'')
COMMENTS = re.compile(r"/\*.*?\*/", re.S)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
QUOTED = re.compile(r"`[^`]*`|'[^'\n]*'|\"[^\"\n]*\"")


def width(line):
    """How many columns `line` takes on a screen: Chinese characters take two."""
    return len(line) + sum(unicodedata.east_asian_width(c) in "WF" for c in line)


def is_chinese(line):
    return any(unicodedata.east_asian_width(c) == "W" for c in line)


def outside_blocks(lines):
    """The numbered lines of a page that are in no fenced block."""
    inside = False
    for number, line in lines:
        fence = line.lstrip().startswith("```")
        if not inside and not fence:
            yield number, line
        inside ^= fence


def breakable(path, lines):
    """The numbered lines that could be broken: in pages not those of tables, of blocks and of Chinese, where the break
    would be shown as a blank, and no link that is too long by itself."""
    if path.suffix not in PAGES:
        yield from lines
        return
    for number, line in outside_blocks(lines):
        if not line.startswith("|") and not is_chinese(line) and " " in line.strip():
            yield number, line


def too_wide(path, lines):
    for number, line in breakable(path, lines):
        if width(line) > COLUMNS:
            yield f"{path}:{number}: {width(line)} columns"


def blank_ends(path, lines):
    for number, line in lines:
        if line != line.rstrip() or "\t" in line and path.suffix in CODE:
            yield f"{path}:{number}: a blank at the end, or a tab"


def read_words(page):
    """The rules of words.txt, by their kind: patterns, each with its remedy."""
    rules = {"word": [], "code": [], "name": []}
    for line in page.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, pattern, remedy = re.split("  +", line)
            around = r"\w" if kind == "name" else r"[^\W_]"
            flags = 0 if kind == "name" else re.I
            rules[kind].append((re.compile(rf"(?<!{around})(?:{pattern})(?!{around})", flags), remedy))
    return rules


def keep_lines(match):
    return "\n" * match[0].count("\n")


def prose(text):
    """A page without what it quotes."""
    lines = dict(outside_blocks(enumerate(text.splitlines(), 1)))
    return QUOTED.sub(keep_lines, "\n".join(lines.get(i, "") for i in range(1, max(lines, default=0) + 1)))


def find(path, text, rules):
    for pattern, remedy in rules:
        for match in pattern.finditer(text):
            if match[0] not in OTHERS:
                number = text.count("\n", 0, match.start()) + 1
                yield f"{path}:{number}: '{match[0]}'; better: {remedy}"


def bad_words(path, text, rules):
    """The words of `text` that the project does not use."""
    if path.suffix in PAGES:
        yield from find(path, prose(text), rules["word"])
        return
    text = STRINGS.sub("", text)
    yield from find(path, CAMEL.sub("_", text), rules["word"] + rules["code"])
    if path.suffix in CODE:
        yield from find(path, COMMENTS.sub(keep_lines, text), rules["name"])


def long_subjects():
    """The commits after FIRST whose subjects are too long; none where there is no history."""
    log = subprocess.run(["git", "log", "--format=%h %s", f"{FIRST}..HEAD"], stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, text=True, check=False)
    for line in log.stdout.splitlines():
        commit, _, subject = line.partition(" ")
        if len(subject) > SUBJECT:
            yield f"{commit}: {len(subject)} characters: {subject}"


def checks(paths, rules):
    wide, blanks, bad = [], [], []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        lines = list(enumerate(text.splitlines(), 1))
        wide += too_wide(path, lines)
        blanks += blank_ends(path, lines)
        bad += bad_words(path, text, rules)
    yield "there are files, and words not to use", [] if paths and all(rules.values()) else ["none"]
    yield f"no line is wider than {COLUMNS} columns", wide
    yield "no line ends in a blank", blanks
    yield "the words are those of the project", bad
    yield f"subjects of commits have at most {SUBJECT} characters", long_subjects()


def main():
    os.chdir(sys.argv[1])
    rules = read_words(Path("tests/style/words.txt"))
    report(checks(files(*CODE, *SCRIPTS, *PAGES), rules))


main()
