/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-bridge.h"
#include "latch-error.h"
#include "latch-test-simulator.h"

typedef struct
{
  LatchTestSimulator *simulator;
  LatchBridge *bridge;
  LatchLock *lock;   /* 1, locked */
  LatchLock *opener; /* 3, online */
} Fixture;

static LatchClient *
client_new (LatchTestSimulator *simulator)
{
  LatchClient *client = latch_client_new (latch_test_simulator_get_host (simulator),
                                          latch_test_simulator_get_port (simulator));

  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);

  return client;
}

/* Tells the bridge its list by another client, so that the one under test need not keep a distance from that */
static void
tell_list (Fixture *fixture)
{
  g_autoptr (LatchClient) client = client_new (fixture->simulator);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) devices = NULL;

  latch_client_list_async (client, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  devices = latch_client_list_finish (client, result, NULL);
  latch_bridge_apply_list (fixture->bridge, devices, g_get_real_time () / G_USEC_PER_SEC);
}

static gboolean
refresh (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_refresh_async (fixture->bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_bridge_refresh_finish (fixture->bridge, result, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *action_time = data;
  g_autoptr (LatchClient) client = NULL;

  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0",
                                                 action_time != NULL ? action_time : "--action-time=0.05",
                                                 "--lock-n-go-time=0.1", "--lock=1:Home", "--lock=2:Shed:unlocked",
                                                 "--opener=3:Gate", NULL);
  client = client_new (fixture->simulator);
  fixture->bridge = latch_bridge_new ("2117604523", "Home", client);
  tell_list (fixture);
  g_set_object (&fixture->lock, latch_bridge_find_lock (fixture->bridge, 1, 0));
  g_set_object (&fixture->opener, latch_bridge_find_lock (fixture->bridge, 3, 2));
  latch_test_simulator_clear_requests (fixture->simulator);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->bridge);
  g_assert_finalize_object (fixture->lock);
  g_assert_finalize_object (fixture->opener);
  latch_test_simulator_free (fixture->simulator);
}

static gboolean
finish (LatchLock *lock, GAsyncResult **result, GError **error)
{
  g_autoptr (GAsyncResult) taken = NULL;

  latch_test_wait_for (*result);
  taken = g_steal_pointer (result);
  g_assert_cmpint (latch_lock_get_pending_action (lock), ==, LATCH_LOCK_ACTION_NONE);

  return latch_lock_perform_finish (lock, taken, error);
}

static gboolean
perform (LatchLock *lock, LatchLockAction action, GError **error)
{
  GAsyncResult *result = NULL;

  latch_lock_perform_async (lock, action, NULL, latch_test_take_result_cb, &result);

  return finish (lock, &result, error);
}

static void
assert_performed (LatchLock *lock, LatchLockAction action, LatchLockState state)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (perform (lock, action, &error));
  g_assert_no_error (error);
  g_assert_cmpint (latch_lock_get_state (lock), ==, state);
  g_assert_false (latch_lock_get_stale (lock));
  g_assert_false (latch_lock_get_offline (lock));
}

static void
assert_failed (LatchLock *lock, LatchLockAction action, int code, LatchLockState state)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (perform (lock, action, &error));
  g_assert_error (error, LATCH_ERROR, code);
  g_assert_cmpint (latch_lock_get_state (lock), ==, state);
}

static void
assert_requests (Fixture *fixture, const char *expected)
{
  g_autofree char *actual = latch_test_simulator_list_requests (fixture->simulator);

  g_assert_cmpstr (actual, ==, expected);
}

#define UNLOCK_1 "/lockAction?nukiId=1&deviceType=0&action=1"
#define LOCK_1 "/lockAction?nukiId=1&deviceType=0&action=2"
#define UNLATCH_1 "/lockAction?nukiId=1&deviceType=0&action=3"
#define ASK_1 "/lockState?nukiId=1&deviceType=0"
#define OPEN_3 "/lockAction?nukiId=3&deviceType=2&action=3"
#define ASK_3 "/lockState?nukiId=3&deviceType=2"

static void
assert_sent_once (Fixture *fixture)
{
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/lockAction"), ==, 1);
}

