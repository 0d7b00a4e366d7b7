# SPDX-License-Identifier: GPL-3.0-or-later
"""The discovery service, with all its disappointments."""

import json
import re
import socket
import urllib.error
import urllib.request

from harness import Simulator, equal, main, test

BRIDGE_ID = 2117604523


def ask(simulator):
    with urllib.request.urlopen(simulator.discovery, timeout=5) as response:
        return response.read()


def bridges(simulator):
    answer = json.loads(ask(simulator))
    equal((list(answer), answer["errorCode"]), (["bridges", "errorCode"], 0))
    for bridge in answer["bridges"]:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", bridge.pop("dateUpdated")), bridge
    return answer["bridges"]


def discovery(mode="normal", *options):
    return Simulator("--discovery-port=0", f"--discovery={mode}", *options)


@test("/discovery/normal/is-the-documents-example")
def _():
    with discovery() as simulator:
        equal(bridges(simulator), [{"bridgeId": BRIDGE_ID, "ip": "127.0.0.1", "port": simulator.port}])


@test("/discovery/normal/id-is-the-server-id")
def _():
    with discovery("normal", "--bridge-id=9151414130") as simulator:
        equal(bridges(simulator)[0]["bridgeId"], 9151414130)
        equal(simulator.get("/info").json["ids"]["serverId"], 9151414130)


@test("/discovery/normal/bridge-that-listens-everywhere-has-a-real-address")
def _():
    with discovery("normal", "--address=0.0.0.0") as simulator:
        equal(bridges(simulator)[0]["ip"], "127.0.0.1")


@test("/discovery/hidden/after-pairing-was-turned-off")
def _():
    with discovery() as simulator:
        simulator.get("/configAuth", enable=0)
        equal(bridges(simulator), [{"bridgeId": BRIDGE_ID, "ip": "0.0.0.0", "port": 0}])
        simulator.get("/configAuth", enable=1)
        equal(bridges(simulator)[0]["port"], simulator.port)


@test("/discovery/modes/can-be-chosen-at-start")
def _():
    for mode, expected in (("empty", []), ("hidden", [{"bridgeId": BRIDGE_ID, "ip": "0.0.0.0", "port": 0}]),
                           ("no-ip", [{"bridgeId": BRIDGE_ID}])):
        with discovery(mode) as simulator:
            equal(bridges(simulator), expected)


@test("/discovery/stale/nobody-listens-there")
def _():
    with discovery("stale") as simulator:
        bridge, = bridges(simulator)
        assert bridge["port"] != simulator.port
        try:
            socket.create_connection((bridge["ip"], bridge["port"]), 5).close()
            raise AssertionError("somebody listens")
        except ConnectionRefusedError:
            pass


@test("/discovery/foreign/lists-a-neighbour-first")
def _():
    with discovery("foreign") as simulator:
        neighbour, own = bridges(simulator)
        assert neighbour["bridgeId"] > 2**32 and neighbour["ip"].startswith("192.168."), neighbour
        equal(own["bridgeId"], BRIDGE_ID)


@test("/discovery/403-and-garbage/are-no-lists")
def _():
    with discovery("403") as simulator:
        try:
            ask(simulator)
            raise AssertionError("no error")
        except urllib.error.HTTPError as error:
            equal(error.code, 403)
            error.close()
    with discovery("garbage") as simulator:
        assert ask(simulator).startswith(b"<html>")


@test("/discovery/faults/happen-where-its-path-is-named")
def _():
    with discovery("normal", "--fault=success-false") as simulator:
        equal(len(bridges(simulator)), 1)
    with discovery("normal", "--fault=success-false:/discover/bridges:1") as simulator:
        equal(json.loads(ask(simulator)), {"success": False})
        equal(len(bridges(simulator)), 1)
    with discovery("normal", "--fault=hang:/discover/bridges:1") as simulator:
        try:
            urllib.request.urlopen(simulator.discovery, timeout=0.2)
            raise AssertionError("no error")
        except TimeoutError:
            pass
        equal((len(bridges(simulator)), simulator.get("/list").status), (1, 200))


@test("/discovery/software-bridge/tells-no-address")
def _():
    with discovery("normal", "--software-bridge") as simulator:
        equal(bridges(simulator), [{"bridgeId": BRIDGE_ID}])


@test("/discovery/modes/can-be-changed-while-it-runs")
def _():
    with discovery() as simulator:
        simulator.steer("discovery", mode="empty")
        equal(bridges(simulator), [])
        simulator.steer("discovery", mode="normal")
        equal(len(bridges(simulator)), 1)
        for params in ({}, {"mode": "x"}):
            equal(simulator.request("POST", "/simulator/discovery", params).status, 400)


@test("/discovery/paths/there-is-only-one")
def _():
    with discovery() as simulator:
        try:
            urllib.request.urlopen(simulator.discovery + "/x", timeout=5)
            raise AssertionError("no error")
        except urllib.error.HTTPError as error:
            equal(error.code, 404)
            error.close()


main()
