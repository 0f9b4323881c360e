#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The versions (CONTRIBUTING.md) agree: that of meson.build is the latest of the changelog, and begins with that of the
scenario language, but for 0.x.y, which came before the scheme; the schema and the lessons have that of the language.

Usage: version.py ROOT
"""
import os
import re
import sys
from pathlib import Path

from tap import report
from tree import files


def first(pattern, path):
    """What the group of `pattern` matches first in the file."""
    match = re.search(pattern, Path(path).read_text(encoding="utf-8"), re.M)
    return match[1] if match else "none"


def differences(**found):
    """What was found where, if it is not the same everywhere."""
    return [f"{name}: {value}" for name, value in found.items()] if len(set(found.values())) != 1 else []


def checks():
    version = first(r"^  version: '([0-9.]+)'", "meson.build")
    released = first(r"^## \[([0-9][^\]]*)\] - \d{4}-\d\d-\d\d$", "CHANGELOG.md")
    language = first(r"^#define SF_LANGUAGE_VERSION (\d+)$", "lab/language/scenario.h")
    schema = first(r'"version": \{\s*"const": (\d+)', "docs/scenario.schema.json")
    lessons = {first(r"^synfin: (\d+)$", path) for path in files(".yaml") if path.parts[0] == "scenarios"}
    yield "the version is in the changelog", differences(meson=version, changelog=released)
    yield "there is a section for what is not released", differences(
        first=first(r"^## \[([^\]]*)\]", "CHANGELOG.md"), expected="Unreleased")
    major = version.split(".")[0]
    yield "the version begins with that of the language", [] if major in ("0", language) else [version, language]
    yield "the schema has the version of the language", differences(schema=schema, language=language)
    yield "the lessons do", differences(lessons=", ".join(sorted(lessons)), language=language)


def main():
    os.chdir(sys.argv[1])
    report(checks())


main()
