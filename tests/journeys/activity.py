#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is recorded of locks, and what the window tells of it."""

import csv
import json
import os
import re
import sqlite3
import subprocess
import time

from harness import BUILD, check, journey, run, steps, wait_until

LOCKED, UNLOCKED = 1, 3
DAY = 24 * 60 * 60
FRONT_DOOR = "--lock=1:Front Door:locked"
GARAGE = "--lock=2:Garage:locked"


def database(stage):
    return sqlite3.connect(stage.folder / "data" / "nightlatch.db", timeout=10)


def insert(stage, *events):
    """Each is: seconds ago, lock, kind, from, to, cause; the values of gaps are seconds ago, too."""
    now = int(time.time())
    with database(stage) as connection:
        for ago, lock, kind, before, after, cause in events:
            if kind == 6:
                before, after = now - before, now - after
            connection.execute(
                "INSERT INTO events (bridge, nuki_id, device_type, at, kind, from_value, to_value, cause) "
                "SELECT number, nuki_id, device_type, ?, ?, ?, ?, ? FROM devices JOIN bridges ON bridge_id = id "
                "WHERE nuki_id = ?", (now - ago, kind, before, after, cause, lock))
    connection.close()


def count(stage):
    with database(stage) as connection:
        number = connection.execute("SELECT count (*) FROM events").fetchone()[0]
    connection.close()
    return number


def ctl(stage, *arguments):
    environment = os.environ | {"NIGHTLATCH_DATA_DIR": str(stage.folder / "data")}
    return subprocess.run([BUILD / "src/cli/nightlatchctl", *arguments], env=environment, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, check=False, timeout=60)


def open_activity(app):
    app.row("Activity").click()
    app.wait_text("The bridge reports what changed, not who did it.")
    return app.list("Activity")


def paired(stage, *options):
    bridge, app = steps.paired(stage, *(options or (FRONT_DOOR, GARAGE)))
    app.image(re.compile("^Front Door: ")).wait()
    return bridge, app


def first_row(listed):
    node = listed.find()
    return next((child.name for child in node.walk() if child.role == "list item"), None) if node else None


@journey
def what_happens_shows_at_once(stage):
    bridge, app = paired(stage)
    steps.wait_for_place(bridge)
    listed = open_activity(app)
    app.wait_text("No Activity Yet")
    bridge.set_lock(1, state=UNLOCKED)
    listed.row(re.compile(r"^Unlocked, Front Door, \d+:\d+")).wait()
    app.heading("Today").wait()
    bridge.set_lock(2, state=UNLOCKED)
    listed.row(re.compile(r"^Unlocked, Garage, \d+:\d+")).wait()
    wait_until(lambda: first_row(listed).startswith("Unlocked, Garage"), "the newest is not the first")
    bridge.set_lock(1, state=254)
    listed.row(re.compile("^Motor blocked, Front Door · While locking, ")).wait()
    app.check_names()


@journey
def who_acts_from_here_is_known_and_nobody_else(stage):
    bridge, app = paired(stage)
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    bridge.set_lock(1, state=LOCKED)
    app.image("Front Door: locked").wait()
    recent = app.list("Recent Activity")
    recent.row(re.compile(r"^Unlocked, From this computer, \d+:\d+")).wait()
    recent.row(re.compile(r"^Locked, \d+:\d+")).wait()
    app.button("Show all activity of Front Door").click()
    app.control("Front Door").wait()
    app.list("Activity").row(re.compile(r"^Unlocked, From this computer, \d+:\d+")).wait()
    app.list("Activity").row(re.compile(r"^Locked, \d+:\d+")).wait()


@journey
def what_the_command_line_does_shows_too(stage):
    bridge, app = paired(stage)
    listed = open_activity(app)
    check(ctl(stage, "unlock", "Front Door").returncode == 0, "nightlatchctl did not unlock")
    listed.row(re.compile("^Unlocked, Front Door · From the command line, ")).wait()
    shown = ctl(stage, "activity", "Front Door").stdout
    check("Locked → Unlocked" in shown and "command line" in shown, shown)
    check(ctl(stage, "activity", "clear").returncode == 2 and count(stage) > 0, "it was cleared without a question")
    check(ctl(stage, "activity", "clear", "--yes").returncode == 0, "it was not cleared")
    app.wait_text("No Activity Yet")


@journey
def what_others_recorded_shows_at_a_lock_of_which_nothing_was(stage):
    bridge, app = paired(stage, FRONT_DOOR)
    insert(stage, (90, 1, 1, 1, 3, 2), (40 * DAY, 1, 1, 1, 3, 0), (20 * DAY, 1, 1, 3, 1, 0))
    before = count(stage)
    stage.choose(history_days=30)
    app.list("Recent Activity").row(re.compile("^Unlocked, From the command line")).wait(75)
    # Which takes as long as somebody has for second thoughts about how long it is kept
    wait_until(lambda: count(stage) == before - 1, "what is too old is still there", 75)


