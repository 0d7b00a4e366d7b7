# SPDX-License-Identifier: GPL-3.0-or-later
"""Terminals, pipes, and names that would like to be more than names."""

import http.server
import json
import os
import pathlib
import subprocess
import tempfile
import threading

from ctl import CTL, Terminal, address, bridge, ctl, environment, equal, main, run, test, wait_until

EVIL = "Evil\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\r\nHome"


def start(simulator, *arguments, **files):
    return subprocess.Popen([CTL, f"--bridge={address(simulator)}", "--auth=plain", *arguments], env=environment(),
                            stdin=subprocess.DEVNULL, text=True, **files)


def is_clean(text, allowed="\n"):
    return all(c.isprintable() or c in allowed for c in text)


@test("/output/names/never-control-a-terminal")
def _():
    with bridge("--lock=1:x", "--lock=2:x") as simulator:
        for nuki_id in (1, 2):
            simulator.steer(f"locks/{nuki_id}", name=EVIL)
        for command in (["list"], ["status", "1"], ["unlock", "1"], ["info"], ["log"], ["open", "1"]):
            result = ctl(simulator, *command)
            assert is_clean(result.out) and is_clean(result.err), result
        with Terminal(f"--bridge={address(simulator)}", "--auth=plain", "unpair", "1") as terminal:
            terminal.expect("[y/N]")
            assert is_clean(terminal.text, "\r\n"), terminal.text


@test("/output/names/arguments-that-are-repeated-are-clean-too")
def _():
    with bridge() as simulator:
        result = ctl(simulator, "unlock", EVIL).failed(5)
        assert is_clean(result.err), result
        assert is_clean(ctl(simulator, EVIL).failed(2).err)


class LyingBridge(http.server.BaseHTTPRequestHandler):
    """Hides control characters behind escapes, which are valid JSON."""

    def do_GET(self):
        body = json.dumps({"bridgeType": 1, "ids": {"serverId": 1}, "versions": {"firmwareVersion": EVIL + "\x9b\x7f"},
                           "scanResults": []}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@test("/output/json/has-no-raw-control-characters")
def _():
    with http.server.HTTPServer(("127.0.0.1", 0), LyingBridge) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        where = f"--bridge=127.0.0.1:{server.server_port}"
        result = run(where, "--auth=plain", "info", "--json").done()
        assert is_clean(result.out), result
        equal(result.json["versions"]["firmwareVersion"], EVIL + "\x9b\x7f")
        assert is_clean(run(where, "--auth=plain", "info").done().out)
        server.shutdown()


@test("/output/log/values-are-clean")
def _():
    with bridge() as simulator:
        simulator.fault("control-char", "/log")
        assert is_clean(ctl(simulator, "log").done().out)
        simulator.fault("bad-utf8", "/log")
        assert is_clean(ctl(simulator, "log", "--json").done().out)


@test("/output/colors/only-on-a-terminal-that-wants-them")
def _():
    with bridge() as simulator:
        for changes, colored in (({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False),
                                 ({"TERM": "dumb"}, False)):
            env = environment(**changes)
            with Terminal(f"--bridge={address(simulator)}", "--auth=plain", "list", env=env) as terminal:
                equal(terminal.finish(), 0)
                equal("\x1b[" in terminal.text, colored)
                assert "Locked" in terminal.text
        assert "\x1b" not in ctl(simulator, "list", env=environment(TERM="xterm")).done().out


@test("/output/pipe/nobody-reads-any-more")
def _():
    with bridge() as simulator:
        for command in (["list"], ["list", "--json"], ["unlock", "Home"], ["info"]):
            read, write = os.pipe()
            os.close(read)
            process = start(simulator, *command, stdout=write, stderr=subprocess.PIPE)
            os.close(write)
            equal((process.communicate()[1], process.returncode), ("", 0))


@test("/output/pipe/a-full-disk-is-an-error-of-what-only-reads")
def _():
    with bridge() as simulator, open("/dev/full", "w") as full:
        for command, status in ((["list"], 1), (["status", "Home", "--json"], 1), (["unlock", "Home"], 0)):
            process = start(simulator, *command, stdout=full, stderr=subprocess.PIPE)
            assert "could not be written" in process.communicate()[1]
            equal(process.returncode, status)


@test("/output/pipe/closed-files-do-not-get-what-we-print")
def _():
    with bridge() as simulator:
        def without(*files):
            def close():
                for file in files:
                    os.close(file)
            return close

        process = start(simulator, "list", preexec_fn=without(1), stderr=subprocess.PIPE)
        assert "could not be written" in process.communicate()[1]
        equal(process.returncode, 1)
        process = start(simulator, "unlock", "Home", preexec_fn=without(1), stderr=subprocess.PIPE)
        assert "could not be written" in process.communicate()[1]
        equal((process.returncode, simulator.truth(1)["state"]), (0, 3))
        process = start(simulator, "lock", "Home", preexec_fn=without(0, 1, 2))
        equal((process.wait(), simulator.truth(1)["state"]), (0, 1))
        equal({request["status"] for request in simulator.journal()}, {200})
        simulator.fault("hang", "/list")
        process = start(simulator, "list", "--timeout=20", preexec_fn=without(0, 1, 2))
        wait_until(lambda: len(simulator.journal()) > 5, "another request")
        equal({os.readlink(f"/proc/{process.pid}/fd/{file}") for file in range(3)}, {"/dev/null"})
        process.terminate()
        process.wait()


@test("/output/messages/from-below-look-like-our-own")
def _():
    with tempfile.TemporaryDirectory(prefix="latch-damaged-") as folder:
        pathlib.Path(folder, "nightlatch.db").write_bytes(b"no database" * 1000)
        result = run("list", env=environment(token=None, folder=folder)).failed(5, "damaged")
        equal([line.split(": ")[0] for line in result.err.splitlines()], ["nightlatchctl"] * 2)


main()
