# SPDX-License-Identifier: GPL-3.0-or-later
"""/list, /lockState and /info: the specification's own examples, and what each kind of bridge adds to them."""

import re

from harness import Simulator, equal, main, test, wait_until

UTC = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"

# Kept apart from the simulator's own tables: these are the words of the documents
LOCK_STATES = {0: "uncalibrated", 1: "locked", 2: "unlocking", 3: "unlocked", 4: "locking", 5: "unlatched",
               6: "unlocked (lock 'n' go)", 7: "unlatching", 254: "motor blocked", 255: "undefined"}
OPENER_STATES = {0: "untrained", 1: "online", 3: "rto active", 5: "open", 7: "opening", 253: "boot run",
                 255: "undefined"}
DOOR_STATES = {1: "deactivated", 2: "door closed", 3: "door opened", 4: "door state unknown", 5: "calibrating",
               16: "uncalibrated", 240: "removed", 255: "unknown"}


def without_timestamps(items):
    for item in items:
        assert re.fullmatch(UTC, item["lastKnownState"].pop("timestamp")), item
    return items


@test("/reads/1.6/list-is-the-documents-example")
def _():
    with Simulator("--api=1.6") as simulator:
        equal(without_timestamps(simulator.get("/list").json), [
            {"nukiId": 1, "name": "Home",
             "lastKnownState": {"state": 1, "stateName": "locked", "batteryCritical": False}},
            {"nukiId": 2, "name": "Grandma",
             "lastKnownState": {"state": 3, "stateName": "unlocked", "batteryCritical": False}}])


@test("/reads/1.6/lock-state-is-the-documents-example")
def _():
    with Simulator("--api=1.6") as simulator:
        equal(simulator.get("/lockState", nukiId=1).json,
              {"state": 1, "stateName": "locked", "batteryCritical": False, "success": True})


@test("/reads/1.6/info-is-the-documents-example")
def _():
    with Simulator("--api=1.6", "--lock=10", "--lock=11") as simulator:
        simulator.steer("locks/10", rssi=-87)
        simulator.steer("locks/11", rssi=-93, paired=0)
        info = simulator.get("/info").json
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", info.pop("currentTime"))
        assert 0 <= info.pop("uptime") < 60
        equal(info, {
            "bridgeType": 1, "ids": {"hardwareId": 12345678, "serverId": 2117604523},
            "versions": {"firmwareVersion": "1.6.2", "wifiFirmwareVersion": "1.2.0"}, "serverConnected": True,
            "scanResults": [{"nukiId": 10, "name": "Nuki_0000000A", "rsi": -87, "paired": True},
                            {"nukiId": 11, "name": "Nuki_0000000B", "rsi": -93, "paired": False}]})


@test("/reads/1.6/ignores-later-parameters")
def _():
    for api, status in (("1.6", 200), ("1.13", 400)):
        with Simulator(f"--api={api}", "--ble-time=0") as simulator:
            equal((api, simulator.get("/lockState", nukiId=1, deviceType="foo").status), (api, status))
            equal((api, simulator.get("/fwupdate", scope=9, deviceType="foo").status), (api, status))


@test("/reads/1.6/knows-nothing-of-later-parts")
def _():
    with Simulator("--api=1.6") as simulator:
        simulator.steer("locks/1", **{"door": 3, "battery": 5, "charging": 1, "keypad-critical": 1})
        equal(sorted(simulator.get("/lockState", nukiId=1).json), ["batteryCritical", "state", "stateName", "success"])
        equal(simulator.get("/lockState", nukiId=1, deviceType=4).status, 200)
        for path in ("/lock", "/unlock"):
            equal((simulator.get(path, nukiId=1).status, simulator.truth()["state"]), (400, 1))


@test("/reads/1.13/list-has-all-members-in-a-real-bridges-order")
def _():
    with Simulator("--lock=353437181:Haustür:unlocked", "--opener=519611324:Andere Tür") as simulator:
        simulator.steer("locks/353437181", **{"door": 2, "battery": 94, "keypad-critical": 0})
        simulator.steer("locks/519611324", ring=1)
        lock, opener = simulator.get("/list").json
        equal(list(lock), ["deviceType", "nukiId", "name", "firmwareVersion", "lastKnownState"])
        equal(list(lock["lastKnownState"]),
              ["mode", "state", "stateName", "batteryCritical", "batteryCharging", "batteryChargeState",
               "keypadBatteryCritical", "doorsensorState", "doorsensorStateName", "timestamp"])
        equal((lock["deviceType"], lock["name"], lock["lastKnownState"]["mode"]), (0, "Haustür", 2))
        equal(lock["lastKnownState"]["batteryChargeState"], 94)
        equal(list(opener["lastKnownState"]), ["mode", "state", "stateName", "batteryCritical", "ringactionTimestamp",
                                               "ringactionState", "timestamp"])
        equal((opener["deviceType"], opener["lastKnownState"]["stateName"]), (2, "online"))
        assert re.fullmatch(UTC, opener["lastKnownState"]["ringactionTimestamp"])