static void
state_cb (LatchLock *lock, GParamSpec *pspec, gpointer user_data)
{
  Fixture *fixture = user_data;

  /* Never shown before it is so */
  g_assert_cmpint (latch_lock_get_state_code (lock), ==,
                   latch_test_simulator_get_lock_state (fixture->simulator, latch_lock_get_nuki_id (lock)));
}

static void
test_unlock_and_lock (Fixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->lock, "notify::state", G_CALLBACK (state_cb), fixture);
  assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  assert_performed (fixture->lock, LATCH_LOCK_ACTION_LOCK, LATCH_LOCK_STATE_LOCKED);
  assert_requests (fixture, UNLOCK_1 " /list " LOCK_1 " /list");
  g_signal_handlers_disconnect_by_data (fixture->lock, fixture);
}

static void
test_unlatch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (perform (fixture->lock, LATCH_LOCK_ACTION_UNLATCH, &error));
  g_assert_no_error (error);
  g_assert_cmpint (latch_test_simulator_get_lock_state (fixture->simulator, 1), ==, 3);
  assert_sent_once (fixture);
}

static void
test_lock_n_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (perform (fixture->lock, LATCH_LOCK_ACTION_LOCK_N_GO, &error));
  g_assert_no_error (error);
  assert_sent_once (fixture);
  g_assert_cmpint (latch_test_simulator_get_lock_state (fixture->simulator, 1), ==, 1);
}

/* While the bolt moves: what was asked for is pending, and the state is what it was */
static void
test_pending (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, NULL, latch_test_take_result_cb, &result);
  g_assert_cmpint (latch_lock_get_pending_action (fixture->lock), ==, LATCH_LOCK_ACTION_UNLOCK);
  latch_test_simulator_wait_for_request (fixture->simulator, "/lockAction");
  latch_test_wait_until (latch_test_simulator_get_lock_state (fixture->simulator, 1) == 2);
  g_assert_null (result);
  g_assert_cmpint (latch_lock_get_pending_action (fixture->lock), ==, LATCH_LOCK_ACTION_UNLOCK);
  g_assert_cmpint (latch_lock_get_pending_since (fixture->lock), >, 0);
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_is_busy (fixture->lock));

  g_assert_true (finish (fixture->lock, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_false (latch_lock_is_busy (fixture->lock));
}

static void
test_one_at_a_time (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, NULL, latch_test_take_result_cb, &first);
  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_LOCK, NULL, latch_test_take_result_cb, &second);
  latch_test_wait_for (second);
  g_assert_null (first);
  g_assert_false (latch_lock_perform_finish (fixture->lock, second, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_BUSY);
  g_assert_cmpint (latch_lock_get_pending_action (fixture->lock), ==, LATCH_LOCK_ACTION_UNLOCK);

  g_assert_true (finish (fixture->lock, &first, NULL));
  assert_requests (fixture, UNLOCK_1 " /list");
}

static void
test_two_locks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchLock) shed = g_object_ref (latch_bridge_find_lock (fixture->bridge, 2, 0));
  GAsyncResult *first = NULL, *second = NULL;

  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, NULL, latch_test_take_result_cb, &first);
  latch_lock_perform_async (shed, LATCH_LOCK_ACTION_LOCK, NULL, latch_test_take_result_cb, &second);
  g_assert_true (finish (fixture->lock, &first, NULL));
  g_assert_true (finish (shed, &second, NULL));
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_cmpint (latch_lock_get_state (shed), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/lockAction"), ==, 2);
}

/* Real bridges report failure although the bolt moved */
static void
test_false_failure (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "false-failure", "/lockAction", 0);
  assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  assert_requests (fixture, UNLOCK_1 " " ASK_1);
}

static void
test_lost_response (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/lockAction", 0);
  assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  assert_requests (fixture, UNLOCK_1 " " ASK_1);
}

