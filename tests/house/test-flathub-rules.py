#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""That each rule notices what breaks it, and that no other speaks of it: everything here is ours, broken in one place."""

import os
import re
import struct
import zlib
from pathlib import Path

import facts
import flathub
from flathub import identity

BOTH = ('release', 'devel')
SODIUM = ('libsodium.json',)
LONG = 'Something ' * 10
OUR_NAME = re.compile('(?<=<name>)Nightlatch|(?<=^Name=)Nightlatch', re.M)
SUMMARY = re.compile('<summary>.*?</summary>')
RUNTIME = re.compile('(?<="runtime-version": ").*(?=")')

# The rule, what is broken, what is there, and what is there instead
CHANGES = (
    ('appid-not-defined', BOTH, re.compile('"id": ".*",'), ''),
    ('appid-not-of-the-build', ('meson.build',), "base_id = '", "base_id = 'org."),
    ('appid-url-not-reachable', ('release',), 'Nightlatch.git', 'Daylatch.git'),
    ('appid-url-not-reachable', ('metainfo',), 'type="vcs-browser">https://', 'type="vcs-browser">https://old.'),

    ('manifest-invalid-json', ('release',), '",\n  "runtime"', '",,\n  "runtime"'),
    ('manifest-invalid-json', ('devel',), '"runtime":', '"runtime": "org.kde.Platform", "runtime":'),
    ('manifest-invalid-json', SODIUM, '}\n', '}'),
    ('manifest-unknown-properties', BOTH, '"command":', '"comand": "",\n  "command":'),
    ('manifest-unknown-properties', SODIUM, '"sha256":', '"size-of-it": 1, "sha256":'),
    ('manifest-keys-not-in-order', BOTH, '"sdk": "org.gnome.Sdk",\n  "command": "nightlatch"',
     '"command": "nightlatch",\n  "sdk": "org.gnome.Sdk"'),
    ('toplevel-no-command', BOTH, '"command": "nightlatch",', ''),
    ('toplevel-command-is-path', BOTH, '"command": "', '"command": "/app/bin/'),
    ('toplevel-command-not-installed', BOTH, '"command": "', '"command": "old-'),
    ('toplevel-unnecessary-branch', BOTH, '"command":', '"branch": "stable", "command":'),
    ('toplevel-unnecessary-branch', BOTH, '"command":', '"default-branch": "stable", "command":'),
    ('toplevel-no-modules', BOTH, re.compile(r'"modules": \[.*\]', re.S), '"modules": []'),
    ('toplevel-cleanup-debug', BOTH, re.compile(r'("cleanup": \[.*?\],\s*)?"modules"', re.S),
     '"cleanup": ["/lib/debug/x"], "modules"'),
    ('build-network-access', BOTH, '"modules":', '"build-options": {"build-args": ["--share=network"]}, "modules":'),
    ('build-network-access', SODIUM, '"config-opts"', '"build-options": {"build-args": ["--share=network"]}, "config-opts"'),
    ('architectures-left-out', SODIUM, '"config-opts"', '"skip-arches": ["aarch64"], "config-opts"'),
    ('runtime-not-gnome', BOTH, 'org.gnome.Platform', 'org.kde.Platform'),
    ('runtime-not-gnome', BOTH, 'org.gnome.Sdk', 'org.freedesktop.Sdk'),
    ('runtime-is-eol', BOTH, RUNTIME, '48'),
    ('runtime-is-eol', BOTH, RUNTIME, 'master'),
    ('runtime-update-available', BOTH, RUNTIME, '50'),
    ('manifests-differ', ('devel',), '"-Dtests=false"', '"-Dtests=true"'),
    ('manifests-differ', ('devel',), '"command": "nightlatch"', '"command": "nightlatchctl"'),
    ('manifest-for-development', ('devel',), '"-Dprofile=development", ', ''),
    ('manifest-for-development', ('devel',), '"path": ".."', '"path": "../.."'),
    ('manifest-for-development', ('release',), '["-Dtests=false"]', '["-Dprofile=development", "-Dtests=false"]'),

    ('module-no-name', SODIUM, '"name": "libsodium",', ''),
    ('module-cleanup-debug', SODIUM, '"cleanup": [', '"cleanup": ["/lib/debug", '),
    ('module-autotools-non-release-build', SODIUM, '"config-opts": [', '"config-opts": ["--enable-debug", '),
    ('module-checker-tracks-commits', SODIUM, '"x-checker-data": {', '"x-checker-data": {"commit-query": ".sha", '),
    ('module-license-not-installed', SODIUM, '${FLATPAK_ID}/libsodium', 'libsodium'),
    ('source-dir-not-allowed', ('release',), re.compile(r'\{\s*"type": "git".*?\}', re.S), '{"type": "dir", "path": ".."}'),
    ('source-not-published', ('release',), '"type": "git"', '"type": "patch", "path": "mend.patch"}, {"type": "git"'),
    ('source-prebuilt', SODIUM, '-RELEASE.tar.gz",\n      "sha', '-RELEASE.deb",\n      "sha'),
    ('source-prebuilt', SODIUM, '"type": "archive"', '"type": "extra-data"'),
    ('source-no-checksum', SODIUM, re.compile('"sha256": ".*",'), ''),
    ('source-no-checksum', SODIUM, re.compile('"sha256": "..'), '"sha256": "'),
    ('source-sha1-deprecated', SODIUM, '"sha256":', f'"sha1": "{40 * "0"}", "sha256":'),
    ('source-md5-deprecated', SODIUM, '"sha256":', f'"md5": "{32 * "0"}", "sha256":'),
    ('source-url-not-https', SODIUM, '"url": "https:', '"url": "http:'),
    ('source-dest-filename-is-path', SODIUM, '"x-checker', '"dest-filename": "../sodium.tar.gz", "x-checker'),
    ('source-git-no-url', ('release',), re.compile('"url": ".*",'), ''),
    ('source-git-url-not-http', ('release',), '"url": "https://github.com/', '"url": "git@github.com:'),
    ('source-git-no-tag-commit-branch', ('release',), re.compile(r',\s*"tag": .*\s*"commit": .*'), ''),
    ('source-git-no-commit-with-tag', ('release',), re.compile(r',\s*"commit": .*'), ''),
    ('source-git-no-commit-with-tag', ('release',), re.compile(r'"tag": .*'), ''),
    ('source-git-commit-wrong-syntax', ('release',), re.compile('"commit": "[0-9a-f]{20}'), '"commit": "'),
    ('source-git-branch', ('release',), re.compile('("commit": ".*")'), r'\1, "branch": "main"'),
    ('source-git-tag-of-no-release', ('release',), '"tag": "v', '"tag": "v77.'),
    ('multiple-git-sources-stacked', ('release',), re.compile(r'(\{\s*"type": "git".*?\})', re.S), r'\1, \1'),

    ('finish-args-not-defined', BOTH, re.compile(r'"finish-args": \[.*?\],', re.S), ''),
    ('finish-args-said-twice', BOTH, '"--device=dri"\n', '"--device=dri", "--share=network"\n'),
    ('finish-args-unexplained', ('readme',), '| `--device=dri` |', '| |'),
    ('finish-args-unexplained', ('readme',), '| `--device=dri` |', '| `--device=dri` |\n| `--filesystem=xdg-download` |'),
    ('finish-args-x11-without-ipc', (*BOTH, 'readme'), re.compile(r'"--share=ipc",|`--share=ipc`'), ''),
    ('finish-args-only-wayland', (*BOTH, 'readme'), re.compile(r'"--socket=fallback-x11",|`--socket=fallback-x11`'), ''),
    ('finish-args-fallback-x11-without-wayland', (*BOTH, 'readme'), re.compile(r'"--socket=wayland",|`--socket=wayland`'), ''),
    ('finish-args-contains-both-x11-and-wayland', (*BOTH, 'readme'), '--socket=fallback-x11', '--socket=x11'),
    ('finish-args-contains-both-x11-and-fallback', (*BOTH, 'readme'), '--socket=wayland', '--socket=x11',
     'finish-args-fallback-x11-without-wayland'),  # which goes with it

    ('appstream-unsupported-component-type', ('metainfo',), 'type="desktop-application"', 'type="desktop"'),
    ('appstream-id-mismatch-flatpak-id', ('metainfo',), '<id>', '<id>org.'),
    ('metadata-license-missing', ('metainfo',), '<metadata_license>CC0', '<metadata_license>CC1'),
    ('appstream-missing-project-license', ('metainfo',), '<project_license>GPL-3', '<project_license>GPL-2'),
    ('appstream-missing-developer-name', ('metainfo',), '<developer id=', '<developer name='),
    ('appstream-missing-developer-name', ('metainfo',), re.compile('<developer id=".*">'), '<developer id="Nobody">'),
    ('appstream-missing-developer-name', ('metainfo',), '</developer>', '</developer><developer id="org.one.more"/>'),
    ('name-too-long', ('metainfo', 'desktop'), OUR_NAME, 'Nightlatch Control'),
    ('name-weird-formatting', ('metainfo', 'desktop'), OUR_NAME, 'nightLatch'),
    ('name-of-vendor', ('metainfo', 'desktop'), OUR_NAME, 'Nuki Control'),
    ('summary-length', ('metainfo',), '<summary>Control', '<summary>See, hear and control'),
    ('summary-weird-formatting', ('metainfo',), '</summary>', '.</summary>'),
    ('summary-weird-formatting', ('metainfo',), 'smart locks</summary>', 'Smart Locks</summary>'),
    ('summary-starts-with-article', ('metainfo',), SUMMARY, '<summary>A way to lock doors</summary>'),
    ('summary-repeats-name', ('metainfo',), SUMMARY, '<summary>Nightlatch for doors</summary>'),
    ('summary-technical', ('metainfo',), SUMMARY, '<summary>Smart lock tool</summary>'),
    ('description-tag-unknown', ('metainfo',), '<description>', '<description><b>!</b>'),
    ('description-length', ('metainfo',), '<p>Be told', f'<p>{4 * LONG}</p><p>Be told'),
    ('description-length', ('metainfo',), re.compile('<p>(Lock, unlock|Be told).*?</p>', re.S), '<p>It locks doors.</p>'),
    ('description-long-list', ('metainfo',), '<p>Be told', f'<ul>{11 * "<li>!</li>"}</ul><p>Be told'),
    ('description-repeats-summary', ('metainfo',), '<p>Be told', '<p>Control your smart locks.</p><p>Be told'),
    ('description-without-setup', ('metainfo',), '<p>**', '<p>'),
    ('description-without-affiliation', ('metainfo',), 'not affiliated', 'affiliated'),
    ('metainfo-missing-launchable-tag', ('metainfo',), re.compile('<launchable .*>'), ''),
    ('metainfo-launchable-tag-wrong-value', ('metainfo',), '<launchable type="desktop-id">', '<launchable type="desktop-id">org.'),
    ('appstream-launchable-file-missing', ('metainfo',), '.desktop</launchable>', '.Old.desktop</launchable>'),
    ('provided-binary-missing', ('metainfo',), '<binary>nightlatchctl</binary>', ''),
    ('url-missing', ('metainfo',), 'type="homepage"', 'type="donation"'),
    ('url-not-https', ('metainfo',), 'type="homepage">https', 'type="homepage">http'),
    ('content-rating-missing', ('metainfo',), 'type="oars-1.1"', 'type="oars-1.0"'),
    ('translation-missing', ('metainfo',), '<translation type="gettext">', '<translation type="qt">'),
    ('control-missing', ('metainfo',), '<control>touch</control>', ''),
    ('display-length-missing', ('metainfo',), '>360<', '>768<'),
    ('appstream-icon-wrong-value', ('metainfo',), '<icon type="stock">', '<icon type="stock">org.'),
    ('releases-info-missing', ('metainfo',), re.compile('<release .*</release>', re.S), '', 'source-git-tag-of-no-release',
     'screenshot-url-not-of-tag'),  # of a release that there is
    ('release-time-missing', ('metainfo',), re.compile('(<release version=".*?") date=".*?"'), r'\1'),
    ('release-in-the-future', ('metainfo',), re.compile('(?<=<release version=")(.*?" date=").*?"'), r'\g<1>2999-01-01"'),
    ('releases-not-in-order', ('metainfo',), re.compile('(?<=<releases>)(.*?<release version=".*?)(".*?</release>)', re.S),
     r'\1\2\1.1\2'),
    ('appstream-latest-release-is-prerelease', ('metainfo',), '<release ', '<release type="development" '),
    ('appstream-latest-release-is-prerelease', ('metainfo', 'meson.build', 'news', 'release'),
     re.compile(r"((?:<release version=\"|/v|\"v|^  version: '|^Version )\d+\.\d+\.\d+)", re.M), r'\1.rc1'),
    ('release-notes-missing', ('metainfo',), re.compile('(?<=<description translate="no">).*?(?=</description>)', re.S),
     '<p>New.</p>'),
    ('release-notes-boilerplate', ('metainfo',), '<p>Pair', '<p>Bug fixes. Pair'),
    ('release-of-another-version', ('meson.build',), "  version: '", "  version: '7."),
    ('release-of-another-version', ('news',), 'Version 0', 'Version 7'),

    ('desktop-file-exec-key-absent', ('desktop',), re.compile('^Exec=nightlatch$', re.M), ''),
    ('desktop-file-exec-has-flatpak-run', ('desktop',), 'Exec=nightlatch', 'Exec=flatpak run nightlatch'),
    ('desktop-file-exec-not-installed', ('desktop',), 'Exec=nightlatch', 'Exec=old-nightlatch'),
    ('desktop-file-icon-key-absent', ('desktop',), re.compile('^Icon=.*$', re.M), ''),
    ('desktop-file-icon-key-wrong-value', ('desktop',), 'Icon=', 'Icon=org.'),
    ('desktop-file-icon-not-installed', ('desktop',), re.compile('^Icon=.*$', re.M), r'\g<0>.Old'),
    ('desktop-file-is-hidden', ('desktop',), 'Terminal=false', 'Terminal=false\nNoDisplay=true'),
    ('desktop-file-low-quality-category', ('desktop',), 'Utility;', ''),
    ('desktop-file-name-mismatch', ('desktop',), re.compile('^Name=Nightlatch$', re.M), 'Name=Daylatch'),
    ('desktop-file-not-activatable', ('desktop',), 'DBusActivatable=true', 'DBusActivatable=false'),
    ('desktop-file-not-activatable', ('service',), 'Name=', 'Name=org.'),
    ('desktop-file-service-program', ('service',), ' --gapplication-service', ''),

    ('icon-not-square', ('icon',), 'height="128"', 'height="120"'),
    ('icon-not-square', ('symbolic-icon',), '0 0 16 16', '0 0 18 16'),
    ('icon-not-drawn', ('icon',), '</svg>', '<text>N</text></svg>'),
    ('icon-footprint', ('icon',), 'viewBox="0 0 128 128">', 'viewBox="0 0 128 128"><path fill="#5d56bd" d="M0 0H128V128H0z"/>'),
    ('icon-footprint', ('icon',), re.compile('(?<=</defs>).*(?=</svg>)', re.S), '<circle cx="64" cy="64" r="40" fill="#5d56bd"/>'),
    ('icon-baked-in-shadow', ('icon',), '</defs>', '<filter id="soft"/></defs>'),
    ('icon-baked-in-shadow', ('icon',), '</defs>', '</defs><rect x="100" y="84" width="20" height="30" fill-opacity=".2"/>'),
    ('icon-contrast', ('icon', 'metainfo'), re.compile('(?<=</defs>).*(?=</svg>)|#[0-9a-f]{6}(?=</color>)', re.S),
     lambda match: '#7a3cb0' if match[0].startswith('#') else '<circle cx="64" cy="64" r="54" fill="#181820"/>',
     'branding-same-colour', 'branding-wrong-scheme'),
    ('branding-missing', ('metainfo',), re.compile('<color type="primary" scheme_preference="dark">.*'), ''),
    ('branding-missing', ('metainfo',), re.compile('(?<=scheme_preference="dark">)#......'), 'indigo'),
    ('branding-same-colour', ('metainfo',), re.compile('#[0-9a-f]{6}(?=</color>)'), '#a86a10', 'branding-wrong-scheme'),
    ('branding-wrong-scheme', ('metainfo',), re.compile('(?<=scheme_preference="dark">)#......'), '#f0b0a0'),
    ('branding-grey', ('metainfo',), re.compile('(?<=scheme_preference="light">)#......'), '#dddddd'),
    ('branding-contrast', ('metainfo',), re.compile('(?<=scheme_preference="dark">)#......'), '#3d3789'),

    ('metainfo-missing-screenshots', ('metainfo',), re.compile('<screenshot>.*</screenshot>', re.S), ''),
    ('screenshot-default-missing', ('metainfo',), '<screenshot type="default">', '<screenshot>'),
    ('screenshot-default-missing', ('metainfo',), '<screenshot>', '<screenshot type="default">'),
    ('screenshot-image-source-duplicated', ('metainfo',), re.compile('<image .*</image>'), r'\g<0>\g<0>'),
    ('metainfo-svg-screenshots', ('metainfo',), 'lock.png', 'lock.svg', 'screenshot-missing'),
    ('screenshot-url-not-of-tag', ('metainfo',), re.compile('/v[0-9.]+/(?=data/screenshots/lock)'), '/main/'),
    ('screenshot-missing', ('metainfo',), 'screenshots/lock.png', 'screenshots/old.png'),
    ('screenshot-missing', ('metainfo',), re.compile(r'(?<=<image width=")\d+'), '99'),
    ('appstream-screenshot-missing-caption', ('metainfo',), re.compile('<caption>.*?</caption>'), ''),
    ('caption-length', ('metainfo',), '<caption>See', f'<caption>{LONG.strip()} see'),
    ('caption-weird-formatting', ('metainfo',), '</caption>', '.</caption>'),
    ('caption-weird-formatting', ('metainfo',), '<caption>See', '<caption>1. See'),
)

