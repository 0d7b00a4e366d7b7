#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""That each program's manual page and its help tell the same: neither has a command, an option or a fault more. And that the
completions of the application, which are written by hand, do so, too."""

import os
import re
import subprocess
from pathlib import Path

import facts

ROOT = Path(os.environ['SOURCE_ROOT'])
BUILD = Path(os.environ['BUILD_ROOT'])
OPTION = r'(?<![\w-])--[a-z][a-z0-9-]*[a-z0-9]'


def help_of(program, *arguments):
    env = dict(os.environ, LC_ALL='C.UTF-8')
    return subprocess.run([program, *arguments, '--help'], capture_output=True, text=True, check=True, env=env).stdout


def page_of(name):
    text = subprocess.run(['mandoc', '-T', 'utf8', '-O', 'width=200', BUILD / f'data/man/{name}.1'], capture_output=True,
                          text=True, check=True).stdout
    return re.sub('.\b', '', text)


def section(page, title):
    """The lines of a section that begin its items, which stand out to the left."""
    body = re.search(rf'^{title}\n(.*?)(?=^\S|\Z)', page, re.M | re.S)[1]
    return [re.split(r'  +', line.strip())[0] for line in re.findall(r'^ {5}(\S.*)$', body, re.M)]


def differences(told, written):
    yield from (f'{item} is not in the manual' for item in sorted(told - written))
    yield from (f'{item} is not in the help' for item in sorted(written - told))


def ctl():
    help_, page = help_of(BUILD / 'src/cli/nightlatchctl'), page_of('nightlatchctl')
    commands = set(re.findall(r'^  ([a-z].*?)  ', help_, re.M))
    yield from differences({command.replace('[WORD…]', '[WORD ...]') for command in commands}, set(section(page, 'COMMANDS')))
    options = set(re.findall(OPTION, help_))
    written = {re.match(OPTION, line)[0] for line in section(page, 'OPTIONS') if line.startswith('--')}
    yield from differences(options, written)
    yield from differences(options, set(re.findall(OPTION, page)))
    statuses = set(re.findall(r'(\d) [a-z]', help_.split('Exit status: ')[1]))
    yield from differences(statuses, {line.split()[0] for line in section(page, 'EXIT STATUS')})


def simulator():
    help_, page = help_of(BUILD / 'src/simulator/nightlatch-simulator'), page_of('nightlatch-simulator')
    options = set(re.findall(r'^  (?:-., )?(--\S+)  ', help_, re.M))
    written = {re.sub('^-., ', '', line) for line in section(page, 'OPTIONS') if line.startswith('-')}
    yield from differences(options, written)
    faults = set(re.findall(r'^  ([a-z]\S*)  ', help_.split('Faults:\n')[1].split('\n\n')[0], re.M))
    known = set(section(page, 'FAULTS'))
    yield from differences(faults, {line for line in known if re.fullmatch(r'[a-z][\w-]*', line)})
    steering = set(re.findall(r'(?:GET|POST|DELETE) (/simulator/[a-z]+)', help_))
    yield from differences(steering, set(re.findall(r'(?:GET|POST|DELETE) (/simulator/[a-z]+)', page)))


def application():
    page = page_of('nightlatch')
    # What GLib itself adds is not there before an application runs
    help_ = help_of(BUILD / 'src/nightlatch') + help_of(BUILD / 'src/nightlatch', '--help-all') + '--version'
    options = set(re.findall(OPTION, help_))
    yield from differences(options, set(re.findall(OPTION, page)))
    for name in 'nightlatch.bash', '_nightlatch', 'nightlatch.fish':
        text = re.sub(r' -l ', ' --', (ROOT / 'data/completions' / name).read_text())
        yield from (f'{name} does not know {option}' for option in sorted(options - set(re.findall(OPTION, text))))


results = {
    '/manual/nightlatchctl-as-its-help': list(ctl()),
    '/manual/nightlatch-simulator-as-its-help': list(simulator()),
    '/manual/nightlatch-as-its-help': list(application()),
}
facts.tell(results)
