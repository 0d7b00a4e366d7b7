# SPDX-License-Identifier: GPL-3.0-or-later
"""What the application looks like in a shop: icon, colours, screenshots."""

import colorsys
import re
import xml.etree.ElementTree as xml

from .pictures import colour, contrast, drawn, opacity, size
from .package import LANG
from .rules import rule

# Where shops show icons
LIGHT, DARK = (255, 255, 255), (30, 30, 30)
# What a screenshot has above the window: its shadow; it is higher nowhere
SHADOW = 60


@rule('no-exportable-icon-installed', 'An icon is installed that can be drawn in any size, and one in one colour')
def icon_installed(package):
    for path in f'scalable/apps/{package.app_id}.svg', f'symbolic/apps/{package.app_id}-symbolic.svg':
        if f'share/icons/hicolor/{path}' not in package.installed:
            yield path


@rule('non-svg-icon-in-scalable-folder', 'Only such ones are there')
def icon_kinds(package):
    yield from sorted(path for path in package.installed if re.match('share/icons/hicolor/(scalable|symbolic)/(?!.*svg$)', path))


@rule('icon-not-square', 'Icons are square, and as large as GNOME draws them')
def icon_square(package):
    for name, side in ('icon', 128), ('symbolic-icon', 16):
        root = xml.fromstring(package.texts[name])
        if (root.get('width'), root.get('height'), root.get('viewBox')) != (str(side), str(side), f'0 0 {side} {side}'):
            yield f'{name}: {root.attrib}'


@rule('icon-not-drawn', 'Icons are drawings: no pictures, nothing from elsewhere, no letters')
def icon_drawing(package):
    for name in 'icon', 'symbolic-icon':
        for element in xml.fromstring(package.texts[name]).iter():
            if re.search('image|text|use|script|foreignObject', element.tag.rpartition('}')[2]):
                yield f'{name}: {element.tag}'


@rule('icon-footprint', 'The icon fills neither all of its canvas nor little of it')
def icon_footprint(package):
    icon = drawn(package.texts['icon'])
    if icon.margin < 4 or icon.extent < .7:
        yield f'it leaves {icon.margin} of 128 free, and is {icon.extent:.0%} long'


@rule('icon-baked-in-shadow', 'The icon has no shadow; shops draw that')
def icon_shadow(package):
    if re.search('<(filter|feGaussianBlur|feDropShadow)', package.texts['icon']) or drawn(package.texts['icon']).blurred > .05:
        yield f'{drawn(package.texts["icon"]).blurred:.0%} of it are see-through'


@rule('icon-contrast', 'The icon can be seen on white and on black')
def icon_contrast(package):
    for background in LIGHT, DARK:
        if (seen := drawn(package.texts['icon']).stands_out(background)) < .6:
            yield f'on {background} {seen:.0%} of its outline are seen'


def colours(package):
    """By scheme, as far as they are colours."""
    return {element.get('scheme_preference'): colour(element.text)
            for element in package.info.findall("branding/color[@type='primary']")
            if re.fullmatch('#[0-9a-f]{6}', element.text)}


@rule('branding-missing', 'It has a colour for bright shops and one for dark ones')
def branding(package):
    if set(colours(package)) != {'light', 'dark'}:
        yield f'{colours(package)}'


@rule('branding-same-colour', 'They are not the same')
def branding_differs(package):
    if len(colours(package)) > len(set(colours(package).values())):
        yield f'{colours(package)}'


@rule('branding-wrong-scheme', 'Black letters can be read on that for bright shops, white ones on the other')
def branding_scheme(package):
    letters = {'light': (0, 0, 0), 'dark': (255, 255, 255)}
    for scheme, found in colours(package).items():
        if contrast(found, letters[scheme]) < 4.5:
            yield f'{scheme}: {contrast(found, letters[scheme]):.1f}'


@rule('branding-grey', 'They are colourful')
def branding_colourful(package):
    for scheme, found in colours(package).items():
        if colorsys.rgb_to_hls(*(part / 255 for part in found))[2] < .3:
            yield scheme


