# SPDX-License-Identifier: GPL-3.0-or-later
"""The three callback slots, and what is posted to them."""

import http.client

from harness import DEADLINE, Receiver, Simulator, equal, main, test, wait_until

QUICK = ("--action-time=0.05", "--ble-time=0.01")


@test("/callbacks/list/is-the-documents-example")
def _():
    with Simulator() as simulator:
        equal(simulator.get("/callback/list").json, {"callbacks": []})
        for url in ("http://192.168.0.20:8000/nuki", "http://192.168.0.21/test"):
            equal(simulator.get("/callback/add", url=url).json, {"success": True})
        equal(simulator.get("/callback/list").json, {"callbacks": [
            {"id": 0, "url": "http://192.168.0.20:8000/nuki"}, {"id": 1, "url": "http://192.168.0.21/test"}]})


@test("/callbacks/add/there-are-three-slots")
def _():
    with Simulator() as simulator:
        for i in range(3):
            equal(simulator.get("/callback/add", url=f"http://192.168.0.20/{i}").json, {"success": True})
        response = simulator.get("/callback/add", url="http://192.168.0.20/3")
        equal((response.status, response.json),
              (200, {"success": False, "message": "too many callbacks registered"}))
        response = simulator.get("/callback/add", url="http://192.168.0.20/1")
        equal((response.status, response.json), (200, {"success": False, "message": "callback already added"}))


@test("/callbacks/add/refuses-what-it-cannot-call")
def _():
    with Simulator() as simulator:
        longest = "http://192.168.0.20/".ljust(254, "x")
        bad = [longest + "x", "https://192.168.0.20/nuki", "ftp://192.168.0.20/", "192.168.0.20/nuki", "http://",
               "http:///nuki", "", "/nuki"]
        for url in bad:
            response = simulator.get("/callback/add", url=url)
            equal((url, response.status, response.text), (url, 400, "HTTP 400 Bad Request"))
        equal(simulator.get("/callback/add").status, 400)
        equal(simulator.raw(f"GET /callback/add?token={simulator.token}&url=http://%ff/ HTTP/1.0\r\n\r\n".encode())
              .split(b"\r\n")[0].split(b" ")[1], b"400")
        equal(simulator.get("/callback/list").json, {"callbacks": []})
        equal(simulator.get("/callback/add", url=longest).json, {"success": True})


@test("/callbacks/remove/frees-its-own-slot-and-moves-up-the-others")
def _():
    with Simulator() as simulator:
        for i in range(3):
            simulator.get("/callback/add", url=f"http://192.168.0.20/{i}")
        equal(simulator.get("/callback/remove", id=1).json, {"success": True})
        equal(simulator.get("/callback/list").json["callbacks"],
              [{"id": 0, "url": "http://192.168.0.20/0"}, {"id": 1, "url": "http://192.168.0.20/2"}])
        equal(simulator.get("/callback/remove", id=2).json["success"], False)
        equal(simulator.get("/callback/remove", id=7).json["success"], False)
        for params in ({}, {"id": ""}, {"id": "x"}, {"id": -1}):
            equal(simulator.get("/callback/remove", **params).status, 400)
        simulator.get("/callback/add", url="http://192.168.0.20/new")
        equal(simulator.get("/callback/list").json["callbacks"][2],
              {"id": 2, "url": "http://192.168.0.20/new"})


@test("/callbacks/post/1.6-is-the-documents-example")
def _():
    with Simulator("--api=1.6", "--lock=11:Home:unlocked", *QUICK) as simulator, Receiver() as receiver:
        simulator.get("/callback/add", url=receiver.url)
        simulator.get("/lockAction", nukiId=11, action=2)
        path, headers, body = receiver.received.get(timeout=DEADLINE)
        equal((path, headers["Content-Type"]), ("/nuki", "application/json"))
        equal(body, {"nukiId": 11, "state": 1, "stateName": "locked", "batteryCritical": False})


@test("/callbacks/post/faults-spoil-it-or-lose-it")
def _():
    with Simulator() as simulator, Receiver() as receiver:
        simulator.get("/callback/add", url=receiver.url)
        simulator.fault("lost-response", "/callback", 1)
        simulator.fault("success-false", "/callback", 1)
        for state in (3, 1, 3):
            simulator.steer("locks/1", state=state)
        equal(receiver.next(), {"success": False})
        equal(receiver.next()["state"], 3)


