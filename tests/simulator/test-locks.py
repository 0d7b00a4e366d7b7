# SPDX-License-Identifier: GPL-3.0-or-later
"""How locks and openers move, as the bridge's callers see it."""

import time

from harness import Receiver, Simulator, equal, main, test, wait_until

SPEED = ("--action-time=0.1", "--lock-n-go-time=0.2", "--ble-time=0.02")


class Scene:
    """A simulator of quick locks, and a receiver that is told about every state, passing ones too."""

    def __init__(self, *options):
        self.simulator = Simulator("--push=all", *SPEED, *options)
        self.receiver = Receiver()

    def __enter__(self):
        self.simulator.__enter__()
        self.simulator.get("/callback/add", url=self.receiver.url)
        return self.simulator, self.receiver

    def __exit__(self, *args):
        self.simulator.__exit__(*args)
        self.receiver.__exit__()


def act(simulator, action, nuki_id=1, **params):
    return simulator.get("/lockAction", nukiId=nuki_id, action=action, **params).json


@test("/locks/action/answer-is-the-documents-example")
def _():
    for api in ("1.6", "1.13"):
        with Simulator(f"--api={api}", *SPEED) as simulator:
            equal(act(simulator, 1), {"success": True, "batteryCritical": False})
            simulator.steer("locks/1", critical=1)
            equal(act(simulator, 2), {"success": True, "batteryCritical": True})


@test("/locks/unlock/passes-through-unlocking")
def _():
    with Scene() as (simulator, receiver):
        equal(act(simulator, 1)["success"], True)
        equal(receiver.states(2), [2, 3])
        equal(simulator.truth()["state"], 3)


@test("/locks/lock/passes-through-locking")
def _():
    with Scene() as (simulator, receiver):
        equal(act(simulator, 2, nuki_id=2)["success"], True)
        equal(receiver.states(2), [4, 1])
        equal(simulator.truth(2)["state"], 1)


@test("/locks/unlatch/springs-back-to-unlocked")
def _():
    with Scene() as (simulator, receiver):
        equal(act(simulator, 3)["success"], True)
        equal(receiver.states(3), [7, 5, 3])


@test("/locks/lock-n-go/locks-again")
def _():
    with Scene() as (simulator, receiver):
        start = time.monotonic()
        equal(act(simulator, 4)["success"], True)
        assert time.monotonic() - start >= 0.4
        equal(simulator.truth()["state"], 1)
        equal(receiver.states(4), [2, 6, 4, 1])


@test("/locks/lock-n-go/with-unlatch-opens-first")
def _():
    with Scene() as (simulator, receiver):
        equal(act(simulator, 5)["success"], True)
        equal(receiver.states(5), [7, 5, 6, 4, 1])


@test("/locks/wait/answer-comes-when-the-bolt-has-stopped")
def _():
    with Simulator("--action-time=0.5", "--ble-time=0.1") as simulator:
        start = time.monotonic()
        equal(act(simulator, 1)["success"], True)
        assert time.monotonic() - start >= 0.6
        equal(simulator.known()["lastKnownState"]["state"], 3)


@test("/locks/no-wait/answer-comes-at-once-in-either-spelling")
def _():
    with Simulator("--action-time=5") as simulator:
        for nuki_id, spelling, action, passing in ((1, "noWait", 1, 2), (2, "nowait", 2, 4)):
            start = time.monotonic()
            equal(act(simulator, action, nuki_id=nuki_id, **{spelling: 1})["success"], True)
            assert time.monotonic() - start < 4.9
            equal(simulator.known(nuki_id)["lastKnownState"]["state"], passing)
            equal(simulator.get("/lockState", nukiId=nuki_id).json["state"], passing)
        for nuki_id, final in ((1, 3), (2, 1)):
            wait_until(lambda: simulator.truth(nuki_id)["state"] == final, "the end of the movement")


@test("/locks/no-wait/zero-means-wait")
def _():
    with Simulator(*SPEED) as simulator:
        act(simulator, 1, noWait=0)
        equal(simulator.truth()["state"], 3)


