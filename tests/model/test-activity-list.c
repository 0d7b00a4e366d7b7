/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "activity-fixture.h"
#include "latch-activity.h"
#include "latch-test-loop.h"

/* What a list of activity shows of a real database, and how it learns of what is new there */

#define PAGE 10

typedef struct
{
  guint n_changes;
  guint n_removed;
  guint n_added;
  guint position;
} Told;

static void
items_changed_cb (GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  Told *told = user_data;

  told->n_changes++;
  told->n_removed += n_removed;
  told->n_added += n_added;
  told->position = position;
}

static LatchStore *
make_store (StoreFixture *fixture)
{
  LatchStore *store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_bridge_record ("one", "Home");
  g_autoptr (LatchBridgeRecord) other = make_bridge_record ("two", "Shed");

  store_save (store, bridge);
  store_save (store, other);

  return store;
}

/* The first @n of a lock that is locked and unlocked by turns */
static void
record_turns (LatchStore *store, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    activity_record_state (store, NOON + i, 3 - i % 2 * 2, 1 + i % 2 * 2, SEEN);
}

static guint
count (LatchActivity *activity)
{
  return g_list_model_get_n_items (G_LIST_MODEL (activity));
}

static void
assert_shows (LatchActivity *activity, const char *expected)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < count (activity); i++)
    {
      g_autoptr (LatchActivityItem) item = g_list_model_get_item (G_LIST_MODEL (activity), i);

      g_ptr_array_add (events, (gpointer) latch_activity_item_get_event (item));
    }
  text = activity_describe (events);
  g_assert_cmpstr (text, ==, expected);
}

static void
settle (LatchActivity *activity)
{
  latch_test_wait_until (!latch_activity_is_loading (activity));
}

static LatchActivity *
show_all (LatchStore *store, Told *told)
{
  LatchActivity *activity = latch_activity_new (store, PAGE);

  g_assert_false (latch_activity_is_loading (activity));
  latch_activity_choose (activity, LATCH_EVENT_FILTER_ALL);
  g_assert_true (latch_activity_is_loading (activity));
  settle (activity);
  if (told != NULL)
    g_signal_connect (activity, "items-changed", G_CALLBACK (items_changed_cb), told);

  return activity;
}

static void
test_pages (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (LatchActivity) activity = NULL;
  Told told = { 0, };

  record_turns (store, 0, 2 * PAGE + 5);
  activity = show_all (store, &told);
  g_assert_cmpuint (count (activity), ==, PAGE);
  g_assert_false (latch_activity_is_complete (activity));

  latch_activity_load_more (activity);
  latch_activity_load_more (activity);
  settle (activity);
  g_assert_cmpuint (count (activity), ==, 2 * PAGE);
  g_assert_cmpuint (told.n_changes, ==, 1);
  g_assert_cmpuint (told.position, ==, PAGE);

  latch_activity_load_more (activity);
  settle (activity);
  g_assert_cmpuint (count (activity), ==, 2 * PAGE + 5);
  g_assert_true (latch_activity_is_complete (activity));
  latch_activity_load_more (activity);
  g_assert_false (latch_activity_is_loading (activity));
  g_assert_cmpuint (told.n_removed, ==, 0);
}

static void
test_empty (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (LatchActivity) activity = show_all (store, NULL);

  g_assert_cmpuint (count (activity), ==, 0);
  g_assert_true (latch_activity_is_complete (activity));
  latch_activity_load_more (activity);
  g_assert_false (latch_activity_is_loading (activity));
}

/* What is recorded is at the head, and nothing else is touched, however far somebody has scrolled */
static void
test_shows_what_is_recorded (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (LatchActivity) activity = NULL;
  Told told = { 0, };

  record_turns (store, 0, 2 * PAGE);
  activity = show_all (store, NULL);
  latch_activity_load_more (activity);
  settle (activity);
  g_signal_connect (activity, "items-changed", G_CALLBACK (items_changed_cb), &told);

  record_turns (store, 2 * PAGE, 2 * PAGE + 1);
  latch_test_wait_until (count (activity) == 2 * PAGE + 1);
  settle (activity);
  g_assert_cmpuint (told.n_changes, ==, 1);
  g_assert_cmpuint (told.position, ==, 0);
  g_assert_cmpuint (told.n_removed, ==, 0);
}

