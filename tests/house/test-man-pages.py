#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages name each command and option that the programs have, and no other.

Usage: test-man-pages.py PAGE PROGRAM [PAGE PROGRAM]…"""

import pathlib
import re
import subprocess
import sys

OPTION = re.compile(r"(?<![\w-])--([a-z][a-z0-9-]+)")
# What GLib's help speaks of, which is everybody's
COMMON = {"help-all", "help-gapplication"}


def ask(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout


def look_at(page, program):
    text = pathlib.Path(page).read_text(encoding="utf-8")
    told = ask(program, "--help")
    commands = set(re.findall(r"^  ([a-z][a-z-]+(?: (?:clear|add|remove|enable|disable))?)(?= |$)",
                              told.partition("Commands:")[2].partition("\n\n")[0], re.M))
    if "--help-gapplication" in told:
        told += ask(program, "--help-gapplication")
    for command in commands:
        told += ask(program, *command.split(), "--help")

    has = set(OPTION.findall(told)) - COMMON
    listed = set(re.findall(r"^\.It (?:Fl v , )?Fl -([a-z0-9-]+)", text, re.M))
    described = set(re.findall(r"^\.It Cm ([a-zA-Z0-9-]+(?: (?:clear|add|remove|enable|disable))?)", text, re.M))
    faults = set(re.findall(r"^  ([a-zA-Z0-9-]+) {2,}", told.partition("Faults:\n")[2].partition("\n\n")[0], re.M))
    return {
        "options without a word in the page": has - listed,
        "options that there are not": listed - has,
        "commands without a word in the page": commands - described,
        "faults without a word in the page": faults - described,
        "commands that there are not": described - commands - faults,
    }


def main():
    pairs = list(zip(sys.argv[1::2], sys.argv[2::2]))
    print(f"1..{len(pairs)}")
    failed = False
    for number, (page, program) in enumerate(pairs, 1):
        wrong = {what: names for what, names in look_at(page, program).items() if names}
        for what, names in wrong.items():
            print(f"# {what}: {', '.join(sorted(names))}")
        print(f"{'not ok' if wrong else 'ok'} {number} - {pathlib.Path(page).name}")
        failed |= bool(wrong)
    sys.exit(failed)


main()
