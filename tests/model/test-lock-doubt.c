/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lock-fixture.h"
#include "lock-news.h"

/* Real bridges report failure although the bolt moved */
static void
test_false_failure (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "false-failure", "/lockAction", 0);
  lock_assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  lock_assert_requests (fixture, UNLOCK_1 " " ASK_1);
}

static void
test_lost_response (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/lockAction", 0);
  lock_assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  lock_assert_requests (fixture, UNLOCK_1 " " ASK_1);
}

/* What the bridge tells of its own accord is as good as an answer */
static void
test_told_instead (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchDeviceSnapshot) news = lock_news_new (3);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "hang", "/lockAction", 1);
  latch_client_set_timeout (latch_bridge_get_client (fixture->bridge), 6);
  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, NULL, latch_test_take_result_cb, &result);
  latch_test_simulator_wait_for_request (fixture->simulator, "/lockAction");
  news->state.timestamp = g_get_real_time () / G_USEC_PER_SEC + 1;
  g_assert_true (latch_bridge_apply_event (fixture->bridge, news, news->state.timestamp));

  g_assert_true (lock_finish (fixture->lock, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_false (latch_lock_get_stale (fixture->lock));
  lock_assert_requests (fixture, UNLOCK_1);
}

/* The lock is asked again while it moves */
static void
test_lost_while_moving (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "hang", "/lockAction", 0);
  latch_client_set_timeout (latch_bridge_get_client (fixture->bridge), 2);
  latch_test_simulator_post (fixture->simulator, "locks/1?state=unlocking&mute=1");

  g_assert_true (lock_refresh (fixture));
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_LOCKED);
  {
    GAsyncResult *result = NULL;
    g_autoptr (GError) error = NULL;

    latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, NULL, latch_test_take_result_cb, &result);
    latch_test_simulator_wait_for_request (fixture->simulator, "/lockState");
    latch_test_wait_until (latch_lock_get_state (fixture->lock) == LATCH_LOCK_STATE_UNLOCKING);
    g_assert_null (result);
    latch_test_simulator_post (fixture->simulator, "locks/1?state=unlocked");
    g_assert_true (lock_finish (fixture->lock, &result, &error));
    g_assert_no_error (error);
  }
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  lock_assert_requests (fixture, "/list " UNLOCK_1 " " ASK_1 " " ASK_1);
}

/* One that was done already is none the less done, though it was asked for a moment ago */
static void
test_lost_when_done_already (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_lock_ask_async (fixture->lock, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_true (latch_lock_ask_finish (fixture->lock, result, NULL));
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/lockAction", 0);
  lock_assert_performed (fixture->lock, LATCH_LOCK_ACTION_LOCK, LATCH_LOCK_STATE_LOCKED);
  lock_assert_sent_once (fixture);
}

static void
test_not_carried_out (LockFixture *fixture, gconstpointer data)
{
  const char *const faults[] = { "success-false", "reset", "hang" };

  latch_client_set_timeout (latch_bridge_get_client (fixture->bridge), 2);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      latch_test_simulator_clear_requests (fixture->simulator);
      latch_test_simulator_add_fault (fixture->simulator, faults[i], "/lockAction", 1);
      lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_REFUSED, LATCH_LOCK_STATE_LOCKED);
      lock_assert_requests (fixture, UNLOCK_1 " " ASK_1);
      g_assert_false (latch_lock_get_stale (fixture->lock));
      g_assert_false (latch_lock_get_offline (fixture->lock));
    }
}

static void
test_outcome_unknown (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/lockAction", 0);
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/lockState", 0);
  lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_get_stale (fixture->lock));
  lock_assert_requests (fixture, UNLOCK_1 " " ASK_1);
}

/* A lock that is out of reach when it is asked may have moved before */
static void
test_outcome_unknown_of_offline_lock (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/lockAction", 0);
  latch_test_simulator_add_fault (fixture->simulator, "success-false", "/lockState", 0);
  lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_get_stale (fixture->lock));
  g_assert_true (latch_lock_get_offline (fixture->lock));
  lock_assert_requests (fixture, UNLOCK_1 " " ASK_1);
}

/*
 * What leaves no trace is not proven by a state that was there before: the door of whoever is told that it opened
 * may be shut.
 */
