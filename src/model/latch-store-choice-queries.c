/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-store-choice-queries.h"

/* A choice that is new is written whole; of one that is there, another program may know better what the rest is */
#define SAVE_CHOICE                                                                                                    \
  "INSERT INTO choices (bridge_id, nuki_id, device_type, name, hidden) VALUES (?, ?, ?, ?, ?) "                        \
  "ON CONFLICT DO UPDATE SET "

static LatchLockChoice *
read_choice (sqlite3_stmt *statement)
{
  LatchLockChoice *choice =
      latch_lock_choice_new ((guint64) sqlite3_column_int64 (statement, 0), sqlite3_column_int (statement, 1));

  choice->name = g_strdup ((const char *) sqlite3_column_text (statement, 2));
  choice->hidden = sqlite3_column_int (statement, 3) != 0;

  return choice;
}

/**
 * latch_store_queries_load_choices:
 * @choices: (element-type LatchLockChoice): where to add what was chosen for the bridge's locks
 * @error: set to a %G_IO_ERROR
 *
 * Returns: whether it could be read
 */
gboolean
latch_store_queries_load_choices (sqlite3 *db, const char *bridge_id, GPtrArray *choices, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  statement = latch_database_prepare (
      db, "SELECT nuki_id, device_type, name, hidden FROM choices WHERE bridge_id = ?", error);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, bridge_id, -1, SQLITE_TRANSIENT);
  while (latch_database_step (statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      g_ptr_array_add (choices, read_choice (statement));
    }

  return FALSE;
}

static gboolean
save (sqlite3 *db, const char *sql, const char *bridge_id, const LatchLockChoice *choice, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = latch_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, bridge_id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 2, (sqlite3_int64) choice->nuki_id);
  sqlite3_bind_int (statement, 3, choice->device_type);
  if (choice->name != NULL)
    sqlite3_bind_text (statement, 4, choice->name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (statement, 5, choice->hidden);

  return latch_database_step (statement, NULL, error);
}

/**
 * latch_store_queries_save_name:
 * @bridge_id: a known bridge
 * @choice: all that is chosen for a lock. What was saved of it keeps all but its name
 * @error: set to a %G_IO_ERROR, %G_IO_ERROR_NOT_FOUND if the bridge is not known
 *
 * Returns: whether it was saved
 */
gboolean
latch_store_queries_save_name (sqlite3 *db, const char *bridge_id, const LatchLockChoice *choice, GError **error)
{
  return save (db, SAVE_CHOICE "name = excluded.name", bridge_id, choice, error);
}

/**
 * latch_store_queries_save_hidden:
 * @bridge_id: a known bridge
 * @choice: all that is chosen for a lock. What was saved of it keeps all but whether it is hidden
 * @error: set to a %G_IO_ERROR, %G_IO_ERROR_NOT_FOUND if the bridge is not known
 *
 * Returns: whether it was saved
 */
gboolean
latch_store_queries_save_hidden (sqlite3 *db, const char *bridge_id, const LatchLockChoice *choice, GError **error)
{
  return save (db, SAVE_CHOICE "hidden = excluded.hidden", bridge_id, choice, error);
}
