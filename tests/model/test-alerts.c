/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alerts-fixture.h"
#include "latch-error.h"
#include "latch-lock-private.h"

#define FRONT "7/1/0"
#define BACK "7/2/0"
#define GATE "7/3/1"
#define HOME "7"

static void
unlock_front (AlertsFixture *fixture)
{
  fixture->front->state_code = UNLOCKED;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
}

static void
leave_front_unlocked (AlertsFixture *fixture)
{
  unlock_front (fixture);
  latch_alerts_pass_time (fixture->alerts, DELAY);
  alerts_assert_news (fixture, "+unlocked:" FRONT);
}

static void
test_unlocked (AlertsFixture *fixture, gconstpointer data)
{
  unlock_front (fixture);
  latch_alerts_pass_time (fixture->alerts, DELAY - 1);
  alerts_assert_news (fixture, "");
  latch_alerts_pass_time (fixture->alerts, 1);
  alerts_assert_news (fixture, "+unlocked:" FRONT);
  g_assert_cmpuint (latch_alerts_get_n_alerts (fixture->alerts), ==, 1);

  for (guint i = 0; i < 3; i++)
    {
      latch_alerts_pass_time (fixture->alerts, HOUR);
      alerts_tell (fixture);
    }
  alerts_assert_news (fixture, "");

  fixture->front->state_code = LOCKED;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "-unlocked:" FRONT);

  leave_front_unlocked (fixture);
}

static void
test_unlocked_in_any_way (AlertsFixture *fixture, gconstpointer data)
{
  const int states[] = { UNLATCHED, UNLOCKED, UNLATCHING, UNLATCHED, UNLOCKED_LOCK_N_GO };
  gint64 began = latch_alerts_get_now (fixture->alerts);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      fixture->front->state_code = states[i];
      alerts_tell (fixture);
      alerts_assert_news (fixture, "");
      latch_alerts_pass_time (fixture->alerts, 2 * MINUTE);
    }
  alerts_assert_news (fixture, "+unlocked:" FRONT);
  g_assert_cmpint (latch_alert_get_since (alerts_get_alert (fixture, FRONT)), ==, began);
}

/* What was told of it is taken back; and who shows it again learns what is the matter */
static void
test_hidden (AlertsFixture *fixture, gconstpointer data)
{
  leave_front_unlocked (fixture);
  latch_bridge_choose_hidden (fixture->bridge, 1, LATCH_DEVICE_TYPE_SMART_LOCK_3, TRUE);
  alerts_assert_news (fixture, "-unlocked:" FRONT);

  latch_bridge_choose_hidden (fixture->bridge, 3, LATCH_DEVICE_TYPE_OPENER, TRUE);
  fixture->gate->ring_active = LATCH_TRISTATE_YES;
  fixture->gate->ring_timestamp = latch_alerts_get_now (fixture->alerts);
  fixture->front->battery_critical = LATCH_TRISTATE_YES;
  alerts_tell (fixture);
  latch_alerts_pass_time (fixture->alerts, HOUR);
  alerts_assert_news (fixture, "");

  latch_bridge_choose_hidden (fixture->bridge, 3, LATCH_DEVICE_TYPE_OPENER, FALSE);
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
  latch_bridge_choose_hidden (fixture->bridge, 1, LATCH_DEVICE_TYPE_SMART_LOCK_3, FALSE);
  alerts_assert_news (fixture, "+unlocked:" FRONT " +battery:" FRONT);
}

/* A state that says nothing ends nothing, either */
static void
test_undefined (AlertsFixture *fixture, gconstpointer data)
{
  leave_front_unlocked (fixture);
  fixture->front->state_code = UNDEFINED;
  fixture->back->state_code = UNDEFINED;
  alerts_tell (fixture);
  latch_alerts_pass_time (fixture->alerts, HOUR);
  alerts_assert_news (fixture, "");
  fixture->front->state_code = LOCKED;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "-unlocked:" FRONT);
}

