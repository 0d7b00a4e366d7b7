# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop with a bridge and ten locks that the application knows, and next to it an empty window."""

import os
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from harness import BUILD, Stage, bus, steps, wait_until  # noqa: E402,F401
from harness.stage import APPLICATION  # noqa: E402,F401

N_LOCKS = 10
OURS = BUILD / "src/nightlatch"
EMPTY = BUILD / "tests/benchmarks/empty-window"
PRELOADED = BUILD / "tests/benchmarks/libfirst-frame.so"


class Program:
    """A program that has just been started; times are in seconds since then."""

    def __init__(self, command, environment):
        reader, writer = os.pipe()
        os.set_inheritable(writer, True)
        log = os.open("/dev/null", os.O_WRONLY)
        environment = environment | {"LD_PRELOAD": str(PRELOADED), "NIGHTLATCH_FRAMES_FD": str(writer)}
        self._begin = time.monotonic()
        self.pid = os.posix_spawn(command[0], command, environment,
                                  file_actions=[(os.POSIX_SPAWN_DUP2, log, 1), (os.POSIX_SPAWN_DUP2, log, 2)])
        os.close(writer)
        os.close(log)
        self._frames = os.fdopen(reader)

    def wait_frame(self, what="first"):
        """When the frame was on the screen that `what` calls."""
        for line in self._frames:
            name, when = line.split()
            if name == what:
                return int(when) / 1e6 - self._begin
        raise AssertionError("it ended before there was a frame")

    def read(self, name):
        return pathlib.Path(f"/proc/{self.pid}/{name}").read_text(encoding="utf-8")

    def stop(self):
        os.kill(self.pid, signal.SIGTERM)
        os.waitpid(self.pid, 0)
        self._frames.close()


class Household(Stage):
    """As Stage; the application has been paired, and has seen all locks."""

    def __enter__(self):
        stage = super().__enter__()
        self.settings(discovery_enabled="false")
        self.bridge = self.simulator("--token=abc123", f"--locks={N_LOCKS}")
        app = self.app(self.bridge)
        steps.pair_by_token(app, self.bridge, "abc123")
        wait_until(lambda: sum(node.role == "list item" for node in app.list("Home").wait().walk()) == N_LOCKS,
                   "the locks do not show")
        app.quit()
        return stage

    def _run(self, *command, **more):
        environment = os.environ | self._environment(self.bridge) | self.display.environment | more
        for name in ("G_DEBUG", "G_ENABLE_DIAGNOSTIC"):
            environment.pop(name, None)
        return Program([str(word) for word in command], environment)

    def run_ours(self, *options):
        return self._run(OURS, *options, NIGHTLATCH_FRAMES_WANTED=f"{N_LOCKS} LatchLockRow")

    def run_empty(self):
        return self._run(EMPTY)
