#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of a bridge: what it says of itself, which devices it hears, and what is wrong with it."""

import re

from harness import check, journey, run, steps, wait_until

FRONT_DOOR = "--lock=1:Front Door:locked"
GARAGE = "--smart-lock-3=2:Garage:unlocked"
GATE = "--opener=3:Gate"
TOKEN = "--token=abc123"
# The bridge is asked every ten seconds while its page shows
SOON = 15


def fact(app, name, value):
    """What the page says of the bridge, as one hears it read aloud."""
    return app.row(f"{name}, {value}")


def facts(app):
    """The names of all that it says, in order."""
    return [node.name.partition(",")[0] for node in app.list("Status").wait().children]


def devices(app):
    """Who is in range, in order."""
    return [node.name for node in app.list("Devices in Range").wait().children]


def device(app, name):
    return app.list("Devices in Range").row(name)


def go(app):
    steps.open_bridge(app)
    app.list("Status").wait()


@journey
def a_bridge_of_today_tells_all(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE, GATE, "--lock=11606610:Neighbour", TOKEN)
    bridge.steer("POST", "bridge?uptime=1052000")
    bridge.set_lock(2, rssi=-88)
    bridge.set_lock(3, rssi="none")
    bridge.set_lock(11606610, rssi=-79, paired=0)
    go(app)
    app.heading("Connected").wait()
    app.label(bridge.address).wait()
    app.label("Checked just now").wait()
    fact(app, "Running For", "12 days 4 h").wait(SOON)
    check(facts(app) == ["Type", "Firmware", "Wi-Fi Firmware", "Running For", "Clock", "Nuki Server", "Wi-Fi", "Server ID",
                         "Hardware ID"], f"it tells of {facts(app)}")
    for name, value in ("Type", "Hardware bridge"), ("Firmware", "2.18.0"), ("Clock", "In sync"), \
            ("Nuki Server", "Connected"), ("Wi-Fi", "Connected"), ("Hardware ID", "00BC614E"):
        fact(app, name, value).wait()

    device(app, "Nuki_00B11A52").wait(SOON)
    device(app, "Front Door").image("Strong signal, minus 60 decibel milliwatts").wait()
    device(app, "Garage").image("Weak signal, minus 88 decibel milliwatts").wait(SOON)
    device(app, "Gate").image("Signal not measured").wait()
    device(app, "Nuki_00B11A52").image("Fair signal, minus 79 decibel milliwatts").wait()
    device(app, "Nuki_00B11A52").label("Not paired").wait()
    check(not app.toggle("Menu of Nuki_00B11A52").shows, "it offers what cannot be done with another’s lock")
    app.check_names()


