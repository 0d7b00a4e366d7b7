# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands that move something, and what is said when it is not clear whether they did."""

import signal

from ctl import Stream, address, bridge, ctl, equal, main, paths, queries, test, wait_until


def state(simulator, nuki_id=1):
    return simulator.truth(nuki_id)["state"]


@test("/actions/lock/each-does-what-it-says")
def _():
    with bridge() as simulator:
        for command, after, words in (("unlock", 3, "is unlocked"), ("lock", 1, "is locked"),
                                      ("lock-n-go", 1, "lock ’n’ go"), ("lock-n-go-unlatch", 1, "with unlatching")):
            result = ctl(simulator, command, "Home").done()
            assert words in result.out and result.out.startswith("Home "), result
            wait_until(lambda: state(simulator) == after, command)
        assert "is unlatched" in ctl(simulator, "unlatch", "Home").done().out
        codes = [query.split("action=")[1][0] for query in queries(simulator, "/lockAction")]
        equal(codes, ["1", "2", "4", "5", "3"])
        assert all("wait" not in query.lower() for query in queries(simulator, "/lockAction"))


@test("/actions/opener/each-does-what-it-says")
def _():
    with bridge("--opener=5:Front") as simulator:
        ctl(simulator, "activate-rto", "Front").done()
        equal(state(simulator, 5), 3)
        ctl(simulator, "deactivate-rto", "Front").done()
        equal(state(simulator, 5), 1)
        ctl(simulator, "activate-cm", "Front").done()
        equal(simulator.truth(5)["mode"], 3)
        ctl(simulator, "deactivate-cm", "Front").done()
        equal(simulator.truth(5)["mode"], 2)
        ctl(simulator, "open", "Front").done()
        codes = [query.split("action=")[1][0] for query in queries(simulator, "/lockAction")]
        equal(codes, ["1", "2", "4", "5", "3"])
        assert all("deviceType=2" in query for query in queries(simulator, "/lockAction"))


@test("/actions/no-wait/comes-back-before-the-bolt-stops")
def _():
    with bridge("--action-time=30") as simulator:
        equal(ctl(simulator, "unlock", "Home", "--no-wait").done().out, "Home was told to unlock\n")
        equal(state(simulator), 2)
        assert "noWait=1" in queries(simulator, "/lockAction")[0]
        equal(ctl(simulator, "lock", "Grandma", "--no-wait", "--json").done().json["state"], None)


@test("/actions/json/tells-what-was-done")
def _():
    with bridge() as simulator:
        simulator.steer("locks/1", critical=1)
        result = ctl(simulator, "unlock", "Home", "--json").done()
        equal(result.json, {"bridgeId": "2117604523", "nukiId": 1, "nukiIdHex": "00000001", "deviceType": 0,
                            "name": "Home", "action": "unlock", "success": True, "batteryCritical": True,
                            "state": "unlocked", "stateCode": 3})
        assert "batteries" in ctl(simulator, "lock", "Home").done().err


@test("/actions/device/must-be-of-the-right-kind")
def _():
    with bridge("--lock=1:Home", "--opener=5:Front") as simulator:
        ctl(simulator, "open", "Home").failed(2, "Home is a lock", "unlatch")
        ctl(simulator, "unlock", "Front").failed(2, "Front is an opener", "activate-rto")
        equal(queries(simulator, "/lockAction"), [])


@test("/actions/api-1.6/sends-no-device-type")
def _():
    with bridge("--api=1.6") as simulator:
        ctl(simulator, "unlock", "Home").done()
        assert "deviceType" not in queries(simulator, "/lockAction")[0]


@test("/actions/lost-answer/the-lock-confirms-it")
def _():
    with bridge() as simulator:
        simulator.fault("lost-response", "/lockAction")
        result = ctl(simulator, "unlock", "Home").done()
        equal(result.out, "Home is unlocked\n")
        assert "the lock itself confirms" in result.err, result
        equal(paths(simulator).count("/lockAction"), 1)
        equal(ctl(simulator, "lock", "Home", "--json").done().json["success"], True)
        equal(paths(simulator).count("/lockAction"), 2)


@test("/actions/lost-answer/a-lock-that-still-moves-is-waited-for")
def _():
    with bridge("--action-time=4") as simulator:
        simulator.fault("lost-response", "/lockAction")
        equal(ctl(simulator, "unlock", "Home", "--no-wait").done().out, "Home is unlocked\n")
        assert 2 <= paths(simulator).count("/lockState") <= 5, paths(simulator)


