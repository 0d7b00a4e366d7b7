#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What desktop entry and settings schema promise, and no validator looks at. What shops ask is in test-flathub.py."""

import configparser
import os
import xml.etree.ElementTree as xml
from pathlib import Path

import facts

ROOT = Path(os.environ['SOURCE_ROOT'])
BUILD = Path(os.environ['BUILD_ROOT'])

entry_path = next((BUILD / 'data').glob('*.desktop'))
app_id = entry_path.name.removesuffix('.desktop')


def actions():
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read(entry_path, encoding='utf-8')
    source = ''.join(path.read_text() for path in (ROOT / 'src/ui').glob('latch-*action*.c'))
    source += (ROOT / 'src/ui/latch-application.c').read_text()
    for action in parser['Desktop Entry']['Actions'].strip(';').split(';'):
        if f'"{action}"' not in source:
            yield f'the application has no action “{action}”'
        group = parser[f'Desktop Action {action}']
        if group.get('Exec') != f'gapplication action {app_id} {action}' or not group.get('Name'):
            yield f'“{action}” is not told rightly'


schema = xml.parse(ROOT / 'data/nightlatch.gschema.xml.in').getroot()
facts.tell({
    '/metadata/actions-are-there': list(actions()),
    '/metadata/settings-are-described': [
        f"{key.get('name')} lacks something" for key in schema.iter('key')
        if not key.findtext('summary') or not key.findtext('description') or (key.get('type') == 'i' and key.find('range') is None)],
})
