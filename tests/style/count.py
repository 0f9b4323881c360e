#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tests/count.py counts every case, and failures without a case.

Usage: count.py ROOT
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tap import report

TWO = "ok 1 - a\nok 2 - b\n1..2\n"

# A name; for each build directory the status of `meson test`, and the result and output of each test (None: no log);
# and what is printed.
CASES = [
    ("all pass", [(0, [("OK", TWO)])], "2 passed, 0 failed"),
    ("two builds", [(0, [("OK", TWO)]), (0, [("OK", TWO), ("OK", "ok 1\n1..1\n")])], "5 passed, 0 failed"),
    ("a failed case", [(1, [("FAIL", "ok 1 - a\nnot ok 2 - b\n1..2\n")])], "1 passed, 1 failed"),
    ("two failed cases of one test", [(1, [("FAIL", "not ok 1\nnot ok 2\n1..2\n")])], "0 passed, 2 failed"),
    ("a crash after two cases", [(1, [("ERROR", TWO)])], "2 passed, 1 failed"),
    ("a crash before any", [(1, [("ERROR", "")])], "0 passed, 1 failed"),
    ("a timeout", [(1, [("TIMEOUT", "ok 1 - a\n")])], "1 passed, 1 failed"),
    ("a test that says nothing", [(1, [("FAIL", None)])], "0 passed, 1 failed"),
    ("a skipped case", [(0, [("OK", "ok 1 - a\nok 2 - b # SKIP no\n1..2\n")])], "1 passed, 0 failed, 1 skipped"),
    ("a skipped test", [(0, [("OK", TWO), ("SKIP", "")])], "2 passed, 0 failed, 1 skipped"),
    ("a build that fails", [(1, None), (0, [("OK", TWO)])], "2 passed, 1 failed"),
    ("a status that nothing explains", [(2, [("OK", TWO)])], "2 passed, 1 failed"),
    ("a status that a case explains", [(1, [("FAIL", "not ok 1\n")]), (0, [("OK", TWO)])], "2 passed, 1 failed"),
    ("no test at all", [(0, [])], "0 passed, 1 failed"),
    ("no log at all", [(0, None), (0, None)], "0 passed, 1 failed"),
    ("no build at all", [], "0 passed, 1 failed"),
    ("what only begins like a case", [(0, [("OK", TWO + "okay\n# not ok\n")])], "2 passed, 0 failed"),
]


def write_log(folder, tests):
    log = folder / "meson-logs"
    log.mkdir(parents=True)
    if tests is not None:
        lines = [json.dumps({"name": "t", "result": result, "stdout": output}) + "\n" for result, output in tests]
        (log / "testlog.json").write_text("".join(lines), encoding="utf-8")


def count(root, builds):
    """What is printed about `builds`, and the exit status."""
    with tempfile.TemporaryDirectory() as top:
        for i, (_, tests) in enumerate(builds):
            write_log(Path(top, str(i)), tests)
        arguments = [f"{top}/{i}={status}" for i, (status, _) in enumerate(builds)]
        done = subprocess.run([sys.executable, f"{root}/tests/count.py", *arguments], stdout=subprocess.PIPE, text=True)
    return done.stdout, done.returncode


def check(root, builds, expected):
    printed, status = count(root, builds)
    if printed != expected + "\n":
        yield f"expected: {expected}"
        yield f"printed: {printed}"
    if status != (" 0 failed" not in expected):
        yield f"status {status}"


report((name, check(sys.argv[1], builds, expected)) for name, builds, expected in CASES)
