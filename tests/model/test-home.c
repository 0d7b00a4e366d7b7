/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-home.h"

#include "latch-error.h"
#include "latch-test-simulator.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>

#define BRIDGE_ID "2117604523"

/* A folder for the database, and one program that uses it; others may follow. The keyring is a file of its own. */
typedef struct
{
  char *folder;
  LatchTestSimulator *simulator;
  LatchStore *store;
  LatchTokenStore *token_store;
  LatchHome *home;
} Fixture;

static void
start_program (Fixture *fixture)
{
  fixture->store = latch_store_new (fixture->folder);
  fixture->token_store = latch_token_store_new ();
  fixture->home = latch_home_new (fixture->store, fixture->token_store);
}

/* What is under way when the home goes is cancelled, and then lets go of the rest */
static void
end_program (Fixture *fixture)
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

static void
forget_token (const char *bridge_id)
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

static void
assert_token (const char *bridge_id, const char *expected)
{
  char *token = lookup_token (bridge_id);

  g_assert_cmpstr (token, ==, expected);
  secret_password_free (token);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("latch-home-XXXXXX", NULL);
  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0", "--action-time=0", NULL);
  forget_token (BRIDGE_ID);
  start_program (fixture);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_remove (folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end_program (fixture);
  latch_test_simulator_free (fixture->simulator);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static LatchPairing *
pair_with (LatchTestSimulator *simulator, LatchAuthMode mode)
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

static LatchBridge *
adopt (Fixture *fixture, LatchPairing *pairing, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_adopt_async (fixture->home, pairing, name, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_home_adopt_finish (fixture->home, result, error);
}

/* Pairs with the fixture's bridge, and keeps it */
static LatchBridge *
add_bridge (Fixture *fixture)
{
  g_autoptr (LatchPairing) pairing = pair_with (fixture->simulator, LATCH_AUTH_MODE_AUTO);
  g_autoptr (GError) error = NULL;
  LatchBridge *bridge = adopt (fixture, pairing, "Home", &error);

  g_assert_no_error (error);
  latch_test_simulator_clear_requests (fixture->simulator);

  return bridge;
}

static gboolean
load (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_load_async (fixture->home, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_home_load_finish (fixture->home, result, error);
}

/* The next start of the program */
static LatchBridge *
restart (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  end_program (fixture);
  start_program (fixture);
  g_assert_true (load (fixture, &error));
  g_assert_no_error (error);

  return latch_home_find_bridge (fixture->home, BRIDGE_ID);
}

static guint
get_n_bridges (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->home));
}

static void
items_changed_cb (GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, n_removed, n_added);
}

static void
test_adopt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (LatchBridge) bridge = NULL;
  g_autoptr (LatchBridge) item = NULL;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->home)) == LATCH_TYPE_BRIDGE);
  g_assert_cmpuint (get_n_bridges (fixture), ==, 0);
  g_signal_connect (fixture->home, "items-changed", G_CALLBACK (items_changed_cb), changes);
  bridge = add_bridge (fixture);
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
  assert_token (BRIDGE_ID, LATCH_TEST_TOKEN);
  g_signal_handlers_disconnect_by_data (fixture->home, changes);
}

