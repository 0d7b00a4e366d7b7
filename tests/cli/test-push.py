# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes that bridges tell of their own accord."""

import http.client
import json
import signal
import time
import urllib.parse

from ctl import Stream, address, bridge, ctl, equal, main, paths, test, wait_until

# Long enough that whatever comes was not looked for
SELDOM = "--interval=600"
OFTEN = "--interval=1"


def watch(simulator, *arguments):
    return Stream(f"--bridge={address(simulator)}", "--auth=plain", "watch", *arguments)


def urls(simulator):
    # Steering is no request to the bridge, which serves one at a time
    return [callback["url"] for callback in simulator.state()["callbacks"]]


def wait_for_place(simulator, count=1):
    return wait_until(lambda: len(ours(simulator)) == count and ours(simulator), "our place")


def ours(simulator):
    return [url for url in urls(simulator) if "/nightlatch/" in url]


def post(url, body):
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    connection.request("POST", parts.path, json.dumps(body))
    return connection.getresponse().status


@test("/push/is-printed-within-a-second")
def _():
    with bridge() as simulator, watch(simulator, SELDOM) as stream:
        stream.line(), stream.line()
        wait_for_place(simulator)
        taken = []
        for state, word in (3, "Unlocked"), (1, "Locked"), (3, "Unlocked"):
            begun = time.monotonic()
            simulator.steer("locks/1", state=state)
            equal(stream.line().split("  ")[1], f"Home: {word}, door: Closed")
            taken.append(time.monotonic() - begun)
        assert min(taken) < 1, taken  # a busy computer may be late, but not each time
        equal(paths(simulator).count("/list"), 1)
        equal((stream.stop(signal.SIGINT), stream.output, stream.errors), (0, b"", b""))
        equal(urls(simulator), [])


@test("/push/keeps-what-it-does-not-say")
def _():
    with bridge() as simulator, watch(simulator, SELDOM, "--json") as stream:
        before = json.loads(stream.line())
        stream.line()
        wait_for_place(simulator)
        simulator.steer("locks/1", state=3)
        after = json.loads(stream.line())
        assert after["updated"] >= before["updated"]
        equal(after, {**before, "state": "unlocked", "stateCode": 3, "updated": after["updated"]})
        assert after["name"] == "Home" and after["batteryPercent"] == 85 and after["doorState"] == "closed", after
        equal(stream.stop(signal.SIGTERM), 0)
        equal(urls(simulator), [])


@test("/push/the-next-list-has-the-last-word")
def _():
    with bridge() as simulator, watch(simulator, OFTEN) as stream:
        stream.line(), stream.line()
        url, = wait_for_place(simulator)
        equal(post(url, {"nukiId": 1, "deviceType": simulator.truth()["deviceType"], "state": 3}), 204)
        equal([stream.line().split("  ")[1] for _ in range(2)],
              ["Home: Unlocked, door: Closed", "Home: Locked, door: Closed"])
        equal(stream.stop(signal.SIGINT), 0)


@test("/push/what-is-not-understood-makes-us-look")
def _():
    with bridge() as simulator, watch(simulator, SELDOM) as stream:
        stream.line(), stream.line()
        url, = wait_for_place(simulator)
        for body, status in ({"nukiId": 4711, "state": 3}, 204), ({"nukiId": 1}, 204), ({}, 400), ([], 400):
            equal(post(url, body), status)
        equal(post(url + "0", {"nukiId": 1, "state": 3}), 404)
        wait_until(lambda: paths(simulator).count("/list") > 1, "another look")
        equal((stream.stop(signal.SIGINT), stream.output, stream.errors), (0, b"", b""))


@test("/push/comes-through-while-looking-fails")
def _():
    with bridge() as simulator, watch(simulator, OFTEN) as stream:
        stream.line(), stream.line()
        wait_for_place(simulator)
        simulator.fault("reset", "/list")
        stream.expect_error("Still trying")
        asked = paths(simulator).count("/list")
        wait_until(lambda: paths(simulator).count("/list") > asked + 2, "more looks in vain")
        simulator.steer("locks/2", state=1)
        equal(stream.line().split("  ")[1], "Grandma: Locked")
        simulator.request("DELETE", "/simulator/faults")
        stream.expect_error("answers again")
        simulator.steer("locks/1", state=3)
        equal(stream.line().split("  ")[1], "Home: Unlocked, door: Closed")
        equal((stream.stop(signal.SIGINT), stream.output), (0, b""))


