/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-database.h"
#include "latch-store.h"

G_BEGIN_DECLS

/*
 * What the store reads and writes. Everything here blocks, in the store's thread. What writes is called within a
 * transaction.
 */

GPtrArray *latch_store_queries_load (sqlite3 *db, GError **error);
gboolean latch_store_queries_save_bridge (sqlite3 *db, const LatchBridgeRecord *bridge, GError **error);
gboolean latch_store_queries_save_devices (sqlite3 *db, const LatchBridgeRecord *bridge, GError **error);
gboolean latch_store_queries_remove_bridge (sqlite3 *db, const char *bridge_id, GError **error);
char *latch_store_queries_load_installation_id (sqlite3 *db, GError **error);

G_END_DECLS
