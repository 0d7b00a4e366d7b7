/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-database.h"
#include "latch-store-activity.h"

G_BEGIN_DECLS

/*
 * What the store reads and writes of activity. Everything here blocks, in the store's thread. What records and
 * clears is called within a transaction, but what clears a lock's has its own.
 */

gboolean latch_store_queries_record_events (sqlite3 *db, const GPtrArray *events, GError **error);
GPtrArray *latch_store_queries_load_events (sqlite3 *db, const LatchEventQuery *query, GError **error);
GPtrArray *latch_store_queries_load_day (sqlite3 *db, const LatchDayQuery *query, GError **error);
gboolean latch_store_queries_prune_events (sqlite3 *db, gint64 before, GError **error);
gboolean latch_store_queries_clear_events (sqlite3 *db, const char *bridge_id, GError **error);
gboolean latch_store_queries_clear_lock_events (sqlite3 *db, const char *bridge_id, guint64 nuki_id, int device_type, GError **error);

G_END_DECLS
