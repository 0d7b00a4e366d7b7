/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lock-fixture.h"

static void
state_cb (LatchLock *lock, GParamSpec *pspec, gpointer user_data)
{
  LockFixture *fixture = user_data;

  /* Never shown before it is so */
  g_assert_cmpint (latch_lock_get_state_code (lock), ==,
                   latch_test_simulator_get_lock_state (fixture->simulator, latch_lock_get_nuki_id (lock)));
}

static void
test_unlock_and_lock (LockFixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->lock, "notify::state", G_CALLBACK (state_cb), fixture);
  lock_assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  lock_assert_performed (fixture->lock, LATCH_LOCK_ACTION_LOCK, LATCH_LOCK_STATE_LOCKED);
  lock_assert_requests (fixture, UNLOCK_1 " /list " LOCK_1 " /list");
  g_signal_handlers_disconnect_by_data (fixture->lock, fixture);
}

static void
test_unlatch (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lock_perform (fixture->lock, LATCH_LOCK_ACTION_UNLATCH, &error));
  g_assert_no_error (error);
  g_assert_cmpint (latch_test_simulator_get_lock_state (fixture->simulator, 1), ==, 3);
  lock_assert_sent_once (fixture);
}

static void
test_lock_n_go (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lock_perform (fixture->lock, LATCH_LOCK_ACTION_LOCK_N_GO, &error));
  g_assert_no_error (error);
  lock_assert_sent_once (fixture);
  g_assert_cmpint (latch_test_simulator_get_lock_state (fixture->simulator, 1), ==, 1);
}

/* While the bolt moves: what was asked for is pending, and the state is what it was */
static void
test_pending (LockFixture *fixture, gconstpointer data)
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

  g_assert_true (lock_finish (fixture->lock, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_false (latch_lock_is_busy (fixture->lock));
}

static void
test_one_at_a_time (LockFixture *fixture, gconstpointer data)
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

  g_assert_true (lock_finish (fixture->lock, &first, NULL));
  lock_assert_requests (fixture, UNLOCK_1 " /list");
}

static void
test_two_locks (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchLock) shed = g_object_ref (latch_bridge_find_lock (fixture->bridge, 2, 0));
  GAsyncResult *first = NULL, *second = NULL;

  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, NULL, latch_test_take_result_cb, &first);
  latch_lock_perform_async (shed, LATCH_LOCK_ACTION_LOCK, NULL, latch_test_take_result_cb, &second);
  g_assert_true (lock_finish (fixture->lock, &first, NULL));
  g_assert_true (lock_finish (shed, &second, NULL));
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_cmpint (latch_lock_get_state (shed), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/lockAction"), ==, 2);
}

static void
test_offline (LockFixture *fixture, gconstpointer data)
{
  const int kinds[] = { 1, 410 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      latch_test_simulator_post (fixture->simulator, "locks/1?offline=%d", kinds[i]);
      latch_test_simulator_clear_requests (fixture->simulator);
      lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_OFFLINE, LATCH_LOCK_STATE_LOCKED);
      g_assert_true (latch_lock_get_offline (fixture->lock));
      lock_assert_requests (fixture, UNLOCK_1 " " ASK_1);
      g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
    }

  /* The list goes on telling the last state */
  g_assert_true (lock_refresh (fixture));
  g_assert_true (latch_lock_get_offline (fixture->lock));

  latch_test_simulator_post (fixture->simulator, "locks/1?offline=0");
  lock_assert_performed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
}

static void
test_motor_blocked (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  latch_test_simulator_post (fixture->simulator, "locks/1?blocked=1");
  g_assert_false (lock_perform (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "blocked"));
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_MOTOR_BLOCKED);
  g_assert_true (latch_lock_has_issue (fixture->lock));
  lock_assert_sent_once (fixture);
}

static void
test_busy_bridge (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "status-503", NULL, 0);
  lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_BUSY, LATCH_LOCK_STATE_LOCKED);
  g_assert_false (latch_lock_get_stale (fixture->lock));
  lock_assert_requests (fixture, UNLOCK_1);
}

static void
test_unauthorized (LockFixture *fixture, gconstpointer data)
{
  latch_client_set_token (latch_bridge_get_client (fixture->bridge), "wrongT0ken");
  lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_UNAUTHORIZED, LATCH_LOCK_STATE_LOCKED);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNAUTHORIZED);
  g_assert_true (latch_lock_get_stale (fixture->lock));
  lock_assert_sent_once (fixture);
}

static void
test_unreachable (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_stop (fixture->simulator);
  lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_UNREACHABLE, LATCH_LOCK_STATE_LOCKED);
}

static void
test_unknown_device (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_post (fixture->simulator, "locks/1?paired=0");
  lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_UNKNOWN_DEVICE, LATCH_LOCK_STATE_LOCKED);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
}

/* Which it still did while the command was on its way */
static void
test_not_listed_afterwards (LockFixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, NULL, latch_test_take_result_cb, &result);
  latch_test_simulator_wait_for_request (fixture->simulator, "/lockAction");
  latch_test_simulator_post (fixture->simulator, "locks/1?paired=0");
  g_assert_false (lock_finish (fixture->lock, &result, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN);
}

