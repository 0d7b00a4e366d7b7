# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands that tell something."""

import csv
import io
import json

from ctl import address, bridge, ctl, environment, equal, main, paths, preferences, queries, run, test

MEMBERS = ["bridgeId", "nukiId", "nukiIdHex", "deviceType", "name", "firmwareVersion", "mode", "state", "stateCode",
           "batteryCritical", "batteryPercent", "batteryCharging", "keypadBatteryCritical", "doorState",
           "doorStateCode", "ringTimestamp", "updated", "localName", "hidden"]


@test("/list/text/is-a-table")
def _():
    with bridge() as simulator:
        lines = ctl(simulator, "list").done().out.splitlines()
        equal(lines[0].split(), ["Name", "State", "Door", "Battery", "ID", "Updated"])
        equal([line.split()[:5] for line in lines[1:]],
              [["Home", "Locked", "Closed", "85", "%"], ["Grandma", "Unlocked", "–", "62", "%"]])
        equal(len({line.index(word) for line, word in zip(lines, ["ID", "00000001", "00000002"])}), 1)
        assert lines[1].endswith("just now"), lines
        equal(paths(simulator), ["/list"])


@test("/list/text/low-batteries-and-open-doors-are-said-in-words")
def _():
    with bridge() as simulator:
        simulator.steer("locks/1", door=3, critical=1, battery=9, charging=1)
        line = ctl(simulator, "list").done().out.splitlines()[1]
        for word in ["Open", "9 %", "low", "charging"]:
            assert word in line, line


@test("/list/text/an-empty-bridge-says-what-to-do")
def _():
    with bridge("--locks=0") as simulator:
        assert "Nuki app" in ctl(simulator, "list").done().out
        equal(ctl(simulator, "list", "--json").done().json, [])


@test("/list/json/has-exactly-the-promised-members")
def _():
    with bridge() as simulator:
        items = ctl(simulator, "list", "--json").done().json
        equal([list(item) for item in items], [MEMBERS, MEMBERS])
        known = simulator.known(1)["lastKnownState"]
        equal({name: value for name, value in items[0].items() if name not in ("updated", "firmwareVersion")},
              {"bridgeId": "2117604523", "nukiId": 1, "nukiIdHex": "00000001", "deviceType": 0, "name": "Home",
               "mode": 2, "state": "locked", "stateCode": 1, "batteryCritical": False, "batteryPercent": 85,
               "batteryCharging": False, "keypadBatteryCritical": None, "doorState": "closed", "doorStateCode": 2,
               "ringTimestamp": None, "localName": None, "hidden": False})
        equal(items[0]["updated"], known["timestamp"].replace("+00:00", "Z"))
        equal(items[0]["firmwareVersion"], simulator.known(1)["firmwareVersion"])


@test("/list/updated/is-when-the-bridge-last-heard-from-the-lock")
def _():
    with bridge("--clock-offset=-600") as simulator:
        simulator.steer("locks/1", state=3)  # ten minutes ago
        heard = ctl(simulator, "list", "--json").done().json[0]["updated"]
        simulator.steer("locks/1", offline=1)
        simulator.steer("clock", offset=0)
        simulator.steer("locks/1", state=1)  # which the bridge does not hear
        ctl(simulator, "status", "Home").failed(1, "does not answer")
        ctl(simulator, "lock", "Home").failed(1, "does not answer")
        item = ctl(simulator, "list", "--json").done().json[0]
        equal([item["state"], item["updated"]], ["unlocked", heard])
        line = ctl(simulator, "list").done().out.splitlines()[1]
        assert "Unlocked" in line and line.endswith("10 min ago"), line
        # Once it answers, this is news
        simulator.steer("locks/1", offline=0)
        assert ctl(simulator, "list").done().out.splitlines()[1].endswith("just now")


@test("/list/json/what-the-bridge-did-not-say-is-null")
def _():
    with bridge("--api=1.6") as simulator:
        item = ctl(simulator, "list", "--json").done().json[0]
        equal(list(item), MEMBERS)
        equal({name for name, value in item.items() if value is None},
              {"deviceType", "firmwareVersion", "mode", "batteryPercent", "batteryCharging", "keypadBatteryCritical",
               "doorState", "doorStateCode", "ringTimestamp", "localName"})
        simulator.steer("locks/1", seen=0)
        item = ctl(simulator, "list", "--json").done().json[0]
        equal([item[name] for name in ("state", "stateCode", "batteryCritical", "updated")], [None] * 4)


@test("/list/json/unknown-codes-keep-their-numbers")
def _():
    with bridge() as simulator:
        simulator.steer("locks/1", state=9, door=77)
        item = ctl(simulator, "list", "--json").done().json[0]
        equal([item[name] for name in ("state", "stateCode", "doorState", "doorStateCode")],
              ["unknown", 9, "unknown", 77])
        assert "Unknown (9)" in ctl(simulator, "list").done().out


