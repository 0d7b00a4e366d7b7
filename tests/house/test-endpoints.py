#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""That CONTRIBUTING.md tells the truth about where each endpoint of the Bridge API is."""

import os
import re
from pathlib import Path

import facts

ROOT = Path(os.environ['SOURCE_ROOT'])

# The specification, version 1.6
ENDPOINTS = ['/auth', '/configAuth', '/list', '/lockState', '/lockAction', '/unpair', '/info', '/callback/add',
             '/callback/list', '/callback/remove', '/log', '/clearlog', '/fwupdate', '/reboot', '/factoryReset']

guide = (ROOT / 'CONTRIBUTING.md').read_text()
client = (ROOT / 'src/protocol/latch-client.h').read_text() + (ROOT / 'src/protocol/latch-discovery.h').read_text()
commands = (ROOT / 'src/cli/latch-ctl-commands.c').read_text()
rows = {}
for line in guide.splitlines():
    if match := re.match(r'\| `(/[^`]+)` \| (.*) \|$', line):
        rows[match[1]] = [re.findall(r'`([^`]+)`', cell) for cell in match[2].split(' | ')]


def misses(path):
    """What the row of an endpoint names that is not there."""
    if path not in rows:
        yield f'{path} has no row'
        return
    functions, words, places, tests = rows[path]
    for kind, names in ('function', functions), ('command', words), ('test', tests):
        if not names:
            yield f'{path} has no {kind}'
    yield from (f'{path}: there is no {name}' for name in functions if f'{name}_async (' not in client)
    yield from (f'{path}: there is no command {name}' for name in words if f'"{name}"' not in commands)
    for name in places:
        kebab = re.sub('(?<!^)(?=[A-Z])', '-', name).lower()
        if not (ROOT / f'src/ui/{kebab}.c').exists():
            yield f'{path}: there is no class {name}'
    for name in tests:
        if not (ROOT / 'tests' / name).exists():
            yield f'{path}: there is no tests/{name}'
        elif path not in (ROOT / 'tests' / name).read_text():
            yield f'{path}: tests/{name} does not mention it'


results = {f'/endpoints{path}': list(misses(path)) for path in [*ENDPOINTS, '/discover/bridges']}
results['/endpoints/no-others'] = [path for path in rows if path not in [*ENDPOINTS, '/discover/bridges']]
facts.tell(results)
