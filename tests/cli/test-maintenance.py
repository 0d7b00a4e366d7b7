# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands that change the bridge, and how they ask first."""

import signal

from ctl import Terminal, address, bridge, ctl, equal, main, paths, test

ASKING = {"unpair Home": "/unpair", "firmware-update": "/fwupdate", "reboot": "/reboot",
          "factory-reset": "/factoryReset"}


def on_terminal(simulator, *arguments):
    return Terminal(f"--bridge={address(simulator)}", "--auth=plain", *arguments)


@test("/maintenance/auth/turns-pairing-on-and-off")
def _():
    with bridge() as simulator:
        assert "turned off" in ctl(simulator, "auth", "disable").done().out
        equal(simulator.state()["authEnabled"], False)
        equal(ctl(simulator, "auth", "enable", "--json").done().json, {"bridgeId": "2117604523", "success": True})
        equal(simulator.state()["authEnabled"], True)


@test("/maintenance/log-clear")
def _():
    with bridge() as simulator:
        ctl(simulator, "unlock", "Home").done()
        ctl(simulator, "log", "clear").done()
        assert len(ctl(simulator, "log", "--json").done().json) <= 2


@test("/maintenance/without-a-terminal/needs-yes")
def _():
    with bridge() as simulator:
        for command in ASKING:
            ctl(simulator, *command.split()).failed(2, "--yes")
        equal(paths(simulator), [])


@test("/maintenance/yes/does-not-ask")
def _():
    for command, path in ASKING.items():
        with bridge("--reboot-time=0.1") as simulator:
            ctl(simulator, "--yes", *command.split()).done()
            equal(paths(simulator).count(path), 1)


@test("/maintenance/wait/tells-what-came-of-it")
def _():
    with bridge("--reboot-time=1") as simulator:
        assert "there again" in ctl(simulator, "reboot", "--yes", "--wait").done().out
        equal(paths(simulator).count("/reboot"), 1)
    with bridge("--reboot-time=1") as simulator:
        result = ctl(simulator, "reboot", "--yes", "--wait", "--json").done().json
        equal([result["success"], result["outcome"]], [True, "restarted"])
        ctl(simulator, "log", "--wait").failed(2, "--wait")


@test("/maintenance/wait/tells-of-a-refusal")
def _():
    with bridge() as simulator:
        simulator.fault("success-false", "/reboot", 1)
        ctl(simulator, "reboot", "--yes", "--wait").failed(1)
        equal(paths(simulator).count("/reboot"), 1)


@test("/maintenance/terminal/yes-is-needed")
def _():
    for command in ("unpair Home", "firmware-update", "reboot"):
        with bridge("--reboot-time=0.1") as simulator:
            for answer in ("\n", "n\n", "no\n", "yuck, no\n", "yes?\n", "\x04"):
                with on_terminal(simulator, *command.split()) as terminal:
                    terminal.expect("[y/N]").type(answer)
                    equal(terminal.finish(), 1)
                    assert "nothing was done" in terminal.text
            assert ASKING[command] not in paths(simulator)
            with on_terminal(simulator, *command.split()) as terminal:
                terminal.expect("[y/N]").type("Yes\n" if command == "reboot" else "y\n")
                equal(terminal.finish(), 0)
            equal(paths(simulator).count(ASKING[command]), 1)


@test("/maintenance/terminal/a-factory-reset-needs-the-bridges-name")
def _():
    with bridge("--reboot-time=0.1") as simulator:
        for answer in ("y\n", "yes\n", "\n", address(simulator)[:-1] + "\n"):
            with on_terminal(simulator, "factory-reset") as terminal:
                terminal.expect("to go on:").type(answer)
                equal(terminal.finish(), 1)
        assert "/factoryReset" not in paths(simulator)
        with on_terminal(simulator, "factory-reset") as terminal:
            terminal.expect(address(simulator)).expect("to go on:").type(address(simulator) + "\n")
            equal(terminal.finish(), 0)
        equal(paths(simulator), ["/factoryReset"])


@test("/maintenance/terminal/an-interrupted-question-does-nothing")
def _():
    with bridge() as simulator:
        with on_terminal(simulator, "reboot") as terminal:
            terminal.expect("[y/N]")
            terminal.process.send_signal(signal.SIGINT)
            equal(terminal.finish(), -signal.SIGINT)
        equal(paths(simulator), [])


main()