def state_names(kind, codes):
    """What each code is called, from a bridge that has a device in each state."""
    with bridge(*[f"--{kind}={code + 1}:{code}" for code in codes]) as simulator:
        for code in codes:
            simulator.steer(f"locks/{code + 1}", state=code)
        return {int(item["name"]): item["state"] for item in ctl(simulator, "list", "--json").done().json}


@test("/list/json/all-states-of-locks")
def _():
    names = {0: "uncalibrated", 1: "locked", 2: "unlocking", 3: "unlocked", 4: "locking", 5: "unlatched",
             6: "unlocked-lock-n-go", 7: "unlatching", 253: "boot-run", 254: "motor-blocked", 255: "undefined"}
    equal(state_names("lock", names), names)


@test("/list/json/openers-have-names-of-their-own")
def _():
    names = {0: "untrained", 1: "online", 3: "rto-active", 5: "open", 7: "opening", 253: "boot-run", 255: "undefined"}
    equal(state_names("opener", names), names)


@test("/list/json/all-states-of-doors")
def _():
    names = {1: "deactivated", 2: "closed", 3: "open", 4: "unknown", 5: "calibrating", 16: "uncalibrated",
             240: "removed", 255: "unknown"}
    with bridge(*[f"--lock={code}:{code}" for code in names]) as simulator:
        for code in names:
            simulator.steer(f"locks/{code}", door=code)
        items = ctl(simulator, "list", "--json").done().json
        equal({item["doorStateCode"]: item["doorState"] for item in items}, names)


@test("/status/asks-the-lock-itself")
def _():
    with bridge() as simulator:
        simulator.steer("locks/1", mute=1)
        simulator.steer("locks/1", state=3)
        equal(ctl(simulator, "list", "--json").done().json[0]["state"], "locked")
        item = ctl(simulator, "status", "Home", "--json").done().json
        equal(list(item), MEMBERS)
        equal([item["state"], item["name"], item["bridgeId"]], ["unlocked", "Home", "2117604523"])
        equal(item["updated"][-1], "Z")
        equal(len(queries(simulator, "/lockState")), 1)
        text = ctl(simulator, "status", "Home").done().out
        for words in (["Name", "Home"], ["State", "Unlocked"], ["ID", "00000001", "(1)"]):
            assert words in [line.split() for line in text.splitlines()], text


@test("/info/json/is-what-the-bridge-said")
def _():
    with bridge() as simulator:
        said = ctl(simulator, "info", "--json").done().json
        expected = simulator.get("/info").json
        for name in ("uptime", "currentTime"):
            del said[name], expected[name]
        equal(said, expected)


@test("/info/text/names-what-matters")
def _():
    with bridge() as simulator:
        text = ctl(simulator, "info").done().out
        for word in ("2117604523", "Hardware bridge", "2.18.0", "Nuki_00000001", "dBm"):
            assert word in text, text
    with bridge("--software-bridge") as simulator:
        assert "Software bridge" in ctl(simulator, "info").done().out


@test("/log/json/is-what-the-bridge-said")
def _():
    with bridge() as simulator:
        ctl(simulator, "unlock", "Home").done()
        expected = simulator.get("/log", count=30).json[1:]
        said = ctl(simulator, "log", "--json", "--offset=2", "--count=30").done().json
        equal(said, expected)
        assert len(said) > 3


@test("/log/text/one-line-an-entry-with-all-it-has")
def _():
    with bridge() as simulator:
        simulator.get("/configAuth", enable=1)
        equal(ctl(simulator, "log", "--count=2").done().out.splitlines()[1].split("  ", 1)[1].split(),
              ["HTTP-ConfigAuth", "enable=1"])


@test("/log/asks-for-50-unless-told-otherwise")
def _():
    with bridge() as simulator:
        ctl(simulator, "log").done()
        ctl(simulator, "log", "--count", "7", "--offset", "3").done()
        equal([query.split("&token")[0] for query in queries(simulator, "/log")],
              ["offset=0&count=50", "offset=3&count=7"])


@test("/log/tells-no-secrets")
def _():
    with bridge("--log-entries=230") as simulator:
        for form in ((), ("--json",), ("--csv",)):
            told = ctl(simulator, "log", "--count=230", *form).done().out
            assert "192.168.1.20" in told, told[:2000]
            assert "8b7df143" not in told, form


@test("/log/csv/is-a-table-of-the-same")
def _():
    with bridge() as simulator:
        ctl(simulator, "unlock", "Home").done()
        rows = list(csv.DictReader(io.StringIO(ctl(simulator, "log", "--csv").done().out)))
        entries = ctl(simulator, "log", "--json").done().json
        ours = [{name: value for name, value in row.items() if value} for row in rows[-len(entries) + 1:]]
        theirs = [{name: value if isinstance(value, str) else json.dumps(value) for name, value in entry.items()
                   if value is not None} for entry in entries]
        assert all(row in theirs for row in ours) and ours, (ours, theirs)
        equal(list(rows[0])[:3], ["timestamp", "type", "nukiId"])
        ctl(simulator, "log", "--csv", "--json").failed(2, "--csv")
        ctl(simulator, "list", "--csv").failed(2, "--csv")