static void
test_unsuitable (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchLock) orphan = latch_lock_new (NULL, 1, 0);

  lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_OPEN, LATCH_ERROR_INVALID_ARGUMENT, LATCH_LOCK_STATE_LOCKED);
  lock_assert_failed (fixture->opener, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_INVALID_ARGUMENT, LATCH_LOCK_STATE_ONLINE);
  lock_assert_failed (fixture->lock, LATCH_LOCK_ACTION_NONE, LATCH_ERROR_INVALID_ARGUMENT, LATCH_LOCK_STATE_LOCKED);
  lock_assert_failed (orphan, LATCH_LOCK_ACTION_UNLOCK, LATCH_ERROR_INVALID_ARGUMENT, LATCH_LOCK_STATE_UNKNOWN);
  lock_assert_requests (fixture, "");
}

static void
test_opener (LockFixture *fixture, gconstpointer data)
{
  lock_assert_performed (fixture->opener, LATCH_LOCK_ACTION_ACTIVATE_RTO, LATCH_LOCK_STATE_RTO_ACTIVE);
  g_assert_false (latch_lock_is_secured (fixture->opener));
  lock_assert_performed (fixture->opener, LATCH_LOCK_ACTION_DEACTIVATE_RTO, LATCH_LOCK_STATE_ONLINE);
  g_assert_true (latch_lock_is_secured (fixture->opener));
  lock_assert_performed (fixture->opener, LATCH_LOCK_ACTION_ACTIVATE_CM, LATCH_LOCK_STATE_ONLINE);
  g_assert_cmpint (latch_lock_get_mode (fixture->opener), ==, LATCH_MODE_CONTINUOUS);
  g_assert_false (latch_lock_is_secured (fixture->opener));
  lock_assert_performed (fixture->opener, LATCH_LOCK_ACTION_DEACTIVATE_CM, LATCH_LOCK_STATE_ONLINE);
  g_assert_true (latch_lock_is_secured (fixture->opener));
  g_assert_true (lock_perform (fixture->opener, LATCH_LOCK_ACTION_OPEN, NULL));
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/lockAction"), ==, 5);
}

static void
test_cancelled_before_sent (LockFixture *fixture, gconstpointer data)
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
  g_assert_false (lock_finish (fixture->lock, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_cancellable_cancel (asking);
  latch_test_wait_for (asked);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/lockAction"), ==, 0);
}

/* Whoever does not wait for the end cannot keep the bolt from moving: nothing is known of it */
static void
test_cancelled_under_way (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, cancellable, latch_test_take_result_cb, &result);
  latch_test_simulator_wait_for_request (fixture->simulator, "/lockAction");
  g_cancellable_cancel (cancellable);
  g_assert_false (lock_finish (fixture->lock, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (latch_lock_get_state (fixture->lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_get_stale (fixture->lock));
  lock_assert_sent_once (fixture);
}

static void
test_cancelled_while_looking (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "hang", "/list", 0);
  latch_lock_perform_async (fixture->lock, LATCH_LOCK_ACTION_UNLOCK, cancellable, latch_test_take_result_cb, &result);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
  g_cancellable_cancel (cancellable);
  g_assert_false (lock_finish (fixture->lock, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (latch_lock_get_stale (fixture->lock));
}

/* The window may close in the middle of it */
static void
test_let_go (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LatchClient) client = lock_client_new (fixture->simulator);
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
test_ask (LockFixture *fixture, gconstpointer data)
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
  LockFixture fixture = { simulator, bridge, NULL, NULL };
  LatchLock *lock = NULL;

  latch_client_set_token (client, LATCH_TEST_TOKEN);
  g_assert_true (lock_refresh (&fixture));
  lock = latch_bridge_find_lock (bridge, 1, -1);
  lock_assert_performed (lock, LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED);
  latch_test_simulator_post (simulator, "locks/1?offline=1");
  lock_assert_failed (lock, LATCH_LOCK_ACTION_LOCK, LATCH_ERROR_OFFLINE, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_true (latch_lock_get_offline (lock));
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_CONNECTED);
  g_assert_cmpuint (latch_test_simulator_count_requests (simulator, "/lockAction"), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add_with(name, option, function) g_test_add ("/lock-perform/" name, LockFixture, option, lock_set_up, function, lock_tear_down)
#define add(name, function) add_with (name, NULL, function)
  add ("unlock-and-lock", test_unlock_and_lock);
  add ("unlatch", test_unlatch);
  add ("lock-n-go", test_lock_n_go);
  add ("opener", test_opener);
  add_with ("pending-while-it-moves", "--action-time=3", test_pending);
  add ("one-at-a-time", test_one_at_a_time);
  add ("two-locks", test_two_locks);
  add ("fails/offline", test_offline);
  add ("fails/motor-blocked", test_motor_blocked);
  add ("fails/busy-bridge", test_busy_bridge);
  add ("fails/unauthorized", test_unauthorized);
  add ("fails/unknown-device", test_unknown_device);
  add ("fails/not-listed-afterwards", test_not_listed_afterwards);
  add ("fails/unsuitable", test_unsuitable);
  add ("cancelled/before-it-is-sent", test_cancelled_before_sent);
  add_with ("cancelled/under-way", "--action-time=5", test_cancelled_under_way);
  add ("cancelled/while-looking", test_cancelled_while_looking);
  add_with ("let-go", "--action-time=5", test_let_go);
  add ("ask", test_ask);
  add ("fails/unreachable", test_unreachable);
  g_test_add_func ("/lock-perform/first-api", test_first_api);

  return g_test_run ();
}
