#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main journey, as it is for whoever installed the Flatpak."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from harness import BUILD, check, journey, run, steps  # noqa: E402
from harness.sandbox import Sandbox  # noqa: E402

PICTURES = BUILD / "pictures"


@journey(stage=Sandbox)
def pair_unlock_lock_push_quit_and_start_again(stage):
    bridge = stage.simulator("--lock=1:Front Door:locked", "--opener=2:Street Door")
    app = stage.app(bridge)
    app.portrait(PICTURES / "welcome.png")
    steps.pair(app, bridge)
    app.portrait(PICTURES / "locks.png")
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    app.button("Lock Front Door").click()
    app.image("Front Door: locked").wait()

    place = steps.wait_for_place(bridge)
    bridge.set_lock(1, state=3)
    app.image("Front Door: unlocked").wait(20)
    check(place, "there is no place")
    app.quit()

    app = stage.app(bridge)
    app.image("Front Door: unlocked").wait()
    app.portrait(PICTURES / "again.png")
    app.quit()


run()
