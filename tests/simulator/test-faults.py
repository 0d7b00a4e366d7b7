# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can be made to go wrong."""

import http.client
import json
import socket
import time

from harness import Simulator, equal, main, test, wait_until


def fails(simulator, *errors):
    try:
        response = simulator.get("/list")
    except errors as error:
        return error
    raise AssertionError(f"got {response.status} {response.body[:80]!r}")


@test("/faults/refuse/closes-at-once")
def _():
    with Simulator("--fault=refuse:/list:1") as simulator:
        fails(simulator, http.client.RemoteDisconnected)
        equal(simulator.get("/list").status, 200)


@test("/faults/reset/resets")
def _():
    with Simulator("--fault=reset::1") as simulator:
        # Python calls an orderly end without an answer a kind of reset too
        equal(type(fails(simulator, ConnectionResetError)), ConnectionResetError)
        equal(simulator.get("/list").status, 200)


@test("/faults/reset/does-not-act")
def _():
    with Simulator("--action-time=0", "--fault=reset:/lockAction:1") as simulator:
        try:
            simulator.get("/lockAction", nukiId=1, action=1)
            raise AssertionError("there was an answer")
        except ConnectionResetError:
            pass
        equal(simulator.truth()["state"], 1)
        entry, = simulator.journal()
        equal((entry["fault"], "status" in entry), ("reset", False))


@test("/faults/lost-response/acts")
def _():
    with Simulator("--action-time=0.05", "--fault=lost-response:/lockAction:1") as simulator:
        try:
            simulator.get("/lockAction", nukiId=1, action=1)
            raise AssertionError("there was an answer")
        except http.client.RemoteDisconnected:
            pass
        equal(simulator.truth()["state"], 3)
        equal(simulator.get("/list").status, 200)


@test("/faults/hang/keeps-the-bridge-busy-until-the-caller-gives-up")
def _():
    with Simulator("--fault=hang:/list:1") as simulator:
        with socket.create_connection((simulator.host, simulator.port)) as connection:
            connection.sendall(b"GET /list?token=123456 HTTP/1.1\r\nHost: x\r\n\r\n")
            wait_until(lambda: simulator.journal(), "the request")
            equal(simulator.get("/list").status, 503)
        wait_until(lambda: simulator.get("/list").status == 200, "the bridge's attention")


@test("/faults/slow/comes-in-pieces-but-whole")
def _():
    with Simulator("--fault=slow:/info:1") as simulator:
        start = time.monotonic()
        equal(simulator.get("/info").json["bridgeType"], 1)
        assert 2 < time.monotonic() - start < 20


@test("/faults/truncate/stops-in-the-middle")
def _():
    with Simulator("--fault=truncate") as simulator:
        error = fails(simulator, http.client.IncompleteRead)
        assert error.partial.startswith(b'[{"deviceType"') and error.expected > 0


@test("/faults/garbage/is-no-json")
def _():
    with Simulator("--fault=garbage") as simulator:
        response = simulator.get("/list")
        equal(response.status, 200)
        try:
            json.loads(response.body)
            raise AssertionError("it is JSON")
        except ValueError:
            pass


@test("/faults/wrong-types/nothing-can-be-made-of-it")
def _():
    with Simulator("--fault=wrong-types") as simulator:
        item = simulator.get("/list").json[0]
        assert isinstance(item["nukiId"], list) and isinstance(item["name"], dict), item
        equal(item["lastKnownState"], 7)
        equal(simulator.get("/lockState", nukiId=1).json["success"], "maybe")


@test("/faults/strings/everything-is-there-as-text")
def _():
    with Simulator("--fault=strings", "--lock=91049449") as simulator:
        item = simulator.get("/list").json[0]
        equal((item["nukiId"], item["lastKnownState"]["state"], item["lastKnownState"]["batteryCritical"]),
              ("056D4DE9", "1", "false"))


@test("/faults/nulls/leave-the-ids")
def _():
    with Simulator("--fault=nulls") as simulator:
        item = simulator.get("/list").json[0]
        equal((item["nukiId"], item["name"], item["lastKnownState"]["state"]), (1, None, None))


