/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home-fixture.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>

void
home_start_program (HomeFixture *fixture)
{
  fixture->store = latch_store_new (fixture->folder);
  fixture->token_store = latch_token_store_new ();
  fixture->home = latch_home_new (fixture->store, fixture->token_store);
}

/* What is under way when the home goes is cancelled, and then lets go of the rest */
void
home_end_program (HomeFixture *fixture)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->home), (gpointer *) &fixture->home);
  g_object_add_weak_pointer (G_OBJECT (fixture->token_store), (gpointer *) &fixture->token_store);
  g_object_add_weak_pointer (G_OBJECT (fixture->store), (gpointer *) &fixture->store);
  g_object_unref (fixture->home);
  latch_test_wait_until (fixture->home == NULL);
  latch_store_flush (fixture->store);
  g_object_unref (fixture->store);
  g_object_unref (fixture->token_store);
  latch_test_wait_until (fixture->store == NULL && fixture->token_store == NULL);
}

void
home_forget_token (const char *bridge_id)
{
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_token_store_forget_async (token_store, bridge_id, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_token_store_forget_finish (token_store, result, &error);
  g_assert_no_error (error);
}

static char *
lookup_token (const char *bridge_id)
{
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *token = NULL;

  latch_token_store_lookup_async (token_store, bridge_id, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  token = latch_token_store_lookup_finish (token_store, result, NULL, &error);
  g_assert_no_error (error);

  return token;
}

void
home_assert_token (const char *bridge_id, const char *expected)
{
  char *token = lookup_token (bridge_id);

  g_assert_cmpstr (token, ==, expected);
  secret_password_free (token);
}

void
home_set_up (HomeFixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("latch-home-XXXXXX", NULL);
  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0", "--action-time=0", NULL);
  home_forget_token (BRIDGE_ID);
  home_start_program (fixture);
}

void
home_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_remove (folder);
}

/* What the keyring is kept in for as long as the program runs: a file of its own, so that no bus is needed */
static char *keyring;

/* To be called before anything else, unless the test is about there being no keyring */
void
home_use_keyring_file (void)
{
  g_autofree char *path = NULL;

  keyring = g_dir_make_tmp ("latch-keyring-XXXXXX", NULL);
  path = g_build_filename (keyring, "keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
}

void
home_remove_keyring_file (void)
{
  if (keyring != NULL)
    home_remove_folder (keyring);
  g_clear_pointer (&keyring, g_free);
}

void
home_tear_down (HomeFixture *fixture, gconstpointer data)
{
  home_end_program (fixture);
  latch_test_simulator_free (fixture->simulator);
  home_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

LatchPairing *
home_pair_with (LatchTestSimulator *simulator, LatchAuthMode mode)
{
  LatchPairing *pairing = latch_pairing_new (latch_test_simulator_get_host (simulator),
                                             latch_test_simulator_get_port (simulator));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_client_set_auth_mode (latch_pairing_get_client (pairing), mode);
  latch_pairing_run_async (pairing, LATCH_TEST_TOKEN, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_pairing_run_finish (pairing, result, &error);
  g_assert_no_error (error);

  return pairing;
}

LatchBridge *
home_adopt (HomeFixture *fixture, LatchPairing *pairing, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_adopt_async (fixture->home, pairing, name, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_home_adopt_finish (fixture->home, result, error);
}

/* Pairs with the fixture's bridge, and keeps it */
LatchBridge *
home_add_bridge (HomeFixture *fixture)
{
  g_autoptr (LatchPairing) pairing = home_pair_with (fixture->simulator, LATCH_AUTH_MODE_AUTO);
  g_autoptr (GError) error = NULL;
  LatchBridge *bridge = home_adopt (fixture, pairing, "Home", &error);

  g_assert_no_error (error);
  latch_test_simulator_clear_requests (fixture->simulator);

  return bridge;
}

gboolean
home_load (HomeFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_load_async (fixture->home, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_home_load_finish (fixture->home, result, error);
}

/* The next start of the program */
LatchBridge *
home_restart (HomeFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  home_end_program (fixture);
  home_start_program (fixture);
  g_assert_true (home_load (fixture, &error));
  g_assert_no_error (error);

  return latch_home_find_bridge (fixture->home, BRIDGE_ID);
}

guint
home_get_n_bridges (HomeFixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->home));
}

gboolean
home_file_has (const char *path, const char *text)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));

  for (gsize i = 0; i + strlen (text) <= length; i++)
    if (memcmp (contents + i, text, strlen (text)) == 0)
      return TRUE;

  return FALSE;
}

guint
home_look_for_token (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_false (home_file_has (path, LATCH_TEST_TOKEN));
      n_files++;
    }

  return n_files;
}
