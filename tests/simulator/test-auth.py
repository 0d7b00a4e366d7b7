# SPDX-License-Identifier: GPL-3.0-or-later
"""Pairing by button, and the three kinds of tokens."""

import re
import time
from datetime import datetime, timezone

from harness import Simulator, TOKEN, encrypted, equal, hashed, main, stamp, test, wait_until

VECTOR_TIME = "2019-03-05T01:06:53Z"


def at_the_vectors_time(seconds=0):
    """An option that sets the bridge's clock to the time of the published vectors."""
    then = datetime.fromisoformat(VECTOR_TIME).timestamp()
    return f"--clock-offset={int(then - time.time() + seconds)}"


def lit(simulator):
    return wait_until(lambda: simulator.state()["led"], "the LED's light")


@test("/auth/button/press-yields-a-random-token")
def _():
    tokens = set()
    for _ in range(3):
        with Simulator(token=None) as simulator:
            equal(simulator.bare("/list", token="").status, 401)
            answer = simulator.later("/auth")
            lit(simulator)
            equal(simulator.steer("button"), {"success": True})
            body = answer.join().json
            equal(list(body), ["token", "success"])
            equal(body["success"], True)
            assert re.fullmatch(r"[A-Za-z0-9]{6,20}", body["token"]), body
            equal(simulator.state()["led"], False)
            equal(simulator.bare("/list", token=body["token"]).status, 200)
            tokens.add(body["token"])
    equal(len(tokens), 3)


@test("/auth/button/press-keeps-a-token-that-exists")
def _():
    with Simulator("--press-after=0.05") as simulator:
        equal(simulator.bare("/auth").json, {"token": TOKEN, "success": True})
        equal(simulator.bare("/auth").json, {"token": TOKEN, "success": True})


@test("/auth/button/no-press-is-no-success-and-no-token")
def _():
    with Simulator("--auth-window=0.3") as simulator:
        start = time.monotonic()
        equal(simulator.bare("/auth").json, {"success": False})
        assert 0.3 <= time.monotonic() - start < 5
        equal(simulator.state()["led"], False)
        equal(simulator.steer("button"), {"success": False, "message": "nobody waited for the button"})


@test("/auth/button/press-comes-too-early")
def _():
    with Simulator("--auth-window=0.2") as simulator:
        simulator.steer("button")
        equal(simulator.bare("/auth").json, {"success": False})


@test("/auth/button/caller-that-hangs-up-frees-the-bridge")
def _():
    with Simulator() as simulator:
        try:
            simulator.get("/auth", timeout=0.2)
            raise AssertionError("/auth answered by itself")
        except TimeoutError:
            pass
        wait_until(lambda: simulator.journal(), "the request, which may be read only now")
        wait_until(lambda: not simulator.state()["led"], "darkness")
        equal(simulator.get("/list").status, 200)


@test("/auth/disabled/is-forbidden")
def _():
    with Simulator("--auth-disabled") as simulator:
        response = simulator.bare("/auth")
        equal((response.status, response.text), (403, "HTTP 403 Forbidden"))
        equal(simulator.get("/list").status, 200)


@test("/auth/config-auth/turns-pairing-off-and-on")
def _():
    with Simulator("--press-after=0") as simulator:
        equal(simulator.get("/configAuth", enable=0).json, {"success": True})
        equal(simulator.bare("/auth").status, 403)
        equal(simulator.get("/configAuth", enable=1).json, {"success": True})
        equal(simulator.bare("/auth").json["success"], True)


@test("/auth/config-auth/refuses-other-values")
def _():
    with Simulator() as simulator:
        for params in ({}, {"enable": "2"}, {"enable": "true"}, {"enable": ""}, {"enable": "-1"}):
            response = simulator.get("/configAuth", **params)
            equal((response.status, response.text), (400, "HTTP 400 Bad Request"))
        equal(simulator.bare("/configAuth", enable=0, token="wrong").status, 401)
        equal(simulator.state()["authEnabled"], True)