@rule('branding-contrast', 'The icon can be seen on them')
def branding_contrast(package):
    for scheme, found in colours(package).items():
        if (seen := drawn(package.texts['icon']).stands_out(found)) < .6:
            yield f'on that for {scheme} shops {seen:.0%} of its outline are seen'


def screenshots(package):
    return package.info.findall('screenshots/screenshot')


def images(package):
    """The image of each, with its file if we have that."""
    for screenshot in screenshots(package):
        for image in screenshot.findall('image'):
            path = re.sub('^https://[^/]+/[^/]+/[^/]+/[^/]+/', '', image.text)
            yield image, path, package.pictures.get(path)


@rule('metainfo-missing-screenshots', 'There are three to six screenshots')
def screenshot_number(package):
    if not 3 <= len(screenshots(package)) <= 6:
        yield f'{len(screenshots(package))}'


@rule('screenshot-default-missing', 'The first is the default, and says most')
def screenshot_default(package):
    kinds = [screenshot.get('type', 'source') for screenshot in screenshots(package)]
    if kinds[:1] != ['default'] or 'default' in kinds[1:]:
        yield f'{kinds}'


@rule('screenshot-image-source-duplicated', 'Each is one picture')
def screenshot_one_image(package):
    for screenshot in screenshots(package):
        if len([image for image in screenshot.findall('image') if LANG not in image.attrib]) != 1:
            yield f'{screenshot.findtext("caption")}'


@rule('metainfo-svg-screenshots', 'None is a drawing')
def screenshot_format(package):
    yield from (path for image, path, png in images(package) if not path.endswith('.png') or (png and not size(png)))


@rule('screenshot-url-not-of-tag', 'They are shown as they were at the release, which nobody can change')
def screenshot_url(package):
    version = next((release.get('version') for release in package.info.findall('releases/release')), '')
    for image, *_ in images(package):
        if not re.match(rf'https://raw\.githubusercontent\.com/[^/]+/[^/]+/v{re.escape(version)}/', image.text):
            yield image.text


@rule('screenshot-missing', 'They are in this repository, each as large as is said')
def screenshot_size_told(package):
    for image, path, png in images(package):
        if not png:
            yield path
        elif size(png) and tuple(map(str, size(png))) != (image.get('width'), image.get('height')):
            yield f'{path} is {size(png)}'


@rule('screenshot-too-large', 'No screenshot is larger than 1000 × 700, so that it can be read in a shop')
def screenshot_size(package):
    for _, path, png in images(package):
        if png and size(png) and (size(png)[0] > 1000 or size(png)[1] > 700):
            yield f'{path} is {size(png)}'


@rule('screenshot-without-shadow', 'Windows on them have their shadow and round corners')
def screenshot_shadow(package):
    for _, path, png in images(package):
        if not png or not size(png) or size(png)[1] < SHADOW:
            continue
        rows = opacity(png, SHADOW)
        opaque = [row.count(255) for row in rows]
        top = next((y for y, number in enumerate(opaque) if number), None)
        if not top or not any(rows[top - 1]):
            yield f'{path} has no shadow'
        elif opaque[top] >= opaque[min(top + 30, SHADOW - 1)]:
            yield f'{path} has no round corners'


def captions(package):
    for screenshot in screenshots(package):
        yield next((' '.join((caption.text or '').split()) for caption in screenshot.findall('caption')
                    if LANG not in caption.attrib), '')


@rule('appstream-screenshot-missing-caption', 'Each has a caption')
def caption(package):
    yield from ('one has none' for text in captions(package) if not text)


@rule('caption-length', 'That is short')
def caption_length(package):
    yield from (text for text in captions(package) if text and not 10 <= len(text) <= 80)


@rule('caption-weird-formatting', 'And one sentence, without the full stop, nor a number before it')
def caption_formatting(package):
    yield from (text for text in captions(package) if text and not re.fullmatch(r'[A-Z][^.!?]*', text))
