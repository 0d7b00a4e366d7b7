/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-demo.h"

#include "home-fixture.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The demonstration looks for its simulator beside the program that runs. So each test is a program in a folder of its
 * own, with what is to be found there.
 */

#define SIMULATOR "nightlatch-simulator"

static const char *here; /* the path of this program */

/* Ends with the test's exit status, if it is one that is to be run elsewhere */
static void
run_at (const char *folder, const char *test)
{
  g_autofree char *program = g_build_filename (folder, "test-demo", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (here, &contents, &length, NULL));
  g_assert_true (g_file_set_contents_full (program, contents, length, G_FILE_SET_CONTENTS_NONE, 0700, &error));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "-p", test, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
  g_remove (program);
}

/* @place: where the simulator is, below the folder; NULL for none. @script: what is there instead, in the shell's words */
static void
run_beside (const char *place, const char *script, const char *test)
{
  g_autofree char *folder = g_dir_make_tmp ("latch-demo-XXXXXX", NULL);
  g_autofree char *simulator = place != NULL ? g_build_filename (folder, place, SIMULATOR, NULL) : NULL;
  g_autofree char *in = simulator != NULL ? g_path_get_dirname (simulator) : NULL;

  if (in != NULL)
    g_mkdir_with_parents (in, 0700);
  if (script != NULL)
    g_assert_true (g_file_set_contents_full (simulator, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  else if (simulator != NULL)
    g_assert_cmpint (symlink (g_getenv ("NIGHTLATCH_SIMULATOR"), simulator), ==, 0);

  run_at (folder, test);
  if (simulator != NULL)
    g_remove (simulator);
  if (in != NULL)
    g_rmdir (in);
  g_rmdir (folder);
}

static gboolean
start (LatchDemo *demo, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_demo_start_async (demo, cancellable, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_demo_start_finish (demo, result, error);
}

static void
test_works_there (void)
{
  g_autoptr (LatchDemo) demo = latch_demo_new ();
  LatchHome *home = latch_demo_get_home (demo);
  g_autoptr (LatchBridge) bridge = NULL;
  g_autoptr (GError) error = NULL;
  LatchLock *lock = NULL;

  g_assert_true (start (demo, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (home)), ==, 1);
  bridge = g_list_model_get_item (G_LIST_MODEL (home), 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bridge)), ==, 4);

  /* There is something to be seen of each kind, and it is there now rather than remembered */
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_CONNECTED);
  lock = g_list_model_get_item (G_LIST_MODEL (bridge), 0);
  g_assert_cmpstr (latch_lock_get_name (lock), ==, "Front Door");
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_object_unref (lock);
}

static void
test_beside (void)
{
  run_beside (".", NULL, "/demo/there/works");
}

static void
test_below (void)
{
  run_beside ("simulator", NULL, "/demo/there/works");
}

static void
test_is_missing_there (void)
{
  g_autoptr (LatchDemo) demo = latch_demo_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (start (demo, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, SIMULATOR));
}

static void
test_missing (void)
{
  run_beside (NULL, NULL, "/demo/there/is-missing");
}

static void
test_is_of_no_use_there (void)
{
  g_autoptr (LatchDemo) demo = latch_demo_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (start (demo, NULL, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
}

static void
test_of_no_use (void)
{
  run_beside (".", "#!/bin/sh\nexit 1\n", "/demo/there/is-of-no-use");
  run_beside (".", "#!/bin/sh\necho Hello\n", "/demo/there/is-of-no-use");
  run_beside (".", "#!/bin/sh\necho http://nobody:99999999/\n", "/demo/there/is-of-no-use");
}

static void
test_is_no_bridge_there (void)
{
  g_autoptr (LatchDemo) demo = latch_demo_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (start (demo, NULL, &error));
  g_assert_true (latch_error_is_connection (error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (latch_demo_get_home (demo))), ==, 0);
}

/* It says where it is, and is not: nobody listens at that port of this computer */
static void
test_no_bridge (void)
{
  run_beside (".", "#!/bin/sh\necho Bridge listening on http://127.0.0.1:1\nwhile read -r line; do :; done\n", "/demo/there/is-no-bridge");
}

static void
started_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_is_given_up_there (void)
{
  LatchDemo *demo = latch_demo_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_timeout_add_once (100, started_cb, cancellable);
  g_assert_false (start (demo, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_finalize_object (demo);

  /* Before anything was begun */
  demo = latch_demo_new ();
  g_clear_error (&error);
  g_assert_false (start (demo, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (demo);
}

static void
test_given_up (void)
{
  run_beside (".", "#!/bin/sh\nwhile read -r line; do :; done\n", "/demo/there/is-given-up");
}

int
main (int argc, char *argv[])
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  g_test_init (&argc, &argv, NULL);
  here = program;

  if (g_str_has_prefix (strrchr (program, '/') - strlen ("/model"), "/model/"))
    {
      g_test_add_func ("/demo/its-bridge-is-installed-beside", test_beside);
      g_test_add_func ("/demo/its-bridge-is-built-below", test_below);
      g_test_add_func ("/demo/says-what-is-missing", test_missing);
      g_test_add_func ("/demo/says-that-its-bridge-did-not-begin", test_of_no_use);
      g_test_add_func ("/demo/says-that-its-bridge-does-not-answer", test_no_bridge);
      g_test_add_func ("/demo/can-be-given-up", test_given_up);
    }
  else
    {
      g_test_add_func ("/demo/there/works", test_works_there);
      g_test_add_func ("/demo/there/is-missing", test_is_missing_there);
      g_test_add_func ("/demo/there/is-of-no-use", test_is_of_no_use_there);
      g_test_add_func ("/demo/there/is-no-bridge", test_is_no_bridge_there);
      g_test_add_func ("/demo/there/is-given-up", test_is_given_up_there);
    }

  return g_test_run ();
}
