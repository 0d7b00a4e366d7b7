#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's search: finds locks with their state, shows them, locks them; and never opens a door."""

import time

from gi.repository import GLib

from harness import APPLICATION, BUILD, check, journey, run, steps, wait_until
from harness.shell import Search

LOCK = 2
UNLOCKED = 3
DOOR_OPEN = 3
FRONT_DOOR = "--lock=1:Front Door:locked"
GARAGE = "--lock=2:Garage:unlocked"
FAILED_TITLE = "Could not lock Garage"
PROVIDER = BUILD / "data" / f"{APPLICATION}.search-provider.ini"


def paired_before(stage, *options):
    """A bridge with which the application was paired when it last ran."""
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE, *options)
    app.image("Front Door: locked").wait()
    app.quit()
    return bridge


@journey
def whoever_searches_finds_locks_and_sees_them(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    app.image("Front Door: locked").wait()
    search = Search(PROVIDER)
    check(search.names("FRO") == ["Front Door"], f"it finds {search.look('FRO')}")
    check(search.names("garage") == ["Garage", "Lock Garage"], f"it finds {search.look('garage')}")
    check(all(text.startswith("Unlocked") for _, text in search.look("garage")), "it does not say how it is")
    check(search.names("unlocked") == ["Garage", "Lock Garage"], "it does not know what is unlocked")
    before = search.find("door")
    narrowed = search.call("GetSubsearchResultSet", "(asas)", before, ["door", "front"])
    check(narrowed == search.find("front"), f"of {before} it finds {narrowed}")

    search.choose(search.find("garage")[0], "garage")
    app.image("Garage: unlocked").wait()
    search.choose(search.find("front")[0], "front")
    app.image("Front Door: locked").wait()
    check(not bridge.actions(), f"the bridge was told {bridge.actions()}")


@journey
def nonsense_is_answered_with_nothing(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    app.image("Front Door: locked").wait()
    search = Search(PROVIDER)
    found = search.find("garage")
    unlocking = [one.replace("lock:", verb) for one in found for verb in ("unlock:", "unlatch:", "open:", "perform:")]
    for terms in ([], [""], ["", " "], ["!"], ["door"] * 10000, ["o" * 1000000], ["%s", "\x01"]):
        check(search.find(*terms) == [], f"{terms[:2]} finds {search.find(*terms)}")
        check(search.call("GetSubsearchResultSet", "(asas)", ["nothing"] * 1000, terms) == [], "that finds more")
    for ids in ([], [""], ["#", "show:", "lock:#"], ["show:9/9/0#0", "lock:9/9/0#0"], unlocking[4:], ["x" * 1000000]):
        check(search.describe(ids) == [], f"{ids[:2]} is {search.describe(ids)}")
        for one in ids:
            search.choose(one)
    check(len(search.describe(found * 5000)) < 100, "it answers for ever")
    for method, signature, arguments in (("GetInitialResultSet", "(s)", ["door"]), ("ActivateResult", "(s)", [found[0]]),
                                         ("Unlock", "(s)", [found[0]])):
        try:
            search.call(method, signature, *arguments)
            check(False, f"{method} takes {signature}")
        except GLib.Error:
            pass
    app.image("Front Door: locked").wait()
    check(not bridge.actions(), f"the bridge was told {bridge.actions()}")


@journey
def a_search_that_starts_it_waits_for_nobody(stage):
    bridge = paired_before(stage)
    bridge.add_fault("hang")
    stage.activatable(bridge)
    search = Search(PROVIDER)
    search.wait("Garage", "garage")
    found = search.look("garage")
    app = stage.activated()
    check([name for name, _ in found] == ["Garage"], f"it finds {found}")
    check(found[0][1].startswith("Was unlocked"), f"it claims “{found[0][1]}”")
    for _ in range(5):
        start = time.monotonic()
        search.find("garage")
        took = time.monotonic() - start
        if took < 1:
            break
    check(took < 1, "it waits for the bridge")
    check(not app.has_window, "there is a window that nobody asked for")
    # What was found, but is not known any more, is not locked blindly
    search.choose(search.find("garage")[0].replace("show:", "lock:"), "garage")
    app.wait_window()
    app.row("Garage, was unlocked").wait()
    check(not bridge.actions(), f"the bridge was told {bridge.actions()}")


@journey
def a_search_for_something_else_leaves_bridges_alone(stage):
    bridge = paired_before(stage)
    stage.activatable(bridge)
    before = len(bridge.requests())
    check(Search(PROVIDER).find("calculator") == [], "it finds what it has not")
    app = stage.activated()
    app.wait_end(60)
    check(len(bridge.requests()) == before, f"it asked the bridge: {bridge.requests()[before:]}")


@journey
def a_result_locks_once_and_without_a_window(stage):
    bridge = paired_before(stage)
    stage.activatable(bridge)
    search = Search(PROVIDER)
    result = search.wait("Lock Garage", "garage")
    app = stage.activated()
    search.choose(result, "garage")
    wait_until(lambda: search.look("garage")[0][1].startswith("Locked"), "it does not lock")
    check(search.names("garage") == ["Garage"], "it offers to lock what is locked")
    search.choose(result, "garage")
    check(search.look("garage")[0][1].startswith("Locked"), "it does something else")
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")
    check(not app.has_window, "there is a window that nobody asked for")
    check(not stage.desktop.history, f"this was told: {stage.desktop.history}")


@journey
def what_goes_wrong_is_told_and_stays(stage):
    bridge = paired_before(stage)
    stage.activatable(bridge)
    search = Search(PROVIDER)
    result = search.wait("Lock Garage", "garage")
    app = stage.activated()
    bridge.add_fault("success-false", "/lockAction")
    search.choose(result, "garage")
    check(stage.desktop.wait(FAILED_TITLE).body, "it does not say why")
    check(not app.has_window, "there is a window that nobody asked for")
    app.wait_end(60)
    check(stage.desktop.find(FAILED_TITLE), "whoever looked elsewhere does not learn that it failed")
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")


@journey
def an_open_door_is_asked_about(stage):
    bridge = paired_before(stage)
    bridge.set_lock(2, state=UNLOCKED, door=DOOR_OPEN)
    stage.activatable(bridge)
    search = Search(PROVIDER)
    result = search.wait("Lock Garage", "garage")
    app = stage.activated()
    search.choose(result, "garage")
    app.wait_window()
    app.alert("“Garage” Is Open").wait()
    check(not bridge.actions(), f"the bridge was told {bridge.actions()}")


@journey
def a_search_goes_on_in_the_window(stage):
    locks = [f"--lock={number}:Apartment {number}" for number in range(3, 12)]
    bridge = paired_before(stage, *locks)
    stage.activatable(bridge)
    search = Search(PROVIDER)
    wait_until(lambda: len(search.find("apartment")) == 8, lambda: f"it finds {search.find('apartment')}")
    search.go_on("locked", "apartment", "11")
    app = stage.activated()
    app.wait_window()
    app.row("Front Door, locked").wait_gone()
    app.row("Apartment 11, locked").wait()


if __name__ == "__main__":
    run()
