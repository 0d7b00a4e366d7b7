/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "activity-fixture.h"
#include "latch-test-loop.h"

/* A store in which the bridge is known */
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

static void
test_keeps_every_field (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (GPtrArray) events = NULL;
  const LatchEvent *event = NULL;
  LatchEvent *odd = latch_event_new (LATCH_EVENT_RING, "two", G_MAXUINT64, -1);

  odd->at = NOON + 1;
  odd->to = G_MAXINT64;
  activity_record_state (store, NOON, 1, 3, HERE);
  activity_record (store, odd);
  g_clear_object (&store);

  store = latch_store_new (fixture->folder);
  events = activity_query (store, &(LatchEventQuery) { .limit = 10 });
  g_assert_cmpuint (events->len, ==, 2);

  event = events->pdata[1];
  g_assert_cmpint (event->id, ==, 1);
  g_assert_cmpint (event->at, ==, NOON);
  g_assert_cmpstr (event->bridge_id, ==, "one");
  g_assert_cmpuint (event->nuki_id, ==, 7);
  g_assert_cmpint (event->device_type, ==, 4);
  g_assert_cmpint (event->kind, ==, LATCH_EVENT_STATE);
  g_assert_cmpint (event->from, ==, 1);
  g_assert_cmpint (event->to, ==, 3);
  g_assert_cmpint (event->cause, ==, LATCH_EVENT_CAUSE_THIS_COMPUTER);

  event = events->pdata[0];
  g_assert_cmpint (event->id, ==, 2);
  g_assert_cmpstr (event->bridge_id, ==, "two");
  g_assert_cmpuint (event->nuki_id, ==, G_MAXUINT64);
  g_assert_cmpint (event->device_type, ==, -1);
  g_assert_cmpint (event->kind, ==, LATCH_EVENT_RING);
  g_assert_cmpint (event->from, ==, LATCH_EVENT_VALUE_UNKNOWN);
  g_assert_cmpint (event->to, ==, G_MAXINT64);
  g_assert_cmpint (event->cause, ==, LATCH_EVENT_CAUSE_SEEN);
}

/* They are in databases */
static void
test_codes_stay (void)
{
  const char *const kinds[] = { "unknown", "state", "door", "ring", "battery", "keypad-battery", "gap", "mode", "unknown" };
  const char *const causes[] = { "seen", "this-computer", "command-line", "not-running", "bridge-unreachable",
                                 "lock-offline", "seen" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpstr (latch_event_kind_get_nick (i), ==, kinds[i]);
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    g_assert_cmpstr (latch_event_cause_get_nick (i), ==, causes[i]);
  g_assert_cmpstr (latch_event_cause_get_text (99), ==, "seen");
}

/* Of three in the same second, a page has two: the next begins with the third */
static void
test_pages (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  LatchEventQuery query = { .limit = 2 };
  const char *const expected[] = { "state 1>3@5, state 3>1@9", "state 1>3@5, state 3>1@5", "state 3>1@4" };

  activity_record_state (store, NOON + 4, 3, 1, SEEN);
  activity_record_state (store, NOON + 5, 1, 3, SEEN);
  activity_record_state (store, NOON + 5, 3, 1, SEEN);
  activity_record_state (store, NOON + 5, 1, 3, SEEN);
  activity_record_state (store, NOON + 9, 3, 1, SEEN);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GPtrArray) page = activity_query (store, &query);
      g_autofree char *text = activity_describe (page);
      const LatchEvent *last = page->pdata[page->len - 1];

      g_assert_cmpstr (text, ==, expected[i]);
      query.before_at = last->at;
      query.before_id = last->id;
    }
  {
    g_autoptr (GPtrArray) page = activity_query (store, &query);

    g_assert_cmpuint (page->len, ==, 0);
  }
}

static void
assert_page (LatchStore *store, const LatchEventQuery *query, const char *expected)
{
  g_autoptr (GPtrArray) page = activity_query (store, query);
  g_autofree char *text = activity_describe (page);

  g_assert_cmpstr (text, ==, expected);
}

static void
record_of (LatchStore *store, const char *bridge_id, guint64 nuki_id, int device_type, gint64 at)
{
  LatchEvent *event = latch_event_new (LATCH_EVENT_STATE, bridge_id, nuki_id, device_type);

  event->at = at;
  event->to = 3;
  activity_record (store, event);
}

