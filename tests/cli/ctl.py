# SPDX-License-Identifier: GPL-3.0-or-later
"""What the command line's tests share: the real program, against the simulator."""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import termios
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "simulator"))

from harness import DEADLINE, Simulator, equal, wait_until  # noqa: E402,F401

CTL = os.environ["NIGHTLATCHCTL"]
TOKEN = "Tok3nS3cret"

# Nobody's bridges, unless a test makes some
_folder = tempfile.TemporaryDirectory(prefix="latch-ctl-")
EMPTY = _folder.name


_tests = []


def test(name):
    """Registers a function as the test called `name`, which reads as a fact."""

    def register(function):
        _tests.append((name, function))
        return function

    return register


def main():
    """Runs the tests side by side: nearly all of their time they wait for a bridge that takes its time."""
    print(f"1..{len(_tests)}", flush=True)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        running = [(name, pool.submit(function)) for name, function in _tests]
        for number, (name, future) in enumerate(running, 1):
            error = future.exception()
            print(f"{'not ok' if error else 'ok'} {number} {name}", flush=True)
            if error:
                failed += 1
                for line in "".join(traceback.format_exception(error)).splitlines():
                    print(f"# {line}", flush=True)
    sys.exit(1 if failed else 0)


def bridge(*options, token=TOKEN, **others):
    """A simulated bridge that is faster than real ones."""
    options = ["--action-time=0.2", "--ble-time=0.02", "--lock-n-go-time=0.2", *options]
    return Simulator(*options, token=token, **others)


def address(simulator):
    return f"{simulator.host}:{simulator.port}"


def environment(token=TOKEN, folder=EMPTY, **changes):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("NIGHTLATCH_", "NO_COLOR"))}
    env["NIGHTLATCH_DATA_DIR"] = folder
    if token is not None:
        env["NIGHTLATCH_TOKEN"] = token
    for name, value in changes.items():
        if value is None:
            env.pop(name, None)
        else:
            env[name] = value
    return env


@contextlib.contextmanager
def preferences(**values):
    """What to change in the environment to have somebody choose these in the window."""
    with tempfile.TemporaryDirectory() as folder:
        lines = "".join(f"{key.replace('_', '-')}={str(value).lower()}\n" for key, value in values.items())
        path = pathlib.Path(folder, "glib-2.0", "settings", "keyfile")
        path.parent.mkdir(parents=True)
        path.write_text(f"[{os.environ['NIGHTLATCH_APP_ID'].replace('.', '/')}]\n{lines}")
        yield {"XDG_CONFIG_HOME": folder, "GSETTINGS_BACKEND": "keyfile",
               "GSETTINGS_SCHEMA_DIR": os.environ["NIGHTLATCH_SCHEMAS"]}


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def json(self):
        return json.loads(self.out)

    def done(self):
        if self.status != 0:
            raise AssertionError(f"exit status {self.status}: {self.err}")
        return self

    def failed(self, status, *words):
        """It failed in this way, with one message that has these words in it."""
        if self.status != status:
            raise AssertionError(f"exit status {self.status}, expected {status}: {self.out}{self.err}")
        if not self.err.startswith("nightlatchctl: "):
            raise AssertionError(f"not a message: {self.err!r}")
        for word in words:
            if word not in self.err:
                raise AssertionError(f"{word!r} is not in {self.err!r}")
        return self

    def __repr__(self):
        return f"Result({self.status}, {self.out!r}, {self.err!r})"


def check_output(*texts):
    """What must never be printed, whatever the test is about."""
    for text in texts:
        if TOKEN in text:
            raise AssertionError(f"the token is in the output: {text!r}")
        if "Sanitizer" in text:
            raise AssertionError(text)