static void
test_persistence (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);
  LatchLock *lock = NULL;
  guint16 port = latch_client_get_port (latch_bridge_get_client (bridge));
  gint64 confirmed_at = latch_lock_get_confirmed_at (latch_bridge_find_lock (bridge, 1, 0));
  g_autofree char *lines = NULL;

  g_object_unref (bridge);
  bridge = restart (fixture);
  g_assert_cmpuint (get_n_bridges (fixture), ==, 1);
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Home");
  g_assert_cmpuint (latch_client_get_port (latch_bridge_get_client (bridge)), ==, port);
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_UNKNOWN);
  g_assert_true (latch_client_has_token (latch_bridge_get_client (bridge)));
  g_assert_cmpint (latch_client_get_accepted_mode (latch_bridge_get_client (bridge)), ==, LATCH_AUTH_MODE_ENCRYPTED);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bridge)), ==, 2);
  lock = latch_bridge_find_lock (bridge, 1, 0);
  g_assert_cmpstr (latch_lock_get_name (lock), ==, "Home");
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_cmpint (latch_lock_get_battery_percent (lock), ==, 85);
  g_assert_cmpint (latch_lock_get_confirmed_at (lock), ==, confirmed_at);
  g_assert_true (latch_lock_get_stale (lock));

  /* Nothing was asked until now; then what is known is confirmed, with what the bridge had accepted */
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 0);
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (!latch_lock_get_stale (lock));
  g_assert_true (latch_bridge_find_lock (bridge, 1, 0) == lock);
  lines = latch_test_simulator_list_requests (fixture->simulator);
  g_assert_cmpstr (lines, ==, "/list");
}

static void
loaded_cb (LatchHome *home, GParamSpec *pspec, gpointer user_data)
{
  gboolean *seen = user_data;
  LatchBridge *bridge = latch_home_find_bridge (home, BRIDGE_ID);

  g_assert_true (latch_home_is_loaded (home));
  g_assert_nonnull (bridge);
  g_assert_false (latch_client_has_token (latch_bridge_get_client (bridge)));
  g_assert_cmpint (latch_lock_get_state (latch_bridge_find_lock (bridge, 1, 0)), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_get_stale (latch_bridge_find_lock (bridge, 1, 0)));
  *seen = TRUE;
}

/* What is known does not wait for the keyring, which may ask for a password */
static void
test_loaded_before_tokens (Fixture *fixture, gconstpointer data)
{
  gboolean seen = FALSE;

  g_object_unref (add_bridge (fixture));
  end_program (fixture);
  start_program (fixture);
  g_assert_false (latch_home_is_loaded (fixture->home));
  g_signal_connect (fixture->home, "notify::loaded", G_CALLBACK (loaded_cb), &seen);
  g_assert_true (load (fixture, NULL));
  g_assert_true (seen);
  g_assert_true (latch_client_has_token (
      latch_bridge_get_client (latch_home_find_bridge (fixture->home, BRIDGE_ID))));

  /* A second time changes nothing */
  g_assert_true (load (fixture, NULL));
  g_assert_cmpuint (get_n_bridges (fixture), ==, 1);
}

static void
test_load_nothing (Fixture *fixture, gconstpointer data)
{
  g_assert_true (load (fixture, NULL));
  g_assert_true (latch_home_is_loaded (fixture->home));
  g_assert_cmpuint (get_n_bridges (fixture), ==, 0);
  g_assert_null (latch_home_find_bridge (fixture->home, BRIDGE_ID));
}

static void
test_states_are_kept (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);
  gint64 changed_at;

  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_test_simulator_count_requests (fixture->simulator, "/info") == 1);
  latch_test_simulator_post (fixture->simulator, "locks/1?state=unlocked&battery=12&name=Grandpa");
  latch_home_refresh (fixture->home, bridge);
  latch_test_wait_until (latch_lock_get_state (lock) == LATCH_LOCK_STATE_UNLOCKED);
  changed_at = latch_lock_get_changed_at (lock);
  g_assert_cmpint (changed_at, >, 0);
  latch_bridge_set_name (bridge, "Cottage");

  g_object_unref (bridge);
  bridge = restart (fixture);
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Cottage");
  lock = latch_bridge_find_lock (bridge, 1, 0);
  g_assert_cmpstr (latch_lock_get_name (lock), ==, "Grandpa");
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_cmpint (latch_lock_get_battery_percent (lock), ==, 12);
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, changed_at);
  g_assert_true (latch_lock_get_stale (lock));
}

