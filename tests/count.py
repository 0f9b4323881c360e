#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts the test cases of the last `meson test` in each build directory: "N passed, N failed[, N skipped]".

Usage: count.py DIR=STATUS...

STATUS is that of `meson test`, or of the build if it failed. A program that fails without saying in which case (a
crash, a timeout) is a failed case, and so is a status that no failed case explains. No case at all is a failure, too.
Exit status: 0 if nothing failed, otherwise 1.
"""
import json
import re
import sys
from pathlib import Path

CASE = re.compile(r"^(not )?ok\b(.*)$", re.M)
GOOD = ("OK", "SKIP", "EXPECTEDFAIL")


def count_test(test):
    """Passed, failed and skipped cases of a test, which is a line of Meson's testlog.json."""
    cases = CASE.findall(test.get("stdout") or "")
    failed = sum(1 for no, _ in cases if no)
    skipped = sum(1 for no, rest in cases if not no and "# SKIP" in rest)
    passed = len(cases) - failed - skipped
    if test["result"] == "SKIP" and not cases:
        skipped = 1
    if test["result"] not in GOOD and not failed:
        failed = 1
    return passed, failed, skipped


def count_build(folder, status):
    """The cases of all tests that were run in the build directory `folder`, and ended with `status`."""
    log = Path(folder, "meson-logs", "testlog.json")
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    passed, failed, skipped = map(sum, zip((0, 0, 0), *(count_test(json.loads(line)) for line in lines)))
    if status != 0 and failed == 0:
        failed = 1
    return passed, failed, skipped


def main():
    counts = [(0, 0, 0)]
    for argument in sys.argv[1:]:
        folder, _, status = argument.rpartition("=")
        counts.append(count_build(folder, int(status)))
    passed, failed, skipped = map(sum, zip(*counts))
    if passed + failed + skipped == 0:
        failed = 1
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
