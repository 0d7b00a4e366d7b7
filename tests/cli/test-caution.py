# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked about on a terminal, as the window would, and never without one."""

from ctl import Terminal, address, bridge, ctl, environment, equal, main, paths, preferences, queries, test

OPENING = {"unlatch Home": "can be pushed open", "lock-n-go-unlatch Home": "can be pushed open",
           "open Front": "can be pushed open"}
UNLOCKING = {"unlock Home": "Unlock Home?", "lock-n-go Home": "lock it again"}
HOUSE = ("--lock=1:Home", "--opener=5:Front")


def on_terminal(simulator, *arguments, env=None):
    return Terminal(f"--bridge={address(simulator)}", "--auth=plain", *arguments,
                    env=environment(TERM="xterm", **env) if env else None)


def actions(simulator):
    return paths(simulator).count("/lockAction")


def is_asked(simulator, command, words, env=None):
    """Whether `command` asks; says no, then yes, and sees that it is done exactly once."""
    before = actions(simulator)
    with on_terminal(simulator, *command.split(), env=env) as terminal:
        terminal.expect(words).expect("[y/N]").type("\n")
        equal(terminal.finish(), 1)
    equal(actions(simulator), before)
    with on_terminal(simulator, *command.split(), env=env) as terminal:
        terminal.expect("[y/N]").type("y\n")
        equal(terminal.finish(), 0)
    equal(actions(simulator), before + 1)


def is_not_asked(simulator, command, *arguments, env=None):
    before = actions(simulator)
    with on_terminal(simulator, *command.split(), *arguments, env=env) as terminal:
        equal(terminal.finish(), 0)
        assert "[y/N]" not in terminal.text, terminal.text
    equal(actions(simulator), before + 1)


@test("/caution/terminal/opening-asks-and-unlocking-does-not")
def _():
    with bridge(*HOUSE) as simulator:
        for command, words in OPENING.items():
            is_asked(simulator, command, words)
        for command in UNLOCKING:
            is_not_asked(simulator, command)


@test("/caution/terminal/follows-the-windows-preferences")
def _():
    with bridge(*HOUSE) as simulator:
        with preferences(confirm_unlock=True, confirm_unlatch=False) as env:
            for command, words in UNLOCKING.items():
                is_asked(simulator, command, words, env=env)
            for command in OPENING:
                is_not_asked(simulator, command, env=env)
        with preferences() as env:
            is_asked(simulator, "unlatch Home", "Open Home?", env=env)
            is_not_asked(simulator, "unlock Home", env=env)


@test("/caution/yes/does-not-ask")
def _():
    with bridge(*HOUSE) as simulator:
        for command in OPENING:
            is_not_asked(simulator, command, "--yes")
        ctl(simulator, "deactivate-rto", "Front", "--yes").failed(2, "--yes")


@test("/caution/without-a-terminal/scripts-are-never-asked")
def _():
    with bridge(*HOUSE) as simulator:
        with preferences(confirm_unlock=True) as env:
            for command in [*OPENING, *UNLOCKING]:
                equal(ctl(simulator, *command.split(), env={**env, "NIGHTLATCH_TOKEN": "Tok3nS3cret"}).done().err, "")
        simulator.steer("locks/1", door=3)
        result = ctl(simulator, "lock", "Home").done()
        equal(len(result.err.splitlines()), 1)
        assert "door of Home is open" in result.err, result
        assert "action=2" in queries(simulator, "/lockAction")[-1]


@test("/caution/lock/an-open-door-is-asked-about")
def _():
    with bridge(*HOUSE) as simulator:
        is_not_asked(simulator, "lock Home")
        simulator.steer("locks/1", state=3, door=3)
        is_asked(simulator, "lock Home", "might hit the frame")
        with preferences(confirm_lock_open_door=False) as env:
            is_not_asked(simulator, "lock Home", env=env)
        simulator.steer("locks/1", door=4)
        is_not_asked(simulator, "lock Home")


@test("/caution/log-clear/asks-on-a-terminal")
def _():
    with bridge() as simulator:
        with on_terminal(simulator, "log", "clear") as terminal:
            terminal.expect("[y/N]").type("n\n")
            equal(terminal.finish(), 1)
        assert "/clearlog" not in paths(simulator)
        with on_terminal(simulator, "log", "clear", "--yes") as terminal:
            equal(terminal.finish(), 0)
        equal(paths(simulator).count("/clearlog"), 1)


@test("/caution/callbacks-remove/asks-about-others-places")
def _():
    with bridge() as simulator:
        for number in range(2):
            ctl(simulator, "callbacks", "add", f"http://192.0.2.1/{number}").done()
        with on_terminal(simulator, "callbacks", "remove", "0") as terminal:
            terminal.expect("http://192.0.2.1/0").expect("Another program").expect("[y/N]").type("\n")
            equal(terminal.finish(), 1)
        assert "/callback/remove" not in paths(simulator)
        # Somebody else is quicker, and the ID is another's now
        with on_terminal(simulator, "callbacks", "remove", "0") as terminal:
            terminal.expect("[y/N]")
            ctl(simulator, "callbacks", "remove", "0").done()
            terminal.type("y\n")
            equal(terminal.finish(), 1)
            assert "changed meanwhile" in terminal.text
        with on_terminal(simulator, "callbacks", "remove", "0") as terminal:
            terminal.expect("http://192.0.2.1/1").expect("[y/N]").type("y\n")
            equal(terminal.finish(), 0)
        equal(paths(simulator).count("/callback/remove"), 2)


main()
