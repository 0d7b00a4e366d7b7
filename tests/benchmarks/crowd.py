# SPDX-License-Identifier: GPL-3.0-or-later
"""Many locks: bridges that are real simulators, and a window that knows them."""

import json
import os
import pathlib
import subprocess
import tempfile

TOKEN = "s3cretT0ken"
PROGRAM = pathlib.Path(os.environ["NIGHTLATCH_BENCHMARKS"]) / "benchmark-crowd"


class Crowd:
    def __init__(self, n_bridges, n_locks):
        """Each of the bridges has `n_locks`."""
        self._n_bridges = n_bridges
        self._n_locks = n_locks

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="latch-")
        self._bridges = [self._start(number) for number in range(self._n_bridges)]
        ports = [bridge.stdout.readline().split(":")[-1].strip() for bridge in self._bridges]
        self._run(*ports)
        return self

    def __exit__(self, *_):
        for bridge in self._bridges:
            bridge.terminate()
        for bridge in self._bridges:
            bridge.wait()
            bridge.stdout.close()
        self._folder.cleanup()

    def _start(self, number):
        return subprocess.Popen(
            [os.environ["NIGHTLATCH_SIMULATOR"], "--port=0", f"--bridge-id={1000 + number}", f"--token={TOKEN}",
             f"--locks={self._n_locks}", "--until-eof"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def _run(self, *ports):
        environment = os.environ | {"G_DEBUG": "fatal-warnings"}
        return subprocess.run([PROGRAM, self._folder.name, *ports], env=environment, stdout=subprocess.PIPE, check=True,
                              text=True).stdout

    def measure(self):
        """Opens a window. Returns lists of figures by what they are of."""
        figures = next(json.loads(line) for line in self._run().splitlines() if line.startswith("{"))
        return {name: figure["values"] for name, figure in figures.items()}


def merge(runs):
    """The figures of several windows, in one."""
    return {name: [value for run in runs for value in run[name]] for name in runs[0]}
