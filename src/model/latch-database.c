/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>

#define BUSY_TIMEOUT 5000 /* ms */

/*
 * What leads from one version of the schema to the next: the first from nothing to version 1. What was released is
 * never changed, only added to. In all columns, NULL is what the bridge did not say.
 */
static const char *const migrations[] = {
  "CREATE TABLE bridges ("
  "  number INTEGER PRIMARY KEY," /* the order in which they were added */
  "  id TEXT NOT NULL UNIQUE,"
  "  name TEXT,"
  "  host TEXT,"
  "  port INTEGER NOT NULL,"
  "  accepted_mode INTEGER NOT NULL,"
  "  type INTEGER NOT NULL"
  ") STRICT;"
  "CREATE TABLE devices ("
  "  bridge_id TEXT NOT NULL REFERENCES bridges (id) ON DELETE CASCADE,"
  "  nuki_id INTEGER NOT NULL,"
  "  device_type INTEGER NOT NULL," /* -1 for none: a part of the key cannot be NULL */
  "  position INTEGER NOT NULL,"
  "  name TEXT,"
  "  firmware_version TEXT,"
  "  has_state INTEGER NOT NULL,"
  "  state_code INTEGER,"
  "  mode INTEGER,"
  "  battery_critical INTEGER,"
  "  battery_charging INTEGER,"
  "  battery_percent INTEGER,"
  "  keypad_battery_critical INTEGER,"
  "  door_state_code INTEGER,"
  "  ring_active INTEGER,"
  "  ring_timestamp INTEGER,"
  "  timestamp INTEGER,"
  "  confirmed_at INTEGER,"
  "  changed_at INTEGER,"
  "  PRIMARY KEY (bridge_id, nuki_id, device_type)"
  ") STRICT, WITHOUT ROWID;",
  /* What is known of this installation itself. Its ID marks what it registers elsewhere, and is no secret */
  "CREATE TABLE installation ("
  "  name TEXT PRIMARY KEY NOT NULL,"
  "  value TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;"
  "INSERT INTO installation VALUES ('id', lower (hex (randomblob (8))));",
  /*
   * What happened to locks, for pages of all events and of one lock's, and for looking up the last one of a kind. The
   * order in which they were recorded is that of their IDs, whatever the clock did.
   */
  "ALTER TABLE bridges ADD COLUMN instant_updates INTEGER NOT NULL DEFAULT 1;"
  "CREATE TABLE events ("
  "  id INTEGER PRIMARY KEY,"
  "  bridge INTEGER NOT NULL REFERENCES bridges (number) ON DELETE CASCADE,"
  "  nuki_id INTEGER NOT NULL,"
  "  device_type INTEGER NOT NULL," /* -1 for none */
  "  at INTEGER NOT NULL,"
  "  kind INTEGER NOT NULL,"
  "  from_value INTEGER,"
  "  to_value INTEGER NOT NULL,"
  "  cause INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX events_by_time ON events (at);"
  "CREATE INDEX events_by_lock ON events (bridge, nuki_id, device_type, at);"
  "CREATE INDEX events_by_kind ON events (bridge, nuki_id, device_type, kind);",
  /* What bridges can be told, but do not tell: a LatchAccess, NULL for unknown; and whether they have forgotten us */
  "ALTER TABLE bridges ADD COLUMN allows_pairing INTEGER;"
  "ALTER TABLE bridges ADD COLUMN was_reset INTEGER NOT NULL DEFAULT 0;",
  /* What somebody chose for locks. It is not in their own table, whose rows come and go with the bridge's list */
  "CREATE TABLE choices ("
  "  bridge_id TEXT NOT NULL REFERENCES bridges (id) ON DELETE CASCADE,"
  "  nuki_id INTEGER NOT NULL,"
  "  device_type INTEGER NOT NULL," /* -1 for none */
  "  name TEXT,"
  "  hidden INTEGER NOT NULL,"
  "  PRIMARY KEY (bridge_id, nuki_id, device_type)"
  ") STRICT, WITHOUT ROWID;",
  /* For pages of one bridge's events and of some events only, and for what a lock was at some time */
  "CREATE INDEX events_by_bridge ON events (bridge, at);"
  "CREATE INDEX events_by_kind_and_time ON events (bridge, nuki_id, device_type, kind, at);"
  "CREATE INDEX unlocks_by_time ON events (at) WHERE " LATCH_DATABASE_UNLOCKS ";"
  "CREATE INDEX unlocks_by_lock ON events (bridge, nuki_id, device_type, at) WHERE " LATCH_DATABASE_UNLOCKS ";"
  "CREATE INDEX issues_by_time ON events (at) WHERE " LATCH_DATABASE_ISSUES ";"
  "CREATE INDEX issues_by_lock ON events (bridge, nuki_id, device_type, at) WHERE " LATCH_DATABASE_ISSUES ";",
};

