/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "activity-fixture.h"
#include "latch-bridge.h"
#include "latch-day-history.h"
#include "latch-day-segments.h"
#include "latch-test-loop.h"

#define HOUR 3600
#define SINCE (NOON - 12 * HOUR)
#define UNTIL (NOON + 12 * HOUR)

typedef struct
{
  StoreFixture store_fixture;
  LatchStore *store;
  LatchBridge *bridge;
  LatchLock *lock;
  LatchDayHistory *history;
  guint n_changes;
} Fixture;

/* The bridge lists lock 7 as @state_code, at @hour */
static void
list (Fixture *fixture, int state_code, double hour)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);
  LatchDeviceSnapshot *device = latch_device_snapshot_new (7);

  device->device_type = 4;
  device->has_state = TRUE;
  device->state.state_code = state_code;
  g_ptr_array_add (devices, device);
  latch_bridge_apply_list (fixture->bridge, devices, SINCE + (gint64) (hour * HOUR));
}

static void
changed_cb (LatchDayHistory *history, gpointer user_data)
{
  ((Fixture *) user_data)->n_changes++;
}

/* Locked since the evening before, and watched up to eight */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridgeRecord) record = make_bridge_record ("one", "Home");
  g_autoptr (LatchClient) client = latch_client_new ("192.0.2.1", 8080);

  store_fixture_set_up (&fixture->store_fixture, data);
  fixture->store = latch_store_new (fixture->store_fixture.folder);
  store_save (fixture->store, record);
  activity_record_state (fixture->store, SINCE - HOUR, 3, 1, SEEN);
  fixture->bridge = latch_bridge_new ("one", "Home", client);
  list (fixture, 1, 8);
  fixture->lock = g_object_ref (latch_bridge_find_lock (fixture->bridge, 7, 4));
  fixture->history = latch_day_history_new (fixture->store, fixture->lock, SINCE, UNTIL);
  g_signal_connect (fixture->history, "changed", G_CALLBACK (changed_cb), fixture);
  g_assert_null (latch_day_history_dup_segments (fixture->history, UNTIL));
  list (fixture, 1, 8); /* which is no change of what is not known yet */
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  latch_test_wait_until (fixture->n_changes == 1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->lock);
  g_clear_object (&fixture->bridge);
  latch_store_flush (fixture->store);
  g_clear_object (&fixture->store);
  store_fixture_tear_down (&fixture->store_fixture, data);
}

/* As seen at @hour: kinds and hours by turns, as "0 locked 8 open 24" */
static void
assert_day (Fixture *fixture, double hour, const char *expected)
{
  static const char *const words[LATCH_DAY_N_KINDS] = { "locked", "open", "blocked", "unknown", "unwatched", "future" };
  g_autoptr (GArray) segments = latch_day_history_dup_segments (fixture->history, SINCE + (gint64) (hour * HOUR));
  g_autoptr (GString) text = g_string_new ("0");

  for (guint i = 0; i < segments->len; i++)
    {
      const LatchDaySegment *segment = &g_array_index (segments, LatchDaySegment, i);

      g_string_append_printf (text, " %s %g", words[segment->kind], (double) (segment->end - SINCE) / HOUR);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_day (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (latch_day_history_get_since (fixture->history), ==, SINCE);
  g_assert_cmpint (latch_day_history_get_until (fixture->history), ==, UNTIL);
  assert_day (fixture, 8, "0 locked 8 future 24");
}

static void
test_news (Fixture *fixture, gconstpointer data)
{
  /* Two of them while the first is being read */
  activity_record_state (fixture->store, SINCE + 9 * HOUR, 1, 3, SEEN);
  activity_record_state (fixture->store, SINCE + 10 * HOUR, 3, 1, SEEN);
  latch_test_wait_until (fixture->n_changes >= 3);
  list (fixture, 1, 11);
  assert_day (fixture, 11, "0 locked 9 open 10 locked 11 future 24");
}

/* Without being recorded: that it is still the same */
static void
test_vouched (Fixture *fixture, gconstpointer data)
{
  guint n_changes = fixture->n_changes;

  list (fixture, 1, 9);
  g_assert_cmpuint (fixture->n_changes, >, n_changes);
  assert_day (fixture, 9, "0 locked 9 future 24");
  /* It is believed for as long as it is to be asked again */
  assert_day (fixture, 9.02, "0 locked 9.02 future 24");
  assert_day (fixture, 13, "0 locked 9 unwatched 13 future 24");

  n_changes = fixture->n_changes;
  latch_bridge_doubt (fixture->bridge);
  g_assert_cmpuint (fixture->n_changes, >, n_changes);
  assert_day (fixture, 9.5, "0 locked 9 unwatched 9.5 future 24");
}

static void
test_moving (Fixture *fixture, gconstpointer data)
{
  list (fixture, 2, 9);
  assert_day (fixture, 9, "0 locked 9 future 24");
  list (fixture, 1, 9.5);
  assert_day (fixture, 9.5, "0 locked 9.5 future 24");
}

/* What is read while something else is recorded is read again */
static void
test_outdated (Fixture *fixture, gconstpointer data)
{
  g_signal_emit_by_name (fixture->store, "activity-changed");
  g_signal_emit_by_name (fixture->store, "activity-changed");
  g_signal_emit_by_name (fixture->store, "activity-changed");
  latch_test_wait_until (fixture->n_changes == 3);
  latch_store_flush (fixture->store);
  latch_test_run_for (50);
  g_assert_cmpuint (fixture->n_changes, ==, 3);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_test_expect_message ("nightlatch", G_LOG_LEVEL_MESSAGE, "Could not read what a lock did*");
  execute_in_database (fixture->store_fixture.path, "ALTER TABLE events RENAME TO elsewhere");
  g_signal_emit_by_name (fixture->store, "activity-changed");
  latch_store_flush (fixture->store);
  latch_test_run_for (50);
  g_test_assert_expected_messages ();
  assert_day (fixture, 8, "0 locked 8 future 24");

  execute_in_database (fixture->store_fixture.path, "ALTER TABLE elsewhere RENAME TO events");
  activity_record_state (fixture->store, SINCE + 9 * HOUR, 1, 3, SEEN);
  latch_test_wait_until (fixture->n_changes == 2);
}

static void
test_nobodys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchLock) orphan = latch_lock_new (NULL, 7, 4);
  g_autoptr (LatchDayHistory) history = latch_day_history_new (fixture->store, orphan, SINCE, UNTIL);
  g_autoptr (GArray) segments = NULL;

  latch_test_wait_until ((segments = latch_day_history_dup_segments (history, UNTIL)) != NULL);
  g_assert_cmpuint (segments->len, ==, 1);
  g_assert_cmpint (g_array_index (segments, LatchDaySegment, 0).kind, ==, LATCH_DAY_UNWATCHED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/day-history/" name, Fixture, NULL, set_up, function, tear_down)
  add ("is-what-was-recorded-and-what-is-now", test_day);
  add ("follows-what-is-recorded", test_news);
  add ("goes-on-for-as-long-as-somebody-vouches-for-it", test_vouched);
  add ("a-bolt-that-moves-has-not-arrived", test_moving);
  add ("is-read-again-if-it-changes-meanwhile", test_outdated);
  add ("stays-when-it-cannot-be-read", test_unreadable);
  add ("of-a-lock-without-a-bridge-nothing-is-known", test_nobodys);

  return g_test_run ();
}
