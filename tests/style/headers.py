#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every header compiles alone, so that it can be included without others. All compile in one unit, so that a name means
one thing.

Reading GLib's headers takes most of the time. It is done once, in advance, for the headers that include them.

Usage: headers.py ROOT COMPILER...
"""
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOPS = ("sim", "base", "models", "trace", "lab", "plots", "results", "cli", "tests")
PACKAGES = ("gio-2.0", "gsl", "jansson", "libfyaml", "sqlite3")


def reached(header, seen):
    """Adds the headers that `header` includes, directly or not, to `seen`."""
    for name in re.findall(r'^#include [<"](.*)[>"]', Path(header).read_text(encoding="utf-8"), re.M):
        if name not in seen:
            seen.add(name)
            if Path(name).exists():
                reached(name, seen)
    return seen


def compiler(command, folder):
    """Returns a function that compiles a text, and returns the complaints."""
    packages = subprocess.run(["pkg-config", "--cflags", *PACKAGES], capture_output=True, text=True, check=True)
    command = [*command, "-std=gnu17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-I.", *packages.stdout.split()]
    glib = folder / "glib.h"
    glib.write_text("#include <glib.h>\n", encoding="utf-8")
    subprocess.run([*command, "-x", "c-header", glib, "-o", f"{glib}.gch"], check=True)

    def compile_text(text, with_glib):
        first = ["-include", glib] if with_glib else []
        done = subprocess.run([*command, *first, "-fsyntax-only", "-x", "c", "-"], input=text, text=True,
                              stderr=subprocess.PIPE, check=False)
        return done.stderr or ("" if done.returncode == 0 else f"status {done.returncode}")

    return compile_text


def main():
    os.chdir(sys.argv[1])
    headers = sorted(str(path) for top in TOPS for path in Path(top).rglob("*.h"))
    units = [(header, f'#include "{header}"\n', "glib.h" in reached(header, set())) for header in headers]
    units.append(("all headers in one unit", "".join(text for _, text, _ in units), True))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        compile_text = compiler(sys.argv[2:], Path(folder))
        for n, ((name, _, _), wrong) in enumerate(zip(units, pool.map(lambda unit: compile_text(*unit[1:]), units)), 1):
            print("not ok" if wrong else "ok", n, name)
            for line in wrong.splitlines():
                print("#", line)
    if not headers:
        print("not ok 2 there are headers")
    print(f"1..{len(units) + (not headers)}")


main()
