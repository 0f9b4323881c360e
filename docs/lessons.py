#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Updates the tables of lessons in scenarios/README.md and README.zh.md: the lessons of scenarios/course.yml in its
order. Lessons in a table keep their rows, whose words may be a person's; a new lesson gets its question.

Usage: lessons.py [--check] ROOT
With --check nothing is written, and the status is 1 if a table is not up to date.
"""
import re
import sys
from pathlib import Path

PAGES = {"README.md": "en", "README.zh.md": "zh"}
ROW = re.compile(r"^\| .* \| \[[^]]*\]\((\S+)\.yaml\) \|$")


def course(folder):
    """The topics in their order: lists of lessons, "handshake/three-way"."""
    topics = []
    for line in (folder / "course.yml").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"  - name: (\S+)$", line):
            topic = match[1]
            topics.append([])
        elif match := re.match(r"      - (\S+)$", line):
            topics[-1].append(f"{topic}/{match[1]}")
    return topics


def asks(folder, lesson, lang):
    """What `lesson` asks, in one line."""
    text = (folder / f"{lesson}.yaml").read_text(encoding="utf-8")
    section = re.search(r"^asks:(.*(?:\n[ ].*)*)", text, re.M)[1]
    in_lang = re.search(rf"^  {lang}:(.*(?:\n    .*)*)", section, re.M)
    words = (in_lang[1] if in_lang else section).split()
    if words and re.fullmatch(r"[>|][-+]?", words[0]):
        words = words[1:]
    return " ".join(words).strip("\"'")


def update(folder, text, lang):
    """The page `text` with its tables up to date: the n-th table of lessons is that of the n-th topic."""
    topics, out, rows = iter(course(folder)), [], {}
    for line in text.splitlines():
        if match := ROW.match(line):
            rows[match[1]] = line
            continue
        if rows_wanted := (line == "| --- | --- |"):
            topic = next(topics)
        out.append((line, topic if rows_wanted else []))
    lines = []
    for line, topic in out:
        lines.append(line)
        for lesson in topic:
            name = lesson.rsplit("/", 1)[1]
            lines.append(rows.get(lesson) or f"| {asks(folder, lesson, lang)} | [{name}]({lesson}.yaml) |")
    return "\n".join(lines) + "\n"


def main():
    check = "--check" in sys.argv
    folder = Path(sys.argv[-1]) / "scenarios"
    stale = []
    for name, lang in PAGES.items():
        page = folder / name
        old = page.read_text(encoding="utf-8")
        new = update(folder, old, lang)
        if new != old:
            stale.append(name)
            if not check:
                page.write_text(new, encoding="utf-8")
    for name in stale:
        print(f"scenarios/{name} {'is not up to date: ./dev generate' if check else 'updated'}")
    sys.exit(1 if check and stale else 0)


main()