/* What was known when the program last ran is no news until the bridge says it again */
static void
test_start (AlertsFixture *fixture, gconstpointer data)
{
  gint64 now = latch_alerts_get_now (fixture->alerts);
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", 9);
  g_autoptr (LatchBridge) restored = latch_bridge_new ("8", "Annex", client);

  fixture->front->state_code = UNLOCKED;
  latch_bridge_restore_lock (restored, fixture->devices->pdata[0], now - 5 * MINUTE, now - 3 * HOUR);
  latch_bridge_restore_lock (restored, fixture->devices->pdata[1], now - 5 * MINUTE, now - 3 * HOUR);
  alerts_end_program (fixture);
  g_list_store_append (fixture->bridges, restored);
  alerts_start_program (fixture);
  latch_alerts_pass_time (fixture->alerts, HOUR);
  alerts_assert_news (fixture, "");

  for (guint i = 0; i < 3; i++)
    latch_bridge_apply_list (restored, fixture->devices, latch_alerts_get_now (fixture->alerts));
  alerts_assert_news (fixture, "+unlocked:8/1/0");
  g_assert_cmpint (latch_alert_get_since (alerts_get_alert (fixture, "8/1/0")), ==, now - 3 * HOUR);
  g_list_store_remove (fixture->bridges, 1);
  latch_test_wait_until (fixture->news->len > 0);
}

/* Nobody saw it being unlocked */
static void
test_unseen (AlertsFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  gint64 first_heard = 0;

  alerts_end_program (fixture);
  g_ptr_array_set_size (fixture->devices, 1);
  latch_bridge_apply_list (fixture->bridge, none, 1);
  fixture->front->state_code = UNLOCKED;
  alerts_start_program (fixture);
  first_heard = latch_alerts_get_now (fixture->alerts);
  alerts_tell (fixture);
  g_assert_cmpint (latch_lock_get_changed_at (alerts_get_lock (fixture, 1)), ==, 0);
  latch_alerts_pass_time (fixture->alerts, DELAY - 2);
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
  latch_alerts_pass_time (fixture->alerts, 2);
  alerts_assert_news (fixture, "+unlocked:" FRONT);
  g_assert_cmpint (latch_alert_get_since (alerts_get_alert (fixture, FRONT)), >=, first_heard);
}

static void
test_not_while_stale (AlertsFixture *fixture, gconstpointer data)
{
  unlock_front (fixture);
  latch_bridge_doubt (fixture->bridge);
  latch_alerts_pass_time (fixture->alerts, HOUR);
  alerts_assert_news (fixture, "");
  alerts_tell (fixture);
  alerts_assert_news (fixture, "+unlocked:" FRONT);

  latch_bridge_doubt (fixture->bridge);
  latch_alerts_pass_time (fixture->alerts, HOUR);
  alerts_assert_news (fixture, "");
  fixture->front->state_code = LOCKED;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "-unlocked:" FRONT);
}

static void
test_not_while_offline (AlertsFixture *fixture, gconstpointer data)
{
  fixture->back->battery_critical = LATCH_TRISTATE_YES;
  latch_lock_set_offline (alerts_get_lock (fixture, 2), TRUE);
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
  latch_lock_set_offline (alerts_get_lock (fixture, 2), FALSE);
  alerts_assert_news (fixture, "+battery:" BACK);
  latch_lock_set_offline (alerts_get_lock (fixture, 2), TRUE);
  alerts_assert_news (fixture, "");
}

/* Locked in the nick of time */
static void
test_not_while_pending (AlertsFixture *fixture, gconstpointer data)
{
  LatchLock *lock = alerts_get_lock (fixture, 1);

  unlock_front (fixture);
  latch_alerts_pass_time (fixture->alerts, DELAY - 1);
  latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_LOCK);
  latch_alerts_pass_time (fixture->alerts, 5);
  fixture->front->state_code = LOCKING;
  alerts_tell (fixture);
  latch_alerts_pass_time (fixture->alerts, 5);
  fixture->front->state_code = LOCKED;
  alerts_tell (fixture);
  latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_NONE);
  alerts_assert_news (fixture, "");

  /* What was said stays said until the lock has done it */
  leave_front_unlocked (fixture);
  latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_LOCK);
  fixture->front->state_code = LOCKING;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
  fixture->front->state_code = LOCKED;
  alerts_tell (fixture);
  latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_NONE);
  alerts_assert_news (fixture, "-unlocked:" FRONT);
}

