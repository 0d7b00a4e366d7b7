# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulator's tests share: a simulator to talk to, a receiver of its callbacks, TAP on standard output."""

import hashlib
import http.client
import http.server
import json
import os
import queue
import re
import socket
import subprocess
import sys
import threading
import time
import traceback
import urllib.parse
from datetime import datetime, timedelta, timezone

PROGRAM = os.environ["NIGHTLATCH_SIMULATOR"]
TOKEN = "123456"
DEADLINE = 20

_tests = []


def test(name):
    """Registers a function as the test called `name`, which reads as a fact."""

    def register(function):
        _tests.append((name, function))
        return function

    return register


def main():
    print(f"1..{len(_tests)}")
    failed = 0
    for number, (name, function) in enumerate(_tests, 1):
        try:
            function()
            print(f"ok {number} {name}", flush=True)
        except Exception:
            failed += 1
            print(f"not ok {number} {name}")
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
    sys.exit(1 if failed else 0)


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"got {actual!r}, expected {expected!r}")


def wait_until(condition, what="condition", deadline=DEADLINE):
    """Waits for a condition, not for a time."""
    end = time.monotonic() + deadline
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come true within {deadline} s")
        time.sleep(0.01)


class Response:
    def __init__(self, status, reason, headers, body):
        self.status, self.reason, self.headers, self.body = status, reason, headers, body

    @property
    def json(self):
        equal(self.headers["Content-Type"], "application/json;charset=utf-8")
        return json.loads(self.body)

    @property
    def text(self):
        return self.body.decode()


class Simulator:
    """A simulator on ports of its own. Leaving its block stops it, and it must have had nothing to complain about."""

    def __init__(self, *options, token=TOKEN, stdin=subprocess.DEVNULL, env=None):
        self.token = token
        command = [PROGRAM, "--port=0", *([f"--token={token}"] if token else []), *options]
        self.process = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, bufsize=1, env={**os.environ, **(env or {})})
        first = self.process.stdout.readline()
        match = re.fullmatch(r"Bridge listening on http://(\S+):(\d+)\n", first)
        if not match:
            raise AssertionError(f"first line was {first!r}: {self.process.stderr.read()}")
        self.host, self.port = match[1].strip("[]"), int(match[2])
        self.discovery = None
        if any(option.startswith("--discovery-port") for option in options):
            match = re.fullmatch(r"Discovery at (http://\S+/discover/bridges)\n", self.process.stdout.readline())
            self.discovery = match[1]

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.process.terminate()
        output, errors = self.process.communicate(timeout=DEADLINE)
        if kind is None:
            equal((self.process.returncode, output, errors), (0, "", ""))
        elif errors:
            print("\n".join(f"# {line}" for line in errors.splitlines()))

    def request(self, method, path, params=None, timeout=DEADLINE):
        query = "?" + urllib.parse.urlencode(params) if params else ""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.request(method, path + query)
            response = connection.getresponse()
            return Response(response.status, response.reason, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path, timeout=DEADLINE, **params):
        """A request with the plain token, unless `params` has a proof of its own."""
        if self.token and not {"token", "hash", "ctoken"} & params.keys():
            params["token"] = self.token
        return self.request("GET", path, params, timeout)

    def bare(self, path, **params):
        return self.request("GET", path, params)

    def raw(self, request, end=False):
        """Everything that the simulator says to these bytes, and perhaps their end, before it closes the connection."""
        with socket.create_connection((self.host, self.port), DEADLINE) as connection:
            connection.sendall(request)
            if end:
                connection.shutdown(socket.SHUT_WR)
            answer = b""
            while chunk := connection.recv(65536):
                answer += chunk
            return answer

    def steer(self, what, /, **params):
        response = self.request("POST", "/simulator/" + what, params)
        equal(response.status, 200)
        return response.json

    def fault(self, kind, path="", count=""):
        self.steer("faults", kind=kind, path=path, count=count)

    def state(self):
        return self.request("GET", "/simulator/state").json

    def truth(self, nuki_id=1):
        return next(lock for lock in self.state()["locks"] if lock["nukiId"] == nuki_id)

    def known(self, nuki_id=1):
        return next(lock for lock in self.get("/list").json if lock["nukiId"] == nuki_id)

    def journal(self):
        return self.request("GET", "/simulator/requests").json

    def later(self, path, **params):
        """Makes a request in the background; the result's `join()` returns the response."""
        return Later(lambda: self.get(path, **params))


class Later(threading.Thread):
    def __init__(self, function):
        super().__init__(daemon=True)
        self.function, self.result, self.error = function, None, None
        self.start()

    def run(self):
        try:
            self.result = self.function()
        except Exception as error:
            self.error = error

    def join(self, timeout=DEADLINE):
        super().join(timeout)
        if self.is_alive():
            raise AssertionError("still no answer")
        if self.error:
            raise self.error
        return self.result


class Receiver:
    """Takes callbacks as an app would; with `slow` set, it never answers."""

    def __init__(self, slow=False):
        received = self.received = queue.Queue()
        self.release = threading.Event()
        release = self.release

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received.put((self.path, dict(self.headers), json.loads(body)))
                if slow:
                    release.wait(DEADLINE)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/nuki"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.release.set()
        self.server.shutdown()
        self.server.server_close()

    def next(self, timeout=DEADLINE):
        """The body of the next callback."""
        return self.received.get(timeout=timeout)[2]

    def states(self, count):
        return [self.next()["state"] for _ in range(count)]

    def is_silent(self):
        return self.received.empty()


def stamp(offset=0):
    return (datetime.now(timezone.utc) + timedelta(seconds=offset)).strftime("%Y-%m-%dT%H:%M:%SZ")


def hashed(token=TOKEN, ts=None, rnr=4711):
    ts = ts or stamp()
    return {"ts": ts, "rnr": rnr, "hash": hashlib.sha256(f"{ts},{rnr},{token}".encode()).hexdigest()}


def encrypted(token=TOKEN, ts=None, rnr=4711, nonce=None):
    """An implementation of its own: PyNaCl, not the library that the simulator uses directly."""
    import nacl.secret
    import nacl.utils

    nonce = nonce or nacl.utils.random(24)
    box = nacl.secret.SecretBox(hashlib.sha256(token.encode()).digest())
    ctoken = box.encrypt(f"{ts or stamp()},{rnr}".encode(), nonce).ciphertext
    return {"ctoken": ctoken.hex(), "nonce": nonce.hex()}
