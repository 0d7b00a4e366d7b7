/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "latch-test-loop.h"

#include <glib/gstdio.h>

void
store_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->top = g_dir_make_tmp ("latch-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_build_filename (fixture->top, "data", NULL);
  fixture->path = g_build_filename (fixture->folder, "nightlatch.db", NULL);
}

static void
delete_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      delete_tree (child);
    }

  g_assert_cmpint (g_remove (path), ==, 0);
}

void
store_fixture_tear_down (StoreFixture *fixture, gconstpointer data)
{
  delete_tree (fixture->top);
  g_free (fixture->top);
  g_free (fixture->folder);
  g_free (fixture->path);
}

GPtrArray *
store_try_load (LatchStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_store_load_async (store, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_store_load_finish (store, result, error);
}

GPtrArray *
store_load (LatchStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *bridges = store_try_load (store, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bridges);

  return bridges;
}

gboolean
store_try_save_bridge (LatchStore *store, const LatchBridgeRecord *bridge, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_store_save_bridge_async (store, bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_store_write_finish (store, result, error);
}

gboolean
store_try_save_devices (LatchStore *store, const LatchBridgeRecord *bridge, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_store_save_devices_async (store, bridge->id, bridge->devices, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_store_write_finish (store, result, error);
}

void
store_save (LatchStore *store, const LatchBridgeRecord *bridge)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (store_try_save_bridge (store, bridge, &error));
  g_assert_no_error (error);
  g_assert_true (store_try_save_devices (store, bridge, &error));
  g_assert_no_error (error);
}

LatchDeviceRecord *
make_device_record (guint64 nuki_id, int device_type, const char *name)
{
  g_autoptr (LatchDeviceSnapshot) snapshot = latch_device_snapshot_new (nuki_id);

  snapshot->device_type = device_type;
  snapshot->name = g_strdup (name);

  return latch_device_record_new (snapshot);
}

LatchBridgeRecord *
make_bridge_record (const char *id, const char *name)
{
  LatchBridgeRecord *bridge = latch_bridge_record_new (id);

  bridge->name = g_strdup (name);

  return bridge;
}

/* Every member of every struct has another value, so that none can take another's place. */
LatchBridgeRecord *
make_full_bridge_record (void)
{
  LatchBridgeRecord *bridge = make_bridge_record ("full", "Hausflur");
  LatchDeviceRecord *device = make_device_record (G_MAXUINT64, 4, "Tür");
  LatchDeviceSnapshot *snapshot = device->snapshot;

  bridge->host = g_strdup ("192.0.2.7");
  bridge->port = 8080;
  bridge->accepted_mode = LATCH_AUTH_MODE_ENCRYPTED;
  bridge->type = LATCH_BRIDGE_TYPE_HARDWARE;

  snapshot->firmware_version = g_strdup ("3.4.5");
  snapshot->has_state = TRUE;
  snapshot->state = (LatchStateSnapshot) {
    .state_code = 1,
    .mode = 2,
    .battery_critical = LATCH_TRISTATE_YES,
    .battery_charging = LATCH_TRISTATE_NO,
    .battery_percent = 85,
    .keypad_battery_critical = LATCH_TRISTATE_YES,
    .door_state_code = 2,
    .ring_active = LATCH_TRISTATE_YES,
    .ring_timestamp = 1700000001,
    .timestamp = 1700000002,
  };
  device->confirmed_at = 1700000003;
  device->changed_at = 1700000004;
  g_ptr_array_add (bridge->devices, device);

  /* Of the second, nothing is known but its ID */
  device = make_device_record (7, -1, NULL);
  device->position = 1;
  g_ptr_array_add (bridge->devices, device);

  return bridge;
}

static void
assert_same_device (const LatchDeviceRecord *actual, const LatchDeviceRecord *expected)
{
  const LatchStateSnapshot *state = &actual->snapshot->state;
  const LatchStateSnapshot *expected_state = &expected->snapshot->state;

  g_assert_cmpuint (actual->position, ==, expected->position);
  g_assert_cmpint (actual->confirmed_at, ==, expected->confirmed_at);
  g_assert_cmpint (actual->changed_at, ==, expected->changed_at);
  g_assert_cmpuint (actual->snapshot->nuki_id, ==, expected->snapshot->nuki_id);
  g_assert_cmpint (actual->snapshot->device_type, ==, expected->snapshot->device_type);
  g_assert_cmpstr (actual->snapshot->name, ==, expected->snapshot->name);
  g_assert_cmpstr (actual->snapshot->firmware_version, ==, expected->snapshot->firmware_version);
  g_assert_cmpint (actual->snapshot->has_state, ==, expected->snapshot->has_state);
  g_assert_cmpint (state->state_code, ==, expected_state->state_code);
  g_assert_cmpint (state->mode, ==, expected_state->mode);
  g_assert_cmpint (state->battery_critical, ==, expected_state->battery_critical);
  g_assert_cmpint (state->battery_charging, ==, expected_state->battery_charging);
  g_assert_cmpint (state->battery_percent, ==, expected_state->battery_percent);
  g_assert_cmpint (state->keypad_battery_critical, ==, expected_state->keypad_battery_critical);
  g_assert_cmpint (state->door_state_code, ==, expected_state->door_state_code);
  g_assert_cmpint (state->ring_active, ==, expected_state->ring_active);
  g_assert_cmpint (state->ring_timestamp, ==, expected_state->ring_timestamp);
  g_assert_cmpint (state->timestamp, ==, expected_state->timestamp);
}

void
assert_same_bridge_record (const LatchBridgeRecord *actual, const LatchBridgeRecord *expected)
{
  g_assert_cmpstr (actual->id, ==, expected->id);
  g_assert_cmpstr (actual->name, ==, expected->name);
  g_assert_cmpstr (actual->host, ==, expected->host);
  g_assert_cmpuint (actual->port, ==, expected->port);
  g_assert_cmpint (actual->accepted_mode, ==, expected->accepted_mode);
  g_assert_cmpint (actual->type, ==, expected->type);
  g_assert_cmpint (actual->instant_updates, ==, expected->instant_updates);
  g_assert_cmpint (actual->allows_pairing, ==, expected->allows_pairing);
  g_assert_cmpint (actual->was_reset, ==, expected->was_reset);
  g_assert_cmpuint (actual->devices->len, ==, expected->devices->len);
  for (guint i = 0; i < expected->devices->len; i++)
    assert_same_device (g_ptr_array_index (actual->devices, i), g_ptr_array_index (expected->devices, i));
}

/* A look at the file from outside. */
sqlite3 *
open_database (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 10000);

  return db;
}

char *
query_database (const char *path, const char *sql)
{
  sqlite3 *db = open_database (path);
  sqlite3_stmt *statement = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, (const char *) sqlite3_column_text (statement, 0));
    }
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  sqlite3_close (db);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

void
execute_in_database (const char *path, const char *sql)
{
  sqlite3 *db = open_database (path);

  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

guint
count_files (const char *folder, const char *part)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, part) != NULL;

  return n;
}

void
write_file (const char *path, const char *contents, gssize length)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);
}
