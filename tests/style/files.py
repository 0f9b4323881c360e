#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lists of the files of a folder are complete and name no others: FILES.md, and models/tcp/README.md for the .c files
there. A row of the table names files in its first cell; `.c` after a header is the file of the same name. And the
folders below tests/ are those of the tree.

Usage: files.py ROOT
"""
import os
import re
import sys
from pathlib import Path

from tap import report

SOURCES = (".c", ".h", ".inc")
TOPS = ("sim", "base", "models", "trace", "lab", "plots", "results", "cli")

# Folders of tests/ that test the whole tree, or help other tests.
ACROSS = ("docs", "fuzz", "reference", "scenarios", "style", "support")


def named(page):
    """The files that the table of `page` names."""
    names = set()
    for cell in re.findall(r"^\| *(`[^|]*)\|", page.read_text(encoding="utf-8"), re.M):
        stem = ""
        for name in re.findall(r"`([^`]+)`", cell):
            if name.startswith("."):
                name = stem + name
            stem = name.rsplit(".", 1)[0]
            names.add(name)
    return names


def compare(page, there, suffixes=SOURCES):
    """Checks that `page` names the files of `there` that end in `suffixes`, and none that does not exist."""
    said = named(page)
    yield f"{page} names files", [] if said else ["none"]
    yield f"{page} names all files", sorted(name for name in there - said if name.endswith(suffixes))
    yield f"{page} names only files that are there", sorted(said - there)


def sources(folder):
    """The sources of `folder` and below, except those in folders with their own list."""
    lists = ("FILES.md", "README.md")
    own = {path.parent for name in lists for path in folder.rglob(name) if path.parent != folder}
    return {str(path.relative_to(folder)) for path in folder.rglob("*")
            if path.suffix in SOURCES and not own & set(path.parents)}


def checks():
    for top in TOPS:
        listed = [page.parent for page in sorted(Path(top).rglob("FILES.md"))]
        yield f"{top}/ has lists", [] if listed else ["none"]
        for folder in listed:
            yield from compare(folder / "FILES.md", sources(folder))
        lost = {str(path) for path in Path(top).rglob("*") if path.suffix in SOURCES}
        lost -= {str(folder / name) for folder in listed for name in sources(folder)}
        lost -= {str(path) for path in Path("models/tcp").iterdir()}
        yield f"every source of {top}/ is in a folder with a list", sorted(lost)
    yield from compare(Path("models/tcp/README.md"), sources(Path("models/tcp")), (".c", ".inc"))
    folders = {str(path.parent.relative_to("tests")) for path in Path("tests").rglob("*.c")}
    yield "the folders of C tests are those of the tree", sorted(
        folder for folder in folders if folder.split("/")[0] not in ACROSS and not Path(folder).is_dir())


def main():
    os.chdir(sys.argv[1])
    report(checks())


main()
