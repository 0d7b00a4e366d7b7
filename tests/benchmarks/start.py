#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long it takes from starting the process to the first frame, and to that which shows all locks."""

import os

from household import Household
from results import Results, median

RUNS = int(os.environ.get("NIGHTLATCH_RUNS", 21))
GOAL = 1.25


def measure(program, *frames):
    times = [program.wait_frame(frame) * 1000 for frame in frames]
    program.stop()
    return times


with Household(animations=True) as household:
    # What is read from disk once is not there for anybody's first time
    measure(household.run_empty(), "first")
    measure(household.run_ours(), "first", "wanted")
    empty, first, locks = [], [], []
    for _ in range(RUNS):
        empty += measure(household.run_empty(), "first")
        times = measure(household.run_ours(), "first", "wanted")
        first.append(times[0])
        locks.append(times[1])

ratios = [one / other for one, other in zip(first, empty)]
results = Results("start", f"the first frame is there after at most {GOAL} times what an empty window takes, median")
results.add(f"{RUNS} starts of each, in turn", median(first) <= GOAL * median(empty), {
    "an empty window: to the first frame, in ms": empty,
    "Nightlatch: to the first frame, in ms": first,
    "Nightlatch: until ten known locks show, in ms": locks,
    "first frame, times the empty window": ratios,
    "locks, times the empty window": [one / other for one, other in zip(locks, empty)],
})
results.write()
