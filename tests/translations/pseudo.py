# SPDX-License-Identifier: GPL-3.0-or-later
"""A language that nobody speaks: everything in it can be read, and shows whether it was translated.

“Open” becomes “[Öþéñ~~]”: without an ASCII letter, a third longer, as other languages are, and with brackets that
show where a text begins and ends. plain() reads it. Days, months and decimals are written in a way of their own, too."""

import re
import shutil
import subprocess
from pathlib import Path

import catalog

LOCALE = "en_XA"
PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ODD = "ÅƁÇĎÉƑĞĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒğĥîĵķļɱñöþǫŕšţûṽŵẋýž"
TO_ODD = str.maketrans(PLAIN, ODD)
TO_PLAIN = str.maketrans(ODD, PLAIN)
# What has to stay as it is: directives of printf and of dates, and markup
FIXED = re.compile(r"%(?:\d+\$)?[-+#0'_^EO]*\d*(?:\.\d+)?(?:hh|ll|[hlqzjtL])?[a-zA-Z%]|<[^<> ]+>|&\w+;")
PADDING = re.compile(r" ?~+")

HEAD = f"""msgid ""
msgstr ""
"Project-Id-Version: nightlatch\\n"
"Language: {LOCALE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

TIMES = """comment_char %
escape_char /
LC_NUMERIC
decimal_point ","
thousands_sep "."
grouping 3;3
END LC_NUMERIC
LC_TIME
abday {abday}
day {day}
abmon {abmon}
mon {mon}
d_t_fmt "%a/, %d/.%m/.%Y %H/.%M/.%S"
d_fmt "%d/.%m/.%Y"
t_fmt "%H/.%M/.%S"
am_pm "";""
t_fmt_ampm ""
date_fmt "%a/, %d/.%m/.%Y %H/.%M/.%S"
END LC_TIME
"""
DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")


def odd(text):
    """The letters of a text as others, but not what has to stay."""
    parts, end = [], 0
    for fixed in FIXED.finditer(text):
        parts += [text[end:fixed.start()].translate(TO_ODD), fixed[0]]
        end = fixed.end()
    return "".join(parts + [text[end:].translate(TO_ODD)])


def pad(text):
    """As much as another language may need beyond that; in words, so that lines break."""
    letters = sum(character.isalpha() for character in FIXED.sub("", text))
    more = max(2, round(letters * 0.35)) if letters else 0
    if " " not in text:
        return "~" * more
    return "".join(" " + "~" * min(6, more - start) for start in range(0, more, 6))


def pseudo(text):
    """A text in that language."""
    head, body, tail = re.fullmatch(r"(\s*)(.*?)(\s*)", text, re.DOTALL).groups()
    return f"{head}[{odd(body)}{pad(body)}]{tail}"


def plain(text):
    """The text that something is in that language."""
    return PADDING.sub("", text).translate(TO_PLAIN).replace("[", "").replace("]", "")


def write_catalog(path, messages):
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD)
        for message in messages:
            lines = [f"msgctxt {catalog.quote(message.context)}"] if message.context else []
            lines.append(f"msgid {catalog.quote(message.text)}")
            if message.plural:
                lines += [f"msgid_plural {catalog.quote(message.plural)}",
                          f"msgstr[0] {catalog.quote(pseudo(message.text))}",
                          f"msgstr[1] {catalog.quote(pseudo(message.plural))}"]
            else:
                lines.append(f"msgstr {catalog.quote(pseudo(message.text))}")
            print("", *lines, sep="\n", file=file)


def names(words):
    """Names as a locale's source has them."""
    return ";".join('"' + "".join(f"<U{ord(letter):04X}>" for letter in odd(word)) + '"' for word in words)


def write_locale(folder):
    """A locale for that language: all of C.UTF-8's, and times and numbers of its own. Nobody needs to be root."""
    source, characters, compiled = folder / "source", folder / "UTF-8", folder / "compiled"
    source.write_text(TIMES.format(abday=names(day[:3] for day in DAYS), day=names(DAYS),
                                   abmon=names(month[:3] for month in MONTHS), mon=names(MONTHS)), encoding="utf-8")
    known = [f"<U{ord(c):04X}> {''.join(f'/x{byte:02x}' for byte in c.encode())} {c}"
             for c in map(chr, [*range(32, 127), *map(ord, ODD)])]
    characters.write_text("\n".join(["<code_set_name> UTF-8", "<comment_char> %", "<escape_char> /", "<mb_cur_min> 1",
                                     "<mb_cur_max> 6", "CHARMAP", *known, "END CHARMAP", ""]), encoding="utf-8")
    # It complains of all that is not there, and writes what is
    subprocess.run(["localedef", "-c", "-f", characters, "-i", source, compiled], check=False, capture_output=True)
    place = folder / f"{LOCALE}.UTF-8"
    shutil.copytree(next(Path("/usr/lib/locale").glob("C.[uU]*8")), place, symlinks=False)
    for category in "LC_TIME", "LC_NUMERIC":
        shutil.copyfile(compiled / category, place / category)


def make(folder):
    """Writes the language into `folder`; returns what programs have to have in their environment to speak it."""
    shutil.rmtree(folder, ignore_errors=True)
    translations = folder / "translations" / LOCALE / "LC_MESSAGES"
    translations.mkdir(parents=True)
    write_catalog(folder / f"{LOCALE}.po", catalog.extract())
    subprocess.run(["msgfmt", "--check-format", "-o", translations / "nightlatch.mo", folder / f"{LOCALE}.po"], check=True)
    write_locale(folder)
    return {"LC_ALL": f"{LOCALE}.UTF-8", "LANGUAGE": LOCALE, "LOCPATH": str(folder),
            "NIGHTLATCH_LOCALE_DIR": str(folder / "translations")}
