/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-error.h"
#include "latch-lock-private.h"
#include "latch-lock-view.h"
#include "latch-test-locks.h"
#include "latch-test-ui.h"

#define NOW 1700000000

typedef struct
{
  LatchBridge *bridge;
  LatchClock *clock;
  LatchLockView *view;
  GString *notified;
} Fixture;

static const LatchTestLock front_door = { .name = "Front Door", .state = LATCH_LOCK_STATE_LOCKED, .changed_ago = 120 };

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", pspec->name);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->bridge = latch_test_bridge_new ("1", "Home", &front_door, 1, NOW);
  fixture->clock = latch_clock_new ();
  latch_clock_set_now (fixture->clock, NOW);
  fixture->view = latch_lock_view_new (latch_test_bridge_get_lock (fixture->bridge, 0), fixture->clock);
  fixture->notified = g_string_new (NULL);
  g_signal_connect (fixture->view, "notify", G_CALLBACK (notify_cb), fixture->notified);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  latch_test_assert_finalized (fixture->view);
  latch_test_assert_finalized (fixture->clock);
  latch_test_assert_finalized (fixture->bridge);
  g_string_free (fixture->notified, TRUE);
}

static void
say (Fixture *fixture, LatchTestLock lock)
{
  lock.name = lock.name ? lock.name : "Front Door";
  latch_test_bridge_say (fixture->bridge, &lock, 1, NOW);
}

static void
test_shows_what_is_known (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (latch_lock_view_get_name (fixture->view), ==, "Front Door");
  g_assert_cmpstr (latch_lock_view_get_caption (fixture->view), ==, "Locked · 2 min ago");
  g_assert_cmpstr (latch_lock_view_get_dial_label (fixture->view), ==, "Front Door: locked");
  g_assert_cmpint (latch_lock_view_get_appearance (fixture->view)->look, ==, LATCH_LOCK_LOOK_LOCKED);
}

static void
test_notifies_what_changed (Fixture *fixture, gconstpointer data)
{
  say (fixture, (LatchTestLock) { .state = LATCH_LOCK_STATE_UNLOCKED });
  g_assert_nonnull (strstr (fixture->notified->str, "look "));
  g_assert_nonnull (strstr (fixture->notified->str, "title "));
  g_assert_nonnull (strstr (fixture->notified->str, "caption "));
  g_assert_null (strstr (fixture->notified->str, "name "));
  g_assert_null (strstr (fixture->notified->str, "busy "));
  g_assert_null (strstr (fixture->notified->str, "explanation "));
  g_assert_null (strstr (fixture->notified->str, "battery-low "));

  g_string_truncate (fixture->notified, 0);
  say (fixture, (LatchTestLock) { .state = LATCH_LOCK_STATE_UNLOCKED });
  g_assert_cmpstr (fixture->notified->str, ==, "");
}

static void
test_grows_old_with_the_clock (Fixture *fixture, gconstpointer data)
{
  latch_clock_set_now (fixture->clock, NOW + 60);

  g_assert_cmpstr (fixture->notified->str, ==, "caption ");
  g_assert_cmpstr (latch_lock_view_get_caption (fixture->view), ==, "Locked · 3 min ago");
}

static void
test_never_shows_a_goal_as_reached (Fixture *fixture, gconstpointer data)
{
  LatchLock *lock = latch_lock_view_get_lock (fixture->view);

  latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_UNLOCK);
  g_assert_cmpstr (latch_lock_view_get_caption (fixture->view), ==, "Unlocking…");
  g_assert_cmpint (latch_lock_view_get_appearance (fixture->view)->look, ==, LATCH_LOCK_LOOK_MOVING);
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_LOCKED);

  latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_NONE);
  g_assert_cmpstr (latch_lock_view_get_caption (fixture->view), ==, "Locked · 2 min ago");
}