static void
set_error_for_file (sqlite3 *db, const char *path, GError **error)
{
  int code = sqlite3_extended_errcode (db);

  if (code == SQLITE_CONSTRAINT_FOREIGNKEY)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _("This bridge is no longer among the saved ones. Add it again"));
      return;
    }

  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                   _("Another program keeps “%s” in use. Close that program, then try again"), path);
      break;
    case SQLITE_FULL:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _("No space is left to save “%s”. Free some space, then try again"), path);
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   _("“%s” cannot be written. Check the permissions of the file and of its folder"), path);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("“%s” is damaged"), path);
      break;
    default:
      /* Translators: the first is the name of a file, the second a reason, in English */
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("“%s” cannot be used: %s"), path, sqlite3_errmsg (db));
    }
}

static void
set_error (sqlite3 *db, GError **error)
{
  set_error_for_file (db, sqlite3_db_filename (db, "main"), error);
}

static gboolean
query_int (sqlite3 *db, const char *sql, int *value, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = latch_database_prepare (db, sql, error);
  gboolean has_row;

  if (statement == NULL || !latch_database_step (statement, &has_row, error))
    return FALSE;

  *value = has_row ? sqlite3_column_int (statement, 0) : 0;

  return TRUE;
}

static gboolean
check_all (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = latch_database_prepare (db, "PRAGMA quick_check (1)", error);
  gboolean has_row;

  if (statement == NULL || !latch_database_step (statement, &has_row, error))
    return FALSE;

  if (!has_row || g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("“%s” is damaged"), sqlite3_db_filename (db, "main"));
      return FALSE;
    }

  return TRUE;
}

/* Refuses a database from the future before anything in it is touched. */
static gboolean
check_version (sqlite3 *db, int *version, GError **error)
{
  if (!query_int (db, "PRAGMA user_version", version, error))
    return FALSE;

  if (*version > (int) G_N_ELEMENTS (migrations))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _("“%s” was written by a newer version of Nightlatch. Install that version, or move the file away"),
                   sqlite3_db_filename (db, "main"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
upgrade (sqlite3 *db, int version, GError **error)
{
  gboolean ok = TRUE;

  if (version == G_N_ELEMENTS (migrations))
    return TRUE;

  if (!latch_database_begin (db, error))
    return FALSE;

  for (; ok && version < (int) G_N_ELEMENTS (migrations); version++)
    {
      g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %d", version + 1);

      ok = latch_database_execute (db, migrations[version], error) && latch_database_execute (db, stamp, error);
    }

  return latch_database_end (db, ok, error);
}

static sqlite3 *
connect_to_file (const char *path, gboolean thorough, GError **error)
{
  g_autoptr (sqlite3) db = NULL;
  int version, tables;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      set_error_for_file (db, path, error);
      return NULL;
    }

  sqlite3_extended_result_codes (db, TRUE);
  sqlite3_busy_timeout (db, BUSY_TIMEOUT);
  /* Else closing a refused database would write into it what its journal holds */
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, TRUE, NULL);

  /* Counting tables makes SQLite read and understand the whole schema */
  if (!check_version (db, &version, error) || !query_int (db, "SELECT count (*) FROM sqlite_schema", &tables, error) ||
      (thorough && !check_all (db, error)))
    return NULL;

  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, FALSE, NULL);

  /* Some network file systems cannot have a write-ahead log. SQLite then stays with what works there */
  if (!latch_database_execute (db,
                               "PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA foreign_keys = ON;",
                               error) ||
      !upgrade (db, version, error))
    return NULL;

  return g_steal_pointer (&db);
}

static gboolean
set_file_error (const char *path, GError **error)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               /* Translators: the first is the name of a file or folder, the second the reason */
               _("“%s” cannot be written: %s. Check the permissions and the space on the disk"), path,
               g_strerror (code));

  return FALSE;
}

static gboolean
prepare_file (const char *folder, const char *path, GError **error)
{
  GStatBuf info;

  if (g_mkdir_with_parents (folder, 0700) < 0)
    return set_file_error (folder, error);

  /* Not opened and closed: that would free the locks which another connection of this process holds on the file */
  if (mknod (path, S_IFREG | 0600, 0) == 0)
    return TRUE;
  if (errno != EEXIST)
    return set_file_error (path, error);

  if (g_stat (path, &info) == 0 && (info.st_mode & 0077) != 0 && g_chmod (path, 0600) < 0)
    return set_file_error (path, error);

  return TRUE;
}

