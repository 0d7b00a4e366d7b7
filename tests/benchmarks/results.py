# SPDX-License-Identifier: GPL-3.0-or-later
"""What a benchmark that is written in Python has to tell, in the form of figures.h."""

import json
import math
import os
import pathlib


def percentile(values, percent):
    """The smallest value that so many percent do not exceed."""
    return sorted(values)[max(math.ceil(percent / 100 * len(values)), 1) - 1]


def median(values):
    return percentile(values, 50)


class Results:
    def __init__(self, name, goal):
        self._name = name
        self._goal = goal
        self._runs = []

    def add(self, title, met, figures):
        """One run; `figures` are lists of values, or single ones, by name."""
        lists = {name: values if isinstance(values, list) else [values] for name, values in figures.items()}
        self._runs.append({"title": title, "goalMet": met, "figures": {
            name: {"median": median(values), "p99": percentile(values, 99), "max": max(values), "values": values}
            for name, values in lists.items()}})

    def write(self):
        path = pathlib.Path(os.environ["NIGHTLATCH_BENCHMARKS"]) / f"{self._name}.json"
        path.write_text(json.dumps({"name": self._name, "goal": self._goal, "runs": self._runs}, indent=1) + "\n",
                        encoding="utf-8")
