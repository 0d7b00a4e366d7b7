#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts about files that are cheap to check and easy to forget."""

import os
import re
from pathlib import Path

import facts

ROOT = Path(os.environ['SOURCE_ROOT'])
SOURCES = sorted(p for p in ROOT.glob('src/**/*') if p.suffix in ('.c', '.h', '.blp', '.css'))
SCRIPTS = sorted(p for p in ROOT.glob('build-aux/*') if p.is_file() and p.suffix != '.txt')
TESTS = sorted(p for p in ROOT.glob('tests/**/*') if p.suffix in ('.c', '.h', '.py', '.sh'))
LONGEST = 500

marked = re.compile(r'\b_\s?\("|\bN_\s?\("|\bC_\s?\("|g_dngettext|ngettext \(|_\("')
listed = {line.strip() for line in (ROOT / 'po/POTFILES.in').read_text().splitlines()
          if line.strip() and not line.startswith('#')}
translatable = {str(p.relative_to(ROOT)) for p in SOURCES if p.suffix in ('.c', '.blp') and marked.search(p.read_text())}

results = {
    '/files/say-under-which-licence':
        [p for p in SOURCES + SCRIPTS + TESTS if 'SPDX-License-Identifier: GPL-3.0-or-later' not in p.read_text()[:300]
         and p.suffix != '.css'],
    '/files/stay-small':
        [f'{p} has {n} lines' for p in SOURCES if (n := p.read_text().count('\n')) > LONGEST],
    '/files/leave-no-notes-to-self':
        [p for p in SOURCES + SCRIPTS + TESTS if re.search(r'\b(TO' r'DO|FIX' r'ME|XX' r'X|HA' r'CK)\b', p.read_text())],
    '/files/are-listed-for-translators': sorted(translatable - listed),
    '/files/listed-for-translators-exist': sorted(name for name in listed if not (ROOT / name).exists()),
    '/files/name-the-app-id-once':
        [p for p in SOURCES + SCRIPTS if 'io.github.' in p.read_text()],
}

facts.tell(results)
