#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How start, memory, refresh and search grow with the number of locks."""

import os
import pathlib

import plot
from crowd import Crowd, merge
from results import Results, median

# Bridges, and locks of each: a simulator has a thousand at most
SIZES = [(1, 1), (1, 10), (2, 50), (20, 50), (10, 1000)]
N_WINDOWS = 3

# What is plotted, by the figures of a Crowd
CURVES = {
    "start, ms": "until locks show, in ms",
    "refreshed, ms": "until all is refreshed, in ms",
    "processor, ms": "of which a processor was busy here, in ms",
    "memory, MiB": "memory, in MiB",
    "search, ms a key": "all turns after a key, in ms",
}


def grows_linearly(points):
    """From a hundred locks on, ten times as many take at most twelve times as long."""
    return all(b <= 12 * a * (m / n / 10) for (n, a), (m, b) in zip(points, points[1:]) if n >= 100)


results = Results("growth", "start, memory, refresh and search grow no faster than the number of locks")
curves = {name: [] for name in CURVES}
for n_bridges, n_locks in SIZES:
    with Crowd(n_bridges, n_locks) as crowd:
        figures = merge([crowd.measure() for _ in range(N_WINDOWS)])
    for name, figure in CURVES.items():
        if figure in figures:
            curves[name].append((n_bridges * n_locks, median(figures[figure])))
    met = all(grows_linearly(points) for points in curves.values())
    results.add(f"{n_bridges * n_locks:,} locks on {n_bridges} bridge{'s' if n_bridges > 1 else ''}", met, figures)
results.write()
path = pathlib.Path(os.environ["NIGHTLATCH_BENCHMARKS"]) / "growth.svg"
path.write_text(plot.draw(curves, "locks"), encoding="utf-8")
