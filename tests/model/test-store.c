/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-test-loop.h"
#include "store-fixture.h"

static void
test_is_freed (StoreFixture *fixture, gconstpointer data)
{
  LatchStore *store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();

  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  store_save (store, bridge);
  g_object_unref (store);
  g_assert_null (store);

  store = latch_store_new (fixture->folder);
  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  g_object_unref (store);
  g_assert_null (store);
}

static void
test_touches_nothing_until_used (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (GPtrArray) bridges = NULL;

  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));

  bridges = store_load (store);
  g_assert_cmpuint (bridges->len, ==, 0);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_REGULAR));
  g_assert_null (latch_store_dup_broken_path (store));
}

static void
test_finds_its_folder (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *from_user =
      g_build_filename (g_get_user_data_dir (), DEVELOPMENT ? "nightlatch-devel" : "nightlatch", "nightlatch.db", NULL);
  g_autoptr (GPtrArray) bridges = NULL;

  g_setenv ("NIGHTLATCH_DATA_DIR", fixture->folder, TRUE);
  {
    g_autoptr (LatchStore) store = latch_store_new (NULL);

    bridges = store_load (store);
    g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test (from_user, G_FILE_TEST_EXISTS));
  }
  g_clear_pointer (&bridges, g_ptr_array_unref);

  /* An empty name is no name */
  g_setenv ("NIGHTLATCH_DATA_DIR", "", TRUE);
  {
    g_autoptr (LatchStore) store = latch_store_new (NULL);

    bridges = store_load (store);
    g_assert_true (g_file_test (from_user, G_FILE_TEST_EXISTS));
  }
  g_clear_pointer (&bridges, g_ptr_array_unref);

  g_unsetenv ("NIGHTLATCH_DATA_DIR");
  {
    g_autoptr (LatchStore) store = latch_store_new (NULL);

    bridges = store_load (store);
    g_assert_true (g_file_test (from_user, G_FILE_TEST_EXISTS));
  }
}

static void
test_keeps_every_field (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (LatchBridgeRecord) bare = latch_bridge_record_new ("bare");
  g_autoptr (GPtrArray) bridges = NULL;

  {
    g_autoptr (LatchStore) store = latch_store_new (fixture->folder);

    store_save (store, bridge);
    store_save (store, bare);
  }
  {
    g_autoptr (LatchStore) store = latch_store_new (fixture->folder);

    bridges = store_load (store);
  }

  g_assert_cmpuint (bridges->len, ==, 2);
  assert_same_bridge_record (g_ptr_array_index (bridges, 0), bridge);
  assert_same_bridge_record (g_ptr_array_index (bridges, 1), bare);
}

static void
test_changes_keep_order_and_devices (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (LatchBridgeRecord) first = make_bridge_record ("z", "first");
  g_autoptr (LatchBridgeRecord) last = make_bridge_record ("a", "last");
  g_autoptr (GPtrArray) bridges = NULL;
  g_autoptr (GError) error = NULL;

  store_save (store, first);
  store_save (store, bridge);
  store_save (store, last);

  g_set_str (&bridge->name, "Renamed");
  g_set_str (&bridge->host, "192.0.2.8");
  bridge->port = 8081;
  bridge->accepted_mode = LATCH_AUTH_MODE_HASHED;
  bridge->type = LATCH_BRIDGE_TYPE_SOFTWARE;
  bridge->instant_updates = FALSE;
  bridge->allows_pairing = 2;
  bridge->was_reset = TRUE;
  g_assert_true (store_try_save_bridge (store, bridge, &error));
  g_assert_no_error (error);

  bridges = store_load (store);
  g_assert_cmpuint (bridges->len, ==, 3);
  assert_same_bridge_record (g_ptr_array_index (bridges, 0), first);
  assert_same_bridge_record (g_ptr_array_index (bridges, 1), bridge);
  assert_same_bridge_record (g_ptr_array_index (bridges, 2), last);
}

static void
test_devices_are_replaced (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (LatchBridgeRecord) other = make_full_bridge_record ();
  g_autoptr (LatchBridgeRecord) replacement = make_full_bridge_record ();
  g_autoptr (GPtrArray) bridges = NULL;
  g_autoptr (GError) error = NULL;
  LatchDeviceRecord *device;

  store_save (store, bridge);
  g_set_str (&other->id, "other");
  store_save (store, other);

  /* Two kinds of device may have one ID; the same twice is a bridge's mistake */
  g_ptr_array_set_size (replacement->devices, 0);
  g_ptr_array_add (replacement->devices, make_device_record (7, 2, "An opener"));
  g_ptr_array_add (replacement->devices, make_device_record (7, 0, "First word"));
  device = make_device_record (7, 0, "Last word");
  device->position = 2;
  g_ptr_array_add (replacement->devices, device);
  g_assert_true (store_try_save_devices (store, replacement, &error));
  g_assert_no_error (error);

  bridges = store_load (store);
  g_ptr_array_remove_index (replacement->devices, 1);
  assert_same_bridge_record (g_ptr_array_index (bridges, 0), replacement);
  assert_same_bridge_record (g_ptr_array_index (bridges, 1), other);
}