/* The lock is asked again while it moves */
static void
test_lost_while_moving (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "hang", "/lockAction", 0);
  latch_client_set_timeout (latch_bridge_get_client (fixture->bridge), 2);
  latch_test_simulator_post (fixture->simulator, "locks/1?state=unlocking&mute=1");

  g_assert_true (refresh (fixture));
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_LOCKED);
  {
    GAsyncResult *result = NULL;
    g_autoptr (GError) error = NULL;

    latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, NULL, latch_test_take_result_cb, &result);
    latch_test_simulator_wait_for_request (fixture->simulator, "/lockState");
    latch_test_wait_until (latch_lock_get_state (fixture->lock) == LATCH_LOCK_STATE_UNLOCKING);
    g_assert_null (result);
    latch_test_simulator_post (fixture->simulator, "locks/1?state=unlocked");
    g_assert_true (finish (fixture->lock, &result, &error));
    g_assert_no_error (error);
  }
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  assert_requests (fixture, "/list " UNLOCK_1 " " ASK_1 " " ASK_1);
}

/* One that was done already is none the less done, though it was asked for a moment ago */
static void
test_lost_when_done_already (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_lock_ask_async (fixture->lock, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_true (latch_lock_ask_finish (fixture->lock, result, NULL));
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/lockAction", 0);
  assert_performed (fixture->lock, LATCH_LOCK_ACTION_LOCK, LATCH_LOCK_STATE_LOCKED);
  assert_sent_once (fixture);
}

static void
test_not_carried_out (Fixture *fixture, gconstpointer data)
{
  const char *const faults[] = { "success-false", "reset", "hang" };

  latch_client_set_timeout (latch_bridge_get_client (fixture->bridge), 2);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      latch_test_simulator_clear_requests (fixture->simulator);
      latch_test_simulator_add_fault (fixture->simulator, faults[i], "/lockAction", 1);
      assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_REFUSED, LATCH_LOCK_STATE_LOCKED);
      assert_requests (fixture, UNLOCK_1 " " ASK_1);
      g_assert_false (latch_lock_get_stale (fixture->lock));
      g_assert_false (latch_lock_get_offline (fixture->lock));
    }
}

static void
test_outcome_unknown (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/lockAction", 0);
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/lockState", 0);
  assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_get_stale (fixture->lock));
  assert_requests (fixture, UNLOCK_1 " " ASK_1);
}

/*
 * What leaves no trace is not proven by a state that was there before: the door of whoever is told that it opened
 * may be shut.
 */
static void
test_traceless (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "success-false", "/lockAction", 1);
  assert_failed (fixture->opener, LATCH_LOCK_ACTION_OPEN, LATCH_ERROR_REFUSED, LATCH_LOCK_STATE_ONLINE);
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/lockAction", 1);
  assert_failed (fixture->opener, LATCH_LOCK_ACTION_OPEN, LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_LOCK_STATE_ONLINE);
  latch_lock_set_stale (fixture->opener, TRUE);
  latch_test_simulator_add_fault (fixture->simulator, "success-false", "/lockAction", 1);
  assert_failed (fixture->opener, LATCH_LOCK_ACTION_OPEN, LATCH_ERROR_REFUSED, LATCH_LOCK_STATE_ONLINE);
  assert_requests (fixture, OPEN_3 " " ASK_3 " " OPEN_3 " " ASK_3 " " OPEN_3 " " ASK_3);

  assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_test_simulator_add_fault (fixture->simulator, "success-false", "/lockAction", 1);
  assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLATCH, LATCH_ERROR_REFUSED, LATCH_LOCK_STATE_UNLOCKED);
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/lockAction", 1);
  assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLATCH, LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_LOCK_STATE_UNLOCKED);
  assert_requests (fixture, UNLATCH_1 " " ASK_1 " " UNLATCH_1 " " ASK_1);
}

/* But a state that was not there before is a trace */
static void
test_trace (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "false-failure", "/lockAction", 0);
  assert_performed (fixture->opener, LATCH_LOCK_ACTION_OPEN, LATCH_LOCK_STATE_OPEN);
  assert_requests (fixture, OPEN_3 " " ASK_3);
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  const int kinds[] = { 1, 410 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      latch_test_simulator_post (fixture->simulator, "locks/1?offline=%d", kinds[i]);
      latch_test_simulator_clear_requests (fixture->simulator);
      assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_OFFLINE, LATCH_LOCK_STATE_LOCKED);
      g_assert_true (latch_lock_get_offline (fixture->lock));
      assert_requests (fixture, UNLOCK_1 " " ASK_1);
      g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
    }

  /* The list goes on telling the last state */
  g_assert_true (refresh (fixture));
  g_assert_true (latch_lock_get_offline (fixture->lock));

  latch_test_simulator_post (fixture->simulator, "locks/1?offline=0");
  assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
}

