/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "activity-fixture.h"
#include "latch-error.h"
#include "latch-lock-private.h"
#include "latch-recorder.h"
#include "latch-test-loop.h"

#define DOOR_CLOSED 2
#define DOOR_OPEN 3

/* A bridge of which only we tell what it says: lock 7 and opener 8 */
typedef struct
{
  StoreFixture of_store;
  LatchStore *store;
  LatchBridge *bridge;
  LatchRecorder *recorder;
  LatchDeviceSnapshot *lock; /* what is said of it next */
  LatchDeviceSnapshot *opener;
} Fixture;

static LatchDeviceSnapshot *
make_device (guint64 nuki_id, int device_type)
{
  LatchDeviceSnapshot *device = latch_device_snapshot_new (nuki_id);

  device->device_type = device_type;
  device->has_state = TRUE;
  device->state.state_code = 1;
  device->state.mode = 2;
  device->state.timestamp = 1;

  return device;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridgeRecord) bridge = make_bridge_record ("one", "Home");
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", 1);

  store_fixture_set_up (&fixture->of_store, NULL);
  fixture->store = latch_store_new (fixture->of_store.folder);
  if (data == NULL)
    store_save (fixture->store, bridge);
  fixture->bridge = latch_bridge_new ("one", "Home", client);
  fixture->lock = make_device (7, 4);
  fixture->opener = make_device (8, 2);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->recorder != NULL)
    g_assert_finalize_object (fixture->recorder);
  g_assert_finalize_object (fixture->bridge);
  latch_store_flush (fixture->store);
  g_object_add_weak_pointer (G_OBJECT (fixture->store), (gpointer *) &fixture->store);
  g_object_unref (fixture->store);
  latch_test_wait_until (fixture->store == NULL);
  latch_device_snapshot_free (fixture->lock);
  latch_device_snapshot_free (fixture->opener);
  store_fixture_tear_down (&fixture->of_store, NULL);
}

/* From here on, what is told is recorded */
static void
begin (Fixture *fixture)
{
  fixture->recorder = latch_recorder_new (fixture->bridge, fixture->store);
}

static void
list_devices (Fixture *fixture, gint64 at, const LatchDeviceSnapshot *first, const LatchDeviceSnapshot *second)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new ();

  if (first != NULL)
    g_ptr_array_add (devices, (gpointer) first);
  if (second != NULL)
    g_ptr_array_add (devices, (gpointer) second);
  latch_bridge_apply_list (fixture->bridge, devices, at);
}

static void
list (Fixture *fixture, gint64 at, int state_code)
{
  fixture->lock->state.state_code = state_code;
  list_devices (fixture, at, fixture->lock, fixture->opener);
}

static void
push (Fixture *fixture, gint64 at, int state_code)
{
  g_autoptr (LatchDeviceSnapshot) news = latch_device_snapshot_new (7);

  news->device_type = 4;
  news->has_state = TRUE;
  news->state.state_code = state_code;
  g_assert_true (latch_bridge_apply_event (fixture->bridge, news, at));
}

static LatchLock *
find_lock (Fixture *fixture)
{
  return latch_bridge_find_lock (fixture->bridge, 7, 4);
}

static LatchLock *
find_opener (Fixture *fixture)
{
  return latch_bridge_find_lock (fixture->bridge, 8, 2);
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list (fixture, NOON, 1);
  activity_assert (fixture->store, "");

  push (fixture, NOON + 5, 3);
  list (fixture, NOON + 10, 3);
  list (fixture, NOON + 20, 1);
  push (fixture, NOON + 20, 1);
  push (fixture, NOON + 20, 3);
  activity_assert (fixture->store, "state 1>3@5, state 3>1@20, state 1>3@20");
}

static void
test_only_rest (Fixture *fixture, gconstpointer data)
{
  const int states[] = { 2, 3, 4, 253, 7, 99, 1, 4, 1, 2, 254, 0, 2, 5 };

  begin (fixture);
  list (fixture, NOON, 1);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    push (fixture, NOON + i, states[i]);
  activity_assert (fixture->store, "state 1>3@1, state 3>1@6, state 1>254@10, state 254>0@11, state 0>5@13");
}