static void
test_unknown_bridge_gets_no_devices (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (GPtrArray) bridges = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (store_try_save_devices (store, bridge, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  /* and the store goes on */
  store_save (store, bridge);
  bridges = store_load (store);
  assert_same_bridge_record (g_ptr_array_index (bridges, 0), bridge);
}

static void
test_removes_bridge_and_devices (StoreFixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "full", "never was there" };
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (LatchBridgeRecord) other = make_bridge_record ("other", NULL);
  g_autoptr (GPtrArray) bridges = NULL;
  g_autofree char *devices = NULL;

  store_save (store, bridge);
  store_save (store, other);

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      latch_store_remove_bridge_async (store, ids[i], NULL, latch_test_take_result_cb, &result);
      latch_test_wait_for (result);
      g_assert_true (latch_store_write_finish (store, result, &error));
      g_assert_no_error (error);
    }

  bridges = store_load (store);
  g_assert_cmpuint (bridges->len, ==, 1);
  assert_same_bridge_record (g_ptr_array_index (bridges, 0), other);
  devices = query_database (fixture->path, "SELECT count (*) FROM devices");
  g_assert_cmpstr (devices, ==, "0");
}

static void
test_flush_finishes_writes (StoreFixture *fixture, gconstpointer data)
{
  gboolean dispose = GPOINTER_TO_INT (data);
  LatchStore *store = latch_store_new (fixture->folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *names = NULL;
  g_autofree char *journal = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autoptr (LatchBridgeRecord) bridge = make_bridge_record (id, id);

      latch_store_save_bridge_async (store, bridge, NULL, NULL, NULL);
    }
  latch_store_remove_bridge_async (store, "0", NULL, latch_test_take_result_cb, &result);

  if (dispose)
    g_object_run_dispose (G_OBJECT (store));
  else
    latch_store_flush (store);

  names = query_database (fixture->path, "SELECT min (number) || ' ' || max (number) || ' ' || count (*) FROM bridges");
  g_assert_cmpstr (names, ==, "2 50 49");
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));

  /* Results come when the main context runs again */
  g_assert_null (result);
  latch_test_wait_for (result);
  g_assert_true (latch_store_write_finish (store, result, &error));
  g_assert_no_error (error);

  g_clear_object (&result);
  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  g_object_unref (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (store);
}

