/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home-fixture.h"

static void
items_changed_cb (GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, n_removed, n_added);
}

static void
test_adopt (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (LatchBridge) bridge = NULL;
  g_autoptr (LatchBridge) item = NULL;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->home)) == LATCH_TYPE_BRIDGE);
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 0);
  g_signal_connect (fixture->home, "items-changed", G_CALLBACK (items_changed_cb), changes);
  bridge = home_add_bridge (fixture);
  g_assert_cmpstr (changes->str, ==, "0-0+1 ");
  item = g_list_model_get_item (G_LIST_MODEL (fixture->home), 0);
  g_assert_true (item == bridge);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->home), 1));
  g_assert_true (latch_home_find_bridge (fixture->home, BRIDGE_ID) == bridge);

  g_assert_cmpstr (latch_bridge_get_id (bridge), ==, BRIDGE_ID);
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Home");
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_CONNECTED);
  g_assert_false (latch_bridge_get_session_only (bridge));
  g_assert_nonnull (latch_bridge_get_info (bridge));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bridge)), ==, 2);
  g_assert_false (latch_lock_get_stale (latch_bridge_find_lock (bridge, 1, 0)));
  g_assert_true (latch_client_has_token (latch_bridge_get_client (bridge)));
  g_assert_cmpint (latch_client_get_accepted_mode (latch_bridge_get_client (bridge)), ==, LATCH_AUTH_MODE_ENCRYPTED);
  home_assert_token (BRIDGE_ID, LATCH_TEST_TOKEN);
  g_signal_handlers_disconnect_by_data (fixture->home, changes);
}

static void
test_adopt_again (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);
  LatchBridge *again = NULL;
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);
  g_autoptr (LatchTestSimulator) moved =
      latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0", NULL);
  g_autoptr (LatchPairing) pairing = home_pair_with (moved, LATCH_AUTH_MODE_AUTO);
  g_autoptr (GString) changes = g_string_new (NULL);
  guint16 port = latch_test_simulator_get_port (moved);

  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_test_simulator_count_requests (fixture->simulator, "/info") == 1);
  latch_test_simulator_stop (fixture->simulator);
  g_signal_connect (fixture->home, "items-changed", G_CALLBACK (items_changed_cb), changes);

  latch_test_simulator_clear_requests (moved);
  again = home_adopt (fixture, pairing, "Cottage", NULL);
  g_assert_true (again == bridge);
  g_assert_true (latch_bridge_find_lock (bridge, 1, 0) == lock);
  g_assert_cmpstr (changes->str, ==, "");
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Cottage");
  g_assert_cmpuint (latch_client_get_port (latch_bridge_get_client (bridge)), ==, port);
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_CONNECTED);
  latch_test_simulator_wait_for_request (moved, "/list");
  g_signal_handlers_disconnect_by_data (fixture->home, changes);
  g_object_unref (again);
  g_object_unref (bridge);

  bridge = home_restart (fixture);
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 1);
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Cottage");
  g_assert_cmpuint (latch_client_get_port (latch_bridge_get_client (bridge)), ==, port);
}

/* A bridge that refused our token, or of which we had none, is asked again once it is paired anew */
static void
test_adopt_mends (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);
  g_autoptr (LatchPairing) pairing = home_pair_with (fixture->simulator, LATCH_AUTH_MODE_AUTO);

  latch_client_set_token (latch_bridge_get_client (bridge), "wrongT0ken");
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_UNAUTHORIZED);
  g_object_unref (bridge);
  g_object_unref (home_adopt (fixture, pairing, "Home", NULL));
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_CONNECTED);
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");

  home_forget_token (BRIDGE_ID);
  bridge = home_restart (fixture);
  latch_home_set_watching (fixture->home, TRUE);
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_NO_TOKEN);
  g_object_unref (home_adopt (fixture, pairing, "Home", NULL));
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_CONNECTED);
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
}

/* Whoever claims to be a bridge that we know does not get a weaker token out of us than that bridge */
static void
test_adopt_never_undercuts (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);
  LatchClient *client = latch_bridge_get_client (bridge);
  g_autoptr (LatchTestSimulator) weak =
      latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--api=1.6", "--ble-time=0", NULL);
  g_autoptr (LatchPairing) pairing = home_pair_with (weak, LATCH_AUTH_MODE_AUTO);
  g_autoptr (LatchPairing) agreed = home_pair_with (weak, LATCH_AUTH_MODE_PLAIN);

  g_assert_cmpint (latch_client_get_accepted_mode (latch_pairing_get_client (pairing)), ==, LATCH_AUTH_MODE_PLAIN);
  g_object_unref (home_adopt (fixture, pairing, "Home", NULL));
  g_assert_cmpint (latch_client_get_accepted_mode (client), ==, LATCH_AUTH_MODE_ENCRYPTED);

  /* Unless the person agrees */
  g_object_unref (home_adopt (fixture, agreed, "Home", NULL));
  g_assert_cmpint (latch_client_get_accepted_mode (client), ==, LATCH_AUTH_MODE_PLAIN);
  g_object_unref (bridge);
}