@test("/callbacks/post/1.13-is-flat-without-name-and-time")
def _():
    with Simulator("--lock=1046726733:Home:unlocked") as simulator, Receiver() as receiver:
        simulator.get("/callback/add", url=receiver.url)
        simulator.steer("locks/1046726733", **{"door": 3, "battery": 100, "keypad-critical": 0})
        body = receiver.next()
        equal(body, {"deviceType": 0, "nukiId": 1046726733, "mode": 2, "state": 3, "stateName": "unlocked",
                     "batteryCritical": False, "batteryCharging": False, "batteryChargeState": 100,
                     "keypadBatteryCritical": False, "doorsensorState": 3, "doorsensorStateName": "door opened"})
        equal(list(body)[:2], ["deviceType", "nukiId"])


@test("/callbacks/post/only-states-of-rest")
def _():
    with Simulator("--lock=1:Home", "--opener=5:Street", *QUICK) as simulator, Receiver() as receiver:
        simulator.get("/callback/add", url=receiver.url)
        simulator.get("/lockAction", nukiId=1, action=3)
        equal(receiver.states(1), [3])
        simulator.get("/lockAction", nukiId=1, action=2)
        equal(receiver.states(1), [1])
        simulator.get("/lockAction", nukiId=5, deviceType=2, action=1)
        simulator.get("/lockAction", nukiId=5, deviceType=2, action=3)
        equal(receiver.states(2), [3, 1])
        wait_until(lambda: simulator.truth(5)["state"] == 1, "rest")
        assert receiver.is_silent()


@test("/callbacks/post/a-hand-on-the-door-is-told-too")
def _():
    with Simulator() as simulator, Receiver() as receiver:
        simulator.get("/callback/add", url=receiver.url)
        for change, member, value in (({"state": 3}, "state", 3), ({"door": 3}, "doorsensorState", 3),
                                      ({"critical": 1}, "batteryCritical", True),
                                      ({"charging": 1}, "batteryCharging", True),
                                      ({"battery": 7}, "batteryChargeState", 7)):
            simulator.steer("locks/1", **change)
            equal(receiver.next()[member], value)
        simulator.steer("locks/1", state=3, door=3)
        assert receiver.is_silent()


@test("/callbacks/post/not-from-a-lock-that-is-offline-mute-or-unpaired")
def _():
    with Simulator() as simulator, Receiver() as receiver:
        simulator.get("/callback/add", url=receiver.url)
        simulator.steer("locks/1", offline=1, state=3)
        simulator.steer("locks/2", mute=1, state=1)
        assert receiver.is_silent()
        simulator.steer("locks/1", offline=0)
        equal((receiver.next()["nukiId"], receiver.is_silent()), (1, True))
        simulator.get("/unpair", nukiId=1)
        simulator.steer("locks/1", state=1)
        simulator.steer("locks/2", mute=0)
        equal((receiver.next()["nukiId"], receiver.is_silent()), (2, True))


@test("/callbacks/post/everybody-is-told-in-turn")
def _():
    with Simulator() as simulator, Receiver() as first, Receiver() as second:
        simulator.get("/callback/add", url="http://127.0.0.1:1/nobody-listens-here")
        simulator.get("/callback/add", url=first.url)
        simulator.get("/callback/add", url=second.url)
        for state in (3, 1, 3):
            simulator.steer("locks/1", state=state)
        equal((first.states(3), second.states(3)), ([3, 1, 3], [3, 1, 3]))
        types = [entry["type"] for entry in simulator.get("/log").json]
        assert types.count("HTTP-PostTimeout") >= 2 and types.count("HTTP-Post") >= 4, types


@test("/callbacks/post/a-receiver-that-hangs-delays-the-others")
def _():
    with Simulator() as simulator, Receiver(slow=True) as slow, Receiver() as other:
        simulator.get("/callback/add", url=slow.url)
        simulator.get("/callback/add", url=other.url)
        simulator.steer("locks/1", state=3)
        equal(slow.next()["state"], 3)
        equal(simulator.get("/list").status, 200)
        assert other.is_silent()
        slow.release.set()
        equal(other.next()["state"], 3)


@test("/callbacks/slots/survive-a-reboot")
def _():
    with Simulator("--reboot-time=0.1") as simulator, Receiver() as receiver:
        simulator.get("/callback/add", url=receiver.url)
        simulator.get("/reboot")

        def is_back():
            try:
                return simulator.get("/info").status == 200 and len(simulator.journal()) > 2
            except (OSError, http.client.HTTPException):
                return False

        wait_until(is_back, "the bridge's return")
        equal(len(simulator.get("/callback/list").json["callbacks"]), 1)
        simulator.steer("locks/1", state=3)
        equal(receiver.next()["state"], 3)


main()