static void
test_pages_of_some (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  LatchEventQuery of_lock = { .limit = 9, .bridge_id = "one", .of_lock = TRUE, .nuki_id = 7, .device_type = 4 };

  record_of (store, "one", 7, 4, NOON + 1);
  record_of (store, "one", 7, 2, NOON + 2);
  record_of (store, "one", 8, 4, NOON + 3);
  record_of (store, "two", 7, 4, NOON + 4);
  activity_record (store, activity_event (LATCH_EVENT_RING, NOON + 5, LATCH_EVENT_VALUE_UNKNOWN, 77, SEEN));
  activity_record (store, activity_event (LATCH_EVENT_GAP, NOON + 6, 5, 6, SEEN));

  assert_page (store, &of_lock, "state ?>3@1, ring ?>77@5, gap 5>6@6");
  of_lock.kinds = 1 << LATCH_EVENT_RING | 1 << LATCH_EVENT_STATE;
  assert_page (store, &of_lock, "state ?>3@1, ring ?>77@5");
  of_lock.before_at = NOON + 5;
  of_lock.before_id = 5;
  assert_page (store, &of_lock, "state ?>3@1");
  assert_page (store, &(LatchEventQuery) { .limit = 9, .bridge_id = "two" }, "state ?>3@4");
  assert_page (store, &(LatchEventQuery) { .limit = 9, .bridge_id = "three" }, "");
  assert_page (store, &(LatchEventQuery) { .limit = 9, .kinds = 1 << LATCH_EVENT_GAP }, "gap 5>6@6");
  assert_page (store, &(LatchEventQuery) { .limit = 1 }, "gap 5>6@6");
}

/* Several programs see the same: it is one event. So are the same state, and what merely confirms it */
static void
test_once (StoreFixture *fixture, gconstpointer data)
{
  const struct
  {
    LatchEventKind kind;
    const char *expected;
  } changes[] = {
    { LATCH_EVENT_STATE, "state 1>3@0, state 3>1@9, state 1>3@9" },
    { LATCH_EVENT_DOOR, "door 1>3@0, door 3>1@9, door 1>3@9" },
    { LATCH_EVENT_BATTERY, "battery 1>3@0, battery 3>1@9, battery 1>3@9" },
    { LATCH_EVENT_KEYPAD_BATTERY, "keypad-battery 1>3@0, keypad-battery 3>1@9, keypad-battery 1>3@9" },
    { LATCH_EVENT_MODE, "mode 1>3@0, mode 3>1@9, mode 1>3@9" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%u", fixture->top, i);
      StoreFixture of_kind = { .folder = folder };
      g_autoptr (LatchStore) store = make_store (&of_kind);
      g_autoptr (LatchStore) other = latch_store_new (folder);

      activity_record (store, activity_event (changes[i].kind, NOON, 1, 3, SEEN));
      activity_record (other, activity_event (changes[i].kind, NOON + 1, 1, 3, SEEN));
      activity_record (other, activity_event (changes[i].kind, NOON + 5000, 3, 3, SEEN));
      activity_record (other, activity_event (changes[i].kind, NOON + 9, 3, 1, SEEN));
      activity_record (store, activity_event (changes[i].kind, NOON + 9, 3, 1, SEEN));
      activity_record (store, activity_event (changes[i].kind, NOON + 9, 1, 3, SEEN));
      activity_assert (store, changes[i].expected);
    }
}

static void
test_kinds_and_locks_are_apart (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);

  activity_record (store, activity_event (LATCH_EVENT_STATE, NOON, 1, 3, SEEN));
  activity_record (store, activity_event (LATCH_EVENT_DOOR, NOON, 2, 3, SEEN));
  record_of (store, "one", 7, 2, NOON);
  record_of (store, "one", 8, 4, NOON);
  record_of (store, "two", 7, 4, NOON);
  activity_assert (store, "state 1>3@0, door 2>3@0, state ?>3@0, state ?>3@0, state ?>3@0");
}

