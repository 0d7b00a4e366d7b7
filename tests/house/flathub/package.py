# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that Flathub gets to see."""

import configparser
import dataclasses
import json
import re
import xml.etree.ElementTree as xml
from pathlib import Path

LANG = '{http://www.w3.org/XML/1998/namespace}lang'


def read_json(text):
    """`text` as an object; a key that is there twice is an error, too."""
    def once(pairs):
        keys = [key for key, _ in pairs]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f'{twice} is there twice')
        return dict(pairs)
    return json.loads(text, object_pairs_hook=once)


@dataclasses.dataclass(frozen=True)
class Package:
    """All that is published, as it is in files: texts and their file names by what they are, pictures by their file names,
    and the files that are installed, below the prefix."""

    texts: dict
    names: dict
    pictures: dict
    installed: frozenset

    @classmethod
    def of(cls, source, build):
        """Reads what is in the source folder, and in the build folder if that depends on how it was configured."""
        paths = {
            'meson.build': source / 'meson.build',
            'news': source / 'NEWS',
            'readme': source / 'flatpak/README.md',
            'metainfo': next((build / 'data').glob('*.metainfo.xml')),
            'desktop': next((build / 'data').glob('*.desktop')),
            'service': next((build / 'data').glob('*.service')),
            'icon': source / 'data/icons/nightlatch.svg',
            'symbolic-icon': source / 'data/icons/nightlatch-symbolic.svg',
        }
        for path in (source / 'flatpak').glob('*.json'):
            if '"modules"' not in path.read_text():
                paths[path.name] = path
            else:
                paths['devel' if path.stem.endswith('.Devel') else 'release'] = path
        options = json.loads((build / 'meson-info/intro-buildoptions.json').read_text())
        prefix = next(Path(option['value']) for option in options if option['name'] == 'prefix')
        installed = json.loads((build / 'meson-info/intro-installed.json').read_text()).values()
        return cls(
            texts={name: path.read_text() for name, path in paths.items()},
            names={name: path.name for name, path in paths.items()},
            pictures={str(path.relative_to(source)): path.read_bytes()
                      for path in (source / 'data/screenshots').glob('*.png')},
            installed=frozenset(str(Path(path).relative_to(prefix)) for path in installed),
        )

    def but(self, **changes):
        """A copy in which something is different."""
        return dataclasses.replace(self, **changes)

    # What the top meson.build knows

    @property
    def base_id(self):
        return re.search(r"^base_id = '(.*)'", self.texts['meson.build'], re.M)[1]

    @property
    def version(self):
        return re.search(r"^  version: '(.*)'", self.texts['meson.build'], re.M)[1]

    @property
    def app_id(self):
        """What the build folder is configured for."""
        return self.names['metainfo'].removesuffix('.metainfo.xml')

    # Manifests

    @property
    def manifests(self):
        return {name: read_json(self.texts[name]) for name in ('release', 'devel')}

    def modules(self, manifest):
        """All modules, also those in files of their own, and in others."""
        for module in manifest.get('modules', []):
            module = read_json(self.texts[module]) if isinstance(module, str) else module
            yield module
            yield from self.modules(module)

    def sources(self, manifest):
        """All sources, with the names of their modules."""
        for module in self.modules(manifest):
            for source in module.get('sources', []):
                yield module.get('name'), source

    def own_module(self, manifest):
        """The module that is ours, which comes last."""
        return (list(self.modules(manifest)) or [{}])[-1]

    # Files that are installed

    @property
    def info(self):
        return xml.fromstring(self.texts['metainfo'].encode())

    def words(self, path):
        """What the metainfo says there, in English: translations may take more room."""
        return [' '.join(''.join(element.itertext()).split()) for element in self.info.findall(path)
                if LANG not in element.attrib]

    @property
    def desktop(self):
        return self._read_keys('desktop')['Desktop Entry']

    @property
    def service(self):
        return self._read_keys('service')['D-BUS Service']

    def _read_keys(self, name):
        parser = configparser.RawConfigParser(strict=False)
        parser.optionxform = str
        parser.read_string(self.texts[name])
        return parser

    @property
    def programs(self):
        return {path.removeprefix('bin/') for path in self.installed if path.startswith('bin/')}
