# SPDX-License-Identifier: GPL-3.0-or-later
"""What is recorded of what commands do, and how it is shown."""

import contextlib
import pathlib
import sqlite3

from ctl import TOKEN, address, equal, main, paths, test
from home import Home, own_bridge


@contextlib.contextmanager
def home_with_bridge(*options):
    with Home() as home, own_bridge(*(options or ("--lock=1:Front", "--opener=3:Gate"))) as simulator:
        home.keep(simulator, "--name=Town")
        yield home, simulator


def database(home):
    return sqlite3.connect(pathlib.Path(home.folder.name) / "nightlatch.db")


def insert(home, *events):
    """Each is: seconds since 1970, lock, its type, kind, from, to, cause."""
    with database(home) as connection:
        connection.executemany("INSERT INTO events (bridge, at, nuki_id, device_type, kind, from_value, to_value, cause) "
                               "VALUES (1, ?, ?, ?, ?, ?, ?, ?)", events)
    connection.close()


def recorded(home, *arguments, **others):
    """Oldest first, as short tuples."""
    items = home.run("activity", "--json", *arguments, **others).done().json
    return [(item["name"], item["kind"], item["from"], item["to"], item["cause"]) for item in reversed(items)]


@test("/activity/records-what-commands-do")
def _():
    with home_with_bridge() as (home, simulator):
        home.run("activity").done()
        equal(recorded(home), [])
        home.run("unlock", "Front").done()
        home.run("lock", "Front").done()
        home.run("lock", "Front").done()
        home.run("activate-cm", "Gate").done()
        home.run("deactivate-cm", "Gate").done()
        equal([event for event in recorded(home) if event[1] == "state" and event[0] == "Front"],
              [("Front", "state", "locked", "unlocked", "command-line"),
               ("Front", "state", "unlocked", "locked", "command-line")])
        equal([event for event in recorded(home) if event[1] == "mode"],
              [("Gate", "mode", "door", "continuous", "command-line"),
               ("Gate", "mode", "continuous", "door", "command-line")])


@test("/activity/gives-no-credit-for-what-others-did")
def _():
    with home_with_bridge() as (home, simulator):
        home.run("unlock", "Front").done()
        simulator.steer("locks/1", state=1)
        home.run("unlock", "Front").done()
        simulator.steer("locks/1", state=1)
        home.run("lock", "Front").done()
        equal([event[2:] for event in recorded(home)],
              [("locked", "unlocked", "command-line"), ("unlocked", "locked", "seen"),
               ("locked", "unlocked", "command-line"), ("unlocked", "locked", "seen")])


@test("/activity/records-only-what-is-known")
def _():
    with home_with_bridge() as (home, simulator):
        home.run("unlock", "Front", "--no-wait").done()
        equal(recorded(home), [])
        simulator.steer("locks/1", state=1)
        simulator.fault("success-false", "/lockAction", 1)
        home.run("unlock", "Front").failed(1)
        equal(recorded(home), [])
        simulator.fault("lost-response", "/lockAction", 1)
        home.run("unlock", "Front").done()
        equal([event[2:] for event in recorded(home)], [("locked", "unlocked", "command-line")])


@test("/activity/leaves-alone-what-is-not-kept")
def _():
    with home_with_bridge() as (home, simulator), own_bridge("--lock=9:Other") as stranger:
        home.run("unlock", "Other", f"--bridge={address(stranger)}", token=TOKEN).done()
        home.run("unlock", "Front", f"--bridge={address(simulator)}", token=TOKEN).done()
        equal(recorded(home), [])
        home.run("lock", "Front", token=TOKEN).done()
        equal([event[2:] for event in recorded(home)], [("unlocked", "locked", "command-line")])


@test("/activity/failure-is-a-warning")
def _():
    with home_with_bridge() as (home, simulator):
        with database(home) as connection:
            connection.execute("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE (ABORT, 'no'); END")
        connection.close()
        result = home.run("unlock", "Front").done()
        equal(result.out, "Front is unlocked\n")
        assert "could not be recorded" in result.err, result.err
        equal(paths(simulator).count("/lockAction"), 1)