@test("/auth/plain/only-the-right-token-opens")
def _():
    with Simulator() as simulator:
        equal(simulator.bare("/list", token=TOKEN).status, 200)
        for params in ({}, {"token": ""}, {"token": "12345"}, {"token": "1234567"}, {"Token": TOKEN}):
            response = simulator.bare("/list", **params)
            equal((response.status, response.text), (401, "HTTP 401 Unauthorized"))


@test("/auth/plain/every-endpoint-asks-for-it")
def _():
    paths = ["/configAuth", "/list", "/lockState", "/lockAction", "/lock", "/unlock", "/unpair", "/info",
             "/callback/add", "/callback/list", "/callback/remove", "/log", "/clearlog", "/fwupdate", "/reboot",
             "/factoryReset"]
    with Simulator() as simulator:
        for path in paths:
            equal((path, simulator.bare(path, token="wrong", nukiId=1, action=1).status), (path, 401))
        equal(simulator.truth()["state"], 1)


@test("/auth/hashed/published-vector")
def _():
    vector = {"ts": VECTOR_TIME, "rnr": 4711,
              "hash": "f52eb5ce382e356c4239f8fb4d0a87402bb95b7b3124f0762b806ad7d0d01cb6"}
    with Simulator(at_the_vectors_time()) as simulator:
        equal(simulator.bare("/list", **vector).status, 200)
        equal(simulator.bare("/list", **vector).status, 401)
    with Simulator() as simulator:
        equal(simulator.bare("/list", **vector).status, 401)


@test("/auth/encrypted/published-vector")
def _():
    vector = {"nonce": "119c38fb6d7d707b8a45f14e688b74b8c4c1acf33643c71a",
              "ctoken": "a7f6b4df6758b92445bd5470b755b43ba41cf50af8b3f6e19368348ddfb168629"
                        "1555dfd90b31f9333"}
    with Simulator(at_the_vectors_time()) as simulator:
        equal(simulator.bare("/list", **vector).status, 200)
        equal(simulator.bare("/list", **vector).status, 401)
    with Simulator() as simulator:
        equal(simulator.bare("/list", **vector).status, 401)


@test("/auth/hashed/wrong-parts-are-refused")
def _():
    with Simulator() as simulator:
        equal(simulator.bare("/list", **hashed()).status, 200)
        bad = [hashed(token="654321"), hashed(rnr=65536), hashed(rnr=-1), hashed(rnr="x"),
               hashed(ts=stamp()[:-1] + "+00:00"), hashed(ts=stamp().replace("T", " ")), hashed(ts="now"),
               {**hashed(rnr=1), "rnr": 2}, {**hashed(rnr=3), "hash": ""},
               {**hashed(rnr=4), "hash": hashed(rnr=4)["hash"].upper()}]
        for params in bad:
            equal((params, simulator.bare("/list", **params).status), (params, 401))
        for missing in ("ts", "rnr"):
            params = hashed(rnr=5)
            del params[missing]
            equal(simulator.bare("/list", **params).status, 401)


@test("/auth/encrypted/wrong-parts-are-refused")
def _():
    with Simulator() as simulator:
        equal(simulator.bare("/list", **encrypted()).status, 200)
        good = encrypted(rnr=1)
        bad = [encrypted(token="654321"), encrypted(rnr=65536), encrypted(rnr=""), encrypted(ts="now"),
               {**good, "nonce": good["nonce"][2:]}, {**good, "nonce": "xy"}, {**good, "nonce": "0" * 4000},
               {**good, "ctoken": good["ctoken"][:-2]}, {**good, "ctoken": ""}, {**good, "ctoken": "zz"},
               {**good, "ctoken": "00" * 4000}, {"ctoken": good["ctoken"]},
               {"ctoken": good["ctoken"], "nounce": good["nonce"]}]
        for params in bad:
            equal((params, simulator.bare("/list", **params).status), (params, 401))
        equal(simulator.bare("/list", **good).status, 200)


