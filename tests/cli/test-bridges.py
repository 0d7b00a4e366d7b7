# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands where several bridges are known."""

import contextlib
import http.server
import json
import pathlib
import signal
import socket
import sqlite3
import threading
import time

from ctl import TOKEN, address, equal, main, paths, preferences, test, wait_until
from home import Home, own_bridge


class Search:
    """A discovery service that knows nobody, and counts who asks."""

    def __init__(self):
        search = self
        self.count = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                search.count += 1
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b'{"bridges": [], "errorCode": 0}')

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/discover/bridges"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


@contextlib.contextmanager
def two_bridges():
    with Home() as home, own_bridge("--lock=1:Front", "--lock=2:Gate") as first:
        with own_bridge("--lock=3:Back", "--lock=2:Shed", "--lock=9:Gate") as second:
            home.keep(first, "--name=Town")
            home.keep(second, "--name=Country")
            yield home, first, second


@test("/bridges/list/shows-all-with-their-names")
def _():
    with two_bridges() as (home, first, second):
        rows = [line.split() for line in home.run("list").done().out.splitlines()]
        equal([(row[0], row[-1]) for row in rows],
              [("Name", "Bridge"), ("Front", "Town"), ("Gate", "Town"), ("Back", "Country"), ("Shed", "Country"),
               ("Gate", "Country")])
        equal([item["bridgeId"] for item in home.run("list", "--json").done().json],
              2 * [first.bridge_id] + 3 * [second.bridge_id])


@test("/bridges/list/one-that-is-down-does-not-hide-the-other")
def _():
    with two_bridges() as (home, first, second):
        first.fault("refuse")
        result = home.run("list", "--json").failed(3, "Town")
        equal([item["name"] for item in result.json], ["Back", "Shed", "Gate"])
        second.fault("status-401")
        result = home.run("list").failed(3, "Town", "Country")
        equal((result.out, len(result.err.splitlines())), ("", 2))


@test("/bridges/lock/is-searched-on-all")
def _():
    with two_bridges() as (home, first, second):
        equal(home.run("unlock", "Back").done().out, "Back is unlocked\n")
        equal((paths(first).count("/lockAction"), paths(second).count("/lockAction")), (0, 1))
        for name in ("Gate", "2"):
            home.run("unlock", name).failed(2, f"--bridge={first.bridge_id}", f"--bridge={second.bridge_id}")
        home.run("unlock", "Gate", f"--bridge={first.bridge_id}").done()
        home.run("unlock", "2", f"--bridge={address(second)}").done()
        equal((paths(first).count("/lockAction"), paths(second).count("/lockAction")), (1, 2))
        home.run("unlock", "Nowhere").failed(5)


@test("/bridges/lock/may-be-on-the-one-that-is-down")
def _():
    with two_bridges() as (home, first, second):
        first.fault("refuse")
        home.run("unlock", "Front").failed(3, "Town")
        home.run("unlock", "Back").done()


@test("/bridges/one/has-to-be-named")
def _():
    with two_bridges() as (home, first, second):
        for command in (["info"], ["log"], ["callbacks"], ["auth", "enable"], ["reboot", "--yes"]):
            home.run(*command).failed(2, f"--bridge={first.bridge_id}", "Town", address(second))
        equal(str(home.run("info", "--json", f"--bridge={first.bridge_id}").done().json["ids"]["serverId"]),
              first.bridge_id)
        home.run("info", "--bridge=127.0.0.1").done()
        home.run("list", token=TOKEN).failed(2, "--bridge=")
        home.run("list", f"--bridge={second.bridge_id}", token="wr0ng").failed(4)


@test("/bridges/watch/is-of-all")
def _():
    with two_bridges() as (home, first, second):
        with home.start("watch", "--json", "--interval=1") as stream:
            seen = [json.loads(stream.line())["bridgeId"] for _ in range(5)]
            equal((seen.count(first.bridge_id), seen.count(second.bridge_id)), (2, 3))
            first.steer("locks/1", state=3)
            equal(json.loads(stream.line())["name"], "Front")
            first.fault("status-401")
            stream.expect_error("Town: ")
            second.steer("locks/3", state=3)
            equal(json.loads(stream.line())["name"], "Back")
            equal(stream.stop(signal.SIGINT), 0)


