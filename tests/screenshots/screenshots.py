#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Photographs every page, state and dialog. This is `build-aux/screenshots`.

screenshots.py [--look=LOOK]… [SCENE…] takes those whose names contain a SCENE; screenshots.py --publish takes those that
are shown to people who do not have the program yet, and keeps them in data/screenshots."""

import argparse
import importlib
import pathlib
import subprocess
import sys
import traceback

import album
from harness import BUILD

ALBUM = BUILD / "screenshots"
PUBLISHED = pathlib.Path(__file__).parents[2] / "data" / "screenshots"


def photograph(look, folder, scene, problems):
    """Takes a scene in a look; what goes wrong becomes a part of `problems`."""
    folder.mkdir(parents=True, exist_ok=True)
    with album.Photographer(look, folder) as camera:
        try:
            scene(camera)
            for app in camera.stage.apps:
                app.check_log(album.KNOWN_COMPLAINT)
        except Exception as problem:  # whatever it is, the others go on
            problems.append(f"{folder.name}: {scene.__name__}: {problem}")
            traceback.print_exc()
            for app in camera.stage.apps[-1:]:
                print(*app.tree(), *app.log()[-10:], sep="\n", file=sys.stderr)
    return camera.taken


def lay_out(name, pictures):
    """Makes sheets of all pictures in a look, to see them at a glance."""
    for old in ALBUM.glob(f"{name}-*.png"):
        old.unlink()
    if pictures:
        tiles = "5x2" if album.LOOKS[name].size[0] <= album.TINY[0] else "3x3"
        subprocess.run(["montage", "-label", "%t", *map(str, pictures), "-tile", tiles, "-geometry", "660x>+4+4",
                        "-background", "#aaa", str(ALBUM / f"{name}-%02d.png")], check=True)


def main():
    parser = argparse.ArgumentParser(description="Photographs every page, state and dialog.")
    parser.add_argument("--look", action="append", choices=album.LOOKS, help="only in this look (repeat for more)")
    parser.add_argument("--publish", action="store_true", help="renew data/screenshots")
    parser.add_argument("scene", nargs="*", help="only scenes whose names contain this")
    options = parser.parse_args()

    for path in sorted(pathlib.Path(__file__).parent.glob("scenes_*.py")):
        importlib.import_module(path.stem)
    chosen = [scene for scene in (album.showcases if options.publish else album.scenes)
              if album.matches(options.scene, scene.__name__)]
    problems = []
    if options.publish:
        for scene in chosen:
            photograph(album.SHOWCASE, PUBLISHED, scene, problems)
    else:
        for name in options.look or album.LOOKS:
            pictures = [picture for scene in chosen
                        for picture in photograph(album.LOOKS[name], ALBUM / name, scene, problems)]
            lay_out(name, pictures)
            print(f"{name}: {len(pictures)} pictures", flush=True)
    for problem in problems:
        print(f"screenshots: {problem}", file=sys.stderr)
    sys.exit(1 if problems or not chosen else 0)


if __name__ == "__main__":
    main()