@journey
def some_of_it_can_be_chosen(stage):
    bridge, app = paired(stage)
    insert(stage, (90, 1, 1, 1, 3, 0), (80, 1, 1, 3, 254, 0), (70, 2, 4, 0, 1, 0), (60, 2, 1, 1, 3, 0),
           (50, 1, 1, 254, 6, 0), (40, 1, 1, 6, 1, 0))
    listed = open_activity(app)
    listed.row(re.compile("^Locked, Front Door, ")).wait()
    listed.row(re.compile("^Lock ’n’ Go, Front Door · Unlocked, locks again by itself, ")).wait()
    app.choice("Issues").click()
    listed.row(re.compile("^Locked, ")).wait_gone()
    listed.row(re.compile("^Motor blocked, Front Door · While locking, ")).wait()
    listed.row(re.compile("^Battery low, Garage, ")).wait()
    app.choice("Unlocks").click()
    listed.row(re.compile("^Battery low, ")).wait_gone()
    listed.row(re.compile("^Unlocked, Garage, ")).wait()

    # The lock and the filter are still so when somebody comes back
    steps.open_lock(app, "Garage")
    app.button("Show all activity of Garage").click()
    listed.row(re.compile(r"^Unlocked, \d+:\d+")).wait()
    listed.row(re.compile("^Lock ’n’ Go")).wait_gone()
    steps.open_lock(app, "Front Door")
    app.row("Activity").click()
    listed.row(re.compile(r"^Unlocked, \d+:\d+")).wait()
    app.choice("Unlocks").wait_state("checked")
    app.choice("Issues").click()
    listed.row(re.compile("^Battery low, ")).wait()
    with database(stage) as connection:
        connection.execute("DELETE FROM events WHERE kind = 4")
    connection.close()
    app.wait_text("No Issues")


@journey
def names_may_be_long_and_the_same(stage):
    long = "A front door whose name is as long as its way to the street"
    bridge, app = steps.paired(stage, f"--lock=1:{long}:locked", "--lock=2:Twin", "--lock=3:Twin")
    app.image(re.compile("locked$")).wait()
    app.button("Unlock " + long).click()
    app.button(f"Show all activity of {long}").click()
    app.list("Activity").row(re.compile("^Unlocked, From this computer")).wait()
    app.resize(360, 640)
    app.button("Add Bridge").wait_gone()
    app.toggle(long).click()
    app.row("All Locks").wait()
    check(len([node for node in app.read().walk() if node.matches("list item", "Twin (Home)")]) == 2, "twins look alike")
    app.check_names()


@journey
def the_ribbon_says_what_the_day_was(stage):
    bridge, app = paired(stage, FRONT_DOOR, "--opener=4:Street Door")
    app.quit()
    noon = int(time.time()) % DAY + DAY // 2  # since noon of yesterday
    insert(stage, (noon + 20 * 3600, 1, 1, 3, 1, 0), (noon + 2 * 3600, 1, 1, 1, 3, 0), (noon + 3600, 1, 1, 3, 1, 0),
           (noon - 4 * 3600, 1, 6, noon - 2 * 3600, noon - 4 * 3600, 3), (noon, 4, 3, None, 100, 0))
    app = stage.app(bridge)
    steps.open_lock(app, "Front Door")
    app.button("Show all activity of Front Door").click()
    app.image("Locked 21 h, Unlocked 1 h, Not watched 2 h").wait()
    app.heading("Yesterday").wait()
    row = app.list("Activity").row(re.compile("^Not watched, Nightlatch was not running, ")).wait()
    check(re.search(r"14:00 – 16:00$", row.name), f"the gap is told as {row.name}")

    # An opener that only ever rang has no ribbon
    steps.open_lock(app, "Street Door")
    app.button("Show all activity of Street Door").click()
    app.list("Activity").row(re.compile("^Somebody rang, ")).wait()
    check(not app.image(re.compile("Not watched")).shows, "there is a ribbon of nothing")


@journey
def nobody_watches_while_it_is_closed(stage):
    bridge, app = paired(stage)
    app.quit()
    with database(stage) as connection:
        connection.execute("UPDATE devices SET confirmed_at = confirmed_at - 3600")
    connection.close()
    bridge.set_lock(1, state=UNLOCKED)
    app = stage.app(bridge)
    listed = open_activity(app)
    listed.row(re.compile("^Not watched, Front Door · Nightlatch was not running, .* – ")).wait()
    listed.row(re.compile("^Unlocked, Front Door, ")).wait()


@journey
def long_ago_is_read_when_somebody_gets_there(stage):
    bridge, app = paired(stage)
    insert(stage, *((i * 3600, 1, 1, 3 - i % 2 * 2, 1 + i % 2 * 2, 0) for i in range(350, 0, -1)))
    listed = open_activity(app)
    listed.row(re.compile("ocked, Front Door, ")).wait()
    for _ in range(10):
        if listed.find() and "focused" in listed.row(re.compile("ocked, ")).wait().states:
            break
        app.press("Tab")
    app.press("End")
    with database(stage) as connection:
        oldest = connection.execute("SELECT strftime('%H:%M', min (at), 'unixepoch') FROM events").fetchone()[0]
    connection.close()

    def at_the_end():
        app.press("End")
        rows = [node.name for node in listed.find().walk() if node.role == "list item"]
        return rows and rows[-1].endswith(oldest) and app.heading("Today").find() is None
    wait_until(at_the_end, "the oldest event is never shown", 60)