static void
test_says_that_it_takes_long (Fixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  latch_lock_set_pending_action (latch_lock_view_get_lock (fixture->view), LATCH_LOCK_ACTION_UNLOCK);
  g_assert_cmpstr (latch_lock_view_get_subtitle (fixture->view), ==, "Waiting for the lock to finish");

  latch_clock_set_now (fixture->clock, now + 60);
  g_assert_cmpstr (latch_lock_view_get_subtitle (fixture->view), ==, "This takes longer than usual");
}

static void
test_takes_long_by_the_real_time (Fixture *fixture, gconstpointer data)
{
  LatchLock *lock = latch_lock_view_get_lock (fixture->view);

  /* The clock ticks rarely; here it stands still */
  latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_UNLOCK);
  lock->pending_since -= 30;
  latch_lock_set_rssi (lock, -60);
  g_assert_cmpstr (latch_lock_view_get_subtitle (fixture->view), ==, "This takes longer than usual");
}

static void
test_follows_its_bridge (Fixture *fixture, gconstpointer data)
{
  latch_clock_set_now (fixture->clock, NOW + 12 * 60);
  latch_test_bridge_fail (fixture->bridge, LATCH_ERROR_UNREACHABLE);

  g_assert_cmpint (latch_lock_view_get_appearance (fixture->view)->look, ==, LATCH_LOCK_LOOK_OFFLINE);
  g_assert_cmpstr (latch_lock_view_get_caption (fixture->view), ==, "Was locked 12 min ago");
  g_assert_cmpstr (latch_lock_view_get_subtitle (fixture->view), ==, "Last seen locked 12 min ago");
}

static void
test_offline_lock_is_as_old_as_its_last_word (Fixture *fixture, gconstpointer data)
{
  const LatchTestLock lock = {
    .name = "Cellar", .state = LATCH_LOCK_STATE_LOCKED, .heard_ago = 2 * 60 * 60, .offline = TRUE
  };
  g_autoptr (LatchBridge) bridge = latch_test_bridge_new ("2", "Annex", &lock, 1, NOW);
  g_autoptr (LatchLockView) view = latch_lock_view_new (latch_test_bridge_get_lock (bridge, 0), fixture->clock);

  /* However often its bridge repeats it */
  g_assert_cmpint (latch_lock_get_confirmed_at (latch_lock_view_get_lock (view)), ==, NOW);
  g_assert_cmpstr (latch_lock_view_get_subtitle (view), ==, "Last seen locked 2 h ago");
}

static void
test_has_a_name_for_the_nameless (Fixture *fixture, gconstpointer data)
{
  say (fixture, (LatchTestLock) { .name = "", .state = LATCH_LOCK_STATE_LOCKED });

  g_assert_cmpstr (latch_lock_view_get_name (fixture->view), ==, "Smart Lock (third generation or later) 00000001");
}

static void
test_clock_runs_from_the_present (void)
{
  g_autoptr (LatchClock) clock = latch_clock_new ();
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  latch_clock_set_now (clock, 1);
  latch_clock_set_running (clock, TRUE);
  g_assert_cmpint (latch_clock_get_now (clock), >=, now);
  latch_test_assert_finalized (clock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/lock-view/shows-what-is-known", test_shows_what_is_known);
  ADD ("/lock-view/notifies-what-changed", test_notifies_what_changed);
  ADD ("/lock-view/grows-old-with-the-clock", test_grows_old_with_the_clock);
  ADD ("/lock-view/never-shows-a-goal-as-reached", test_never_shows_a_goal_as_reached);
  ADD ("/lock-view/says-that-it-takes-long", test_says_that_it_takes_long);
  ADD ("/lock-view/takes-long-by-the-real-time", test_takes_long_by_the_real_time);
  ADD ("/lock-view/follows-its-bridge", test_follows_its_bridge);
  ADD ("/lock-view/offline-lock-is-as-old-as-its-last-word", test_offline_lock_is_as_old_as_its_last_word);
  ADD ("/lock-view/has-a-name-for-the-nameless", test_has_a_name_for_the_nameless);
  g_test_add_func ("/clock/runs-from-the-present", test_clock_runs_from_the_present);

  return g_test_run ();
}