# The rule, and an ID that breaks it where all else is named after it
RENAMED = (
    ('appid-length-more-than-255-chars', f'io.github.nightlatch.{255 * "N"}'),
    ('appid-less-than-3-components', 'net.nightlatch'),
    ('appid-too-many-components-for-app', 'io.github.nightlatch.doors.Nightlatch'),
    ('appid-component-wrong-syntax', 'org.2nights.Nightlatch'),
    ('appid-component-wrong-syntax', 'io.github.night-latch.Nightlatch'),
    ('appid-ends-with-lowercase-desktop', 'org.nightlatch.app'),
    ('appid-domain-not-lowercase', 'org.Nightlatch.Nightlatch'),
    ('appid-domain-not-lowercase', 'io.github.NightLatch.Nightlatch'),
    ('appid-reserved', 'org.gnome.Nightlatch'),
    ('appid-uses-code-hosting-domain', 'com.github.nightlatch.Nightlatch'),
    ('appid-code-hosting-too-few-components', 'io.github.nightlatch'),
    ('name-of-vendor', 'io.github.nightlatch.NukiLatch'),
)

# The rule, and a permission that breaks it, although it is explained
PERMISSIONS = (
    ('finish-args-contains-inherit-wayland-socket', '--socket=inherit-wayland-socket'),
    ('finish-args-has-socket-gpg-agent', '--socket=gpg-agent'),
    ('finish-args-has-socket-ssh-auth', '--socket=ssh-auth'),
    ('finish-args-arbitrary-dbus-access', '--socket=session-bus'),
    ('finish-args-arbitrary-dbus-access', '--socket=system-bus'),
    ('finish-args-has-nosocket', '--nosocket=cups'),
    ('finish-args-has-unshare', '--unshare=pid'),
    ('finish-args-has-nodevice', '--nodevice=all'),
    ('finish-args-uses-no-talk-name', '--no-talk-name=org.freedesktop.secrets'),
    ('finish-args-conditional-permission-not-allowed', '--socket-if=x11:!has-wayland'),
    ('finish-args-no-required-flatpak', '--device=input'),
    ('finish-args-device-all', '--device=all'),
    ('finish-args-metadata-key', '--metadata=X-Something=1'),
    ('finish-args-host-filesystem-access', '--filesystem=host:ro'),
    ('finish-args-home-filesystem-access', '--filesystem=home'),
    ('finish-args-home-filesystem-access', '--filesystem=~/:ro'),
    ('finish-args-arbitrary-xdg-access', '--filesystem=xdg-config:ro'),
    ('finish-args-arbitrary-xdg-access', '--filesystem=xdg-data'),
    ('finish-args-unnecessary-xdg-access', '--filesystem=xdg-cache/nightlatch:create'),
    ('finish-args-unnecessary-xdg-access', '--filesystem=xdg-config/autostart'),
    ('finish-args-full-home-config-access', '--filesystem=~/.config'),
    ('finish-args-full-home-cache-access', '--filesystem=home/.cache:ro'),
    ('finish-args-full-home-local-access', '--filesystem=~/.local'),
    ('finish-args-full-home-local-share-access', '--filesystem=~/.local/share'),
    ('finish-args-autostart-filesystem-access', '--filesystem=~/.config/autostart:create'),
    ('finish-args-systemd-filesystem-access', '--filesystem=~/.config/systemd/user'),
    ('finish-args-desktopfile-filesystem-access', '--filesystem=~/.local/share/applications'),
    ('finish-args-ssh-filesystem-access', '--filesystem=~/.ssh:ro'),
    ('finish-args-gnupg-filesystem-access', '--filesystem=home/.gnupg'),
    ('finish-args-direct-dconf-path', '--filesystem=xdg-run/dconf'),
    ('finish-args-flatpak-appdata-folder-access', '--filesystem=~/.var/app/org.example.Other'),
    ('finish-args-flatpak-user-folder-access', '--filesystem=~/.local/share/flatpak:ro'),
    ('finish-args-flatpak-system-folder-access', '--filesystem=/var/lib/flatpak/exports'),
    ('finish-args-legacy-icon-folder-permission', '--filesystem=~/.icons:ro'),
    ('finish-args-legacy-font-folder-permission', '--filesystem=~/.fonts:ro'),
    ('finish-args-incorrect-theme-folder-permission', '--filesystem=~/.themes:ro'),
    ('finish-args-absolute-home-path', '--filesystem=/home/somebody'),
    ('finish-args-absolute-home-path', '--filesystem=/var/home/somebody'),
    ('finish-args-absolute-run-media-path', '--filesystem=/run/media/somebody'),
    ('finish-args-host-tmp-access', '--filesystem=/tmp'),
    ('finish-args-host-var-access', '--filesystem=/var/log'),
    ('finish-args-reserved-path', '--filesystem=/etc/ssl:ro'),
    ('finish-args-wildcard-talk-name', '--talk-name=org.freedesktop.*'),
    ('finish-args-wildcard-talk-name', '--system-talk-name=org.gnome.*'),
    ('finish-args-portal-talk-name', '--talk-name=org.freedesktop.portal.Desktop'),
    ('finish-args-portal-impl-talk-name', '--talk-name=org.freedesktop.impl.portal.PermissionStore'),
    ('finish-args-dconf-talk-name', '--talk-name=ca.desrt.dconf'),
    ('finish-args-freedesktop-dbus-talk-name', '--talk-name=org.freedesktop.DBus'),
    ('finish-args-incorrect-dbus-gvfs', '--talk-name=org.gtk.vfs'),
    ('finish-args-flatpak-spawn-access', '--talk-name=org.freedesktop.Flatpak'),
    ('finish-args-flatpak-talk-name', '--talk-name=org.freedesktop.Flatpak.SessionHelper'),
    ('finish-args-flatpak-talk-name', '--system-talk-name=org.freedesktop.Flatpak.SystemHelper'),
    ('finish-args-incorrect-secret-service-talk-name', '--talk-name=org.freedesktop.Secrets'),
    ('finish-args-secret-service-talk-name', '--talk-name=org.freedesktop.secrets'),
    ('finish-args-systemd1-talk-name', '--talk-name=org.freedesktop.systemd1'),
    ('finish-args-login1-talk-name', '--system-talk-name=org.freedesktop.login1'),
    ('finish-args-kwin-talk-name', '--talk-name=org.kde.KWin'),
    ('finish-args-plasmashell-talk-name', '--talk-name=org.kde.plasmashell'),
    ('finish-args-notifications-talk-name', '--talk-name=org.freedesktop.Notifications'),
    ('finish-args-background-talk-name', '--talk-name=org.gnome.SessionManager'),
    ('finish-args-system-own-name', '--system-own-name=org.example.Name'),
    ('finish-args-unnecessary-appid-own-name', '--own-name=ID'),
    ('finish-args-unnecessary-appid-own-name', '--own-name=ID.SearchProvider'),
    ('finish-args-own-name', '--own-name=org.example.Name'),
    ('finish-args-unnecessary-appid-talk-name', '--talk-name=ID'),
)

