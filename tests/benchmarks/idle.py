#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the application does while nothing happens: its window shows, the bridge tells of changes, and there are none."""

import os
import pathlib
import time

from household import Household, wait_until
from results import Results

# In seconds; NIGHTLATCH_IDLE=300 watches for five minutes
DURATION = float(os.environ.get("NIGHTLATCH_IDLE", 60))
SETTLING = 15
GOAL_WAKEUPS, GOAL_PERCENT = 1, 0.1


def read(program):
    """How often its threads have gone to sleep, and for how many seconds they ran. Threads that have ended do not count."""
    switches = {}
    for task in pathlib.Path(f"/proc/{program.pid}/task").iterdir():
        try:
            lines = (task / "status").read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        name = (lines[0].split()[1], task.name)
        switches[name] = next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
    fields = program.read("stat").rsplit(")", 1)[1].split()
    return switches, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), time.monotonic()


with Household(animations=True) as household:
    application = household.run_ours()
    application.wait_frame("wanted")
    wait_until(household.bridge.places, "the bridge is not to tell of changes")
    # Once it has, the application believes that it will; the list that was already due comes while it settles
    household.bridge.set_lock(household.bridge.state()["locks"][0]["nukiId"], state=3)
    time.sleep(SETTLING)
    n_requests = len(household.bridge.requests())
    before, seconds_before, begin = read(application)
    time.sleep(DURATION)
    after, seconds, end = read(application)
    n_requests = len(household.bridge.requests()) - n_requests
    application.stop()

rates = {name: (count - before.get(name, 0)) / (end - begin) for name, count in after.items()}
percent = (seconds - seconds_before) / (end - begin) * 100
results = Results("idle", f"at most {GOAL_WAKEUPS} wake-up a second, and {GOAL_PERCENT} % of a processor")
results.add(f"{DURATION:.0f} s with a window that shows, and pushes",
            sum(rates.values()) <= GOAL_WAKEUPS and percent <= GOAL_PERCENT, {
                "wake-ups a second, of all threads": sum(rates.values()),
                **{f"of these, thread {name[0]}": rate for name, rate in sorted(rates.items()) if rate > 0},
                "processor, in %": percent,
                "requests to the bridge": n_requests,
            })
results.write()
