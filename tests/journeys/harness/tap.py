# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs journeys and tells of them in the Test Anything Protocol."""

import functools
import os
import signal
import sys
import time
import traceback

from .stage import BUILD, Stage

journeys = []


def journey(function=None, stage=Stage):
    """Marks a function that takes a Stage as a journey; its name says what holds. `stage` makes another Stage for it."""
    if function is None:
        return functools.partial(journey, stage=stage)
    journeys.append((function, stage))
    return function


def tell(text):
    for line in str(text).splitlines():
        print("#", line, flush=True)


def explain(name, stage):
    """Says and keeps all that may help to understand a failure."""
    tell(traceback.format_exc())
    for app in stage.apps[-1:]:
        tell("The window shows:")
        tell("\n".join(app.tree()))
        tell("The application said:")
        tell("\n".join(app.log()))
        picture = BUILD / "journeys" / f"{name}.png"
        picture.parent.mkdir(exist_ok=True)
        app.screenshot(picture)
        tell(f"Screenshot: {picture}")


def play(function, make_stage):
    """Whether the journey went well."""
    with make_stage() as stage:
        try:
            function(stage)
            for app in stage.apps:
                app.check_log()
            return True
        except Exception:  # whatever it is, the others go on
            explain(function.__name__, stage)
            return False


def run():
    """Runs all journeys, or those that are named as arguments, and exits."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = [one for one in journeys if not sys.argv[1:] or one[0].__name__ in sys.argv[1:]]
    print(f"1..{len(chosen)}", flush=True)
    failures = 0
    for number, (function, make_stage) in enumerate(chosen, 1):
        start = time.monotonic()
        good = play(function, make_stage)
        failures += not good
        name = function.__name__.replace("_", " ")
        print(f"{'ok' if good else 'not ok'} {number} - {name}", flush=True)
        tell(f"{time.monotonic() - start:.1f} s")
    sys.exit(1 if failures or not chosen else 0)