@test("/activity/shows-all-kinds")
def _():
    with home_with_bridge() as (home, simulator):
        noon = 1700000000
        insert(home, (noon, 1, 0, 1, None, 3, 0), (noon + 1, 1, 0, 2, 2, 3, 0), (noon + 2, 3, 2, 3, None, noon, 0),
               (noon + 3, 1, 0, 4, 0, 1, 0), (noon + 4, 1, 0, 5, 1, 0, 0), (noon + 5, 1, 0, 6, noon + 4, noon + 5, 0),
               (noon + 6, 3, 2, 7, 2, 3, 1), (noon + 7, 1, 0, 1, 3, 1, 2), (noon + 8, 0xABC, 4, 1, 1, 3, 0))
        home.run("list").done()
        lines = home.run("activity").done().out.splitlines()
        equal([line.split("  ") for line in [" ".join(lines[0].split())]], [["Time Name Event Cause"]])
        equal([tuple(part.strip() for part in line.split("  ") if part)[1:] for line in lines[1:]],
              [("Nuki_00000ABC", "Locked → Unlocked", "seen"), ("Front", "Unlocked → Locked", "command line"),
               ("Gate", "Continuous mode is on", "this computer"),
               ("Front", "Nobody had watched since 2023-11-14 22:13:24", "–"),
               ("Front", "The keypad’s batteries are good", "seen"), ("Front", "The batteries are low", "seen"),
               ("Gate", "Somebody rang", "seen"), ("Front", "Door: Closed → Open", "seen"),
               ("Front", "Unlocked", "seen")])

        items = home.run("activity", "--json").done().json
        equal(items[1], {"time": "2023-11-14T22:13:27Z", "bridgeId": simulator.bridge_id, "nukiId": 1,
                         "nukiIdHex": "00000001", "deviceType": 0, "name": "Front", "kind": "state", "from": "unlocked",
                         "fromCode": 3, "to": "locked", "toCode": 1, "cause": "command-line", "localName": None})
        equal([(item["kind"], item["from"], item["fromCode"], item["to"], item["toCode"], item["cause"])
               for item in items],
              [("state", "locked", 1, "unlocked", 3, "seen"), ("state", "unlocked", 3, "locked", 1, "command-line"),
               ("mode", "door", 2, "continuous", 3, "this-computer"),
               ("gap", "2023-11-14T22:13:24Z", None, "2023-11-14T22:13:25Z", None, None),
               ("keypad-battery", "low", 1, "good", 0, "seen"), ("battery", "good", 0, "low", 1, "seen"),
               ("ring", None, None, "2023-11-14T22:13:20Z", None, "seen"),
               ("door", "closed", 2, "open", 3, "seen"), ("state", None, None, "unlocked", 3, "seen")])
        equal(items[0]["name"], None)


@test("/activity/goes-nowhere-from-where-it-is")
def _():
    with home_with_bridge() as (home, simulator):
        noon = 1700000000
        insert(home, (noon, 1, 0, 1, 3, 6, 0), (noon + 1, 1, 0, 1, 6, 3, 0), (noon + 2, 1, 0, 2, 4, 255, 0),
               (noon + 3, 1, 0, 1, 88, 99, 0), (noon + 4, 1, 0, 6, noon, noon + 4, 3))
        home.run("list").done()
        lines = home.run("activity").done().out.splitlines()[1:]
        equal([tuple(part.strip() for part in line.split("  ") if part)[2:] for line in lines],
              [("Nobody had watched since 2023-11-14 22:13:20", "Nightlatch was not running"), ("Unknown", "seen"),
               ("Door: Unknown", "seen"), ("Lock ’n’ Go → Unlocked", "seen"), ("Unlocked → Lock ’n’ Go", "seen")])
        equal(recorded(home)[-1][4], "not-running")


@test("/activity/as-a-table-for-spreadsheets")
def _():
    with home_with_bridge("--lock=1:=1+1") as (home, simulator):
        home.run("unlock", "1").done()
        lines = home.run("activity", "--csv").done().out.splitlines()
        equal(lines[0], "time,bridge,bridgeId,lock,nukiIdHex,kind,from,to,cause")
        equal(len(lines), 2)
        equal(lines[1].split(",")[1:],
              ["Town", simulator.bridge_id, '"\'=1+1"', "00000001", "state", "locked", "unlocked", "command-line"])


