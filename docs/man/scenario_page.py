#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the man page synfin-scenario(5): a page written by hand, with the keys of the schema in the place of the
line @KEYS@, and the knobs in that of @KNOBS@; so it knows every key.

Usage: scenario_page.py PAGE.5.in SCHEMA VERSION >PAGE.5
"""
import json
import sys

# The sections of the schema in the order of the page, with their headings. A section that is not here comes after them.
HEADINGS = {
    "keys-top": "Top level",
    "keys-run": "run",
    "keys-host": "hosts.NAME",
    "keys-link": "links",
    "keys-direction": "links: to NAME",
    "keys-jitter": "jitter",
    "keys-gilbert-elliott": "loss: gilbert-elliott",
    "keys-fault": "faults: the actions",
    "keys-match": "Which segments: a matcher",
    "keys-step": "script: the steps",
    "keys-process": "script: a process",
    "keys-option": "script: socket options",
    "keys-check": "expect: the checks",
    "keys-variant": "variants.NAME",
    "keys-predict": "predict: the questions",
}


def escape(text):
    """Text for roff: no escapes, no hyphenation of options and names, no line that begins like a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "").replace("'", "\\(aq")
    return "\\&" + text if text.startswith((".", "\\(aq")) else text


def kind_of(key):
    """The text after the key: the name of its type, or the names that it may be."""
    names = [part["$ref"].rpartition("/")[2] for part in key.get("allOf", []) if "$ref" in part]
    choices = [value for part in key.get("allOf", []) for value in part.get("enum", [])]
    if choices:
        return " | ".join(str(value) for value in choices)
    name = names[0] if names else ""
    return {"empty": "", "wording": "text"}.get(name, name.removeprefix("keys-"))


def print_keys(section, required):
    for name, key in section.items():
        kind = kind_of(key)
        print(f".TP\n\\fB{escape(name)}\\fR" + (f" \\fI{escape(kind)}\\fR" if kind else ""))
        print(escape(key.get("description", "")) + ("; must be there" if name in required else "") + ".")


def print_sections(definitions):
    sections = [name for name in definitions if name.startswith("keys-")]
    for name in [n for n in HEADINGS if n in sections] + [n for n in sections if n not in HEADINGS]:
        section = definitions[name]
        heading = HEADINGS.get(name, name.removeprefix("keys-").replace("-", " "))
        print(f".SS {escape(heading)}\n{escape(section['description'])}.")
        print_keys(section.get("properties", {}), section.get("required", []))


def main(page, schema, version):
    with open(schema, encoding="utf-8") as file:
        definitions = json.load(file)["definitions"]
    with open(page, encoding="utf-8") as file:
        for line in file:
            if line.strip() == "@KEYS@":
                print_sections(definitions)
            elif line.strip() == "@KNOBS@":
                print_keys(definitions["tcp"]["properties"], [])
            else:
                print(line.replace("@VERSION@", version), end="")


main(*sys.argv[1:])
