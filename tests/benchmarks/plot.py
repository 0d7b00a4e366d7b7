# SPDX-License-Identifier: GPL-3.0-or-later
"""Curves with logarithmic axes, as SVG."""

import math

WIDTH, HEIGHT = 640, 420
LEFT, RIGHT, TOP, BOTTOM = 60, 150, 20, 50
COLORS = ["#1c71d8", "#c64600", "#613583", "#26a269", "#a51d2d"]


def draw(curves, unit):
    """`curves` are lists of points by name; `unit` is what they are over."""
    points = [point for curve in curves.values() for point in curve]
    ranges = [(math.floor(math.log10(min(values))), max(math.ceil(math.log10(max(values))), 1))
              for values in zip(*points)]
    (left, right), (bottom, top) = ranges

    def x(value):
        return LEFT + (math.log10(value) - left) / (right - left) * (WIDTH - LEFT - RIGHT)

    def y(value):
        return HEIGHT - BOTTOM - (math.log10(value) - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM)

    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
             'font-size="12">', f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    for power in range(left, right + 1):
        at = x(10 ** power)
        lines += [f'<path d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>',
                  f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10 ** power:,}</text>']
    for power in range(bottom, top + 1):
        at = y(10 ** power)
        lines += [f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>',
                  f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10 ** power:,}</text>']
    lines.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">{unit}</text>')

    last = math.inf
    for (name, curve), color in sorted(zip(curves.items(), COLORS), key=lambda pair: y(pair[0][1][-1][1]), reverse=True):
        path = "L".join(f"{x(n):.1f} {y(value):.1f}" for n, value in curve)
        # Names that would lie on each other give way upwards
        last = min(y(curve[-1][1]) + 4, last - 15)
        lines += [f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"/>',
                  *(f'<circle cx="{x(n):.1f}" cy="{y(value):.1f}" r="3" fill="{color}"/>' for n, value in curve),
                  f'<text x="{WIDTH - RIGHT + 8}" y="{last:.1f}" fill="{color}">{name}</text>']
    return "\n".join([*lines, "</svg>", ""])