/* Nobody watched: the lock that is as it was has not changed, whatever it did meanwhile */
static void
test_gap_between (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);

  activity_record_state (store, NOON, 1, 3, SEEN);
  activity_record (store, activity_event (LATCH_EVENT_GAP, NOON + 900, NOON, NOON + 900, SEEN));
  activity_record_state (store, NOON + 900, 1, 3, SEEN);
  activity_record_state (store, NOON + 900, 3, 3, SEEN);
  activity_assert (store, "state 1>3@0, gap 1700000000>1700000900@900");

  /* The same gap, told by somebody who knows how long it was, and by somebody who does not */
  activity_record (store, activity_event (LATCH_EVENT_GAP, NOON + 900, NOON, NOON + 990, SEEN));
  activity_record (store, activity_event (LATCH_EVENT_GAP, NOON + 900, NOON, NOON + 800, SEEN));
  activity_assert (store, "state 1>3@0, gap 1700000000>1700000990@900");
  activity_record (store, activity_event (LATCH_EVENT_GAP, NOON + 2000, NOON + 1000, NOON + 2000, SEEN));
  activity_assert (store, "state 1>3@0, gap 1700000000>1700000990@900, gap 1700001000>1700002000@2000");
}

static void
test_rings (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);

  activity_record (store, activity_event (LATCH_EVENT_RING, NOON, LATCH_EVENT_VALUE_UNKNOWN, 50, SEEN));
  activity_record (store, activity_event (LATCH_EVENT_RING, NOON + 30, LATCH_EVENT_VALUE_UNKNOWN, 50, SEEN));
  activity_record (store, activity_event (LATCH_EVENT_RING, NOON + 60, 50, 80, SEEN));
  activity_assert (store, "ring ?>50@0, ring 50>80@60");
}

/* What a lock changed from is what was recorded last, whoever recorded that */
static void
test_chain (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);

  /* Nothing is recorded yet that this could contradict */
  activity_record_state (store, NOON, 1, 1, SEEN);
  activity_assert (store, "");

  activity_record_state (store, NOON, 1, 3, CTL);
  activity_record_state (store, NOON + 9, 1, 5, SEEN);
  activity_assert (store, "state 1>3@0(command-line), state 3>5@9");
  /* It was locked when nobody looked, and is so now */
  activity_record_state (store, NOON + 20, 1, 1, SEEN);
  activity_assert (store, "state 1>3@0(command-line), state 3>5@9, state 5>1@20");
  /* This was seen before the last change, but told after it */
  activity_record_state (store, NOON + 19, 3, 3, SEEN);
  activity_assert (store, "state 1>3@0(command-line), state 3>5@9, state 5>1@20");
}

static void
test_cause (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);

  activity_record_state (store, NOON, 1, 3, SEEN);
  activity_record_state (store, NOON + 2, 1, 3, CTL);
  activity_assert (store, "state 1>3@0(command-line)");
  /* Nobody takes it from whoever was first, nor is it forgotten */
  activity_record_state (store, NOON + 3, 1, 3, HERE);
  activity_record_state (store, NOON + 4, 1, 3, SEEN);
  activity_assert (store, "state 1>3@0(command-line)");

  activity_record_state (store, NOON + 100, 3, 1, SEEN);
  activity_record_state (store, NOON + 40, 3, 1, HERE);
  activity_assert (store, "state 1>3@0(command-line), state 3>1@100(this-computer)");

  /* A command that had nothing to do is not why the door was unlocked long ago */
  activity_record_state (store, NOON + 200, 1, 3, SEEN);
  activity_record_state (store, NOON + 261, 1, 3, CTL);
  activity_assert (store, "state 1>3@0(command-line), state 3>1@100(this-computer), state 1>3@200");
}

/* Others saw more before whoever made the change came to tell it */
static void
test_late_cause (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);

  activity_record_state (store, NOON, 1, 3, SEEN);
  activity_record_state (store, NOON + 20, 3, 1, SEEN);
  activity_record_state (store, NOON + 1, 1, 3, CTL);
  activity_assert (store, "state 1>3@0(command-line), state 3>1@20");

  /* Nobody saw this one */
  activity_record_state (store, NOON + 10, 3, 5, CTL);
  activity_assert (store, "state 1>3@0(command-line), state 1>5@10(command-line), state 3>1@20");
}

/* When the clock is put back, what happens is still recorded */
static void
test_clock_put_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);

  activity_record_state (store, NOON + 100000, 1, 3, SEEN);
  activity_record_state (store, NOON + 1, 3, 1, SEEN);
  activity_record_state (store, NOON + 2, 1, 3, HERE);
  activity_record_state (store, NOON + 3, 3, 1, SEEN);
  activity_assert (store, "state 3>1@1, state 1>3@2(this-computer), state 3>1@3, state 1>3@100000");
}