@journey
def a_bridge_of_2017_tells_less(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--api=1.6")
    bridge.set_lock(1, rssi=-67)
    go(app)
    fact(app, "Firmware", "1.6.2").wait()
    check(facts(app) == ["Type", "Firmware", "Wi-Fi Firmware", "Running For", "Clock", "Nuki Server", "Server ID",
                         "Hardware ID"], f"it tells of {facts(app)}")
    device(app, "Front Door").image("Good signal, minus 67 decibel milliwatts").wait(SOON)
    device(app, "Front Door").label("Paired").wait()


@journey
def a_software_bridge_is_an_app(stage):
    # It has no button
    bridge = stage.simulator(FRONT_DOOR, TOKEN, "--software-bridge")
    app = stage.app(bridge)
    steps.pair_by_token(app, bridge, "abc123")
    go(app)
    fact(app, "Type", "Software bridge").wait()
    check(facts(app) == ["Type", "App Version", "Running For", "Clock", "Nuki Server", "Server ID"],
          f"it tells of {facts(app)}")
    app.toggle("Menu of Front Door").click()
    app.item("Go to Lock").wait()
    check(not app.item("Unpair…").shows, "it offers what a software bridge cannot do")


@journey
def devices_come_and_go_in_place(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--lock=2:Garage:locked", "--lock=3:Cellar:locked")
    bridge.set_lock(2, offline=1)
    go(app)
    wait_until(lambda: devices(app) == ["Front Door", "Cellar"], "Garage is heard although it is away", SOON)
    app.toggle("Menu of Cellar").focus()
    focused = app.focused()
    asked = len(bridge.requests("/info"))
    bridge.set_lock(2, offline=0)
    wait_until(lambda: devices(app) == ["Front Door", "Garage", "Cellar"], "Garage is not heard again", SOON)
    check(len(bridge.requests("/info")) - asked <= 3, "the bridge is asked too often")
    check(app.focused() == focused, "the focus was lost as a device came")
    for number in 1, 2, 3:
        bridge.set_lock(number, offline=1)
    app.button("Measure Again").click()
    app.label("No Devices in Range").wait(SOON)


@journey
def it_is_asked_only_while_somebody_looks(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    go(app)
    # To measure anew is to ask at once, and once
    asked = len(bridge.requests("/info"))
    app.button("Measure Again").click()
    wait_until(lambda: len(bridge.requests("/info")) > asked, "it was not asked")
    check(len(bridge.requests("/info")) <= asked + 2, "it was asked more than once, and a time because it was due")
    steps.open_lock(app, "Front Door")
    asked = len(bridge.requests("/info"))
    for _ in range(3):
        lists = len(bridge.requests("/list"))
        app.press("F5")
        wait_until(lambda n=lists: len(bridge.requests("/list")) > n, "F5 does nothing")
    check(len(bridge.requests("/info")) == asked, "it is asked about itself although nobody looks")
    go(app)
    app.press("F5")
    wait_until(lambda: len(bridge.requests("/info")) > asked, "F5 does not ask the bridge about itself")


@journey
def a_wrong_clock_and_no_server_show(stage):
    # One that takes no protected tokens, and so does not mind what time it is
    bridge, app = steps.paired(stage, FRONT_DOOR, "--firmware=1.10.0")
    bridge.steer("POST", "clock?offset=-250")
    bridge.steer("POST", "bridge?online=0")
    go(app)
    fact(app, "Clock", "4 min behind").wait(SOON)
    fact(app, "Nuki Server", "Not connected").wait()
    bridge.steer("POST", "clock?offset=7300")
    app.button("Measure Again").click()
    fact(app, "Clock", "2 h ahead").wait(SOON)


@journey
def each_refusal_to_tell_is_told(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    go(app)
    for kind, text in (
            ("status-401", "The bridge does not accept the token"),
            ("status-403", "The bridge refuses access"),
            ("status-400", "The bridge does not accept this request"),
            ("success-false", "The bridge refused"),
            ("garbage", "Something else than a Nuki bridge answered"),
            ("status-503", "The bridge is busy with another request")):
        bridge.add_fault(kind, "/info")
        app.button("Measure Again").click()
        app.label(re.compile(text)).wait(90)
        app.label(re.compile("^Updated ")).wait()
        app.heading("Connected").wait()
        bridge.clear_faults()
        app.button("Measure Again").click()
        app.label(re.compile(text)).wait_gone(90)
        app.label("Signal strength as the bridge measures it").wait()


@journey
def a_bridge_that_goes_away_is_told_first(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN)
    go(app)
    bridge.stop()
    app.heading("Cannot be reached").wait(60)
    app.label(re.compile("^Last answer ")).wait()
    app.label(re.compile("^Updated ")).wait()
    head = [node for node in app.read().walk() if node.role in ("heading", "label")]
    at = next(i for i, node in enumerate(head) if node.name == "Cannot be reached")
    check(any("network" in node.name or "power" in node.name for node in head[at:at + 5]), "the reason is not at the top")
    bridge.start()
    app.button("Try Again").click()
    app.heading("Connected").wait(60)
    app.label(re.compile("^Updated ")).wait_gone()


@journey
def a_token_that_is_refused_and_the_clock_that_may_be_why(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN)
    go(app)
    # The bridge starts anew, without internet: it neither knows the time, nor has it told us of its clock since
    bridge.stop()
    bridge.options = [*bridge.options, "--clock-offset=-7300"]
    app.heading("Cannot be reached").wait(60)
    app.quit()
    bridge.start()
    app = stage.app(bridge)
    app.row(re.compile("^Bridge Home, Access refused")).wait(60)
    steps.open_bridge(app)
    app.heading("Access refused").wait()
    app.button("Check the Clock…").click()
    app.alert("Check the Clock?").button("Cancel").click()
    app.alert("Check the Clock?").wait_gone()
    plain = [entry for entry in bridge.requests() if "token" in entry["params"]]
    check(not plain, "the token was shown unprotected without consent")
    app.button("Check the Clock…").click()
    app.alert("Check the Clock?").button("Check").click()
    app.heading("Clock is wrong").wait()
    fact(app, "Clock", "2 h behind").wait()
    app.label(re.compile("^The bridge’s clock is 2 hours behind")).wait()
    plain = [entry["path"] for entry in bridge.requests() if "token" in entry["params"]]
    check(plain == ["/info"], f"the token was shown unprotected for {plain}")
    check(not app.button("Check the Clock…").shows, "it asks what it knows")
    app.button("Pair Again…").wait()
    app.check_names()


@journey
def details_are_copied_and_the_bridge_renamed(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN)
    go(app)
    steps.choose(app, "Bridge Menu", "Copy Details")
    app.wait_text("Details copied")
    steps.choose(app, "Bridge Menu", "Rename…")
    dialog = app.alert("Rename “Home”?")
    dialog.entry("Name").enter(" ")
    check(not dialog.button("Rename").sensitive, "a bridge needs no name")
    dialog.entry("Name").enter(" Cottage ")
    dialog.button("Rename").click()
    app.row(re.compile("^Bridge Cottage, ")).wait()
    app.quit()
    app = stage.app(bridge)
    app.row(re.compile("^Bridge Cottage, ")).wait()


@journey
def from_a_device_to_its_page(stage):
    _, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    go(app)
    steps.choose(app, "Menu of Garage", "Go to Lock")
    app.image("Garage: unlocked").wait()


@journey
def it_pairs_again_on_demand(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    go(app)
    steps.choose(app, "Bridge Menu", "Pair Again…")
    bridge.press_button()
    app.wait_text("Bridge Added")
    app.button("Done").click()
    app.row(re.compile("^Bridge Home, Connected")).wait()


if __name__ == "__main__":
    run()
