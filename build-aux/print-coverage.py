# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what tests go through: print-coverage.py GCOVR-JSON LEAST-PERCENT [FILE…]; fails where a folder has less."""

import collections
import json
import os
import sys


def percent(part, whole):
    return 100 * part / whole if whole else 100


def describe(name, counts):
    lines, all_lines, branches, all_branches = counts
    return (f'{name:45} {percent(lines, all_lines):6.1f} % {lines:5}/{all_lines:<5}'
            f' {percent(branches, all_branches):6.1f} % {branches:5}/{all_branches:<5}')


def main():
    with open(sys.argv[1], encoding='utf-8') as stream:
        files = json.load(stream)['files']
    least, wanted = float(sys.argv[2]), sys.argv[3:]

    folders = collections.defaultdict(lambda: [0, 0, 0, 0])
    print(f'{"":45} {"lines":>8} {"":11} {"branches":>8}')
    for file in files:
        lines = [line for line in file['lines'] if not line.get('gcovr/noncode')]
        branches = [branch for line in lines for branch in line['branches'] if not branch.get('gcovr/excluded')]
        counts = [sum(line['count'] > 0 for line in lines), len(lines),
                  sum(branch['count'] > 0 for branch in branches), len(branches)]
        print(describe(file['file'], counts))
        for i, count in enumerate(counts):
            folders[os.path.dirname(file['file'])][i] += count

    print()
    for name, counts in folders.items():
        print(describe(name, counts))

    for file in files:
        if file['file'] not in wanted:
            continue
        with open(file['file'], encoding='utf-8') as stream:
            source = stream.read().splitlines()
        print(f'\n{file["file"]}: lines (L) that no test reaches, and conditions (B) that always turn out the same')
        for line in file['lines']:
            unreached = not line['count'] and not line.get('gcovr/noncode')
            one_way = any(not branch['count'] and not branch.get('gcovr/excluded') for branch in line['branches'])
            if unreached or one_way:
                print(f'{line["line_number"]:5} {"L" if unreached else " "}{"B" if one_way else " "} '
                      f'{source[line["line_number"] - 1]}')

    return any(percent(counts[i], counts[i + 1]) < least for counts in folders.values() for i in (0, 2))


if __name__ == '__main__':
    sys.exit(main())