static void
test_traceless (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "success-false", "/lockAction", 1);
  lock_assert_failed (fixture->opener, LATCH_LOCK_ACTION_OPEN, LATCH_ERROR_REFUSED, LATCH_LOCK_STATE_ONLINE);
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/lockAction", 1);
  lock_assert_failed (fixture->opener, LATCH_LOCK_ACTION_OPEN, LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_LOCK_STATE_ONLINE);
  latch_lock_set_stale (fixture->opener, TRUE);
  latch_test_simulator_add_fault (fixture->simulator, "success-false", "/lockAction", 1);
  lock_assert_failed (fixture->opener, LATCH_LOCK_ACTION_OPEN, LATCH_ERROR_REFUSED, LATCH_LOCK_STATE_ONLINE);
  lock_assert_requests (fixture, OPEN_3 " " ASK_3 " " OPEN_3 " " ASK_3 " " OPEN_3 " " ASK_3);

  lock_assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_test_simulator_add_fault (fixture->simulator, "success-false", "/lockAction", 1);
  lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLATCH, LATCH_ERROR_REFUSED, LATCH_LOCK_STATE_UNLOCKED);
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/lockAction", 1);
  lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLATCH, LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_LOCK_STATE_UNLOCKED);
  lock_assert_requests (fixture, UNLATCH_1 " " ASK_1 " " UNLATCH_1 " " ASK_1);
}

/* But a state that was not there before is a trace */
static void
test_trace (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "false-failure", "/lockAction", 0);
  lock_assert_performed (fixture->opener, LATCH_LOCK_ACTION_OPEN, LATCH_LOCK_STATE_OPEN);
  lock_assert_requests (fixture, OPEN_3 " " ASK_3);
}

/* The bridge's list may lag behind: when looking does not help, the lock is asked */
static void
test_lagging_list (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_post (fixture->simulator, "locks/1?mute=1");
  lock_assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  lock_assert_requests (fixture, UNLOCK_1 " /list /list /list " ASK_1);
}

/* Old news of the goal are no proof that it was reached just now */
static void
test_lagging_list_when_done_already (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_post (fixture->simulator, "locks/1?mute=1");
  lock_assert_performed (fixture->lock, LATCH_LOCK_ACTION_LOCK, LATCH_LOCK_STATE_LOCKED);
  lock_assert_requests (fixture, LOCK_1 " /list /list /list " ASK_1);
}

/* The bridge reported success, but nobody confirms the state: it is not what it was, nor known to be what was asked */
static void
test_unconfirmed (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "reset", "/list", 1);
  g_assert_true (lock_perform (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, &error));
  g_assert_no_error (error);
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_get_stale (fixture->lock));
  g_assert_false (latch_lock_is_secured (fixture->lock));
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);

  g_assert_true (lock_refresh (fixture));
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_false (latch_lock_get_stale (fixture->lock));
}

static void
test_unconfirmed_by_lock (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  latch_test_simulator_post (fixture->simulator, "locks/1?mute=1");
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/lockState", 1);
  g_assert_true (lock_perform (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, &error));
  g_assert_no_error (error);
  g_assert_true (latch_lock_get_stale (fixture->lock));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add_with(name, option, function) g_test_add ("/lock-doubt/" name, LockFixture, option, lock_set_up, function, lock_tear_down)
#define add(name, function) add_with (name, NULL, function)
  add ("failure-though-it-moved", test_false_failure);
  add ("lost-response", test_lost_response);
  add ("told-instead-of-answered", test_told_instead);
  add ("asked-again-while-it-moves", test_lost_while_moving);
  add ("done-already", test_lost_when_done_already);
  add ("not-carried-out", test_not_carried_out);
  add ("outcome-unknown", test_outcome_unknown);
  add ("outcome-unknown-of-lock-out-of-reach", test_outcome_unknown_of_offline_lock);
  add ("without-a-trace", test_traceless);
  add_with ("with-a-trace", "--action-time=3", test_trace);
  add ("list-lags-behind", test_lagging_list);
  add ("list-lags-behind-when-done-already", test_lagging_list_when_done_already);
  add ("list-does-not-come", test_unconfirmed);
  add ("list-lags-behind-and-lock-is-silent", test_unconfirmed_by_lock);

  return g_test_run ();
}
