/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-export.h"

#include <glib/gstdio.h>

static void
test_format (void)
{
  static const struct
  {
    const char *path;
    LatchExportFormat format;
  } expectations[] = {
    { "/tmp/home-log.json", LATCH_EXPORT_FORMAT_JSON }, { "/tmp/home-log.csv", LATCH_EXPORT_FORMAT_CSV },
    { "/tmp/HOME.CSV", LATCH_EXPORT_FORMAT_CSV },       { "/tmp/a.csv.json", LATCH_EXPORT_FORMAT_JSON },
    { "/tmp/csv", LATCH_EXPORT_FORMAT_JSON },           { "/", LATCH_EXPORT_FORMAT_JSON },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expectations); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (expectations[i].path);

      g_assert_cmpint (latch_export_format_of (file), ==, expectations[i].format);
    }
}

static void
test_name (void)
{
  static const char *const expectations[][2] = {
    { "Home", "home-log.json" },       { "Große Straße 7", "große-straße-7-log.json" },
    { "../../etc", "etc-log.json" },   { " / ", "log.json" },
    { NULL, "log.json" },              { "家", "家-log.json" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expectations); i++)
    {
      g_autofree char *name = latch_export_make_name (expectations[i][0], "log");

      g_assert_cmpstr (name, ==, expectations[i][1]);
    }
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
write_file (const char *path, const char *text, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;

  latch_export_write_async (file, bytes, NULL, keep_cb, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);

  return latch_export_write_finish (result, error);
}

static void
test_write (void)
{
  g_autofree char *folder = g_dir_make_tmp ("latch-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "log.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (write_file (path, "a longer text that was there before", &error));
  g_assert_no_error (error);
  g_assert_true (write_file (path, "new", &error));
  g_assert_no_error (error);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "new");

  g_unlink (path);
  g_rmdir (folder);
}

static void
test_write_fails (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (write_file ("/dev/null/log.csv", "new", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export/name-tells-the-format", test_format);
  g_test_add_func ("/export/names-are-for-files", test_name);
  g_test_add_func ("/export/whole-file-is-replaced", test_write);
  g_test_add_func ("/export/failure-has-a-reason", test_write_fails);

  return g_test_run ();
}
