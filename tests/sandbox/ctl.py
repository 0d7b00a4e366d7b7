#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the Flatpak: it has the application's bridges, tokens, names and preferences, and waits for its
turn."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from gi.repository import Gio, GLib  # noqa: E402
from harness import APPLICATION, bus, check, journey, run, steps, wait_until  # noqa: E402
from harness.ctl import Ctl, ctl, ctl_json  # noqa: E402
from harness.sandbox import Sandbox  # noqa: E402
from harness.telltale import Eavesdropper  # noqa: E402

LOCKED, UNLOCKED = 1, 3
FRONT_DOOR = "--lock=1:Front Door:locked"
TOKEN = "Zq7Wm3Xv9Kt2Rb5"
PATH = "/" + APPLICATION.replace(".", "/")
# Kept, so that all our calls come from one caller
CONNECTION = Gio.bus_get_sync(Gio.BusType.SESSION)
# What nightlatchctl says where nobody gave it a turn
ALONE = ("is not waited for", "no turn to wait for")


def call_turns(method, signature, *arguments):
    answer = bus.call(APPLICATION, PATH, f"{APPLICATION}.Turns", method, GLib.Variant(signature, arguments))
    return answer and answer[0]


@journey(stage=Sandbox)
def all_of_it_works_without_the_application(stage):
    bridge = stage.simulator(FRONT_DOOR, "--lock=2:Garage:unlocked")
    found = ctl_json(stage, "discover", simulator=bridge)["bridges"]
    check([one["ip"] for one in found] == ["127.0.0.1"], f"it finds {found}")

    pairing = Ctl(stage, "pair", bridge.address)
    bridge.press_button()
    check(pairing.wait_end() == 0, f"it does not pair: {pairing.text}")
    told = ctl_json(stage, "list")
    check([(one["name"], one["state"]) for one in told] == [("Front Door", "locked"), ("Garage", "unlocked")], f"it lists {told}")
    check(ctl_json(stage, "status", "Garage")["state"] == "unlocked", "it does not ask the lock")

    watching = Ctl(stage, "watch", "--interval=600")
    steps.wait_for_place(bridge)
    watching.wait_text("Garage: Unlocked")
    ctl(stage, "lock", "Garage")
    watching.wait_text("Garage: Locked")
    bridge.set_lock(1, state=UNLOCKED)
    watching.wait_text("Front Door: Unlocked")
    watching.interrupt()
    watching.wait_end()
    wait_until(lambda: not bridge.places(), "it leaves its place with the bridge")

    # The token is in the store that the application has, too
    ctl(stage, "rename", "Garage", "Shed")
    app = stage.app(bridge)
    app.row("Shed, locked").wait()
    app.image("Front Door: unlocked").wait()
    check(len(bridge.requests("/auth")) == 1, "somebody paired again")
    app.quit()


@journey(stage=Sandbox)
def beside_the_application_it_takes_turns_and_shares_all(stage):
    stage.settings(confirm_unlock="true")
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    done = ctl(stage, "list", G_MESSAGES_DEBUG="all")
    check(not any(word in done.stderr for word in ALONE), f"the application did not give it a turn: {done.stderr}")
    asking = Ctl(stage, "unlock", "Front Door", TERM="xterm")
    asking.wait_text("?")
    check(not bridge.actions(), "it did not wait for an answer")
    asking.type("y\n")
    check(asking.wait_end() == 0, f"it does not unlock: {asking.text}")
    app.image("Front Door: unlocked").wait()

    ears = Eavesdropper(stage.folder / "bus")
    turn = call_turns("Take", "(sqsbu)", "127.0.0.1", bridge.port, "/list", False, 60000)
    wait_until(lambda: call_turns("Wait", "(u)", turn), "the turn did not begin")
    before, said = len(bridge.requests()), ears.heard().count(b"Wait\0")
    waiting = Ctl(stage, "list")
    wait_until(lambda: ears.heard().count(b"Wait\0") > said, "it does not ask for a turn")
    check(len(bridge.requests()) == before, "it did not wait for its turn")
    call_turns("Release", "(u)", turn)
    check(waiting.wait_end() == 0, f"it does not go on: {waiting.text}")
    ears.stop()

    # What either learns, the other knows at once: bridges, and their tokens
    cottage = stage.simulator("--lock=7:Cottage:locked", f"--token={TOKEN}")
    (stage.folder / "token").write_text(TOKEN)
    told = ctl(stage, "pair", cottage.address, f"--token-file={stage.folder / 'token'}", status=2).stderr
    check("--token-file=- <FILE" in told, f"it does not say what helps: {told}")
    ctl(stage, "pair", cottage.address, "--token-file=-", "--name=Cottage", text_in=TOKEN + "\n")
    app.row("Cottage, locked, on Cottage").wait()
    app.button("Lock Front Door").click()
    app.image("Front Door: locked").wait()
    ctl(stage, "forget", f"--bridge={cottage.address}", "--yes")
    app.row("Cottage, locked, on Cottage").wait_gone()
    app.quit()
    check("Cottage" not in ctl(stage, "list").stdout, "the bridge is not forgotten")


run()
