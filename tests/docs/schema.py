#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""docs/scenario.schema.json and the loader agree: on all lessons, and on everything that the loader refuses.

Usage: schema.py ROOT SYNFIN PRINT-BROKEN...

`PRINT-BROKEN --print` prints an example of each mistake, a scenario that ends with a NUL. The schema must refuse these,
too, except those that are no YAML, and the mistakes below.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

# Messages of the loader about mistakes that no schema can find: it would have to know the meaning of names, compute
# with units, compare two values, or look at the parents of a node.
BEYOND_A_SCHEMA = [
    r"unknown host",
    r"unknown link",
    r"no link between",
    r"\d links between",
    r"the name '.*' is used twice",
    r"a (link|segment) from .* to itself",
    r"\d hosts and routers, but no `links`",
    r"an address in common",
    r"an address only if it translates",
    r"is for a router that translates",
    r"are translated twice",
    r"is behind '.*', and can be linked to nothing else",
    r"an address that a host on a network can have",
    r"there are no \d+ addresses from",
    r"addresses in a row are left",
    r"no address is left",
    r"^'[\d.]+ ?[A-Za-z%/]+' is out of range",
    r"too finely divided",
    r"is too large; expected a time",
    r"^'100 kb' has a wrong unit",  # it could be a text
    r"after the time limit",
    r"from more to less",
    r"is out of range; it must be 5 B",
    r"is less than",
    r"the first is larger than the second",
    r"'.*' is no error",
    r"has no unit: expected .*, optionally after",  # which unit depends on the metric
    r"no segment can match",
    r"can not work",
    # what may vary, and where; the names of measures and parameters
    r"^unknown key '(lss|p)' in (link|loss)",
    r"^unknown key 'link' in the scenario",
    r"^unknown key 'mls' in tcp; did you mean 'msl'\?$",
    r"^no item 3 in a list of 1",
    r"^unknown (variant|expectation|measure|parameter) ",
    r"^'some' is not a number",
    r"is there twice",
    r"a range needs a 'step'",
    r"lead to '28%', and not to '30%'",
    r"is a (time|percentage), but ",
    r"which is not above",
    r"leads nowhere",
    r"^more than \d+ (values from|points)",
    r"can not begin at 0",
    r"different values from",
    r": nothing varies",
    r"go together in a list",
    r"more than 0% and less than 100%",
    r"^this needs \d parameters? that var(y|ies)",
    r"is on the other axis already",
    r"a rate is made of times above 0",
    r"^no formula: ",
    r"must be there at all points",
    r"an `each` within an `each`",
    r"more than 4 deep",
]

n = 0


def report(name, trouble):
    global n
    n += 1
    print(f"{'not ok' if trouble else 'ok'} {n} {name}")
    for line in trouble:
        print(f"# {line}")


def parse(text):
    """The scenario as an editor reads it, by YAML 1.2. None if it is not YAML."""
    try:
        return YAML(typ="safe", pure=True).load(text)
    except YAMLError:
        return None


def complaint(synfin, text):
    """The error of the loader without its place; None if there is none."""
    run = subprocess.run([synfin, "check", "/dev/stdin"], input=text, capture_output=True, check=False)
    found = re.search(r"error: (.*)", run.stderr.decode())
    return found and found[1]


def check_lessons(root, validator):
    lessons = sorted((root / "scenarios").glob("*/*.yaml"))
    report("there are lessons", [] if lessons else [f"none in {root}/scenarios"])
    for path in lessons:
        errors = validator.iter_errors(parse(path.read_text(encoding="utf-8")))
        report(f"the schema takes {path.relative_to(root)}", [f"{e.json_path}: {e.message}"[:300] for e in errors])


def check_broken(synfin, examples, validator):
    taken, trouble, refused = set(), [], 0
    for text in examples:
        try:
            document = parse(text.decode())
        except UnicodeDecodeError:
            continue
        if document is None:
            continue
        if not validator.is_valid(document):
            refused += 1
            continue
        said = complaint(synfin, text)
        beyond = said and [pattern for pattern in BEYOND_A_SCHEMA if re.search(pattern, said)]
        taken.update(beyond or [])
        if not beyond:
            trouble.append(f"{text.decode()!r}: {said}")
    report("the schema refuses what the loader refuses", trouble)
    report("most examples of mistakes are held against the schema",
           [] if 2 * refused > len(examples) else [f"{refused} of {len(examples)}"])
    report("no mistake is said to be beyond a schema that is not", [p for p in BEYOND_A_SCHEMA if p not in taken])


def broken_by(program):
    return subprocess.run([program, "--print"], stdout=subprocess.PIPE, check=True).stdout.split(b"\0")[:-1]


def main(root, synfin, programs):
    schema = json.loads((root / "docs/scenario.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    examples = [text for program in programs for text in broken_by(program)]
    check_lessons(root, validator)
    check_broken(synfin, examples, validator)
    print(f"1..{n}")


main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
