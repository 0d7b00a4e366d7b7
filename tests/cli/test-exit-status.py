# SPDX-License-Identifier: GPL-3.0-or-later
"""What the exit status says: scripts rely on it."""

import socket

from ctl import address, bridge, ctl, environment, equal, main, run, test


@test("/exit-status/0/done")
def _():
    with bridge() as simulator:
        equal(ctl(simulator, "list").status, 0)


@test("/exit-status/1/refused-or-failed")
def _():
    with bridge("--software-bridge") as simulator:
        ctl(simulator, "log").failed(1)
        ctl(simulator, "reboot", "--yes").failed(1)
    with bridge() as simulator:
        simulator.steer("locks/1", offline=1)
        ctl(simulator, "lock", "1").failed(1)
        simulator.fault("success-false", "/configAuth")
        ctl(simulator, "auth", "enable").failed(1)
        simulator.fault("status-410", "/lockState")
        ctl(simulator, "status", "2").failed(1)


@test("/exit-status/2/usage")
def _():
    run("frobnicate").failed(2)


@test("/exit-status/3/bridge-not-reachable")
def _():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        where = f"--bridge=127.0.0.1:{nobody.getsockname()[1]}"
        for command in (["list"], ["list", "--json"], ["lock", "Home"], ["info"], ["log"], ["reboot", "--yes"]):
            equal(run(where, *command).failed(3, "cannot be reached").out, "")
    run("--bridge=no-such-host.invalid", "list").failed(3)


@test("/exit-status/3/not-a-bridge")
def _():
    with bridge() as simulator:
        for fault in ("garbage", "truncate", "huge", "deep", "empty", "redirect", "wrong-types", "reset"):
            simulator.fault(fault, "/list", 1)
            result = ctl(simulator, "list")
            assert result.status == 3 and result.err.startswith("nightlatchctl: "), (fault, result)
        simulator.fault("hang", "/list", 1)
        ctl(simulator, "list", "--timeout=1").failed(3, "in time")


@test("/exit-status/4/not-authorized")
def _():
    with bridge() as simulator:
        wrong = environment(token="wr0ngt0ken")
        for command in (["list"], ["lock", "1"], ["info"], ["reboot", "--yes"], ["watch"]):
            ctl(simulator, *command, env=wrong).failed(4, "token")
        ctl(simulator, "list", auth="auto", env=wrong).failed(4, "token")
        ctl(simulator, "list", env=environment(token=None)).failed(4, "nightlatchctl pair " + address(simulator))


@test("/exit-status/4/a-wrong-clock")
def _():
    with bridge("--clock-offset=-3600") as simulator:
        ctl(simulator, "list", auth="auto").failed(4, "clock", "60 minutes")


@test("/exit-status/5/no-such-lock")
def _():
    with bridge() as simulator:
        for command in ("status", "lock", "unlatch"):
            ctl(simulator, command, "Nowhere").failed(5, "Nowhere")
        ctl(simulator, "unpair", "99", "--yes").failed(5)
        simulator.fault("status-404", "/lockState")
        ctl(simulator, "status", "Home").failed(5)


@test("/exit-status/5/no-such-bridge")
def _():
    for command in ("list", "watch", "info", "forget"):
        run(command, env=environment(token=None)).failed(5, "nightlatchctl pair")
        run(command, "--bridge=4711").failed(5, "4711")
    run("lock", "Home", env=environment(token=None)).failed(5)


@test("/exit-status/6/bridge-stayed-busy")
def _():
    with bridge() as simulator:
        simulator.fault("status-503")
        ctl(simulator, "list", "--timeout=5").failed(6, "busy")
        ctl(simulator, "auth", "disable").failed(6)


@test("/exit-status/6/a-bridge-that-is-busy-for-a-moment-is-waited-for")
def _():
    with bridge() as simulator:
        simulator.fault("status-503", "/list", 1)
        ctl(simulator, "list").done()


@test("/exit-status/7/outcome-unknown")
def _():
    with bridge() as simulator:
        simulator.fault("reset")
        for command in (["reboot", "--yes"], ["auth", "enable"], ["log", "clear"], ["callbacks", "remove", "0"],
                        ["callbacks", "add", "http://127.0.0.1:1/"], ["firmware-update", "--yes"],
                        ["factory-reset", "--yes"]):
            ctl(simulator, *command).failed(7, "may or may not")
        simulator.request("DELETE", "/simulator/faults")
        simulator.fault("reset", "/unpair")
        ctl(simulator, "unpair", "Home", "--yes").failed(7)


main()
