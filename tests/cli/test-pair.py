# SPDX-License-Identifier: GPL-3.0-or-later
"""Pairing with bridges and forgetting them, with a real keyring."""

import contextlib
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess

from ctl import CTL, DEADLINE, Result, TOKEN, address, check_output, equal, main, paths, test, wait_until
from home import Home, own_bridge

SESSION = str(pathlib.Path(__file__).parent.parent / "with-session.sh")


def press(simulator):
    wait_until(lambda: simulator.state()["led"], "the bridge's light")
    simulator.steer("button")


def run_in_session(option, home, *arguments, token=None):
    """With another keyring than the one that the tests share."""
    variables = [f"NIGHTLATCH_DATA_DIR={home.folder.name}", *([f"NIGHTLATCH_TOKEN={token}"] if token else [])]
    result = subprocess.run([SESSION, option, "env", *variables, CTL, *arguments], capture_output=True, text=True,
                            timeout=2 * DEADLINE)
    check_output(result.stdout, result.stderr)
    return Result(result.returncode, result.stdout, result.stderr)


@test("/pair/button/keeps-bridge-and-token")
def _():
    with Home() as home, own_bridge("--lock=1:Home") as simulator:
        with home.start("pair", address(simulator)) as pairing:
            pairing.expect_error("press the button on the bridge within 30 seconds")
            press(simulator)
            equal(pairing.line(), f"Paired with the bridge “Home” (ID {simulator.bridge_id}, 1 lock). "
                                  "Its token is in the keyring.")
            equal(pairing.finish(), 0)
        equal(home.run("list", "--json").done().json[0]["bridgeId"], simulator.bridge_id)
        equal(home.run("unlock", "Home").done().out, "Home is unlocked\n")
        equal({request.get("auth") for request in simulator.journal() if request["path"] != "/auth"}, {"encrypted"})


@test("/pair/button/a-terminal-shows-the-countdown")
def _():
    with Home() as home, own_bridge() as simulator:
        with home.on_terminal("pair", address(simulator)) as terminal:
            # A late turn skips a number, but never goes back
            terminal.expect("press the button").expect_match(r"2\d seconds left")
            counts = [int(count) for count in re.findall(r"(\d+) seconds left", terminal.text)]
            equal(counts, sorted(counts, reverse=True))
            press(simulator)
            terminal.expect("Paired with")
            equal(terminal.finish(), 0)


@test("/pair/button/nobody-presses-it")
def _():
    with Home() as home, own_bridge("--auth-window=0.2") as simulator:
        home.run("pair", address(simulator)).failed(1, "Nobody pressed")
        home.run("list").failed(5)


@test("/pair/button/pairing-is-turned-off")
def _():
    with Home() as home, own_bridge("--auth-disabled") as simulator:
        home.run("pair", address(simulator)).failed(4, "Nuki app")


@test("/pair/button/ctrl-c-lets-go-of-the-bridge")
def _():
    with Home() as home, own_bridge() as simulator:
        with home.on_terminal("pair", address(simulator)) as terminal:
            terminal.expect("seconds left")
            terminal.process.send_signal(signal.SIGINT)
            equal(terminal.finish(), -signal.SIGINT)
        wait_until(lambda: not simulator.state()["led"], "darkness")
        home.run("list").failed(5)


@test("/pair/address/what-is-not-a-bridge")
def _():
    with Home() as home, own_bridge() as simulator:
        simulator.fault("garbage", "/auth", 1)
        home.run("pair", address(simulator)).failed(3)
        simulator.fault("refuse", "/auth", 1)
        home.run("pair", address(simulator)).failed(3)
        home.run("pair", "https://x").failed(2)


@test("/pair/discovery/one-bridge-is-taken")
def _():
    with Home() as home, own_bridge("--discovery-port=0", "--press-after=0.05") as simulator:
        result = home.run("pair", "--json", "--name= Cottage ", f"--discovery-url={simulator.discovery}").done()
        equal(result.json, {"bridgeId": simulator.bridge_id, "name": "Cottage", "host": "127.0.0.1",
                            "port": simulator.port, "locks": 2, "success": True})


@test("/pair/discovery/several-or-none-need-an-address")
def _():
    with Home() as home, own_bridge("--discovery-port=0") as simulator:
        for mode, status, words in (("foreign", 2, f"nightlatchctl pair {address(simulator)}"), ("empty", 5, "HOST"),
                                    ("hidden", 5, "hides"), ("no-ip", 5, "hides"), ("403", 1, "address")):
            simulator.steer("discovery", mode=mode)
            home.run("pair", f"--discovery-url={simulator.discovery}").failed(status, words)
        equal(paths(simulator), [])


