/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

/*
 * A text that identifies a lock among all bridges, for settings and for the targets of actions: its bridge’s ID, its
 * own ID, and 1 for an opener, with slashes between them.
 */

char *latch_lock_key_new (LatchLock *lock);
LatchLock *latch_lock_key_find (const char *key, GListModel *bridges);
LatchLock *latch_lock_key_find_named (const char *text, GListModel *bridges);

G_END_DECLS
