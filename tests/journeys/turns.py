#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line beside the application: a bridge sees one request at a time, and the window what was done."""

import os
import re
import signal
import subprocess
import time

from gi.repository import Gio, GLib

from harness import APPLICATION, BUILD, bus, check, journey, run, steps, wait_until

LOCK = 2
FRONT_DOOR = "--lock=1:Front Door:locked"
GARAGE = "--lock=2:Garage:unlocked"
PATH = "/" + APPLICATION.replace(".", "/")
TURNS = f"{APPLICATION}.Turns"
# Kept, so that all our calls come from one caller
CONNECTION = Gio.bus_get_sync(Gio.BusType.SESSION)
# What nightlatchctl says where nobody gave it a turn in time: then it need not have waited
HURRIED = "is not waited for"


class Ctl:
    def __init__(self, stage, *arguments):
        environment = os.environ | {"NIGHTLATCH_DATA_DIR": str(stage.folder / "data"), "G_MESSAGES_DEBUG": "nightlatch"}
        self.process = subprocess.Popen([BUILD / "src/cli/nightlatchctl", *arguments], env=environment, text=True,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def done(self, status=0):
        out, self.complaints = self.process.communicate(timeout=60)
        check(self.process.returncode == status, f"nightlatchctl ended with {self.process.returncode}: {self.complaints}")
        check("CRITICAL" not in self.complaints and "WARNING" not in self.complaints, self.complaints)
        return out

    def signal(self, number):
        self.process.send_signal(number)


def ctl(stage, *arguments):
    running = Ctl(stage, *arguments)
    running.done()
    return running


def take(bridge, path="/list", command=False, milliseconds=60000):
    arguments = GLib.Variant("(sqsbu)", ["127.0.0.1", bridge.port, path, command, milliseconds])
    return bus.call(APPLICATION, PATH, TURNS, "Take", arguments)[0]


def wait_for_turn(turn):
    wait_until(lambda: bus.call(APPLICATION, PATH, TURNS, "Wait", GLib.Variant("(u)", [turn]))[0],
               "the turn did not begin")


def release(turn):
    bus.call(APPLICATION, PATH, TURNS, "Release", GLib.Variant("(u)", [turn]))


@journey
def what_the_command_line_does_shows_at_once(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    app.image("Front Door: locked").wait()
    ctl(stage, "unlock", "Front Door", "--yes")
    app.image("Front Door: unlocked").wait()
    ctl(stage, "rename", "Garage", "Shed")
    app.row("Shed, unlocked").wait()
    ctl(stage, "hide", "Shed")
    app.row(re.compile("^Shed")).wait_gone()
    steps.open_bridge(app)
    for word, state in (("disable", ()), ("enable", ("checked",))):
        ctl(stage, "auth", word)
        app.box("Allow New Connections").wait_state(*state, without=() if state else ("checked",))

    # Whether the bridge tells of it or not
    before = len(bridge.requests("/list"))
    turn = take(bridge, "/lockAction", command=True)
    wait_for_turn(turn)
    release(turn)
    wait_until(lambda: len(bridge.requests("/list")) > before, "nobody looks at what was done")
    app.quit()


@journey
def a_bridge_sees_one_request_at_a_time(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE, "--ble-time=0.2")
    app.image("Front Door: locked").wait()
    before = len(bridge.requests())
    commands = [("list",), ("lock", "Garage"), ("info",), ("list",)]
    running = [Ctl(stage, *command) for command in commands]
    while any(each.process.poll() is None for each in running):
        app.press("F5")
    for each in running:
        each.done()
    answers = [entry["status"] for entry in bridge.requests()[before:]]
    hurried = [each.complaints for each in running if HURRIED in each.complaints]
    check(503 not in answers or hurried, f"the bridge was asked too much at once: {answers}")
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")
    app.image("Front Door: locked").wait()


@journey
def whoever_dies_in_his_turn_is_not_waited_for(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--action-time=1.5")
    app.image("Front Door: locked").wait()
    running = Ctl(stage, "unlock", "Front Door", "--yes")
    wait_until(bridge.actions, "nightlatchctl did not ask")
    before = len(bridge.requests("/list"))
    running.signal(signal.SIGKILL)
    running.process.wait()
    app.press("F5")
    wait_until(lambda: len(bridge.requests("/list")) > before, "the application waits for who is gone")


@journey
def whoever_stands_still_in_his_turn_is_not_waited_for_long(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    turn = take(bridge, milliseconds=1000)
    wait_for_turn(turn)
    before = len(bridge.requests("/list"))
    app.press("F5")
    wait_until(lambda: len(bridge.requests("/list")) > before, "the application waits for who does nothing")
    try:
        release(turn)
        check(False, "a turn that was not given back in time is remembered")
    except GLib.Error:
        pass


@journey
def nobody_gets_many_turns(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    turns = [take(bridge, "/lockAction", True, 3000) for _ in range(6)]
    check(turns.count(0) == 2, f"these were granted: {turns}")
    # Who does not give back one loses all
    begun = time.monotonic()
    before = len(bridge.requests("/list"))
    app.press("F5")
    wait_until(lambda: len(bridge.requests("/list")) > before, "people wait for who does nothing")
    check(time.monotonic() - begun < 15, "each of the turns was waited for")
    check(take(bridge) != 0, "what is over still counts")


@journey
def nothing_is_asked_in_the_turn_of_another(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    turn = take(bridge)
    wait_for_turn(turn)
    before = len(bridge.requests())
    app.press("F5")
    waiting = Ctl(stage, "list")
    for _ in range(3):
        bus.call(APPLICATION, PATH, TURNS, "Wait", GLib.Variant("(u)", [turn]))
        time.sleep(0.3)
    check(len(bridge.requests()) == before, "somebody did not wait for his turn")
    release(turn)
    waiting.done()
    wait_until(lambda: len(bridge.requests("/list")) > 2, "the application did not go on")

    # What nobody has cannot be waited for; nor can a bridge that is none of ours
    for method in ("Wait", "Release"):
        try:
            bus.call(APPLICATION, PATH, TURNS, method, GLib.Variant("(u)", [turn]))
            check(False, f"{method} knows of a turn that is over")
        except GLib.Error:
            pass
    arguments = GLib.Variant("(sqsbu)", ["127.0.0.1", 9, "/list", False, 1000])
    check(bus.call(APPLICATION, PATH, TURNS, "Take", arguments)[0] == 0, "there is a turn at no bridge")


@journey
def the_command_line_goes_on_without_the_application(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    turn = take(bridge)
    wait_for_turn(turn)
    waiting = Ctl(stage, "list")
    time.sleep(0.5)
    os.kill(app.pid, signal.SIGSTOP)
    waiting.done()
    check(HURRIED in waiting.complaints, "it did not wait at all")
    # And one that never hears anything of it
    check(HURRIED in ctl(stage, "list").complaints, "it did not ask")
    app.kill()
    after = ctl(stage, "list")
    check(HURRIED not in after.complaints, "it waits for what does not run")
    check(bus.find_owner(APPLICATION) is None, "it started the application")


if __name__ == "__main__":
    run()
