#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What clang-tidy finds in the sources (.clang-tidy says what it looks for). A source in which it has found nothing is
not looked at again until the source, a header that it includes, or .clang-tidy changes.

Usage: tidy.py ROOT BUILD [CHECKS]

CHECKS are looked for beside those of .clang-tidy, or with a minus are not: -clang-analyzer-*.
"""
import concurrent.futures
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

from tap import report
from tree import files

INCLUDE = re.compile(r'^#include "([^"]+)"', re.M)
FINDING = re.compile(r"^\S+:\d+:\d+: (?:warning|error): ")

# Tests show what is wrong with them when they run.
APART = ("tests", "bench")


def with_headers(source, seen):
    """Adds `source` and all headers of the project that it includes, or these, to the set `seen`."""
    if source in seen or not source.exists():
        return
    seen.add(source)
    for header in INCLUDE.findall(source.read_text(encoding="utf-8")):
        with_headers(Path(header), seen)


class Tidy:
    """clang-tidy, and where what it has found nothing in is noted down."""

    def __init__(self, build, checks):
        self.stamps = Path(build, "tidy")
        self.stamps.mkdir(exist_ok=True)
        self.command = ["clang-tidy", "-p", build, "--quiet", "--extra-arg=-Wno-error"]
        self.command += [f"--checks={checks}"] if checks else []
        self.rules = Path(".clang-tidy").read_bytes()

    def stamp(self, source):
        """A file that is there if nothing was found in `source` as it is."""
        seen = set()
        with_headers(source, seen)
        key = hashlib.sha256(repr(self.command).encode() + self.rules)
        for path in sorted(seen):
            key.update(str(path).encode() + b"\0" + path.read_bytes())
        return self.stamps / key.hexdigest()

    def find(self, source):
        """The findings in `source`."""
        stamp = self.stamp(source)
        if stamp.exists():
            return []
        done = subprocess.run([*self.command, str(source)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              check=False)
        found = [line for line in done.stdout.splitlines() if FINDING.match(line)]
        if done.returncode != 0 and not found:
            found = (done.stderr or f"status {done.returncode}").splitlines()
        if not found:
            stamp.touch()
        return found


def main():
    os.chdir(sys.argv[1])
    tidy = Tidy(sys.argv[2], "".join(sys.argv[3:]))
    sources = [path for path in files(".c") if path.parts[0] not in APART]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = {line for lines in pool.map(tidy.find, sources) for line in lines}
    report([("there are sources", [] if sources else ["none"]),
            ("clang-tidy finds nothing", sorted(found))])


main()
