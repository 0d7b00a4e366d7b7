#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""That GNOME Shell finds our search provider, and what it shows of it, by what is installed."""

import configparser
import json
import os
import re
from pathlib import Path

import facts

ROOT = Path(os.environ['SOURCE_ROOT'])
BUILD = Path(os.environ['BUILD_ROOT'])

installed = [Path(path) for path in json.loads((BUILD / 'meson-info/intro-installed.json').read_text()).values()]
files = [path for path in (BUILD / 'data').glob('*.ini')]
app_id = files[0].name.removesuffix('.search-provider.ini') if files else ''


def wrong_keys():
    """What GNOME Shell, or Flatpak, which exports it, would not take."""
    if len(files) != 1:
        yield f'there are {len(files)} files'
        return
    parser = configparser.RawConfigParser()
    parser.optionxform = str
    parser.read(files[0])
    if parser.sections() != ['Shell Search Provider']:
        yield f'the groups are {parser.sections()}'
        return
    expected = {
        'DesktopId': f'{app_id}.desktop',
        'BusName': app_id,
        'ObjectPath': '/' + app_id.replace('.', '/').replace('-', '_') + '/SearchProvider',
        'Version': '2',
    }
    keys = dict(parser['Shell Search Provider'])
    if keys != expected:
        yield f'it says {keys}'


def missing_files():
    endings = [f'gnome-shell/search-providers/{app_id}.search-provider.ini', f'applications/{app_id}.desktop']
    yield from (ending for ending in endings if not any(str(path).endswith(f'share/{ending}') for path in installed))


def missing_icons():
    """Those that are said to go with a lock, but which others do not find."""
    table = re.search(r'looks\[\] = \{(.*?)\n\};', (ROOT / 'src/ui/latch-lock-appearance.c').read_text(), re.S)[1]
    for name in sorted(set(re.findall(r'"latch-([a-z-]+)-symbolic"', table))):
        ending = f'icons/hicolor/symbolic/apps/{app_id}-{name}-symbolic.svg'
        if not any(str(path).endswith(ending) for path in installed):
            yield ending


results = {
    '/search-provider/is-told-of-as-it-is': list(wrong_keys()),
    '/search-provider/is-installed': list(missing_files()),
    '/search-provider/icons-are-installed': list(missing_icons()),
}
facts.tell(results)
