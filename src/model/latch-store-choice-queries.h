/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-database.h"
#include "latch-lock-choice.h"

G_BEGIN_DECLS

/*
 * What the store reads and writes of what people chose. Everything here blocks, in the store's thread. What writes is
 * called within a transaction.
 */

gboolean latch_store_queries_load_choices (sqlite3 *db, const char *bridge_id, GPtrArray *choices, GError **error);
gboolean latch_store_queries_save_name (sqlite3 *db, const char *bridge_id, const LatchLockChoice *choice, GError **error);
gboolean latch_store_queries_save_hidden (sqlite3 *db, const char *bridge_id, const LatchLockChoice *choice, GError **error);

G_END_DECLS
