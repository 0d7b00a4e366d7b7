# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts that are to be translated."""

import ast
import dataclasses
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "po" / "nightlatch.pot"
HOW = re.findall(r"'(--[^']+)'", (ROOT / "po" / "meson.build").read_text(encoding="utf-8"))
FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Message:
    """One text, with what translators are told of it."""

    context: str
    text: str
    plural: str
    comment: str
    # A file that is split has not changed what translators get
    places: tuple = dataclasses.field(compare=False)

    @property
    def key(self):
        """What it is found by."""
        return self.context, self.text

    def __str__(self):
        return f"{', '.join(self.places)}: “{self.text}”"


def quote(text):
    """A text as a catalog writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def parse(catalog):
    """All messages of a catalog but its head."""
    messages = []
    for block in catalog.split("\n\n"):
        fields = {name: "".join(ast.literal_eval(line) for line in lines.splitlines())
                  for name, lines in FIELD.findall(block)}
        if fields.get("msgid"):
            messages.append(Message(fields.get("msgctxt", ""), fields["msgid"], fields.get("msgid_plural", ""),
                                    "\n".join(re.findall(r"^#\. ?(.*)", block, re.MULTILINE)),
                                    tuple(" ".join(re.findall(r"^#: (.*)", block, re.MULTILINE)).split())))
    return messages


def extract():
    """All messages of the sources, as they are now; as `meson compile nightlatch-pot` finds them."""
    found = subprocess.run(
        ["xgettext", *HOW, "--files-from=po/POTFILES.in", "--directory=.", "--output=-"],
        cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8")
    return parse(found.stdout)
