# SPDX-License-Identifier: GPL-3.0-or-later
"""nightlatchctl of the Flatpak, as somebody at a terminal has it."""

import json
import os
import pty
import select
import signal
import subprocess
import time

from . import process
from .sandbox import command
from .waiting import TIMEOUT, Expectation, check

PROGRAM = "nightlatchctl"


class Ctl:
    """One that runs; on a terminal if it has one to `ask` on. What it says, both ways, is in `text`."""

    def __init__(self, stage, *arguments, simulator=None, **environment):
        self._terminal, theirs = pty.openpty()
        self.text = ""
        # Ctrl+C goes to all that a terminal has in front
        self._process = process.start([*command(program=PROGRAM), *arguments], stdin=theirs, stdout=theirs, stderr=theirs,
                                      env=stage.environment(simulator) | environment, start_new_session=True)
        os.close(theirs)

    def wait_text(self, text):
        """Waits until it says `text`."""
        end = time.monotonic() + TIMEOUT
        while text not in self.text:
            check(self._read(end), f"it does not say “{text}”, but {self.text}")

    def _read(self, end):
        if not select.select([self._terminal], [], [], max(0, end - time.monotonic()))[0]:
            return False
        try:
            data = os.read(self._terminal, 4096)
        except OSError:  # what Linux says when nobody has the other side open any more
            return False
        self.text += data.decode(errors="replace")
        return bool(data)

    def type(self, text):
        os.write(self._terminal, text.encode())

    def interrupt(self):
        """Presses Ctrl+C."""
        os.killpg(self._process.pid, signal.SIGINT)

    def wait_end(self):
        """How it ended."""
        end = time.monotonic() + TIMEOUT
        while self._read(end):
            pass
        try:
            return self._process.wait(max(1, end - time.monotonic()))
        except subprocess.TimeoutExpired as problem:
            raise Expectation(f"it does not end: {self.text}") from problem

    def stop(self):
        process.stop(self._process)
        os.close(self._terminal)


def ctl(stage, *arguments, status=0, **options):
    """What nightlatchctl does that runs to its end without a terminal."""
    done = stage.run(*arguments, program=PROGRAM, **options)
    check(done.returncode == status, f"nightlatchctl {arguments} ended with {done.returncode}: {done.stderr}")
    check("CRITICAL" not in done.stderr and "WARNING" not in done.stderr, done.stderr)
    return done


def ctl_json(stage, *arguments, **options):
    return json.loads(ctl(stage, *arguments, "--json", **options).stdout)