@test("/reads/1.13/lock-state-is-the-documents-example")
def _():
    with Simulator() as simulator:
        simulator.steer("locks/1", **{"keypad-critical": 0})
        equal(simulator.get("/lockState", nukiId=1).json, {
            "mode": 2, "state": 1, "stateName": "locked", "batteryCritical": False, "batteryCharging": False,
            "batteryChargeState": 85, "keypadBatteryCritical": False, "doorsensorState": 2,
            "doorsensorStateName": "door closed", "success": True})


@test("/reads/1.13/info-has-all-members")
def _():
    with Simulator("--lock=1013065235", "--opener=930999314", "--bridge-id=1754925342") as simulator:
        info = simulator.get("/info").json
        equal(list(info), ["bridgeType", "ids", "versions", "uptime", "currentTime", "wlanConnected",
                           "serverConnected", "scanResults"])
        equal(info["ids"]["serverId"], 1754925342)
        equal(info["versions"], {"firmwareVersion": "2.18.0", "wifiFirmwareVersion": "2.4.0"})
        assert re.fullmatch(UTC, info["currentTime"]), info
        equal(info["scanResults"], [
            {"deviceType": 0, "nukiId": 1013065235, "name": "Nuki_3C622613", "rssi": -60, "paired": True},
            {"deviceType": 2, "nukiId": 930999314, "name": "Nuki_Opener_377DEC12", "rssi": -60, "paired": True}])


@test("/reads/1.13/info-tells-what-is-wrong-and-leaves-out-what-is-not-measured")
def _():
    with Simulator() as simulator:
        simulator.steer("bridge", uptime=1051200, online=0)
        simulator.steer("locks/1", rssi="none")
        info = simulator.get("/info").json
        assert 1051200 <= info["uptime"] < 1051260, info
        equal(info["serverConnected"], False)
        equal([result.get("rssi") for result in info["scanResults"]], [None, -74])
        simulator.steer("bridge", online=1)
        info = simulator.get("/info").json
        equal((info["serverConnected"], info["uptime"] >= 1051200), (True, True))
        equal(simulator.request("POST", "/simulator/bridge", {"online": 2}).status, 400)


@test("/reads/1.13/first-generation-hardware-does-not-tell-of-its-wlan")
def _():
    with Simulator("--firmware=1.17.1") as simulator:
        info = simulator.get("/info").json
        assert "wlanConnected" not in info
        equal(info["versions"]["firmwareVersion"], "1.17.1")


@test("/reads/1.13/later-smart-locks-have-a-device-type-of-their-own")
def _():
    with Simulator("--smart-lock-3=1015571181:Augustowska:unlocked") as simulator:
        lock, = simulator.get("/list").json
        equal((lock["deviceType"], lock["name"], lock["lastKnownState"]["state"]), (4, "Augustowska", 3))
        equal(simulator.get("/lockState", nukiId=1015571181).status, 404)
        equal(simulator.get("/lockState", nukiId=1015571181, deviceType=4).status, 200)


@test("/reads/1.13/parts-that-are-missing-are-not-mentioned")
def _():
    with Simulator() as simulator:
        simulator.steer("locks/1", **{"door": "none", "battery": "none", "keypad-critical": "none"})
        equal(sorted(simulator.known()["lastKnownState"]),
              ["batteryCritical", "mode", "state", "stateName", "timestamp"])


@test("/reads/states/have-the-documents-names")
def _():
    with Simulator("--lock=1", "--opener=2") as simulator:
        for nuki_id, device, names in ((1, 0, LOCK_STATES), (2, 2, OPENER_STATES)):
            for state, name in names.items():
                simulator.steer(f"locks/{nuki_id}", state=state)
                answer = simulator.known(nuki_id)["lastKnownState"]
                equal((device, answer["state"], answer["stateName"]), (device, state, name))
        for state, name in DOOR_STATES.items():
            simulator.steer("locks/1", door=state)
            answer = simulator.known()["lastKnownState"]
            equal((answer["doorsensorState"], answer["doorsensorStateName"]), (state, name))


@test("/reads/software-bridge/looks-different")
def _():
    with Simulator("--software-bridge", env={"TZ": "CET-1"}) as simulator:
        info = simulator.get("/info").json
        equal((info["bridgeType"], list(info["ids"]), list(info["versions"])), (2, ["serverId"], ["appVersion"]))
        assert info["currentTime"].endswith("+01:00"), info
        lock = simulator.known()
        equal(list(lock), ["nukiId", "name", "lastKnownState"])
        equal(list(lock["lastKnownState"]), ["state", "stateName", "batteryCritical", "timestamp"])
        assert lock["lastKnownState"]["timestamp"].endswith("+01:00"), lock
        response = simulator.bare("/list", token="wrong")
        equal((response.status, response.json), (401, {"error": "invalid api token"}))


@test("/reads/software-bridge/has-no-unpair-and-no-maintenance")
def _():
    with Simulator("--software-bridge") as simulator:
        for path in ("/unpair", "/log", "/clearlog", "/fwupdate", "/reboot", "/factoryReset", "/lock", "/unlock"):
            equal((path, simulator.get(path, nukiId=1).status), (path, 400))
        equal(len(simulator.get("/list").json), 2)


