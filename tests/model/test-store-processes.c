/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-test-loop.h"
#include "store-fixture.h"

static gboolean
count_cb (gpointer user_data)
{
  ++*(guint *) user_data;

  return G_SOURCE_CONTINUE;
}

/* Another program keeps the file locked: the store waits, the main loop does not; and it does not wait for ever. */
static void
test_waits_for_others_without_blocking (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) waiting = NULL;
  guint ticks = 0, source;
  sqlite3 *db;

  store_save (store, bridge);
  db = open_database (fixture->path);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);

  source = g_timeout_add (5, count_cb, &ticks);
  latch_store_save_devices_async (store, bridge->id, bridge->devices, NULL, latch_test_take_result_cb, &waiting);
  while (ticks < 50)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (waiting);
  sqlite3_exec (db, "COMMIT", NULL, NULL, NULL);
  latch_test_wait_for (waiting);
  g_assert_true (latch_store_write_finish (store, waiting, &error));
  g_assert_no_error (error);
  g_source_remove (source);

  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (store_try_save_devices (store, bridge, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  sqlite3_close (db);
}

/* In processes of their own: `--write FOLDER ID COUNT` saves states one after another and says so after each. */
static int
run_writer (char **arguments)
{
  g_autoptr (LatchStore) store = latch_store_new (arguments[0]);
  g_autoptr (LatchBridgeRecord) bridge = latch_bridge_record_new (arguments[1]);
  guint64 count = g_ascii_strtoull (arguments[2], NULL, 10);

  store_save (store, bridge);
  for (guint i = 0; i < 40; i++)
    g_ptr_array_add (bridge->devices, make_device_record (i, 0, NULL));

  for (guint64 round = 1; round <= count; round++)
    {
      g_autofree char *name = g_strdup_printf ("%" G_GUINT64_FORMAT, round);
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < bridge->devices->len; i++)
        {
          LatchDeviceRecord *device = g_ptr_array_index (bridge->devices, i);

          g_set_str (&device->snapshot->name, name);
        }
      g_assert_true (store_try_save_devices (store, bridge, &error));
      g_print ("%s\n", name);
    }

  return 0;
}

static GSubprocess *
spawn_writer (StoreFixture *fixture, const char *id, const char *count)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--write",
                                           fixture->folder, id, count, NULL);

  g_assert_no_error (error);

  return process;
}

/* Returns: the state that all devices of the first bridge agree on */
static guint64
assert_whole (StoreFixture *fixture)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (GPtrArray) bridges = store_load (store);
  g_autofree char *health = query_database (fixture->path, "PRAGMA integrity_check");
  LatchBridgeRecord *bridge;
  LatchDeviceRecord *first;

  g_assert_cmpstr (health, ==, "ok");
  g_assert_null (latch_store_dup_broken_path (store));
  g_assert_cmpuint (bridges->len, >=, 1);
  bridge = g_ptr_array_index (bridges, 0);
  g_assert_cmpuint (bridge->devices->len, ==, 40);
  first = g_ptr_array_index (bridge->devices, 0);
  for (guint i = 1; i < bridge->devices->len; i++)
    {
      LatchDeviceRecord *device = g_ptr_array_index (bridge->devices, i);

      g_assert_cmpstr (device->snapshot->name, ==, first->snapshot->name);
    }

  return g_ascii_strtoull (first->snapshot->name, NULL, 10);
}

static void
test_killed_writer_leaves_whole_states (StoreFixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (GSubprocess) writer = spawn_writer (fixture, "killed", "1000000");
      g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (writer));
      guint64 acknowledged = 0, found;

      for (guint i = 0; i < 5; i++)
        {
          g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

          g_assert_nonnull (line);
          acknowledged = g_ascii_strtoull (line, NULL, 10);
        }
      /* Somewhere in a write, and each time somewhere else */
      g_usleep (round * 300);
      g_subprocess_force_exit (writer);
      g_assert_true (g_subprocess_wait (writer, NULL, NULL));
      g_assert_true (g_subprocess_get_if_signaled (writer));

      found = assert_whole (fixture);
      g_assert_cmpuint (found, >=, acknowledged);
    }
}

/* They also find no database at first, or (data) a damaged one. */
static void
test_several_processes_at_once (StoreFixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "one", "two", "three", "four" };
  gboolean damaged = GPOINTER_TO_INT (data);
  GSubprocess *writers[G_N_ELEMENTS (ids)] = { NULL };
  g_autofree char *saved = NULL;

  if (damaged)
    write_file (fixture->path, "not a database", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    writers[i] = spawn_writer (fixture, ids[i], "20");
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_subprocess_communicate (writers[i], NULL, NULL, NULL, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (g_subprocess_get_successful (writers[i]));
      g_clear_object (&writers[i]);
    }

  g_assert_cmpuint (assert_whole (fixture), ==, 20);
  saved = query_database (fixture->path, "SELECT count (*) FROM devices WHERE name = '20'");
  g_assert_cmpstr (saved, ==, "160");
  g_assert_cmpuint (count_files (fixture->folder, ".broken"), ==, damaged ? 1 : 0);
}

int
main (int argc, char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], "--write"))
    return run_writer (argv + 2);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_store_test ("/store/waits-for-others-without-blocking", NULL, test_waits_for_others_without_blocking);
  add_store_test ("/store/killed-writer-leaves-whole-states", NULL, test_killed_writer_leaves_whole_states);
  add_store_test ("/store/several-processes-at-once", GINT_TO_POINTER (FALSE), test_several_processes_at_once);
  add_store_test ("/store/several-processes-find-damage", GINT_TO_POINTER (TRUE), test_several_processes_at_once);

  return g_test_run ();
}