/* The clock was put back: it happened last, but before others by the clock */
static void
test_clock_put_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (LatchActivity) activity = NULL;

  activity_record_state (store, NOON + 5, 1, 3, SEEN);
  activity_record_state (store, NOON + 9, 3, 1, SEEN);
  activity = show_all (store, NULL);
  activity_record_state (store, NOON + 7, 1, 3, SEEN);
  latch_test_wait_until (count (activity) == 3);
  assert_shows (activity, "state 1>3@5, state 1>3@7, state 3>1@9");
}

/* Of another program nothing is told, so that somebody has to look */
static void
test_shows_what_others_record (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (LatchStore) other = latch_store_new (fixture->folder);
  g_autoptr (LatchActivity) activity = NULL;
  Told told = { 0, };

  activity_record_state (store, NOON, 1, 3, SEEN);
  activity = show_all (store, &told);
  activity_record_state (other, NOON, 1, 3, CTL);
  activity_record_state (other, NOON + 1, 3, 1, CTL);
  assert_shows (activity, "state 1>3@0");

  latch_activity_refresh (activity);
  settle (activity);
  assert_shows (activity, "state 1>3@0(command-line), state 3>1@1(command-line)");
  latch_activity_refresh (activity);
  settle (activity);
  g_assert_cmpuint (told.n_changes, ==, 1);
}

/* More than a page came at once: it is not known what lies between that and what was known */
static void
test_leaves_no_hole (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (LatchStore) other = latch_store_new (fixture->folder);
  g_autoptr (LatchActivity) activity = NULL;

  record_turns (store, 0, PAGE);
  activity = show_all (store, NULL);
  record_turns (other, PAGE, 3 * PAGE);
  latch_activity_refresh (activity);
  settle (activity);
  g_assert_cmpuint (count (activity), ==, PAGE);
  g_assert_false (latch_activity_is_complete (activity));
  latch_activity_load_more (activity);
  settle (activity);
  latch_activity_load_more (activity);
  settle (activity);
  g_assert_cmpuint (count (activity), ==, 3 * PAGE);
}

static void
test_cleared_ones_go (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (LatchStore) other = latch_store_new (fixture->folder);
  g_autoptr (LatchActivity) activity = NULL;
  LatchEvent *of_other = latch_event_new (LATCH_EVENT_STATE, "one", 8, 4);
  GAsyncResult *result = NULL;

  record_turns (store, 0, 2 * PAGE);
  of_other->at = NOON + 1;
  of_other->to = 3;
  activity_record (store, of_other);
  activity = show_all (store, NULL);
  latch_activity_load_more (activity);
  settle (activity);

  latch_store_clear_lock_events_async (store, "one", 7, 4, NULL, latch_test_take_result_cb, &result);
  activity_finish_write (store, &result);
  latch_test_wait_until (count (activity) == 1);
  settle (activity);
  assert_shows (activity, "state ?>3@1");
  activity_assert (store, "state ?>3@1");

  /* Another program clears all */
  record_turns (store, 0, 2 * PAGE);
  latch_test_wait_until (count (activity) == 2 * PAGE + 1);
  latch_store_clear_events_async (other, NULL, NULL, latch_test_take_result_cb, &result);
  activity_finish_write (other, &result);
  latch_activity_refresh (activity);
  settle (activity);
  g_assert_cmpuint (count (activity), ==, 0);
}

/* Those that are old may be far below what is newest */
static void
test_old_ones_go (StoreFixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (LatchActivity) activity = NULL;
  GAsyncResult *result = NULL;

  record_turns (store, 0, PAGE);
  for (guint i = 0; i < PAGE; i++)
    activity_record_state (store, now + i, 3 - i % 2 * 2, 1 + i % 2 * 2, SEEN);
  activity = show_all (store, NULL);
  latch_activity_load_more (activity);
  settle (activity);
  g_assert_cmpuint (count (activity), >, PAGE);

  latch_store_prune_events_async (store, 1, NULL, latch_test_take_result_cb, &result);
  activity_finish_write (store, &result);
  latch_test_wait_until (count (activity) <= PAGE);
  settle (activity);
  latch_activity_load_more (activity);
  settle (activity);
  g_assert_cmpuint (count (activity), <=, PAGE);
  g_assert_true (latch_activity_is_complete (activity));
}

