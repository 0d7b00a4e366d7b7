# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that end when we do."""

import os
import select
import signal
import subprocess


def start(command, **options):
    """Starts `command`; even where we are killed, it will not outlive us."""
    return subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *map(str, command)], **options)


def stop(process):
    """Ends `process`, kindly first."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Foreign:
    """A process that somebody else has started, as far as one can tell of it."""

    def __init__(self, pid):
        self.pid = pid
        self._descriptor = os.pidfd_open(pid)
        self.returncode = None

    def poll(self):
        # How it ended, only its parent hears
        if self.returncode is None and select.select([self._descriptor], [], [], 0)[0]:
            self.returncode = 0
            os.close(self._descriptor)
        return self.returncode

    def kill(self):
        signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)

    def terminate(self):
        signal.pidfd_send_signal(self._descriptor, signal.SIGTERM)

    def send_signal(self, number):
        signal.pidfd_send_signal(self._descriptor, number)

    def wait(self, timeout=None):
        if self.returncode is None and not select.select([self._descriptor], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("", timeout)
        return self.poll()