static void
test_cancelled_before_it_begins_is_not_done (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (GCancellable) early = g_cancellable_new ();
  g_autoptr (GCancellable) late = g_cancellable_new ();
  g_autoptr (GAsyncResult) early_result = NULL;
  g_autoptr (GAsyncResult) late_result = NULL;
  g_autoptr (GPtrArray) bridges = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (early);
  latch_store_save_bridge_async (store, bridge, early, latch_test_take_result_cb, &early_result);
  latch_test_wait_for (early_result);
  g_assert_false (latch_store_write_finish (store, early_result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  bridges = store_load (store);
  g_assert_cmpuint (bridges->len, ==, 0);
  g_clear_pointer (&bridges, g_ptr_array_unref);

  /* What is done is reported as done */
  latch_store_save_bridge_async (store, bridge, late, latch_test_take_result_cb, &late_result);
  latch_store_flush (store);
  g_cancellable_cancel (late);
  latch_test_wait_for (late_result);
  g_assert_true (latch_store_write_finish (store, late_result, &error));
  g_assert_no_error (error);
  bridges = store_load (store);
  g_assert_cmpuint (bridges->len, ==, 1);
}

static char *
load_installation_id (LatchStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  latch_store_load_installation_id_async (store, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  id = latch_store_load_installation_id_finish (store, result, &error);
  g_assert_no_error (error);

  return id;
}

static void
test_installation_keeps_its_id (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *other_folder = g_build_filename (fixture->top, "other", NULL);
  g_autoptr (LatchStore) other = latch_store_new (other_folder);
  g_autofree char *others = load_installation_id (other);
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;

  {
    g_autoptr (LatchStore) store = latch_store_new (fixture->folder);

    first = load_installation_id (store);
  }
  {
    g_autoptr (LatchStore) store = latch_store_new (fixture->folder);

    again = load_installation_id (store);
  }
  g_assert_true (g_regex_match_simple ("^[0-9a-f]{16}$", first, 0, 0));
  g_assert_cmpstr (again, ==, first);
  g_assert_cmpstr (others, !=, first);
}

static void
test_results_come_to_the_callers_context (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) bridges = NULL;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (context);
  latch_store_load_async (store, NULL, latch_test_take_result_cb, &result);
  latch_store_flush (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  bridges = latch_store_load_finish (store, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_main_context_pop_thread_default (context);
}

/* What a write-ahead log says of the transactions in it: the last frame of each has the size of the database in it. */
static guint
count_transactions (StoreFixture *fixture)
{
  const gsize header = 32, frame_header = 24, page = 4096;
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *contents = NULL;
  gsize length;
  guint n = 0;

  g_assert_true (g_file_get_contents (wal, &contents, &length, NULL));
  for (gsize at = header; at + frame_header + page <= length; at += frame_header + page)
    n += memcmp (contents + at + 4, "\0\0\0", 4) != 0;

  return n;
}

static void
test_waiting_writes_share_a_transaction (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  GAsyncResult *results[100] = { NULL };
  guint before;
  sqlite3 *db;

  store_save (store, bridge);
  before = count_transactions (fixture);

  /* While somebody else writes, they pile up */
  db = open_database (fixture->path);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *name = g_strdup_printf ("%" G_GSIZE_FORMAT, i);

      g_set_str (&bridge->name, name);
      latch_store_save_bridge_async (store, bridge, NULL, latch_test_take_result_cb, &results[i]);
    }
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;

      latch_test_wait_for (results[i]);
      g_assert_true (latch_store_write_finish (store, results[i], &error));
      g_assert_no_error (error);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (count_transactions (fixture) - before, <=, 3);
}

/* And if one of them cannot be done, the others are all the same; those that were cancelled are not. */
static void
test_one_write_at_fault_is_the_only_one (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (LatchBridgeRecord) unknown = make_bridge_record ("unknown", NULL);
  g_autoptr (LatchBridgeRecord) cancelled = make_bridge_record ("cancelled", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) bridges = NULL;
  GAsyncResult *results[5] = { NULL };
  sqlite3 *db;

  store_save (store, bridge);
  g_ptr_array_add (unknown->devices, make_device_record (1, 0, NULL));

  db = open_database (fixture->path);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  latch_store_save_bridge_async (store, bridge, NULL, latch_test_take_result_cb, &results[0]);
  g_set_str (&bridge->name, "before");
  latch_store_save_bridge_async (store, bridge, NULL, latch_test_take_result_cb, &results[1]);
  latch_store_save_bridge_async (store, cancelled, cancellable, latch_test_take_result_cb, &results[2]);
  latch_store_save_devices_async (store, "unknown", unknown->devices, NULL, latch_test_take_result_cb, &results[3]);
  bridge->port = 1;
  latch_store_save_bridge_async (store, bridge, NULL, latch_test_take_result_cb, &results[4]);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;

      latch_test_wait_for (results[i]);
      g_assert_cmpint (latch_store_write_finish (store, results[i], &error), ==, i != 2 && i != 3);
      if (i == 2)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else if (i == 3)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      else
        g_assert_no_error (error);
      g_object_unref (results[i]);
    }
  bridges = store_load (store);
  g_assert_cmpuint (bridges->len, ==, 1);
  assert_same_bridge_record (g_ptr_array_index (bridges, 0), bridge);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_store_test ("/store/is-freed", NULL, test_is_freed);
  add_store_test ("/store/touches-nothing-until-used", NULL, test_touches_nothing_until_used);
  add_store_test ("/store/finds-its-folder", NULL, test_finds_its_folder);
  add_store_test ("/store/keeps-every-field", NULL, test_keeps_every_field);
  add_store_test ("/store/changes-keep-order-and-devices", NULL, test_changes_keep_order_and_devices);
  add_store_test ("/store/devices-are-replaced", NULL, test_devices_are_replaced);
  add_store_test ("/store/unknown-bridge-gets-no-devices", NULL, test_unknown_bridge_gets_no_devices);
  add_store_test ("/store/removes-bridge-and-devices", NULL, test_removes_bridge_and_devices);
  add_store_test ("/store/flush-finishes-writes", GINT_TO_POINTER (FALSE), test_flush_finishes_writes);
  add_store_test ("/store/dispose-finishes-writes", GINT_TO_POINTER (TRUE), test_flush_finishes_writes);
  add_store_test ("/store/cancelled-before-it-begins-is-not-done", NULL, test_cancelled_before_it_begins_is_not_done);
  add_store_test ("/store/waiting-writes-share-a-transaction", NULL, test_waiting_writes_share_a_transaction);
  add_store_test ("/store/one-write-at-fault-is-the-only-one", NULL, test_one_write_at_fault_is_the_only_one);
  add_store_test ("/store/installation-keeps-its-id", NULL, test_installation_keeps_its_id);
  add_store_test ("/store/results-come-to-the-callers-context", NULL, test_results_come_to_the_callers_context);

  return g_test_run ();
}
