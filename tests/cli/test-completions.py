# SPDX-License-Identifier: GPL-3.0-or-later
"""Completions, in the shells themselves: what is typed, Tab, and then Enter; and what the command gets to see then."""

import json
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time

from ctl import CTL, DEADLINE, equal, main, test
from home import Home, own_bridge

FILES = pathlib.Path(os.environ["G_TEST_SRCDIR"]).parent / "data" / "completions"
SIMULATOR = os.environ["NIGHTLATCH_SIMULATOR"]

# What is typed, and what the command gets as its arguments after Tab and Enter
CASES = [
    ("unl", ["unl"]),  # unlock, unlatch …
    ("unlo", ["unlock"]),
    ("firm", ["firmware-update"]),
    ("callbacks re", ["callbacks", "remove"]),
    ("lock --no", ["lock", "--no-wait"]),
    ("log --off", ["log", "--offset="]),
    ("list --auth=h", ["list", "--auth=hashed"]),
    ("--auth h", ["--auth", "hashed"]),
    ("lock Fr", ["lock", "Front Door"]),
    ("lock --no-wait Fr", ["lock", "--no-wait", "Front Door"]),
    ("lock Front\\ D", ["lock", "Front Door"]),
    ("lock 'Front D", ["lock", "Front Door"]),
    ('lock "Front D', ["lock", "Front Door"]),
    ("lock Haus", ["lock", "Haustür"]),
    ("lock Joe", ["lock", "Joe's"]),
    ('lock "Joe', ["lock", "Joe's"]),
    ("lock ‘", ["lock", "‘Shed’"]),
    ("lock A", ["lock", 'A "$HOME" `id` \\ & Co']),
    ("lock 'A", ["lock", 'A "$HOME" `id` \\ & Co']),
    ('lock "A', ["lock", 'A "$HOME" `id` \\ & Co']),
    ("lock Ba", ["lock", "Back: Yard=1"]),
    ("lock Back:", ["lock", "Back: Yard=1"]),
    ("open En", ["open", "Entrance Hall"]),
    ("lock En", ["lock", "En"]),  # no lock
    ("status En", ["status", "Entrance Hall"]),
    ("unhide Gh", ["unhide", "Ghost"]),
    ("lock Gh", ["lock", "Gh"]),  # it is hidden
    ("lock 0000000", ["lock", "0000000"]),  # several: one that looks like an option, and two of one name
    ("lock 00000008", ["lock", "00000008"]),
    ("activity cl", ["activity", "clear"]),
    ("activity clear Fr", ["activity", "clear", "Front Door"]),
    ("--bridge={bridge} lock Fr", ["--bridge={bridge}", "lock", "Front Door"]),
    ("--bridge={begin}", ["--bridge={bridge}"]),
    ("--bridge {begin}", ["--bridge", "{bridge}"]),
]

OTHER_CASES = [
    ("nightlatch --vers", ["--version"]),
    ("nightlatch-simulator --bri", ["--bridge-id="]),
    ("nightlatch-simulator --software", ["--software-bridge"]),
    ("nightlatch-simulator --api=1.1", ["--api=1.13"]),
    ("nightlatch-simulator --discovery=h", ["--discovery=hidden"]),
    ("nightlatch-simulator --fault=bad", ["--fault=bad-utf8"]),
    ("nightlatch-simulator --push=f", ["--push=final"]),
]


