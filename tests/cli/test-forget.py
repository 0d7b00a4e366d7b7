# SPDX-License-Identifier: GPL-3.0-or-later
"""What forgetting a bridge leaves there: nothing of ours, all of others'."""

import signal

from ctl import address, ctl, equal, main, test, wait_until
from home import Home, own_bridge


def urls(simulator):
    return [callback["url"] for callback in simulator.state()["callbacks"]]


def crash(home, simulator):
    """Leaves a place behind; returns its URL."""
    before = urls(simulator)
    with home.start("watch", "--interval=600") as stream:
        wait_until(lambda: len(urls(simulator)) > len(before), "our place")
        stream.stop(signal.SIGKILL)
    return next(url for url in urls(simulator) if url not in before)


@test("/forget/frees-our-places-alone")
def _():
    with Home() as home, Home() as neighbour, own_bridge() as simulator:
        home.keep(simulator)
        neighbour.keep(simulator)
        ctl(simulator, "callbacks", "add", "http://192.0.2.1/nuki").done()
        theirs = crash(neighbour, simulator)
        crash(home, simulator)
        equal(len(urls(simulator)), 3)
        result = home.run("forget").done()
        assert "is forgotten" in result.out
        equal(result.err, "")
        equal(urls(simulator), ["http://192.0.2.1/nuki", theirs])


@test("/forget/says-when-a-place-may-be-left")
def _():
    with Home() as home:
        with own_bridge() as simulator:
            home.keep(simulator)
        result = home.run("forget").done()
        assert "is forgotten" in result.out
        assert "needs no more instant updates: The bridge cannot be reached" in result.err, result.err
        equal(len(result.err.splitlines()), 1)


@test("/forget/does-not-wait-for-long")
def _():
    with Home() as home, own_bridge() as simulator:
        home.keep(simulator)
        simulator.fault("hang", "/callback/list")
        assert "did not answer in time" in home.run("forget").done().err
        home.run("list").failed(5)


main()
