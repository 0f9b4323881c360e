#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Dependencies point one way (docs/design.md): which folder includes headers of which others; and who may print, do
I/O, end the program or know the time of the machine.

Usage: layers.py ROOT
"""
import re
import sys
from pathlib import Path

from tap import report

# Each folder, and the folders whose headers it may include, besides its own and those that these folders may include.
LAYERS = {
    "sim": [],
    "base": ["sim"],
    "models": ["base"],
    "trace": ["models"],
    "lab/language": ["trace"],
    "lab/judge": ["lab/language"],
    "lab/report": ["lab/judge"],
    "lab/grade": ["lab/report"],
    "lab/sweep": ["lab/report"],
    "lab/cluster": ["lab/sweep"],
    "plots/page": ["trace"],
    "plots/terminal": ["trace"],
    "plots/sequence": ["plots/page"],
    "plots/graph": ["plots/page"],
    "plots/chart": ["plots/page"],
    "results": ["lab/grade", "lab/sweep", "plots/terminal", "plots/sequence", "plots/graph", "plots/chart"],
    "cli/shared": ["results"],
    "cli/slurm": ["cli/shared", "lab/cluster"],
    "cli": ["cli/slurm"],
}
LIBRARIES = [folder for folder in LAYERS if not folder.startswith("cli")]

# Headers of models/tcp/ that plans and records need. All others are private to it, except that the table of pools asks
# for the sizes of their items.
PUBLIC_TCP = {"tcp", "seq", "state", "profile"}
SIZES = "models/pools.c"

MOST_FILES = 60  # sources in a folder

PRINTING = r"printf|fprintf|puts|fputs|putchar|stdout|stderr|g_print|g_printerr|g_message|g_warning"
ENDING = r"(?:exit|_exit|abort) \("
IO = r"(?:fopen|fread|fwrite|open|read|write|close|g_file_[a-z_]*|g_spawn_[a-z_]*|g_subprocess_[a-z_]*) \("
MACHINE = r"(?:time|clock_gettime|gettimeofday|g_get_[a-z]*_time|rand|random|srand|g_rand[a-z_]*) \("
UNORDERED = r"g_hash_table_(?:iter_init|foreach|get_keys|get_values)"

# Strings, character constants and comments.
NO_CODE = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/', re.S)


def layer_of(path):
    """The folder of LAYERS that the file `path`, relative to the root, is in."""
    folder = path.rsplit("/", 1)[0]
    while folder not in LAYERS:
        folder = folder.rsplit("/", 1)[0]
    return folder


def below(folder):
    """All folders that `folder` may include headers of."""
    found = {folder}
    for other in LAYERS[folder]:
        found |= below(other)
    return found


def blank(match):
    """The same number of lines, empty."""
    return '""' + "\n" * match[0].count("\n")


class Tree:
    """The sources, each as its lines and as its lines without strings and comments."""

    def __init__(self, root):
        self.includes, self.code, self.folders = [], [], {}
        for top in sorted({folder.split("/")[0] for folder in LAYERS}):
            for path in sorted((root / top).rglob("*.*")):
                if path.suffix in (".c", ".h", ".inc"):
                    self.read(path, str(path.relative_to(root)))

    def read(self, path, name):
        text = path.read_text(encoding="utf-8")
        self.folders.setdefault(str(Path(name).parent), []).append(name)
        for number, line in enumerate(text.splitlines(), 1):
            match = re.match(r'#include "([^"]+)"', line)
            if match:
                self.includes.append((name, number, match[1]))
        for number, line in enumerate(NO_CODE.sub(blank, text).splitlines(), 1):
            self.code.append((name, number, line))

    def users(self, names, folders, but=()):
        """The lines of `folders` that use one of `names`, a pattern; files of `but` may."""
        pattern = re.compile(rf"(?<!\w)(?:{names})" + ("" if names.endswith("(") else r"(?!\w)"))
        return [f"{name}:{number}: {line.strip()}" for name, number, line in self.code
                if pattern.search(line) and layer_of(name) in folders and name not in but]


def upward(tree, folder):
    allowed = below(folder)
    return [f"{name}:{number}: {header}" for name, number, header in tree.includes
            if layer_of(name) == folder and layer_of(header) not in allowed]


def private(tree):
    return [f"{name}:{number}: {header}" for name, number, header in tree.includes
            if header.startswith("models/tcp/") and not name.startswith("models/tcp/")
            and name != SIZES and Path(header).stem not in PUBLIC_TCP]


def globals_of(tree):
    """Variables outside functions and static ones in them. (A gsize is the flag of g_once_init_enter().)"""
    return [f"{name}:{number}: {line.strip()}" for name, number, line in tree.code
            if layer_of(name) in ("sim", "models") and re.match(r" *(?:static|extern) [^(]*[;=]", line)
            and not re.search(r"\b(?:const|gsize)\b", line)]


def crowded(tree):
    return [f"{folder}: {len(files)} files" for folder, files in tree.folders.items() if len(files) > MOST_FILES]


def main():
    tree = Tree(Path(sys.argv[1]))
    checks = [(f"{folder}/ includes only what stands below it", upward(tree, folder)) for folder in LAYERS]
    checks += [
        ("only public headers of models/tcp/ are included elsewhere", private(tree)),
        (f"no folder has more than {MOST_FILES} sources", crowded(tree)),
        # A stream may be standard output.
        ("nothing below cli/ prints", tree.users(PRINTING, LIBRARIES, but=["base/stream.c"])),
        ("only cli/ ends the program", tree.users(ENDING, LIBRARIES)),
        ("nothing in sim/ and models/ does I/O", tree.users(IO, ["sim", "models"])),
        # gnuplot is a program, which reads and writes files.
        ("nothing in plots/ does I/O but where gnuplot is run",
         tree.users(IO, [f for f in LAYERS if f.startswith("plots")], but=["plots/page/gnuplot.c"])),
        # The results of a sweep do not depend on how often they are committed and reported, nor on the number of
        # shards.
        ("nothing simulated knows the clock or the dice of the machine",
         tree.users(MACHINE, LIBRARIES, but=[
             "lab/sweep/threads.c", "lab/sweep/reorder_queue.c", "lab/cluster/size.c"])),
        ("no order comes from a hash table", tree.users(UNORDERED, list(LAYERS))),
        ("sim/ and models/ have no global that changes", globals_of(tree)),
    ]
    if not tree.includes or not tree.code:
        checks.append(("there are sources", ["none"]))
    report(checks)


main()