class Place:
    """Somebody's home with locks of all names, with completions installed, and with a command that notes what it gets."""

    def __init__(self):
        self.home = Home()
        self.simulator = own_bridge(
            "--lock=1:Front Door", "--lock=2:Haustür", "--lock=3:Joe's", "--lock=4:‘Shed’", "--opener=5:Entrance Hall",
            "--lock=6:x", "--lock=7:y", "--lock=8:-f", "--lock=9:Twin", "--lock=10:Twin", "--lock=11:Ghost")
        self.folder = tempfile.TemporaryDirectory(prefix="latch-completions-")
        root = pathlib.Path(self.folder.name)
        self.log = root / "log"
        for place in ("bin", "bash/completions", "zsh", "fish/completions", "config"):
            (root / place).mkdir(parents=True)
        for path in FILES.iterdir():
            name = path.name
            if name.endswith(".bash"):
                shutil.copy(path, root / "bash/completions" / name.removesuffix(".bash"))
            elif name.endswith(".fish"):
                shutil.copy(path, root / "fish/completions" / name)
            else:
                shutil.copy(path, root / "zsh" / name)
        for name, program in (("nightlatch", SIMULATOR), ("nightlatchctl", CTL), ("nightlatch-simulator", SIMULATOR)):
            command = root / "bin" / name
            command.write_text(
                f"""#!/bin/sh
                case $1 in complete | --help) exec {program} "$@" ;; esac
                python3 -c 'import json, sys; open("{self.log}", "a").write(json.dumps(sys.argv[1:]) + "\\n")' "$@"\n""")
            command.chmod(0o755)
        self.root = root

    def __enter__(self):
        self.home.__enter__()
        self.simulator.__enter__()
        self.home.keep(self.simulator)
        self.home.run("rename", "x", 'A "$HOME" `id` \\ & Co').done()
        self.home.run("rename", "y", "Back: Yard=1").done()
        self.home.run("hide", "Ghost").done()
        return self

    def __exit__(self, *_):
        self.simulator.__exit__(*_)
        self.home.__exit__(*_)
        self.folder.cleanup()

    def environment(self):
        return self.home.environment(
            PATH=f"{self.root}/bin:{os.environ['PATH']}", BASH_COMPLETION_USER_DIR=f"{self.root}/bash", TERM="dumb",
            XDG_CONFIG_HOME=f"{self.root}/config", HISTFILE=None, ZDOTDIR=str(self.root), LC_ALL="C.UTF-8")

    def fill(self, text):
        bridge = self.simulator.bridge_id
        return text.replace("{bridge}", bridge).replace("{begin}", bridge[:-1])

    def cases(self):
        cases = [(f"nightlatchctl {self.fill(typed)}", [self.fill(word) for word in words]) for typed, words in CASES]
        return cases + OTHER_CASES

    def noted(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []


class Shell:
    """A shell on a terminal."""

    def __init__(self, place, *command):
        self.text = ""
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=place.environment(),
                                        cwd=place.root / "config", start_new_session=True)
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.master)

    def type(self, text):
        os.write(self.master, text.encode())

    def wait(self, condition, what):
        """Reads all that the shell prints, as it would stop otherwise."""
        end = time.monotonic() + DEADLINE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"{what} did not come: {self.text[-3000:]!r}")
            if select.select([self.master], [], [], 0.02)[0]:
                self.text += os.read(self.master, 65536).decode(errors="replace")


def check_on_terminal(place, shell, set_up):
    cases = place.cases()
    shell.type(set_up)
    shell.wait(lambda: "READY>" in shell.text, "the prompt")
    problems = []
    for number, (typed, expected) in enumerate(cases, 1):
        shell.type(f"{typed}\t\n")
        shell.wait(lambda: len(place.noted()) >= number, f"{typed!r}")
        got = place.noted()[-1]
        if got != expected:
            problems.append(f"{typed!r} became {got}, not {expected}")
    if problems:
        raise AssertionError("\n".join(problems) + "\n" + shell.text[-2000:])


@test("/completions/bash/types-what-is-meant")
def _():
    with Place() as place, Shell(place, "bash", "--norc", "--noprofile", "-i") as shell:
        check_on_terminal(place, shell, "bind 'set bell-style none'; source /usr/share/bash-completion/bash_completion; "
                                        "PS1=READ; PS1+='Y> '\n")


@test("/completions/zsh/types-what-is-meant")
def _():
    with Place() as place, Shell(place, "zsh", "-f", "-i") as shell:
        check_on_terminal(place, shell, f"fpath=({place.root}/zsh $fpath); autoload -Uz compinit && compinit -u -D; "
                                        "unsetopt beep; LISTMAX=0; PS1=READ; PS1+='Y> '\n")


@test("/completions/fish/types-what-is-meant")
def _():
    with Place() as place:
        script = [f"set -p fish_complete_path {place.root}/fish/completions"]
        cases = place.cases()
        for typed, _ in cases:
            quoted = "'" + typed.replace("\\", "\\\\").replace("'", "\\'") + "'"
            script.append(f"echo BEGIN; complete --escape -C {quoted}")
        result = subprocess.run(["fish", "--no-config", "-c", "\n".join(script)], env=place.environment(),
                                capture_output=True, text=True, timeout=2 * DEADLINE, cwd=place.root / "config")
        equal(result.stderr, "")
        parts = [part.split("\n")[1:-1] for part in result.stdout.split("BEGIN")[1:]]
        equal(len(parts), len(cases))
        problems = []
        for (typed, expected), lines in zip(cases, parts):
            offered = [line.split("\t")[0] for line in lines]
            if len(offered) != 1:
                continue
            again = subprocess.run(["fish", "--no-config", "-c", f"printf '%s\\n' {offered[0]}"], capture_output=True,
                                   text=True, check=True, env=place.environment()).stdout[:-1]
            if again != expected[-1]:
                problems.append(f"{typed!r} became {again!r}, not {expected[-1]!r}")
        one = [typed for (typed, _), lines in zip(cases, parts) if len(lines) == 1]
        if len(one) < 30:
            problems.append(f"only {one} have one completion: {parts}")
        if problems:
            raise AssertionError("\n".join(problems))