@test("/callbacks/shows-and-changes-them")
def _():
    with bridge() as simulator:
        assert "3 places are free" in ctl(simulator, "callbacks").done().out
        equal(ctl(simulator, "callbacks", "--json").done().json, {"callbacks": []})
        for number in range(3):
            ctl(simulator, "callbacks", "add", f"http://127.0.0.1:1/{number}").done()
        equal(ctl(simulator, "callbacks", "--json").done().json, simulator.get("/callback/list").json)
        equal(ctl(simulator, "callbacks").done().out.splitlines()[1].split(),
              ["0", "127.0.0.1", "http://127.0.0.1:1/0"])
        ctl(simulator, "callbacks", "add", "http://127.0.0.1:1/0").done()
        ctl(simulator, "callbacks", "add", "http://127.0.0.1:1/4").failed(1)
        equal(ctl(simulator, "callbacks", "remove", "1", "--json").done().json,
              {"bridgeId": "2117604523", "success": True})
        equal([item["url"][-1] for item in simulator.get("/callback/list").json["callbacks"]], ["0", "2"])


@test("/callbacks/add/refuses-what-no-bridge-takes")
def _():
    with bridge() as simulator:
        ctl(simulator, "callbacks", "add", "https://127.0.0.1/").failed(2, "http")
        ctl(simulator, "callbacks", "add", "here").failed(2)
        ctl(simulator, "callbacks", "add", "http://h/" + "x" * 250).failed(2, "254")
        ctl(simulator, "callbacks", "remove", "-1").failed(2)
        ctl(simulator, "callbacks", "remove", "one").failed(2)
        equal(paths(simulator), [])


@test("/discover/shows-what-the-service-knows")
def _():
    with bridge("--discovery-port=0") as simulator:
        found = run("discover", "--json", f"--discovery-url={simulator.discovery}").done().json
        equal([(item["bridgeId"], item["ip"], item["port"]) for item in found["bridges"]],
              [(2117604523, "127.0.0.1", simulator.port)])
        equal(found["errorCode"], 0)
        env = environment(NIGHTLATCH_DISCOVERY_URL=simulator.discovery)
        equal(run("discover", env=env).done().out.splitlines()[1].split()[:2], ["2117604523", address(simulator)])
        simulator.steer("discovery", mode="hidden")
        assert "hides its address" in run("discover", env=env).done().out
        simulator.steer("discovery", mode="empty")
        assert "No bridge" in run("discover", env=env).done().out
        simulator.steer("discovery", mode="403")
        run("discover", env=env).failed(1, "address")
        simulator.steer("discovery", mode="garbage")
        assert run("discover", env=env).failed(3).out == ""
        run("discover", "--discovery-url=ftp://x/").failed(2)
        run("discover", env=environment(NIGHTLATCH_DISCOVERY_URL="ftp://x/")).failed(1)


@test("/discover/asks-the-server-that-was-chosen-in-the-window")
def _():
    with bridge("--discovery-port=0") as simulator, preferences(discovery_url=f"'{simulator.discovery}'") as chosen:
        assert address(simulator) in run("discover", env=environment(**chosen)).done().out
        simulator.steer("discovery", mode="empty")
        # What is said here and now goes before it
        with bridge("--discovery-port=0") as other:
            env = environment(NIGHTLATCH_DISCOVERY_URL=other.discovery, **chosen)
            assert address(other) in run("discover", env=env).done().out


@test("/reads/need-no-session-and-store-nothing-secret")
def _():
    with bridge() as simulator:
        env = environment(DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent", NIGHTLATCH_DATA_DIR="/nonexistent/folder")
        equal(len(ctl(simulator, "list", "--json", env=env).done().json), 2)


@test("/reads/json/is-utf-8-whatever-the-locale")
def _():
    with bridge("--lock=1:Haustür") as simulator:
        env = environment(LC_ALL="C")
        equal(ctl(simulator, "list", "--json", env=env).done().json[0]["name"], "Haustür")
        ctl(simulator, "status", "Haustür", env=env).done()
        assert ctl(simulator, "list", env=env).done().out.isascii()


@test("/reads/debug-messages-do-not-mix-with-json")
def _():
    with bridge() as simulator:
        for command in (["list"], ["status", "1"], ["info"], ["log"], ["callbacks"], ["unlock", "1"]):
            result = ctl(simulator, *command, "--json", auth="auto", env=environment(G_MESSAGES_DEBUG="all"))
            json.loads(result.done().out)
            assert "answered 200" in result.err, result


main()