@test("/activity/knows-names-of-this-computer")
def _():
    with home_with_bridge() as (home, simulator):
        home.run("unlock", "Front").done()
        home.run("rename", "Front", "Haustür").done()
        items = home.run("activity", "Haustür", "--json").done().json
        equal([(item["name"], item["localName"]) for item in items], [("Front", "Haustür")])
        rows = home.run("activity", "--csv").done().out.splitlines()[1:]
        equal([row.split(",")[3] for row in rows], ["Haustür"])


@test("/activity/has-one-form")
def _():
    with home_with_bridge() as (home, simulator):
        home.run("activity", "--csv", "--json").failed(2, "exclude")


@test("/activity/clear/asks-first")
def _():
    with home_with_bridge() as (home, simulator):
        insert(home, (1700000000, 1, 0, 1, 1, 3, 0), (1700000001, 3, 2, 1, 1, 3, 0))
        home.run("activity", "clear").failed(2, "--yes")
        home.run("activity", "clear", "Front").failed(2, "--yes")
        home.run("activity", "clear", "Nowhere", "--yes").failed(5)
        equal(len(recorded(home)), 2)


@test("/activity/clear/clears-exactly-that")
def _():
    with home_with_bridge() as (home, simulator), own_bridge("--lock=1:Back") as second:
        home.keep(second, "--name=Country")
        insert(home, (1700000000, 1, 0, 1, 1, 3, 0), (1700000001, 3, 2, 1, 1, 3, 0))
        home.run("unlock", "Back").done()
        asked = paths(simulator)
        home.run("activity", "clear", "Front", "--yes").done()
        equal([event[0] for event in recorded(home)], ["Gate", "Back"])
        home.run("activity", "clear", f"--bridge={second.bridge_id}", "--yes").done()
        equal([event[0] for event in recorded(home)], ["Gate"])
        equal(home.run("activity", "clear", "--yes", "--json").done().json, {"bridgeId": None, "success": True})
        equal(recorded(home), [])
        equal(paths(simulator), asked)


@test("/activity/shows-some")
def _():
    with home_with_bridge() as (home, simulator):
        insert(home, *((1700000000 + i, 1, 0, 1, 1 + i % 2 * 2, 3 - i % 2 * 2, 0) for i in range(60)),
               (1700000100, 3, 2, 1, 1, 3, 0))
        equal(len(recorded(home)), 50)
        equal([event[0] for event in recorded(home, "--count=2")], ["Front", "Gate"])
        for lock in ("Gate", "3", "00000003", "gate"):
            equal([event[0] for event in recorded(home, lock)], ["Gate"])
        equal(len(recorded(home, "Front", "--count=1000")), 60)
        equal(len(recorded(home, f"--bridge={simulator.bridge_id}", "--count=1000")), 61)
        home.run("activity", "Nowhere").failed(5)
        home.run("activity", "--bridge=4711").failed(5)
        home.run("activity", "--offset=3").failed(2)


@test("/activity/asks-nobody")
def _():
    with home_with_bridge() as (home, simulator):
        home.run("unlock", "Front").done()
        asked = paths(simulator)
        recorded(home, "Front")
        equal(paths(simulator), asked)
        simulator.fault("refuse")
        equal(len(recorded(home)), 1)


@test("/activity/of-several-bridges")
def _():
    with home_with_bridge() as (home, first), own_bridge("--lock=1:Back") as second:
        home.keep(second, "--name=Country")
        home.run("unlock", "Front").done()
        home.run("unlock", "Back").done()
        rows = [line.split() for line in home.run("activity").done().out.splitlines()]
        equal([(row[-1]) for row in rows], ["Bridge", "Country", "Town"])
        equal([event[0] for event in recorded(home, f"--bridge={second.bridge_id}")], ["Back"])
        home.run("forget", f"--bridge={first.bridge_id}").done()
        equal([event[0] for event in recorded(home)], ["Back"])


@test("/activity/nobody-at-home")
def _():
    with Home() as home:
        home.run("activity").failed(5, "pair")


main()
