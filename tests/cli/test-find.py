# SPDX-License-Identifier: GPL-3.0-or-later
"""How a lock is named on the command line."""

from ctl import bridge, ctl, equal, main, test


def found(simulator, text):
    return ctl(simulator, "status", "--json", "--", text).done().json["nukiId"]


@test("/find/name/exact-before-similar")
def _():
    with bridge("--lock=1:home", "--lock=2:Home", "--lock=3:Haustür Süd") as simulator:
        equal([found(simulator, name) for name in ("home", "Home", "HAUSTÜR SÜD")], [1, 2, 3])
        ctl(simulator, "status", "HOME").failed(2, "00000001", "00000002", "home", "Home")
        ctl(simulator, "status", "Hom").failed(5, "Hom")
        ctl(simulator, "status", "").failed(5)


@test("/find/name/a-name-that-looks-like-a-number-is-a-name")
def _():
    with bridge("--lock=1:2", "--lock=2:1", "--lock=3:-x") as simulator:
        equal([found(simulator, name) for name in ("2", "1", "00000001", "-x")], [1, 2, 1, 3])


@test("/find/name/the-same-name-twice-lists-both")
def _():
    with bridge("--lock=1:Door", "--lock=171:Door") as simulator:
        result = ctl(simulator, "unlock", "Door").failed(2, "00000001", "000000AB", "171")
        equal(len(result.err.splitlines()), 3)
        equal(found(simulator, "AB"), 171)


@test("/find/id/decimal-and-hexadecimal")
def _():
    with bridge(f"--lock={0x3C8862ED}:Gate", "--lock=16:Shed", "--lock=22:Barn") as simulator:
        for text in ("1015571181", "3C8862ED", "3c8862ed", "0x3c8862ed"):
            equal(found(simulator, text), 0x3C8862ED)
        equal([found(simulator, text) for text in ("16", "00000016", "22", "0x10", "00000010")], [16, 22, 22, 16, 16])


@test("/find/id/what-may-be-both-is-not-guessed")
def _():
    # The second lock's ID is in hexadecimal what the first one's is in decimal
    with bridge("--lock=12345678:A", f"--lock={0x12345678}:B") as simulator:
        ctl(simulator, "unlock", "12345678").failed(2, "12345678", "00BC614E")
        equal(found(simulator, "0x12345678"), 0x12345678)


@test("/find/id/what-is-to-be-done-tells-a-lock-from-an-opener")
def _():
    with bridge("--lock=1:Home", "--opener=1:Front") as simulator:
        equal(ctl(simulator, "unlock", "1").done().out, "Home is unlocked\n")
        assert ctl(simulator, "open", "00000001").done().out.startswith("Front")
        ctl(simulator, "status", "1").failed(2, "name", "Home", "Front", "(Smart Lock)", "(Opener)")
        equal(ctl(simulator, "status", "--json", "Front").done().json["deviceType"], 2)
    with bridge("--lock=1:Home", "--lock=2:Home", "--opener=1:Home") as simulator:
        ctl(simulator, "unlock", "Home").failed(2, "00000001", "00000002")


@test("/find/id/a-device-without-a-name")
def _():
    with bridge("--lock=1:Home", "--lock=2:Gone") as simulator:
        simulator.steer("locks/2", name="")
        assert "Nuki_00000002" in ctl(simulator, "list").done().out
        equal(found(simulator, "2"), 2)


main()
