#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window as narrow as a phone, where locks and a lock's page take turns."""

import re

from harness import check, journey, run, steps, wait_until

PHONE = 360, 640
# The least that a window of GNOME may ask for, with the border that it has where nothing composes windows
LEAST = 370, 304


@journey
def a_phone_shows_one_thing_at_a_time(stage):
    bridge = stage.simulator("--lock=1:Front Door:locked", "--lock=2:Garage:unlocked")
    app = stage.app(bridge)
    app.resize(*PHONE)
    steps.pair(app, bridge)
    app.row("Garage, unlocked").wait()
    check(not app.image(re.compile("Garage")).shows, "two pages share a narrow window")
    app.row("Garage, unlocked").click()
    app.image("Garage: unlocked").wait()
    app.row("Garage, unlocked").wait_gone()
    app.button("Lock Garage").click()
    app.image("Garage: locked").wait()
    app.press("alt+Left")
    app.row("Garage, locked").wait()
    app.row("Front Door, locked").click()
    app.image("Front Door: locked").wait()
    app.quit()


def bottom(node):
    _, y, _, height = node.place
    return y + height


@journey
def the_least_window_shows_what_matters(stage):
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--lock=2:Garage:unlocked")
    app.resize(*LEAST)
    app.row("Garage, unlocked").wait()
    frame = app.control("Nightlatch")
    wait_until(lambda: bottom(app.row("Garage, unlocked").wait()) < app.row("Activity").wait().place[1],
               "Activity and the bridge take the locks' place")
    app.row("Garage, unlocked").click()
    app.image("Garage: unlocked").wait()
    wait_until(lambda: bottom(app.button("Lock Garage").wait()) <= bottom(frame.wait()),
               "one has to scroll to lock the garage")
    app.resize(980, 780)
    wait_until(lambda: app.image("Garage: unlocked").wait().place[3] > 150, "the picture of the lock stays small")


@journey
def a_window_may_grow_and_shrink_in_use(stage):
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--lock=2:Garage:unlocked")
    app.row("Garage, unlocked").click()
    app.row("Front Door, locked").click()
    app.button("Unlock Front Door").wait()
    app.resize(*PHONE)
    app.image("Front Door: locked").wait()
    app.row("Front Door, locked").wait_gone()
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    app.resize(980, 780)
    app.row("Front Door, unlocked").wait()


if __name__ == "__main__":
    run()
