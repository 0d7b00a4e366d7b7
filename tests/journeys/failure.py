#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a failure leaves behind: a reason that can be read, and nothing that outlives the truth."""

import re

from harness import check, journey, run, steps

UNLOCK = 1
LOCKED, UNLOCKED = 1, 3
FRONT_DOOR = "--lock=1:Front Door:locked"
COULD_NOT = "Could not unlock Front Door"
EMPTY = "No Locks Yet"


def fail(stage, *options):
    """A window that says that the front door could not be unlocked."""
    bridge, app = steps.paired(stage, FRONT_DOOR, *options)
    app.image("Front Door: locked").wait()
    bridge.add_fault("status-503", "/lockAction", 99)
    app.button("Unlock Front Door").click()
    app.wait_text(COULD_NOT)
    bridge.clear_faults()
    return bridge, app


def wait_silence(app):
    app.control(COULD_NOT).wait_gone()
    check(not app.button("Try Again").shows, "it offers to repeat what is long over")


@journey
def the_reason_stays_on_the_page(stage):
    _, app = fail(stage)
    app.resize(370, 700)
    app.row("Front Door, locked").click()
    reason = app.wait_text(re.compile("busy"))
    check(reason != COULD_NOT, "there is no reason")
    app.button("Lock Menu").wait()
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    wait_silence(app)
    check(not app.control(reason).shows, "the reason of a failure stays after success")


@journey
def a_failure_is_forgotten_when_the_lock_moves(stage):
    bridge, app = fail(stage)
    bridge.set_lock(1, state=UNLOCKED)
    app.press("F5")
    app.image("Front Door: unlocked").wait()
    wait_silence(app)
    bridge.set_lock(1, state=LOCKED)
    app.press("F5")
    app.image("Front Door: locked").wait()
    wait_silence(app)


@journey
def a_failure_is_forgotten_when_the_bridge_goes(stage):
    bridge, app = fail(stage, "--token=abc123")
    bridge.stop()
    app.press("F5")
    app.wait_text("The bridge “Home” cannot be reached")
    app.control(COULD_NOT).wait_gone()


@journey
def another_lock_s_page_says_nothing_of_it(stage):
    _, app = fail(stage, "--lock=2:Garage:unlocked")
    app.row("Garage, unlocked").click()
    app.image("Garage: unlocked").wait()
    wait_silence(app)


@journey
def assistive_technology_selects_a_lock(stage):
    _, app = steps.paired(stage, FRONT_DOOR, "--lock=2:Garage:unlocked")
    app.image("Front Door: locked").wait()
    row = app.row("Garage, unlocked").wait()
    check("activate" in row.actions, f"a row can only {row.actions}")
    check(row.do("activate"), "a row does not do what it can")
    app.image("Garage: unlocked").wait()


@journey
def keys_do_nothing_to_a_lock_behind_the_list(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    app.resize(370, 700)
    app.button("Lock Menu").wait_gone()
    app.press("ctrl+u", "ctrl+o", "ctrl+g", "F5")
    app.row("Front Door, locked").wait()
    check(not app.alert().shows, "it asks about a lock that is not there to see")
    check(not bridge.actions(), f"the bridge was told {bridge.actions()}")

    app.row("Front Door, locked").click()
    app.button("Unlock Front Door").wait()
    app.press("ctrl+u")
    app.image("Front Door: unlocked").wait()
    check(bridge.actions() == [(1, UNLOCK)], f"the bridge was told {bridge.actions()}")


@journey
def a_name_without_end_fits_everywhere(stage):
    name = "X" * 60
    bridge, app = steps.paired(stage, f"--lock=1:{name}:locked")
    app.image(f"{name}: locked").wait()
    app.resize(370, 700)
    app.row(f"{name}, locked").click()
    app.button(f"Open {name}").click()
    app.control("Cancel").click()
    bridge.add_fault("status-503", "/lockAction", 99)
    app.button(f"Unlock {name}").click()
    app.wait_text(re.compile("^Could not unlock X"))
    app.wait_text(re.compile("busy"))


@journey
def a_bridge_without_locks_has_no_page_to_press(stage):
    bridge, app = steps.paired(stage, "--locks=0", "--token=abc123")
    app.wait_text(EMPTY)
    check(sum(node.name == EMPTY for node in app.read().walk() if node.role == "label") >= 2,
          "the list says so, and the page beside it does not")
    check(not app.button("Lock Menu").shows and not app.heading("Lock").shows, "there is a page of no lock")
    app.press("ctrl+u", "ctrl+o", "F5")

    bridge.stop()
    bridge.options = [FRONT_DOOR if option == "--locks=0" else option for option in bridge.options]
    bridge.start()
    app.press("F5")
    app.button("Unlock Front Door").wait(60)

    bridge.stop()
    bridge.options = ["--locks=0" if option == FRONT_DOOR else option for option in bridge.options]
    bridge.start()
    app.press("F5")
    app.button("Unlock Front Door").wait_gone(60)
    app.wait_text(EMPTY)
    check(not app.control("Front Door").shows, "the page is still called as the lock that is gone")


if __name__ == "__main__":
    run()
