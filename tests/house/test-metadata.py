#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What software centres ask of metainfo, desktop entry and icons, and what no validator looks at."""

import configparser
import datetime
import os
import re
import struct
import xml.etree.ElementTree as xml
from pathlib import Path

import facts

ROOT = Path(os.environ['SOURCE_ROOT'])
BUILD = Path(os.environ['BUILD_ROOT'])

info_path = next((BUILD / 'data').glob('*.metainfo.xml'))
info = xml.parse(info_path).getroot()
app_id = info_path.name.removesuffix('.metainfo.xml')
LANG = '{http://www.w3.org/XML/1998/namespace}lang'


def texts(path):
    """In English: translations may take more room."""
    return [' '.join(''.join(element.itertext()).split()) for element in info.findall(path) if LANG not in element.attrib]


def identity():
    parts = app_id.split('.')
    if not 3 <= len(parts) <= 6 or len(app_id) > 255 or not re.fullmatch(r'[A-Za-z0-9_.]+', app_id):
        yield f'{app_id} is no ID'
    if parts[-1].lower() in ('app', 'desktop', 'linux') or parts[0] + '.' + parts[1] != (parts[0] + '.' + parts[1]).lower():
        yield f'{app_id} is not allowed'
    if texts('id') != [app_id] or texts("launchable[@type='desktop-id']") != [f'{app_id}.desktop']:
        yield 'files and their contents disagree on the ID'


def words():
    name, summary = texts('name')[0], texts('summary')[0]
    if len(name) > 15:
        yield f'{name} is longer than 15 characters'
    if not 10 <= len(summary) <= 35 or summary.endswith('.') or not summary[0].isupper():
        yield f'{summary!r} is no good summary'
    if re.search(r'\b(app|tool|client|nightlatch|an?|the)\b', summary, re.I):
        yield f'{summary!r} has a word that says nothing'
    length = sum(map(len, texts('description/p')))
    if not 200 <= length <= 700:  # three to six lines where Flathub shows it
        yield f'the description has {length} characters'
    if not any(re.fullmatch(r'\*\*.*HTTP API.*\*\*', text) for text in texts('description/p')):
        yield 'what has to be set up elsewhere is not stressed'
    if 'not affiliated' not in ' '.join(texts('description/p')):
        yield 'it does not say whose it is not'


def links():
    kinds = {url.get('type') for url in info.findall('url')}
    missing = {'homepage', 'bugtracker', 'vcs-browser', 'help', 'contact', 'contribute', 'translate'} - kinds
    yield from (f'there is no link of the kind {kind}' for kind in sorted(missing))
    yield from (f'{url.text} is not https' for url in info.findall('url') if not url.text.startswith('https://'))


def pictures():
    shots = info.findall('screenshots/screenshot')
    if not 3 <= len(shots) <= 6 or [shot.get('type') for shot in shots].count('default') != 1:
        yield 'there are not three to six screenshots, one of them the default'
    for shot in shots:
        caption, image = shot.findtext('caption', ''), shot.find('image')
        if not 10 <= len(caption) <= 80 or caption.endswith('.') or not caption[0].isupper():
            yield f'{caption!r} is no caption'
        tag = re.search(r'/Nightlatch/(v[0-9.]+)/(data/screenshots/.+\.png)$', image.text)
        if not tag or tag[1] != f"v{info.find('releases/release').get('version')}":
            yield f'{image.text} is not of the released version'
            continue
        width, height = struct.unpack('>II', (ROOT / tag[2]).read_bytes()[16:24])
        if (str(width), str(height)) != (image.get('width'), image.get('height')) or width > 1000 or height > 700:
            yield f'{tag[2]} is {width} × {height}'


def colours():
    pairs = {colour.get('scheme_preference'): colour.text for colour in info.findall('branding/color')}
    if set(pairs) != {'light', 'dark'} or pairs['light'] == pairs['dark']:
        yield f'the colours are {pairs}'
    if not all(re.fullmatch('#[0-9a-f]{6}', colour) for colour in pairs.values()):
        yield f'{pairs} are no colours'


def relations():
    if [control.text for control in info.findall('supports/control')] != ['keyboard', 'pointing', 'touch']:
        yield 'it does not say how it can be used'
    if [(length.get('compare'), length.text) for length in info.findall('requires/display_length')] != [('ge', '360')]:
        yield 'it does not say that it fits a phone'
    if [rating.get('type') for rating in info.findall('content_rating')] != ['oars-1.1']:
        yield 'it is not rated'


def releases():
    all_releases = info.findall('releases/release')
    dates = [datetime.date.fromisoformat(release.get('date')) for release in all_releases]
    if not dates or dates != sorted(dates, reverse=True) or dates[0] > datetime.date.today():
        yield f'the releases are of {dates}'
    if re.search('alpha|beta|rc|pre|dev', all_releases[0].get('version') + all_releases[0].get('type', '')):
        yield 'the last release is none'
    for release in all_releases:
        notes = ' '.join(''.join(release.find('description').itertext()).split())
        if not 40 <= len(notes) <= 500 or 'bug fixes' in notes.lower():
            yield f'{notes!r} does not tell what is new'
    version = re.search(r"version: '([^']+)'", (ROOT / 'meson.build').read_text())[1]
    if all_releases[0].get('version') != version or f'Version {version}\n' not in (ROOT / 'NEWS').read_text():
        yield f'{version} is not told of'


def entry():
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read(BUILD / 'data' / f'{app_id}.desktop', encoding='utf-8')
    main = parser['Desktop Entry']
    if main.get('Icon') != app_id or main.get('DBusActivatable') != 'true':
        yield 'it has another icon, or cannot be activated'
    if not set(main['Categories'].strip(';').split(';')) - {'GNOME', 'GTK'}:
        yield 'the categories say nothing'
    actions = main['Actions'].strip(';').split(';')
    source = ''.join(path.read_text() for path in (ROOT / 'src/ui').glob('latch-*action*.c'))
    source += (ROOT / 'src/ui/latch-application.c').read_text()
    for action in actions:
        if f'"{action}"' not in source:
            yield f'the application has no action “{action}”'
        group = parser[f'Desktop Action {action}']
        if group.get('Exec') != f'gapplication action {app_id} {action}' or not group.get('Name'):
            yield f'“{action}” is not told rightly'


def icons():
    for name, size in ('nightlatch', 128), ('nightlatch-symbolic', 16):
        root = xml.parse(ROOT / f'data/icons/{name}.svg').getroot()
        if (root.get('width'), root.get('height'), root.get('viewBox')) != (str(size), str(size), f'0 0 {size} {size}'):
            yield f'{name} is not drawn on {size} × {size}'


results = {f'/metadata/{check.__name__}': list(check())
           for check in (identity, words, links, pictures, colours, relations, releases, entry, icons)}
schema = xml.parse(ROOT / 'data/nightlatch.gschema.xml.in').getroot()
results['/metadata/settings-are-described'] = [
    f"{key.get('name')} lacks something" for key in schema.iter('key')
    if not key.findtext('summary') or not key.findtext('description') or (key.get('type') == 'i' and key.find('range') is None)]

facts.tell(results)
