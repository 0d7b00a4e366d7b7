#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts about what translators get: all texts, and what they have to know of them."""

import re

import catalog
import facts

NOTES = "po/notes.c"
DIRECTIVE = re.compile(r"%(?:(\d+)\$)?[-+#0'_^EO]*\d*(?:hh|ll|[hlqzjt])?([a-zA-Z])")
LATER = "run `meson compile -C _build nightlatch-pot`"

sources = catalog.extract()
template = catalog.parse(catalog.TEMPLATE.read_text(encoding="utf-8"))
known = {message.key: message for message in template}


def is_explained(message):
    return bool(message.context or message.comment)


def is_unclear(message):
    """Whether one cannot know from the text alone what it says, or which word of another language it is."""
    return bool(DIRECTIVE.search(message.text.replace("%%", ""))) or len(message.text.split()) == 1


def directives(text):
    return set(DIRECTIVE.findall(text.replace("%%", "")))


results = {
    "/template/is-as-the-sources-are":
        [f"{message} is not in the template, or told of differently there: {LATER}" for message in sources
         if known.get(message.key) != message]
        + [f"{message} is in no source any more: {LATER}" for message in template
           if message.key not in {other.key for other in sources}],
    "/template/explains-what-is-unclear":
        [f"{message} wants a comment “Translators: …” where it stands, or in {NOTES}" for message in sources
         if is_unclear(message) and not is_explained(message)],
    "/template/explains-nothing-that-is-nowhere":
        [f"{message} is in no source" for message in sources if message.places == (NOTES,)],
    "/template/has-plurals-that-say-the-same":
        [f"{message} and “{message.plural}” have other directives" for message in sources
         if message.plural and not directives(message.text) <= directives(message.plural)],  # “every second”
    "/template/leaves-plurals-to-ngettext":
        [f"{message} has a plural in brackets" for message in sources if re.search(r"\w\((s|es)\)", message.text)],
}

facts.tell(results)
