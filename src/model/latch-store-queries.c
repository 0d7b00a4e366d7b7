/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-store-queries.h"

#include <glib/gi18n-lib.h>

#include "latch-store-choice-queries.h"

/* In the order of the columns below */
#define DEVICE_COLUMNS                                                                                                 \
  "nuki_id, device_type, position, name, firmware_version, has_state, state_code, mode, battery_critical, "            \
  "battery_charging, battery_percent, keypad_battery_critical, door_state_code, ring_active, ring_timestamp, "         \
  "timestamp, confirmed_at, changed_at"

/* What a bridge left out is -1 or 0 in a snapshot, according to its kind, and NULL in the database. */
static void
bind_int (sqlite3_stmt *statement, int place, gint64 value, gint64 missing)
{
  if (value != missing)
    sqlite3_bind_int64 (statement, place, value);
}

static gint64
column_int (sqlite3_stmt *statement, int column, gint64 missing)
{
  return sqlite3_column_type (statement, column) != SQLITE_NULL ? sqlite3_column_int64 (statement, column) : missing;
}

static void
bind_text (sqlite3_stmt *statement, int place, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (statement, place, text, -1, SQLITE_TRANSIENT);
}

static char *
column_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static void
bind_device (sqlite3_stmt *statement, int place, const LatchDeviceRecord *device)
{
  const LatchDeviceSnapshot *snapshot = device->snapshot;
  const LatchStateSnapshot *state = &snapshot->state;

  sqlite3_bind_int64 (statement, place++, (sqlite3_int64) snapshot->nuki_id);
  sqlite3_bind_int (statement, place++, snapshot->device_type);
  sqlite3_bind_int64 (statement, place++, device->position);
  bind_text (statement, place++, snapshot->name);
  bind_text (statement, place++, snapshot->firmware_version);
  sqlite3_bind_int (statement, place++, snapshot->has_state);
  bind_int (statement, place++, state->state_code, -1);
  bind_int (statement, place++, state->mode, -1);
  bind_int (statement, place++, state->battery_critical, LATCH_TRISTATE_UNKNOWN);
  bind_int (statement, place++, state->battery_charging, LATCH_TRISTATE_UNKNOWN);
  bind_int (statement, place++, state->battery_percent, -1);
  bind_int (statement, place++, state->keypad_battery_critical, LATCH_TRISTATE_UNKNOWN);
  bind_int (statement, place++, state->door_state_code, -1);
  bind_int (statement, place++, state->ring_active, LATCH_TRISTATE_UNKNOWN);
  bind_int (statement, place++, state->ring_timestamp, 0);
  bind_int (statement, place++, state->timestamp, 0);
  bind_int (statement, place++, device->confirmed_at, 0);
  bind_int (statement, place++, device->changed_at, 0);
}

static LatchDeviceRecord *
read_device (sqlite3_stmt *statement, int column)
{
  g_autoptr (LatchDeviceSnapshot) snapshot = latch_device_snapshot_new (0);
  g_autoptr (LatchDeviceRecord) device = latch_device_record_new (snapshot);
  LatchStateSnapshot *state = &device->snapshot->state;

  device->snapshot->nuki_id = (guint64) sqlite3_column_int64 (statement, column++);
  device->snapshot->device_type = sqlite3_column_int (statement, column++);
  device->position = (guint) sqlite3_column_int64 (statement, column++);
  device->snapshot->name = column_text (statement, column++);
  device->snapshot->firmware_version = column_text (statement, column++);
  device->snapshot->has_state = sqlite3_column_int (statement, column++) != 0;
  state->state_code = column_int (statement, column++, -1);
  state->mode = column_int (statement, column++, -1);
  state->battery_critical = column_int (statement, column++, LATCH_TRISTATE_UNKNOWN);
  state->battery_charging = column_int (statement, column++, LATCH_TRISTATE_UNKNOWN);
  state->battery_percent = column_int (statement, column++, -1);
  state->keypad_battery_critical = column_int (statement, column++, LATCH_TRISTATE_UNKNOWN);
  state->door_state_code = column_int (statement, column++, -1);
  state->ring_active = column_int (statement, column++, LATCH_TRISTATE_UNKNOWN);
  state->ring_timestamp = column_int (statement, column++, 0);
  state->timestamp = column_int (statement, column++, 0);
  device->confirmed_at = column_int (statement, column++, 0);
  device->changed_at = column_int (statement, column++, 0);

  return g_steal_pointer (&device);
}

