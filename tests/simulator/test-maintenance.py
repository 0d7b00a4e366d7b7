# SPDX-License-Identifier: GPL-3.0-or-later
"""The log, reboots, updates, the factory reset."""

import http.client
import re

from harness import Simulator, equal, main, test, wait_until


def is_back(simulator):
    try:
        simulator.bare("/info")
        return True
    except (OSError, http.client.HTTPException):
        return False


def goes_down_and_comes_back(simulator):
    wait_until(lambda: not is_back(simulator), "silence")
    wait_until(lambda: is_back(simulator), "the bridge's return")


def types(simulator, **params):
    return [entry["type"] for entry in simulator.get("/log", **params).json]


@test("/log/grows-from-what-happens-newest-first")
def _():
    with Simulator("--lock=597878773:Home", "--action-time=0.05", "--ble-time=0.01") as simulator:
        simulator.get("/list")
        simulator.get("/lockAction", nukiId=597878773, action=2)
        simulator.get("/lockState", nukiId=597878773)
        entries = simulator.get("/log").json
        equal(entries[0]["type"], "HTTP-Log")
        seen = [entry["type"] for entry in entries]
        wanted = ["HTTP-LockState", "HTTP-LockActionSuccess", "BLE-SendLockAction", "HTTP-LockActionStart",
                  "HTTP-List", "SSE-Connected"]
        equal([name for name in seen if name in wanted], wanted)
        start = entries[seen.index("HTTP-LockActionStart")]
        equal((start["nukiId"], start["action"]), ("23A2E7F5", "lock"))
        equal(entries[seen.index("BLE-SendLockAction")]["pairIndex"], 0)
        equal(entries[seen.index("SSE-Connected")]["serverNum"], 5)
        for entry in entries:
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", entry["timestamp"]), entry


@test("/log/failed-actions-have-no-success")
def _():
    with Simulator("--action-time=0.05", "--ble-time=0.01") as simulator:
        simulator.steer("locks/1", blocked=1)
        simulator.get("/lockAction", nukiId=1, action=1)
        simulator.steer("locks/2", offline=1)
        simulator.get("/lockAction", nukiId=2, action=1)
        seen = types(simulator)
        equal((seen.count("HTTP-LockActionStart"), seen.count("HTTP-LockActionSuccess")), (2, 0))
        assert "BLE-Retry" in seen and "BLE-ConnectionTimeout" in seen, seen


@test("/log/offset-and-count-page-through-it")
def _():
    with Simulator() as simulator:
        for _ in range(120):
            simulator.get("/list")
        equal(len(types(simulator)), 100)
        equal(types(simulator, count=3), ["HTTP-Log", "HTTP-Log", "HTTP-List"])
        equal(types(simulator, offset=2, count=2), ["HTTP-Log", "HTTP-List"])
        equal(types(simulator, offset=100000), [])
        equal(types(simulator, count=0), [])
        for params in ({"offset": -1}, {"count": "x"}, {"offset": ""}):
            equal(simulator.get("/log", **params).status, 400)


@test("/log/clearlog-empties-it-and-says-nothing")
def _():
    with Simulator() as simulator:
        response = simulator.get("/clearlog")
        equal((response.status, response.body), (200, b""))
        equal(types(simulator), ["HTTP-Log"])


@test("/log/is-as-long-as-was-said")
def _():
    with Simulator("--log-entries=10000", "--lock=597878773:Home") as simulator:
        entries = [entry for offset in (0, 5000) for entry in simulator.get("/log", offset=offset, count=5000).json]
        equal(len(entries), 10000)
        equal({entry["nukiId"] for entry in entries if "nukiId" in entry}, {"23A2E7F5"})
        stamps = [entry["timestamp"] for entry in entries]
        assert stamps != sorted(stamps, reverse=True) and len({stamp[:10] for stamp in stamps}) >= 4, stamps[::1000]
        before = len(types(simulator, offset=9000, count=2000))
        simulator.steer("log", entries=50)
        equal(len(types(simulator, offset=9000, count=2000)), before + 51)


@test("/log/can-be-silent")
def _():
    with Simulator() as simulator:
        simulator.steer("log", silent=1)
        simulator.get("/clearlog")
        equal([types(simulator), types(simulator)], [[], []])
        simulator.steer("log", silent=0)
        equal(types(simulator), ["HTTP-Log"])


@test("/log/faults-spoil-pages")
def _():
    with Simulator("--log-entries=300") as simulator:
        simulator.steer("log", silent=1)
        page = simulator.get("/log", offset=100, count=60).json
        for kind, expected in (("repeat", simulator.get("/log", offset=40, count=60).json), ("cut", page[:30]),
                               ("skip", simulator.get("/log", offset=160, count=60).json)):
            simulator.fault(f"log-{kind}", "/log", 1)
            equal(simulator.get("/log", offset=100, count=60).json, expected)
        simulator.fault("log-reorder", "/log", 1)
        mixed = simulator.get("/log", offset=100, count=60).json
        equal(sorted(map(str, mixed)), sorted(map(str, page)))
        assert mixed != page


