#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The page that docs/index.py makes of the output of lessons in a folder.

Usage: index.py ROOT
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

# Each run: its folder, whether each of its expectations holds, and its files besides summary.json.
RUNS = [
    ("data/loss/fast", [True, False], ["trace.jsonl"]),
    ("data/loss/standard", [True, True], ["stevens.svg", "sequence-2.svg", "sequence-1.svg", "timeline.txt"]),
    ("handshake/plain/slow", [], []),
    ("handshake/plain/standard", [True], ["stevens.svg", "sequence.svg"]),
]
COMPARED = ["data/loss/compare-fast-2.svg", "data/loss/compare-fast-1.svg", "data/loss/compare-slow.svg"]
LESSONS = ["data/loss", "handshake/plain"]

PAGE = """\
## Data

### data/loss

Why?

[What it printed](data/loss.txt) · [the scenario](../scenarios/data/loss.yaml)

- standard: 2 of 2 expectations hold: [timeline.txt](data/loss/standard/timeline.txt), \
[summary.json](data/loss/standard/summary.json), [sequence-1.svg](data/loss/standard/sequence-1.svg), \
[sequence-2.svg](data/loss/standard/sequence-2.svg), [stevens.svg](data/loss/standard/stevens.svg)
- fast: **1 of 2 expectations hold**: [trace.jsonl](data/loss/fast/trace.jsonl), \
[summary.json](data/loss/fast/summary.json)

![sequence 1](data/loss/standard/sequence-1.svg)

![stevens](data/loss/standard/stevens.svg)

![compare fast 1](data/loss/compare-fast-1.svg)

![compare slow](data/loss/compare-slow.svg)

## Opening a connection

### handshake/plain

Why?

[What it printed](handshake/plain.txt) · [the scenario](../scenarios/handshake/plain.yaml)

- standard: 1 of 1 expectations hold: [summary.json](handshake/plain/standard/summary.json), \
[sequence.svg](handshake/plain/standard/sequence.svg), [stevens.svg](handshake/plain/standard/stevens.svg)
- slow: 0 of 0 expectations hold: [summary.json](handshake/plain/slow/summary.json)

![sequence](handshake/plain/standard/sequence.svg)
"""


def write_run(folder, lesson, held, files):
    """Writes the output of a run."""
    folder.mkdir(parents=True)
    verdicts = [{"holds": holds} for holds in held]
    summary = {"title": lesson, "asks": "Why?", "variant": folder.name, "holds": all(held), "verdicts": verdicts}
    (folder / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    for name in files:
        (folder / name).touch()


def make_page(root):
    with tempfile.TemporaryDirectory() as top:
        for run, held, files in RUNS:
            write_run(Path(top, run), run.rpartition("/")[0], held, files)
        for path in COMPARED:
            Path(top, path).touch()
        return subprocess.run([f"{root}/docs/index.py", top, *LESSONS], stdout=subprocess.PIPE, check=True,
                              text=True).stdout


def main():
    head, _, sections = make_page(sys.argv[1]).partition("\n\n## ")
    good = [head.startswith("# What the shipped lessons show\n"), "## " + sections == PAGE]
    for n, (holds, name) in enumerate(zip(good, ("the page has a title", "each lesson has its section")), 1):
        print("ok" if holds else "not ok", n, "-", name)
    for line in "" if all(good) else f"{head}\n\n## {sections}".splitlines():
        print("#", line)
    print(f"1..{len(good)}")


main()