@test("/auth/tokens/expire-after-60-seconds")
def _():
    for make in (hashed, encrypted):
        with Simulator() as simulator:
            for offset, status in ((-90, 401), (-62, 401), (-55, 200), (55, 200), (62, 401), (90, 401)):
                params = make(ts=stamp(offset), rnr=100 + offset)
                equal((make, offset, simulator.bare("/list", **params).status), (make, offset, status))


@test("/auth/tokens/are-good-for-one-request")
def _():
    with Simulator() as simulator:
        now = stamp()
        first = encrypted(ts=now, rnr=1)
        equal(simulator.bare("/list", **first).status, 200)
        equal(simulator.bare("/list", **first).status, 401)
        # The same time and number under another nonce, and another time under the same nonce
        equal(simulator.bare("/list", **encrypted(ts=now, rnr=1)).status, 401)
        nonce = bytes.fromhex(first["nonce"])
        equal(simulator.bare("/list", **encrypted(ts=now, rnr=2, nonce=nonce)).status, 401)
        equal(simulator.bare("/list", **{**encrypted(ts=now, rnr=3, nonce=nonce), "nonce": first["nonce"].upper()})
              .status, 401)
        equal(simulator.bare("/list", **hashed(ts=now, rnr=1)).status, 401)
        equal(simulator.bare("/list", **hashed(ts=now, rnr=4)).status, 200)
        equal(simulator.bare("/list", **hashed(ts=now, rnr=4)).status, 401)
        equal(simulator.bare("/list", **hashed(ts=now, rnr=5)).status, 200)


@test("/auth/tokens/wrong-clock-looks-like-a-wrong-token")
def _():
    with Simulator("--clock-offset=-3600") as simulator:
        equal(simulator.bare("/list", **encrypted()).status, 401)
        equal(simulator.bare("/list", **hashed()).status, 401)
        equal(simulator.bare("/list", **encrypted(ts=stamp(-3600))).status, 200)
        told = datetime.fromisoformat(simulator.get("/info").json["currentTime"])
        assert 3595 < (datetime.now(timezone.utc) - told).total_seconds() < 3605
        simulator.steer("clock", offset=0)
        equal(simulator.bare("/list", **encrypted()).status, 200)


@test("/auth/tokens/a-weaker-proof-does-not-help")
def _():
    with Simulator() as simulator:
        equal(simulator.bare("/list", token=TOKEN, **encrypted(token="654321")).status, 401)
        equal(simulator.bare("/list", token=TOKEN, **hashed(token="654321")).status, 401)


@test("/auth/tokens/what-a-bridge-accepts")
def _():
    cases = [
        (["--api=1.6"], (200, 401, 401)),
        (["--api=1.13"], (200, 200, 200)),
        (["--api=1.13", "--software-bridge"], (200, 401, 401)),
        (["--firmware=2.1.9"], (200, 401, 401)),
        (["--firmware=2.2.0"], (200, 200, 401)),
        (["--firmware=2.13.9"], (200, 200, 401)),
        (["--firmware=2.14.0"], (200, 200, 200)),
        (["--firmware=1.11.9"], (200, 401, 401)),
        (["--firmware=1.12.0"], (200, 200, 401)),
        (["--firmware=1.22.0"], (200, 200, 401)),
        (["--firmware=1.22.1"], (200, 200, 200)),
        (["--auth-modes=encrypted"], (401, 401, 200)),
        (["--auth-modes=hashed,plain"], (200, 200, 401)),
    ]
    for options, expected in cases:
        with Simulator(*options) as simulator:
            actual = tuple(simulator.bare("/list", **proof).status
                           for proof in ({"token": TOKEN}, hashed(rnr=1), encrypted(rnr=2)))
            equal((options, actual), (options, expected))


main()
