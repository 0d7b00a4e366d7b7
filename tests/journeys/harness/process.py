# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that end when we do."""

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