static char *
find_free_name (const char *path)
{
  g_autofree char *name = g_strconcat (path, ".broken", NULL);

  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.%u.broken", path, i);
    }

  return g_steal_pointer (&name);
}

static char *
set_aside (const char *path, GError **error)
{
  /* The log goes first. Were we interrupted half-way, it must not meet a new database */
  static const char *const suffixes[] = { "-wal", "-shm", "" };
  g_autofree char *aside = find_free_name (path);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_rename (from, to) < 0 && errno != ENOENT)
        {
          set_file_error (from, error);
          return NULL;
        }
    }

  return g_steal_pointer (&aside);
}

/**
 * latch_database_open:
 * @folder: (nullable): where the database is; made if missing. %NULL for one in memory, which goes with its connection
 * @thorough: whether to look at all of it for damage, which takes time in proportion to its size
 * @broken_path: (out) (transfer full): set to where a damaged database was kept when it had to be replaced by a new
 *   one, else to %NULL
 * @error: set to a %G_IO_ERROR; %G_IO_ERROR_NOT_SUPPORTED if a newer version of Nightlatch wrote the database, which is
 *   then left as it is
 *
 * Opens the database and brings it to the present schema. Programs that do so at once take turns.
 *
 * Returns: (transfer full) (nullable): a connection, for one thread
 */
sqlite3 *
latch_database_open (const char *folder, gboolean thorough, char **broken_path, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) local_error = NULL;
  sqlite3 *db = NULL;
  int turn;

  *broken_path = NULL;

  if (folder == NULL)
    return connect_to_file (":memory:", FALSE, error);

  path = g_build_filename (folder, LATCH_DATABASE_NAME, NULL);
  if (!prepare_file (folder, path, error))
    return NULL;

  /* Nobody may set aside the new database that somebody else has just begun. Where locks do not work, we go without */
  turn = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (turn >= 0)
    flock (turn, LOCK_EX);

  db = connect_to_file (path, thorough, &local_error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    {
      *broken_path = set_aside (path, error);
      if (*broken_path != NULL && prepare_file (folder, path, error))
        db = connect_to_file (path, FALSE, error);
    }
  else if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
    }

  if (turn >= 0)
    g_close (turn, NULL);

  return db;
}

/**
 * latch_database_execute:
 * @sql: any number of statements without results
 * @error: set to a %G_IO_ERROR
 *
 * Returns: whether all of it was done
 */
gboolean
latch_database_execute (sqlite3 *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  set_error (db, error);
  return FALSE;
}

/**
 * latch_database_begin:
 * @error: set to a %G_IO_ERROR, %G_IO_ERROR_BUSY if somebody else keeps writing
 *
 * Begins a transaction that writes. Waits here for other programs, so that nothing in the middle has to.
 *
 * Returns: whether it was begun
 */
gboolean
latch_database_begin (sqlite3 *db, GError **error)
{
  return latch_database_execute (db, "BEGIN IMMEDIATE", error);
}

/**
 * latch_database_end:
 * @success: whether what was done in the transaction shall stay
 * @error: set to a %G_IO_ERROR if it cannot stay
 *
 * Ends a transaction.
 *
 * Returns: @success, but %FALSE if what was done could not be made to stay
 */
gboolean
latch_database_end (sqlite3 *db, gboolean success, GError **error)
{
  if (success && latch_database_execute (db, "COMMIT", error))
    return TRUE;

  /* Where SQLite has done so already, this fails without harm */
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);

  return FALSE;
}

/**
 * latch_database_prepare:
 * @sql: one statement
 * @error: set to a %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the statement
 */
sqlite3_stmt *
latch_database_prepare (sqlite3 *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    set_error (db, error);

  return statement;
}

/**
 * latch_database_step:
 * @has_row: (out) (optional): whether there is a row to read
 * @error: set to a %G_IO_ERROR
 *
 * Moves to a statement's next row.
 *
 * Returns: whether that went well
 */
gboolean
latch_database_step (sqlite3_stmt *statement, gboolean *has_row, GError **error)
{
  int code = sqlite3_step (statement);

  if (has_row != NULL)
    *has_row = code == SQLITE_ROW;

  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;

  set_error (sqlite3_db_handle (statement), error);
  return FALSE;
}