def run(*arguments, stdin=None, env=None):
    """Runs nightlatchctl as it is."""
    process = subprocess.run([CTL, *arguments], input=stdin, capture_output=True, text=True, timeout=2 * DEADLINE,
                             stdin=subprocess.DEVNULL if stdin is None else None, env=env or environment())
    check_output(process.stdout, process.stderr)
    return Result(process.returncode, process.stdout, process.stderr)


def ctl(simulator, *arguments, auth="plain", **others):
    """Runs nightlatchctl for one bridge. A plain token needs no trials, which saves time."""
    return run(f"--bridge={address(simulator)}", f"--auth={auth}", *arguments, **others)


def paths(simulator):
    """What the bridge was asked, in order. Waits for one that restarts."""

    def ask():
        with contextlib.suppress(ConnectionError):
            return [[request["path"] for request in simulator.journal()]]

    return wait_until(ask, "the bridge's return")[0]


def queries(simulator, path):
    return [request["query"] for request in simulator.journal() if request["path"] == path]


class Terminal:
    """nightlatchctl on a terminal."""

    def __init__(self, *arguments, env=None, stdout=None):
        self.master, slave = pty.openpty()
        self.text = ""
        self.process = subprocess.Popen([CTL, *arguments], stdin=slave, stdout=stdout or slave, stderr=slave,
                                        env=env or environment(TERM="xterm"), start_new_session=True)
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)

    def read(self, end):
        """Reads what is there until `end` at the latest; whether there may be more."""
        if not select.select([self.master], [], [], max(0, end - time.monotonic()))[0]:
            raise AssertionError(f"nothing more came after {self.text!r}")
        try:
            data = os.read(self.master, 4096)
        except OSError:  # what Linux says when nobody has the other side open any more
            return False
        self.text += data.decode(errors="replace")
        return bool(data)

    def read_until(self, is_there, what):
        end = time.monotonic() + DEADLINE
        while not is_there():
            if not self.read(end):
                raise AssertionError(f"{what!r} did not come: {self.text!r}")
        return self

    def expect(self, words):
        return self.read_until(lambda: words in self.text, words)

    def expect_match(self, pattern):
        return self.read_until(lambda: re.search(pattern, self.text), pattern)

    def echoes(self):
        return bool(termios.tcgetattr(self.master)[3] & termios.ECHO)

    def type(self, text):
        os.write(self.master, text.encode())
        return self

    def finish(self):
        end = time.monotonic() + DEADLINE
        with contextlib.suppress(AssertionError):
            while self.read(end):
                pass
        status = self.process.wait(timeout=DEADLINE)
        check_output(self.text)
        return status


class Stream:
    """nightlatchctl in the background, read line by line."""

    def __init__(self, *arguments, env=None):
        self.process = subprocess.Popen([CTL, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=env or environment())
        self.output = self.errors = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def _take(self, timeout):
        """Reads what has come; whether something has."""
        pipes = select.select([self.process.stdout, self.process.stderr], [], [], timeout)[0]
        came = False
        for pipe in pipes:
            data = os.read(pipe.fileno(), 65536)
            came = came or bool(data)
            if pipe is self.process.stdout:
                self.output += data
            else:
                self.errors += data
        check_output(self.output.decode(), self.errors.decode())
        return came

    def line(self):
        """The next line of the output."""
        while b"\n" not in self.output:
            if not self._take(DEADLINE):
                raise AssertionError(f"no line came; errors: {self.errors!r}")
        line, _, self.output = self.output.partition(b"\n")
        return line.decode()

    def expect_error(self, words):
        while words not in self.errors.decode():
            if not self._take(DEADLINE):
                raise AssertionError(f"{words!r} is not in {self.errors!r}")

    def finish(self):
        """The exit status, once it has ended; what is left to read is in `output` and `errors`."""
        end = time.monotonic() + DEADLINE
        while self._take(max(0, end - time.monotonic())):
            pass
        return self.process.wait(timeout=DEADLINE)

    def stop(self, signal_number):
        self.process.send_signal(signal_number)
        return self.finish()