/* The order is the bridge's own, and who is gone does not come back */
static void
test_gone_lock (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);

  latch_test_simulator_post (fixture->simulator, "locks/1?paired=0");
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (bridge)) == 1);
  g_object_unref (bridge);
  bridge = restart (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bridge)), ==, 1);
  g_assert_null (latch_bridge_find_lock (bridge, 1, 0));
}

static void
test_adopt_again (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);
  LatchBridge *again = NULL;
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);
  g_autoptr (LatchTestSimulator) moved =
      latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0", NULL);
  g_autoptr (LatchPairing) pairing = pair_with (moved, LATCH_AUTH_MODE_AUTO);
  g_autoptr (GString) changes = g_string_new (NULL);
  guint16 port = latch_test_simulator_get_port (moved);

  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_test_simulator_count_requests (fixture->simulator, "/info") == 1);
  latch_test_simulator_stop (fixture->simulator);
  g_signal_connect (fixture->home, "items-changed", G_CALLBACK (items_changed_cb), changes);

  latch_test_simulator_clear_requests (moved);
  again = adopt (fixture, pairing, "Cottage", NULL);
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

  bridge = restart (fixture);
  g_assert_cmpuint (get_n_bridges (fixture), ==, 1);
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Cottage");
  g_assert_cmpuint (latch_client_get_port (latch_bridge_get_client (bridge)), ==, port);
}

/* A bridge that refused our token, or of which we had none, is asked again once it is paired anew */
static void
test_adopt_mends (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);
  g_autoptr (LatchPairing) pairing = pair_with (fixture->simulator, LATCH_AUTH_MODE_AUTO);

  latch_client_set_token (latch_bridge_get_client (bridge), "wrongT0ken");
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_UNAUTHORIZED);
  g_object_unref (bridge);
  g_object_unref (adopt (fixture, pairing, "Home", NULL));
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_CONNECTED);
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");

  forget_token (BRIDGE_ID);
  bridge = restart (fixture);
  latch_home_set_watching (fixture->home, TRUE);
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_NO_TOKEN);
  g_object_unref (adopt (fixture, pairing, "Home", NULL));
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_CONNECTED);
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
}

/* Whoever claims to be a bridge that we know does not get a weaker token out of us than that bridge */
static void
test_adopt_never_undercuts (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);
  LatchClient *client = latch_bridge_get_client (bridge);
  g_autoptr (LatchTestSimulator) weak =
      latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--api=1.6", "--ble-time=0", NULL);
  g_autoptr (LatchPairing) pairing = pair_with (weak, LATCH_AUTH_MODE_AUTO);
  g_autoptr (LatchPairing) agreed = pair_with (weak, LATCH_AUTH_MODE_PLAIN);

  g_assert_cmpint (latch_client_get_accepted_mode (latch_pairing_get_client (pairing)), ==, LATCH_AUTH_MODE_PLAIN);
  g_object_unref (adopt (fixture, pairing, "Home", NULL));
  g_assert_cmpint (latch_client_get_accepted_mode (client), ==, LATCH_AUTH_MODE_ENCRYPTED);

  /* Unless the person agrees */
  g_object_unref (adopt (fixture, agreed, "Home", NULL));
  g_assert_cmpint (latch_client_get_accepted_mode (client), ==, LATCH_AUTH_MODE_PLAIN);
  g_object_unref (bridge);
}

static void
test_consent_is_kept (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = NULL;
  g_autoptr (LatchPairing) pairing = NULL;

  latch_test_simulator_post (fixture->simulator, "clock?offset=7200");
  pairing = pair_with (fixture->simulator, LATCH_AUTH_MODE_PLAIN);
  g_object_unref (adopt (fixture, pairing, "Home", NULL));
  bridge = restart (fixture);
  g_assert_cmpint (latch_client_get_accepted_mode (latch_bridge_get_client (bridge)), ==, LATCH_AUTH_MODE_PLAIN);
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_CONNECTED);
}