# The rule, what is not installed, and what is
INSTALLED = (
    ('exported-name-without-id', None, 'share/dbus-1/services/org.example.Other.service'),
    ('exported-name-without-id', None, 'share/icons/hicolor/scalable/apps/nightlatch.svg'),
    ('module-license-not-installed', 'share/licenses/ID/COPYING', None),
    ('appstream-metainfo-missing', 'share/metainfo/ID.metainfo.xml', None),
    ('no-exportable-icon-installed', 'share/icons/hicolor/symbolic/apps/ID-symbolic.svg', None),
    ('non-svg-icon-in-scalable-folder', None, 'share/icons/hicolor/scalable/apps/ID.png'),
    ('provided-binary-missing', None, 'bin/nightlatch-helper'),
)


def renamed(package, app_id):
    """`package` under another ID, and in the repository that this names."""
    old = package.base_id

    def new(text):
        text = text.replace(old, app_id)
        url = identity.repository(package.but(texts={'meson.build': package.texts['meson.build'].replace(old, app_id)}))
        return text.replace(identity.repository(package), url) if url else text
    return package.but(
        texts={name: new(text) for name, text in package.texts.items()},
        names={name: new(text) for name, text in package.names.items()},
        installed=frozenset(map(new, package.installed)))


def changed(package, files, old, new):
    """`package` with other words in some of its files."""
    texts = dict(package.texts)
    for name in files:
        pattern = old if isinstance(old, re.Pattern) else re.compile(re.escape(old))
        texts[name], times = pattern.subn(new if isinstance(old, re.Pattern) else lambda _: new, texts[name])
        assert times, f'{name} has no {old}'
    return package.but(texts=texts)


