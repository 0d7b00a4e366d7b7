# SPDX-License-Identifier: GPL-3.0-or-later
"""The ID, and what has to be called after it. Renaming means submitting anew: these are for whoever takes another one."""

import re

from .rules import rule

HOSTS = {
    'github': ('io', 'https://github.com'),
    'gitlab': ('io', 'https://gitlab.com'),
    'codeberg': ('page', 'https://codeberg.org'),
}
# What Flatpak lets others see, and only under the ID
EXPORTED = ('share/applications/', 'share/dbus-1/services/', 'share/gnome-shell/search-providers/', 'share/icons/',
            'share/metainfo/')


def ids(package):
    """What the manifests call themselves, as parts."""
    for manifest in package.manifests.values():
        if app_id := manifest.get('id'):
            yield app_id, app_id.split('.')


@rule('appid-not-defined', 'A manifest says whose it is')
def defined(package):
    yield from (name for name, manifest in package.manifests.items() if not manifest.get('id'))


@rule('appid-filename-mismatch', 'A manifest is named after its ID')
def file_name(package):
    for name, manifest in package.manifests.items():
        if 'id' in manifest and package.names[name] != f'{manifest["id"]}.json':
            yield package.names[name]


@rule('appid-not-of-the-build', 'The manifests are for the ID that the top meson.build has, and for that with .Devel')
def of_the_build(package):
    expected = {'release': package.base_id, 'devel': f'{package.base_id}.Devel'}
    for name, manifest in package.manifests.items():
        if manifest.get('id', expected[name]) != expected[name]:
            yield f'{manifest["id"]} should be {expected[name]}'


@rule('appid-length-more-than-255-chars', 'An ID has no more than 255 characters')
def length(package):
    yield from (app_id for app_id, _ in ids(package) if len(app_id) > 255)


@rule('appid-less-than-3-components', 'An ID has three parts or more')
def few_parts(package):
    yield from (app_id for app_id, parts in ids(package) if len(parts) < 3)


@rule('appid-too-many-components-for-app', 'An ID has five parts or fewer, that for development included')
def many_parts(package):
    yield from (app_id for app_id, parts in ids(package) if len(parts) > 5)


@rule('appid-component-wrong-syntax', 'Parts of an ID are letters, digits and _, with no digit first')
def syntax(package):
    for app_id, parts in ids(package):
        yield from (f'{part} in {app_id}' for part in parts if not re.fullmatch('[A-Za-z_][A-Za-z0-9_]*', part))


@rule('appid-ends-with-lowercase-desktop', 'An ID does not end like a kind of file, or like any program')
def generic_end(package):
    yield from (app_id for app_id, parts in ids(package) if parts[-1] in ('desktop', 'app', 'linux'))


@rule('appid-domain-not-lowercase', 'The domain in an ID is in lower case')
def lower_case(package):
    for app_id, parts in ids(package):
        domain = '.'.join(parts[:3 if parts[1:2] and parts[1] in HOSTS else 2])
        if domain != domain.lower():
            yield domain


@rule('appid-reserved', 'An ID is in nobody else’s domain: GNOME, KDE, freedesktop.org, System76')
def reserved(package):
    for app_id, parts in ids(package):
        if '.'.join(parts[:2]) in ('org.gnome', 'org.kde', 'org.freedesktop', 'com.system76'):
            yield app_id


@rule('appid-uses-code-hosting-domain', 'In the domains of GitHub and others, it is in those for users: io.github, io.gitlab, page.codeberg')
def hosting_domain(package):
    for app_id, parts in ids(package):
        if len(parts) > 2 and parts[1] in HOSTS and parts[0] != HOSTS[parts[1]][0]:
            yield app_id


@rule('appid-code-hosting-too-few-components', 'There, an ID names the user and the repository')
def hosting_parts(package):
    for app_id, parts in ids(package):
        if len(parts) == 3 and parts[1] in HOSTS:
            yield app_id


def repository(package):
    """Where the ID says that the sources are, if it does."""
    parts = package.base_id.split('.')
    if len(parts) >= 4 and parts[1] in HOSTS:
        user = parts[2].removeprefix('_').replace('_', '-')
        return f'{HOSTS[parts[1]][1]}/{user}/{parts[-1]}'
    return None


@rule('appid-url-not-reachable', 'The repository that the ID names is that of the sources, and where links lead')
def the_repository(package):
    url = repository(package)
    if not url:
        return
    browser = package.words("url[@type='vcs-browser']")
    if browser not in ([], [url]):
        yield f'sources are to be looked at in {browser}'
    for source in package.own_module(package.manifests['release']).get('sources', []):
        if source.get('type') == 'git' and re.match('https?:', source.get('url', '')) and source['url'] != f'{url}.git':
            yield f'sources are taken from {source["url"]}'


@rule('exported-name-without-id', 'All that others on the desktop see is named after the ID')
def exported(package):
    for path in sorted(package.installed):
        if path.startswith(EXPORTED) and not re.match(re.escape(package.app_id) + r'[-.]', path.rpartition('/')[2]):
            yield path