/* What is told first is no change, whenever that is */
static void
test_all_kinds (Fixture *fixture, gconstpointer data)
{
  LatchStateSnapshot *state = &fixture->lock->state;

  begin (fixture);
  list (fixture, NOON, 1);
  state->door_state_code = DOOR_CLOSED;
  state->battery_critical = LATCH_TRISTATE_NO;
  state->keypad_battery_critical = LATCH_TRISTATE_YES;
  list (fixture, NOON + 1, 1);
  activity_assert (fixture->store, "");

  state->door_state_code = DOOR_OPEN;
  list (fixture, NOON + 2, 1);
  state->battery_critical = LATCH_TRISTATE_YES;
  list (fixture, NOON + 3, 1);
  state->keypad_battery_critical = LATCH_TRISTATE_NO;
  state->battery_critical = LATCH_TRISTATE_UNKNOWN;
  list (fixture, NOON + 4, 1);
  state->battery_critical = LATCH_TRISTATE_NO;
  state->mode = 4;
  state->battery_percent = 5;
  list (fixture, NOON + 5, 1);
  fixture->opener->state.mode = 3;
  list (fixture, NOON + 6, 1);
  state->door_state_code = 255;
  list (fixture, NOON + 7, 1);
  state->door_state_code = 4;
  list (fixture, NOON + 8, 1);
  activity_assert (fixture->store, "door 2>3@2, battery 0>1@3, keypad-battery 1>0@4, battery 1>0@5, mode 2>3@6, "
                                   "door 3>4@7");
}

static void
test_rings (Fixture *fixture, gconstpointer data)
{
  LatchStateSnapshot *state = &fixture->opener->state;

  begin (fixture);
  list (fixture, NOON, 1);

  /* Of the first that it tells of, a bridge says whether it was just now */
  state->ring_timestamp = 100;
  state->ring_active = LATCH_TRISTATE_NO;
  list (fixture, NOON + 1, 1);
  activity_assert (fixture->store, "");
  state->ring_timestamp = 200;
  list (fixture, NOON + 2, 1);
  list (fixture, NOON + 3, 1);
  /* A list that lags behind */
  state->ring_timestamp = 100;
  list (fixture, NOON + 4, 1);
  state->ring_timestamp = 200;
  list (fixture, NOON + 5, 1);
  state->ring_timestamp = 300;
  list (fixture, NOON + 6, 1);
  activity_assert (fixture->store, "ring 100>200@2, ring 200>300@6");

  fixture->lock->state.ring_timestamp = 50;
  fixture->lock->state.ring_active = LATCH_TRISTATE_YES;
  list (fixture, NOON + 7, 1);
  activity_assert (fixture->store, "ring 100>200@2, ring 200>300@6, ring ?>50@7");
}

/* What was known when the program last ran */
static void
restore (Fixture *fixture, gint64 confirmed_at, int state_code)
{
  fixture->lock->state.state_code = state_code;
  latch_bridge_restore_lock (fixture->bridge, fixture->lock, confirmed_at, 0);
  latch_bridge_restore_lock (fixture->bridge, fixture->opener, confirmed_at, 0);
}

static void
test_restored (Fixture *fixture, gconstpointer data)
{
  fixture->opener->state.ring_timestamp = 100;
  restore (fixture, NOON, 1);
  begin (fixture);
  activity_assert (fixture->store, "");
  list (fixture, NOON + 90, 1);
  activity_assert (fixture->store, "");
}

static void
test_restored_and_changed (Fixture *fixture, gconstpointer data)
{
  fixture->opener->state.ring_timestamp = 100;
  restore (fixture, NOON, 1);
  begin (fixture);
  fixture->opener->state.ring_timestamp = 200;
  list (fixture, NOON + 90, 3);
  activity_assert (fixture->store, "state 1>3@90, ring 100>200@90");
}

