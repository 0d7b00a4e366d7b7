# SPDX-License-Identifier: GPL-3.0-or-later
"""A bridge, somebody who turns keys, and the application, whose every word is kept."""

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "simulator"))

from harness import Simulator  # noqa: E402

# So many programs at a time would wait for a disk
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

# What no cell ever needs, even where the machine is busy with others
PATIENCE = 150

LOCKED, UNLOCKED = 1, 3
# What somebody is told as a fact, and what must then be true. “Unlocking…” is told while it happens.
CLAIMS = {"Locked": LOCKED, "Unlocked": UNLOCKED, "Unlatched": 5, "Motor Blocked": 254, "Not Calibrated": 0,
          "Lock ’n’ Go": 6}


class Wrong(Exception):
    """What a cell has to say against the application."""


class Probe:
    """The application. Leaving its block ends it as a person would, and it must have had nothing to complain about."""

    def __init__(self, folder, discovery=None):
        environment = {**os.environ, "NIGHTLATCH_DATA_DIR": f"{folder}/data", "SECRET_BACKEND": "file",
                       "SECRET_FILE_TEST_PATH": f"{folder}/keyring", "SECRET_FILE_TEST_PASSWORD": "test",
                       "HOME": folder, "XDG_CACHE_HOME": folder}
        # Nobody's real bridges
        environment["NIGHTLATCH_DISCOVERY_URL"] = discovery or "http://127.0.0.1:1/discover/bridges"
        self.process = subprocess.Popen([os.environ["NIGHTLATCH_PROBE"]], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1,
                                        env=environment)
        self.history = []  # of (time, event)
        self.news = threading.Condition()
        self.ended = False
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.complaints = []
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        self.wait_for("loaded")

    def _read(self):
        for line in self.process.stdout:
            event = json.loads(line)
            with self.news:
                self.history.append((time.monotonic(), event))
                self.news.notify_all()
        with self.news:
            self.ended = True
            self.news.notify_all()

    def _listen(self):
        for line in self.process.stderr:
            self.complaints.append(line.rstrip())

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.process.kill()
        try:
            self.process.stdin.close()
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Wrong("it does not end") from None
        except BrokenPipeError:
            status = self.process.wait(PATIENCE)
        self.reader.join()
        self.listener.join()
        self.process.stdout.close()
        self.process.stderr.close()
        if self.complaints and kind is None:
            raise Wrong("it complains: " + " / ".join(self.complaints))
        if kind is None and status != 0:
            raise Wrong(f"it ends with the status {status}")

    def tell(self, *words):
        """Has it do something. Returns a mark: what it says from now on."""
        mark = len(self.history)
        try:
            self.process.stdin.write(" ".join(map(str, words)) + "\n")
        except BrokenPipeError:
            raise Wrong("it has crashed") from None
        return mark

    def wait_until(self, condition, what, deadline=PATIENCE):
        """Waits until `condition` is true of what it says. Returns that, and when it came true."""
        end = time.monotonic() + deadline
        with self.news:
            while True:
                result = condition()
                if result:
                    return result, self.history[-1][0] if self.history else time.monotonic()
                if self.ended:
                    self.listener.join(5)
                    raise Wrong(f"it has crashed, where {what} was expected: {' / '.join(self.complaints)}")
                left = end - time.monotonic()
                if left <= 0:
                    raise Wrong(f"{what} did not come within {deadline:.0f} s; there is {self.describe()}")
                self.news.wait(left)

    def events(self, name, since=0):
        return [event for _, event in self.history[since:] if event["event"] == name]

    def wait_for(self, name, since=0, deadline=PATIENCE):
        events, _ = self.wait_until(lambda: self.events(name, since), f"“{name}”", deadline)
        return events[0]

    def is_alive(self):
        """Its main loop turns: what is asked is answered at once, whatever the bridge does."""
        mark = self.tell("ping")
        self.wait_for("pong", mark, 30)

    @property
    def shown(self):
        shown = self.events("shown")
        return shown[-1] if shown else {}

    @property
    def lock(self):
        return (self.shown.get("locks") or [{}])[0]

    def said(self, since=0):
        return [event["text"] for event in self.events("said", since)]

    def shows(self, title, banner=None):
        """Whether this is what there is to see, and nothing is still under way."""
        lock = self.lock
        return (lock.get("title") == title and lock["pending"] == "none" and not lock["asking"] and
                self.shown["banner"] == banner)

    def describe(self):
        lock, shown = self.lock, self.shown
        return (f"“{lock.get('title')}”, “{lock.get('subtitle')}”, banner “{shown.get('banner')}” "
                f"[{shown.get('reason')}], said {self.said()}")