@test("/pair/token/is-checked-and-kept")
def _():
    with Home() as home, own_bridge() as simulator:
        home.run("pair", address(simulator), token="wr0ng").failed(4)
        home.run("list").failed(5)
        home.keep(simulator)
        home.run("list").done()
        assert "/auth" not in paths(simulator)


@test("/pair/again/keeps-the-name-and-takes-the-new-address")
def _():
    with Home() as home:
        with own_bridge() as simulator:
            home.keep(simulator, "--name=Cottage")
            bridge_id = simulator.bridge_id
        with own_bridge(bridge_id=bridge_id) as simulator:
            home.run("list").failed(3)
            home.keep(simulator)
            assert "“Cottage”" in home.keep(simulator).out
            home.run("list").done()
            home.run("pair", f"--bridge={bridge_id}", token=TOKEN).done()


@test("/pair/auth/the-form-that-was-accepted-is-the-least-from-then-on")
def _():
    with Home() as home:
        with own_bridge() as simulator:
            home.keep(simulator)
            home.run("list").done()
            equal([request.get("auth") for request in simulator.journal()][-1], "encrypted")
        with own_bridge(f"--port={simulator.port}", "--auth-modes=plain,hashed") as weaker:
            for command in (["list"], ["unlock", "Home"], ["info"]):
                home.run(*command).failed(4)
            equal({request.get("auth") for request in weaker.journal()} & {"plain", "hashed"}, set())
            home.run("list", "--auth=hashed").done()


@test("/pair/auth/a-form-that-was-found-out-is-stored")
def _():
    with Home() as home, own_bridge() as simulator:
        home.keep(simulator)
        database, = pathlib.Path(home.folder.name).glob("*.db")

        def sql(statement):
            with contextlib.closing(sqlite3.connect(database)) as connection, connection:
                return connection.execute(statement).fetchone()

        def stored():
            return sql("SELECT accepted_mode FROM bridges")[0]

        equal(stored(), 3)
        sql("UPDATE bridges SET accepted_mode = 0")
        home.run("list", "--auth=plain").done()
        equal(stored(), 0)
        home.run("list").done()
        equal(stored(), 3)


@test("/pair/keyring/without-one-nothing-is-begun")
def _():
    with Home() as home, own_bridge() as simulator:
        for token in (None, TOKEN):
            run_in_session("--no-keyring", home, "pair", address(simulator), token=token).failed(1, "no keyring",
                                                                                                 "--token-file")
        equal(paths(simulator), [])
        home.run("list").failed(5)


@test("/pair/keyring/a-locked-one-keeps-nothing")
def _():
    with Home() as home, own_bridge() as simulator:
        run_in_session("--locked-keyring", home, "pair", address(simulator), token=TOKEN).failed(4, "locked")
        home.run("list").failed(5)


@test("/pair/keyring/later-commands-say-when-it-is-gone")
def _():
    with Home() as home, own_bridge() as simulator:
        home.keep(simulator)
        run_in_session("--no-keyring", home, "list").failed(4, "no keyring", "--token-file")


@test("/forget/deletes-bridge-and-token-though-the-bridge-is-gone")
def _():
    with Home() as home, Home() as memory:
        with own_bridge() as simulator:
            home.keep(simulator, "--name=Cottage")
        shutil.copytree(home.folder.name, memory.folder.name, dirs_exist_ok=True)
        assert "“Cottage” is forgotten" in home.run("forget").done().out
        home.run("list").failed(5)
        home.run("forget").failed(5)
        memory.run("list").failed(4, "has no token", f"nightlatchctl pair {address(simulator)}")


@test("/forget/json-and-which")
def _():
    with Home() as home, own_bridge() as first, own_bridge() as second:
        home.keep(first)
        home.keep(second)
        home.run("forget").failed(2, first.bridge_id, second.bridge_id)
        home.run("forget", "--bridge=4711").failed(5, "4711")
        equal(home.run("forget", f"--bridge={address(first)}", "--json").done().json,
              {"bridgeId": first.bridge_id, "success": True})
        equal({item["bridgeId"] for item in home.run("list", "--json").done().json}, {second.bridge_id})


main()
