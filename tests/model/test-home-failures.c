/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "home-fixture.h"
#include "store-fixture.h"

/* What a home does where its database or a bridge fails it, and how it ends */

#define NO_MORE_THAN_MS 20000

/* A bridge that tells of changes */
static LatchBridge *
watch (HomeFixture *fixture)
{
  LatchBridge *bridge = NULL;

  g_object_unref (home_add_bridge (fixture));
  bridge = home_restart (fixture);
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_bridge_get_subscription (bridge) != NULL &&
                         latch_subscription_get_state (latch_bridge_get_subscription (bridge)) >=
                             LATCH_SUBSCRIPTION_REGISTERED);

  return bridge;
}

static void
leave (HomeFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_leave_async (fixture->home, NO_MORE_THAN_MS, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_home_leave_finish (fixture->home, result);
}

static void
refuse (HomeFixture *fixture, const char *change)
{
  g_autofree char *path = g_build_filename (fixture->folder, "nightlatch.db", NULL);
  g_autofree char *sql = g_strdup_printf ("CREATE TRIGGER no BEFORE %s BEGIN SELECT raise (ABORT, 'no'); END", change);

  execute_in_database (path, sql);
}

static void
allow_again (HomeFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "nightlatch.db", NULL);

  execute_in_database (path, "DROP TRIGGER no");
}

static gboolean
forget (HomeFixture *fixture, LatchBridge *bridge, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_forget_async (fixture->home, bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_home_forget_finish (fixture->home, result, error);
}

/* What is asked while the same is under way already is the same question */
static void
refresh_until_asked (HomeFixture *fixture, LatchBridge *bridge)
{
  gint64 deadline = g_get_monotonic_time () + LATCH_TEST_DEADLINE_US;

  while (latch_test_simulator_count_requests (fixture->simulator, "/list") == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      latch_home_refresh (fixture->home, bridge);
      latch_test_run_for (10);
    }
}

/* Whether somebody looks, and how bridges are found, is known to what begins to watch later, and to what does already */
static void
test_visible (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = latch_client_new ("192.0.2.1", 8080);
  g_autoptr (LatchBridge) stranger = latch_bridge_new ("stranger", "Stranger", client);
  LatchBridge *bridge = NULL;

  g_object_unref (home_add_bridge (fixture));
  latch_home_set_visible (fixture->home, TRUE);
  bridge = watch (fixture);
  latch_home_set_visible (fixture->home, TRUE);
  latch_home_set_visible (fixture->home, FALSE);
  /* To listen where we do already takes no new place */
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_home_set_event_port (fixture->home, 0);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/callback/add"), ==, 0);
  latch_test_simulator_clear_requests (fixture->simulator);
  refresh_until_asked (fixture, NULL);
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_home_refresh (fixture->home, stranger);
  refresh_until_asked (fixture, bridge);
}

static void
test_leaves (HomeFixture *fixture, gconstpointer data)
{
  watch (fixture);
  leave (fixture);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/callback/remove"), ==, 1);
}

static void
test_leaves_nothing (HomeFixture *fixture, gconstpointer data)
{
  g_assert_true (home_load (fixture, NULL));
  leave (fixture);
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 0);
}

/* Whoever closes a window does not wait for a bridge that was unplugged */
static void
test_leaves_what_is_gone (HomeFixture *fixture, gconstpointer data)
{
  watch (fixture);
  latch_test_simulator_stop (fixture->simulator);
  leave (fixture);
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 1);
}

