#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests a second the simulated bridge answers on one core, beside a server that does nothing else."""

import os
import pathlib
import selectors
import socket
import subprocess
import time

from results import Results, median

GOAL = 0.7
AT_A_TIME = 8
N_REQUESTS = 2000
N_ROUNDS = 9
PATHS = ["/list", "/info"]
TOKEN = "s3cretT0ken"
BARE = pathlib.Path(os.environ["NIGHTLATCH_BENCHMARKS"]) / "bare-server"


class Server:
    def __init__(self, *command):
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._port = int(self._process.stdout.readline().split(":")[-1])

    def stop(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _processor_s(self):
        """How long it has been running: not waiting for requests, nor for a core."""
        text = pathlib.Path(f"/proc/{self._process.pid}/schedstat").read_text(encoding="ascii")
        return int(text.split()[0]) / 1e9

    def _connect(self, selector, path):
        connection = socket.create_connection(("127.0.0.1", self._port))
        connection.sendall(f"GET {path}?token={TOKEN} HTTP/1.1\r\nHost: bridge\r\n\r\n".encode())
        connection.setblocking(False)
        selector.register(connection, selectors.EVENT_READ, bytearray())

    def flood(self, path, n_requests):
        """Returns requests per second of a core's time, per second that went by, and the last answer's body."""
        selector = selectors.DefaultSelector()
        processor, began = self._processor_s(), time.monotonic()
        for _ in range(AT_A_TIME):
            self._connect(selector, path)
        n_begun, n_answered = AT_A_TIME, 0
        while n_answered < n_requests:
            for key, _ in selector.select():
                data = key.fileobj.recv(65536)
                key.data.extend(data)
                if data:
                    continue
                selector.unregister(key.fileobj)
                key.fileobj.close()
                assert key.data.startswith(b"HTTP/1.1 200 OK\r\n"), bytes(key.data)
                n_answered += 1
                if n_begun < n_requests:
                    self._connect(selector, path)
                    n_begun += 1
        # What the server does once the last connection is closed belongs to that
        time.sleep(0.05)
        return (n_answered / (self._processor_s() - processor), n_answered / (time.monotonic() - began),
                unchunk(bytes(key.data).split(b"\r\n\r\n", 1)[1]))


def unchunk(data):
    body = b""
    while True:
        size, data = data.split(b"\r\n", 1)
        if int(size, 16) == 0:
            return body
        body, data = body + data[:int(size, 16)], data[int(size, 16) + 2:]


results = Results("simulator", f"at least {GOAL:.0%} of the requests that a bare SoupServer answers on one core")
simulator = Server(os.environ["NIGHTLATCH_SIMULATOR"], "--port=0", f"--token={TOKEN}", "--concurrent", "--until-eof")
for path in PATHS:
    body = simulator.flood(path, N_REQUESTS)[2]
    bare = Server(BARE, body.decode())
    bare.flood(path, N_REQUESTS)
    figures = {name: [] for name in (
        "the simulator: requests per second of a core", "a bare SoupServer: requests per second of a core", "ratio",
        "the simulator: requests per second here and now", "a bare SoupServer: requests per second here and now")}
    for _ in range(N_ROUNDS):
        ours, here, _ = simulator.flood(path, N_REQUESTS)
        its, its_here, _ = bare.flood(path, N_REQUESTS)
        for values, value in zip(figures.values(), (ours, its, ours / its, here, its_here)):
            values.append(value)
    bare.stop()
    results.add(f"{path}, {N_REQUESTS} requests each, {AT_A_TIME} at a time", median(figures["ratio"]) >= GOAL, figures)
simulator.stop()
results.write()
