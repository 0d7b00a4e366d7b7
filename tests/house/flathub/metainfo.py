# SPDX-License-Identifier: GPL-3.0-or-later
"""What shops say of the application. appstreamcli validates the file; here is what it lets pass, or calls a hint."""

import datetime
import itertools
import re

from .package import LANG
from .rules import rule

VENDOR = 'nuki'
# What the last release of a new application must not be
UNFINISHED = re.compile('alpha|beta|rc|pre|dev', re.I)


@rule('appstream-unsupported-component-type', 'It is an application for the desktop')
def component(package):
    if (package.info.tag, package.info.get('type')) != ('component', 'desktop-application'):
        yield f'{package.info.tag} of type {package.info.get("type")}'


@rule('appstream-id-mismatch-flatpak-id', 'The metainfo has the ID')
def app_id(package):
    if package.words('id') != [package.app_id]:
        yield f'{package.words("id")}'


@rule('appstream-metainfo-missing', 'It is installed where shops look')
def installed(package):
    if f'share/metainfo/{package.app_id}.metainfo.xml' not in package.installed:
        yield f'{package.app_id}.metainfo.xml'


@rule('metadata-license-missing', 'Everybody may copy what it says')
def metadata_license(package):
    if package.words('metadata_license') != ['CC0-1.0']:
        yield f'{package.words("metadata_license")}'


@rule('appstream-missing-project-license', 'It says under which licence the application is, as SPDX calls it')
def project_license(package):
    licence = 'GPL-3.0-or-later'
    if package.words('project_license') != [licence] or f"license: '{licence}'" not in package.texts['meson.build']:
        yield f'{package.words("project_license")}'


@rule('appstream-missing-developer-name', 'It says who made it: one name, of an ID that is a domain turned round')
def developer(package):
    made = package.info.findall('developer')
    if len(made) != 1 or not package.words('developer/name') or \
            not re.fullmatch(r'[a-z]+(\.[a-z0-9_-]+)+', made[0].get('id', '')):
        yield f'{len(made)} developers, {package.words("developer/name")}'


@rule('name-too-long', 'Its name has 15 characters at most')
def name_length(package):
    yield from (name for name in package.words('name') if len(name) > 15)


@rule('name-weird-formatting', 'Its name is words that begin with capitals, and nothing else')
def name_formatting(package):
    yield from (name for name in package.words('name') if not re.fullmatch('[A-Z][a-z]+( [A-Z][a-z]+)*', name))


@rule('name-of-vendor', 'The vendor’s name is not in its name, nor in its ID: it is not the vendor’s')
def name_of_vendor(package):
    yield from (text for text in (*package.words('name'), package.app_id, package.desktop.get('Name', ''))
                if VENDOR in text.lower())


@rule('summary-length', 'Its summary has 10 to 35 characters')
def summary_length(package):
    yield from (text for text in package.words('summary') if not 10 <= len(text) <= 35)


@rule('summary-weird-formatting', 'Its summary is written like a sentence, without the full stop')
def summary_formatting(package):
    yield from (text for text in package.words('summary') if not re.fullmatch('[A-Z][^A-Z.!:;–-]*', text))


@rule('summary-starts-with-article', 'Its summary says what one does with it')
def summary_article(package):
    yield from (text for text in package.words('summary') if re.match(r'(an?|the)\b', text, re.I))


@rule('summary-repeats-name', 'Its summary is read beside its name')
def summary_name(package):
    yield from (text for text in package.words('summary') if package.words('name')[0].lower() in text.lower())


@rule('summary-technical', 'Its summary has no word that says nothing to people')
def summary_technical(package):
    nothing = r'\b(app|application|tool|client|gtk\d?|gnome|api|http|bridge|free|open.source|written in)\b'
    yield from (text for text in package.words('summary') if re.search(nothing, text, re.I))


@rule('description-tag-unknown', 'Its description has paragraphs and lists, and emphasis and code in them')
def description_tags(package):
    for element in package.info.findall('description//*'):
        if element.tag not in ('p', 'ol', 'ul', 'li', 'em', 'code'):
            yield element.tag


@rule('description-length', 'Its description is three to ten lines')
def description_length(package):
    length = sum(map(len, package.words('description/p') + package.words('description/*/li')))
    if not 200 <= length <= 700:  # of 70 characters each
        yield f'it has {length} characters'


@rule('description-long-list', 'No list in there has more than ten points')
def description_lists(package):
    for path in 'description/ul', 'description/ol':
        for points in package.info.findall(path):
            if len([point for point in points if LANG not in point.attrib]) > 10:
                yield f'{len(list(points))} points'


@rule('description-repeats-summary', 'Its description says more than its summary')
def description_repeats(package):
    yield from (text for text in package.words('description/p') if text.strip('.') == package.words('summary')[0])


@rule('description-without-setup', 'What has to be set up elsewhere is a paragraph in **, which Flathub makes bold')
def description_setup(package):
    if not any(re.fullmatch(r'\*\*.*HTTP API.*\*\*', text) for text in package.words('description/p')):
        yield 'the bridge’s HTTP API'


