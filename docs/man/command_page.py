#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the man page synfin(1), or docs/commands.md: a page written by hand, with what the program says of its
commands (--help) in the place of the line @COMMANDS@; so it knows every option.

Usage: command_page.py PAGE.in SYNFIN VERSION [--markdown] >PAGE
"""
import os
import re
import subprocess
import sys

# The program speaks English here, whatever the locale.
ENGLISH = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}


def help_of(synfin, *command):
    return subprocess.run([synfin, *command, "--help"], stdout=subprocess.PIPE, check=True, env=ENGLISH).stdout.decode()


def commands_of(synfin):
    """Name and summary of each command, in the order of the program."""
    listed = help_of(synfin).partition("Commands:\n")[2].partition("\n\n")[0]
    return re.findall(r"^ {2}(\S+) +(.*)$", listed, re.M)


def parts_of(text):
    """Usage line, paragraphs of description, and (option, words) of a command's help."""
    usage = re.search(r"^  synfin (.*)$", text, re.M)[1]
    before, _, options = text.partition("Options:\n")
    description = before.partition(usage)[2].strip().split("\n\n")
    rows = re.findall(r"^ {2}(?:(-\w), )? *(--[\w-]+(?:=\S+)?) +(.*(?:\n {20,}.*)*)$", options, re.M)
    return usage, description, [(", ".join(filter(None, row[:2])), " ".join(row[2].split())) for row in rows]


def escape(text):
    """Text for roff."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("…", "...")
    return "\\&" + text if text.startswith((".", "\\(aq")) else text


def print_roff(_name, _summary, usage, description, options):
    print(f".SS synfin {escape(usage)}")
    for i, paragraph in enumerate(description):
        print((".PP\n" if i else "") + "\n".join(escape(line) for line in paragraph.split("\n")))
    for option, words in options:
        print(f".TP\n\\fB{escape(option)}\\fR\n{escape(words)}")


def print_markdown(name, summary, usage, description, options):
    print(f"## {name}: {summary}\n\n```\nsynfin {usage}\n```\n")
    for paragraph in description:
        print(paragraph + "\n")
    print("| option | what |\n| --- | --- |")
    for option, words in options:
        print(f"| `{option}` | {words.replace('|', chr(92) + '|')} |")
    print()


def main(page, synfin, version, *flags):
    print_command = print_markdown if "--markdown" in flags else print_roff
    with open(page, encoding="utf-8") as file:
        for line in file:
            if line.strip() != "@COMMANDS@":
                print(line.replace("@VERSION@", version), end="")
                continue
            for name, summary in commands_of(synfin):
                print_command(name, summary, *parts_of(help_of(synfin, name)))


main(*sys.argv[1:])
