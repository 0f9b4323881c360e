#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/names.md says of each folder with which prefixes the names of its public functions begin, and this holds: the
longest prefix that a name begins with is one of its folder's, no prefix is in two rows, and none is there in vain.

Usage: prefixes.py ROOT [--missing]

With --missing the functions without a prefix in the page are printed, by their folders.
"""
import os
import re
import sys
from pathlib import Path

from tap import report
from tree import files

PAGE = Path("docs/names.md")
APART = ("tests", "bench")

ROW = re.compile(r"^\| `([^`]+)/` \|(.*)\|$", re.M)
COMMENT = re.compile(r"/\*.*?\*/", re.S)

# A declaration, or the definition of an inline function, whose name begins its line.
FUNCTION = re.compile(r"^(?:(?!static|return|typedef)[A-Za-z][^(;={}\n]*[ *])?(sf_\w+) \(", re.M)


def read_page():
    """The folder of each prefix, and the prefixes that are in the page twice."""
    owners, twice = {}, []
    for folder, cell in ROW.findall(PAGE.read_text(encoding="utf-8")):
        for prefix in re.findall(r"`(sf_\w+)`", cell):
            twice += [prefix] if prefix in owners else []
            owners[prefix] = folder
    return owners, twice


def functions():
    """The public functions: the folder and the name of each."""
    for path in files(".h"):
        if path.parts[0] not in APART:
            for name in FUNCTION.findall(COMMENT.sub("", path.read_text(encoding="utf-8"))):
                yield str(path.parent), name


def prefix_of(name, owners):
    """The longest prefix of `owners` that `name` is or begins with; none: None."""
    words = name.split("_")
    prefixes = ("_".join(words[:n]) for n in range(len(words), 1, -1))
    return next((prefix for prefix in prefixes if prefix in owners), None)


def check(owners, twice, public):
    found = [(folder, name, prefix_of(name, owners)) for folder, name in public]
    strange = [f"{folder}/: {name}() begins like those of {owners.get(prefix, 'no folder')}"
               for folder, name, prefix in found if owners.get(prefix) != folder]
    yield "there are functions and prefixes", [] if public and owners else ["none"]
    yield "names begin with a prefix of their folder", strange
    yield "a prefix has one owner", twice
    yield "no prefix is there in vain", sorted(set(owners) - {prefix for _, _, prefix in found})


def main():
    os.chdir(sys.argv[1])
    owners, twice = read_page()
    public = list(functions())
    if "--missing" in sys.argv:
        for folder, name in public:
            if owners.get(prefix_of(name, owners)) != folder:
                print(folder, name)
        return
    report(check(owners, twice, public))


main()