/* A command that came to nothing changes nothing */
static void
test_pending_in_vain (AlertsFixture *fixture, gconstpointer data)
{
  unlock_front (fixture);
  latch_lock_set_pending_action (alerts_get_lock (fixture, 1), LATCH_LOCK_ACTION_LOCK);
  latch_alerts_pass_time (fixture->alerts, DELAY);
  alerts_assert_news (fixture, "");
  latch_lock_set_pending_action (alerts_get_lock (fixture, 1), LATCH_LOCK_ACTION_NONE);
  alerts_assert_news (fixture, "+unlocked:" FRONT);
}

static void
test_blocked (AlertsFixture *fixture, gconstpointer data)
{
  leave_front_unlocked (fixture);
  fixture->front->state_code = LOCKING;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
  fixture->front->state_code = BLOCKED;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "+blocked:" FRONT " -unlocked:" FRONT);
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
  fixture->front->state_code = LOCKED;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "-blocked:" FRONT);
}

static void
assert_blocked_while (AlertsFixture *fixture, int before, LatchLockAction pending, gboolean was_locking)
{
  LatchLock *lock = alerts_get_lock (fixture, 2);

  fixture->back->state_code = before;
  alerts_tell (fixture);
  latch_lock_set_pending_action (lock, pending);
  fixture->back->state_code = BLOCKED;
  alerts_tell (fixture);
  latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_NONE);
  alerts_tell (fixture);
  alerts_assert_news (fixture, "+blocked:" BACK);
  g_assert_cmpint (latch_alert_was_locking (alerts_get_alert (fixture, BACK)), ==, was_locking);
  fixture->back->state_code = LOCKED;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "-blocked:" BACK);
}

/* Whether trying again would lock */
static void
test_what_was_blocked (AlertsFixture *fixture, gconstpointer data)
{
  assert_blocked_while (fixture, LOCKED, LATCH_LOCK_ACTION_NONE, FALSE);
  assert_blocked_while (fixture, UNLOCKING, LATCH_LOCK_ACTION_NONE, FALSE);
  assert_blocked_while (fixture, UNLATCHING, LATCH_LOCK_ACTION_NONE, FALSE);
  assert_blocked_while (fixture, LOCKING, LATCH_LOCK_ACTION_NONE, TRUE);
  assert_blocked_while (fixture, UNLOCKED, LATCH_LOCK_ACTION_NONE, TRUE);
  assert_blocked_while (fixture, UNLOCKED, LATCH_LOCK_ACTION_LOCK, TRUE);
  assert_blocked_while (fixture, UNLOCKED, LATCH_LOCK_ACTION_UNLATCH, FALSE);
  assert_blocked_while (fixture, LOCKED, LATCH_LOCK_ACTION_UNLOCK, FALSE);
}

static void
test_blocked_from_the_start (AlertsFixture *fixture, gconstpointer data)
{
  gint64 now = latch_alerts_get_now (fixture->alerts);

  alerts_end_program (fixture);
  fixture->back->state_code = BLOCKED;
  latch_bridge_apply_list (fixture->bridge, fixture->devices, now);
  alerts_start_program (fixture);
  alerts_assert_news (fixture, "+blocked:" BACK);
  g_assert_false (latch_alert_was_locking (alerts_get_alert (fixture, BACK)));
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
}

static void
test_batteries (AlertsFixture *fixture, gconstpointer data)
{
  fixture->front->battery_critical = LATCH_TRISTATE_YES;
  fixture->back->keypad_battery_critical = LATCH_TRISTATE_YES;
  fixture->gate->battery_critical = LATCH_TRISTATE_YES;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "+battery:" FRONT " +keypad-battery:" BACK " +battery:" GATE);
  fixture->front->battery_critical = LATCH_TRISTATE_NO;
  fixture->back->keypad_battery_critical = LATCH_TRISTATE_NO;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "-battery:" FRONT " -keypad-battery:" BACK);
}