/* The command line unlocked the door when the app did not run, and somebody has locked it since */
static void
test_restored_and_others_recorded (Fixture *fixture, gconstpointer data)
{
  activity_record_state (fixture->store, NOON + 30, 1, 3, CTL);
  restore (fixture, NOON, 1);
  begin (fixture);
  list (fixture, NOON + 90, 1);
  activity_assert (fixture->store, "state 1>3@30(command-line), state 3>1@90");
  push (fixture, NOON + 95, 3);
  activity_assert (fixture->store, "state 1>3@30(command-line), state 3>1@90, state 1>3@95");
}

static void
test_gap (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list_devices (fixture, NOON, fixture->lock, NULL);
  list_devices (fixture, NOON + 150, fixture->lock, NULL);
  latch_bridge_doubt (fixture->bridge);
  list_devices (fixture, NOON + 300, fixture->lock, NULL);
  activity_assert (fixture->store, "");

  list_devices (fixture, NOON + 451, fixture->lock, NULL);
  activity_assert (fixture->store, "gap 1700000300>1700000451@451");
  push (fixture, NOON + 1000, 3);
  activity_assert (fixture->store, "gap 1700000300>1700000451@451, gap 1700000451>1700001000@1000, state 1>3@1000");

  /* What happened in it that the command line did is not undone by its being over */
  activity_record_state (fixture->store, NOON + 1100, 3, 1, CTL);
  push (fixture, NOON + 2000, 3);
  activity_assert (fixture->store, "gap 1700000300>1700000451@451, gap 1700000451>1700001000@1000, state 1>3@1000, "
                                   "state 3>1@1100(command-line), gap 1700001000>1700002000@2000, state 1>3@2000");
}

static void
test_gap_over_restart (Fixture *fixture, gconstpointer data)
{
  restore (fixture, NOON, 1);
  begin (fixture);
  list_devices (fixture, NOON + 200, fixture->lock, NULL);
  activity_assert (fixture->store, "gap 1700000000>1700000200@200(not-running)");
}

static void
lose_bridge (Fixture *fixture)
{
  g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_UNREACHABLE, "gone");

  while (latch_bridge_get_connection (fixture->bridge) != LATCH_CONNECTION_UNREACHABLE)
    latch_bridge_apply_error (fixture->bridge, error);
}

/* With two reasons, each would be a lie for a part of it */
static void
test_gap_says_why (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list_devices (fixture, NOON, fixture->lock, NULL);
  lose_bridge (fixture);
  list_devices (fixture, NOON + 200, fixture->lock, NULL);
  lose_bridge (fixture);
  latch_lock_set_offline (find_lock (fixture), TRUE);
  fixture->lock->state.timestamp++;
  list_devices (fixture, NOON + 400, fixture->lock, NULL);
  list_devices (fixture, NOON + 600, fixture->lock, NULL);
  activity_assert (fixture->store, "gap 1700000000>1700000200@200(bridge-unreachable), "
                                   "gap 1700000200>1700000400@400, gap 1700000400>1700000600@600");
}

static void
test_clock_put_back (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list (fixture, NOON + 5000, 1);
  list (fixture, NOON, 1);
  list (fixture, NOON + 60, 3);
  activity_assert (fixture->store, "state 1>3@60");
}

/* A bridge goes on listing what it cannot reach */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list_devices (fixture, NOON, fixture->lock, NULL);
  latch_lock_set_offline (find_lock (fixture), TRUE);
  for (guint i = 1; i <= 5; i++)
    list_devices (fixture, NOON + i * 60, fixture->lock, NULL);
  activity_assert (fixture->store, "");

  fixture->lock->state.timestamp++;
  list_devices (fixture, NOON + 360, fixture->lock, NULL);
  activity_assert (fixture->store, "gap 1700000000>1700000360@360(lock-offline)");

  /* Whoever tells something new was reached */
  latch_lock_set_offline (find_lock (fixture), TRUE);
  fixture->lock->state.battery_critical = LATCH_TRISTATE_NO;
  list_devices (fixture, NOON + 370, fixture->lock, NULL);
  fixture->lock->state.battery_critical = LATCH_TRISTATE_YES;
  list_devices (fixture, NOON + 380, fixture->lock, NULL);
  activity_assert (fixture->store, "gap 1700000000>1700000360@360(lock-offline), battery 0>1@380");

  latch_lock_set_offline (find_lock (fixture), TRUE);
  fixture->lock->state.ring_timestamp = 100;
  list_devices (fixture, NOON + 390, fixture->lock, NULL);
  fixture->lock->state.ring_timestamp = 200;
  list_devices (fixture, NOON + 400, fixture->lock, NULL);
  activity_assert (fixture->store, "gap 1700000000>1700000360@360(lock-offline), battery 0>1@380, ring 100>200@400");
}

