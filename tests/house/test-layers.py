#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Layers point down only, the simulator stands alone, and nothing below the windows knows GTK."""

import os
import re
import subprocess
from pathlib import Path

import facts

SOURCE = Path(os.environ['SOURCE_ROOT']) / 'src'
BUILD = Path(os.environ['BUILD_ROOT']) / 'src'

# Who may include whose headers
BELOW = {
    'protocol': {'protocol'},
    'model': {'model', 'protocol'},
    'cli': {'cli', 'model', 'protocol'},
    'ui': {'ui', 'model', 'protocol'},
    'simulator': {'simulator'},
}
TOOLKIT = re.compile(r'#include <(gtk|gdk|gsk|adwaita)')

home = {header.name: layer for layer in BELOW for header in (SOURCE / layer).glob('*.h')}
results = {}


def check(name, problems):
    results[name] = problems


for layer, allowed in BELOW.items():
    upward, toolkit = [], []
    for path in sorted((SOURCE / layer).glob('*.[ch]')):
        text = path.read_text()
        for included in re.findall(r'#include ["<]([\w./-]+)[">]', text):
            if '/' in included and included.startswith(tuple(BELOW)):
                upward.append(f'{path.name} includes {included} by its folder')
            elif home.get(included, layer) not in allowed:
                upward.append(f'{path.name} includes {included} of {home[included]}')
        if layer != 'ui' and TOOLKIT.search(text):
            toolkit.append(path.name)
    check(f'/layers/{layer}/includes-only-what-is-below', upward)
    if layer != 'ui':
        check(f'/layers/{layer}/knows-no-gtk', toolkit)

for program in (BUILD / 'cli' / 'nightlatchctl', BUILD / 'simulator' / 'nightlatch-simulator'):
    linked = subprocess.run(['ldd', program], check=True, capture_output=True, text=True).stdout
    check(f'/layers/{program.name}/links-no-gtk', re.findall(r'lib(?:gtk|adwaita)[\w.-]*', linked))

facts.tell(results)