static void
test_door (AlertsFixture *fixture, gconstpointer data)
{
  fixture->front->door_state_code = DOOR_OPEN;
  alerts_tell (fixture);
  latch_alerts_pass_time (fixture->alerts, DELAY - 1);
  fixture->front->door_state_code = DOOR_UNKNOWN;
  alerts_tell (fixture);
  latch_alerts_pass_time (fixture->alerts, 1);
  alerts_assert_news (fixture, "");
  fixture->front->door_state_code = DOOR_OPEN;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "+door-open:" FRONT);
  fixture->front->door_state_code = DOOR_CLOSED;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "-door-open:" FRONT);

  /* A sensor cannot tell of the door any more once it is somewhere else */
  fixture->front->door_state_code = DOOR_REMOVED;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "+sensor-removed:" FRONT);
  fixture->front->door_state_code = DOOR_CLOSED;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "-sensor-removed:" FRONT);
}

static void
test_most_urgent (AlertsFixture *fixture, gconstpointer data)
{
  fixture->front->battery_critical = LATCH_TRISTATE_YES;
  fixture->front->door_state_code = DOOR_OPEN;
  alerts_tell (fixture);
  fixture->front->state_code = UNLOCKED;
  alerts_tell (fixture);
  g_assert_cmpint (latch_alert_get_kind (alerts_get_alert (fixture, FRONT)), ==, LATCH_ALERT_KIND_BATTERY);
  latch_alerts_pass_time (fixture->alerts, DELAY);
  g_assert_cmpint (latch_alert_get_kind (alerts_get_alert (fixture, FRONT)), ==, LATCH_ALERT_KIND_DOOR_OPEN);
  fixture->front->door_state_code = DOOR_CLOSED;
  alerts_tell (fixture);
  g_assert_cmpint (latch_alert_get_kind (alerts_get_alert (fixture, FRONT)), ==, LATCH_ALERT_KIND_UNLOCKED);
  g_assert_null (latch_alerts_get_most_urgent (fixture->alerts, BACK));
}

static void
ring (AlertsFixture *fixture, gint64 timestamp)
{
  fixture->gate->ring_timestamp = timestamp;
  alerts_tell (fixture);
}

static void
test_ring (AlertsFixture *fixture, gconstpointer data)
{
  gint64 now = latch_alerts_get_now (fixture->alerts);
  const gint64 again[] = { now, 0, now - 5, now };

  ring (fixture, now);
  alerts_assert_news (fixture, "+ring:" GATE);
  for (guint i = 0; i < G_N_ELEMENTS (again); i++)
    {
      latch_alerts_pass_time (fixture->alerts, 5);
      ring (fixture, again[i]);
    }
  alerts_assert_news (fixture, "");
  ring (fixture, now + 20);
  alerts_assert_news (fixture, "*ring:" GATE);
  latch_alerts_pass_time (fixture->alerts, 59);
  alerts_assert_news (fixture, "");
  latch_alerts_pass_time (fixture->alerts, 1);
  alerts_assert_news (fixture, "-ring:" GATE);
  ring (fixture, now + 20);
  alerts_assert_news (fixture, "");
}

static void
test_ring_before_the_start (AlertsFixture *fixture, gconstpointer data)
{
  alerts_end_program (fixture);
  latch_bridge_doubt (fixture->bridge);
  alerts_start_program (fixture);
  ring (fixture, latch_alerts_get_now (fixture->alerts) - 5);
  alerts_assert_news (fixture, "");
  latch_alerts_pass_time (fixture->alerts, 5);
  ring (fixture, latch_alerts_get_now (fixture->alerts));
  alerts_assert_news (fixture, "+ring:" GATE);
}

/* Who rang while nobody listened has left */
static void
test_ring_long_ago (AlertsFixture *fixture, gconstpointer data)
{
  gint64 rang = 0;

  latch_bridge_doubt (fixture->bridge);
  latch_alerts_pass_time (fixture->alerts, HOUR);
  rang = latch_alerts_get_now (fixture->alerts);
  latch_alerts_pass_time (fixture->alerts, HOUR);
  ring (fixture, rang);
  alerts_assert_news (fixture, "");

  /* Unless it was just now */
  latch_alerts_pass_time (fixture->alerts, HOUR);
  ring (fixture, latch_alerts_get_now (fixture->alerts) - 2);
  alerts_assert_news (fixture, "+ring:" GATE);
}