static void
test_motor_blocked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  latch_test_simulator_post (fixture->simulator, "locks/1?blocked=1");
  g_assert_false (perform (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "blocked"));
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_MOTOR_BLOCKED);
  g_assert_true (latch_lock_has_issue (fixture->lock));
  assert_sent_once (fixture);
}

/* The bridge's list may lag behind: when looking does not help, the lock is asked */
static void
test_lagging_list (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_post (fixture->simulator, "locks/1?mute=1");
  assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  assert_requests (fixture, UNLOCK_1 " /list /list /list " ASK_1);
}

/* Old news of the goal are no proof that it was reached just now */
static void
test_lagging_list_when_done_already (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_post (fixture->simulator, "locks/1?mute=1");
  assert_performed (fixture->lock, LATCH_LOCK_ACTION_LOCK, LATCH_LOCK_STATE_LOCKED);
  assert_requests (fixture, LOCK_1 " /list /list /list " ASK_1);
}

/* The bridge reported success, but nobody confirms the state: it is not what it was, nor known to be what was asked */
static void
test_unconfirmed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "reset", "/list", 1);
  g_assert_true (perform (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, &error));
  g_assert_no_error (error);
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_get_stale (fixture->lock));
  g_assert_false (latch_lock_is_secured (fixture->lock));
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);

  g_assert_true (refresh (fixture));
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_false (latch_lock_get_stale (fixture->lock));
}

static void
test_unconfirmed_by_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  latch_test_simulator_post (fixture->simulator, "locks/1?mute=1");
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/lockState", 1);
  g_assert_true (perform (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, &error));
  g_assert_no_error (error);
  g_assert_true (latch_lock_get_stale (fixture->lock));
}

static void
test_busy_bridge (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "status-503", NULL, 0);
  assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_BUSY, LATCH_LOCK_STATE_LOCKED);
  g_assert_false (latch_lock_get_stale (fixture->lock));
  assert_requests (fixture, UNLOCK_1);
}

static void
test_unauthorized (Fixture *fixture, gconstpointer data)
{
  latch_client_set_token (latch_bridge_get_client (fixture->bridge), "wrongT0ken");
  assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_UNAUTHORIZED, LATCH_LOCK_STATE_LOCKED);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNAUTHORIZED);
  g_assert_true (latch_lock_get_stale (fixture->lock));
  assert_sent_once (fixture);
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_stop (fixture->simulator);
  assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_UNREACHABLE, LATCH_LOCK_STATE_LOCKED);
}

static void
test_unknown_device (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_post (fixture->simulator, "locks/1?paired=0");
  assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_UNKNOWN_DEVICE, LATCH_LOCK_STATE_LOCKED);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
}

static void
test_unsuitable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchLock) orphan = latch_lock_new (NULL, 1, 0);

  assert_failed (fixture->lock, LATCH_LOCK_ACTION_OPEN, LATCH_ERROR_INVALID_ARGUMENT, LATCH_LOCK_STATE_LOCKED);
  assert_failed (fixture->opener, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_INVALID_ARGUMENT, LATCH_LOCK_STATE_ONLINE);
  assert_failed (fixture->lock, LATCH_LOCK_ACTION_NONE, LATCH_ERROR_INVALID_ARGUMENT, LATCH_LOCK_STATE_LOCKED);
  assert_failed (orphan, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_INVALID_ARGUMENT, LATCH_LOCK_STATE_UNKNOWN);
  assert_requests (fixture, "");
}

