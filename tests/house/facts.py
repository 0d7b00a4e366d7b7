# SPDX-License-Identifier: GPL-3.0-or-later
"""How tests tell of facts that are looked up rather than tried."""

import sys


def tell(results):
    """Prints for each fact whether it holds, and what speaks against it; `results` has a list of that by name. Does not
    return."""
    print(f'1..{len(results)}')
    for number, (name, problems) in enumerate(results.items(), 1):
        for problem in problems:
            print(f'{name}: {problem}', file=sys.stderr)
        print(f'{"not ok" if problems else "ok"} {number} {name}')
    sys.exit(any(results.values()))
