#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks from the first start to a door that opens, and tells what it sees. This is `build-aux/demo --headless`."""

import os
import re
import signal
import sys

from harness import BUILD, Expectation, Stage, check, wait_until

PICTURES = BUILD / "demo"
LOCKED, UNLOCKED = 1, 3
ACTION_UNLOCK, ACTION_LOCK = 1, 2


class Walk:
    """Numbers the steps, and keeps a picture of each."""

    def __init__(self, app):
        self.app = app
        self.number = 0

    def step(self, what, *seen):
        self.number += 1
        picture = PICTURES / f"{self.number}-{re.sub('[^a-z]+', '-', what.lower()).strip('-')}.png"
        self.app.portrait(picture)
        lines = [f"{self.number}. {what}", *(f"   saw {thing}" for thing in seen), f"   {os.path.relpath(picture)}"]
        print(*lines, sep="\n", flush=True)


def walk(stage):
    bridge = stage.simulator("--lock=1:Front Door:locked", "--lock=2:Garage:unlocked", "--lock=3:Back Door:locked",
                             "--opener=4:Street Door", "--action-time=4")
    bridge.set_lock(1, door=2)
    bridge.set_lock(3, critical=1)
    app = stage.app(bridge)
    walk = Walk(app)

    title = app.wait_text("Welcome to Nightlatch")
    walk.step("Open Nightlatch", f"“{title}”")

    app.button("Add Bridge…").click()
    row = app.dialog("Add Bridge").row(re.compile("Bridge")).wait()
    walk.step("Add a bridge: the search finds one", f"the row “{row.name}”")

    app.dialog("Add Bridge").row(re.compile("Bridge")).click()
    text = app.wait_text("Press the Button on the Bridge")
    wait_until(lambda: bridge.state()["led"], "the bridge's LED did not light up")
    seconds = app.wait_text(re.compile(r"\d+ seconds left"))
    walk.step("Choose it: it waits for its button", f"“{text}”, “{seconds}”", "the bridge's LED light up")

    bridge.press_button()
    found = app.wait_text(re.compile("4 .*Found"))
    walk.step("Press its button", f"“{found}”")

    app.button("Done").click()
    doors = ("Front Door", "Garage", "Back Door", "Street Door")
    rows = [app.row(re.compile(f"^{door}, ")).wait().name for door in doors]
    app.button("Unlock Front Door").wait()
    walk.step("See the locks", *(f"“{row}”" for row in rows))

    app.button("Unlock Front Door").click()
    moving = app.image("Front Door: unlocking").wait().name
    walk.step("Unlock the front door", f"“{moving}”")
    opened = app.image("Front Door: unlocked").wait().name
    check(bridge.lock(1)["state"] == UNLOCKED, "the bolt is not where the window says")
    walk.step("Wait for the bolt", f"“{opened}”", "the simulated bolt withdrawn")

    app.button("Lock Front Door").click()
    closed = app.image("Front Door: locked").wait().name
    check(bridge.lock(1)["state"] == LOCKED, "the bolt is not where the window says")
    check(bridge.actions() == [(1, ACTION_UNLOCK), (1, ACTION_LOCK)], f"the bridge was told {bridge.actions()}")
    walk.step("Lock it again", f"“{closed}”", "the simulated bolt thrown",
              "two commands in the bridge's journal, no more")

    app.quit()
    app.check_log()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with Stage(animations=True) as stage:
        try:
            walk(stage)
        except Expectation as problem:
            print(f"demo: {problem}", file=sys.stderr)
            for app in stage.apps:
                print("The window shows:", *app.tree(), "The application said:", *app.log(), sep="\n", file=sys.stderr)
                app.screenshot(PICTURES / "failed.png")
            sys.exit(1)
    print("Every step held.")


if __name__ == "__main__":
    main()
