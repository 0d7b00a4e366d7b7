#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints how many tests passed, failed and were skipped, from the JUnit file that meson test leaves."""

import sys
import xml.etree.ElementTree as ET

passed = failed = skipped = 0
for suite in ET.parse(sys.argv[1]).getroot():
    for case in suite.iter('testcase'):
        if case.find('failure') is not None or case.find('error') is not None:
            failed += 1
        elif case.find('skipped') is not None:
            skipped += 1
        else:
            passed += 1
    # A program may fail although each of its checks passed: it crashed, or leaked
    n_errors = int(suite.get('errors', 0)) + int(suite.get('failures', 0))
    seen = sum(1 for case in suite.iter('testcase') if case.find('failure') is not None or case.find('error') is not None)
    failed += max(0, n_errors - seen)

if passed + failed + skipped == 0:
    sys.exit('no test was run')
print(passed, failed, skipped)
