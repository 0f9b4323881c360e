#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints a page (Markdown) about the output of the lessons in a folder, for `./dev demo`.

Usage: index.py FOLDER LESSON...

A LESSON is "TOPIC/NAME"; `synfin run --out FOLDER/LESSON` has written its runs, and FOLDER/LESSON.txt is what it
printed.
"""
import json
import os
import re
import sys
from pathlib import Path

TOPICS = {
    "handshake": "Opening a connection",
    "data": "Data",
    "close": "Closing a connection",
    "mutants": "Bugs that were shipped",
}

# The files that every run has; pictures come after them.
FILES = ["timeline.txt", "capture.pcapng", "trace.jsonl", "summary.json"]

HEAD = """\
# What the shipped lessons show

Under each question: all that its runs printed (timelines, explanations, verdicts), the files of each run, and
some of the pictures. A capture opens in Wireshark; [docs/trace.md](../docs/trace.md) says what is in a trace."""


def runs_of(lesson):
    """The folder and the summary of each run below the folder `lesson`, the standard run first."""
    runs = [(path.parent, json.loads(path.read_text(encoding="utf-8"))) for path in lesson.rglob("summary.json")]
    return sorted(runs, key=lambda run: (run[1]["variant"] != "standard", str(run[0])))


def links(top, folder):
    """Links to the files of a run: those that every run has, then the pictures."""
    there = {path.name for path in folder.iterdir()}
    names = [name for name in FILES if name in there] + sorted(there - set(FILES))
    return ", ".join(f"[{name}]({folder.relative_to(top)}/{name})" for name in names)


def first_pages(names):
    """The pictures `names`; of a picture with several pages only the first."""
    for name in names:
        first = re.sub(r"-\d+\.svg$", "-1.svg", name)
        if first == name or first not in names:
            yield name


def pictures(top, lesson, standard):
    """The sequence diagram of the standard run, the sequence numbers in lessons about data (others have hardly more
    than one segment of it), and what the variants do otherwise."""
    compared = sorted(path.name for path in (top / lesson).iterdir() if re.fullmatch(r"compare-.*\.svg", path.name))
    shown = [standard / "sequence.svg", standard / "sequence-1.svg"]
    if lesson.startswith("data/"):
        shown.append(standard / "stevens.svg")
    shown += [top / lesson / name for name in first_pages(compared)]
    return [path for path in shown if path.exists()]


def verdict(summary):
    holding = sum(verdict["holds"] for verdict in summary["verdicts"])
    words = f"{holding} of {len(summary['verdicts'])} expectations hold"
    return words if summary["holds"] else f"**{words}**"


def describe(top, lesson):
    """The section about a lesson."""
    runs = runs_of(top / lesson)
    standard, summary = runs[0]
    yield f"\n### {summary['title']}\n\n{summary.get('asks', '')}\n"
    yield f"[What it printed]({lesson}.txt) · [the scenario](../scenarios/{lesson}.yaml)\n"
    for folder, summary in runs:
        yield f"- {summary['variant']}: {verdict(summary)}: {links(top, folder)}"
    for path in pictures(top, lesson, standard):
        yield f"\n![{path.stem.replace('-', ' ')}]({path.relative_to(top)})"


def page(top, lessons):
    yield HEAD
    topic = None
    for lesson in lessons:
        if os.path.dirname(lesson) != topic:
            topic = os.path.dirname(lesson)
            yield f"\n## {TOPICS.get(topic, topic)}"
        yield from describe(top, lesson)


def main():
    for text in page(Path(sys.argv[1]), sys.argv[2:]):
        print(text)


if __name__ == "__main__":
    main()