def export(stage, app, name, begin):
    """Exports to a file of that name; what it is called says in which form."""
    path = stage.folder / name
    begin()
    dialog = app.dialog("Export Activity")
    dialog.entry("Name:").wait_state("focused")
    app.press("ctrl+a")
    app.type(str(path))
    app.press("Return")
    dialog.wait_gone()
    wait_until(lambda: path.exists() and path.stat().st_size, f"{name} was not written")
    app.wait_text("Activity exported")
    app.display.focus(app.window)
    return path.read_text(encoding="utf-8")


@journey
def it_is_exported_in_both_forms(stage):
    bridge, app = paired(stage)
    insert(stage, (90, 1, 1, 1, 3, 1), (80, 2, 4, 0, 1, 0), (70, 1, 6, 100, 70, 3), (60, 1, 1, 3, 1, 0))
    listed = open_activity(app)
    listed.row(re.compile("^Battery low, Garage")).wait()
    exported = json.loads(export(stage, app, "all.json", lambda: app.press("ctrl+s")))
    check([event["kind"] for event in exported] == ["state", "gap", "battery", "state"], f"{exported}")
    check(exported[3]["name"] == "Front Door" and exported[3]["cause"] == "this-computer", f"{exported[3]}")
    check(exported == json.loads(ctl(stage, "activity", "--json").stdout), "nightlatchctl tells something else")

    rows = list(csv.DictReader(export(stage, app, "all.csv", lambda: app.press("ctrl+s")).splitlines()))
    check([row["lock"] for row in rows] == ["Front Door", "Front Door", "Garage", "Front Door"], f"{rows}")
    check([row["to"] for row in rows][2:] == ["low", "unlocked"], f"{rows}")


@journey
def it_is_cleared_only_after_a_question(stage):
    bridge, app = paired(stage)
    insert(stage, (90, 1, 1, 1, 3, 1), (80, 2, 4, 0, 1, 0), (60, 1, 1, 3, 1, 0))
    steps.open_lock(app, "Garage")
    app.button("Show all activity of Garage").wait(60)
    app.button("Show all activity of Garage").click()
    app.list("Activity").row(re.compile("^Battery low")).wait()
    app.toggle("Activity Menu").click()
    app.item("Clear…").click()
    alert = app.alert("Clear Activity of “Garage”?")
    alert.button("Cancel").click()
    alert.wait_gone()
    check(count(stage) == 3, "it was cleared though nobody wanted that")
    app.toggle("Activity Menu").click()
    app.item("Clear…").click()
    alert.button("Clear").click()
    app.wait_text("No Activity Yet")
    check(count(stage) == 2, "something else was cleared, too")

    # All of it, from Preferences; first it can be exported
    app.press("ctrl+comma")
    app.button("Clear Activity…").click()
    alert = app.alert("Clear Activity of All Locks?")
    exported = json.loads(export(stage, app, "first.json", lambda: alert.button("Export First…").click()))
    check(len(exported) == 2 and count(stage) == 2, "what was exported is not what is there")
    alert.button("Clear").click()
    wait_until(lambda: count(stage) == 0, "it was not cleared")
    check(not [entry for entry in bridge.requests() if entry["path"] == "/clearlog"], "the bridge's log was touched")


def unlock_and_look(bridge, app):
    bridge.set_lock(1, state=UNLOCKED)
    app.list("Recent Activity").row(re.compile("^Unlocked, ")).wait()
    open_activity(app).row(re.compile("^Unlocked, Front Door, ")).wait()


@journey
def bridges_of_the_first_generation_have_activity(stage):
    unlock_and_look(*paired(stage, "--api=1.6", FRONT_DOOR, GARAGE))


@journey
def bridges_in_software_have_activity(stage):
    bridge = stage.simulator("--software-bridge", "--token=abc123", FRONT_DOOR, GARAGE)
    app = stage.app(bridge)
    steps.open_dialog(app).row(re.compile("^Use a Token")).click()
    app.entry("Address").enter(bridge.address)
    app.entry("Token").enter("abc123")
    app.button("Continue").click()
    steps.finish(app)
    unlock_and_look(bridge, app)


@journey
def a_forgotten_bridge_takes_its_activity_along(stage):
    bridge, app = paired(stage)
    bridge.set_lock(1, state=UNLOCKED)
    app.button("Show all activity of Front Door").click()
    app.list("Activity").row(re.compile("^Unlocked, ")).wait()
    steps.open_bridge(app)
    app.button("Forget Bridge…").click()
    app.alert("Forget “Home”?").button("Forget").click()
    app.button("Add Bridge…").wait()
    check(count(stage) == 0, "what its locks did is still known")


if __name__ == "__main__":
    run()
