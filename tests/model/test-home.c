/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home-fixture.h"

#include "latch-bridge-private.h"

/* What shows a test that it is the one without a keyring */
#define NO_BUS "unix:path=/nonexistent"

static void
test_persistence (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);
  LatchLock *lock = NULL;
  guint16 port = latch_client_get_port (latch_bridge_get_client (bridge));
  gint64 confirmed_at = latch_lock_get_confirmed_at (latch_bridge_find_lock (bridge, 1, 0));
  g_autofree char *lines = NULL;

  g_object_unref (bridge);
  bridge = home_restart (fixture);
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 1);
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
test_loaded_before_tokens (HomeFixture *fixture, gconstpointer data)
{
  gboolean seen = FALSE;

  g_object_unref (home_add_bridge (fixture));
  home_end_program (fixture);
  home_start_program (fixture);
  g_assert_false (latch_home_is_loaded (fixture->home));
  g_signal_connect (fixture->home, "notify::loaded", G_CALLBACK (loaded_cb), &seen);
  g_assert_true (home_load (fixture, NULL));
  g_assert_true (seen);
  g_assert_true (latch_client_has_token (
      latch_bridge_get_client (latch_home_find_bridge (fixture->home, BRIDGE_ID))));

  /* A second time changes nothing */
  g_assert_true (home_load (fixture, NULL));
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 1);
}

static void
test_load_nothing (HomeFixture *fixture, gconstpointer data)
{
  g_assert_true (home_load (fixture, NULL));
  g_assert_true (latch_home_is_loaded (fixture->home));
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 0);
  g_assert_null (latch_home_find_bridge (fixture->home, BRIDGE_ID));
}

static void
test_states_are_kept (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);
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
  bridge = home_restart (fixture);
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Cottage");
  lock = latch_bridge_find_lock (bridge, 1, 0);
  g_assert_cmpstr (latch_lock_get_name (lock), ==, "Grandpa");
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_cmpint (latch_lock_get_battery_percent (lock), ==, 12);
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, changed_at);
  g_assert_true (latch_lock_get_stale (lock));
}

/* What bridges do not tell has to be kept: that one has forgotten us is not to be found out at every start */
static void
test_keeps_what_is_not_told (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  g_assert_cmpint (latch_bridge_get_access (bridge), ==, LATCH_ACCESS_UNKNOWN);
  latch_bridge_set_access (bridge, LATCH_ACCESS_FORBIDDEN);
  latch_bridge_set_maintenance (bridge, LATCH_MAINTENANCE_WAS_RESET);
  g_object_unref (bridge);

  bridge = home_restart (fixture);
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_run_for (500);
  g_assert_cmpint (latch_bridge_get_access (bridge), ==, LATCH_ACCESS_FORBIDDEN);
  g_assert_cmpint (latch_bridge_get_maintenance (bridge), ==, LATCH_MAINTENANCE_WAS_RESET);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 0);

  latch_bridge_set_access (bridge, LATCH_ACCESS_UNKNOWN);
  g_assert_cmpint (latch_bridge_get_access (home_restart (fixture)), ==, LATCH_ACCESS_UNKNOWN);

  /* Pairing again sets it right, and a button that works says what is allowed */
  g_object_unref (home_add_bridge (fixture));
  bridge = latch_home_find_bridge (fixture->home, BRIDGE_ID);
  g_assert_cmpint (latch_bridge_get_maintenance (bridge), ==, LATCH_MAINTENANCE_NONE);
}

/* The order is the bridge's own, and who is gone does not come back */
static void
test_gone_lock (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  latch_test_simulator_post (fixture->simulator, "locks/1?paired=0");
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (bridge)) == 1);
  g_object_unref (bridge);
  bridge = home_restart (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bridge)), ==, 1);
  g_assert_null (latch_bridge_find_lock (bridge, 1, 0));
}

