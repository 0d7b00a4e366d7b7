#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""That what we publish is as Flathub wants it. Each rule is in tests/house/flathub, with what it says."""

import os
from pathlib import Path

import facts
import flathub

wrong = flathub.broken(flathub.Package.of(Path(os.environ['SOURCE_ROOT']), Path(os.environ['BUILD_ROOT'])))
facts.tell({f'/flathub/{name}': [f'{rule.words}. But: {problem}' for problem in wrong.get(name, [])]
            for name, rule in flathub.RULES.items()})