static void
test_consent_is_kept (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = NULL;
  g_autoptr (LatchPairing) pairing = NULL;

  latch_test_simulator_post (fixture->simulator, "clock?offset=7200");
  pairing = home_pair_with (fixture->simulator, LATCH_AUTH_MODE_PLAIN);
  g_object_unref (home_adopt (fixture, pairing, "Home", NULL));
  bridge = home_restart (fixture);
  g_assert_cmpint (latch_client_get_accepted_mode (latch_bridge_get_client (bridge)), ==, LATCH_AUTH_MODE_PLAIN);
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_CONNECTED);
}

static void
test_forget (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = home_add_bridge (fixture);
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_test_simulator_count_requests (fixture->simulator, "/info") == 1);
  g_signal_connect (fixture->home, "items-changed", G_CALLBACK (items_changed_cb), changes);
  latch_home_forget_async (fixture->home, bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_true (latch_home_forget_finish (fixture->home, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_cmpstr (changes->str, ==, "0-1+0 ");
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 0);
  g_assert_null (latch_home_find_bridge (fixture->home, BRIDGE_ID));
  home_assert_token (BRIDGE_ID, NULL);
  g_signal_handlers_disconnect_by_data (fixture->home, changes);

  /* It is left alone from now on, and not written again by what is still under way */
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_home_refresh (fixture->home, NULL);
  latch_bridge_set_name (bridge, "Ghost");
  latch_test_run_for (500);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 0);
  /* Nor is it told anything by somebody who was asked while it was still there */
  latch_client_reboot_async (latch_bridge_get_client (bridge), NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_false (latch_client_reboot_finish (latch_bridge_get_client (bridge), result, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_NO_TOKEN);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/reboot"), ==, 0);
  g_assert_null (home_restart (fixture));
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 0);
}

static void
test_secret (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);
  g_autofree char *path = NULL;

  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_test_simulator_count_requests (fixture->simulator, "/info") == 1);
  g_object_unref (bridge);

  /* Neither while it runs, with a log beside the database, nor afterwards */
  g_assert_cmpuint (home_look_for_token (fixture->folder), >=, 1);
  home_restart (fixture);
  g_assert_cmpuint (home_look_for_token (fixture->folder), >=, 1);
  /* The search works */
  path = g_build_filename (fixture->folder, "probe", NULL);
  g_assert_true (g_file_set_contents (path, "x\0" LATCH_TEST_TOKEN "x", sizeof LATCH_TEST_TOKEN + 2, NULL));
  g_assert_true (home_file_has (path, LATCH_TEST_TOKEN));
}

/* Nothing is kept by halves: a token that nobody can see would stay in the keyring for good */
static void
test_adopt_fails (HomeFixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *impossible = g_build_filename (file, "folder", NULL);
  g_autoptr (LatchStore) store = latch_store_new (impossible);
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new ();
  g_autoptr (LatchHome) home = latch_home_new (store, token_store);
  g_autoptr (LatchPairing) pairing = home_pair_with (fixture->simulator, LATCH_AUTH_MODE_AUTO);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) load_error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  latch_home_load_async (home, NULL, latch_test_take_result_cb, &loaded);
  latch_test_wait_for (loaded);
  g_assert_false (latch_home_load_finish (home, loaded, &load_error));
  g_assert_nonnull (load_error);
  g_assert_true (latch_home_is_loaded (home));

  latch_home_adopt_async (home, pairing, "Home", NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_null (latch_home_adopt_finish (home, result, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (home)), ==, 0);
  home_assert_token (BRIDGE_ID, NULL);
}

int
main (int argc, char *argv[])
{
  int status;

  home_use_keyring_file ();
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/home-adopt/" name, HomeFixture, NULL, home_set_up, function, home_tear_down)
  add ("new", test_adopt);
  add ("again", test_adopt_again);
  add ("mends", test_adopt_mends);
  add ("never-undercuts", test_adopt_never_undercuts);
  add ("consent-is-kept", test_consent_is_kept);
  add ("fails-as-a-whole", test_adopt_fails);
  add ("token-is-in-no-file", test_secret);
  add ("forget", test_forget);

  status = g_test_run ();
  home_remove_keyring_file ();

  return status;
}
