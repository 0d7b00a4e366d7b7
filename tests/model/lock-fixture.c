/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lock-fixture.h"

LatchClient *
lock_client_new (LatchTestSimulator *simulator)
{
  LatchClient *client = latch_client_new (latch_test_simulator_get_host (simulator),
                                          latch_test_simulator_get_port (simulator));

  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);

  return client;
}

/* Tells the bridge its list by another client, so that the one under test need not keep a distance from that */
static void
lock_tell_list (LockFixture *fixture)
{
  g_autoptr (LatchClient) client = lock_client_new (fixture->simulator);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) devices = NULL;

  latch_client_list_async (client, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  devices = latch_client_list_finish (client, result, NULL);
  latch_bridge_apply_list (fixture->bridge, devices, g_get_real_time () / G_USEC_PER_SEC);
}

gboolean
lock_refresh (LockFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_refresh_async (fixture->bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_bridge_refresh_finish (fixture->bridge, result, NULL);
}

void
lock_set_up (LockFixture *fixture, gconstpointer data)
{
  const char *action_time = data;
  g_autoptr (LatchClient) client = NULL;

  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0",
                                                 action_time != NULL ? action_time : "--action-time=0.05",
                                                 "--lock-n-go-time=0.1", "--lock=1:Home", "--lock=2:Shed:unlocked",
                                                 "--opener=3:Gate", NULL);
  client = lock_client_new (fixture->simulator);
  fixture->bridge = latch_bridge_new ("2117604523", "Home", client);
  lock_tell_list (fixture);
  g_set_object (&fixture->lock, latch_bridge_find_lock (fixture->bridge, 1, 0));
  g_set_object (&fixture->opener, latch_bridge_find_lock (fixture->bridge, 3, 2));
  latch_test_simulator_clear_requests (fixture->simulator);
}

void
lock_tear_down (LockFixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->bridge);
  g_assert_finalize_object (fixture->lock);
  g_assert_finalize_object (fixture->opener);
  latch_test_simulator_free (fixture->simulator);
}

gboolean
lock_finish (LatchLock *lock, GAsyncResult **result, GError **error)
{
  g_autoptr (GAsyncResult) taken = NULL;

  latch_test_wait_for (*result);
  taken = g_steal_pointer (result);
  g_assert_cmpint (latch_lock_get_pending_action (lock), ==, LATCH_LOCK_ACTION_NONE);

  return latch_lock_perform_finish (lock, taken, error);
}

gboolean
lock_perform (LatchLock *lock, LatchLockAction action, GError **error)
{
  GAsyncResult *result = NULL;

  latch_lock_perform_async (lock, action, NULL, latch_test_take_result_cb, &result);

  return lock_finish (lock, &result, error);
}

void
lock_assert_performed (LatchLock *lock, LatchLockAction action, LatchLockState state)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lock_perform (lock, action, &error));
  g_assert_no_error (error);
  g_assert_cmpint (latch_lock_get_state (lock), ==, state);
  g_assert_false (latch_lock_get_stale (lock));
  g_assert_false (latch_lock_get_offline (lock));
}

void
lock_assert_failed (LatchLock *lock, LatchLockAction action, int code, LatchLockState state)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lock_perform (lock, action, &error));
  g_assert_error (error, LATCH_ERROR, code);
  g_assert_cmpint (latch_lock_get_state (lock), ==, state);
}

void
lock_assert_requests (LockFixture *fixture, const char *expected)
{
  g_autofree char *actual = latch_test_simulator_list_requests (fixture->simulator);

  g_assert_cmpstr (actual, ==, expected);
}

void
lock_assert_sent_once (LockFixture *fixture)
{
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/lockAction"), ==, 1);
}
