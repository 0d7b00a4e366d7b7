#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every preference takes effect at once, whoever changes it and while all goes on."""

import re
import socket

from harness import check, journey, run, steps, wait_until
from harness.simulator import find_port

FRONT_DOOR = "--lock=1:Front Door:locked"
GARAGE = "--lock=2:Garage:locked"
ENTRANCE = "--opener=4:Entrance"
LOCKED, UNLOCKED, BLOCKED = 1, 3, 254
DOOR_CLOSED, DOOR_OPEN, SENSOR_REMOVED = 2, 3, 240


def port_of(url):
    return int(re.match(r"http://127\.0\.0\.1:(\d+)/", url)[1])


def wait_port(bridge, port):
    wait_until(lambda: [port_of(url) for url in bridge.places()] == [port], f"{bridge.places()} is not at {port}")


@journey
def bridges_call_the_port_that_was_chosen(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    by_chance = port_of(steps.wait_for_place(bridge))
    port = find_port()
    app.press("ctrl+comma")
    entry = app.dialog("Preferences").entry("Port for Instant Updates")
    entry.focus()
    entry.enter("80")
    app.press("Return")
    app.wait_text("Enter a number from 1024 to 65535")
    app.check_names()
    check([port_of(url) for url in bridge.places()] == [by_chance], "nonsense was believed")
    entry.enter(str(port))
    app.press("Return")
    wait_port(bridge, port)
    check(not app.label("Enter a number from 1024 to 65535").shows, "it still complains")
    app.press("Escape")
    bridge.set_lock(1, state=UNLOCKED)
    app.row("Front Door, unlocked").wait(5)

    # Somebody else has it
    steps.open_bridge(app)
    with socket.create_server(("127.0.0.1", find_port())) as taken:
        number = taken.getsockname()[1]
        stage.choose(event_port=number)
        steps.wait_updates(app, f"Another program uses the port {number}")
    app.quit()
    check(bridge.places() == [], "the bridge still calls a program that has ended")

    app = stage.app(bridge)
    wait_port(bridge, number)
    stage.choose(event_port=0)
    wait_until(lambda: [port_of(url) for url in bridge.places()] not in ([], [number]), "it stays where it is")


@journey
def another_server_is_asked_for_bridges(stage):
    bridge = stage.simulator(FRONT_DOOR)
    app = stage.app(bridge, NIGHTLATCH_DISCOVERY_URL="")
    app.wait_text("Welcome to Nightlatch")
    app.press("ctrl+comma")
    dialog = app.dialog("Preferences")
    entry = dialog.entry("Address of Another Server")
    entry.focus()
    entry.enter(bridge.discovery_url)
    app.press("Return")
    dialog.check("Find Bridges Through 127.0.0.1").wait()
    app.press("Escape")
    dialog.wait_gone()
    steps.pair(app, bridge)
    app.image("Front Door: locked").wait()

    app.press("ctrl+comma")
    dialog.check("Find Bridges Through 127.0.0.1").click()
    app.press("Escape")
    dialog.wait_gone()
    app.press("ctrl+n")
    app.dialog("Add Bridge").button("Search").click()
    app.dialog("Add Bridge").control("Already added").wait()
    app.wait_text("To find bridges, Nightlatch asks 127.0.0.1 which ones share your internet connection. "
                  "Nothing about your locks is sent.")


@journey
def each_notification_is_there_as_long_as_it_is_wanted(stage):
    stage.settings(notify_unlocked="false", notify_door_open="false", notify_battery="false", notify_blocked="false",
                   notify_keypad_battery="false", notify_sensor_removed="false", notify_unreachable="false",
                   notify_ring="false")
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE, ENTRANCE)
    app.image("Front Door: locked").wait()
    steps.wait_for_place(bridge)
    desktop = stage.desktop
    cases = (
        ({"state": UNLOCKED}, "notify_unlocked", "Garage is still unlocked"),
        ({"state": LOCKED, "door": DOOR_OPEN}, "notify_door_open", "Garage is open"),
        ({"door": SENSOR_REMOVED}, "notify_sensor_removed", "Garage: door sensor removed"),
        ({"door": DOOR_CLOSED, "state": BLOCKED}, "notify_blocked", "Garage: motor blocked"),
        ({"state": LOCKED, "critical": 1}, "notify_battery", "Garage: battery low"),
    )
    for state, key, title in cases:
        bridge.set_lock(2, **state)
        stage.choose(**{key: "true"})
        app.press("F5")
        if key in ("notify_unlocked", "notify_door_open"):
            app.row(re.compile("^Garage, (unlocked|.*door is open)")).wait()
            check(not desktop.find(title), "the minutes do not count")
            stage.choose(**{f"{key}_minutes": 0})
        desktop.wait(title)
        stage.choose(**{key: "false"})
        desktop.wait_gone(title)
    # Others than the garage's
    stage.choose(notify_keypad_battery="true", notify_ring="true")
    bridge.set_lock(2, critical=0, **{"keypad-critical": 1})
    wait_until(lambda: (bridge.set_lock(4, ring=1), app.press("F5"), desktop.count("Somebody rings at Entrance"))[-1],
               "nobody told of a ring")
    desktop.wait("Garage: battery of the keypad low")
    stage.choose(notify_keypad_battery="false")
    desktop.wait_gone("Garage: battery of the keypad low")

    # Nobody has waited for ten minutes yet
    app.display.blur()
    stage.choose(notify_unreachable="true")
    bridge.stop()
    app.row(re.compile("^Front Door, was locked")).wait(60)
    check(not desktop.find("“Home” cannot be reached"), "the minutes do not count")
    stage.choose(notify_unreachable_minutes=0)
    desktop.wait("“Home” cannot be reached", 60)
    stage.choose(notify_unreachable="false")
    desktop.wait_gone("“Home” cannot be reached")


if __name__ == "__main__":
    run()