static void
test_forget (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = add_bridge (fixture);
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
  g_assert_cmpuint (get_n_bridges (fixture), ==, 0);
  g_assert_null (latch_home_find_bridge (fixture->home, BRIDGE_ID));
  assert_token (BRIDGE_ID, NULL);
  g_signal_handlers_disconnect_by_data (fixture->home, changes);

  /* It is left alone from now on, and not written again by what is still under way */
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_home_refresh (fixture->home, NULL);
  latch_bridge_set_name (bridge, "Ghost");
  latch_test_run_for (500);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 0);
  g_assert_null (restart (fixture));
  g_assert_cmpuint (get_n_bridges (fixture), ==, 0);
}

static void
test_no_token (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);

  g_object_unref (bridge);
  forget_token (BRIDGE_ID);
  latch_home_set_watching (fixture->home, TRUE);
  bridge = restart (fixture);
  latch_home_set_watching (fixture->home, TRUE);
  g_assert_nonnull (bridge);
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_NO_TOKEN);
  g_assert_error (latch_bridge_get_error (bridge), LATCH_ERROR, LATCH_ERROR_NO_TOKEN);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bridge)), ==, 2);
  g_assert_true (latch_lock_get_stale (latch_bridge_find_lock (bridge, 1, 0)));

  /* Without a token, nobody is bothered */
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_home_refresh (fixture->home, NULL);
  latch_test_run_for (500);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 0);
}

static gboolean
has_bytes (const char *path, const char *text)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));

  for (gsize i = 0; i + strlen (text) <= length; i++)
    if (memcmp (contents + i, text, strlen (text)) == 0)
      return TRUE;

  return FALSE;
}

static guint
look_for_token (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_false (has_bytes (path, LATCH_TEST_TOKEN));
      n_files++;
    }

  return n_files;
}

static void
test_secret (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);
  g_autofree char *path = NULL;

  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_test_simulator_count_requests (fixture->simulator, "/info") == 1);
  g_object_unref (bridge);

  /* Neither while it runs, with a log beside the database, nor afterwards */
  g_assert_cmpuint (look_for_token (fixture->folder), >=, 1);
  restart (fixture);
  g_assert_cmpuint (look_for_token (fixture->folder), >=, 1);
  /* The search works */
  path = g_build_filename (fixture->folder, "probe", NULL);
  g_assert_true (g_file_set_contents (path, "x\0" LATCH_TEST_TOKEN "x", sizeof LATCH_TEST_TOKEN + 2, NULL));
  g_assert_true (has_bytes (path, LATCH_TEST_TOKEN));
}

/* Nothing is kept by halves: a token that nobody can see would stay in the keyring for good */
static void
test_adopt_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *impossible = g_build_filename (file, "folder", NULL);
  g_autoptr (LatchStore) store = latch_store_new (impossible);
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new ();
  g_autoptr (LatchHome) home = latch_home_new (store, token_store);
  g_autoptr (LatchPairing) pairing = pair_with (fixture->simulator, LATCH_AUTH_MODE_AUTO);
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
  assert_token (BRIDGE_ID, NULL);
}

static void
test_watching (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);

  latch_home_refresh (fixture->home, NULL);
  latch_test_run_for (500);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 0);

  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_test_simulator_count_requests (fixture->simulator, "/info") == 1);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), ==, 1);
  latch_home_set_watching (fixture->home, TRUE);
  latch_home_refresh (fixture->home, bridge);
  latch_test_wait_until (latch_test_simulator_count_requests (fixture->simulator, "/list") == 2);

  latch_home_set_watching (fixture->home, FALSE);
  latch_home_refresh (fixture->home, NULL);
  latch_test_run_for (500);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), ==, 2);
  g_object_unref (bridge);
}