@test("/reads/errors/are-those-of-the-documents")
def _():
    with Simulator("--lock=1", "--opener=2") as simulator:
        for path, extra in (("/lockState", {}), ("/lockAction", {"action": 1}), ("/lock", {}), ("/unlock", {}),
                            ("/unpair", {})):
            for params, status in (({}, 400), ({"nukiId": ""}, 400), ({"nukiId": 1, "deviceType": "x"}, 400),
                                   ({"nukiId": 3}, 404), ({"nukiId": "nonsense"}, 404),
                                   ({"nukiId": 1, "deviceType": 4}, 404), ({"nukiId": 2}, 404),
                                   ({"nukiId": 99999999999999999999}, 404)):
                response = simulator.get(path, **params, **extra)
                equal((path, params, response.status), (path, params, status))
                equal(response.text, {400: "HTTP 400 Bad Request", 404: "HTTP 404 Not Found"}[status])
        equal(len(simulator.get("/list").json), 2)


@test("/reads/errors/unknown-paths-and-methods-are-bad-requests")
def _():
    with Simulator() as simulator:
        for method, path in (("GET", "/"), ("GET", "/List"), ("GET", "/list/"), ("GET", "/callback"),
                             ("GET", "/simulator"), ("POST", "/list"), ("DELETE", "/list")):
            response = simulator.request(method, path, {"token": simulator.token})
            equal((method, path, response.status), (method, path, 400))


@test("/reads/ids/are-accepted-in-decimal-and-in-hexadecimal")
def _():
    with Simulator("--lock=91049449:Home", "--lock=0x5499EC1:Cellar", "--lock=16:Decimal") as simulator:
        for text in ("91049449", "56D4DE9", "056D4DE9", "056d4de9"):
            equal((text, simulator.get("/lockState", nukiId=text).status), (text, 200))
        equal(simulator.get("/lockState", nukiId=0x5499EC1).status, 200)
        # What is both goes by its decimal meaning
        equal(simulator.get("/unpair", nukiId="16").json, {"success": True})
        equal([lock["name"] for lock in simulator.get("/list").json], ["Home", "Cellar"])


@test("/reads/names/may-be-of-any-characters")
def _():
    with Simulator("--lock=1") as simulator:
        for name in ('"', "\\", "[", "{", ":", ",", 'a "b", c', "C:\\doors\\new", "a\tb\nc\x01\x7f", "Haustür 🚪"):
            simulator.steer("locks/1", name=name)
            equal([lock["name"] for lock in simulator.get("/list").json], [name])


@test("/reads/cache/list-does-not-ask-the-lock-but-lock-state-does")
def _():
    with Simulator("--ble-time=0.1") as simulator:
        simulator.steer("locks/1", mute=1, state=3)
        equal((simulator.truth()["state"], simulator.known()["lastKnownState"]["state"]), (3, 1))
        equal(simulator.get("/lockState", nukiId=1).json["state"], 3)
        equal(simulator.known()["lastKnownState"]["state"], 3)


@test("/reads/cache/timestamps-are-of-the-last-report")
def _():
    with Simulator() as simulator:
        before = {lock["nukiId"]: lock["lastKnownState"]["timestamp"] for lock in simulator.get("/list").json}
        wait_until(lambda: simulator.get("/info").json["currentTime"] > before[1], "the next second")
        simulator.steer("locks/1", state=3)
        after = {lock["nukiId"]: lock["lastKnownState"]["timestamp"] for lock in simulator.get("/list").json}
        assert after[1] > before[1] and after[2] == before[2], (before, after)


@test("/reads/never-seen/has-no-last-known-state")
def _():
    for api in ("1.6", "1.13"):
        with Simulator(f"--api={api}", "--lock=7:Attic") as simulator:
            simulator.steer("locks/7", offline=1, seen=0)
            lock = simulator.known(7)
            assert "lastKnownState" not in lock and "firmwareVersion" not in lock, lock
            simulator.steer("locks/7", offline=0)
            assert "lastKnownState" in simulator.known(7)


@test("/reads/many/locks-are-plausible-and-varied")
def _():
    with Simulator("--locks=54") as simulator:
        locks = simulator.get("/list").json
        equal(len(locks), 54)
        equal(len({lock["nukiId"] for lock in locks}), 54)
        equal(len({lock["name"] for lock in locks}), 54)
        states = {lock["lastKnownState"]["state"] for lock in locks if "lastKnownState" in lock}
        assert {1, 3, 254} <= states, states
        equal({lock["deviceType"] for lock in locks}, {0, 2, 3, 4})
        assert any("lastKnownState" not in lock for lock in locks)
        assert all(0 < lock["nukiId"] < 2**32 for lock in locks)
    with Simulator("--locks=3", "--api=1.6", "--lock=5:Mine") as simulator:
        equal(len(simulator.get("/list").json), 4)
    with Simulator("--locks=0") as simulator:
        equal(simulator.get("/list").json, [])


main()
