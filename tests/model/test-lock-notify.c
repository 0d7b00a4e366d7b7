/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-lock-private.h"
#include "lock-news.h"

/* Collects the names of the properties that are notified, in alphabetical order, each once per notification */
typedef struct
{
  LatchLock *lock;
  GPtrArray *names;
} Watch;

static void
notify_cb (LatchLock *lock, GParamSpec *pspec, gpointer user_data)
{
  Watch *watch = user_data;

  g_ptr_array_add (watch->names, g_strdup (pspec->name));
}

static void
watch_init (Watch *watch, LatchLock *lock)
{
  watch->lock = lock;
  watch->names = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (lock, "notify", G_CALLBACK (notify_cb), watch);
}

static void
watch_clear (Watch *watch)
{
  g_signal_handlers_disconnect_by_data (watch->lock, watch);
  g_clear_pointer (&watch->names, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Watch, watch_clear)

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
assert_notified (Watch *watch, const char *expected)
{
  g_autoptr (GString) actual = g_string_new (NULL);

  g_ptr_array_sort (watch->names, compare_names);
  for (guint i = 0; i < watch->names->len; i++)
    g_string_append_printf (actual, "%s%s", i > 0 ? " " : "", (const char *) watch->names->pdata[i]);
  g_assert_cmpstr (actual->str, ==, expected);
  g_ptr_array_set_size (watch->names, 0);
}

static void
test_notify (void)
{
  g_autoptr (LatchLock) lock = latch_lock_new (NULL, 1, 0);
  g_autoptr (LatchDeviceSnapshot) news = lock_news_new (1);
  g_auto (Watch) watch = { 0 };

  watch_init (&watch, lock);
  latch_lock_apply (lock, news, HEARD);
  assert_notified (&watch, "battery-critical confirmed-at given-name mode name stale state state-code updated");

  /* The same again at the same time is no news at all */
  latch_lock_apply (lock, news, HEARD);
  assert_notified (&watch, "");
  latch_lock_apply (lock, news, HEARD + 10);
  assert_notified (&watch, "confirmed-at");

  news->state.state_code = 2;
  latch_lock_apply (lock, news, HEARD + 10);
  assert_notified (&watch, "busy changed-at state state-code");
  news->state.state_code = 3;
  news->state.timestamp++;
  latch_lock_apply (lock, news, HEARD + 10);
  assert_notified (&watch, "busy state state-code updated");

  news->state.battery_percent = 80;
  news->state.battery_charging = LATCH_TRISTATE_NO;
  news->state.door_state_code = 2;
  g_set_str (&news->firmware_version, "2.14.5");
  latch_lock_apply (lock, news, HEARD + 10);
  assert_notified (&watch, "battery-charging battery-percent door-state firmware-version");

  latch_lock_set_stale (lock, TRUE);
  assert_notified (&watch, "stale");
  latch_lock_set_stale (lock, TRUE);
  latch_lock_set_offline (lock, FALSE);
  latch_lock_set_rssi (lock, 0);
  assert_notified (&watch, "");
  latch_lock_set_offline (lock, TRUE);
  assert_notified (&watch, "offline");
  latch_lock_set_rssi (lock, -50);
  assert_notified (&watch, "rssi");

  latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_LOCK);
  assert_notified (&watch, "busy pending-action");
  g_assert_cmpint (latch_lock_get_pending_since (lock), >, HEARD);
  latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_NONE);
  assert_notified (&watch, "busy pending-action");
  g_assert_cmpint (latch_lock_get_pending_since (lock), ==, 0);
}

/* Two codes that mean the same to us are still told apart, but the state did not change */
static void
test_notify_unknown_codes (void)
{
  g_autoptr (LatchLock) lock = lock_news_lock_new (99);
  g_auto (Watch) watch = { 0 };

  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_UNKNOWN);
  watch_init (&watch, lock);
  lock_news_apply (lock, 98, SAID, HEARD);
  assert_notified (&watch, "state-code");
  g_assert_cmpint (latch_lock_get_state_code (lock), ==, 98);
}

/* What was busy, or not, before and after did not change in between either */
static void
test_notify_busy_once (void)
{
  g_autoptr (LatchLock) lock = lock_news_lock_new (2);
  g_auto (Watch) watch = { 0 };

  latch_lock_set_offline (lock, TRUE);
  g_assert_false (latch_lock_is_busy (lock));
  watch_init (&watch, lock);
  lock_news_apply (lock, 1, SAID + 5, HEARD);
  g_assert_false (latch_lock_is_busy (lock));
  assert_notified (&watch, "changed-at offline state state-code updated");
}

typedef struct
{
  LatchLockState state;
  LatchDoorState door_state;
  gint64 confirmed_at;
  guint n_notified;
} Seen;

static void
see_cb (LatchLock *lock, GParamSpec *pspec, gpointer user_data)
{
  Seen *seen = user_data;

  seen->n_notified++;
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_cmpint (latch_lock_get_door_state (lock), ==, LATCH_DOOR_STATE_CLOSED);
  g_assert_cmpint (latch_lock_get_confirmed_at (lock), ==, HEARD + 60);
  g_assert_false (latch_lock_get_stale (lock));
}

/* Whoever is told of one change sees all of them */
static void
test_freeze (void)
{
  g_autoptr (LatchLock) lock = latch_lock_new (NULL, 1, 0);
  g_autoptr (LatchDeviceSnapshot) news = lock_news_new (3);
  Seen seen = { 0 };

  news->state.door_state_code = 3;
  latch_lock_apply (lock, news, HEARD);
  g_signal_connect (lock, "notify", G_CALLBACK (see_cb), &seen);
  news->state.state_code = 1;
  news->state.door_state_code = 2;
  latch_lock_apply (lock, news, HEARD + 60);
  g_assert_cmpuint (seen.n_notified, >=, 4);
}

/* The first look at a lock that was restored confirms it: nothing else changes */
static void
test_notify_confirmed (void)
{
  g_autoptr (LatchLock) lock = latch_lock_new (NULL, 1, 0);
  g_autoptr (LatchDeviceSnapshot) known = lock_news_new (1);
  g_auto (Watch) watch = { 0 };

  latch_lock_restore (lock, known, HEARD - 500, 0);
  watch_init (&watch, lock);
  lock_news_apply (lock, 1, SAID, HEARD);
  assert_notified (&watch, "confirmed-at stale");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lock-notify/what-changed", test_notify);
  g_test_add_func ("/lock-notify/unknown-codes", test_notify_unknown_codes);
  g_test_add_func ("/lock-notify/busy-only-if-it-changed", test_notify_busy_once);
  g_test_add_func ("/lock-notify/confirmation", test_notify_confirmed);
  g_test_add_func ("/lock-notify/once-all-is-changed", test_freeze);

  return g_test_run ();
}
