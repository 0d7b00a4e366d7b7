#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The application without a window: started by whoever wants something of it, and gone when nobody does any more."""

import re

from gi.repository import GLib

from harness import APPLICATION, bus, check, journey, run, steps, wait_until

LOCK = 2
FRONT_DOOR = "--lock=1:Front Door:locked"
GARAGE = "--lock=2:Garage:unlocked"


def paired_before(stage, *options):
    """A bridge with which the application was paired when it last ran."""
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE, *options)
    app.image("Front Door: locked").wait()
    app.quit()
    return bridge


@journey
def there_is_no_window_until_one_is_wanted(stage):
    bridge = paired_before(stage)
    app = stage.service(bridge)
    check(not app.has_window, "there is a window that nobody asked for")
    for _ in range(2):
        bus.activate(APPLICATION)
        app.wait_window()
        app.image("Front Door: locked").wait()
    app.close_window()
    app.wait_end()


@journey
def the_bus_starts_it_and_it_goes_when_nobody_wants_anything(stage):
    bridge = paired_before(stage)
    before = len(bridge.requests())
    stage.activatable(bridge)
    bus.call(APPLICATION, "/" + APPLICATION.replace(".", "/"), "org.gtk.Actions", "List")
    app = stage.activated()
    check(not app.has_window, "there is a window that nobody asked for")
    app.wait_end(60)
    check(len(bridge.requests()) == before, "it asked the bridge, though nobody wanted anything of that")


@journey
def it_needs_no_display_before_there_is_a_window(stage):
    bridge = paired_before(stage)
    app = stage.service(bridge, GDK_BACKEND="none")
    bus.activate_action(APPLICATION, "lock", GLib.Variant("s", "Garage"))
    wait_until(lambda: bridge.actions() == [(2, LOCK)], "it was not locked")
    bus.activate_action(APPLICATION, "quit")
    app.wait_end()


@journey
def a_click_on_what_an_earlier_one_told_shows_the_lock(stage):
    bridge = paired_before(stage, "--bridge-id=4711")
    stage.activatable(bridge)
    bus.activate_action(APPLICATION, "show-lock", GLib.Variant("s", "4711/2/0"))
    app = stage.activated()
    app.wait_window()
    app.image("Garage: unlocked").wait()
    app.close_window()
    app.wait_end()


@journey
def a_failed_start_is_told_when_a_window_opens(stage):
    bridge = paired_before(stage)
    for path in (stage.folder / "data").rglob("*.db*"):
        path.write_bytes(b"no database" * 1000)
    app = stage.service(bridge)
    wait_until(lambda: any("damaged" in line for line in app.log()), "it did not notice")
    bus.activate(APPLICATION)
    app.wait_window()
    alert = app.alert("Please Add Your Bridges Again")
    alert.button("Close").click()
    alert.wait_gone()
    app.close_window()
    app.wait_end()


@journey
def what_was_told_to_a_lock_is_finished_after_the_window_is_closed(stage):
    bridge = paired_before(stage, "--action-time=6")
    app = stage.app(bridge)
    app.row("Garage, unlocked").click()
    app.button("Lock Garage").click()
    app.image("Garage: locking").wait()
    app.close_window()
    app.wait_end()
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")
    check(bridge.lock(2)["state"] == 1, "it did not wait for the lock")


if __name__ == "__main__":
    run()
