#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the window finds back to the truth by itself."""

import re
import time
from datetime import datetime, timezone

from harness import check, journey, run, steps, wait_until

FRONT_DOOR = "--lock=1:Front Door:locked"
TOKEN = "--token=Q8kz0Pw3Xn5t"
UNREACHABLE = "The bridge “Home” cannot be reached"
REFUSED = "“Home” no longer accepts this computer"


@journey
def a_bridge_on_a_new_address_is_found_again(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN, "--bridge-id=4711")
    app.image("Front Door: locked").wait()
    wait_until(lambda: bridge.places(), "no place")
    before = bridge.address
    bridge.move(FRONT_DOOR.replace("locked", "unlocked"), TOKEN, "--bridge-id=4711")
    check(bridge.address != before, "it did not move")
    app.press("F5")
    app.label(UNREACHABLE).wait()
    app.image("Front Door: was locked").wait()
    app.image("Front Door: unlocked").wait(60)
    wait_until(lambda: bridge.places(), "it does not know us there")
    bridge.set_lock(1, state=1)
    app.image("Front Door: locked").wait(5)
    app.row(re.compile("^Connection")).click()
    app.wait_text(re.compile(re.escape(bridge.address)))
    app.quit()

    # Without a search
    app = stage.app()
    app.image("Front Door: locked").wait()


@journey
def somebody_else_at_the_new_address_is_not_believed(stage):
    def answer(path):
        if path.startswith("/list"):
            return [{"nukiId": 1, "name": "Front Door", "lastKnownState": {"state": 1, "batteryCritical": False}}]
        return {"bridgeType": 1, "ids": {"serverId": 4711, "hardwareId": 1}, "uptime": 5, "scanResults": [],
                "versions": {"firmwareVersion": "1.2.3"}, "currentTime": datetime.now(timezone.utc).isoformat()}

    impostor = stage.server(answer)
    service = stage.server(lambda path: {"errorCode": 0, "bridges": [
        {"bridgeId": 4711, "ip": "127.0.0.1", "port": impostor.port, "dateUpdated": "2026-01-01T00:00:00Z"}]})
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN, "--bridge-id=4711")
    app.image("Front Door: locked").wait()
    app.quit()

    app = stage.app(bridge, NIGHTLATCH_DISCOVERY_URL=service.url + "/discover/bridges")
    app.image("Front Door: locked").wait()
    bridge.stop()
    app.press("F5")
    wait_until(lambda: impostor.requests, "it was not looked for", 60)
    app.label(UNREACHABLE).wait()
    time.sleep(3)
    app.image("Front Door: was locked").wait()
    asked = list(impostor.requests)
    check(all(path.startswith("/info?") for path in asked), f"it asked more than who is there: {asked}")
    check(not any("Q8kz0Pw3Xn5t" in path or "token=" in path.replace("ctoken=", "") for path in asked),
          "the token was shown")
    check(not any("/lockAction" in path for path in asked), "a command was sent there")
    bridge.start()
    app.image("Front Door: locked").wait(60)


@journey
def a_clock_that_is_wrong_is_told_with_the_offset(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN)
    app.image("Front Door: locked").wait()
    # This bridge's clock is known to be right; so when it was restarted without internet, nobody can know
    bridge.steer("POST", "clock?offset=-7200")
    app.press("F5")
    app.label(REFUSED).wait()
    app.row(re.compile("^Connection")).click()
    app.button("Check the Clock…").click()
    alert = app.alert("Check the Clock?")
    check(not [entry for entry in bridge.requests() if entry.get("auth") == "plain"], "it did so without consent")
    alert.button("Check").click()
    app.wait_text(re.compile("The bridge’s clock is 2 hours behind"))
    check(len([entry for entry in bridge.requests() if entry.get("auth") == "plain"]) == 1, "it was asked more than once")
    app.button("Check the Clock…").wait_gone()
    bridge.steer("POST", "clock?offset=0")
    app.button("Try Again").click()
    app.row("Front Door, locked").wait()


@journey
def a_clock_that_drifts_is_known_already(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN, "--clock-offset=58")
    app.image("Front Door: locked").wait()
    bridge.steer("POST", "clock?offset=130")
    app.press("F5")
    app.wait_text(re.compile(r"Home: The bridge’s clock is (5\d seconds|1 minute) ahead"))


@journey
def a_token_that_was_revoked_is_not_insisted_on(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN)
    app.image("Front Door: locked").wait()
    wait_until(lambda: bridge.places(), "no place")
    bridge.stop()
    bridge.options = [FRONT_DOOR, "--token=another1", *[option for option in bridge.options if "bridge-id" in option]]
    bridge.start()
    app.press("F5")
    app.label(REFUSED).wait()
    asked = len(bridge.requests())
    time.sleep(15)
    check(asked <= 2 and len(bridge.requests()) == asked, f"it is hammered: {bridge.requests()}")
    app.image("Front Door: was locked").wait()
    check(app.button("Pair Again").shows, "there is nothing to do about it")


@journey
def after_standing_still_the_state_is_not_vouched_for(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN)
    app.image("Front Door: locked").wait()
    wait_until(lambda: bridge.places(), "no place")
    bridge.set_lock(1, state=3)
    app.image("Front Door: unlocked").wait()
    time.sleep(2)
    bridge.add_fault("hang", "/list")
    app.freeze(45)
    app.image("Front Door: was unlocked").wait(15)
    bridge.clear_faults()
    app.image("Front Door: unlocked").wait(40)


if __name__ == "__main__":
    run()