static void
test_forgets_what_is_gone (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = g_object_ref (watch (fixture));
  g_autoptr (GError) error = NULL;

  latch_test_simulator_stop (fixture->simulator);
  g_assert_true (forget (fixture, bridge, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 0);
  home_assert_token (BRIDGE_ID, NULL);
}

/* The token is gone in any case; that the rest is not is said */
static void
test_cannot_forget (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = home_add_bridge (fixture);
  g_autoptr (GError) error = NULL;

  refuse (fixture, "DELETE ON bridges");
  g_assert_false (forget (fixture, bridge, &error));
  g_assert_nonnull (error);
  home_assert_token (BRIDGE_ID, NULL);

  /* Once it is possible again, it is done */
  allow_again (fixture);
  g_clear_error (&error);
  g_assert_true (forget (fixture, bridge, &error));
  g_assert_no_error (error);
  g_assert_null (home_restart (fixture));
}

/* What is not saved is not there; no token stays behind of which nobody knows */
static void
test_cannot_adopt (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchPairing) pairing = home_pair_with (fixture->simulator, LATCH_AUTH_MODE_AUTO);
  g_autoptr (GError) error = NULL;

  g_assert_true (home_load (fixture, NULL));
  refuse (fixture, "INSERT ON bridges");
  g_assert_null (home_adopt (fixture, pairing, "Home", &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 0);
  home_assert_token (BRIDGE_ID, NULL);
}

/* Which is there already, and stays */
static void
test_cannot_adopt_again (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = home_add_bridge (fixture);
  g_autoptr (LatchPairing) pairing = home_pair_with (fixture->simulator, LATCH_AUTH_MODE_AUTO);
  g_autoptr (GError) error = NULL;

  latch_home_set_watching (fixture->home, TRUE);
  refuse (fixture, "INSERT ON bridges");
  g_assert_null (home_adopt (fixture, pairing, "Cottage", &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (home_get_n_bridges (fixture), ==, 1);
  g_assert_true (latch_home_find_bridge (fixture->home, BRIDGE_ID) == bridge);
  home_assert_token (BRIDGE_ID, LATCH_TEST_TOKEN);
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_CONNECTED);
}

static gboolean
rename_lock (HomeFixture *fixture, LatchLock *lock, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_rename_lock_async (fixture->home, lock, name, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_home_rename_lock_finish (fixture->home, result, error);
}

static gboolean
hide_lock (HomeFixture *fixture, LatchLock *lock, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_hide_lock_async (fixture->home, lock, TRUE, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_home_hide_lock_finish (fixture->home, result, error);
}

static void
test_cannot_choose (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = home_add_bridge (fixture);
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);
  g_autoptr (GError) rename_error = NULL;
  g_autoptr (GError) hide_error = NULL;

  refuse (fixture, "INSERT ON choices");
  g_assert_false (rename_lock (fixture, lock, "Grandma", &rename_error));
  g_assert_nonnull (rename_error);
  g_assert_false (hide_lock (fixture, lock, &hide_error));
  g_assert_nonnull (hide_error);
  g_assert_false (latch_lock_has_local_name (lock));
  g_assert_false (latch_lock_get_hidden (lock));
}

/* Dialogs may outlive what they are about */
static void
test_cannot_choose_for_others (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = latch_client_new ("192.0.2.1", 8080);
  g_autoptr (LatchBridge) stranger = latch_bridge_new ("stranger", "Stranger", client);
  g_autoptr (LatchLock) theirs = latch_lock_new (stranger, 1, 0);
  g_autoptr (LatchLock) nobodys = latch_lock_new (NULL, 1, 0);
  LatchLock *const locks[] = { theirs, nobodys };

  for (guint i = 0; i < G_N_ELEMENTS (locks); i++)
    {
      g_autoptr (GError) rename_error = NULL;
      g_autoptr (GError) hide_error = NULL;

      g_assert_false (rename_lock (fixture, locks[i], "Grandma", &rename_error));
      g_assert_error (rename_error, LATCH_ERROR, LATCH_ERROR_UNKNOWN_DEVICE);
      g_assert_false (hide_lock (fixture, locks[i], &hide_error));
      g_assert_error (hide_error, LATCH_ERROR, LATCH_ERROR_UNKNOWN_DEVICE);
    }
}

int
main (int argc, char *argv[])
{
  int result;

  home_use_keyring_file ();
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/home/" name, HomeFixture, NULL, home_set_up, function, home_tear_down)
  add ("can-be-looked-at-before-and-after", test_visible);
  add ("leaves/its-places-to-others", test_leaves);
  add ("leaves/where-there-is-nothing", test_leaves_nothing);
  add ("leaves/what-is-gone", test_leaves_what_is_gone);
  add ("forgets-a-bridge-that-is-gone", test_forgets_what_is_gone);
  add ("says-what-it-cannot-forget", test_cannot_forget);
  add ("has-no-bridge-that-is-not-saved", test_cannot_adopt);
  add ("keeps-a-bridge-that-cannot-be-saved-anew", test_cannot_adopt_again);
  add ("chooses-nothing-that-is-not-saved", test_cannot_choose);
  add ("chooses-nothing-for-locks-of-others", test_cannot_choose_for_others);

  result = g_test_run ();
  home_remove_keyring_file ();

  return result;
}
