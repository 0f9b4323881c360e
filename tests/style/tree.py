#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The files of the project: the source tree without the output of builds, demos and tools.

Usage: tree.py ROOT NAME-OR-ENDING...    prints the paths of those whose names are, or end in, one of these
"""
import os
import sys
from pathlib import Path

# Folders of the tree that hold such output.
MADE = ("out", "build-mutate", "__pycache__")


def is_made(folder):
    return folder.name.startswith(".") or folder.name in MADE or (folder / "meson-private").exists()


def files(*endings):
    """The paths, below the current folder, of the files whose names end in one of `endings`, in their order."""
    found = []
    for folder, below, names in os.walk("."):
        below[:] = [name for name in below if not is_made(Path(folder, name))]
        found += [Path(folder, name) for name in names if name.endswith(endings)]
    return sorted(found)


def main():
    os.chdir(sys.argv[1])
    for path in files(*sys.argv[2:]):
        print(path)


if __name__ == "__main__":
    main()