@test("/bridges/missing/is-looked-for-unless-nobody-wants-that")
def _():
    with Home() as home, own_bridge() as simulator, Search() as search:
        home.keep(simulator)
        simulator.fault("refuse")
        with home.start("watch", "--interval=1", NIGHTLATCH_DISCOVERY_URL=search.url) as stream:
            begun = time.monotonic()
            wait_until(lambda: search.count > 0, "search for the bridge")
            taken = time.monotonic() - begun
            stream.stop(signal.SIGINT)
        search.count = 0
        with preferences(discovery_enabled=False) as chosen, \
                home.start("watch", "--interval=1", NIGHTLATCH_DISCOVERY_URL=search.url, **chosen) as stream:
            time.sleep(2 * taken + 1)
            stream.stop(signal.SIGINT)
        equal(search.count, 0)


def move(home, port):
    """Has the only bridge been kept at another address."""
    with contextlib.closing(sqlite3.connect(next(pathlib.Path(home.folder.name).glob("*.db")))) as connection, connection:
        connection.execute("UPDATE bridges SET port = ?", (port,))


@test("/bridges/moved/says-how-to-find-it-again")
def _():
    with Home() as home, own_bridge("--discovery-port=0") as simulator, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        home.keep(simulator, "--name=Town")
        home.run("unlock", "Home").done()
        move(home, nobody.getsockname()[1])
        advice = ["cannot be reached", "nightlatchctl discover", "nightlatchctl pair ADDRESS"]
        for command in (["list"], ["status", "Home"], ["lock", "Home"], ["info"], ["reboot", "--yes"],
                        ["list", f"--bridge={simulator.bridge_id}"], ["list", "--json"]):
            result = home.run(*command).failed(3, *advice, "window, which looks for it")
            equal((result.out, len(result.err.splitlines())), ("", 1))
        with preferences(discovery_enabled=False) as chosen:
            assert "window" not in home.run("list", **chosen).failed(3, *advice).err
        # Whoever gave the address knows that it is no old one
        result = home.run("list", f"--bridge=127.0.0.1:{nobody.getsockname()[1]}").failed(3, "cannot be reached")
        assert "discover" not in result.err, result
        # What was recorded needs no bridge
        assert "Unlocked" in home.run("activity", "Home").done().out
        # The advice is good
        equal(home.run("discover", NIGHTLATCH_DISCOVERY_URL=simulator.discovery).done().out.splitlines()[1].split()[:2],
              [simulator.bridge_id, address(simulator)])
        home.keep(simulator)
        assert "Town" in home.run("info").done().out
        equal(paths(simulator).count("/lockAction"), 1)


@test("/bridges/moved/is-no-matter-once-it-has-answered")
def _():
    with Home() as home, own_bridge() as simulator:
        home.keep(simulator)
        simulator.fault("reset", "/lockState")
        assert "discover" not in home.run("status", "Home").failed(3).err


@test("/bridges/auth/is-remembered-as-in-the-window")
def _():
    with Home() as home, own_bridge() as simulator:
        home.keep(simulator)
        database = next(pathlib.Path(home.folder.name).glob("*.db"))

        def stored():
            with contextlib.closing(sqlite3.connect(database)) as connection:
                return connection.execute("SELECT allows_pairing, instant_updates FROM bridges").fetchone()

        equal(stored(), (None, 1))
        home.run("auth", "disable").done()
        equal(stored(), (1, 1))
        home.run("auth", "enable").done()
        equal(stored(), (2, 1))
        simulator.steer("faults", kind="success-false", path="/configAuth", count=1)
        home.run("auth", "disable").failed(1)
        equal(stored(), (2, 1))
        # Which of the two it is, nobody can know
        simulator.steer("faults", kind="lost-response", path="/configAuth", count=1)
        home.run("auth", "disable").failed(7)
        equal(stored(), (None, 1))


main()
