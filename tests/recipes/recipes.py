#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Where to change what (docs/design.md) is true: each recipe is applied in a copy of the tree, which is then built and
tried. A recipe is a file NAME.recipe beside this one:

  adds: a mutant                        the row of the table in docs/design.md; its files must be those of the recipe
  === new PATH                          a new file; what follows, up to the next "===", is its text
  === after PATH: TEXT                  what follows is put below the first line that has TEXT in it
  === above PATH: TEXT                  ... above that line
  === change PATH: TEXT                 ... in the place of that line
  === run COMMAND                       a command in the copy, "synfin" is its program; every line that follows is in
                                        what it prints

A recipe may touch three files by hand. Not counted are the row that a new file needs in the list of its folder
(FILES.md), which puts it into the build, and what ./dev generate brings up to date.

All recipes are applied to one copy, which is built once; so they must also go together.

Usage: recipes.py ROOT
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MOST_FILES = 3
LISTS = ("FILES.md", "README.md")
HERE = Path(__file__).parent


class Recipe:
    def __init__(self, path):
        head, *parts = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)
        self.name = path.stem
        self.adds = re.search(r"^adds: (.*)$", head, re.M)[1]
        self.steps = []
        for part in parts:
            line, _, text = part.partition("\n")
            verb, _, rest = line.partition(" ")
            where, _, anchor = rest.partition(": ") if verb not in ("new", "run") else (rest, "", "")
            self.steps.append((verb, where, anchor, text.rstrip("\n") + "\n"))

    def files(self):
        """The files that a person edits: without lists of files."""
        touched = {where for verb, where, _, _ in self.steps if verb != "run"}
        return {path for path in touched if Path(path).name not in LISTS}

    def apply(self, tree):
        for verb, where, anchor, text in self.steps:
            if verb == "new":
                create(tree / where, text)
            elif verb != "run":
                edit(tree / where, verb, anchor, text)

    def commands(self):
        return [(where, [line for line in text.splitlines() if line]) for verb, where, _, text in self.steps
                if verb == "run"]


def create(path, text):
    if path.exists():
        raise ValueError(f"{path.name} is there already")
    path.write_text(text, encoding="utf-8")


def edit(path, verb, anchor, text):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next((i for i, line in enumerate(lines) if anchor in line), None)
    if at is None:
        raise ValueError(f"{path.name} has no line with: {anchor}")
    first, last = {"after": (at + 1, at + 1), "above": (at, at), "change": (at, at + 1)}[verb]
    path.write_text("".join(lines[:first]) + text + "".join(lines[last:]), encoding="utf-8")


def rows_of(page):
    """The table of the page: what is added, and the files that its row names."""
    section = page.read_text(encoding="utf-8").split("## Where to change what", 1)[1].split("And, not executed:", 1)[0]
    return {cells[0]: set(re.findall(r"`([\w./-]+\.\w+|po/LINGUAS)`", cells[1]))
            for cells in re.findall(r"^\| ([^|]+?) \| (.+) \|$", section, re.M) if cells[0] not in ("to add", "---")}


def pattern_of(path):
    """A file of a row as a pattern: NAME, LANG and TOPIC are anybody's."""
    return re.compile(re.sub(r"NAME|LANG|TOPIC", r"[\\w-]+", re.escape(path)) + "$")


def undocumented(recipe, rows):
    """What the row of `recipe` and its files disagree in."""
    if recipe.adds not in rows:
        return [f"docs/design.md has no row '{recipe.adds}'"]
    patterns = {path: pattern_of(path) for path in rows[recipe.adds]}
    wrong = [f"{path} is not in its row" for path in recipe.files()
             if not any(p.match(path) for p in patterns.values())]
    return wrong + [f"its row has {path}" for path, pattern in patterns.items()
                    if not any(pattern.match(touched) for touched in recipe.files())]


def copy_of(root, folder):
    """A copy of the sources, as a stranger would have cloned them."""
    tree = folder / "synfin"
    shutil.copytree(root, tree, symlinks=True, ignore=lambda path, names: [
        name for name in names if name in (".git", "out", "build-mutate", "__pycache__")
        or (Path(path) / name / "build.ninja").exists()])
    return tree


def run(tree, *command):
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def build(tree):
    """Builds the program of the copy; returns what the compiler says, "" if all is well."""
    for command in (["meson", "setup", "build", "-Dbuildtype=debug", "--werror"],
                    ["ninja", "-C", "build", "cli/synfin", "synfin-gmo"], ["./dev", "generate"]):
        done = run(tree, *command)
        if done.returncode != 0:
            return done.stdout + done.stderr
    return ""


def missing(tree, command, wanted):
    """The lines that `command` should print and does not."""
    done = run(tree, "bash", "-c", f"PATH=$PWD/build/cli:$PATH; {command}")
    printed = done.stdout + done.stderr
    lost = [line for line in wanted if line not in printed]
    return [f"{command}: not printed: {line}" for line in lost] + (printed.splitlines() if lost else [])


def checks(root, tree, recipes):
    rows = rows_of(root / "docs/design.md")
    yield "there are recipes", [] if recipes else ["none"]
    for recipe in recipes:
        files = recipe.files()
        yield f"{recipe.adds} takes at most {MOST_FILES} files", sorted(files) if len(files) > MOST_FILES else []
        yield f"{recipe.adds} is in docs/design.md as it is done", undocumented(recipe, rows)
        try:
            recipe.apply(tree)
            yield f"the recipe of {recipe.adds} can be applied", []
        except (OSError, ValueError) as error:
            yield f"the recipe of {recipe.adds} can be applied", [str(error)]
    complaints = build(tree)
    yield "all of it builds", complaints.splitlines()[-40:]
    for recipe in recipes if not complaints else []:
        yield f"{recipe.adds} is tried", [] if recipe.commands() else ["the recipe runs nothing"]
        for command, wanted in recipe.commands():
            yield f"{recipe.adds}: {command}", missing(tree, command, wanted)


def main():
    root = Path(sys.argv[1])
    recipes = [Recipe(path) for path in sorted(HERE.glob("*.recipe"))]
    os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="en")
    n = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = copy_of(root, Path(folder))
        for n, (name, wrong) in enumerate(checks(root, tree, recipes), 1):
            print("not ok" if wrong else "ok", n, name)
            for line in wrong:
                print("#", line)
    print(f"1..{n}")


main()
