/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-database.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

static void
test_has_no_place_for_tokens (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (GPtrArray) bridges = store_load (store);
  g_autofree char *columns =
      query_database (fixture->path, "SELECT c.name FROM sqlite_schema s, pragma_table_info (s.name) c "
                                     "WHERE c.name LIKE '%token%' OR c.name LIKE '%secret%'");

  g_assert_cmpstr (columns, ==, "");
}

static void
assert_mode (const char *path, guint mode)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, mode);
}

static void
test_files_are_private (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (fixture->path, "-shm", NULL);
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();

  {
    g_autoptr (LatchStore) store = latch_store_new (fixture->folder);

    store_save (store, bridge);
    assert_mode (fixture->folder, 0700);
    assert_mode (fixture->path, 0600);
    assert_mode (wal, 0600);
    assert_mode (shm, 0600);
  }

  /* What was restored from a backup, say, is put right */
  g_chmod (fixture->path, 0644);
  {
    g_autoptr (LatchStore) store = latch_store_new (fixture->folder);

    store_save (store, bridge);
    assert_mode (fixture->path, 0600);
    assert_mode (wal, 0600);
  }
}

/* Puts a damaged database in place; returns what was in it. */
static GBytes *
write_damaged (StoreFixture *fixture, const char *kind)
{
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autofree char *contents = NULL;
  gsize length;

  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (bridge->devices, make_device_record (100 + i, 0, "one of many, so that there are several pages"));
  {
    g_autoptr (LatchStore) store = latch_store_new (fixture->folder);

    store_save (store, bridge);
  }
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, 5 * 4096);

  if (g_str_equal (kind, "not-a-database"))
    memset (contents, 'x', length);
  else if (g_str_equal (kind, "short"))
    length = 30;
  else if (g_str_equal (kind, "cut-off"))
    length = 2 * 4096;
  else if (g_str_equal (kind, "schema-page"))
    memset (contents + 100, 0xff, 3000);
  else if (g_str_equal (kind, "data-pages"))
    memset (contents + 4096, 0xff, length - 4096);
  else
    g_assert_not_reached ();

  write_file (fixture->path, contents, length);

  return g_bytes_new_take (g_steal_pointer (&contents), length);
}

static void
test_damaged_is_kept_aside (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) damaged = write_damaged (fixture, data);
  g_autofree char *aside = g_strconcat (fixture->path, ".broken", NULL);
  g_autofree char *broken_path = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (GPtrArray) bridges = NULL;
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  gsize length;

  bridges = store_load (store);
  g_assert_cmpuint (bridges->len, ==, 0);
  broken_path = latch_store_dup_broken_path (store);
  g_assert_cmpstr (broken_path, ==, aside);
  g_assert_true (g_file_get_contents (aside, &kept, &length, NULL));
  g_assert_cmpmem (kept, length, g_bytes_get_data (damaged, NULL), g_bytes_get_size (damaged));

  store_save (store, bridge);
  g_clear_pointer (&bridges, g_ptr_array_unref);
  bridges = store_load (store);
  assert_same_bridge_record (g_ptr_array_index (bridges, 0), bridge);
  assert_mode (fixture->path, 0600);
}

