#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of the manifest: what is installed, what the desktop gets to see of it, and what shops say of it."""

import configparser
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

TESTS = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(TESTS / "house"))
import facts  # noqa: E402

APPLICATION = os.environ["NIGHTLATCH_APPLICATION"]
PROGRAMS = {"nightlatch", "nightlatchctl", "nightlatch-simulator"}
place = pathlib.Path(subprocess.run(["flatpak", "--user", "info", "--show-location", APPLICATION], check=True,
                                    capture_output=True, text=True).stdout.strip())
manifest = json.loads((TESTS.parent / "flatpak" / f"{APPLICATION}.json").read_text(encoding="utf-8"))


def keys(path):
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read(place / path, encoding="utf-8")
    return parser


def permissions():
    """As they are without a desktop's or a person's own."""
    asked = {tuple(argument.removeprefix("--").split("=")) for argument in manifest["finish-args"]}
    if ("socket", "fallback-x11") in asked:
        asked.add(("socket", "x11"))  # as old versions know it
    names = {"shared": "share", "sockets": "socket", "devices": "device"}
    given = {(names.get(key, key), value) for key, values in keys("metadata")["Context"].items()
             for value in values.strip(";").split(";")}
    yield from (f"{key}={value}" for key, value in asked ^ given)
    others = set(keys("metadata").sections()) - {"Application", "Context", "Build"}
    yield from (section for section in others if not section.startswith(f"Extension {APPLICATION}."))


def programs():
    found = {path.name for path in (place / "files/bin").iterdir()}
    yield from found ^ PROGRAMS


def licences():
    folder = place / "files/share/licenses" / APPLICATION
    yield from (path for path in ("COPYING", "libsodium/LICENSE") if not (folder / path).is_file())


def nothing_for_builders():
    files = place / "files"
    for pattern in "include", "**/*.a", "**/*.la", "**/*.pc", "share/man", "share/bash-completion", "share/fish", "share/zsh":
        yield from (path.relative_to(files) for path in files.glob(pattern))


def exports():
    share = place / "export/share"
    for path in (f"applications/{APPLICATION}.desktop", f"dbus-1/services/{APPLICATION}.service",
                 f"gnome-shell/search-providers/{APPLICATION}.search-provider.ini", f"metainfo/{APPLICATION}.metainfo.xml",
                 f"icons/hicolor/scalable/apps/{APPLICATION}.svg",
                 f"icons/hicolor/symbolic/apps/{APPLICATION}-symbolic.svg",
                 f"icons/hicolor/symbolic/apps/{APPLICATION}-locked-symbolic.svg"):
        if not (share / path).is_file():
            yield f"{path} is missing"
        elif path.startswith(("applications", "dbus-1")):
            started = re.search("^Exec=(.*)", (share / path).read_text(encoding="utf-8"), re.M)[1]
            if not re.search("flatpak run .*--command=(/app/bin/)?nightlatch ", started):
                yield f"{path} runs {started}"


def catalogue():
    """What Flatpak has made of metainfo, desktop entry and icon; screenshots, which it fetches, may be missing."""
    folder = place / "files/share/app-info"
    components = xml.fromstring(gzip.decompress((folder / f"xmls/{APPLICATION}.xml.gz").read_bytes())).findall("component")
    if len(components) != 1:
        yield f"there are {len(components)} components"
    for component in components:
        if component.findtext("id") != APPLICATION or component.get("type") != "desktop-application":
            yield f"it is of {component.findtext('id')}, of type {component.get('type')}"
        for path in ("name", "summary", "developer/name", "project_license", "description/p", "categories/category",
                     "keywords/keyword", "launchable", "url[@type='homepage']", "url[@type='vcs-browser']", "content_rating",
                     "branding/color", "supports/control", "requires/display_length", "releases/release[@timestamp]"):
            if component.find(path) is None:
                yield f"{path} is missing"
        if component.findall("releases/release") != component.findall("releases/release[@timestamp]"):
            yield "a release has no time"
        icon = component.find("icon[@type='cached'][@width='128']")
        if icon is None or not (folder / "icons/flatpak/128x128" / icon.text).is_file():
            yield "it has no icon"


facts.tell({f"/installed/{name}": [str(problem) for problem in problems()] for name, problems in {
    "may-do-what-the-manifest-says": permissions,
    "has-all-programs": programs,
    "has-the-licences": licences,
    "has-nothing-for-builders": nothing_for_builders,
    "is-seen-by-the-desktop": exports,
    "is-told-of-in-shops": catalogue,
}.items()})