@test("/locks/action/bad-parameters-are-bad-requests")
def _():
    with Simulator() as simulator:
        for params in ({}, {"action": ""}, {"action": 0}, {"action": 6}, {"action": -1}, {"action": "unlock"},
                       {"action": 1, "noWait": 2}, {"action": 1, "nowait": "yes"}):
            response = simulator.get("/lockAction", nukiId=1, **params)
            equal((params, response.status, response.text), (params, 400, "HTTP 400 Bad Request"))
        equal(simulator.truth()["state"], 1)


@test("/locks/busy/a-lock-in-motion-takes-no-orders")
def _():
    with Simulator("--action-time=3", "--ble-time=0.01") as simulator:
        equal(act(simulator, 1, nowait=1)["success"], True)
        equal(act(simulator, 2, nowait=1)["success"], False)
        equal(act(simulator, 2)["success"], False)
        equal(act(simulator, 2, nuki_id=2)["success"], True)
        wait_until(lambda: simulator.truth()["state"] == 3, "the end of the first movement")


@test("/locks/lock-n-go/can-be-cut-short")
def _():
    with Simulator("--action-time=0.1", "--lock-n-go-time=600", "--ble-time=0.01") as simulator:
        act(simulator, 4, nowait=1)
        wait_until(lambda: simulator.truth()["state"] == 6, "the wait for the door")
        equal(act(simulator, 2)["success"], True)
        equal(simulator.truth()["state"], 1)


@test("/locks/uncalibrated/takes-no-orders")
def _():
    with Simulator(*SPEED) as simulator:
        simulator.steer("locks/1", state=0)
        equal(act(simulator, 1)["success"], False)
        equal(simulator.truth()["state"], 0)


@test("/locks/blocked/motor-stops-half-way")
def _():
    with Scene() as (simulator, receiver):
        simulator.steer("locks/1", blocked=1)
        equal(act(simulator, 2), {"success": False, "batteryCritical": False})
        equal(receiver.states(2), [4, 254])
        equal(act(simulator, 1)["success"], False)
        equal(receiver.states(2), [2, 254])
        simulator.steer("locks/1", blocked=0)
        equal(act(simulator, 2)["success"], True)
        equal(receiver.states(2), [4, 1])


@test("/locks/offline/is-no-success-in-later-versions")
def _():
    with Simulator(*SPEED) as simulator:
        simulator.steer("locks/1", offline=1, state=3)
        for path, params in (("/lockState", {}), ("/lockAction", {"action": 1}),
                             ("/lockAction", {"action": 1, "nowait": 1}), ("/lock", {}), ("/unlock", {})):
            response = simulator.get(path, nukiId=1, **params)
            equal((path, response.status, response.json), (path, 200, {"success": False}))
        # The bridge goes on telling what it knew
        equal(simulator.known()["lastKnownState"]["state"], 1)
        assert 1 not in [result["nukiId"] for result in simulator.get("/info").json["scanResults"]]
        simulator.steer("locks/1", offline=0)
        equal(simulator.get("/lockState", nukiId=1).json["state"], 3)


@test("/locks/offline/is-503-in-version-1.6")
def _():
    with Simulator("--api=1.6", *SPEED) as simulator:
        simulator.steer("locks/1", offline=1)
        for path, params in (("/lockState", {}), ("/lockAction", {"action": 1})):
            response = simulator.get(path, nukiId=1, **params)
            equal((path, response.status, response.text), (path, 503, "HTTP 503 Unavailable"))


@test("/locks/offline/is-410-after-long")
def _():
    with Simulator(*SPEED) as simulator:
        simulator.steer("locks/1", offline=410)
        response = simulator.get("/lockState", nukiId=1)
        equal((response.status, response.text), (410, "HTTP 410 Gone"))


