#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes to every page, state and dialog, and fails where somebody could not who does not see it, or has no mouse.

accessibility.py [--share=1/3] [SCENE…] goes through the scenes of tests/screenshots whose names contain a SCENE; of
those, each third."""

import argparse
import importlib
import pathlib
import signal
import sys
import tempfile
import time

import album
from harness import tap, wait_until
from inspection import Inspection


class Visitor(album.Photographer):
    """Goes where the photographer goes, and looks in another way."""

    def __init__(self):
        super().__init__(album.LOOKS["light"], None)
        self.problems = []

    def take(self, app, name):
        before = None

        def still():
            nonlocal before
            now = [(node.path, node.role, node.states, str(node)) for node in app.read().walk()]
            same, before = now == before, now
            return same
        wait_until(still, f"{name} does not come to rest")
        self.take_moving(app, name)

    def take_moving(self, app, name):
        start = time.monotonic()
        self.problems += [f"{name}: {problem}" for problem in Inspection(app).problems()]
        tap.tell(f"{name}: {time.monotonic() - start:.1f} s")


def visit(scene):
    """Whether all was well where `scene` leads."""
    with Visitor() as visitor:
        try:
            scene(visitor)
            for app in visitor.stage.apps:
                app.check_log()
        except Exception:  # whatever it is, the others go on
            tap.explain(scene.__name__, visitor.stage)
            return False
        for problem in visitor.problems:
            tap.tell(problem)
        return not visitor.problems


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", default="1/1", help="which part of the scenes, as in 1/3")
    parser.add_argument("scene", nargs="*", help="only scenes whose names contain this")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    for path in sorted(pathlib.Path(album.__file__).parent.glob("scenes_*.py")):
        importlib.import_module(path.stem)
    number, shares = map(int, options.share.split("/"))
    chosen = [scene for scene in album.scenes[number - 1::shares] if album.matches(options.scene, scene.__name__)]
    print(f"1..{len(chosen)}", flush=True)
    failures = 0
    for index, scene in enumerate(chosen, 1):
        start = time.monotonic()
        good = visit(scene)
        failures += not good
        print(f"{'ok' if good else 'not ok'} {index} - {scene.__name__.replace('_', ' ')}", flush=True)
        tap.tell(f"{time.monotonic() - start:.1f} s")
    sys.exit(1 if failures or not chosen else 0)


if __name__ == "__main__":
    main()
