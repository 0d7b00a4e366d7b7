/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home-fixture.h"

#include "latch-bridge-private.h"

#define MAX_LOOKS 100

/* Another program of the same person, such as nightlatchctl */
static void
start_other (HomeFixture *fixture, HomeFixture *other)
{
  other->folder = fixture->folder;
  other->simulator = fixture->simulator;
  home_start_program (other);
  g_assert_true (home_load (other, NULL));
}

static void
forget (HomeFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_home_forget_async (fixture->home, latch_home_find_bridge (fixture->home, BRIDGE_ID), NULL,
                           latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_home_forget_finish (fixture->home, result, &error);
  g_assert_no_error (error);
}

/* Also when nobody waits for it, and when it is told more often than there is something to tell */
static void
test_added (HomeFixture *fixture, gconstpointer data)
{
  HomeFixture other = { 0 };
  LatchBridge *bridge = NULL;

  g_assert_true (home_load (fixture, NULL));
  latch_home_set_watching (fixture->home, TRUE);
  start_other (fixture, &other);
  g_object_unref (home_add_bridge (&other));

  latch_home_refresh_choices (fixture->home);
  latch_home_refresh_choices (fixture->home);
  latch_test_wait_until (home_get_n_bridges (fixture) > 0);
  bridge = latch_home_find_bridge (fixture->home, BRIDGE_ID);
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Home");
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_CONNECTED);
  g_assert_false (latch_lock_get_stale (latch_bridge_find_lock (bridge, 1, 0)));
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 1);
  home_end_program (&other);
}

static void
test_added_quietly (HomeFixture *fixture, gconstpointer data)
{
  HomeFixture other = { 0 };
  LatchClient *client = NULL;

  /* What is not loaded yet cannot have been changed by others */
  latch_home_refresh_choices (fixture->home);
  g_assert_true (home_load (fixture, NULL));
  latch_home_set_quiet (fixture->home, TRUE);
  latch_home_set_watching (fixture->home, TRUE);
  start_other (fixture, &other);
  g_object_unref (home_add_bridge (&other));

  latch_home_refresh_choices (fixture->home);
  latch_test_wait_until (home_get_n_bridges (fixture) > 0);
  client = latch_bridge_get_client (latch_home_find_bridge (fixture->home, BRIDGE_ID));
  home_assert_token (BRIDGE_ID, LATCH_TEST_TOKEN); /* which would have been asked for before */
  g_assert_false (latch_client_has_token (client));
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 0);
  latch_home_set_quiet (fixture->home, FALSE);
  latch_test_wait_until (latch_client_has_token (client));
  latch_home_set_quiet (fixture->home, FALSE);
  latch_home_set_quiet (fixture->home, TRUE);
  g_assert_true (latch_client_has_token (client));
  home_end_program (&other);
}

static void
test_forgotten (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = home_add_bridge (fixture);
  HomeFixture other = { 0 };

  g_assert_true (home_load (fixture, NULL));
  latch_home_set_watching (fixture->home, TRUE);
  start_other (fixture, &other);
  forget (&other);

  latch_home_refresh_choices (fixture->home);
  latch_test_wait_until (home_get_n_bridges (fixture) == 0);
  latch_test_wait_until (!latch_client_has_token (latch_bridge_get_client (bridge)));
  home_end_program (&other);

  /* Nor is it written down again */
  g_assert_null (home_restart (fixture));
}

static void
test_paired_anew (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = home_add_bridge (fixture);
  g_autofree char *lines = NULL;

  g_assert_true (home_load (fixture, NULL));
  latch_client_set_token (latch_bridge_get_client (bridge), "f0rmer");
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_UNAUTHORIZED);
  latch_test_simulator_clear_requests (fixture->simulator);

  latch_home_refresh_choices (fixture->home);
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_CONNECTED);
  /* How locks are comes first */
  lines = latch_test_simulator_list_requests (fixture->simulator);
  g_assert_true (g_str_has_prefix (lines, "/list"));
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer n_added)
{
  *(guint *) n_added += added;
}

/* What was looked for before that is older */
static void
test_forgotten_here (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint n_added = 0, n_looks = 0;

  g_object_unref (home_add_bridge (fixture));
  g_assert_true (home_load (fixture, NULL));
  g_signal_connect (fixture->home, "items-changed", G_CALLBACK (items_changed_cb), &n_added);
  latch_home_forget_async (fixture->home, latch_home_find_bridge (fixture->home, BRIDGE_ID), NULL,
                           latch_test_take_result_cb, &result);
  for (; result == NULL && n_looks < MAX_LOOKS; n_looks++)
    {
      latch_home_refresh_choices (fixture->home);
      g_main_context_iteration (NULL, FALSE);
    }
  latch_test_wait_for (result);
  g_assert_true (latch_home_forget_finish (fixture->home, result, NULL));
  g_assert_true (home_load (fixture, NULL)); /* after all those looks */
  g_assert_cmpuint (n_added, ==, 0);
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 0);
}

int
main (int argc, char *argv[])
{
  int status;

  home_use_keyring_file ();
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/home-others/" name, HomeFixture, NULL, home_set_up, function, home_tear_down)
  add ("added-is-there-and-watched", test_added);
  add ("added-waits-while-all-is-quiet", test_added_quietly);
  add ("forgotten-is-gone", test_forgotten);
  add ("forgotten-here-does-not-come-back", test_forgotten_here);
  add ("paired-anew-is-not-refused", test_paired_anew);

  status = g_test_run ();
  home_remove_keyring_file ();

  return status;
}
