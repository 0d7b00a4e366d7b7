# SPDX-License-Identifier: GPL-3.0-or-later
"""Options, arguments, help."""

import re

from ctl import TOKEN, address, bridge, ctl, equal, main, paths, run, test

COMMANDS = ["discover", "pair", "forget", "list", "status", "lock", "unlock", "unlatch", "lock-n-go",
            "lock-n-go-unlatch", "activate-rto", "deactivate-rto", "open", "activate-cm", "deactivate-cm", "info",
            "log", "log clear", "callbacks", "callbacks add", "callbacks remove", "auth enable", "auth disable",
            "unpair", "firmware-update", "reboot", "factory-reset", "activity", "activity clear", "rename",
            "rename-bridge", "hide", "unhide", "watch", "complete"]
CAREFUL = ["forget", "lock", "unlock", "unlatch", "lock-n-go", "lock-n-go-unlatch", "open", "log clear",
           "callbacks remove", "unpair", "firmware-update", "reboot", "factory-reset",
           "activity clear"]


@test("/usage/help/names-all-commands-and-options")
def _():
    text = run("--help").done().out
    equal([line.strip() for line in re.findall(r"^  ([a-z][a-z-]*(?: [a-z]+)?)", text, re.M)], COMMANDS)
    for line in ("lock-n-go LOCK [--no-wait] ", "open OPENER [--no-wait] ", "log [--offset=N] [--count=N] ",
                 "callbacks add URL ", "callbacks remove ID ", "pair [HOST[:PORT]] "):
        assert f"\n  {line}" in text, line
    for option in ("bridge=HOST[:PORT]|ID", "token-file=FILE", "auth=MODE", "json", "timeout=SECONDS",
                   "discovery-url=URL", "help", "version"):
        assert f"--{option} " in text, option
    assert "Exit status: 0 done" in text


@test("/usage/help/each-command-has-its-own")
def _():
    for command in COMMANDS:
        result = run(*command.split(), "--help").done()
        equal(result.out.splitlines()[0].split("[OPTION…] ")[1].split(" LOCK")[0].split(" OPENER")[0].split(" [")[0]
              .split(" URL")[0].split(" ID")[0].split(" NAME")[0], command)
        equal("--no-wait" in result.out, command in COMMANDS[5:15])
        equal("--yes" in result.out, command in CAREFUL)
        equal("--count" in result.out, command in ("log", "activity"))


@test("/usage/help/has-a-short-form")
def _():
    equal(run("-h").done().out, run("--help").done().out)
    equal(run("lock", "-h").done().out, run("lock", "--help").done().out)


@test("/usage/version")
def _():
    assert re.fullmatch(r"nightlatchctl \d+\.\d+\.\d+\n", run("--version").done().out)


@test("/usage/options/may-stand-anywhere")
def _():
    with bridge() as simulator:
        for arguments in (["unlock", "Home", f"--bridge={address(simulator)}", "--auth=plain"],
                          ["unlock", "--bridge", address(simulator), "Home", "--auth", "plain"],
                          ["--bridge", address(simulator), "--auth=plain", "unlock", "--", "Home"],
                          ["--bridge", f"http://{address(simulator)}/", "--auth=plain", "unlock", "Home"]):
            equal(run(*arguments).done().out, "Home is unlocked\n")


@test("/usage/errors/are-said-in-one-line-and-nothing-is-sent")
def _():
    wrong = [
        ([], "command"), (["lokc"], "lokc"), (["lock"], "missing"), (["lock", "a", "b"], "too many"),
        (["list", "x"], "too many"), (["log", "clean"], "too many"), (["auth"], "enable, disable"),
        (["auth", "maybe"], "enable, disable"), (["callbacks", "add"], "missing"),
        (["log clear"], "log clear"), (["--frob", "list"], "--frob"), (["-x", "list"], "two dashes"),
        (["list", "--timeout"], "SECONDS"), (["list", "--timeout="], "SECONDS"), (["list", "--json=yes"], "--json"),
        (["list", "--auth=rot13"], "encrypted, hashed, plain"), (["list", "--no-wait"], "--no-wait"),
        (["status", "Home", "--yes"], "--yes"), (["rename", "Home"], "--reset"), (["list", "--count=3"], "--count"),
        (["log", "--count=0"], "--count"), (["log", "--count=many"], "--count"), (["log", "--offset=-1"], "--offset"),
        (["watch", "--interval=0"], "--interval"), (["list", "--bridge=a:b:c"], "--bridge"),
        (["list", "--bridge=host:0"], "port"), (["list", "--bridge=host:99999"], "--bridge"),
        (["list", "--bridge=https://host"], "http"), (["pair", "a b"], "address"), (["pair", "--name= "], "--name"),
        (["callbacks", "foo"], "add, remove"), (["callbacks", "add", ""], "empty"),
        (["list", "--bridge=127.0.0.1/.."], "--bridge"), (["list", "--bridge=127.0.0.1/."], "--bridge"),
    ]
    wrong += [(["list", f"--timeout={value}"], "86400") for value in ("0", "-1", "86401", "1.5", "1s", "9" * 30)]
    wrong += [([command, f"--discovery-url={url}"], "--discovery-url") for command in ("discover", "list")
              for url in ("foo", "ftp://x", "http://", "http:x")]
    with bridge() as simulator:
        for arguments, words in wrong:
            if not any(argument.startswith(("--bridge", "a b")) for argument in arguments):
                arguments = [f"--bridge={address(simulator)}", *arguments]
            result = run(*arguments).failed(2, words)
            equal((result.out, len(result.err.splitlines())), ("", 1))
        equal(paths(simulator), [])


@test("/usage/errors/a-token-in-the-wrong-place-is-not-repeated")
def _():
    run(f"--token={TOKEN}", "list").failed(2, "--token-file")
    run("--token", TOKEN, "list").failed(2, "--token-file")
    run(f"--secret={TOKEN}", "list").failed(2, "--secret")
    run("list", TOKEN).failed(2)
    run(f"--json={TOKEN}", "list").failed(2)


@test("/usage/timeout/limits-are-inclusive")
def _():
    with bridge() as simulator:
        # Where everything is slow, the second may be over before the answer is there
        result = ctl(simulator, "list", "--timeout=1")
        assert result.status in (0, 3), result
        ctl(simulator, "list", "--timeout=86400").done()


main()
