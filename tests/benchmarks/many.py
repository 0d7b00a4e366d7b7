#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hundred bridges of fifty locks each, in one window."""

from crowd import Crowd, merge
from results import Results

GOAL_MS = 16
N_BRIDGES = 100
N_LOCKS = 50
N_WINDOWS = 5

with Crowd(N_BRIDGES, N_LOCKS) as crowd:
    figures = merge([crowd.measure() for _ in range(N_WINDOWS)])

results = Results("many", f"no turn of the main loop takes more than {GOAL_MS} ms, and no key of a search")
met = max(figures["turns of the main loop meanwhile, in ms"] + figures["all turns after a key, in ms"]) <= GOAL_MS
results.add(f"{N_BRIDGES} bridges of {N_LOCKS} locks each, {N_WINDOWS} windows", met, figures)
results.write()