static void
test_opener (Fixture *fixture, gconstpointer data)
{
  assert_performed (fixture->opener, LATCH_LOCK_ACTION_ACTIVATE_RTO, LATCH_LOCK_STATE_RTO_ACTIVE);
  g_assert_false (latch_lock_is_secured (fixture->opener));
  assert_performed (fixture->opener, LATCH_LOCK_ACTION_DEACTIVATE_RTO, LATCH_LOCK_STATE_ONLINE);
  g_assert_true (latch_lock_is_secured (fixture->opener));
  assert_performed (fixture->opener, LATCH_LOCK_ACTION_ACTIVATE_CM, LATCH_LOCK_STATE_ONLINE);
  g_assert_cmpint (latch_lock_get_mode (fixture->opener), ==, LATCH_MODE_CONTINUOUS);
  g_assert_false (latch_lock_is_secured (fixture->opener));
  assert_performed (fixture->opener, LATCH_LOCK_ACTION_DEACTIVATE_CM, LATCH_LOCK_STATE_ONLINE);
  g_assert_true (latch_lock_is_secured (fixture->opener));
  g_assert_true (perform (fixture->opener, LATCH_LOCK_ACTION_OPEN, NULL));
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/lockAction"), ==, 5);
}

static void
test_cancelled_before_sent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) asking = g_cancellable_new ();
  g_autoptr (GAsyncResult) asked = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "hang", "/lockState", 1);
  latch_lock_ask_async (fixture->opener, asking, latch_test_take_result_cb, &asked);
  latch_test_simulator_wait_for_request (fixture->simulator, "/lockState");
  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, cancellable, latch_test_take_result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_false (finish (fixture->lock, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_cancellable_cancel (asking);
  latch_test_wait_for (asked);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/lockAction"), ==, 0);
}

/* Whoever does not wait for the end cannot keep the bolt from moving: nothing is known of it */
static void
test_cancelled_under_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, cancellable, latch_test_take_result_cb, &result);
  latch_test_simulator_wait_for_request (fixture->simulator, "/lockAction");
  g_cancellable_cancel (cancellable);
  g_assert_false (finish (fixture->lock, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_get_stale (fixture->lock));
  assert_sent_once (fixture);
}

static void
test_cancelled_while_looking (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "hang", "/list", 0);
  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, cancellable, latch_test_take_result_cb, &result);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
  g_cancellable_cancel (cancellable);
  g_assert_false (finish (fixture->lock, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (latch_lock_get_stale (fixture->lock));
}

/* The window may close in the middle of it */
static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LatchClient) client = client_new (fixture->simulator);
  g_autoptr (GAsyncResult) result = NULL;
  LatchBridge *bridge = g_steal_pointer (&fixture->bridge);
  LatchLock *lock = g_steal_pointer (&fixture->lock);

  latch_lock_perform_async (lock, LATCH_LOCK_ACTION_UNLOCK, cancellable, latch_test_take_result_cb, &result);
  latch_test_simulator_wait_for_request (fixture->simulator, "/lockAction");
  g_object_add_weak_pointer (G_OBJECT (bridge), (gpointer *) &bridge);
  g_object_add_weak_pointer (G_OBJECT (lock), (gpointer *) &lock);
  g_object_unref (bridge);
  g_object_unref (lock);
  g_assert_null (bridge);
  g_assert_nonnull (lock);
  g_cancellable_cancel (cancellable);
  latch_test_wait_for (result);
  g_clear_object (&result);
  latch_test_wait_until (lock == NULL);

  fixture->bridge = latch_bridge_new ("2117604523", "Home", client);
  fixture->lock = latch_lock_new (NULL, 1, 0);
}

