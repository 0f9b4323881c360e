#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
#
# Every benchmark runs, with small sizes, and prints lines of JSON that have all that they should.
# Usage: check.py BENCH
import json
import math
import subprocess
import sys

EXPECTED = {
    "queue": {"queue-hold"},
    "bulk": {"bulk"},
    "connections": {"connections", "connections-open"},
    "runs": {"runs-reset", "runs-copy"},
    "sweep": {"sweep", "sweep-points"},
}
KEYS = {"name", "parameters", "result", "unit", "also", "seconds", "instructions"}


def complaint(bench, group):
    """What is wrong with the output of the group, None if nothing."""
    done = subprocess.run([bench, "--quick", "--only", group], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return f"status {done.returncode}: {done.stderr.strip()}"
    names = set()
    for line in done.stdout.splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            return f"no JSON: {line}"
        if set(row) != KEYS or not math.isfinite(row["result"]) or row["result"] <= 0:
            return f"not as it should be: {line}"
        names.add(row["name"])
    if names != EXPECTED[group]:
        return f"benchmarks of the names {sorted(names)}, expected {sorted(EXPECTED[group])}"
    return None


print(f"1..{len(EXPECTED) + 1}")
for n, group in enumerate(EXPECTED, start=1):
    wrong = complaint(sys.argv[1], group)
    print(f"{'not ok' if wrong else 'ok'} {n} {group}")
    if wrong:
        print(f"# {wrong}")

status = subprocess.run([sys.argv[1], "--only", "nonsense"], capture_output=True, check=False).returncode
print(f"{'ok' if status == 2 else 'not ok'} {len(EXPECTED) + 1} unknown name")
