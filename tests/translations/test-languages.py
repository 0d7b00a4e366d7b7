#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page, state and dialog in a language that nobody speaks, in a window as narrow as a phone: whatever is not
translated, glued from parts or outside of the window is named with the scene where it shows.

test-languages.py LOOK [SCENE…] goes to the scenes whose names begin with a SCENE."""

import importlib
import os
import pathlib
import signal
import sys
import time
import traceback

import album
from inspector import Inspector

SCREENSHOTS = pathlib.Path(album.__file__).parent


def visit(look, scene):
    """What is wrong in a scene."""
    with Inspector(look, pathlib.Path(os.environ["HOME"])) as inspector:
        try:
            scene(inspector)
            for app in inspector.stage.apps:
                app.check_log(album.KNOWN_COMPLAINT)
        except Exception:  # whatever it is, the others go on
            shown = [line for app in inspector.stage.apps[-1:] for line in app.tree()]
            return traceback.format_exc().splitlines() + shown
        return [f"{place}: {finding}" for finding, place in inspector.findings.items()]


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    look, *wanted = sys.argv[1:]
    for path in sorted(SCREENSHOTS.glob("scenes_*.py")):
        importlib.import_module(path.stem)
    scenes = [scene for scene in album.scenes if scene.__name__.startswith(tuple(wanted) or "")]
    failures = 0
    print(f"1..{len(scenes)}", flush=True)
    for number, scene in enumerate(scenes, 1):
        start = time.monotonic()
        findings = visit(album.LOOKS[look], scene)
        failures += bool(findings)
        print(f"{'not ok' if findings else 'ok'} {number} - {scene.__name__.replace('_', ' ')}", flush=True)
        for finding in [*findings, f"{time.monotonic() - start:.1f} s"]:
            print("#", finding, flush=True)
    sys.exit(1 if failures or not scenes else 0)


if __name__ == "__main__":
    main()
