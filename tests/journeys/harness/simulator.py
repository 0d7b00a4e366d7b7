# SPDX-License-Identifier: GPL-3.0-or-later
"""The bridge: the real simulator, in a process of its own, steered over HTTP."""

import json
import random
import socket
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from . import process
from .waiting import Expectation, wait_until


# Below those from which connections start, on any system: nobody takes it while the bridge is unplugged
PORTS = range(12000, 32000)


def find_port():
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


class Simulator:
    """A bridge that answers as fast as it can, unless `options` say otherwise (see nightlatch-simulator --help)."""

    def __init__(self, program, *options, port=0):
        self.program = program
        self.options = options
        self.port = port or find_port()
        self._discovery_port = find_port()
        self.start()

    def start(self):
        """Plugs the bridge in; after stop(), under the address that it had."""
        self._process = process.start(
            [*self._command(), f"--port={self.port}", f"--discovery-port={self._discovery_port}", "--action-time=0.4",
             "--ble-time=0.05", *self.options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        lines = [self._process.stdout.readline().split()[-1:] for _ in range(2)]
        if not all(lines):
            raise Expectation("the simulator did not start")
        self.url, self.discovery_url = (line[0] for line in lines)
        self.port = urllib.parse.urlsplit(self.url).port
        self._discovery_port = urllib.parse.urlsplit(self.discovery_url).port

    def _command(self):
        return [self.program]

    def stop(self):
        """Pulls the plug."""
        process.stop(self._process)
        self._process.stdout.close()

    def move(self, *options):
        """Plugs it in again under another address, which discovery knows of; `options` replace those that it had."""
        self.stop()
        self.port = 0
        self.options = options or self.options
        self.start()

    def places(self):
        """The URLs that it calls when something changes."""
        return [callback["url"] for callback in self.state()["callbacks"]]

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def press_button(self):
        """Presses the button as soon as its LED asks for it."""
        wait_until(lambda: self.state()["led"], "the bridge's LED did not light up")
        self.steer("POST", "button")

    def set_lock(self, nuki_id, **changes):
        """Moves a lock by hand: state=3, door=2, offline=1, battery=20 …"""
        self.steer("POST", f"locks/{nuki_id}?{urllib.parse.urlencode(changes)}")

    def add_fault(self, kind, path=None, count=None):
        given = {"kind": kind, "path": path, "count": count}
        self.steer("POST", "faults?" + urllib.parse.urlencode({k: v for k, v in given.items() if v is not None}))

    def clear_faults(self):
        self.steer("DELETE", "faults")

    def set_discovery(self, mode):
        self.steer("POST", f"discovery?mode={mode}")

    def state(self):
        """The truth about the bridge: `led`, `locks`, `callbacks` …"""
        return self.steer("GET", "state")

    def lock(self, nuki_id):
        """The truth about one lock."""
        return next(lock for lock in self.state()["locks"] if lock["nukiId"] == nuki_id)

    def requests(self, path=None):
        """The journal: all requests so far, or those for one path, with their parameters as `params`."""
        journal = self.steer("GET", "requests")
        for entry in journal:
            entry["params"] = dict(urllib.parse.parse_qsl(entry["query"]))
        return [entry for entry in journal if path in (None, entry["path"])]

    def actions(self):
        """The commands so far, as pairs of lock and action code."""
        given = [entry["params"] for entry in self.requests("/lockAction")]
        return [(int(params["nukiId"]), int(params["action"])) for params in given]

    def call(self, path, **params):
        """Asks the bridge itself, as any other program of the household does, and again where it is busy with one of them."""
        def asked():
            try:
                with urllib.request.urlopen(f"{self.url}{path}?{urllib.parse.urlencode(params)}", timeout=10) as answer:
                    return (json.load(answer),)
            except urllib.error.HTTPError as error:
                if error.code != 503:
                    raise
            return None
        return wait_until(asked, f"{path} was not answered")[0]

    def steer(self, method, what):
        request = urllib.request.Request(f"{self.url}/simulator/{what}", method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
