#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things are kept: in the application's own folders, without any secret in the clear, and until it goes."""

import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from harness import APPLICATION, check, journey, run, steps  # noqa: E402
from harness.ctl import ctl  # noqa: E402
from harness.installation import InstalledSandbox  # noqa: E402
from harness.sandbox import DATA  # noqa: E402
from harness.telltale import Search  # noqa: E402

HOME = pathlib.Path(os.environ["HOME"])
TOKEN = "Zq7Wm3Xv9Kt2Rb5"


def files(*but):
    return {path for path in HOME.rglob("*") if path.is_file() and not any(path.is_relative_to(folder) for folder in but)}


@journey(stage=InstalledSandbox)
def all_is_in_its_own_folders_and_goes_with_it(stage):
    # What is only for as long as the session is, as Flatpak has it for each sandbox, does not count
    passing = stage.folder, pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
    before = files(*passing)
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", f"--token={TOKEN}")
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    app.resize(700, 600)
    app.quit()
    ctl(stage, "rename", "Front Door", "Home")
    told = files(*passing) - before

    elsewhere = [path for path in told if not path.is_relative_to(DATA)]
    check(not elsewhere, f"it wrote {elsewhere}")
    names = {path.name for path in told}
    check({"keyfile", "nightlatch.db", "default.keyring"} <= names, f"there is {names}")
    Search(TOKEN).look_at_files(HOME)

    stage.flatpak("uninstall", "--noninteractive", "--delete-data", APPLICATION)
    check(not DATA.exists(), f"{[path.name for path in DATA.glob("*")]} stay")
    check(not any((stage.folder / "installation/exports").rglob(f"{APPLICATION}*")), "the desktop still has it")


run()