def offered(place, *words):
    return place.home.run("complete", "--", *words).done().out.splitlines()


@test("/completions/offers-what-there-is-and-no-more")
def _():
    with Place() as place:
        asked = len(place.simulator.journal())
        names = [line.split("\t")[0] for line in offered(place, "lock", "")]
        equal(names, ["Front Door", "Haustür", "Joe's", "‘Shed’", 'A "$HOME" `id` \\ & Co', "Back: Yard=1", "00000008",
                      "00000009", "0000000A"])
        equal(offered(place, "unlatch", "--", "-"), offered(place, "unlock", ""))
        equal(offered(place, "activate-cm", ""), ["Entrance Hall\tOpener"])
        equal(offered(place, "rename", "Front Door", ""), [])
        equal(offered(place, "nonsense", ""), [])
        equal(offered(place, "--bridge=1", "lock", ""), [])
        equal(offered(place, "list", "--token-file="), ["\tfiles"])
        assert offered(place, "pair", "")[0].startswith(f"{place.simulator.host}:{place.simulator.port}\t")
        equal(len(place.simulator.journal()), asked)  # no bridge was asked


@test("/completions/knows-all-commands-and-options")
def _():
    with Home() as home:
        help_ = home.run("--help").done().out
        commands = re.findall(r"^  ([a-z].*?)  ", help_, re.M)
        got = [line.split("\t")[0] for line in home.run("complete", "--", "").done().out.splitlines()]
        expected = list(dict.fromkeys(command.split()[0] for command in commands))
        expected.remove("complete")  # nobody types it
        equal(got, expected)
        for command in commands:
            name = re.match(r"[a-z-]+( [a-z]+\b)?", command)[0].split()
            lines = home.run("complete", "--", *name, "--").done().out.splitlines()
            options = [re.match(r"--[a-z-]+", line)[0] for line in lines]
            own = re.findall(r"--[a-z-]+", command)
            common = re.findall(r"^  (--[a-z-]+)", help_, re.M)
            equal(sorted(options), sorted(own + common))


@test("/completions/simulator/all-shells-know-its-options-and-faults")
def _():
    with Place() as place:
        help_ = subprocess.run([SIMULATOR, "--help"], capture_output=True, text=True, check=True).stdout
        options = sorted(re.findall(r"^  (?:-., )?(--[a-z0-9-]+=?)", help_, re.M))
        faults = sorted(re.findall(r"^  ([a-z]\S*)  ", help_.split("Faults:\n")[1].split("\n\n")[0], re.M))
        faults = [fault for fault in faults if fault != "status-NNN"]

        def fish(line):
            script = f"set -p fish_complete_path {place.root}/fish/completions; complete -C '{line}'"
            out = subprocess.run(["fish", "--no-config", "-c", script], env=place.environment(), capture_output=True,
                                 text=True, check=True).stdout
            return sorted(word.split("\t")[0] for word in out.splitlines())

        def bash(line):
            script = f"""source {place.root}/bash/completions/nightlatch-simulator; compopt() {{ :; }}
                COMP_LINE={line!r} COMP_POINT={len(line)}; _nightlatch_simulator nightlatch-simulator
                printf '%s\\n' "${{COMPREPLY[@]}}" """
            return sorted(subprocess.run(["bash", "-c", script], env=place.environment(), capture_output=True, text=True,
                                         check=True).stdout.split())

        equal(bash("nightlatch-simulator -"), options)
        equal(bash("nightlatch-simulator --fault="), faults)
        equal(fish("nightlatch-simulator --"), options)
        equal(fish("nightlatch-simulator --fault="), [f"--fault={fault}" for fault in faults])
        equal(bash("nightlatch-simulator --api="), ["1.13", "1.6"])


main()