static void
test_not_heard_from (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  fixture->lock->has_state = FALSE;
  list_devices (fixture, NOON, fixture->lock, NULL);
  list_devices (fixture, NOON + 500, fixture->lock, NULL);
  fixture->lock->has_state = TRUE;
  list_devices (fixture, NOON + 1000, fixture->lock, NULL);
  activity_assert (fixture->store, "");

  fixture->lock->has_state = FALSE;
  for (guint i = 1; i <= 5; i++)
    list_devices (fixture, NOON + 1000 + i * 60, fixture->lock, NULL);
  activity_assert (fixture->store, "");
  fixture->lock->has_state = TRUE;
  list_devices (fixture, NOON + 1360, fixture->lock, NULL);
  activity_assert (fixture->store, "gap 1700001000>1700001360@1360");
}

static void
test_lock_comes_back (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list (fixture, NOON, 1);
  list_devices (fixture, NOON + 10, fixture->opener, fixture->lock);
  list_devices (fixture, NOON + 20, fixture->opener, NULL);
  list_devices (fixture, NOON + 100, fixture->opener, NULL);
  list_devices (fixture, NOON + 200, fixture->opener, NULL);
  activity_assert (fixture->store, "");

  list (fixture, NOON + 300, 3);
  push (fixture, NOON + 301, 1);
  activity_assert (fixture->store, "gap 1700000010>1700000300@300, state 1>3@300, state 3>1@301");
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* What was recorded of an action, without times */
static void
assert_causes (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) events = activity_query (fixture->store, &(LatchEventQuery) { .limit = 1000 });
  g_autofree char *actual = NULL;

  for (guint i = 0; i < events->len; i++)
    ((LatchEvent *) events->pdata[i])->at = NOON;
  actual = activity_describe (events);
  g_assert_cmpstr (actual, ==, expected);
}

static void
test_action (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list (fixture, now (), 1);
  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_UNLOCK);
  push (fixture, now (), 2);
  push (fixture, now (), 3);
  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_NONE);
  list (fixture, now (), 3);
  assert_causes (fixture, "state 1>3@0(this-computer)");

  /* It has done what it was to do */
  push (fixture, now (), 1);
  push (fixture, now (), 3);
  assert_causes (fixture, "state 1>3@0(this-computer), state 3>1@0, state 1>3@0");
}

/* That is not what was asked for */
static void
test_action_and_something_else (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list (fixture, now (), 3);
  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_LOCK);
  fixture->lock->state.door_state_code = DOOR_CLOSED;
  list (fixture, now (), 3);
  fixture->lock->state.door_state_code = DOOR_OPEN;
  list (fixture, now (), 3);
  push (fixture, now (), 254);
  assert_causes (fixture, "door 2>3@0, state 3>254@0");
}

static void
test_refused_action (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list (fixture, now (), 3);
  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_LOCK);
  list (fixture, now (), 3);
  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_NONE);
  push (fixture, now (), 1);
  assert_causes (fixture, "state 3>1@0");

  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_LOCK_N_GO);
  push (fixture, now (), 254);
  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_NONE);
  push (fixture, now (), 1);
  assert_causes (fixture, "state 3>1@0, state 1>254@0, state 254>1@0");
}

/* Nobody knew what came of it, and then the bridge was heard again */
static void
run_doubtful_action (Fixture *fixture, guint seconds, const char *expected)
{
  begin (fixture);
  list (fixture, now (), 3);
  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_LOCK);
  latch_lock_doubt (find_lock (fixture));
  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_NONE);
  list (fixture, now () + seconds, 1);
  assert_causes (fixture, expected);
}

static void
test_doubtful_action (Fixture *fixture, gconstpointer data)
{
  run_doubtful_action (fixture, 40, "state 3>1@0(this-computer)");
}

