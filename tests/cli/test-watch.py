# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes as they arrive."""

import json
import os
import signal
import subprocess
import time

from ctl import CTL, Stream, address, bridge, ctl, environment, equal, main, paths, test, wait_until


def watch(simulator, *arguments, **others):
    return Stream(f"--bridge={address(simulator)}", "--auth=plain", "watch", "--interval=1", *arguments, **others)


def ask(simulator, path, **params):
    """A request beside those of the program, once the bridge, which serves one at a time, has time for it."""

    def answer():
        response = simulator.get(path, **params)
        return response if response.status != 503 else None

    return wait_until(answer, "the bridge's attention").json


@test("/watch/text/first-what-is-then-what-changes")
def _():
    with bridge() as simulator, watch(simulator) as stream:
        equal([stream.line().split("  ")[1] for _ in range(2)], ["Home: Locked, door: Closed", "Grandma: Unlocked"])
        simulator.steer("locks/2", state=1)
        equal(stream.line().split("  ")[1], "Grandma: Locked")
        simulator.steer("locks/1", door=3, critical=1)
        equal(stream.line().split("  ")[1], "Home: Locked, door: Open, battery: 85 %, low")
        equal((stream.stop(signal.SIGINT), stream.errors), (0, b""))


@test("/watch/json/one-object-a-line")
def _():
    with bridge() as simulator, watch(simulator, "--json") as stream:
        equal([json.loads(stream.line()) for _ in range(2)], ctl(simulator, "list", "--json").done().json)
        simulator.steer("locks/1", state=3)
        news = json.loads(stream.line())
        equal([news["bridgeId"], news["nukiId"], news["state"]], ["2117604523", 1, "unlocked"])
        equal(stream.stop(signal.SIGTERM), 0)


@test("/watch/change/another-time-alone-is-none")
def _():
    with bridge() as simulator, watch(simulator, "--json") as stream:
        before = json.loads(stream.line())
        stream.line()
        time.sleep(1.1)  # bridges tell whole seconds
        ask(simulator, "/lockState", nukiId=1)
        known, = (lock for lock in ask(simulator, "/list") if lock["nukiId"] == 1)
        assert before["updated"] not in known["lastKnownState"]["timestamp"].replace("+00:00", "Z")
        asked = paths(simulator).count("/list")
        wait_until(lambda: paths(simulator).count("/list") > asked + 1, "two more looks")
        simulator.steer("locks/2", state=1)
        equal(json.loads(stream.line())["nukiId"], 2)
        equal(stream.stop(signal.SIGINT), 0)
        equal(stream.output, b"")


@test("/watch/outage/is-told-once-and-its-end-too")
def _():
    with bridge() as simulator, watch(simulator) as stream:
        stream.line(), stream.line()
        simulator.fault("garbage", "/list")
        stream.expect_error("Still trying")
        asked = paths(simulator).count("/list")
        wait_until(lambda: paths(simulator).count("/list") > asked, "another look")
        simulator.request("DELETE", "/simulator/faults")
        simulator.steer("locks/1", state=3)
        assert "Unlocked" in stream.line()
        stream.expect_error("answers again")
        equal(stream.stop(signal.SIGINT), 0)
        equal(len(stream.errors.splitlines()), 2)


@test("/watch/outage/at-the-start-is-survived")
def _():
    with bridge() as simulator:
        simulator.fault("status-503", "/info")
        simulator.fault("reset", "/info", 1)
        with watch(simulator, "--json", "--timeout=1") as stream:
            stream.expect_error("Still trying")
            simulator.request("DELETE", "/simulator/faults")
            equal(json.loads(stream.line())["bridgeId"], "2117604523")
            equal(stream.stop(signal.SIGINT), 0)


@test("/watch/unauthorized/ends-it-and-is-not-repeated")
def _():
    with bridge() as simulator:
        with watch(simulator, env=environment(token="wr0ng")) as stream:
            equal(stream.finish(), 4)
            assert b"token" in stream.errors, stream.errors
        equal(len(simulator.journal()), 1)


@test("/watch/pipe/ends-when-nobody-reads")
def _():
    with bridge() as simulator:
        read, write = os.pipe()
        process = subprocess.Popen([CTL, f"--bridge={address(simulator)}", "--auth=plain", "watch", "--interval=1"],
                                   env=environment(), stdout=write, stderr=subprocess.PIPE)
        os.close(write)
        assert os.read(read, 4)
        os.close(read)
        simulator.steer("locks/1", state=3)
        equal((process.communicate(timeout=20)[1], process.returncode), (b"", 0))


main()