@test("/reboot/is-silence-then-a-new-uptime")
def _():
    with Simulator("--reboot-time=2", "--uptime=1000") as simulator:
        assert simulator.get("/info").json["uptime"] >= 1000
        simulator.steer("locks/1", state=3)
        response = simulator.get("/reboot")
        equal((response.status, response.body), (200, b""))
        goes_down_and_comes_back(simulator)
        assert simulator.get("/info").json["uptime"] < 100
        equal(simulator.known()["lastKnownState"]["state"], 3)


@test("/reboot/port-refuses-connections-meanwhile")
def _():
    with Simulator("--reboot-time=2") as simulator:
        simulator.get("/reboot")

        def refused():
            try:
                simulator.bare("/info")
            except ConnectionRefusedError:
                return True
            except (OSError, http.client.HTTPException):
                return False

        wait_until(refused, "a refused connection")
        wait_until(lambda: is_back(simulator), "the bridge's return")


@test("/reboot/can-be-caused-by-hand")
def _():
    with Simulator("--reboot-time=2") as simulator:
        simulator.steer("reboot")
        goes_down_and_comes_back(simulator)


@test("/reboot/cuts-off-whoever-is-waiting")
def _():
    with Simulator("--reboot-time=0.2", "--action-time=4") as simulator:
        for path, params in (("/auth", {}), ("/lockAction", {"nukiId": 1, "action": 2})):
            waiting = simulator.later(path, **params)
            wait_until(lambda: simulator.journal() and simulator.get("/list").status == 503, "a busy bridge")
            simulator.steer("reboot")
            try:
                waiting.join()
                raise AssertionError("there was an answer")
            except (OSError, http.client.HTTPException):
                pass
            wait_until(lambda: is_back(simulator), "the bridge's return")
            equal((simulator.state()["led"], simulator.get("/list").status), (False, 200))
        wait_until(lambda: simulator.truth()["state"] == 1, "the lock, which goes on")


@test("/fwupdate/takes-the-bridge-down-unless-only-devices-are-meant")
def _():
    with Simulator("--reboot-time=2", "--opener=5") as simulator:
        for params in ({"scope": 2}, {"scope": 2, "nukiId": 5, "deviceType": 2}):
            response = simulator.get("/fwupdate", **params)
            equal((response.status, response.body), (200, b""))
            equal(simulator.get("/list").status, 200)
        for params in ({}, {"scope": 0}, {"scope": 1}):
            equal(simulator.get("/fwupdate", **params).status, 200)
            goes_down_and_comes_back(simulator)


@test("/fwupdate/changes-the-firmware-where-there-is-newer")
def _():
    with Simulator("--reboot-time=2", "--firmware=2.17.0", "--new-firmware=2.18.0", "--uptime=1000") as simulator:
        info = simulator.get("/info").json
        equal(info["versions"]["firmwareVersion"], "2.17.0")
        assert 1000 <= info["uptime"] < 1100, info
        simulator.get("/fwupdate")
        goes_down_and_comes_back(simulator)
        info = simulator.get("/info").json
        equal(info["versions"]["firmwareVersion"], "2.18.0")
        assert info["uptime"] < 100, info


@test("/fwupdate/does-nothing-where-there-is-none")
def _():
    with Simulator("--new-firmware=none", "--uptime=1000") as simulator:
        equal(simulator.get("/fwupdate").status, 200)
        assert simulator.get("/info").json["uptime"] >= 1000


@test("/fwupdate/refuses-what-it-does-not-know")
def _():
    with Simulator() as simulator:
        equal(simulator.get("/fwupdate", scope=3).status, 400)
        equal(simulator.get("/fwupdate", scope="x").status, 400)
        equal(simulator.get("/fwupdate", scope=2, nukiId=9).status, 404)


@test("/factory-reset/forgets-everything")
def _():
    with Simulator("--reboot-time=2", "--press-after=0") as simulator:
        simulator.get("/callback/add", url="http://192.168.0.20/nuki")
        simulator.get("/configAuth", enable=0)
        response = simulator.get("/factoryReset")
        equal((response.status, response.body), (200, b""))
        goes_down_and_comes_back(simulator)
        equal(simulator.get("/list").status, 401)
        simulator.token = simulator.bare("/auth").json["token"]
        equal(simulator.get("/list").json, [])
        equal(simulator.get("/callback/list").json, {"callbacks": []})
        equal([result["paired"] for result in simulator.get("/info").json["scanResults"]], [False, False])
        equal(simulator.get("/lockState", nukiId=1).status, 404)
        assert "HTTP-ConfigAuth" not in types(simulator)


main()