static void
test_unknown_bridge (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);
  g_autoptr (GError) error = NULL;
  LatchEvent *stranger = activity_event (LATCH_EVENT_STATE, NOON, 1, 3, SEEN);

  g_set_str (&stranger->bridge_id, "three");
  g_ptr_array_add (events, activity_event (LATCH_EVENT_STATE, NOON, 1, 3, SEEN));
  g_ptr_array_add (events, stranger);
  g_assert_false (activity_try_record (store, events, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  activity_assert (store, "");
}

static void
test_goes_with_its_bridge (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (LatchBridgeRecord) bridge = make_bridge_record ("one", "Renamed");
  g_autofree char *left = NULL;
  GAsyncResult *result = NULL;

  record_of (store, "one", 7, 4, NOON);
  record_of (store, "two", 7, 4, NOON + 1);
  store_save (store, bridge);
  activity_assert (store, "state ?>3@0, state ?>3@1");

  latch_store_remove_bridge_async (store, "one", NULL, latch_test_take_result_cb, &result);
  activity_finish_write (store, &result);
  activity_assert (store, "state ?>3@1");
  left = query_database (fixture->path, "SELECT count (*) FROM events");
  g_assert_cmpstr (left, ==, "1");
}

static void
test_clear (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  GAsyncResult *result = NULL;

  record_of (store, "one", 7, 4, NOON);
  record_of (store, "two", 7, 4, NOON + 1);
  latch_store_clear_events_async (store, "one", NULL, latch_test_take_result_cb, &result);
  activity_finish_write (store, &result);
  activity_assert (store, "state ?>3@1");

  record_of (store, "one", 7, 4, NOON);
  latch_store_clear_events_async (store, NULL, NULL, latch_test_take_result_cb, &result);
  activity_finish_write (store, &result);
  activity_assert (store, "");
}

/* More than are deleted in one go */
static void
test_prune (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *old =
      g_strdup_printf ("WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 25000) "
                       "INSERT INTO events SELECT n, 1, 7, 4, %" G_GINT64_FORMAT " - n, 1, 1, 3, 0 FROM i",
                       now - 2 * 24 * 60 * 60);
  g_autoptr (GPtrArray) events = NULL;
  GAsyncResult *result = NULL;

  execute_in_database (fixture->path, old);
  activity_record_state (store, now - 24 * 60 * 60 - 60, 3, 1, SEEN);
  activity_record_state (store, now - 24 * 60 * 60 + 60, 1, 3, SEEN);

  latch_store_prune_events_async (store, 1, NULL, latch_test_take_result_cb, &result);
  activity_finish_write (store, &result);
  events = activity_query (store, &(LatchEventQuery) { .limit = 10 });
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpint (((LatchEvent *) events->pdata[0])->at, ==, now - 24 * 60 * 60 + 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_store_test ("/activity/keeps-every-field", NULL, test_keeps_every_field);
  g_test_add_func ("/activity/codes-stay", test_codes_stay);
  add_store_test ("/activity/pages/newest-first", NULL, test_pages);
  add_store_test ("/activity/pages/of-some", NULL, test_pages_of_some);
  add_store_test ("/activity/once/by-whomever", NULL, test_once);
  add_store_test ("/activity/once/for-each-lock-and-kind", NULL, test_kinds_and_locks_are_apart);
  add_store_test ("/activity/once/over-a-gap", NULL, test_gap_between);
  add_store_test ("/activity/once/by-ring", NULL, test_rings);
  add_store_test ("/activity/follows-what-was-recorded", NULL, test_chain);
  add_store_test ("/activity/cause/of-who-knows-it", NULL, test_cause);
  add_store_test ("/activity/cause/told-late", NULL, test_late_cause);
  add_store_test ("/activity/clock-put-back", NULL, test_clock_put_back);
  add_store_test ("/activity/unknown-bridge", NULL, test_unknown_bridge);
  add_store_test ("/activity/goes-with-its-bridge", NULL, test_goes_with_its_bridge);
  add_store_test ("/activity/clear", NULL, test_clear);
  add_store_test ("/activity/prune", NULL, test_prune);

  return g_test_run ();
}