@rule('description-without-affiliation', 'It says whose it is not')
def description_affiliation(package):
    if 'not affiliated with' not in ' '.join(package.words('description/p')):
        yield f'{package.words("description/p")}'


@rule('metainfo-missing-launchable-tag', 'It says, once, what starts it')
def launchable(package):
    if len(package.words("launchable[@type='desktop-id']")) != 1:
        yield f'{package.words("launchable")}'


@rule('metainfo-launchable-tag-wrong-value', 'That is a desktop entry named after the ID')
def launchable_value(package):
    for value in package.words("launchable[@type='desktop-id']"):
        if not re.fullmatch(re.escape(package.app_id) + r'([-.].*)?\.desktop', value):
            yield value


@rule('appstream-launchable-file-missing', 'That is installed')
def launchable_file(package):
    for value in package.words("launchable[@type='desktop-id']"):
        if value.startswith(package.app_id) and f'share/applications/{value}' not in package.installed:
            yield value


@rule('provided-binary-missing', 'It provides the programs that are installed')
def binaries(package):
    if set(package.words('provides/binary')) != package.programs:
        yield f'{package.words("provides/binary")} are not {sorted(package.programs)}'


@rule('url-missing', 'It leads to a homepage, to help, to persons, and to where problems, sources and translations are')
def links(package):
    kinds = {url.get('type') for url in package.info.findall('url')}
    yield from sorted({'homepage', 'bugtracker', 'vcs-browser', 'help', 'contact', 'contribute', 'translate'} - kinds)


@rule('url-not-https', 'There is no way to there that others can change')
def secure_links(package):
    yield from (url.text for url in package.info.findall('url') if not url.text.startswith('https://'))


@rule('content-rating-missing', 'It is rated by oars-1.1')
def rating(package):
    if [kind.get('type') for kind in package.info.findall('content_rating')] != ['oars-1.1']:
        yield f'{[kind.attrib for kind in package.info.findall("content_rating")]}'


@rule('translation-missing', 'It says where its translations are')
def translation(package):
    if [where.get('type') for where in package.info.findall('translation')] != ['gettext']:
        yield f'{package.words("translation")}'


@rule('control-missing', 'It says that it is used with a keyboard, a mouse or a finger')
def controls(package):
    if package.words('supports/control') != ['keyboard', 'pointing', 'touch']:
        yield f'{package.words("supports/control")}'


@rule('display-length-missing', 'It says that it fits a phone')
def display_length(package):
    if [(side.get('compare'), side.text) for side in package.info.findall('requires/display_length')] != [('ge', '360')]:
        yield f'{package.words("requires/display_length")}'


@rule('appstream-icon-wrong-value', 'Its icon is named after the ID')
def icon(package):
    if [(icon.get('type'), icon.text) for icon in package.info.findall('icon')] != [('stock', package.app_id)]:
        yield f'{package.words("icon")}'


def releases(package):
    return package.info.findall('releases/release')


def day(release):
    """When a release was; of one of which that cannot be said, that it was long ago."""
    try:
        return datetime.date.fromisoformat(release.get('date', ''))
    except ValueError:
        return datetime.date.min


def number(release):
    return [int(part) for part in re.findall(r'\d+', release.get('version', ''))]


@rule('releases-info-missing', 'It tells of its releases')
def has_releases(package):
    if not releases(package):
        yield 'none'


@rule('release-time-missing', 'It says when each was')
def release_time(package):
    yield from (f'{release.attrib}' for release in releases(package) if day(release) == datetime.date.min)


@rule('release-in-the-future', 'None is still to come')
def release_future(package):
    yield from (f'{release.attrib}' for release in releases(package) if day(release) > datetime.date.today())


@rule('releases-not-in-order', 'The last comes first')
def release_order(package):
    for later, earlier in itertools.pairwise(releases(package)):
        if (number(later), day(later)) <= (number(earlier), day(earlier)):
            yield f'{later.attrib} before {earlier.attrib}'


@rule('appstream-latest-release-is-prerelease', 'The last one is finished')
def release_finished(package):
    for release in releases(package)[:1]:
        if UNFINISHED.search(release.get('version', '')) or release.get('type', 'stable') != 'stable':
            yield f'{release.attrib}'


@rule('release-notes-missing', 'It says of each what is new, in some sentences')
def release_notes(package):
    for release in releases(package):
        notes = ' '.join(''.join(text for part in release.findall('description') for text in part.itertext()).split())
        if not 40 <= len(notes) <= 500:
            yield f'{release.get("version")}: {notes!r}'


@rule('release-notes-boilerplate', 'Those say what it is, not that there is something')
def release_boilerplate(package):
    for release in releases(package):
        notes = ''.join(release.itertext()).lower()
        yield from (f'{release.get("version")}: {words}' for words in ('bug fixes', 'performance improvements', 'various')
                    if words in notes)


@rule('release-of-another-version', 'The last one is this version, and NEWS tells of it')
def release_version(package):
    if [release.get('version') for release in releases(package)[:1]] not in ([], [package.version]):
        yield f'it is not {package.version}'
    if f'Version {package.version}\n' not in package.texts['news']:
        yield f'NEWS does not know {package.version}'