@test("/push/places-of-others-are-left-alone")
def _():
    with bridge() as simulator:
        others = ["http://192.0.2.1/nuki", "http://127.0.0.1:9/nightlatch/0123456789abcdef/0123"]
        for url in others:
            ctl(simulator, "callbacks", "add", url).done()
        with watch(simulator, SELDOM) as stream:
            stream.line(), stream.line()
            wait_until(lambda: len(urls(simulator)) == 3, "our place")
            equal(urls(simulator)[:2], others)
            equal((stream.stop(signal.SIGTERM), stream.errors), (0, b""))
        equal(urls(simulator), others)


@test("/push/two-watch-side-by-side")
def _():
    with bridge() as simulator, watch(simulator, SELDOM) as first:
        first.line(), first.line()
        wait_for_place(simulator)
        with watch(simulator, SELDOM) as second:
            second.line(), second.line()
            wait_for_place(simulator, 2)
            simulator.steer("locks/2", state=1)
            for stream in first, second:
                equal(stream.line().split("  ")[1], "Grandma: Locked")
            equal(second.stop(signal.SIGINT), 0)
        wait_for_place(simulator, 1)
        simulator.steer("locks/2", state=3)
        equal(first.line().split("  ")[1], "Grandma: Unlocked")
        equal(first.stop(signal.SIGINT), 0)
        equal(urls(simulator), [])


@test("/push/full-table-is-told-once-and-looking-goes-on")
def _():
    with bridge() as simulator:
        others = [f"http://192.0.2.{number}/nuki" for number in range(3)]
        for url in others:
            ctl(simulator, "callbacks", "add", url).done()
        with watch(simulator, OFTEN) as stream:
            stream.line(), stream.line()
            stream.expect_error("no instant updates: All three places for instant updates are taken")
            simulator.steer("locks/2", state=1)
            equal(stream.line().split("  ")[1], "Grandma: Locked")
            wait_until(lambda: paths(simulator).count("/callback/add") > 1 + len(others), "another try")
            equal((stream.stop(signal.SIGINT), len(stream.errors.splitlines())), (0, 1))
        equal(urls(simulator), others)


@test("/push/that-nothing-arrives-is-noticed")
def _():
    # This bridge calls from 127.0.0.1: another address than that at which it is asked, as behind some routers
    with bridge("--address=127.0.0.2") as simulator, watch(simulator, OFTEN) as stream:
        stream.line(), stream.line()
        wait_for_place(simulator)
        asked = paths(simulator).count("/list")
        wait_until(lambda: paths(simulator).count("/list") > asked + 1, "two more looks")
        simulator.steer("locks/2", state=1)
        equal(stream.line().split("  ")[1], "Grandma: Locked")
        stream.expect_error("no instant updates: The bridge cannot reach this computer")
        simulator.steer("locks/2", state=3)
        equal(stream.line().split("  ")[1], "Grandma: Unlocked")
        equal((stream.stop(signal.SIGINT), len(stream.errors.splitlines())), (0, 1))
        equal(urls(simulator), [])


@test("/push/a-crash-leaves-nothing-for-long")
def _():
    with bridge() as simulator:
        with watch(simulator, SELDOM) as stream:
            stream.line(), stream.line()
            left, = wait_for_place(simulator)
            equal(stream.stop(signal.SIGKILL), -signal.SIGKILL)
        equal(urls(simulator), [left])
        with watch(simulator, SELDOM) as stream:
            stream.line(), stream.line()
            wait_until(lambda: len(urls(simulator)) == 1 and urls(simulator) != [left], "another URL")
            equal(stream.stop(signal.SIGINT), 0)
        equal(urls(simulator), [])


@test("/push/a-bridge-that-hangs-does-not-hold-up-the-end")
def _():
    # The limit of a request is no help here
    with bridge() as simulator, watch(simulator, SELDOM, "--timeout=60") as stream:
        stream.line(), stream.line()
        wait_for_place(simulator)
        simulator.fault("hang")
        begun = time.monotonic()
        equal(stream.stop(signal.SIGINT), 0)
        assert time.monotonic() - begun < 15
        assert b"needs no more instant updates" in stream.errors, stream.errors
        equal(len(urls(simulator)), 1)


main()
