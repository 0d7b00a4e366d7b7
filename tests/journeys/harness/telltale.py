# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for what nobody may read, wherever somebody else could."""

import base64
import hashlib
import pathlib
import re
import subprocess
import urllib.parse

from . import process
from .waiting import check, wait_until

# The parameters that show a token to a bridge; whoever has them may use them for a minute
QUERIES = [rb"token=", rb"ctoken=", rb"nonce=", rb"hash=[0-9a-f]", rb"rnr=\d"]


def forms(secret):
    """All that one could make a token from, or use in its place."""
    raw = secret.encode()
    key = hashlib.sha256(raw).digest()
    for form in (raw, raw[::-1], key):
        yield from (form, form.hex().encode(), form.hex().upper().encode(), base64.b64encode(form).rstrip(b"="))
    yield urllib.parse.quote("token=" + secret).encode()
    yield raw.decode().encode("utf-16-le")
    yield raw.decode().encode("utf-32-le")


class Search:
    """Looks for secrets wherever somebody else may read."""

    def __init__(self, *tokens):
        self._needles = [form for token in tokens for form in forms(token)]
        self._hidden = []

    def hide(self, secret):
        """Has this be a secret too, such as a path for callbacks."""
        if secret.encode() not in self._hidden:
            self._hidden.append(secret.encode())

    def look(self, where, contents, queries=True):
        for needle in self._needles + self._hidden:
            check(needle not in contents, f"{needle} can be read in {where}")
        for query in QUERIES if queries else []:
            found = re.search(query, contents)
            check(not found, f"{found and contents[found.start() - 60:found.end() + 60]} can be read in {where}")

    def look_at_files(self, *folders):
        """Everything that was written, the keyring's own files included. Returns how many there were."""
        count = 0
        for path in (path for folder in folders for path in pathlib.Path(folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                # Databases and the keyring hold whatever bytes they do; logs hold words
                self.look(path, path.read_bytes(), queries=path.suffix == ".log")
                count += 1
        return count

    def look_at_process(self, pid):
        for name in ("cmdline", "environ", "comm"):
            self.look(f"/proc/{pid}/{name}", pathlib.Path(f"/proc/{pid}/{name}").read_bytes())
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            self.look(task / "comm", (task / "comm").read_bytes())


class Eavesdropper:
    """Writes down what goes over the session bus."""

    def __init__(self, path):
        self._path = path
        with open(path, "wb") as file:
            self._process = process.start(["dbus-monitor", "--session", "--binary"], stdout=file,
                                          stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        wait_until(lambda: path.stat().st_size > 0, "nothing goes over the bus")

    def heard(self):
        """What has been said so far."""
        return self._path.read_bytes()

    def stop(self):
        process.stop(self._process)
        return self.heard()