static void
test_ring_by_a_wrong_clock (AlertsFixture *fixture, gconstpointer data)
{
  ring (fixture, 1000);
  alerts_assert_news (fixture, "+ring:" GATE);
  latch_alerts_pass_time (fixture->alerts, 90);
  alerts_assert_news (fixture, "-ring:" GATE);
  ring (fixture, 1090);
  alerts_assert_news (fixture, "+ring:" GATE);
  latch_alerts_pass_time (fixture->alerts, 90);
  alerts_assert_news (fixture, "-ring:" GATE);

  /* One that was ahead does not silence the bell until then */
  ring (fixture, latch_alerts_get_now (fixture->alerts) + 7200);
  alerts_assert_news (fixture, "+ring:" GATE);
  latch_alerts_pass_time (fixture->alerts, 90);
  alerts_assert_news (fixture, "-ring:" GATE);
  ring (fixture, latch_alerts_get_now (fixture->alerts));
  alerts_assert_news (fixture, "+ring:" GATE);
}

static void
test_ring_while_opening (AlertsFixture *fixture, gconstpointer data)
{
  fixture->gate->state_code = 7;
  ring (fixture, latch_alerts_get_now (fixture->alerts));
  alerts_assert_news (fixture, "+ring:" GATE);
}

static void
test_bridge (AlertsFixture *fixture, gconstpointer data)
{
  leave_front_unlocked (fixture);
  alerts_fail (fixture, LATCH_ERROR_UNREACHABLE);
  latch_alerts_pass_time (fixture->alerts, DELAY / 2);
  alerts_fail (fixture, LATCH_ERROR_BUSY);
  latch_alerts_pass_time (fixture->alerts, DELAY / 2 - 1);
  alerts_fail (fixture, LATCH_ERROR_UNREACHABLE);
  alerts_assert_news (fixture, "");
  latch_alerts_pass_time (fixture->alerts, 1);
  alerts_assert_news (fixture, "+unreachable:" HOME);
  alerts_fail (fixture, LATCH_ERROR_UNREACHABLE);
  alerts_assert_news (fixture, "");
  alerts_tell (fixture);
  alerts_assert_news (fixture, "-unreachable:" HOME);

  /* An outage that ends in time is not worth a word, and neither are two */
  for (guint i = 0; i < 2; i++)
    {
      alerts_fail (fixture, LATCH_ERROR_UNREACHABLE);
      latch_alerts_pass_time (fixture->alerts, DELAY - 1);
      alerts_tell (fixture);
    }
  alerts_assert_news (fixture, "");
}

/* Whoever sleeps misses nobody */
static void
test_bridge_and_sleep (AlertsFixture *fixture, gconstpointer data)
{
  alerts_fail (fixture, LATCH_ERROR_UNREACHABLE);
  latch_alerts_pass_time (fixture->alerts, MINUTE);
  latch_alerts_suspend (fixture->alerts, 8 * HOUR);
  alerts_fail (fixture, LATCH_ERROR_BUSY);
  latch_alerts_pass_time (fixture->alerts, 8 * MINUTE);
  alerts_assert_news (fixture, "");
  latch_alerts_pass_time (fixture->alerts, MINUTE);
  alerts_assert_news (fixture, "+unreachable:" HOME);
}

static void
test_no_access (AlertsFixture *fixture, gconstpointer data)
{
  alerts_fail (fixture, LATCH_ERROR_UNAUTHORIZED);
  alerts_assert_news (fixture, "+no-access:" HOME);
  alerts_fail (fixture, LATCH_ERROR_UNAUTHORIZED);
  latch_alerts_pass_time (fixture->alerts, 24 * HOUR);
  alerts_fail (fixture, LATCH_ERROR_NO_TOKEN);
  alerts_assert_news (fixture, "");
  alerts_tell (fixture);
  alerts_assert_news (fixture, "-no-access:" HOME);
}