/* Whoever wants to watch before there is anything to watch gets to do so */
static void
test_watching_from_the_start (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);

  g_object_unref (bridge);
  end_program (fixture);
  start_program (fixture);
  latch_home_set_watching (fixture->home, TRUE);
  g_assert_true (load (fixture, NULL));
  bridge = latch_home_find_bridge (fixture->home, BRIDGE_ID);
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_CONNECTED);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = latch_home_suggest_name (fixture->home);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (LatchBridge) bridge = add_bridge (fixture);

  g_assert_cmpstr (first, ==, "Home");
  second = latch_home_suggest_name (fixture->home);
  g_assert_cmpstr (second, ==, "Home 2");
  latch_bridge_set_name (bridge, "Home 2");
  third = latch_home_suggest_name (fixture->home);
  g_assert_cmpstr (third, ==, "Home");
}

/* With the home goes all that it holds, even in the middle of a request */
static void
test_leak (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);
  LatchClient *client = latch_bridge_get_client (bridge);
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);

  g_object_add_weak_pointer (G_OBJECT (bridge), (gpointer *) &bridge);
  g_object_add_weak_pointer (G_OBJECT (client), (gpointer *) &client);
  g_object_add_weak_pointer (G_OBJECT (lock), (gpointer *) &lock);
  g_object_unref (bridge);
  latch_test_simulator_add_fault (fixture->simulator, "hang", "/list", 1);
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
  g_assert_nonnull (bridge);
  end_program (fixture);
  latch_test_wait_until (bridge == NULL && client == NULL && lock == NULL);
  start_program (fixture);
}

/* Without a keyring, a token lasts for the session, and the person is told; to be run in a process of its own */
static void
test_session_only_inside (Fixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = add_bridge (fixture);

  g_assert_true (latch_bridge_get_session_only (bridge));
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_CONNECTED);
  g_object_unref (bridge);
  g_assert_cmpuint (look_for_token (fixture->folder), >=, 1);

  bridge = restart (fixture);
  g_assert_nonnull (bridge);
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_NO_TOKEN);
  g_assert_false (latch_client_has_token (latch_bridge_get_client (bridge)));
}

static void
test_session_only (void)
{
  g_auto (GStrv) envp = g_get_environ ();

  envp = g_environ_unsetenv (envp, "SECRET_BACKEND");
  envp = g_environ_setenv (envp, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_trap_subprocess_with_envp ("/home/session-only/subprocess", (const char *const *) envp, 0,
                                    G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  g_autofree char *keyring = NULL;
  int status;

  /* The keyring is a file, so that no bus is needed */
  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL ||
      !g_str_equal (g_getenv ("DBUS_SESSION_BUS_ADDRESS"), "unix:path=/nonexistent"))
    {
      keyring = g_dir_make_tmp ("latch-keyring-XXXXXX", NULL);
      {
        g_autofree char *path = g_build_filename (keyring, "keyring", NULL);

        g_setenv ("SECRET_BACKEND", "file", TRUE);
        g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
        g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
      }
    }

  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/home/" name, Fixture, NULL, set_up, function, tear_down)
  add ("adopt/new", test_adopt);
  add ("adopt/again", test_adopt_again);
  add ("adopt/mends", test_adopt_mends);
  add ("adopt/never-undercuts", test_adopt_never_undercuts);
  add ("adopt/consent-is-kept", test_consent_is_kept);
  add ("adopt/fails-as-a-whole", test_adopt_fails);
  add ("load/what-was-kept", test_persistence);
  add ("load/before-the-tokens", test_loaded_before_tokens);
  add ("load/nothing", test_load_nothing);
  add ("load/without-token", test_no_token);
  add ("states-are-kept", test_states_are_kept);
  add ("gone-lock-stays-gone", test_gone_lock);
  add ("forget", test_forget);
  add ("token-is-in-no-file", test_secret);
  add ("watching", test_watching);
  add ("watching-from-the-start", test_watching_from_the_start);
  add ("names", test_names);
  add ("is-freed", test_leak);
  add ("session-only/subprocess", test_session_only_inside);
  g_test_add_func ("/home/session-only", test_session_only);

  status = g_test_run ();
  if (keyring != NULL)
    remove_folder (keyring);

  return status;
}