static void
test_no_token (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  g_object_unref (bridge);
  home_forget_token (BRIDGE_ID);
  latch_home_set_watching (fixture->home, TRUE);
  bridge = home_restart (fixture);
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

static void
test_watching (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

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
test_watching_from_the_start (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  g_object_unref (bridge);
  home_end_program (fixture);
  home_start_program (fixture);
  latch_home_set_watching (fixture->home, TRUE);
  g_assert_true (home_load (fixture, NULL));
  bridge = latch_home_find_bridge (fixture->home, BRIDGE_ID);
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_CONNECTED);
}

static guint16
find_two_free_ports (void)
{
  for (;;)
    {
      guint16 port = g_random_int_range (10000, 30000);
      g_autoptr (GSocketListener) listener = g_socket_listener_new ();
      gboolean free = g_socket_listener_add_inet_port (listener, port, NULL, NULL) &&
                      g_socket_listener_add_inet_port (listener, port + 1, NULL, NULL);

      g_socket_listener_close (listener);
      if (free)
        return port;
    }
}

static gboolean
is_called_at (LatchBridge *bridge, guint16 port)
{
  g_autofree char *start = g_strdup_printf ("http://127.0.0.1:%u/", port);
  LatchSubscription *subscription = latch_bridge_get_subscription (bridge);
  const char *url = subscription != NULL ? latch_subscription_get_url (subscription) : NULL;

  return url != NULL && g_str_has_prefix (url, start) &&
         latch_subscription_get_state (subscription) == LATCH_SUBSCRIPTION_REGISTERED;
}

/* Who opens a firewall for some ports knows which: the first, and one more for each further bridge */
static void
test_event_ports (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) simulator =
      latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--bridge-id=77", NULL);
  g_autoptr (LatchPairing) pairing = home_pair_with (simulator, LATCH_AUTH_MODE_AUTO);
  g_autoptr (LatchBridge) second = NULL;
  g_autoptr (LatchBridge) first = NULL;
  guint16 port = find_two_free_ports ();
  guint16 next = find_two_free_ports ();

  latch_home_set_watching (fixture->home, TRUE);
  g_assert_true (home_load (fixture, NULL));
  first = home_add_bridge (fixture);
  latch_home_set_event_port (fixture->home, port);
  latch_test_wait_until (is_called_at (first, port));
  second = home_adopt (fixture, pairing, "Annex", NULL);
  latch_test_wait_until (is_called_at (second, port + 1));
  g_assert_true (is_called_at (first, port));

  latch_home_set_event_port (fixture->home, next);
  latch_test_wait_until (is_called_at (first, next) && is_called_at (second, next + 1));
  /* Whoever is at a port that is wanted anyway stays there */
  latch_home_set_event_port (fixture->home, next + 1);
  g_assert_true (is_called_at (second, next + 1));
  latch_home_set_event_port (fixture->home, 0);
  latch_test_wait_until (!is_called_at (second, next + 1) &&
                         latch_subscription_get_state (latch_bridge_get_subscription (second)) ==
                             LATCH_SUBSCRIPTION_REGISTERED);
}

/* What is known is there, and nobody is asked for anything: neither the keyring nor, therefore, the bridge */
static void
test_quiet (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  g_object_unref (bridge);
  home_end_program (fixture);
  home_start_program (fixture);
  latch_home_set_quiet (fixture->home, TRUE);
  latch_home_set_watching (fixture->home, TRUE);
  g_assert_true (home_load (fixture, NULL));
  bridge = latch_home_find_bridge (fixture->home, BRIDGE_ID);
  g_assert_false (latch_client_has_token (latch_bridge_get_client (bridge)));
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_UNKNOWN);
  g_assert_cmpint (latch_lock_get_state (latch_bridge_find_lock (bridge, 1, 0)), ==, LATCH_LOCK_STATE_LOCKED);

  latch_home_set_quiet (fixture->home, FALSE);
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_CONNECTED);
}

static void
test_names (HomeFixture *fixture, gconstpointer data)
{
  g_autofree char *first = latch_home_suggest_name (fixture->home);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (LatchBridge) bridge = home_add_bridge (fixture);

  g_assert_cmpstr (first, ==, "Home");
  second = latch_home_suggest_name (fixture->home);
  g_assert_cmpstr (second, ==, "Home 2");
  latch_bridge_set_name (bridge, "Home 2");
  third = latch_home_suggest_name (fixture->home);
  g_assert_cmpstr (third, ==, "Home");
}

/* With the home goes all that it holds, even in the middle of a request */
static void
test_leak (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);
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
  home_end_program (fixture);
  latch_test_wait_until (bridge == NULL && client == NULL && lock == NULL);
  home_start_program (fixture);
}

/* Without a keyring, a token lasts for the session, and the person is told; to be run in a process of its own */
static void
test_session_only_inside (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  g_assert_true (latch_bridge_get_session_only (bridge));
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_CONNECTED);
  g_object_unref (bridge);
  g_assert_cmpuint (home_look_for_token (fixture->folder), >=, 1);

  bridge = home_restart (fixture);
  g_assert_nonnull (bridge);
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_NO_TOKEN);
  g_assert_false (latch_client_has_token (latch_bridge_get_client (bridge)));
}

static void
test_session_only (void)
{
  g_auto (GStrv) envp = g_get_environ ();

  envp = g_environ_unsetenv (envp, "SECRET_BACKEND");
  envp = g_environ_setenv (envp, "DBUS_SESSION_BUS_ADDRESS", NO_BUS, TRUE);
  g_test_trap_subprocess_with_envp ("/home/session-only/subprocess", (const char *const *) envp, 0,
                                    G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  int status;

  if (g_strcmp0 (g_getenv ("DBUS_SESSION_BUS_ADDRESS"), NO_BUS) != 0)
    home_use_keyring_file ();
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/home/" name, HomeFixture, NULL, home_set_up, function, home_tear_down)
  add ("load/what-was-kept", test_persistence);
  add ("load/before-the-tokens", test_loaded_before_tokens);
  add ("load/nothing", test_load_nothing);
  add ("load/without-token", test_no_token);
  add ("states-are-kept", test_states_are_kept);
  add ("gone-lock-stays-gone", test_gone_lock);
  add ("keeps-what-is-not-told", test_keeps_what_is_not_told);
  add ("watching", test_watching);
  add ("watching-from-the-start", test_watching_from_the_start);
  add ("event-ports", test_event_ports);
  add ("quiet", test_quiet);
  add ("names", test_names);
  add ("is-freed", test_leak);
  add ("session-only/subprocess", test_session_only_inside);
  g_test_add_func ("/home/session-only", test_session_only);

  status = g_test_run ();
  home_remove_keyring_file ();

  return status;
}