static void
test_timer (AlertsFixture *fixture, gconstpointer data)
{
  g_assert_cmpint (latch_alerts_get_wait (fixture->alerts), ==, -1);
  unlock_front (fixture);
  g_assert_cmpint (latch_alerts_get_wait (fixture->alerts), ==, DELAY);
  latch_alerts_pass_time (fixture->alerts, 4 * MINUTE);
  fixture->back->state_code = UNLOCKED;
  alerts_tell (fixture);
  g_assert_cmpint (latch_alerts_get_wait (fixture->alerts), ==, 6 * MINUTE);
  latch_alerts_pass_time (fixture->alerts, 6 * MINUTE);
  alerts_assert_news (fixture, "+unlocked:" FRONT);
  g_assert_cmpint (latch_alerts_get_wait (fixture->alerts), ==, 4 * MINUTE);
  latch_alerts_pass_time (fixture->alerts, 4 * MINUTE);
  alerts_assert_news (fixture, "+unlocked:" BACK);
  g_assert_cmpint (latch_alerts_get_wait (fixture->alerts), ==, -1);

  /* What is sooner goes first, though it came later */
  alerts_fail (fixture, LATCH_ERROR_BUSY);
  g_assert_cmpint (latch_alerts_get_wait (fixture->alerts), ==, DELAY);
  latch_alerts_set_delay (fixture->alerts, LATCH_ALERT_KIND_UNREACHABLE, MINUTE);
  g_assert_cmpint (latch_alerts_get_wait (fixture->alerts), ==, MINUTE);
}

/* The timer does not know that we slept; the first news do */
static void
test_door_and_sleep (AlertsFixture *fixture, gconstpointer data)
{
  unlock_front (fixture);
  latch_alerts_suspend (fixture->alerts, HOUR);
  alerts_assert_news (fixture, "");
  alerts_tell (fixture);
  alerts_assert_news (fixture, "+unlocked:" FRONT);
}

/* The real timer, once */
static void
test_real_time (AlertsFixture *fixture, gconstpointer data)
{
  latch_alerts_stop_time (fixture->alerts, FALSE);
  latch_alerts_set_delay (fixture->alerts, LATCH_ALERT_KIND_UNLOCKED, 2);
  unlock_front (fixture);
  latch_test_wait_until (fixture->news->len > 0);
  alerts_assert_news (fixture, "+unlocked:" FRONT);
}

static void
test_switches (AlertsFixture *fixture, gconstpointer data)
{
  leave_front_unlocked (fixture);
  latch_alerts_set_enabled (fixture->alerts, LATCH_ALERT_KIND_UNLOCKED, FALSE);
  alerts_assert_news (fixture, "-unlocked:" FRONT);
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
  g_assert_cmpint (latch_alerts_get_wait (fixture->alerts), ==, -1);
  latch_alerts_set_enabled (fixture->alerts, LATCH_ALERT_KIND_UNLOCKED, TRUE);
  alerts_assert_news (fixture, "+unlocked:" FRONT);
  /* That it is wanted already tells nobody again */
  latch_alerts_set_enabled (fixture->alerts, LATCH_ALERT_KIND_UNLOCKED, 2);
  alerts_assert_news (fixture, "");

  latch_alerts_set_delay (fixture->alerts, LATCH_ALERT_KIND_UNLOCKED, HOUR);
  alerts_assert_news (fixture, "-unlocked:" FRONT);
  latch_alerts_set_delay (fixture->alerts, LATCH_ALERT_KIND_UNLOCKED, HOUR);
  alerts_assert_news (fixture, "");
  g_assert_cmpint (latch_alerts_get_wait (fixture->alerts), ==, HOUR - DELAY);
  latch_alerts_set_delay (fixture->alerts, LATCH_ALERT_KIND_UNLOCKED, MINUTE);
  alerts_assert_news (fixture, "+unlocked:" FRONT);
}

static void
test_rings_switched_off (AlertsFixture *fixture, gconstpointer data)
{
  latch_alerts_set_enabled (fixture->alerts, LATCH_ALERT_KIND_RING, FALSE);
  ring (fixture, latch_alerts_get_now (fixture->alerts));
  latch_alerts_pass_time (fixture->alerts, HOUR);
  latch_alerts_set_enabled (fixture->alerts, LATCH_ALERT_KIND_RING, TRUE);
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
}