static void
test_long_doubtful_action (Fixture *fixture, gconstpointer data)
{
  run_doubtful_action (fixture, 70, "state 3>1@0");
}

static void
test_action_of_two_steps (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list (fixture, now (), 1);
  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_LOCK_N_GO);
  push (fixture, now (), 6);
  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_NONE);
  push (fixture, now (), 4);
  push (fixture, now (), 1);
  push (fixture, now (), 3);
  assert_causes (fixture, "state 1>6@0(this-computer), state 6>1@0(this-computer), state 1>3@0");

  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_UNLATCH);
  push (fixture, now (), 5);
  latch_lock_set_pending_action (find_lock (fixture), LATCH_LOCK_ACTION_NONE);
  push (fixture, now (), 3);
  push (fixture, now (), 5);
  assert_causes (fixture, "state 1>6@0(this-computer), state 6>1@0(this-computer), state 1>3@0, "
                          "state 3>5@0(this-computer), state 5>3@0(this-computer), state 3>5@0");
}

static void
test_action_of_mode (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list (fixture, now (), 1);
  latch_lock_set_pending_action (find_opener (fixture), LATCH_LOCK_ACTION_ACTIVATE_CM);
  fixture->opener->state.mode = 3;
  fixture->opener->state.state_code = 3;
  list (fixture, now (), 1);
  latch_lock_set_pending_action (find_opener (fixture), LATCH_LOCK_ACTION_NONE);
  fixture->opener->state.mode = 2;
  list (fixture, now (), 1);
  assert_causes (fixture, "state 1>3@0, mode 2>3@0(this-computer), mode 3>2@0");
}

/* What could not be written is seen again when it is confirmed */
static void
test_failure (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list (fixture, NOON, 3);
  push (fixture, NOON + 1, 1);
  activity_assert (fixture->store, "state 3>1@1");

  execute_in_database (fixture->of_store.path, "CREATE TRIGGER full BEFORE INSERT ON events "
                                               "BEGIN SELECT RAISE (ABORT, 'no space'); END");
  push (fixture, NOON + 2, 3);
  activity_assert (fixture->store, "state 3>1@1");
  execute_in_database (fixture->of_store.path, "DROP TRIGGER full");
  list (fixture, NOON + 10, 3);
  activity_assert (fixture->store, "state 3>1@1, state 1>3@10");
}

/* Before it is saved, and after it was forgotten */
static void
test_bridge_that_is_not_kept (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  list (fixture, NOON, 1);
  push (fixture, NOON + 1, 3);
  activity_assert (fixture->store, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add_with(name, data, function) g_test_add ("/recorder/" name, Fixture, data, set_up, function, tear_down)
#define add(name, function) add_with (name, NULL, function)
  add ("changes/once", test_changes);
  add ("changes/only-of-rest", test_only_rest);
  add ("changes/of-all-kinds", test_all_kinds);
  add ("changes/rings", test_rings);
  add ("restored/is-no-change", test_restored);
  add ("restored/and-changed", test_restored_and_changed);
  add ("restored/and-others-recorded", test_restored_and_others_recorded);
  add ("gap/when-not-confirmed", test_gap);
  add ("gap/over-restart", test_gap_over_restart);
  add ("gap/says-why", test_gap_says_why);
  add ("gap/not-of-a-clock-put-back", test_clock_put_back);
  add ("gap/while-offline", test_offline);
  add ("gap/while-not-heard-from", test_not_heard_from);
  add ("gap/while-not-listed", test_lock_comes_back);
  add ("cause/action", test_action);
  add ("cause/something-else", test_action_and_something_else);
  add ("cause/refused-action", test_refused_action);
  add ("cause/doubtful-action", test_doubtful_action);
  add ("cause/action-of-long-ago", test_long_doubtful_action);
  add ("cause/action-of-two-steps", test_action_of_two_steps);
  add ("cause/action-of-mode", test_action_of_mode);
  add ("failure-is-made-up-for", test_failure);
  add_with ("bridge-that-is-not-kept", "not kept", test_bridge_that_is_not_kept);

  return g_test_run ();
}
