/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * The database file: opening, upgrading and rescuing it, and SQLite's errors in words. Everything here blocks, so it
 * belongs into the store's thread.
 */

#define LATCH_DATABASE_NAME "nightlatch.db"

/*
 * Which events are unlocks: bolts drawn in, and openers that open to whoever rings; and which are issues: what wants
 * attention. They are part of the schema: there are indexes of these events, which only serve who asks in these words.
 */
#define LATCH_DATABASE_UNLOCKS "(kind = 1 AND to_value IN (3, 5, 6) OR kind = 7 AND to_value = 3)"
#define LATCH_DATABASE_ISSUES                                                                                         \
  "(kind = 1 AND to_value IN (0, 254, 255) OR kind IN (4, 5) AND to_value = 1 OR kind = 2 AND to_value = 240)"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

sqlite3 *latch_database_open (const char *folder, gboolean thorough, char **broken_path, GError **error);

gboolean latch_database_execute (sqlite3 *db, const char *sql, GError **error);
gboolean latch_database_begin (sqlite3 *db, GError **error);
gboolean latch_database_end (sqlite3 *db, gboolean success, GError **error);
sqlite3_stmt *latch_database_prepare (sqlite3 *db, const char *sql, GError **error);
gboolean latch_database_step (sqlite3_stmt *statement, gboolean *has_row, GError **error);

G_END_DECLS
