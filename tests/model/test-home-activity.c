/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "activity-fixture.h"
#include "home-fixture.h"
#include "lock-fixture.h"

/* What is recorded of real bridges: they tell of a change, and list it, and answer who asks */

/* Without times, and only of changes: each machine takes its time for starting a program anew */
static void
assert_recorded (HomeFixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) events =
      activity_query (fixture->store, &(LatchEventQuery) { .limit = 1000, .kinds = ~(1u << LATCH_EVENT_GAP) });
  g_autofree char *actual = NULL;

  for (guint i = 0; i < events->len; i++)
    ((LatchEvent *) events->pdata[i])->at = NOON;
  actual = activity_describe (events);
  g_assert_cmpstr (actual, ==, expected);
}

typedef struct
{
  guint n_pushed;
  guint n_listed;
} Heard;

static void
heard_cb (LatchBridge *bridge, gboolean changed, gboolean pushed, gpointer user_data)
{
  Heard *heard = user_data;

  if (pushed)
    heard->n_pushed++;
  else
    heard->n_listed++;
}

static gboolean
is_told (LatchBridge *bridge)
{
  LatchSubscription *subscription = latch_bridge_get_subscription (bridge);
  LatchSubscriptionState state = subscription != NULL ? latch_subscription_get_state (subscription)
                                                      : LATCH_SUBSCRIPTION_OFF;

  return state == LATCH_SUBSCRIPTION_REGISTERED || state == LATCH_SUBSCRIPTION_WORKING;
}

/* A bridge that tells of changes and is asked, too */
static LatchBridge *
watch (HomeFixture *fixture)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  g_object_unref (bridge);
  bridge = g_object_ref (home_restart (fixture));
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (is_told (bridge));

  return bridge;
}

static void
refresh (LatchBridge *bridge)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_bridge_refresh_async (bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_bridge_refresh_finish (bridge, result, &error);
  g_assert_no_error (error);
}

static void
test_pushed_and_listed (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = watch (fixture);
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);
  Heard heard = { 0, };

  g_signal_connect (bridge, "heard", G_CALLBACK (heard_cb), &heard);
  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_test_wait_until (latch_lock_get_state (lock) == LATCH_LOCK_STATE_UNLOCKED);
  refresh (bridge);
  latch_test_wait_until (heard.n_pushed > 0 && heard.n_listed > 0);
  assert_recorded (fixture, "state 1>3@0");
  g_signal_handlers_disconnect_by_data (bridge, &heard);
}

static void
test_performed (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = watch (fixture);
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (lock_perform (lock, LATCH_LOCK_ACTION_UNLOCK, &error));
  g_assert_no_error (error);
  latch_test_simulator_post (fixture->simulator, "locks/1?state=1");
  latch_test_wait_until (latch_lock_get_state (lock) == LATCH_LOCK_STATE_LOCKED);
  refresh (bridge);
  assert_recorded (fixture, "state 1>3@0(this-computer), state 3>1@0");
}

/* What happened while the program did not run, and was not even watched by the bridge's telling of it */
static void
test_restarted (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = watch (fixture);

  g_object_unref (bridge);
  latch_home_set_watching (fixture->home, FALSE);
  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  bridge = home_restart (fixture);
  assert_recorded (fixture, "");
  refresh (bridge);
  assert_recorded (fixture, "state 1>3@0");

  bridge = home_restart (fixture);
  refresh (bridge);
  assert_recorded (fixture, "state 1>3@0");
}

static void
test_no_gap_when_restarted (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = watch (fixture);
  gint64 confirmed_at = latch_lock_get_confirmed_at (latch_bridge_find_lock (bridge, 1, 0));

  /* That is not saved each time, but at the end */
  latch_test_wait_until (g_get_real_time () / G_USEC_PER_SEC > confirmed_at);
  refresh (bridge);
  confirmed_at = latch_lock_get_confirmed_at (latch_bridge_find_lock (bridge, 1, 0));
  g_object_unref (bridge);
  latch_home_set_watching (fixture->home, FALSE);

  bridge = home_restart (fixture);
  g_assert_cmpint (latch_lock_get_confirmed_at (latch_bridge_find_lock (bridge, 1, 0)), ==, confirmed_at);
}

static void
test_forgotten (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = watch (fixture);
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_test_wait_until (latch_lock_get_state (lock) == LATCH_LOCK_STATE_UNLOCKED);
  assert_recorded (fixture, "state 1>3@0");

  latch_home_forget_async (fixture->home, bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_home_forget_finish (fixture->home, result, &error);
  g_assert_no_error (error);
  assert_recorded (fixture, "");
}

static void
record_days_ago (HomeFixture *fixture, guint days, int from, int to)
{
  LatchEvent *event =
      activity_event (LATCH_EVENT_STATE, g_get_real_time () / G_USEC_PER_SEC - days * 24 * 60 * 60, from, to, SEEN);

  g_set_str (&event->bridge_id, BRIDGE_ID);
  activity_record (fixture->store, event);
}

static void
start_again (HomeFixture *fixture, guint history_days)
{
  g_autoptr (GError) error = NULL;

  home_end_program (fixture);
  home_start_program (fixture);
  latch_home_set_history_days (fixture->home, history_days);
  g_assert_true (home_load (fixture, &error));
  g_assert_no_error (error);
}

static void
test_history_is_bounded (HomeFixture *fixture, gconstpointer data)
{
  g_object_unref (home_add_bridge (fixture));
  record_days_ago (fixture, 400, 1, 3);
  record_days_ago (fixture, 300, 3, 1);
  record_days_ago (fixture, 1, 1, 3);

  start_again (fixture, 0);
  assert_recorded (fixture, "state 1>3@0, state 3>1@0, state 1>3@0");
  start_again (fixture, 365);
  assert_recorded (fixture, "state 3>1@0, state 1>3@0");
  /* Who types a number passes others */
  latch_home_set_history_days (fixture->home, 3);
  latch_home_set_history_days (fixture->home, 30);
  assert_recorded (fixture, "state 3>1@0, state 1>3@0");
  start_again (fixture, 30);
  assert_recorded (fixture, "state 1>3@0");
}

int
main (int argc, char *argv[])
{
  int status;

  home_use_keyring_file ();
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/home-activity/" name, HomeFixture, NULL, home_set_up, function, home_tear_down)
  add ("pushed-and-listed-once", test_pushed_and_listed);
  add ("performed-from-here", test_performed);
  add ("changed-meanwhile", test_restarted);
  add ("no-gap-when-restarted", test_no_gap_when_restarted);
  add ("forgotten", test_forgotten);
  add ("history-is-bounded", test_history_is_bounded);

  status = g_test_run ();
  home_remove_keyring_file ();

  return status;
}
