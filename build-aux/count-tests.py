#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints how many tests passed, failed and were skipped, from the JUnit file that meson test leaves.

The lines after that name those that failed, with how they began to say why."""

import re
import sys
import xml.etree.ElementTree as ET

REASON_LINES = 3


def read_reasons(suite):
    """What a program says below each of its checks that failed."""
    output = suite.findtext('system-out') or ''
    reasons = {}
    for name, text in re.findall(r'^not ok (.*)\n((?:#.*\n?)*)', output, re.M):
        lines = [line[1:].strip() for line in text.splitlines()]
        reasons[name] = lines[-REASON_LINES:] if lines[:1] == ['Traceback (most recent call last):'] else lines[:REASON_LINES]
    return reasons


passed = skipped = 0
failed = []
for suite in ET.parse(sys.argv[1]).getroot():
    seen = len(failed)
    reasons = read_reasons(suite)
    for case in suite.iter('testcase'):
        if case.find('failure') is not None or case.find('error') is not None:
            reason = ' / '.join(reasons.get(case.get('name'), []))
            failed.append(f'{suite.get("name")}: {case.get("name")}' + (f': {reason}' if reason else ''))
        elif case.find('skipped') is not None:
            skipped += 1
        else:
            passed += 1
    # A program may fail although each of its checks passed: it crashed, or leaked
    n_errors = int(suite.get('errors', 0)) + int(suite.get('failures', 0))
    failed += [suite.get('name')] * (n_errors - (len(failed) - seen))

if passed + len(failed) + skipped == 0:
    sys.exit('no test was run')
print(passed, len(failed), skipped)
print(*failed, sep='\n')