@test("/faults/huge/is-larger-than-anybody-should-read")
def _():
    with Simulator("--fault=huge") as simulator:
        assert len(simulator.get("/list").body) > 16 * 1024 * 1024


@test("/faults/deep/is-nested-beyond-reason")
def _():
    with Simulator("--fault=deep") as simulator:
        equal(simulator.get("/list").body, b"[" * 100000 + b"]" * 100000)


@test("/faults/bad-utf8/only-in-texts")
def _():
    with Simulator("--fault=bad-utf8") as simulator:
        body = simulator.get("/list").body
        try:
            body.decode()
            raise AssertionError("it is UTF-8")
        except UnicodeDecodeError:
            pass
        item = json.loads(body.decode(errors="replace"))[0]
        assert item["name"].startswith("Home\ufffd") and item["lastKnownState"]["timestamp"].endswith("+00:00"), item


@test("/faults/control-char/makes-the-json-invalid")
def _():
    with Simulator("--fault=control-char") as simulator:
        body = simulator.get("/list").body
        assert b'"Home\x11\x01\x1f"' in body, body
        try:
            json.loads(body)
            raise AssertionError("it is valid")
        except ValueError:
            pass
        equal(json.loads(body, strict=False)[0]["nukiId"], 1)


@test("/faults/empty/is-200-without-a-body")
def _():
    with Simulator("--fault=empty") as simulator:
        response = simulator.get("/list")
        equal((response.status, response.body), (200, b""))


@test("/faults/redirect/leads-to-where-a-token-would-be-seen")
def _():
    with Simulator("--fault=redirect:/list:1") as simulator:
        response = simulator.get("/list")
        equal((response.status, response.headers["Location"]), (302, "/list?token=123456"))


@test("/faults/status/any")
def _():
    with Simulator() as simulator:
        for status, phrase in ((400, "Bad Request"), (403, "Forbidden"), (410, "Gone"), (503, "Unavailable")):
            simulator.fault(f"status-{status}", count=1)
            response = simulator.get("/list")
            equal((response.status, response.text), (status, f"HTTP {status} {phrase}"))


@test("/faults/success-false/does-not-act-but-false-failure-does")
def _():
    with Simulator("--action-time=0") as simulator:
        for kind, state in (("success-false", 1), ("false-failure", 3)):
            simulator.fault(kind, "/lockAction", 1)
            equal(simulator.get("/lockAction", nukiId=1, action=1).json, {"success": False})
            equal((kind, simulator.truth()["state"]), (kind, state))


@test("/faults/rules/path-and-count-are-kept")
def _():
    with Simulator("--fault=status-410:/info:2") as simulator:
        equal(simulator.get("/list").status, 200)
        equal([simulator.get("/info").status for _ in range(3)], [410, 410, 200])
        simulator.fault("status-410", "/info")
        simulator.fault("status-400", "/info")
        equal([simulator.get("/info").status for _ in range(5)], [410] * 5)
        equal(simulator.state()["faults"], [{"kind": "status-410", "path": "/info"},
                                            {"kind": "status-400", "path": "/info"}])
        equal(simulator.request("DELETE", "/simulator/faults").status, 200)
        equal(simulator.get("/info").status, 200)


@test("/faults/rules/nonsense-is-refused")
def _():
    with Simulator() as simulator:
        for params in ({}, {"kind": "boredom"}, {"kind": "status-"}, {"kind": "status-99"}, {"kind": "status-600"},
                       {"kind": "status-20000000000000"}, {"kind": "hang", "path": "list"},
                       {"kind": "hang", "count": 0}, {"kind": "hang", "count": "x"},
                       {"kind": "hang", "kount": 1}):
            equal((params, simulator.request("POST", "/simulator/faults", params).status), (params, 400))
        equal(simulator.state()["faults"], [])


@test("/faults/steering/is-spared")
def _():
    with Simulator("--fault=hang") as simulator:
        equal(simulator.state()["led"], False)
        equal(simulator.steer("locks/1", state=3), {"success": True})


main()
