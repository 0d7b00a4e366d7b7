# SPDX-License-Identifier: GPL-3.0-or-later
"""Pixels: those of screenshots, and those of icons as they are drawn."""

import dataclasses
import functools
import struct
import zlib

import gi

gi.require_version('GdkPixbuf', '2.0')
from gi.repository import GdkPixbuf  # noqa: E402

# How large icons are drawn to be looked at
CANVAS = 128


def contrast(one, other):
    """Between two colours, as the guidelines for the web count it: 1 for none, 21 for black on white."""
    def luminance(colour):
        parts = (part / 255 for part in colour)
        linear = [part / 12.92 if part <= .04045 else ((part + .055) / 1.055) ** 2.4 for part in parts]
        return .2126 * linear[0] + .7152 * linear[1] + .0722 * linear[2]
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + .05) / (dark + .05)


def colour(text):
    """That of #rrggbb."""
    return tuple(bytes.fromhex(text.removeprefix('#')))


@functools.cache
def size(png):
    """Width and height of a PNG, or None if it is something else."""
    return struct.unpack('>II', png[16:24]) if png.startswith(b'\x89PNG\r\n\x1a\n') else None


@functools.cache
def opacity(png, rows):
    """For each pixel of the first rows of a PNG, how opaque it is: 0 to 255."""
    width, _ = size(png)
    depth, kind, _, _, interlaced = png[24:29]
    if (depth, kind, interlaced) != (8, 6, 0):
        return [[255] * width] * rows
    data, at = b'', 8
    while at < len(png):
        length, name = struct.unpack('>I4s', png[at:at + 8])
        data += png[at + 8:at + 8 + length] if name == b'IDAT' else b''
        at += 12 + length
    stride = 4 * width
    data = zlib.decompressobj().decompress(data, rows * (stride + 1))
    result, above = [], [0] * width
    for row in range(rows):
        start = row * (stride + 1)
        rule, coded = data[start], data[start + 4:start + 1 + stride:4]  # of each pixel, the fourth byte
        line, left, corner = [], 0, 0
        for value, up in zip(coded, above, strict=True):
            nearest = min((left, up, corner), key=lambda near: abs(left + up - corner - near))
            left = (value + (0, left, up, (left + up) // 2, nearest)[rule]) % 256
            corner = up
            line.append(left)
        result.append(line)
        above = line
    return result


@dataclasses.dataclass(frozen=True)
class Drawn:
    """What an icon looks like."""

    margin: int         # pixels between it and the nearest edge of the canvas
    extent: float       # of the canvas's side, the longer one of the icon's
    blurred: float      # of all pixels that are not empty, those that are see-through
    rim: tuple          # colours where it ends

    def stands_out(self, background):
        """The part of its rim that can be told from a background."""
        return sum(contrast(part, background) >= 1.5 for part in self.rim) / len(self.rim)


@functools.cache
def drawn(svg):
    """What the icon in `svg` looks like."""
    loader = GdkPixbuf.PixbufLoader.new_with_type('svg')
    loader.set_size(CANVAS, CANVAS)
    loader.write(svg.encode())
    loader.close()
    pixbuf = loader.get_pixbuf()
    pixels, stride = pixbuf.get_pixels(), pixbuf.get_rowstride()
    width, height = pixbuf.get_width(), pixbuf.get_height()
    points = {(x, y): tuple(pixels[y * stride + 4 * x:y * stride + 4 * x + 4]) for y in range(height) for x in range(width)}
    there = {point for point, (*_, alpha) in points.items() if alpha > 8}
    opaque = {point for point, (*_, alpha) in points.items() if alpha > 200}
    columns, rows = {x for x, _ in there}, {y for _, y in there}

    def at_the_rim(point):
        x, y = point
        return any((x + dx, y + dy) not in there for dx, dy in ((4, 0), (-4, 0), (0, 4), (0, -4)))
    return Drawn(
        margin=min(min(columns), min(rows), width - 1 - max(columns), height - 1 - max(rows)),
        extent=max(max(columns) - min(columns), max(rows) - min(rows)) / CANVAS,
        blurred=1 - len(opaque) / len(there),
        rim=tuple(points[point][:3] for point in sorted(opaque) if at_the_rim(point)),
    )