/* Nor may the log of a damaged database get into the new one. */
static void
test_damaged_takes_its_log_along (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *kept_wal = g_strconcat (fixture->path, ".broken-wal", NULL);
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (GPtrArray) bridges = NULL;
  g_autofree char *kept = NULL;

  write_file (fixture->path, "not a database", -1);
  write_file (wal, "nor a log", -1);

  bridges = store_load (store);
  g_assert_true (g_file_get_contents (kept_wal, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "nor a log");
}

static void
test_damaged_twice_is_kept_twice (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
      g_autofree char *contents = g_strdup_printf ("damage number %u", i);
      g_autoptr (GPtrArray) bridges = NULL;
      g_autofree char *broken_path = NULL;
      g_autofree char *kept = NULL;

      write_file (fixture->path, contents, -1);
      bridges = store_load (store);
      broken_path = latch_store_dup_broken_path (store);
      g_assert_true (g_file_get_contents (broken_path, &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, contents);
      g_assert_cmpuint (count_files (fixture->folder, ".broken"), ==, i);
    }
}

/* With changes that are still in the log, as a program leaves behind that was killed. */
static void
test_newer_is_refused_and_untouched (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *wal_before = NULL;
  gsize before_length, wal_before_length;
  sqlite3 *db;

  g_mkdir_with_parents (fixture->folder, 0700);
  db = open_database (fixture->path);
  g_assert_cmpint (
      sqlite3_exec (db, "PRAGMA journal_mode = WAL; CREATE TABLE bridges (flying TEXT);", NULL, NULL, NULL), ==,
      SQLITE_OK);
  sqlite3_wal_checkpoint_v2 (db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 1000", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_close (db);
  g_chmod (fixture->path, 0600);
  g_assert_true (g_file_get_contents (fixture->path, &before, &before_length, NULL));
  g_assert_true (g_file_get_contents (wal, &wal_before, &wal_before_length, NULL));
  g_assert_cmpuint (wal_before_length, >, 0);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
      g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
      g_autoptr (GError) load_error = NULL;
      g_autoptr (GError) save_error = NULL;
      g_autofree char *after = NULL;
      g_autofree char *wal_after = NULL;
      gsize after_length, wal_after_length;

      g_assert_null (store_try_load (store, &load_error));
      g_assert_error (load_error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
      g_assert_nonnull (strstr (load_error->message, "newer version"));
      g_assert_nonnull (strstr (load_error->message, fixture->path));
      g_assert_false (store_try_save_bridge (store, bridge, &save_error));
      g_assert_error (save_error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
      latch_store_flush (store);

      g_assert_null (latch_store_dup_broken_path (store));
      g_assert_true (g_file_get_contents (fixture->path, &after, &after_length, NULL));
      g_assert_cmpmem (after, after_length, before, before_length);
      g_assert_true (g_file_get_contents (wal, &wal_after, &wal_after_length, NULL));
      g_assert_cmpmem (wal_after, wal_after_length, wal_before, wal_before_length);
    }
}

static void
assert_refuses (LatchStore *store, const char *named)
{
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (GError) load_error = NULL;
  g_autoptr (GError) save_error = NULL;

  g_assert_null (store_try_load (store, &load_error));
  g_assert_nonnull (load_error);
  g_assert_nonnull (strstr (load_error->message, named));
  g_assert_nonnull (strstr (load_error->message, "Check the permissions"));
  g_assert_false (store_try_save_bridge (store, bridge, &save_error));
  g_assert_nonnull (save_error);
}

/* Root may write almost anywhere, so these are places where not even root can. */
static void
test_unwritable_is_an_error (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) in_file = latch_store_new (fixture->folder);
  g_autoptr (LatchStore) in_kernel = latch_store_new ("/proc/self/nightlatch");
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();

  assert_refuses (in_kernel, "/proc/self/nightlatch");

  write_file (fixture->folder, "a file is where the folder should be", -1);
  assert_refuses (in_file, fixture->folder);

  g_remove (fixture->folder);
  g_mkdir_with_parents (fixture->path, 0700);
  assert_refuses (in_file, fixture->path);

  /* Once that is put right, the same store works */
  g_rmdir (fixture->path);
  store_save (in_file, bridge);
}

/* Whatever goes wrong with a file says which one, and what to do */
static void
test_trouble_is_named (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *before;
    const char *sql;
    int code;
  } cases[] = {
    { "PRAGMA max_page_count = 1", "CREATE TABLE more (x); INSERT INTO more VALUES (zeroblob (1000000))", G_IO_ERROR_NO_SPACE },
    { "PRAGMA query_only = 1", "DELETE FROM bridges", G_IO_ERROR_PERMISSION_DENIED },
    { "", "DELETE FROM nothing", G_IO_ERROR_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *broken = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (sqlite3) db = latch_database_open (fixture->folder, TRUE, &broken, &error);

      g_assert_no_error (error);
      g_assert_null (broken);
      g_assert_true (latch_database_execute (db, cases[i].before, NULL));
      g_assert_false (latch_database_execute (db, cases[i].sql, &error));
      g_assert_error (error, G_IO_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, fixture->path));
    }
}

static char *
read_schema (const char *path)
{
  return query_database (path, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
}

/* Whoever changes the schema adds a migration, and here what the last version looked like. */
static void
test_upgrades_every_version (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *newest_folder = g_build_filename (fixture->top, "newest", NULL);
  g_autofree char *newest_path = g_build_filename (newest_folder, "nightlatch.db", NULL);
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (LatchBridgeRecord) bare = latch_bridge_record_new ("bare");
  g_autofree char *newest_schema = NULL;
  g_autofree char *newest_version = NULL;

  {
    g_autoptr (LatchStore) store = latch_store_new (newest_folder);
    g_autoptr (GPtrArray) bridges = store_load (store);

    newest_schema = read_schema (newest_path);
    newest_version = query_database (newest_path, "PRAGMA user_version");
  }

  for (int version = 1; version <= atoi (newest_version); version++)
    {
      g_autofree char *name = g_strdup_printf ("v%d.sql", version);
      g_autofree char *source = g_test_build_filename (G_TEST_DIST, "model", "schemas", name, NULL);
      g_autofree char *folder = g_build_filename (fixture->top, name, NULL);
      g_autofree char *path = g_build_filename (folder, "nightlatch.db", NULL);
      g_autofree char *sql = NULL;
      g_autofree char *schema = NULL;
      g_autofree char *version_after = NULL;
      g_autoptr (GPtrArray) bridges = NULL;
      g_autoptr (LatchStore) store = latch_store_new (folder);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_get_contents (source, &sql, NULL, &error));
      g_assert_no_error (error);
      g_mkdir_with_parents (folder, 0700);
      execute_in_database (path, sql);

      bridges = store_load (store);
      g_assert_cmpuint (bridges->len, ==, 2);
      assert_same_bridge_record (g_ptr_array_index (bridges, 0), bridge);
      assert_same_bridge_record (g_ptr_array_index (bridges, 1), bare);
      schema = read_schema (path);
      g_assert_cmpstr (schema, ==, newest_schema);
      version_after = query_database (path, "PRAGMA user_version");
      g_assert_cmpstr (version_after, ==, newest_version);
    }
}

static void
test_failed_upgrade_changes_nothing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *version = NULL;
  g_autoptr (GError) error = NULL;

  /* The second table of the first version cannot be made, the first can */
  g_mkdir_with_parents (fixture->folder, 0700);
  execute_in_database (fixture->path, "CREATE TABLE devices (somebody TEXT, elses TEXT)");
  before = read_schema (fixture->path);

  g_assert_null (store_try_load (store, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);

  after = read_schema (fixture->path);
  g_assert_cmpstr (after, ==, before);
  version = query_database (fixture->path, "PRAGMA user_version");
  g_assert_cmpstr (version, ==, "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_store_test ("/database/has-no-place-for-tokens", NULL, test_has_no_place_for_tokens);
  add_store_test ("/database/files-are-private", NULL, test_files_are_private);
  add_store_test ("/database/damaged-is-kept-aside/not-a-database", "not-a-database", test_damaged_is_kept_aside);
  add_store_test ("/database/damaged-is-kept-aside/short", "short", test_damaged_is_kept_aside);
  add_store_test ("/database/damaged-is-kept-aside/cut-off", "cut-off", test_damaged_is_kept_aside);
  add_store_test ("/database/damaged-is-kept-aside/schema-page", "schema-page", test_damaged_is_kept_aside);
  add_store_test ("/database/damaged-is-kept-aside/data-pages", "data-pages", test_damaged_is_kept_aside);
  add_store_test ("/database/damaged-is-kept-aside/log-too", NULL, test_damaged_takes_its_log_along);
  add_store_test ("/database/damaged-is-kept-aside/every-time", NULL, test_damaged_twice_is_kept_twice);
  add_store_test ("/database/newer-is-refused-and-untouched", NULL, test_newer_is_refused_and_untouched);
  add_store_test ("/database/unwritable-is-an-error", NULL, test_unwritable_is_an_error);
  add_store_test ("/database/trouble-is-named", NULL, test_trouble_is_named);
  add_store_test ("/database/upgrades-every-version", NULL, test_upgrades_every_version);
  add_store_test ("/database/failed-upgrade-changes-nothing", NULL, test_failed_upgrade_changes_nothing);

  return g_test_run ();
}
