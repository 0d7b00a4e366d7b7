# SPDX-License-Identifier: GPL-3.0-or-later
"""How desktops start the application."""

import re

from .rules import rule

# By which nobody looks for anything
LOW_QUALITY = {'GTK', 'Qt', 'KDE', 'GNOME', 'Motif', 'Java', 'Application', 'XFCE', 'DDE'}


@rule('desktop-file-exec-key-absent', 'A desktop entry says what is run')
def exec_key(package):
    if not package.desktop.get('Exec'):
        yield 'nothing is run'


@rule('desktop-file-exec-has-flatpak-run', 'That is not Flatpak, which writes that itself')
def exec_flatpak(package):
    if 'flatpak run' in package.desktop.get('Exec', ''):
        yield package.desktop['Exec']


@rule('desktop-file-exec-not-installed', 'That is a program which is installed')
def exec_program(package):
    command = package.desktop.get('Exec', '').split(' ')[0]
    if command and command != 'flatpak' and command not in package.programs:
        yield command


@rule('desktop-file-icon-key-absent', 'A desktop entry has an icon')
def icon_key(package):
    if not package.desktop.get('Icon'):
        yield 'it has none'


@rule('desktop-file-icon-key-wrong-value', 'That is named after the ID')
def icon_value(package):
    if (icon := package.desktop.get('Icon')) and not re.fullmatch(re.escape(package.app_id) + '([-.].*)?', icon):
        yield icon


@rule('desktop-file-icon-not-installed', 'That is installed')
def icon_file(package):
    icon = package.desktop.get('Icon', '')
    if icon.startswith(package.app_id) and f'share/icons/hicolor/scalable/apps/{icon}.svg' not in package.installed:
        yield icon


@rule('desktop-file-is-hidden', 'It is not hidden')
def hidden(package):
    yield from (key for key in ('Hidden', 'NoDisplay') if package.desktop.get(key) == 'true')


@rule('desktop-file-low-quality-category', 'It is found in a category')
def category(package):
    if not set(package.desktop.get('Categories', '').strip(';').split(';')) - LOW_QUALITY - {''}:
        yield package.desktop.get('Categories', '')


@rule('desktop-file-name-mismatch', 'It is called the same everywhere')
def name(package):
    if [package.desktop.get('Name')] != package.words('name'):
        yield f'{package.desktop.get("Name")}'


@rule('desktop-file-not-activatable', 'It is started over D-Bus, by a service of the same name')
def activatable(package):
    if package.desktop.get('DBusActivatable') != 'true':
        yield 'the desktop entry does not say so'
    if package.names['service'] != f'{package.app_id}.service' or package.service.get('Name') != package.app_id:
        yield f'{package.names["service"]} is for {package.service.get("Name")}'


@rule('desktop-file-service-program', 'What is started is the same program, without a window')
def service_program(package):
    program, *arguments = package.service.get('Exec', '').split(' ')
    if program.rpartition('/')[2] not in package.programs or arguments != ['--gapplication-service']:
        yield f'{package.service.get("Exec")}'
