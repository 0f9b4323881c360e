#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Do the tests notice? Breaks one line of code at a time, in a copy of the tree, and says which test noticed.

The lines are spread over all folders in proportion to their size; the same seed breaks the same lines. The tests of the
same name run first, then those of the folder, then all other programs, then scripts; the quick ones first, and only
those that have the broken code in them. The first that fails is named. Last comes a list of what none noticed: each
wants a test, unless the broken line does the same as the right one.

Usage: mutate.py [--seed N] [--slowest SECONDS] [COUNT]
"""
import argparse
import hashlib
import json
import os
import random
import re
import resource
import shutil
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRATCH = ROOT / "build-mutate"
TREE = SCRATCH / "tree"
BUILD = SCRATCH / "build"
TOPS = ("sim", "base", "models", "trace", "lab", "plots", "results", "cli")

LEAST = 2  # broken lines in a folder
MEMORY = 8 << 30  # bytes: what a test may have that a broken line lets allocate for ever

# What is written instead of what: each occurrence is one way to break a line.
SWAPS = [
    (r"==", "!="), (r"!=", "=="), (r"<=", "<"), (r">=", ">"), (r" < ", " <= "), (r" > ", " >= "),
    (r"&&", "||"), (r"\|\|", "&&"), (r" \+ ", " - "), (r" - ", " + "), (r" \* ", " / "), (r"\+\+", "--"), (r"--", "++"),
    (r" \+= ", " -= "), (r" -= ", " += "), (r"\bTRUE\b", "FALSE"), (r"\bFALSE\b", "TRUE"),
    (r"\bMIN \(", "MAX ("), (r"\bMAX \(", "MIN ("), (r"\b(?<!\.)\d+\b(?!\.)", lambda match: str(int(match[0], 10) + 1)),
    (r"\bif \((.*)\)$", r"if (!(\1))"), (r"\breturn (.+);$", r"return !(\1);"), (r"\b(?:break|continue);", ";"),
]

# Strings, character constants and comments.
NO_CODE = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/', re.S)
# Not broken: what only the compiler or a programmer's mistake sees, and tables.
LEFT_ALONE = re.compile(r"g_assert|g_return_|static const|^ *[{}]|^ *(?:case|default)\b")


def blank(match):
    return re.sub(r"[^\n]", "@", match[0])


def bodies(lines):
    """The numbers of the lines in functions, each with the type of its function."""
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
            while start and lines[start - 1] not in ("", "}"):
                start -= 1
        elif line == "}":
            start = None
        elif start is not None:
            yield number, lines[start]


def breaks(text):
    """All ways to break a line of the source `text`: (number of the line from 0, the line then)."""
    lines = text.split("\n")
    code = NO_CODE.sub(blank, text).split("\n")
    for number, kind in bodies(code):
        line, seen = lines[number], code[number]
        if LEFT_ALONE.search(seen) or not seen.strip(" @"):
            continue
        for pattern, instead in SWAPS:
            for match in re.finditer(pattern, seen):
                put = match.expand(instead) if isinstance(instead, str) else instead(match)
                if "@" not in put:
                    yield number, line[:match.start()] + put + line[match.end():]
        begins = code[number - 1].rstrip(" @").endswith((";", "{", "}", ")", "else")) or code[number - 1] == ""
        if begins and seen.endswith(";") and not re.match(r" *(?:return|break|continue|static|const)\b", seen):
            indent = re.match(" *", line)[0]
            yield number, indent + ";"
            yield number, indent + ("return;" if kind.endswith("void") else "return 0;")


def shares(sizes, count):
    """How many of `count` each folder gets, in proportion to its size but LEAST at least."""
    total = sum(sizes.values())
    got = {folder: min(max(LEAST, round(count * size / total)), count) for folder, size in sizes.items()}
    while sum(got.values()) > max(count, LEAST * len(sizes)):
        got[max(got, key=got.get)] -= 1
    return got


def run(*command, **how):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, **how)


def digest(file):
    return hashlib.sha256(Path(file).read_bytes()).digest()


def files_of(test):
    """The files of the build that the test runs."""
    return [path for path in (BUILD / word for word in test["cmd"]) if BUILD in path.parents and path.is_file()]


def is_program(test):
    return BUILD in Path(test["cmd"][0]).parents


def copy_tree():
    """Makes TREE a copy of the project. Files that are the same are left alone, so that little is built anew."""
    names = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", cwd=ROOT).stdout.split("\0")
    wanted = {TREE / name for name in names if name and (ROOT / name).is_file()}
    for there in TREE.rglob("*"):
        if there.is_file() and there not in wanted:
            there.unlink()
    for there in wanted:
        here = ROOT / there.relative_to(TREE)
        if not (there.exists() and there.read_bytes() == here.read_bytes()):
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(here, there)


class Build:
    """A copy of the tree, which can be built and tested."""

    def __init__(self):
        copy_tree()
        if not (BUILD / "build.ninja").exists():
            subprocess.run(["meson", "setup", BUILD, TREE, "-Doptimization=1", "-Ddebug=false",
                            "-Dwerror=false"], check=True)
        subprocess.run(["ninja", "-C", BUILD], check=True)
        self.tests = json.loads(run("meson", "introspect", "--tests", BUILD).stdout)
        commands = json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8"))
        self.objects = {os.path.relpath(BUILD / how["file"], TREE): how["output"] for how in reversed(commands)}
        self.seconds = {}  # of each test
        self.hashes = {file: digest(file) for test in self.tests for file in files_of(test)}

    def begin(self, slowest):
        """Runs all tests; those that fail, or take longer than `slowest` seconds, are left out from then on."""
        for test in self.tests:
            test["timeout"] = min(test["timeout"], slowest)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            passing = [test for test, good in zip(self.tests, pool.map(self.passes, self.tests)) if good]
        failing = [test["name"] for test in self.tests if test not in passing and self.seconds[test["name"]] < slowest]
        if failing:
            print(f"these tests fail already, and are left out: {' '.join(failing)}")
        self.tests = sorted(passing, key=lambda test: self.seconds[test["name"]])
        for test in self.tests:
            test["timeout"] = 10 * self.seconds[test["name"]] + 10

    def make(self, *targets):
        """Builds; FALSE: that cannot be compiled."""
        return run("ninja", "-C", BUILD, *targets).returncode == 0

    def object_of(self, name):
        """The hash of what the source `name` is compiled to, and its path."""
        return digest(BUILD / self.objects[name]), self.objects[name]

    def is_concerned(self, test):
        """TRUE if the broken code is in what the test runs."""
        return any(digest(file) != self.hashes[file] for file in files_of(test))

    def passes(self, test):
        begun = time.monotonic()
        try:
            done = run(*test["cmd"], env=os.environ | test["env"], cwd=BUILD, timeout=test["timeout"],
                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)))
        except subprocess.TimeoutExpired:
            return False
        finally:
            self.seconds.setdefault(test["name"], time.monotonic() - begun)
        return (done.returncode == 0 and re.search(r"^1\.\.", done.stdout, re.M)
                and not re.search(r"^not ok", done.stdout, re.M))

    def first_failure(self, tests):
        """The name of a test that fails; None if all pass."""
        failed = []

        def try_one(test):
            if not failed and not self.passes(test):
                failed.append(test["name"])

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(try_one, tests))
        return failed[0] if failed else None

    def stages(self, name):
        """The tests in the order in which they are to look at the source `name`."""
        stem, folder = name.rsplit(".", 1)[0], name.rsplit("/", 1)[0]

        def distance(test):
            return (test["name"] != stem, test["name"].rsplit("/", 1)[0] != folder, not is_program(test))

        for which in sorted({distance(test) for test in self.tests}):
            yield [test for test in self.tests if distance(test) == which]


def try_break(build, name, number, line):
    """Breaks a line. Returns the test that noticed, "" for none, None where the code is not another one."""
    path = TREE / name
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    lines[number] = line
    before, target = build.object_of(name)
    try:
        path.write_text("\n".join(lines), encoding="utf-8")
        if not build.make(target) or build.object_of(name)[0] == before:
            return None
        for tests in build.stages(name):
            build.make(*{str(file.relative_to(BUILD)) for test in tests for file in files_of(test)})
            noticed = build.first_failure([test for test in tests if build.is_concerned(test)])
            if noticed:
                return noticed
        return ""
    finally:
        path.write_text(text, encoding="utf-8")
        build.make(target)


def choose(count, rng):
    """Ways to break lines, more than are needed: (folder, how many are wanted, [(file, number, line)] in random
    order)."""
    found = {}
    for top in TOPS:
        for path in sorted((ROOT / top).rglob("*.c")):
            name = str(path.relative_to(ROOT))
            ways = {}
            for number, line in breaks(path.read_text(encoding="utf-8")):
                ways.setdefault(number, []).append(line)
            found.setdefault(name.rsplit("/", 1)[0], []).extend((name, number, ways[number]) for number in sorted(ways))
    wanted = shares({folder: len(ways) for folder, ways in found.items()}, count)
    for folder, ways in sorted(found.items()):
        rng.shuffle(ways)
        yield folder, wanted[folder], [(name, number, rng.choice(lines)) for name, number, lines in ways]


def main():
    parser = argparse.ArgumentParser(description="Breaks one line of code at a time and says which test noticed.")
    parser.add_argument("count", nargs="?", type=int, default=100, metavar="COUNT", help="how many lines (100)")
    parser.add_argument("--seed", type=int, default=9293, help="which lines (9293)")
    parser.add_argument("--slowest", type=float, default=float("inf"), metavar="SECONDS",
                        help="leave out the tests that take longer")
    options = parser.parse_args()
    build = Build()
    build.begin(options.slowest)
    noticed, unnoticed = Counter(), []
    for _, wanted, ways in choose(options.count, random.Random(options.seed)):
        for name, number, line in ways:
            if not wanted:
                break
            by = try_break(build, name, number, line)
            if by is None:
                continue
            wanted -= 1
            old = (ROOT / name).read_text(encoding="utf-8").split("\n")[number].strip()
            what = f"{name}:{number + 1}: {old}  ->  {line.strip()}"
            print(f"{what}\n    {'noticed by ' + by if by else 'NOBODY NOTICED'}", flush=True)
            noticed[by] += 1
            if not by:
                unnoticed.append(what)
    print(f"\n{noticed.total()} lines broken, {noticed.total() - len(unnoticed)} noticed. Not noticed:")
    print("\n".join(unnoticed))


main()
