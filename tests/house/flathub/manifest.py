# SPDX-License-Identifier: GPL-3.0-or-later
"""The manifests as such, and what they are built on."""

import copy

from .package import read_json
from .rules import rule

# GNOME's branches of late 2026. When a new one comes, Flathub wants it at the next submission, and warns otherwise
NEWEST_RUNTIME, OLDEST_RUNTIME = 51, 50

# What may be said, in the order in which Flathub wants to read it
ORDER = {
    'manifest': ('id', 'runtime', 'runtime-version', 'sdk', 'branch', 'default-branch', 'separate-locales',
                 'appstream-compose', 'command', 'sdk-extensions', 'add-extensions', 'rename-desktop-file',
                 'rename-appdata-file', 'rename-icon', 'finish-args', 'cleanup', 'cleanup-commands', 'build-options', 'modules'),
    'module': ('name', 'buildsystem', 'build-options', 'make-args', 'make-install-args', 'rm-configure', 'no-autogen',
               'no-parallel-make', 'subdir', 'builddir', 'run-tests', 'license-files', 'only-arches', 'skip-arches',
               'config-opts', 'build-commands', 'post-install', 'cleanup', 'sources', 'modules'),
    'source': ('type', 'url', 'path', 'paths', 'skip', 'commands', 'contents', 'mirror-urls', 'archive-type', 'md5', 'sha1',
               'sha256', 'sha512', 'tag', 'commit', 'branch', 'size', 'dest', 'dest-filename', 'strip-components',
               'disable-submodules', 'only-arches', 'skip-arches', 'x-checker-data'),
}


def levels(package):
    """Everything that has keys: what it is, what it is called, and its keys."""
    for name, manifest in package.manifests.items():
        yield 'manifest', name, list(manifest)
        for module in package.modules(manifest):
            yield 'module', module.get('name'), list(module)
            for source in module.get('sources', []):
                yield 'source', module.get('name'), list(source)


def options(package):
    """Options for builds, of the manifests and of all modules."""
    for name, manifest in package.manifests.items():
        yield name, manifest.get('build-options', {})
        for module in package.modules(manifest):
            yield module.get('name'), module.get('build-options', {})


@rule('manifest-invalid-json', 'A manifest is JSON, strictly, and ends with a newline')
def readable(package):
    for name, text in package.texts.items():
        if package.names[name].endswith('.json'):
            try:
                read_json(text)
            except ValueError as error:
                yield f'{package.names[name]}: {error}'
            if not text.endswith('\n') or '\r' in text or '\t' in text:
                yield f'{package.names[name]} has other spaces than the others'


@rule('manifest-unknown-properties', 'A manifest says nothing that nobody understands')
def known(package):
    for what, name, keys in levels(package):
        yield from (f'{key} of {name}' for key in keys if key not in ORDER[what] and not key.startswith(('x-', '//')))


@rule('manifest-keys-not-in-order', 'A manifest reads from what it is to how it is made')
def in_order(package):
    for what, name, keys in levels(package):
        known_keys = [key for key in keys if key in ORDER[what]]
        if known_keys != sorted(known_keys, key=ORDER[what].index):
            yield f'{name}: {", ".join(known_keys)}'


@rule('toplevel-no-command', 'A manifest says which program is the application')
def command(package):
    yield from (name for name, manifest in package.manifests.items() if not manifest.get('command'))


@rule('toplevel-command-is-path', 'That is a name, and no path')
def command_is_name(package):
    yield from (manifest['command'] for manifest in package.manifests.values() if manifest.get('command', '').startswith('/'))


@rule('toplevel-command-not-installed', 'That program is installed')
def command_is_installed(package):
    for manifest in package.manifests.values():
        if (program := manifest.get('command', '')) and not program.startswith('/') and program not in package.programs:
            yield program


@rule('toplevel-unnecessary-branch', 'A manifest leaves the branch to Flathub')
def branch(package):
    yield from (name for name, manifest in package.manifests.items() if {'branch', 'default-branch'} & set(manifest))


@rule('toplevel-no-modules', 'A manifest builds something')
def has_modules(package):
    yield from (name for name, manifest in package.manifests.items() if not manifest.get('modules'))


@rule('toplevel-cleanup-debug', 'What debuggers need is left to Flatpak, which makes an extension of it')
def cleanup_debug(package):
    for name, manifest in package.manifests.items():
        yield from (f'{name}: {path}' for path in manifest.get('cleanup', []) if path.startswith('/lib/debug'))


@rule('build-network-access', 'Nothing is built with the network')
def offline(package):
    yield from (name for name, option in options(package) if '--share=network' in option.get('build-args', []))


@rule('architectures-left-out', 'It is built for all that Flathub builds for')
def architectures(package):
    for what, name, keys in levels(package):
        if {'only-arches', 'skip-arches'} & set(keys):
            yield f'{what} {name}'


@rule('runtime-not-gnome', 'It runs on GNOME, and is built with what belongs to it')
def runtime(package):
    for name, manifest in package.manifests.items():
        if (manifest.get('runtime'), manifest.get('sdk')) != ('org.gnome.Platform', 'org.gnome.Sdk'):
            yield name


@rule('runtime-is-eol', 'The runtime is looked after')
def supported(package):
    for name, manifest in package.manifests.items():
        if not manifest.get('runtime-version', '').isdecimal() or int(manifest['runtime-version']) < OLDEST_RUNTIME:
            yield f'{name}: {manifest.get("runtime-version")}'


@rule('runtime-update-available', 'The runtime is the newest that there is')
def newest(package):
    for name, manifest in package.manifests.items():
        version = manifest.get('runtime-version', '')
        if version.isdecimal() and OLDEST_RUNTIME <= int(version) < NEWEST_RUNTIME:
            yield f'{name}: {version}'


@rule('manifests-differ', 'What is developed is built like what is published')
def alike(package):
    def essence(manifest):
        modules = copy.deepcopy(list(package.modules(manifest)))
        if modules:
            modules[-1].pop('sources', None)
            modules[-1]['config-opts'] = [option for option in modules[-1].get('config-opts', [])
                                          if not option.startswith('-Dprofile=')]
        return manifest | {'id': None, 'modules': modules}
    release, devel = map(essence, package.manifests.values())
    yield from (key for key in sorted({*release, *devel}) if release.get(key) != devel.get(key))


@rule('manifest-for-development', 'The manifest for development builds the checkout, beside an installed application')
def development(package):
    release, devel = (package.own_module(package.manifests[name]) for name in ('release', 'devel'))
    if devel and '-Dprofile=development' not in devel.get('config-opts', []):
        yield 'it would replace the application'
    if devel and [(source.get('type'), source.get('path')) for source in devel.get('sources', [])] != [('dir', '..')]:
        yield 'it builds something else'
    if '-Dprofile=development' in release.get('config-opts', []):
        yield 'what is published is for development'