def allowed(package, argument):
    """`package` with one more permission."""
    argument = argument.replace('ID', package.base_id)
    package = changed(package, BOTH, '"--device=dri"', f'"--device=dri", "{argument}"')
    return changed(package, ['readme'], '| `--device=dri` |', f'| `{argument}` | |\n| `--device=dri` |')


def png(width, height, pixel):
    """A picture; `pixel` says how opaque it is at a place."""
    lines = b''.join(b'\0' + b''.join(bytes((60, 60, 60, pixel(x, y))) for x in range(width)) for y in range(height))

    def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 6, 0, 0, 0)) + \
        chunk(b'IDAT', zlib.compress(lines, 1)) + chunk(b'IEND', b'')


def photographed(package, picture):
    """`package` with another first screenshot, of which the metainfo says how large it is."""
    path = 'data/screenshots/lock.png'
    width, height = struct.unpack('>II', picture[16:24])
    texts = dict(package.texts)
    texts['metainfo'] = re.sub('<image width=".*?" height=".*?">(?=.*lock.png)', f'<image width="{width}" height="{height}">',
                               texts['metainfo'])
    return package.but(texts=texts, pictures=package.pictures | {path: picture})


def window(x, y):
    """How opaque a window of 60 × 60 with a shadow of 20 is at a place."""
    inside = 20 <= x < 80 and 20 <= y < 80 and (x - 20) + (y - 20) >= 10 and (79 - x) + (y - 20) >= 10
    return 255 if inside else 80