static void
test_goes_with_its_bridge (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (LatchActivity) activity = NULL;
  GAsyncResult *result = NULL;

  record_turns (store, 0, 3);
  activity = show_all (store, NULL);
  latch_store_remove_bridge_async (store, "one", NULL, latch_test_take_result_cb, &result);
  activity_finish_write (store, &result);
  latch_test_wait_until (count (activity) == 0);
}

static void
test_filters (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (LatchActivity) activity = NULL;
  LatchEvent *of_other = latch_event_new (LATCH_EVENT_STATE, "two", 7, 4);

  activity_record_state (store, NOON, 1, 3, SEEN);
  activity_record_state (store, NOON + 1, 3, 254, SEEN);
  activity_record_state (store, NOON + 2, 254, 1, SEEN);
  activity_record_state (store, NOON + 3, 1, 6, SEEN);
  activity_record (store, activity_event (LATCH_EVENT_BATTERY, NOON + 4, 0, 1, SEEN));
  activity_record (store, activity_event (LATCH_EVENT_BATTERY, NOON + 5, 1, 0, SEEN));
  activity_record (store, activity_event (LATCH_EVENT_DOOR, NOON + 6, 2, 240, SEEN));
  activity_record (store, activity_event (LATCH_EVENT_MODE, NOON + 7, 2, 3, SEEN));
  activity_record (store, activity_event (LATCH_EVENT_GAP, NOON + 9, 8, 9, SEEN));
  of_other->at = NOON + 8;
  of_other->to = 5;
  activity_record (store, of_other);

  activity = latch_activity_new (store, PAGE);
  latch_activity_choose (activity, LATCH_EVENT_FILTER_UNLOCKS);
  settle (activity);
  assert_shows (activity, "state 1>3@0, state 1>6@3, mode 2>3@7, state ?>5@8");
  latch_activity_choose_lock (activity, "one", 7, 4, LATCH_EVENT_FILTER_UNLOCKS);
  settle (activity);
  assert_shows (activity, "state 1>3@0, state 1>6@3, mode 2>3@7");
  latch_activity_choose_lock (activity, "one", 7, 4, LATCH_EVENT_FILTER_ISSUES);
  settle (activity);
  assert_shows (activity, "state 3>254@1, battery 0>1@4, door 2>240@6");

  /* Whoever chooses twice sees what was chosen last */
  latch_activity_choose (activity, LATCH_EVENT_FILTER_ALL);
  latch_activity_choose_lock (activity, "two", 7, 4, LATCH_EVENT_FILTER_ALL);
  settle (activity);
  assert_shows (activity, "state ?>5@8");
}

static void
test_says_what_is_wrong (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *under_a_file = g_build_filename (fixture->path, "below", NULL);
  g_autoptr (LatchStore) store = latch_store_new (under_a_file);
  g_autoptr (LatchActivity) activity = NULL;

  write_file (fixture->path, "in the way", -1);
  activity = show_all (store, NULL);
  g_assert_nonnull (latch_activity_get_problem (activity));
  g_assert_false (latch_activity_is_complete (activity));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_store_test ("/activity-list/pages", NULL, test_pages);
  add_store_test ("/activity-list/empty", NULL, test_empty);
  add_store_test ("/activity-list/shows-what-is-recorded", NULL, test_shows_what_is_recorded);
  add_store_test ("/activity-list/clock-put-back", NULL, test_clock_put_back);
  add_store_test ("/activity-list/shows-what-others-record", NULL, test_shows_what_others_record);
  add_store_test ("/activity-list/leaves-no-hole", NULL, test_leaves_no_hole);
  add_store_test ("/activity-list/cleared-ones-go", NULL, test_cleared_ones_go);
  add_store_test ("/activity-list/old-ones-go", NULL, test_old_ones_go);
  add_store_test ("/activity-list/goes-with-its-bridge", NULL, test_goes_with_its_bridge);
  add_store_test ("/activity-list/filters", NULL, test_filters);
  add_store_test ("/activity-list/says-what-is-wrong", NULL, test_says_what_is_wrong);

  return g_test_run ();
}