static void
test_ask (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *steer;
    const char *fault;
    int code;
    gboolean offline;
  } steps[] = {
    { "locks/1?state=unlocked&mute=1&door=3", NULL, -1, FALSE },
    { "locks/1?offline=1", NULL, LATCH_ERROR_OFFLINE, TRUE },
    { "locks/1?offline=1", "reset", LATCH_ERROR_UNREACHABLE, TRUE },
    { "locks/1?offline=0", NULL, -1, FALSE },
    { "locks/1?paired=0", NULL, LATCH_ERROR_UNKNOWN_DEVICE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      latch_test_simulator_post (fixture->simulator, "%s", steps[i].steer);
      if (steps[i].fault != NULL)
        latch_test_simulator_add_fault (fixture->simulator, steps[i].fault, "/lockState", 1);
      latch_lock_ask_async (fixture->lock, NULL, latch_test_take_result_cb, &result);
      latch_test_wait_for (result);
      if (latch_lock_ask_finish (fixture->lock, result, &error))
        g_assert_cmpint (steps[i].code, ==, -1);
      else
        g_assert_error (error, LATCH_ERROR, steps[i].code);
      g_assert_cmpint (latch_lock_get_offline (fixture->lock), ==, steps[i].offline);
      g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_UNLOCKED);
      g_assert_cmpint (latch_lock_get_door_state (fixture->lock), ==, LATCH_DOOR_STATE_OPEN);
      g_assert_cmpstr (latch_lock_get_name (fixture->lock), ==, "Home");
      g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
    }
}

static void
test_first_api (void)
{
  g_autoptr (LatchTestSimulator) simulator =
      latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--api=1.6", "--ble-time=0", "--action-time=0", NULL);
  g_autoptr (LatchClient) client = latch_client_new (latch_test_simulator_get_host (simulator),
                                                     latch_test_simulator_get_port (simulator));
  g_autoptr (LatchBridge) bridge = latch_bridge_new ("1", "Home", client);
  Fixture fixture = { simulator, bridge, NULL, NULL };
  LatchLock *lock = NULL;

  latch_client_set_token (client, LATCH_TEST_TOKEN);
  g_assert_true (refresh (&fixture));
  lock = latch_bridge_find_lock (bridge, 1, -1);
  assert_performed (lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  latch_test_simulator_post (simulator, "locks/1?offline=1");
  assert_failed (lock, LATCH_LOCK_ACTION_LOCK, LATCH_ERROR_OFFLINE, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_true (latch_lock_get_offline (lock));
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_CONNECTED);
  g_assert_cmpuint (latch_test_simulator_count_requests (simulator, "/lockAction"), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add_with(name, option, function) g_test_add ("/lock-perform/" name, Fixture, option, set_up, function, tear_down)
#define add(name, function) add_with (name, NULL, function)
  add ("unlock-and-lock", test_unlock_and_lock);
  add ("unlatch", test_unlatch);
  add ("lock-n-go", test_lock_n_go);
  add ("opener", test_opener);
  add_with ("pending-while-it-moves", "--action-time=0.5", test_pending);
  add ("one-at-a-time", test_one_at_a_time);
  add ("two-locks", test_two_locks);
  add ("doubt/failure-though-it-moved", test_false_failure);
  add ("doubt/lost-response", test_lost_response);
  add ("doubt/asked-again-while-it-moves", test_lost_while_moving);
  add ("doubt/done-already", test_lost_when_done_already);
  add ("doubt/not-carried-out", test_not_carried_out);
  add ("doubt/outcome-unknown", test_outcome_unknown);
  add ("doubt/without-a-trace", test_traceless);
  add_with ("doubt/with-a-trace", "--action-time=0.6", test_trace);
  add ("fails/offline", test_offline);
  add ("fails/motor-blocked", test_motor_blocked);
  add ("fails/busy-bridge", test_busy_bridge);
  add ("fails/unauthorized", test_unauthorized);
  add ("fails/unknown-device", test_unknown_device);
  add ("fails/unsuitable", test_unsuitable);
  add ("list/lags-behind", test_lagging_list);
  add ("list/lags-behind-when-done-already", test_lagging_list_when_done_already);
  add ("list/does-not-come", test_unconfirmed);
  add ("list/lags-behind-and-lock-is-silent", test_unconfirmed_by_lock);
  add ("cancelled/before-it-is-sent", test_cancelled_before_sent);
  add_with ("cancelled/under-way", "--action-time=5", test_cancelled_under_way);
  add ("cancelled/while-looking", test_cancelled_while_looking);
  add_with ("let-go", "--action-time=5", test_let_go);
  add ("ask", test_ask);
  add ("fails/unreachable", test_unreachable);
  g_test_add_func ("/lock-perform/first-api", test_first_api);

  return g_test_run ();
}