@test("/locks/unpair/forgets-one-lock")
def _():
    with Simulator(*SPEED) as simulator:
        equal(simulator.get("/unpair", nukiId=1).json, {"success": True})
        equal([lock["nukiId"] for lock in simulator.get("/list").json], [2])
        equal(simulator.get("/unpair", nukiId=1).status, 404)
        equal(simulator.get("/lockState", nukiId=1).status, 404)
        equal([result["paired"] for result in simulator.get("/info").json["scanResults"]], [False, True])
        simulator.steer("locks/1", paired=1)
        equal(simulator.get("/lockState", nukiId=1).status, 200)


@test("/locks/simple/lock-and-unlock-depend-on-the-door")
def _():
    with Scene() as (simulator, receiver):
        equal(simulator.get("/unlock", nukiId=1).json, {"success": True, "batteryCritical": False})
        equal(receiver.states(2), [2, 3])
        equal(simulator.get("/lock", nukiId=1).json["success"], True)
        equal(receiver.states(2), [4, 1])
        simulator.steer("locks/1", knob=1)
        equal(simulator.get("/unlock", nukiId=1).json["success"], True)
        equal(receiver.states(3), [7, 5, 3])


@test("/openers/rto/goes-on-and-off")
def _():
    with Scene("--opener=5:Street") as (simulator, receiver):
        equal(act(simulator, 1, nuki_id=5, deviceType=2)["success"], True)
        equal((simulator.truth(5)["state"], simulator.truth(5)["stateName"]), (3, "rto active"))
        equal(act(simulator, 2, nuki_id=5, deviceType=2)["success"], True)
        equal(receiver.states(2), [3, 1])


@test("/openers/strike/opens-and-rests")
def _():
    with Scene("--opener=5") as (simulator, receiver):
        equal(act(simulator, 3, nuki_id=5, deviceType=2)["success"], True)
        equal(receiver.states(3), [7, 5, 1])
        equal(simulator.get("/unlock", nukiId=5, deviceType=2).json["success"], True)
        equal(receiver.states(3), [7, 5, 1])


@test("/openers/continuous-mode/shows-in-the-mode-alone")
def _():
    with Scene("--opener=5") as (simulator, receiver):
        equal(act(simulator, 4, nuki_id=5, deviceType=2)["success"], True)
        body = receiver.next()
        equal((body["mode"], body["state"]), (3, 1))
        equal(act(simulator, 5, nuki_id=5, deviceType=2)["success"], True)
        body = receiver.next()
        equal((body["mode"], body["state"]), (2, 1))
        act(simulator, 4, nuki_id=5, deviceType=2)
        equal(simulator.get("/lock", nukiId=5, deviceType=2).json["success"], True)
        equal(simulator.truth(5)["mode"], 2)


@test("/openers/ring/lasts-for-a-while")
def _():
    with Scene("--opener=5", "--ring-time=3") as (simulator, receiver):
        simulator.steer("locks/5", ring=1)
        body = receiver.next()
        equal((body["state"], body["ringactionState"]), (1, True))
        equal(simulator.get("/lockState", nukiId=5, deviceType=2).json["ringactionState"], True)
        wait_until(lambda: not simulator.known(5)["lastKnownState"]["ringactionState"], "the end of the ring")
        equal(simulator.known(5)["lastKnownState"]["ringactionTimestamp"], body["ringactionTimestamp"])
        assert receiver.is_silent()


@test("/openers/ring/opens-once-with-rto-and-always-in-continuous-mode")
def _():
    with Scene("--opener=5", "--ring-time=0.05") as (simulator, receiver):
        act(simulator, 1, nuki_id=5, deviceType=2)
        simulator.steer("locks/5", ring=1)
        equal(receiver.states(5), [3, 3, 7, 5, 1])
        wait_until(lambda: not simulator.truth(5)["ringactionState"], "the end of the ring")
        act(simulator, 4, nuki_id=5, deviceType=2)
        simulator.steer("locks/5", ring=1)
        equal(receiver.states(5), [1, 1, 7, 5, 1])
        equal(simulator.truth(5)["mode"], 3)


@test("/openers/ring/does-nothing-to-a-lock")
def _():
    with Simulator() as simulator:
        simulator.steer("locks/1", ring=1)
        assert "ringactionState" not in simulator.known()["lastKnownState"]


main()