class Truth:
    """Where the bolt was, and when, to compare with what was claimed."""

    def __init__(self, state):
        self.times = [(time.monotonic(), state)]

    def turns(self, state, when=None):
        self.times.append((when or time.monotonic(), state))

    def check(self, history, allowance):
        """Whatever was claimed was so no longer than `allowance` ago. Returns for how long something else was."""
        worst = 0
        shown = [(when, event["locks"][0]) for when, event in history if event["event"] == "shown" and event["locks"]]
        for i, (since, lock) in enumerate(shown):
            until = shown[i + 1][0] if i + 1 < len(shown) else history[-1][0]
            self._check_words(lock)
            if lock["title"] not in CLAIMS or not lock["vouched"]:
                continue
            ends = [self.times[j + 1][0] if j + 1 < len(self.times) else float("inf")
                    for j, (start, state) in enumerate(self.times)
                    if state == CLAIMS[lock["title"]] and start <= until]
            if not ends:
                raise Wrong(f"it showed “{lock['title']}”, which was never so")
            late = until - max(ends)
            worst = max(worst, late)
            if late > allowance:
                raise Wrong(f"it showed “{lock['title']}” {late:.1f} s after that had changed")
        return worst

    @staticmethod
    def _check_words(lock):
        """What nobody vouches for is not worded as a fact anywhere."""
        claims = lock["title"] in CLAIMS or lock["secured"]
        for name in ("caption", "dial"):
            text = lock[name].removeprefix(lock["name"] + ": ").lower()
            claims |= text.startswith(("locked", "unlocked", "unlatched"))
        if claims and not lock["vouched"]:
            raise Wrong(f"it words as a fact what it does not vouch for: {lock}")


def is_served(url):
    address = urllib.parse.urlsplit(url)
    try:
        socket.create_connection((address.hostname, address.port), 5).close()
        return True
    except ConnectionRefusedError:
        return False


class PatientSimulator(Simulator):
    """A bridge that is asked again for what it cannot tell because it restarts."""

    def request(self, method, path, *args, **kwargs):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return super().request(method, path, *args, **kwargs)
            except (OSError, http.client.HTTPException):
                if method == "POST" or time.monotonic() > end:
                    raise
            time.sleep(0.2)


class Stage:
    """One cell's bridge and application."""

    OPTIONS = "--ble-time=0", "--action-time=0.3", "--press-after=0.05", "--discovery-port=0"

    def __init__(self, *options, token=None):
        self.folder = tempfile.TemporaryDirectory(prefix="latch-matrix-", dir=MEMORY)
        self.simulator = PatientSimulator("--lock=1:Home", *self.OPTIONS, *options, token=token)
        self.simulators = [self.simulator]
        self.left_behind = []
        self.discovery = self.simulator.discovery
        self.probe = None
        self.truth = Truth(LOCKED)

    def __enter__(self):
        return self

    def tell_story(self):
        """What happened, in the order in which it did, for whoever wants to know why."""
        now = time.monotonic()
        story = [(when, f"shows “{event['locks'][0]['title']}”, banner “{event['banner']}”, updates “{event['updates']}”"
                  if event["event"] == "shown" and event["locks"] else str(event)) for when, event in self.probe.history]
        story += [(when, f"the bolt is {state}") for when, state in self.truth.times]
        for entry in self.requests():
            when = datetime.fromisoformat(entry["time"]).timestamp() - time.time() + now
            story.append((when, f"{entry['path']} {entry.get('status')} {entry.get('fault', '')}"))
        return "\n".join(f"{when - self.truth.times[0][0]:8.3f} {text}" for when, text in sorted(story))

    def __exit__(self, kind, value, trace):
        if value and self.probe:
            value.add_note(self.tell_story())
        try:
            start = time.monotonic()
            self.end(kind)
            # Where it took longer, it may have given up
            if kind is None and time.monotonic() - start < 2 and self.slots():
                raise Wrong(f"it leaves its place with the bridge behind: {self.slots()}")
        finally:
            for simulator in self.simulators:
                simulator.__exit__(kind, value, trace)
            self.folder.cleanup()

    def start(self):
        self.probe = Probe(self.folder.name, self.discovery)
        return self.probe

    def end(self, kind=None):
        if self.probe:
            probe, self.probe = self.probe, None
            probe.__exit__(kind, None, None)

    def slots(self):
        """Whom the bridge tells of changes. An application that left its place behind may find that somebody else
        listens there when it comes back, as happens where there are so many: then it leaves that alone."""
        urls = [callback["url"] for callback in self.simulator.state()["callbacks"]]
        return [url for url in urls if url not in self.left_behind or not is_served(url)]

    def prepare_move(self):
        """The same bridge at another address, which the search tells."""
        elsewhere = PatientSimulator(f"--lock=1:Home:{UNLOCKED}", *self.OPTIONS, token=self.simulator.token)
        self.simulators.append(elsewhere)
        self.discovery = elsewhere.discovery
        return elsewhere

    def move(self, simulator):
        """The bridge is somewhere else now, and its door unlocked. Returns when that happened."""
        self.simulators.remove(self.simulator)
        self.simulator.__exit__(None, None, None)
        self.simulator = simulator
        self.truth.turns(UNLOCKED)
        return time.monotonic()

    @property
    def address(self):
        return self.simulator.host, self.simulator.port

    def turn(self, state):
        """Somebody turns the key by hand."""
        self.truth.turns(state)  # what it tells may be here before the answer
        self.simulator.steer("locks/1", state=state)

    def fault(self, kind, path, count=""):
        self.simulator.fault(kind, path, count)

    def mend(self):
        """Returns when the fault ended."""
        self.simulator.request("DELETE", "/simulator/faults")
        return time.monotonic()

    def requests(self, path=None):
        return [entry for entry in self.simulator.journal() if path in (None, entry["path"])]


__all__ = ["LOCKED", "PATIENCE", "UNLOCKED", "Probe", "Stage", "Truth", "Wrong", "is_served"]
