#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What tools find in the sources: clang-format in C, shellcheck in shell scripts, pyflakes in Python, and codespell,
which knows what words are often misspelled, in all of them. In misspelled.txt are mistakes that tests make on purpose.

Usage: tools.py ROOT
"""
import os
import shutil
import subprocess
import sys

from tap import report
from tree import files

# Each tool: its command, and the ends of the names of the files that it looks at.
TOOLS = [
    (["clang-format", "--dry-run", "-Werror"], (".c", ".h")),
    (["shellcheck", "--format=gcc"], (".sh", ".bash", "dev")),
    (["pyflakes3"], (".py",)),
    (["codespell", "--ignore-words=tests/style/misspelled.txt"],
     (".c", ".h", ".inc", ".sh", ".py", ".build", ".in", ".md", "dev")),
]


def findings(command, paths):
    """What the tool of `command` says of the files `paths`."""
    if shutil.which(command[0]) is None:
        return [f"{command[0]} is missing: ./dev setup"]
    if not paths:
        return ["no files"]
    done = subprocess.run([*command, *map(str, paths)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    lines = done.stdout.splitlines()
    if done.returncode != 0 and not lines:
        lines = [f"status {done.returncode}"]
    return lines if done.returncode != 0 else []


def main():
    os.chdir(sys.argv[1])
    report((f"{command[0]} finds nothing", findings(command, files(*endings))) for command, endings in TOOLS)


main()
