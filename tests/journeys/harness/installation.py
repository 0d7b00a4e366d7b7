# SPDX-License-Identifier: GPL-3.0-or-later
"""A Flatpak that comes, is updated, and goes."""

import os
import re
import subprocess

from . import bus
from .sandbox import Sandbox
from .stage import APPLICATION, BUILD
from .waiting import check

REMOTE = "journey"


class InstalledSandbox(Sandbox):
    """Has it installed for one journey alone, from a repository of its own."""

    def __enter__(self):
        self._before = os.environ["FLATPAK_USER_DIR"]
        os.environ["FLATPAK_USER_DIR"] = str(self.folder / "installation")
        self._repository = self.folder / "repository"
        self._ref = "app/" + next(line for line in self._do("ostree", f"--repo={BUILD / 'repository'}", "refs").split()
                                  if line.startswith(f"app/{APPLICATION}/")).removeprefix("app/")
        self._do("ostree", f"--repo={self._repository}", "init", "--mode=archive")
        self._do("flatpak", "build-commit-from", f"--src-repo={BUILD / 'repository'}", self._repository, self._ref)
        self.flatpak("remote-add", "--no-gpg-verify", REMOTE, f"file://{self._repository}")
        self.flatpak("install", "--noninteractive", REMOTE, APPLICATION)
        super().__enter__()
        bus.set_environment({"FLATPAK_USER_DIR": os.environ["FLATPAK_USER_DIR"]})
        return self

    def __exit__(self, *problem):
        super().__exit__(*problem)
        os.environ["FLATPAK_USER_DIR"] = self._before
        bus.set_environment({"FLATPAK_USER_DIR": self._before})

    def _do(self, *command_line):
        done = subprocess.run(list(map(str, command_line)), check=False, capture_output=True, text=True, timeout=120)
        check(done.returncode == 0, f"{' '.join(map(str, command_line))}: {done.stderr}")
        return done.stdout

    def flatpak(self, command, *arguments):
        """Has flatpak do something here, as `flatpak.flatpak("update")`."""
        return self._do("flatpak", "--user", command, *arguments)

    def publish(self, old, new):
        """Puts the next version into the repository: the same with another number, which is as long."""
        tree = self.folder / "tree"
        self._do("ostree", f"--repo={self._repository}", "checkout", "--user-mode", self._ref, tree)
        for path in [*(tree / "files/bin").iterdir(), *(tree / "files/share/metainfo").iterdir()]:
            changed = re.sub(re.escape(old.encode()), new.encode(), path.read_bytes())
            mode = path.stat().st_mode
            path.unlink()  # which may be the repository's own
            path.write_bytes(changed)
            path.chmod(mode)
        self._do("flatpak", "build-export", "--disable-sandbox", self._repository, tree, self._ref.rsplit("/", 1)[1])
