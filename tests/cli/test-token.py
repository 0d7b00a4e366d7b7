# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the token comes from, how it is shown, and that it is seen nowhere else."""

import os
import pathlib
import signal
import tempfile

from ctl import TOKEN, Terminal, address, bridge, ctl, environment, equal, main, test

NONE = environment(token=None)


def used(simulator):
    return [request.get("auth") for request in simulator.journal()]


def with_file(simulator, content, *arguments, env=NONE, auth="plain"):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "token"
        path.write_bytes(content)
        return ctl(simulator, *arguments, f"--token-file={path}", env=env, auth=auth)


@test("/token/file/ends-with-its-line")
def _():
    with bridge() as simulator:
        for end in ("", "\n", "\r\n"):
            with_file(simulator, (TOKEN + end).encode(), "list").done()


@test("/token/file/standard-input")
def _():
    with bridge() as simulator:
        ctl(simulator, "list", "--token-file=-", stdin=TOKEN + "\n", env=NONE).done()
        ctl(simulator, "list", "--token-file", "-", stdin=TOKEN, env=NONE).done()


@test("/token/file/a-terminal-does-not-show-it")
def _():
    with bridge() as simulator:
        for typed, status in ((TOKEN, 0), ("", 2), ("wr0ng", 4)):
            options = [f"--bridge={address(simulator)}", "--auth=plain", "--token-file=-"]
            with Terminal(*options, "list", env=NONE) as terminal:
                terminal.expect("Token: ").type(typed + "\n")
                equal(terminal.finish(), status)
                assert not typed or typed not in terminal.text, terminal.text
        with Terminal(f"--bridge={address(simulator)}", "list", "--token-file=-", env=NONE) as terminal:
            terminal.expect("Token: ")
            equal(terminal.echoes(), False)
            terminal.process.send_signal(signal.SIGINT)
            equal(terminal.finish(), -signal.SIGINT)
            equal(terminal.echoes(), True)


@test("/token/file/pipe")
def _():
    with bridge() as simulator:
        read, write = os.pipe()
        os.write(write, TOKEN.encode())
        os.close(write)
        with open(read) as pipe:
            ctl(simulator, "list", "--token-file=-", stdin=pipe.read(), env=NONE).done()


@test("/token/file/goes-before-the-variable")
def _():
    with bridge() as simulator:
        with_file(simulator, TOKEN.encode(), "list", env=environment(token="wr0ng")).done()
        with_file(simulator, b"wr0ng", "list", env=environment()).failed(4)


@test("/token/file/what-is-no-token-is-refused")
def _():
    with bridge() as simulator:
        for content, words in ((b"", "empty"), (b"\n", "empty"), (b"x" * 65, "too long"), (b"x" * 10000, "too long"),
                               (TOKEN.encode() + b"\nmore\n", "more than one line"), (b"\n\n", "more than one line"),
                               (b"a\x1b[31m", "characters"), ("tökén".encode(), "characters"), (b"a\0b", "characters")):
            with_file(simulator, content, "list").failed(2, "token", words)
        ctl(simulator, "list", "--token-file=-", stdin="", env=NONE).failed(2, "standard input", "empty")
        ctl(simulator, "list", "--token-file=/nonexistent", env=NONE).failed(2, "/nonexistent")
        ctl(simulator, "list", "--token-file=/", env=NONE).failed(2)
        ctl(simulator, "list", "--token-file=/dev/zero", env=NONE).failed(2)
        equal(simulator.journal(), [])


@test("/token/variable/what-is-no-token-is-refused")
def _():
    with bridge() as simulator:
        for value in ("", "x" * 65, "a\nb", "a\tb"):
            ctl(simulator, "list", env=environment(token=value)).failed(2, "NIGHTLATCH_TOKEN")


@test("/token/auth/each-form-is-what-is-sent")
def _():
    with bridge() as simulator:
        for mode in ("plain", "hashed", "encrypted"):
            ctl(simulator, "list", auth=mode).done()
        equal(used(simulator), ["plain", "hashed", "encrypted"])
        ctl(simulator, "lock", "Home", auth="auto").done()
        equal(set(used(simulator)[3:]), {"encrypted"})


@test("/token/auth/auto-takes-what-an-old-bridge-takes")
def _():
    with bridge("--api=1.6") as simulator:
        ctl(simulator, "list", auth="auto").done()
        equal(used(simulator)[-1], "plain")
        ctl(simulator, "list", auth="encrypted").failed(4)


@test("/token/secret/is-in-no-output")
def _():
    # Every run looks for it; this one has them say all that they can
    loud = environment(G_MESSAGES_DEBUG="all", G_DEBUG="gc-friendly")
    with bridge("--opener=9:Front") as simulator:
        for auth in ("plain", "auto"):
            for command in ("list", "status 1", "unlock 1", "open 9", "info", "log", "callbacks",
                            "callbacks add http://127.0.0.1:1/", "callbacks remove 0", "auth disable", "log clear",
                            "unpair 2 --yes", "reboot"):
                ctl(simulator, *command.split(), env=loud, auth=auth)
        for fault in ("garbage", "redirect", "status-401", "reset", "status-500", "truncate"):
            simulator.fault(fault, "/list", 1)
            assert ctl(simulator, "list", env=loud).status != 0, fault


main()
