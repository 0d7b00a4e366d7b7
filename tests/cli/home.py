# SPDX-License-Identifier: GPL-3.0-or-later
"""For tests of bridges that are kept: a person's folder, in a session with a keyring (tests/with-session.sh)."""

import itertools
import pathlib
import tempfile

from ctl import Stream, Terminal, TOKEN, address, bridge, environment, run

# The keyring is one for all tests, so that no two of them may have the same bridge
_ids = itertools.count(1001)


class Home:
    """Somebody with bridges of their own and no token at hand."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="latch-home-")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.check_folder()
        self.folder.cleanup()

    def check_folder(self):
        for path in pathlib.Path(self.folder.name).rglob("*"):
            if path.is_file() and TOKEN.encode() in path.read_bytes():
                raise AssertionError(f"the token is in {path}")

    def environment(self, token=None, **changes):
        return environment(token=token, folder=self.folder.name, **changes)

    def run(self, *arguments, token=None, **changes):
        return run(*arguments, env=self.environment(token, **changes))

    def start(self, *arguments, token=None, **changes):
        return Stream(*arguments, env=self.environment(token, **changes))

    def on_terminal(self, *arguments):
        return Terminal(*arguments, env=self.environment(TERM="xterm"))

    def keep(self, simulator, *arguments):
        """Pairs by the token."""
        return self.run("pair", address(simulator), *arguments, token=TOKEN).done()


def own_bridge(*options, bridge_id=None, **others):
    """A bridge with an ID of its own, which it has as `bridge_id`."""
    bridge_id = bridge_id or str(next(_ids))
    simulator = bridge(*options, f"--bridge-id={bridge_id}", **others)
    simulator.bridge_id = bridge_id
    return simulator