def everything_broken(package):
    """Each row, with the names of the rules that must notice it."""
    for rule, files, old, new, *more in CHANGES:
        yield {rule, *more}, changed(package, files, old, new)
    for rule, app_id in RENAMED:
        yield {rule}, renamed(package, app_id)
    for rule, argument in PERMISSIONS:
        yield {rule}, allowed(package, argument)
    for rule, less, more in INSTALLED:
        names = [name and name.replace('ID', package.app_id) for name in (less, more)]
        assert names[0] is None or names[0] in package.installed, less
        yield {rule}, package.but(installed=(package.installed - {names[0]}) | ({names[1]} - {None}))
    yield {'appid-filename-mismatch'}, package.but(names=package.names | {'release': 'nightlatch.json'})
    yield {'screenshot-too-large'}, photographed(package, png(1001, 80, lambda x, y: window(x, y) if x < 500 else 80))
    yield {'screenshot-without-shadow'}, photographed(package, png(100, 100, lambda x, y: 255))
    yield {'screenshot-without-shadow'}, photographed(package, png(100, 100, lambda x, y: 255 if window(x, y) == 255 else 0))
    yield {'screenshot-without-shadow'}, photographed(package, png(100, 100, lambda x, y: 255 if 20 <= y < 80 else 80))


ours = flathub.Package.of(Path(os.environ['SOURCE_ROOT']), Path(os.environ['BUILD_ROOT']))
wrong = set(flathub.broken(ours))
results = {}
for number, (expected, package) in enumerate(everything_broken(ours), 1):
    found = flathub.broken(package)
    results[f'/flathub-rules/{"+".join(sorted(expected))}/{number}'] = [
        *(f'{name} did not notice it' for name in expected - set(found)),
        *(f'{name} speaks of {found[name]}' for name in set(found) - expected - wrong),
    ]
results['/flathub-rules/a-good-window-is-good'] = list(flathub.broken(photographed(ours, png(100, 100, window))).keys() - wrong)
tried = {name for expected, _ in everything_broken(ours) for name in expected}
results['/flathub-rules/each-is-tried'] = sorted(set(flathub.RULES) - tried)
facts.tell(results)