/* A lock that takes another place in the list is the same lock; one that is gone is of no interest */
static void
test_places (AlertsFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchDeviceSnapshot) front = NULL;

  leave_front_unlocked (fixture);
  front = g_ptr_array_steal_index (fixture->devices, 0);
  g_ptr_array_add (fixture->devices, latch_device_snapshot_copy (front));
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");

  g_ptr_array_set_size (fixture->devices, 2);
  alerts_tell (fixture);
  alerts_assert_news (fixture, "-unlocked:" FRONT);
}

static void
test_forgotten_bridge (AlertsFixture *fixture, gconstpointer data)
{
  leave_front_unlocked (fixture);
  alerts_fail (fixture, LATCH_ERROR_UNAUTHORIZED);
  alerts_assert_news (fixture, "+no-access:" HOME);
  g_list_store_remove_all (fixture->bridges);
  latch_test_wait_until (latch_alerts_get_n_alerts (fixture->alerts) == 0);
  g_assert_nonnull (strstr (fixture->news->str, "-unlocked:" FRONT));
  g_assert_nonnull (strstr (fixture->news->str, "-no-access:" HOME));
}

/* Who leaves does not know that all is well */
static void
test_stop (AlertsFixture *fixture, gconstpointer data)
{
  leave_front_unlocked (fixture);
  latch_alerts_stop (fixture->alerts);
  fixture->front->state_code = LOCKED;
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
}

#define add(path, test) g_test_add (path, AlertsFixture, NULL, alerts_set_up, test, alerts_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/alerts/unlocked/is-told-once", test_unlocked);
  add ("/alerts/unlocked/counts-whatever-opens-the-door", test_unlocked_in_any_way);
  add ("/alerts/unlocked/of-a-hidden-lock-is-not-told", test_hidden);
  add ("/alerts/unlocked/ends-only-with-a-state-that-says-something", test_undefined);
  add ("/alerts/unlocked/for-hours-is-told-once-at-the-start", test_start);
  add ("/alerts/unlocked/unseen-counts-from-when-it-was-confirmed", test_unseen);
  add ("/alerts/honest/nothing-begins-or-ends-while-stale", test_not_while_stale);
  add ("/alerts/honest/nothing-begins-or-ends-while-offline", test_not_while_offline);
  add ("/alerts/honest/nothing-begins-or-ends-while-a-command-is-pending", test_not_while_pending);
  add ("/alerts/honest/a-command-that-came-to-nothing-changes-nothing", test_pending_in_vain);
  add ("/alerts/blocked/takes-the-place-of-unlocked", test_blocked);
  add ("/alerts/blocked/knows-what-was-tried", test_what_was_blocked);
  add ("/alerts/blocked/is-told-at-the-start", test_blocked_from_the_start);
  add ("/alerts/batteries/are-told-of-each", test_batteries);
  add ("/alerts/door/open-and-without-sensor", test_door);
  add ("/alerts/most-urgent-comes-first", test_most_urgent);
  add ("/alerts/ring/is-told-once-each", test_ring);
  add ("/alerts/ring/before-the-start-is-no-news", test_ring_before_the_start);
  add ("/alerts/ring/long-ago-is-no-news", test_ring_long_ago);
  add ("/alerts/ring/is-heard-even-if-the-clock-is-wrong", test_ring_by_a_wrong_clock);
  add ("/alerts/ring/is-told-although-the-door-opens", test_ring_while_opening);
  add ("/alerts/bridge/unreachable-or-busy-for-long", test_bridge);
  add ("/alerts/bridge/is-not-missed-while-asleep", test_bridge_and_sleep);
  add ("/alerts/bridge/without-access-is-told-once-and-at-once", test_no_access);
  add ("/alerts/time/timer-waits-for-the-next-moment-only", test_timer);
  add ("/alerts/time/door-stays-unlocked-while-we-sleep", test_door_and_sleep);
  add ("/alerts/time/timer-is-real", test_real_time);
  add ("/alerts/switches/take-effect-at-once", test_switches);
  add ("/alerts/switches/rings-of-the-past-stay-untold", test_rings_switched_off);
  add ("/alerts/locks/may-change-places-and-go", test_places);
  add ("/alerts/locks/go-with-their-bridge", test_forgotten_bridge);
  add ("/alerts/stop/says-nothing-more", test_stop);

  return g_test_run ();
}
