# SPDX-License-Identifier: GPL-3.0-or-later
"""What locks and bridges are called on this computer, and which are hidden."""

from ctl import bridge, ctl, equal, main, paths, test, wait_until
from home import Home, own_bridge


def first_words(result):
    return [line.split("  ")[0] for line in result.done().out.splitlines()]


@test("/names/rename/is-for-people-and-leaves-name-to-the-bridge")
def _():
    with Home() as home, own_bridge() as simulator:
        home.keep(simulator)
        before = paths(simulator)
        equal(home.run("rename", "Home", "  Haustür ").done().out, "Home is called Haustür on this computer now.\n")
        equal(paths(simulator), before)  # the bridge hears nothing of it
        equal(first_words(home.run("list")), ["Name", "Haustür", "Grandma"])
        item = home.run("list", "--json").done().json[0]
        equal([item["name"], item["localName"], item["hidden"]], ["Home", "Haustür", False])
        equal(home.run("unlock", "haustür").done().out, "Haustür is unlocked\n")
        equal(home.run("lock", "Home").done().out, "Haustür is locked\n")
        assert "Bridge’s name  Home" in home.run("status", "1").done().out
        assert "Haustür" in home.run("info").done().out
        assert "Haustür" in home.run("activity").done().out


@test("/names/rename/reset-is-the-way-back")
def _():
    with Home() as home, own_bridge() as simulator:
        home.keep(simulator)
        for back in (["--reset"], [""], [" "]):
            home.run("rename", "Home", "Haustür", "--json").done()
            home.run("rename", "Haustür", *back).done()
            item = home.run("list", "--json").done().json[0]
            equal([item["name"], item["localName"]], ["Home", None])


@test("/names/rename/outlasts-the-place-in-the-list")
def _():
    with Home() as home:
        with own_bridge("--lock=1:Home", "--lock=2:Ghost") as simulator:
            home.keep(simulator)
            home.run("rename", "Ghost", "Shed").done()
            home.run("hide", "Shed").done()
            home.run("--yes", "unpair", "Shed").done()
            home.keep(simulator)  # what it lists now is kept, too
            home.run("rename", "Shed", "Nobody").failed(5)
        with own_bridge("--lock=1:Home", "--lock=2:Ghost", bridge_id=simulator.bridge_id) as again:
            home.keep(again)
            item = home.run("list", "--json").done().json[1]
            equal([item["name"], item["localName"], item["hidden"]], ["Ghost", "Shed", True])


@test("/names/rename/refuses-what-is-no-name")
def _():
    with Home() as home, own_bridge() as simulator:
        home.keep(simulator)
        home.run("rename", "Home").failed(2, "--reset")
        home.run("rename", "Home", "A", "--reset").failed(2, "--reset")
        home.run("rename", "Home", "a\nb").failed(2, "line breaks")
        home.run("rename", "Home", "x" * 65).failed(2, "64")
        home.run("rename", "Nobody", "A").failed(5, "Nobody")
        home.run("rename-bridge", " ").failed(2, "empty")
        equal(home.run("list", "--json").done().json[0]["localName"], None)


@test("/names/rename/needs-a-bridge-that-is-kept")
def _():
    with bridge() as simulator:
        ctl(simulator, "rename", "Home", "A").failed(5)
        ctl(simulator, "hide", "Home").failed(5)


@test("/names/find/a-name-that-may-be-two-locks-is-not-guessed")
def _():
    with Home() as home, own_bridge() as simulator:
        home.keep(simulator)
        home.run("rename", "Grandma", "Home").done()
        before = paths(simulator).count("/lockAction")
        home.run("unlock", "Home").failed(2, "00000001", "00000002")
        equal(paths(simulator).count("/lockAction"), before)
        home.run("unlock", "Grandma").done()
        home.run("lock", "00000001").done()


@test("/names/hide/leaves-out-of-tables-and-nowhere-else")
def _():
    with Home() as home, own_bridge("--lock=1:Home", "--lock=2:Ghost", "--lock=3:Gone") as simulator:
        home.keep(simulator)
        assert "Ghost is hidden" in home.run("hide", "Ghost").done().out
        equal(home.run("list").done().out.splitlines()[-1], "1 hidden lock; --all shows it")
        equal(first_words(home.run("list"))[:-1], ["Name", "Home", "Gone"])
        home.run("hide", "Gone").done()
        equal(home.run("list").done().out.splitlines()[-1], "2 hidden locks; --all shows them")
        equal(first_words(home.run("list", "--all")), ["Name", "Home", "Ghost (hidden)", "Gone (hidden)"])
        equal([item["hidden"] for item in home.run("list", "--json").done().json], [False, True, True])
        home.run("hide", "Home").done()
        equal(home.run("list").done().out, "3 hidden locks; --all shows them\n")
        home.run("unlock", "Ghost").done()  # who names it, means it
        home.run("unhide", "Ghost").done()
        equal(first_words(home.run("list"))[:2], ["Name", "Ghost"])


@test("/names/hide/watch-tells-people-nothing-and-programs-all")
def _():
    with Home() as home, own_bridge("--lock=1:Home", "--lock=2:Ghost") as simulator:
        home.keep(simulator)
        home.run("hide", "Ghost").done()
        home.run("rename", "Home", "Haustür").done()
        with home.start("watch") as quiet, home.start("watch", "--json") as json, home.start("watch", "--all") as all_:
            assert "Haustür: Locked" in quiet.line()
            for stream, word in ((json, '"Ghost"'), (all_, "Ghost: ")):
                assert any(word in stream.line() for _ in range(2))
            simulator.steer("locks/2", state=3)
            assert '"unlocked"' in json.line()
            assert "Ghost: Unlocked" in all_.line()
            simulator.steer("locks/1", state=3)
            assert "Haustür: Unlocked" in quiet.line()


@test("/names/bridge/is-renamed-here")
def _():
    with Home() as home, own_bridge() as simulator, own_bridge() as other:
        home.keep(simulator, "--name=Home")
        equal(home.run("rename-bridge", "Villa").done().out, "Home is called Villa on this computer now.\n")
        home.keep(other, "--name=Hut")
        assert "Villa" in home.run("rename-bridge", "Manor").failed(2).err
        home.run("rename-bridge", "Manor", f"--bridge={simulator.bridge_id}", "--json").done()
        assert "Manor" in home.run("list").done().out
        equal(home.run("info", f"--bridge={simulator.bridge_id}").done().out.split()[:2], ["Name", "Manor"])


@test("/names/callbacks/say-which-is-this-computers")
def _():
    with Home() as home, own_bridge() as simulator:
        home.keep(simulator)
        ctl(simulator, "callbacks", "add", "http://192.0.2.1/nuki").done()
        with home.start("watch", "--interval=600") as stream:
            stream.line()
            stream.line()

            def held():
                return [line.split("  ")[1:] for line in home.run("callbacks").done().out.splitlines()[1:]]

            wait_until(lambda: len(held()) == 2, "our place")
            lines = home.run("callbacks").done().out.splitlines()
            assert "192.0.2.1" in lines[1].split() and "this computer" in lines[2], lines
            with home.on_terminal("callbacks", "remove", "1") as terminal:  # ours: nobody else is harmed
                equal(terminal.finish(), 0)


main()
