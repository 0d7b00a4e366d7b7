#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is kept from one start to the next, and what is not."""

import re

from harness import check, journey, run, steps

FRONT_DOOR = "--lock=1:Front Door:locked"
GARAGE = "--lock=2:Garage:unlocked"
TOKEN = "Q8kz0Pw3Xn5t"


@journey
def the_same_locks_are_there_at_once(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    app.image("Front Door: locked").wait()
    app.quit()

    app = stage.app(bridge)
    app.row("Front Door, locked").wait()
    app.row("Garage, unlocked").wait()
    app.image("Front Door: locked").wait()
    check(len(bridge.requests("/auth")) == 1, "it paired again")
    app.quit()


@journey
def what_was_last_known_shows_until_the_bridge_confirms_it(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    app.image("Front Door: locked").wait()
    app.quit()

    bridge.set_lock(1, state=3)
    bridge.add_fault("hang", "/list")
    app = stage.app(bridge)
    app.row("Front Door, was locked").wait()
    app.row("Garage, was unlocked").wait()
    check(not app.button("Unlock Front Door").shows, "it offers a command for a state that it does not know")
    bridge.clear_faults()
    app.press("F5")
    app.row("Front Door, unlocked").wait(60)
    app.quit()


@journey
def without_its_bridge_it_still_says_what_was(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, f"--token={TOKEN}")
    app.image("Front Door: locked").wait()
    app.quit()

    bridge.stop()
    app = stage.app(bridge)
    app.row("Front Door, was locked").wait()
    app.label("The bridge “Home” cannot be reached").wait()
    bridge.start()
    app.button("Try Again").click()
    app.row("Front Door, locked").wait()


@journey
def the_lock_that_was_looked_at_last_shows_first(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    app.row("Garage, unlocked").click()
    app.image("Garage: unlocked").wait()
    app.quit()

    app = stage.app(bridge)
    app.image("Garage: unlocked").wait()


@journey
def what_was_damaged_is_told_with_what_to_do(stage):
    _, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    app.quit()
    for path in (stage.folder / "data").rglob("*.db*"):
        path.write_bytes(b"no database" * 1000)

    app = stage.app()
    alert = app.alert("Please Add Your Bridges Again")
    alert.control(re.compile("^What was known of them was damaged")).wait()
    alert.button("Close").click()
    alert.wait_gone()
    app.button("Add Bridge…").wait()


@journey
def the_token_is_in_the_keyring_only(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, f"--token={TOKEN}")
    app.image("Front Door: locked").wait()
    app.quit()
    telltale = [path for path in stage.folder.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
    check(not telltale, f"the token can be read in {telltale}")
    check(any(stage.folder.rglob("*.db*")) or any(stage.folder.rglob("data/*")), "nothing was kept at all")


if __name__ == "__main__":
    run()