@test("/actions/lost-answer/a-lock-that-is-elsewhere-leaves-the-outcome-unknown")
def _():
    with bridge() as simulator:
        for number, fault in enumerate(("reset", "status-500", "garbage", "empty"), 1):
            simulator.fault(fault, "/lockAction", 1)
            result = ctl(simulator, "unlock", "Home", "--json").failed(7, "Home", "Locked")
            equal([result.json["success"], result.json["state"]], [None, "locked"])
            equal(paths(simulator).count("/lockAction"), number)


@test("/actions/lost-answer/a-lock-that-cannot-be-asked-leaves-the-outcome-unknown")
def _():
    with bridge() as simulator:
        simulator.fault("lost-response", "/lockAction")
        simulator.fault("success-false", "/lockState")
        result = ctl(simulator, "unlock", "Home", "--json").failed(7, "may or may not")
        equal([result.json["success"], result.json["state"]], [None, None])


@test("/actions/hang/ends-at-the-deadline-with-an-unknown-outcome")
def _():
    with bridge() as simulator:
        simulator.fault("hang", "/lockAction")
        ctl(simulator, "unlock", "Home", "--timeout=5").failed(7, "Home", "Locked")
        equal(paths(simulator).count("/lockAction"), 1)


@test("/actions/ctrl-c/says-that-the-lock-may-move-all-the-same")
def _():
    with bridge() as simulator:
        simulator.fault("hang", "/lockAction")
        with Stream(f"--bridge={address(simulator)}", "--auth=plain", "unlock", "Home") as stream:
            wait_until(lambda: "/lockAction" in paths(simulator), "the command")
            equal(stream.stop(signal.SIGINT), -signal.SIGINT)
            assert b"all the same" in stream.errors, stream.errors
        equal(paths(simulator).count("/lockAction"), 1)


@test("/actions/failure/the-lock-is-asked-first")
def _():
    with bridge() as simulator:
        simulator.fault("success-false", "/lockAction")
        result = ctl(simulator, "unlock", "Home", "--json").failed(1, "Home: The bridge reports a failure.", "Locked")
        equal([result.json["success"], result.json["state"]], [False, "locked"])
        assert "range" not in result.err, result  # it has just answered
        equal(paths(simulator), ["/info", "/list", "/lockAction", "/lockState"])


@test("/actions/failure/that-was-none-is-a-success")
def _():
    with bridge() as simulator:
        simulator.fault("false-failure", "/lockAction")
        result = ctl(simulator, "unlock", "Home").done()
        equal(result.out, "Home is unlocked\n")
        assert "reported a failure" in result.err, result


@test("/actions/failure/an-offline-lock")
def _():
    with bridge() as simulator:
        simulator.steer("locks/1", offline=1)
        silent = "Home: The lock does not answer. It may be out of the bridge’s range"
        equal(ctl(simulator, "unlock", "Home").failed(1, silent).out, "")
        ctl(simulator, "status", "Home").failed(1, silent)


@test("/actions/failure/of-a-lock-that-cannot-be-asked-is-the-bridges-word")
def _():
    with bridge() as simulator:
        simulator.fault("success-false", "/lockAction")
        simulator.fault("reset", "/lockState")
        result = ctl(simulator, "unlock", "Home").failed(1, "Home: The bridge reports a failure. The lock may be")
        assert "does not answer" not in result.err, result


@test("/actions/failure/a-blocked-motor")
def _():
    with bridge() as simulator:
        simulator.steer("locks/1", blocked=1)
        simulator.steer("locks/2", blocked=1)
        for command, lock in (("unlock", "Home"), ("lock", "Grandma")):
            result = ctl(simulator, command, lock).failed(1, f"{lock}: The bolt is blocked", "try again", "Motor Blocked")
            assert "does not answer" not in result.err and "range" not in result.err, result


@test("/actions/lost-answer/a-blocked-motor-is-told-and-the-outcome-stays-unknown")
def _():
    with bridge() as simulator:
        simulator.steer("locks/1", blocked=1)
        simulator.fault("lost-response", "/lockAction")
        ctl(simulator, "unlock", "Home").failed(7, "Home: The bolt is blocked", "Motor Blocked")


@test("/actions/busy/is-not-repeated")
def _():
    with bridge() as simulator:
        simulator.fault("status-503", "/lockAction")
        ctl(simulator, "unlock", "Home").failed(6, "busy")
        equal(paths(simulator).count("/lockAction"), 1)
        equal(state(simulator), 1)


main()
