#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The letters (`--voice letters`) of every lesson tell what its trace does: each segment that leaves or
arrives, each state and each timer, at its time, in every language.

Usage: letters.py ROOT SYNFIN
"""
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from itertools import repeat
from pathlib import Path

# What names a timer in the sentence that tells that it expires.
TIMERS = {
    "retransmit": {"en": "(RTO)", "zh": "(RTO)"},
    "persist": {"en": "(persist timer)", "zh": "(坚持定时器)"},
    "delayed-ack": {"en": "(delayed ACK)", "zh": "(延迟 ACK)"},
    "keepalive": {"en": "(keepalive)", "zh": "(保活)"},
}


def notation(segment):
    """The text of a segment as letters write it: without names, window and options."""
    return re.match(r".*? > .*?: (\S+ \d+:\d+\(\d+\)(?: ack \d+)?)", segment["text"])[1]


def told_by_trace(path, lang):
    """Counts of facts by (instant, text): "[S 0:0(0)]", "(ESTABLISHED)", "(RTO)"."""
    facts = Counter()
    listeners = set()
    for line in path.read_text().splitlines()[1:]:
        record = json.loads(line)
        t, kind = record["t_ns"], record["kind"]
        if kind == "conn" and record["rport"] == 0:
            listeners.add(record["conn"])
        if kind in ("send", "arrive"):
            facts[t, f"[{notation(record['segment'])}]"] += 1
        elif kind == "fate" and record["fate"] in ("copied", "injected"):
            facts[t, f"[{notation(record['segment'])}]"] += 1
        elif kind == "state" and record["from"] != record["to"]:
            if not (record["conn"] in listeners and record["to"] == "CLOSED"):
                facts[t, f"({record['to']})"] += 1
        elif kind == "timer" and record["action"] == "expired" and record["timer"] in TIMERS:
            facts[t, TIMERS[record["timer"]][lang]] += 1
    return facts


def told_by_letters(path):
    facts = Counter()
    t = None
    for line in path.read_text().splitlines():
        label = re.match(r"(\d+(?:\.\d+)?) s  ", line)
        if label:
            t = int(Decimal(label[1]) * 10**9)
        for what in re.findall(r"\[[^\]]*\]|\([^()]*\)", line):
            facts[t, what] += 1
    return facts


def differences(root, lang):
    """The facts that traces have and letters do not, over all runs below `root`; and the number of all facts."""
    missing, n = [], 0
    for trace in sorted(root.rglob("trace.jsonl")):
        letters = trace.with_name("timeline.txt")
        facts = told_by_trace(trace, lang)
        told = told_by_letters(letters)
        n += facts.total()
        missing += [f"{trace.parent.name}: {t} ns: {what}" for (t, what), k in (facts - told).items()]
        if re.search(r"%|\(null\)", letters.read_text()):
            missing.append(f"{letters}: a place that was not filled in")
    return missing, n


def judge(synfin, lesson, lang):
    """Runs a lesson. Returns whether its letters tell all facts, and the facts that are missing."""
    with tempfile.TemporaryDirectory() as directory:
        run = [synfin, "run", "--quiet", "--voice", "letters", "--lang", lang, "--pictures", "none",
                       "--out", directory, lesson]
        status = subprocess.run(run, stderr=subprocess.DEVNULL, check=False).returncode
        missing, facts = differences(Path(directory), lang)
    return status in (0, 1) and facts > 0 and not missing, missing


def main():
    root, synfin = Path(sys.argv[1]), sys.argv[2]
    lessons = sorted(path for path in (root / "scenarios").rglob("*.yaml") if path.parent.name != "sweeps")
    cases = [(lesson, lang) for lesson in lessons for lang in ("en", "zh")]
    with ProcessPoolExecutor() as pool:
        results = list(pool.map(judge, repeat(synfin), *zip(*cases))) if cases else []
    for n, ((lesson, lang), (good, missing)) in enumerate(zip(cases, results), 1):
        print(f"{'ok' if good else 'not ok'} {n} - {lesson.stem} in {lang}")
        for line in missing[:10]:
            print(f"# {line}")
    if not cases:
        print("not ok 1 - there are lessons")
    print(f"1..{max(len(cases), 1)}")


main()
