#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what benchmarks have left in their JSON files, and on what they ran, which it adds to the files."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path


def describe_machine():
    cpuinfo = Path('/proc/cpuinfo').read_text()
    names = [line.split(':', 1)[1].strip() for line in cpuinfo.splitlines() if line.startswith('model name')]
    gtk = subprocess.run(['pkg-config', '--modversion', 'gtk4'], capture_output=True, text=True).stdout.strip()
    return {
        'processor': f'{os.cpu_count()} × {names[0] if names else platform.machine()}',
        'system': f'{platform.freedesktop_os_release().get("PRETTY_NAME", "?")}, Linux {platform.release()}, GTK {gtk}',
        'load': f'{os.getloadavg()[0]:.1f} tasks were running or waiting, on average',
    }


machine = describe_machine()
for value in machine.values():
    print(value)

for path in map(Path, sys.argv[1:]):
    result = json.loads(path.read_text())
    result['machine'] = machine
    path.write_text(json.dumps(result, indent=1) + '\n')
    print(f'\n{result["name"]}: {result["goal"]}')
    for run in result['runs']:
        print(f'\n  {run["title"]:<50} {"median":>8} {"99 %":>8} {"most":>8}')
        for name, figures in run['figures'].items():
            print(f'    {name:<48} {figures["median"]:8.2f} {figures["p99"]:8.2f} {figures["max"]:8.2f}')
        frame = f'a frame is {run["refreshIntervalMs"]:.1f} ms; ' if 'refreshIntervalMs' in run else ''
        print(f'    {frame}the goal was {"met" if run["goalMet"] else "missed"}')