static LatchBridgeRecord *
read_bridge (sqlite3_stmt *statement)
{
  LatchBridgeRecord *bridge = latch_bridge_record_new ((const char *) sqlite3_column_text (statement, 0));

  bridge->name = column_text (statement, 1);
  bridge->host = column_text (statement, 2);
  bridge->port = (guint16) sqlite3_column_int (statement, 3);
  bridge->accepted_mode = (LatchAuthMode) sqlite3_column_int (statement, 4);
  bridge->type = (LatchBridgeType) sqlite3_column_int (statement, 5);
  bridge->instant_updates = sqlite3_column_int (statement, 6) != 0;
  bridge->allows_pairing = (int) column_int (statement, 7, 0);
  bridge->was_reset = sqlite3_column_int (statement, 8) != 0;

  return bridge;
}

static gboolean
load_devices (sqlite3 *db, LatchBridgeRecord *bridge, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  statement = latch_database_prepare (
      db, "SELECT " DEVICE_COLUMNS " FROM devices WHERE bridge_id = ? ORDER BY position, nuki_id, device_type", error);
  if (statement == NULL)
    return FALSE;

  bind_text (statement, 1, bridge->id);
  while (latch_database_step (statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      g_ptr_array_add (bridge->devices, read_device (statement, 0));
    }

  return FALSE;
}

static gboolean
load_bridges (sqlite3 *db, GPtrArray *bridges, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  LatchBridgeRecord *bridge = NULL;
  gboolean has_row;

  statement = latch_database_prepare (
      db,
      "SELECT id, name, host, port, accepted_mode, type, instant_updates, allows_pairing, was_reset FROM bridges "
      "ORDER BY number",
      error);
  if (statement == NULL)
    return FALSE;

  while (latch_database_step (statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      bridge = read_bridge (statement);
      g_ptr_array_add (bridges, bridge);
      if (!load_devices (db, bridge, error) ||
          !latch_store_queries_load_choices (db, bridge->id, bridge->choices, error))
        return FALSE;
    }

  return FALSE;
}

/**
 * latch_store_queries_load:
 * @error: set to a %G_IO_ERROR
 *
 * Reads everything as it was at one moment, whatever others write meanwhile.
 *
 * Returns: (transfer container) (element-type LatchBridgeRecord) (nullable): the bridges in the order in which they
 *   were added
 */
GPtrArray *
latch_store_queries_load (sqlite3 *db, GError **error)
{
  g_autoptr (GPtrArray) bridges = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_bridge_record_free);
  gboolean ok;

  if (!latch_database_execute (db, "BEGIN", error))
    return NULL;

  ok = load_bridges (db, bridges, error);
  if (!latch_database_end (db, ok, error))
    return NULL;

  return g_steal_pointer (&bridges);
}

/* What a program learns by itself does not bring back what another one has forgotten, nor undo what that has stored */
static gboolean
update_bridge (sqlite3 *db, const LatchBridgeRecord *bridge, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = latch_database_prepare (
      db,
      "UPDATE bridges SET name = coalesce (?2, name), host = coalesce (?3, host), port = coalesce (?4, port), "
      "accepted_mode = max (accepted_mode, ?5), type = coalesce (?6, type), "
      "instant_updates = coalesce (?7, instant_updates), allows_pairing = iif (?9 IS NULL, allows_pairing, ?8), "
      "was_reset = coalesce (?9, was_reset) WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;

  bind_text (statement, 1, bridge->id);
  bind_text (statement, 2, bridge->name);
  bind_text (statement, 3, bridge->host);
  if (bridge->host != NULL)
    sqlite3_bind_int (statement, 4, bridge->port);
  sqlite3_bind_int (statement, 5, bridge->accepted_mode);
  bind_int (statement, 6, bridge->type, LATCH_BRIDGE_TYPE_UNKNOWN);
  if (!bridge->keeps_rest)
    {
      sqlite3_bind_int (statement, 7, bridge->instant_updates);
      bind_int (statement, 8, bridge->allows_pairing, 0);
      sqlite3_bind_int (statement, 9, bridge->was_reset);
    }

  return latch_database_step (statement, NULL, error);
}

/**
 * latch_store_queries_save_bridge:
 * @bridge: a bridge, new or known; its devices are not looked at
 * @error: set to a %G_IO_ERROR
 *
 * Returns: whether it was saved
 */
gboolean
latch_store_queries_save_bridge (sqlite3 *db, const LatchBridgeRecord *bridge, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (bridge->known_only)
    return update_bridge (db, bridge, error);

  /* Not INSERT OR REPLACE, which would delete the old row first, and with it the devices */
  statement = latch_database_prepare (
      db,
      "INSERT INTO bridges (id, name, host, port, accepted_mode, type, instant_updates, allows_pairing, was_reset) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET name = excluded.name, host = excluded.host, port = excluded.port, "
      "accepted_mode = excluded.accepted_mode, type = excluded.type, instant_updates = excluded.instant_updates, "
      "allows_pairing = excluded.allows_pairing, was_reset = excluded.was_reset",
      error);
  if (statement == NULL)
    return FALSE;

  bind_text (statement, 1, bridge->id);
  bind_text (statement, 2, bridge->name);
  bind_text (statement, 3, bridge->host);
  sqlite3_bind_int (statement, 4, bridge->port);
  sqlite3_bind_int (statement, 5, bridge->accepted_mode);
  sqlite3_bind_int (statement, 6, bridge->type);
  sqlite3_bind_int (statement, 7, bridge->instant_updates);
  bind_int (statement, 8, bridge->allows_pairing, 0);
  sqlite3_bind_int (statement, 9, bridge->was_reset);

  return latch_database_step (statement, NULL, error);
}

/**
 * latch_store_queries_save_devices:
 * @bridge: a known bridge's ID and devices; the rest is not looked at
 * @error: set to a %G_IO_ERROR, %G_IO_ERROR_NOT_FOUND if the bridge is not known
 *
 * Replaces all that is known of a bridge's devices.
 *
 * Returns: whether they were saved
 */
gboolean
latch_store_queries_save_devices (sqlite3 *db, const LatchBridgeRecord *bridge, GError **error)
{
  g_autoptr (sqlite3_stmt) clear = NULL;
  g_autoptr (sqlite3_stmt) insert = NULL;

  clear = latch_database_prepare (db, "DELETE FROM devices WHERE bridge_id = ?", error);
  if (clear == NULL)
    return FALSE;
  bind_text (clear, 1, bridge->id);
  if (!latch_database_step (clear, NULL, error))
    return FALSE;

  /* Should a bridge list a device twice, its last word counts */
  insert = latch_database_prepare (db,
                                   "INSERT OR REPLACE INTO devices (bridge_id, " DEVICE_COLUMNS ") "
                                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                   error);
  if (insert == NULL)
    return FALSE;

  for (guint i = 0; i < bridge->devices->len; i++)
    {
      sqlite3_reset (insert);
      sqlite3_clear_bindings (insert);
      bind_text (insert, 1, bridge->id);
      bind_device (insert, 2, g_ptr_array_index (bridge->devices, i));
      if (!latch_database_step (insert, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * latch_store_queries_remove_bridge:
 * @bridge_id: a bridge, known or not
 * @error: set to a %G_IO_ERROR
 *
 * Removes a bridge and its devices, with what was chosen for them.
 *
 * Returns: whether it is not there any more
 */
gboolean
latch_store_queries_remove_bridge (sqlite3 *db, const char *bridge_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = latch_database_prepare (db, "DELETE FROM bridges WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;

  bind_text (statement, 1, bridge_id);

  return latch_database_step (statement, NULL, error);
}

/**
 * latch_store_queries_load_installation_id:
 * @error: set to a %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what tells this installation from others: 16 hexadecimal digits
 */
char *
latch_store_queries_load_installation_id (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  statement = latch_database_prepare (db, "SELECT value FROM installation WHERE name = 'id'", error);
  if (statement == NULL || !latch_database_step (statement, &has_row, error))
    return NULL;

  if (has_row)
    return column_text (statement, 0);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("“%s” is damaged"), sqlite3_db_filename (db, "main"));

  return NULL;
}
