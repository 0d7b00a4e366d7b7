#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much memory the application takes with its window, beside an empty one, and how much without.

Pages that several processes share count in parts: an empty window measured beside others than ours would be unfair."""

import os
import time

from household import APPLICATION, Household, bus, wait_until
from results import Results, median

RUNS = int(os.environ.get("NIGHTLATCH_RUNS", 5))
# Until all has come to rest; NIGHTLATCH_SETTLING=60 waits for a minute
SETTLING = float(os.environ.get("NIGHTLATCH_SETTLING", 5))
GOAL = 1.2
GOAL_BACKGROUND = 15


def read(program):
    """MiB: its share of all that it uses, and what nobody else uses."""
    time.sleep(SETTLING)
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in program.read("smaps_rollup").splitlines()[1:]}
    program.stop()
    return sizes["Pss"], sizes["Private_Clean"] + sizes["Private_Dirty"]


def read_window(program, frame):
    program.wait_frame(frame)
    return read(program)


def read_background(household):
    program = household.run_ours("--background")
    wait_until(lambda: bus.find_owner(APPLICATION) == program.pid, "it did not start")
    wait_until(lambda: household.bridge.places(), "it does not work")
    return read(program)


with Household(animations=True) as household:
    # Or it would not stay without one
    household.settings(discovery_enabled="false", run_in_background="true")
    empty, ours, background = [], [], []
    for _ in range(RUNS):
        empty.append(read_window(household.run_empty(), "first"))
        ours.append(read_window(household.run_ours(), "wanted"))
        background.append(read_background(household))

(empty, empty_own), (ours, ours_own), (background, background_own) = (
    map(list, zip(*pairs)) for pairs in (empty, ours, background))
results = Results("memory", f"at most {GOAL} times an empty window; without a window at most {GOAL_BACKGROUND} MiB")
results.add(f"with a window, {RUNS} times each, in turn", median(ours) <= GOAL * median(empty), {
    "an empty window: proportional set, in MiB": empty,
    "Nightlatch: proportional set, in MiB": ours,
    "times the empty window": [one / other for one, other in zip(ours, empty)],
    "an empty window: what it shares with nobody, in MiB": empty_own,
    "Nightlatch: what it shares with nobody, in MiB": ours_own,
})
results.add("in the background", median(background) <= GOAL_BACKGROUND, {
    "Nightlatch: proportional set, in MiB": background,
    "Nightlatch: what it shares with nobody, in MiB": background_own,
})
results.write()
