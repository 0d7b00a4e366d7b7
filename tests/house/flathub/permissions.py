# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sandbox may be opened for. All that Flathub refuses is named, so that whoever wants more sees at once what it will
say; exceptions are granted to those who can explain them."""

import re

from .rules import add, rule

HOME = '(~|home)'
MODE = '(:ro|:rw|:create)?'
BELOW = f'(/.*)?{MODE}'

# Each: the name of the rule, what an argument must not match as a whole, and why
REFUSED = (
    ('finish-args-contains-inherit-wayland-socket', '--socket=inherit-wayland-socket', 'Wayland’s socket is the usual one'),
    ('finish-args-has-socket-gpg-agent', '--socket=gpg-agent', 'Keys of GnuPG are nobody’s business'),
    ('finish-args-has-socket-ssh-auth', '--socket=ssh-auth', 'Nor are those of SSH'),
    ('finish-args-arbitrary-dbus-access', '--socket=(session|system)-bus', 'Buses are there for some names only'),
    ('finish-args-has-nosocket', '--nosocket=.*', 'What is not allowed is not said'),
    ('finish-args-has-unshare', '--unshare=.*', 'What is not shared is not said'),
    ('finish-args-has-nodevice', '--nodevice=.*', 'Which devices it does not have is not said'),
    ('finish-args-uses-no-talk-name', '--(system-)?no-talk-name=.*', 'With whom it does not talk is not said'),
    ('finish-args-conditional-permission-not-allowed', '--(socket|device|share|allow)-if=.*', 'Nothing is allowed on conditions'),
    ('finish-args-no-required-flatpak', '--device=(input|usb)', 'Devices that old versions of Flatpak do not know are not used'),
    ('finish-args-device-all', '--device=(all|shm|kvm)', 'Of devices it has no more than it draws with'),
    ('finish-args-metadata-key', '--metadata=.*', 'What Flatpak writes is left to it'),

    ('finish-args-host-filesystem-access', f'--filesystem=host(-os|-etc|-root)?{MODE}', 'The system’s files are the system’s'),
    ('finish-args-home-filesystem-access', f'--filesystem={HOME}/?{MODE}', 'A person’s files come through the file chooser'),
    ('finish-args-arbitrary-xdg-access', f'--filesystem=xdg-(config|data|cache){MODE}', 'Others’ settings and data are theirs'),
    ('finish-args-unnecessary-xdg-access', f'--filesystem=xdg-(config|data|cache)/.*', 'Ours are in ~/.var/app, of itself'),
    ('finish-args-full-home-config-access', f'--filesystem={HOME}/\\.config/?{MODE}', 'Likewise by another name'),
    ('finish-args-full-home-cache-access', f'--filesystem={HOME}/\\.cache/?{MODE}', 'Likewise for what is cached'),
    ('finish-args-full-home-local-access', f'--filesystem={HOME}/\\.local/?{MODE}', 'Likewise for data'),
    ('finish-args-full-home-local-share-access', f'--filesystem={HOME}/\\.local/share/?{MODE}', 'Likewise for data in their folder'),
    ('finish-args-autostart-filesystem-access', f'--filesystem={HOME}/\\.config/autostart/?{MODE}',
     'To start with the session is asked of the Background portal'),
    ('finish-args-systemd-filesystem-access', f'--filesystem={HOME}/\\.config/systemd{BELOW}', 'Nor is that asked of systemd'),
    ('finish-args-desktopfile-filesystem-access', f'--filesystem={HOME}/\\.local/share/applications/?{MODE}',
     'Flatpak installs desktop entries'),
    ('finish-args-ssh-filesystem-access', f'--filesystem={HOME}/\\.ssh{BELOW}', 'Keys are nobody’s business, as files either'),
    ('finish-args-gnupg-filesystem-access', f'--filesystem={HOME}/\\.gnupg{BELOW}', 'Nor those of GnuPG'),
    ('finish-args-direct-dconf-path', f'--filesystem=(xdg-run/dconf{BELOW}|{HOME}/\\.config/dconf{BELOW}|/run/user/.*/dconf.*)',
     'Settings are kept in the sandbox'),
    ('finish-args-flatpak-appdata-folder-access', f'--filesystem={HOME}/\\.var/app{BELOW}', 'Other applications’ data are theirs'),
    ('finish-args-flatpak-user-folder-access', f'--filesystem={HOME}/\\.local/share/flatpak{BELOW}', 'Applications are Flatpak’s'),
    ('finish-args-flatpak-system-folder-access', f'--filesystem=/var/lib/flatpak{BELOW}', 'Those of all persons, too'),
    ('finish-args-legacy-icon-folder-permission', f'--filesystem={HOME}/\\.icons{BELOW}', 'Icons come with the desktop'),
    ('finish-args-legacy-font-folder-permission', f'--filesystem={HOME}/\\.fonts{BELOW}', 'So do fonts'),
    ('finish-args-incorrect-theme-folder-permission', f'--filesystem={HOME}/\\.themes{BELOW}', 'So do themes'),
    ('finish-args-absolute-home-path', f'--filesystem=(/var)?/home{BELOW}', 'Where homes are depends on the system'),
    ('finish-args-absolute-run-media-path', '--filesystem=/run/media/.+', 'Where disks are does so, too'),
    ('finish-args-host-tmp-access', f'--filesystem=/tmp{BELOW}', 'It has a folder of its own for files of a moment'),
    ('finish-args-host-var-access', f'--filesystem=/var(?!/(cache|config|data|tmp|lib/flatpak|home)\\b){BELOW}', 'And for others'),
    ('finish-args-reserved-path',
     f'--filesystem=/(\\.flatpak-info|app|bin|dev|etc|lib|lib32|lib64|proc|root|run/flatpak|run/host|sbin|usr){BELOW}',
     'Flatpak itself uses these'),

    ('finish-args-wildcard-talk-name', r'--(system-)?talk-name=org\.(freedesktop|gnome|kde)\.\*', 'Nobody talks with all'),
    ('finish-args-portal-talk-name', r'--talk-name=org\.freedesktop\.portal\..*', 'Portals are there for all'),
    ('finish-args-portal-impl-talk-name', r'--(system-)?talk-name=org\.freedesktop\.impl\.portal\..*', 'What is behind them is not'),
    ('finish-args-dconf-talk-name', r'--talk-name=ca\.desrt\.dconf(\..*)?', 'Settings are kept in the sandbox, not on the bus'),
    ('finish-args-freedesktop-dbus-talk-name', r'--(system-)?talk-name=org\.freedesktop\.DBus(\..*)?', 'A bus is always talked with'),
    ('finish-args-incorrect-dbus-gvfs', r'--talk-name=org\.gtk\.vfs', 'That is no name of GVfs, which it does not need either'),
    ('finish-args-flatpak-spawn-access', r'--talk-name=org\.freedesktop\.Flatpak(\.\*)?', 'It starts nothing outside'),
    ('finish-args-flatpak-talk-name',
     r'--(talk-name=org\.freedesktop\.Flatpak\.[^*]+|system-talk-name=org\.freedesktop\.Flatpak(\..*)?)', 'Nor does it install'),
    ('finish-args-incorrect-secret-service-talk-name', r'--talk-name=org\.freedesktop\.Secrets', 'It is written with a small s'),
    ('finish-args-secret-service-talk-name', r'--talk-name=org\.freedesktop\.secrets',
     'Secrets are kept with the key that the Secret portal gives; the keyring has others’, too'),
    ('finish-args-systemd1-talk-name', r'--(system-)?talk-name=org\.freedesktop\.systemd1(\..*)?', 'Services are not its business'),
    ('finish-args-login1-talk-name', r'--(system-)?talk-name=org\.freedesktop\.login1(\..*)?',
     'That the computer slept, clocks tell as well'),
    ('finish-args-kwin-talk-name', r'--(system-)?talk-name=org\.kde\.KWin(\..*)?', 'Windows are not its business'),
    ('finish-args-plasmashell-talk-name', r'--(system-)?talk-name=org\.kde\.plasmashell(\..*)?', 'Nor is the desktop'),
    ('finish-args-notifications-talk-name', r'--talk-name=org\.freedesktop\.Notifications', 'Notifications have a portal'),
    ('finish-args-background-talk-name', r'--talk-name=org\.gnome\.(SessionManager|Shell)(\..*)?', 'So has running in the background'),
    ('finish-args-system-own-name', '--system-own-name=.*', 'On the system bus it is nobody'),
)


def arguments(package):
    """All of both manifests, each once."""
    yield from dict.fromkeys(argument for manifest in package.manifests.values() for argument in manifest.get('finish-args', []))


def refuse(name, pattern, words):
    def check(package):
        yield from (argument for argument in arguments(package) if re.fullmatch(pattern, argument))
    add(name, words, check)


for row in REFUSED:
    refuse(*row)


def having(package):
    """For each manifest, whether it has an argument."""
    for manifest in package.manifests.values():
        if 'finish-args' in manifest:
            yield lambda *names, has=manifest['finish-args']: any(name in has for name in names)


@rule('finish-args-not-defined', 'It is said what the sandbox may do')
def defined(package):
    yield from (name for name, manifest in package.manifests.items() if 'finish-args' not in manifest)


@rule('finish-args-said-twice', 'It is said once')
def once(package):
    for manifest in package.manifests.values():
        has = manifest.get('finish-args', [])
        yield from sorted({argument for argument in has if has.count(argument) > 1})


@rule('finish-args-unexplained', 'flatpak/README.md tells of each permission why it is needed, and of no other')
def explained(package):
    told = set(re.findall(r'^\| `(--[^`]+)` \|', package.texts['readme'], re.M))
    has = set(arguments(package))
    yield from (f'{argument} is not told of' for argument in sorted(has - told))
    yield from (f'{argument} is told of' for argument in sorted(told - has) if has)


@rule('finish-args-contains-both-x11-and-fallback', 'X11 is there always, or where Wayland is not')
def x11_twice(package):
    yield from ('x11 and fallback-x11' for has in having(package) if has('--socket=x11') and has('--socket=fallback-x11'))


@rule('finish-args-contains-both-x11-and-wayland', 'Where there is Wayland, there is no X11')
def x11_and_wayland(package):
    yield from ('x11 and wayland' for has in having(package) if has('--socket=x11') and has('--socket=wayland'))


@rule('finish-args-x11-without-ipc', 'With X11 goes the memory that is shared with it')
def x11_without_ipc(package):
    yield from ('x11 alone' for has in having(package) if has('--socket=x11', '--socket=fallback-x11') and not has('--share=ipc'))


@rule('finish-args-fallback-x11-without-wayland', 'X11 takes the place of something')
def fallback_alone(package):
    yield from ('fallback-x11 alone' for has in having(package) if has('--socket=fallback-x11') and not has('--socket=wayland'))


@rule('finish-args-only-wayland', 'Where there is no Wayland, there is a window, too')
def wayland_alone(package):
    yield from ('wayland alone' for has in having(package)
                if has('--socket=wayland') and not has('--socket=x11', '--socket=fallback-x11'))


def is_own(argument, package):
    """Whether it is about the application's own name, or one below it."""
    return re.fullmatch(re.escape(package.base_id) + r'(\..*)?', argument.partition('=')[2])


@rule('finish-args-unnecessary-appid-own-name', 'Its own name is its own without asking')
def own_name(package):
    yield from (argument for argument in arguments(package) if argument.startswith('--own-name=') and is_own(argument, package))


@rule('finish-args-own-name', 'It has no other name')
def other_name(package):
    yield from (argument for argument in arguments(package) if argument.startswith('--own-name=') and not is_own(argument, package))


@rule('finish-args-unnecessary-appid-talk-name', 'It talks with itself without asking')
def own_talk_name(package):
    yield from (argument for argument in arguments(package)
                if re.match('--(system-)?talk-name=', argument) and is_own(argument, package))
