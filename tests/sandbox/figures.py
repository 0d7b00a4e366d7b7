#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How large the Flatpak is, and how long it takes to start beside the same program without a sandbox.

The bounds are far away: they tell of mistakes, not of slow machines."""

import os
import pathlib
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from harness import APPLICATION, BUILD, check, journey, run, wait_until  # noqa: E402
from harness.sandbox import Sandbox  # noqa: E402
from harness.tap import tell  # noqa: E402

RUNS = 9
MIB = 1024 * 1024


def ask_flatpak(*arguments):
    return subprocess.run(["flatpak", "--user", *arguments], check=True, capture_output=True, text=True).stdout.strip()


@journey(stage=Sandbox)
def it_is_small(stage):
    installed = int(ask_flatpak("info", "--show-size", APPLICATION).replace("\xa0", " ").split()[0])
    bundle = stage.folder / "bundle.flatpak"
    subprocess.run(["flatpak", "build-bundle", BUILD / "repository", bundle, APPLICATION], check=True,
                   stdout=subprocess.DEVNULL)
    tell(f"{APPLICATION}: {installed / MIB:.1f} MiB installed, {bundle.stat().st_size / MIB:.1f} MiB to download")
    check(installed < 10 * MIB, "so much is not ours")


def measure_start(stage, start):
    """Seconds until the window is on the screen."""
    begin = time.monotonic()
    app = start()
    wait_until(app._find_window, "there is no window")
    seconds = time.monotonic() - begin
    app.stop()
    if app in stage.apps:
        stage.apps.remove(app)
    wait_until(lambda: not app._find_window(), "the window stays")
    return seconds


@journey(stage=Sandbox)
def it_starts_as_outside(stage):
    files = pathlib.Path(ask_flatpak("info", "--show-location", APPLICATION)) / "files"
    outside = {
        "LD_LIBRARY_PATH": str(files / "lib"),
        "GSETTINGS_SCHEMA_DIR": str(files / "share/glib-2.0/schemas"),
        "XDG_DATA_DIRS": f"{files}/share:/usr/share",
    }

    def start_outside():
        return stage.kind.start([files / "bin/nightlatch"], stage.display, stage.folder / "outside.log",
                                stage._environment(None) | outside)
    pairs = [(measure_start(stage, stage.start), measure_start(stage, start_outside)) for _ in range(RUNS)]
    inside, outside = (statistics.median(times) for times in zip(*pairs))
    more = statistics.median(one - other for one, other in pairs)
    tell(f"until the window is there: inside {inside:.2f} s, outside {outside:.2f} s; median of {RUNS}, in turn")
    check(more < 3, f"the sandbox takes {more:.1f} s")


run()
