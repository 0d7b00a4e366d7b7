#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nightlatchctl list` as a whole process, beside curl, which fetches the same and understands nothing, and pynuki."""

import os
import subprocess
import sys
import tempfile

from household import BUILD, N_LOCKS
from harness import Simulator
from results import Results, median

RUNS = int(os.environ.get("NIGHTLATCH_RUNS", 31))
GOAL_CURL, GOAL_PYNUKI, GOAL_MEMORY = 3, 10, 1 / 3
TOKEN = "abc123"
PYNUKI = """
import sys
from pynuki import NukiBridge
for lock in NukiBridge(sys.argv[1], sys.argv[2], port=int(sys.argv[3]), secure=False).locks:
    print(lock.name, lock.state_name, lock.battery_critical)
"""


def measure(command, environment):
    """Milliseconds, and MiB at most."""
    done = subprocess.run([BUILD / "tests/benchmarks/run-once", *command], env=environment, check=True,
                          capture_output=True, text=True)
    milliseconds, kib = done.stdout.split()
    return float(milliseconds), float(kib) / 1024


def main():
    simulator = Simulator(BUILD / "src/simulator/nightlatch-simulator", f"--token={TOKEN}", f"--locks={N_LOCKS}", "--press-after=0")
    environment = {name: value for name, value in os.environ.items() if name not in ("G_DEBUG", "G_ENABLE_DIAGNOSTIC")}
    environment |= {"NIGHTLATCH_TOKEN": TOKEN, "GSETTINGS_SCHEMA_DIR": str(BUILD / "data"),
                    "NIGHTLATCH_DATA_DIR": tempfile.mkdtemp(dir=os.environ["HOME"])}
    # A bridge that it knows: of another it would also ask who that is
    subprocess.run([BUILD / "src/cli/nightlatchctl", "pair", simulator.address], env=environment, check=True,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    script = os.path.join(os.environ["HOME"], "list-by-pynuki.py")
    with open(script, "w", encoding="utf-8") as file:
        file.write(PYNUKI)
    commands = {
        "nightlatchctl list": [str(BUILD / "src/cli/nightlatchctl"), "list"],
        "curl": ["/usr/bin/curl", "--silent", "--fail", f"{simulator.url}/list?token={TOKEN}"],
        "pynuki": [sys.executable, script, "127.0.0.1", TOKEN, str(simulator.port)],
    }
    for command in commands.values():
        check_output(command, environment)
        measure(command, environment)
    figures = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            figures[name].append(measure(command, environment))
    simulator.stop()

    ours, curl, pynuki = ([list(column) for column in zip(*figures[name])] for name in commands)
    times = [[one / other for one, other in zip(*pair)] for pair in ((ours[0], curl[0]), (pynuki[0], ours[0]))]
    memory = [one / other for one, other in zip(ours[1], pynuki[1])]
    results = Results("list", f"at most {GOAL_CURL} times as long as curl; at least {GOAL_PYNUKI} times as fast as pynuki, "
                              "in a third of its memory; medians")
    results.add(f"{N_LOCKS} locks, {RUNS} times each, in turn",
                median(times[0]) <= GOAL_CURL and median(times[1]) >= GOAL_PYNUKI and median(memory) <= GOAL_MEMORY, {
                    "nightlatchctl list, in ms": ours[0], "curl, in ms": curl[0], "pynuki, in ms": pynuki[0],
                    "nightlatchctl, times as long as curl": times[0], "nightlatchctl, times as fast as pynuki": times[1],
                    "nightlatchctl: memory at most, in MiB": ours[1], "curl: memory at most, in MiB": curl[1],
                    "pynuki: memory at most, in MiB": pynuki[1], "nightlatchctl's memory, in pynuki's": memory,
                })
    results.write()


def check_output(command, environment):
    """They all list the locks, or fail."""
    text = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    if text.count("Door") == 0:
        sys.exit(f"{command[0]} lists no locks")


main()
