/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-lock-private.h"
#include "lock-news.h"

static void
test_new (void)
{
  g_autoptr (LatchLock) lock = latch_lock_new (NULL, 4294967295, -1);
  g_autoptr (LatchDeviceSnapshot) snapshot = latch_device_snapshot_new (0);

  g_assert_null (latch_lock_ref_bridge (lock));
  g_assert_cmpuint (latch_lock_get_nuki_id (lock), ==, 4294967295);
  g_assert_cmpint (latch_lock_get_device_type (lock), ==, -1);
  g_assert_false (latch_lock_is_opener (lock));
  g_assert_null (latch_lock_get_name (lock));
  g_assert_null (latch_lock_get_firmware_version (lock));
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_UNKNOWN);
  g_assert_cmpint (latch_lock_get_state_code (lock), ==, -1);
  g_assert_cmpint (latch_lock_get_mode (lock), ==, -1);
  g_assert_cmpint (latch_lock_get_confirmed_at (lock), ==, 0);
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, 0);
  g_assert_cmpint (latch_lock_get_updated (lock), ==, 0);
  g_assert_true (latch_lock_get_stale (lock));
  g_assert_false (latch_lock_get_offline (lock));
  g_assert_cmpint (latch_lock_get_pending_action (lock), ==, LATCH_LOCK_ACTION_NONE);
  g_assert_false (latch_lock_is_busy (lock));
  g_assert_false (latch_lock_is_secured (lock));
  g_assert_false (latch_lock_has_issue (lock));
  g_assert_cmpint (latch_lock_get_battery_critical (lock), ==, LATCH_TRISTATE_UNKNOWN);
  g_assert_cmpint (latch_lock_get_battery_percent (lock), ==, -1);
  g_assert_cmpint (latch_lock_get_door_state (lock), ==, LATCH_DOOR_STATE_NONE);
  g_assert_cmpint (latch_lock_get_rssi (lock), ==, 0);

  latch_lock_to_snapshot (lock, snapshot);
  g_assert_false (snapshot->has_state);
}

/* Every readable property says what its getter does, and what it can be */
static void
test_properties (void)
{
  g_autoptr (LatchLock) lock = latch_lock_new (NULL, 3, 2);
  g_autoptr (LatchDeviceSnapshot) news = latch_device_snapshot_new (3);
  g_autofree GParamSpec **pspecs = NULL;
  guint n_pspecs;

  news->name = g_strdup ("Gate");
  news->firmware_version = g_strdup ("1.5.3");
  news->has_state = TRUE;
  news->state = (LatchStateSnapshot){
    .state_code = 3, .mode = 2, .battery_critical = LATCH_TRISTATE_YES, .battery_charging = LATCH_TRISTATE_YES,
    .battery_percent = 7, .keypad_battery_critical = LATCH_TRISTATE_NO, .door_state_code = 240,
    .ring_active = LATCH_TRISTATE_YES, .ring_timestamp = SAID - 5, .timestamp = SAID,
  };
  latch_lock_apply (lock, news, HEARD);
  latch_lock_set_rssi (lock, -70);

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (lock), &n_pspecs);
  for (guint i = 0; i < n_pspecs; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_assert_false (pspecs[i]->flags & G_PARAM_WRITABLE);
      g_object_get_property (G_OBJECT (lock), pspecs[i]->name, &value);
      g_assert_false (g_param_value_validate (pspecs[i], &value)); /* it had not to be changed to fit */
    }

  g_assert_true (latch_lock_is_opener (lock));
  g_assert_cmpstr (latch_lock_get_name (lock), ==, "Gate");
  g_assert_cmpstr (latch_lock_get_firmware_version (lock), ==, "1.5.3");
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_RTO_ACTIVE);
  g_assert_cmpint (latch_lock_get_battery_critical (lock), ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (latch_lock_get_battery_charging (lock), ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (latch_lock_get_battery_percent (lock), ==, 7);
  g_assert_cmpint (latch_lock_get_keypad_battery_critical (lock), ==, LATCH_TRISTATE_NO);
  g_assert_cmpint (latch_lock_get_door_state (lock), ==, LATCH_DOOR_STATE_REMOVED);
  g_assert_cmpint (latch_lock_get_ring_active (lock), ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (latch_lock_get_ring_timestamp (lock), ==, SAID - 5);
  g_assert_cmpint (latch_lock_get_updated (lock), ==, SAID);
  g_assert_cmpint (latch_lock_get_confirmed_at (lock), ==, HEARD);
  g_assert_cmpint (latch_lock_get_rssi (lock), ==, -70);
}

static void
test_merge (void)
{
  g_autoptr (LatchLock) lock = latch_lock_new (NULL, 1, 0);
  g_autoptr (LatchDeviceSnapshot) all = lock_news_new (3);
  g_autoptr (LatchDeviceSnapshot) little = latch_device_snapshot_new (1);
  g_autoptr (LatchDeviceSnapshot) known = latch_device_snapshot_new (0);

  all->firmware_version = g_strdup ("2.14.5");
  all->state.battery_percent = 42;
  all->state.battery_charging = LATCH_TRISTATE_YES;
  all->state.keypad_battery_critical = LATCH_TRISTATE_YES;
  all->state.door_state_code = 3;
  all->state.ring_timestamp = SAID - 60;
  latch_lock_apply (lock, all, HEARD);

  /* As a callback would: a state, and nothing else */
  little->has_state = TRUE;
  little->state.state_code = 1;
  latch_lock_apply (lock, little, HEARD + 1);
  latch_lock_to_snapshot (lock, known);
  g_assert_cmpuint (known->nuki_id, ==, 1);
  g_assert_cmpint (known->device_type, ==, 0);
  g_assert_cmpstr (known->name, ==, "Home");
  g_assert_cmpstr (known->firmware_version, ==, "2.14.5");
  g_assert_true (known->has_state);
  g_assert_cmpint (known->state.state_code, ==, 1);
  g_assert_cmpint (known->state.mode, ==, 2);
  g_assert_cmpint (known->state.battery_critical, ==, LATCH_TRISTATE_NO);
  g_assert_cmpint (known->state.battery_percent, ==, 42);
  g_assert_cmpint (known->state.battery_charging, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (known->state.keypad_battery_critical, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (known->state.door_state_code, ==, 3);
  g_assert_cmpint (known->state.ring_timestamp, ==, SAID - 60);
  g_assert_cmpint (known->state.timestamp, ==, SAID);
  g_assert_cmpint (latch_lock_get_confirmed_at (lock), ==, HEARD + 1);
}

/* A bridge that lists the lock without a state knows it no better than we do */
static void
test_no_state (void)
{
  g_autoptr (LatchLock) lock = lock_news_lock_new (1);
  g_autoptr (LatchDeviceSnapshot) news = latch_device_snapshot_new (1);

  latch_lock_apply (lock, news, HEARD + 9);
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_get_stale (lock));
  g_assert_cmpint (latch_lock_get_confirmed_at (lock), ==, HEARD);
  g_assert_false (latch_lock_is_secured (lock));

  /* The same of a state without its code */
  lock_news_apply (lock, 1, SAID, HEARD + 10);
  g_assert_false (latch_lock_get_stale (lock));
  news->has_state = TRUE;
  news->state.battery_critical = LATCH_TRISTATE_YES;
  latch_lock_apply (lock, news, HEARD + 11);
  g_assert_true (latch_lock_get_stale (lock));
  g_assert_cmpint (latch_lock_get_battery_critical (lock), ==, LATCH_TRISTATE_YES);
}

static void
test_changed_at (void)
{
  g_autoptr (LatchLock) lock = lock_news_lock_new (1);

  /* What is told first is no change that was seen */
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, 0);
  lock_news_apply (lock, 1, SAID, HEARD + 10);
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, 0);
  lock_news_apply (lock, 3, SAID, HEARD + 20);
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, HEARD + 20);
  lock_news_apply (lock, 3, SAID + 100, HEARD + 30);
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, HEARD + 20);
}

static void
test_restore (void)
{
  g_autoptr (LatchLock) lock = latch_lock_new (NULL, 1, 0);
  g_autoptr (LatchDeviceSnapshot) known = lock_news_new (1);

  latch_lock_restore (lock, known, HEARD - 500, HEARD - 900);
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_cmpstr (latch_lock_get_name (lock), ==, "Home");
  g_assert_true (latch_lock_get_stale (lock));
  g_assert_false (latch_lock_is_secured (lock));
  g_assert_cmpint (latch_lock_get_confirmed_at (lock), ==, HEARD - 500);
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, HEARD - 900);

  /* The first look confirms, or shows what changed meanwhile */
  lock_news_apply (lock, 1, SAID, HEARD);
  g_assert_false (latch_lock_get_stale (lock));
  g_assert_cmpint (latch_lock_get_confirmed_at (lock), ==, HEARD);
  g_assert_true (latch_lock_is_secured (lock));
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, HEARD - 900);

  /* Whatever was confirmed before */
  latch_lock_restore (lock, known, HEARD, 0);
  g_assert_true (latch_lock_get_stale (lock));
}

static void
test_restore_moving (void)
{
  g_autoptr (LatchLock) lock = latch_lock_new (NULL, 1, 0);
  g_autoptr (LatchDeviceSnapshot) known = lock_news_new (4);

  latch_lock_restore (lock, known, HEARD, 0);
  /* Nobody vouches for that it still moves */
  g_assert_false (latch_lock_is_busy (lock));
  g_assert_true (latch_lock_can_perform (lock, LATCH_LOCK_ACTION_LOCK));
}

static void
test_offline (void)
{
  g_autoptr (LatchLock) lock = lock_news_lock_new (1);

  latch_lock_set_offline (lock, TRUE);
  g_assert_true (latch_lock_get_offline (lock));
  g_assert_true (latch_lock_has_issue (lock));
  g_assert_false (latch_lock_is_secured (lock));

  /* The bridge's list repeats what it last heard: that is no sign of life */
  lock_news_apply (lock, 1, SAID, HEARD + 10);
  g_assert_true (latch_lock_get_offline (lock));
  lock_news_apply (lock, 1, SAID - 10, HEARD + 10);
  g_assert_true (latch_lock_get_offline (lock));
  lock_news_apply (lock, 1, SAID + 1, HEARD + 20);
  g_assert_false (latch_lock_get_offline (lock));

  /* Nor need the bridge have a clock that goes right */
  latch_lock_set_offline (lock, TRUE);
  lock_news_apply (lock, 3, 0, HEARD + 30);
  g_assert_false (latch_lock_get_offline (lock));

  latch_lock_set_offline (lock, TRUE);
  lock_news_apply (lock, 3, 0, HEARD + 40);
  g_assert_true (latch_lock_get_offline (lock));

  /* A state that is not told is no other state */
  lock_news_apply (lock, -1, 0, HEARD + 50);
  g_assert_true (latch_lock_get_offline (lock));
}

static void
test_busy (void)
{
  const int moving[] = { 2, 4, 7 };
  const int resting[] = { 0, 1, 3, 5, 6, 254, 255, 99 };

  for (guint i = 0; i < G_N_ELEMENTS (moving); i++)
    {
      g_autoptr (LatchLock) lock = lock_news_lock_new (moving[i]);

      g_assert_true (latch_lock_is_busy (lock));
      g_assert_false (latch_lock_can_perform (lock, LATCH_LOCK_ACTION_LOCK));
      latch_lock_set_stale (lock, TRUE);
      g_assert_false (latch_lock_is_busy (lock));
      latch_lock_set_stale (lock, FALSE);
      latch_lock_set_offline (lock, TRUE);
      g_assert_false (latch_lock_is_busy (lock));
    }
  for (guint i = 0; i < G_N_ELEMENTS (resting); i++)
    {
      g_autoptr (LatchLock) lock = lock_news_lock_new (resting[i]);

      g_assert_false (latch_lock_is_busy (lock));
      latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_LOCK);
      g_assert_true (latch_lock_is_busy (lock));
      g_assert_false (latch_lock_can_perform (lock, LATCH_LOCK_ACTION_LOCK));
      g_assert_false (latch_lock_can_perform (lock, LATCH_LOCK_ACTION_UNLOCK));
    }
}

static void
test_can_perform (void)
{
  g_autoptr (LatchLock) lock = lock_news_lock_new (1);
  g_autoptr (LatchLock) opener = latch_lock_new (NULL, 1, 2);

  lock_news_apply (opener, 1, SAID, HEARD);
  for (int action = LATCH_LOCK_ACTION_UNLOCK; action <= LATCH_LOCK_ACTION_DEACTIVATE_CM; action++)
    {
      gboolean for_opener = action >= LATCH_LOCK_ACTION_ACTIVATE_RTO;

      g_assert_cmpint (latch_lock_can_perform (lock, action), ==, !for_opener);
      g_assert_cmpint (latch_lock_can_perform (opener, action), ==, for_opener);
    }
  g_assert_false (latch_lock_can_perform (lock, LATCH_LOCK_ACTION_NONE));
  g_assert_false (latch_lock_can_perform (opener, LATCH_LOCK_ACTION_NONE));

  /* What a lock that has to be set up first would refuse */
  lock_news_apply (lock, 0, SAID, HEARD);
  lock_news_apply (opener, 0, SAID, HEARD);
  g_assert_false (latch_lock_can_perform (lock, LATCH_LOCK_ACTION_LOCK));
  g_assert_false (latch_lock_can_perform (opener, LATCH_LOCK_ACTION_OPEN));

  /* One that is offline, or out of date, may still be tried */
  lock_news_apply (lock, 254, SAID, HEARD);
  latch_lock_set_offline (lock, TRUE);
  latch_lock_set_stale (lock, TRUE);
  g_assert_true (latch_lock_can_perform (lock, LATCH_LOCK_ACTION_LOCK));
}

static void
test_secured (void)
{
  const int codes[] = { 0, 1, 2, 3, 4, 5, 6, 7, 253, 254, 255, 99, -1 };
  g_autoptr (LatchLock) opener = latch_lock_new (NULL, 1, 2);
  g_autoptr (LatchDeviceSnapshot) news = lock_news_new (1);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (LatchLock) lock = lock_news_lock_new (codes[i]);

      g_assert_cmpint (latch_lock_is_secured (lock), ==, codes[i] == 1);
    }

  /* An opener that rests keeps the door shut; not in continuous mode, in which it opens for everybody */
  latch_lock_apply (opener, news, HEARD);
  g_assert_true (latch_lock_is_secured (opener));
  news->state.mode = LATCH_MODE_CONTINUOUS;
  latch_lock_apply (opener, news, HEARD);
  g_assert_false (latch_lock_is_secured (opener));
  news->state.mode = 2;
  latch_lock_apply (opener, news, HEARD);
  g_assert_true (latch_lock_is_secured (opener));
  news->state.state_code = 3;
  latch_lock_apply (opener, news, HEARD);
  g_assert_false (latch_lock_is_secured (opener));
}

static void
test_issue (void)
{
  const int bad[] = { 0, 254, 255 };
  const int good[] = { 1, 2, 3, 4, 5, 6, 7, 253 };
  g_autoptr (LatchLock) battery = lock_news_lock_new (1);
  g_autoptr (LatchLock) keypad = lock_news_lock_new (1);
  g_autoptr (LatchLock) door = lock_news_lock_new (1);
  g_autoptr (LatchDeviceSnapshot) news = lock_news_new (1);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (LatchLock) lock = lock_news_lock_new (bad[i]);

      g_assert_true (latch_lock_has_issue (lock));
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (LatchLock) lock = lock_news_lock_new (good[i]);

      g_assert_false (latch_lock_has_issue (lock));
    }

  news->state.battery_critical = LATCH_TRISTATE_YES;
  latch_lock_apply (battery, news, HEARD);
  g_assert_true (latch_lock_has_issue (battery));
  news->state.battery_critical = LATCH_TRISTATE_NO;
  news->state.keypad_battery_critical = LATCH_TRISTATE_YES;
  latch_lock_apply (keypad, news, HEARD);
  g_assert_true (latch_lock_has_issue (keypad));
  news->state.keypad_battery_critical = LATCH_TRISTATE_NO;
  news->state.door_state_code = 240;
  latch_lock_apply (door, news, HEARD);
  g_assert_true (latch_lock_has_issue (door));

  /* Locked in thin air, unlike an open door that is not locked */
  news->state.state_code = 1;
  news->state.door_state_code = 3;
  latch_lock_apply (door, news, HEARD);
  g_assert_true (latch_lock_has_issue (door));
  news->state.state_code = 3;
  latch_lock_apply (door, news, HEARD);
  g_assert_false (latch_lock_has_issue (door));
}

static void
test_rssi (void)
{
  g_autoptr (LatchLock) lock = lock_news_lock_new (1);

  latch_lock_set_rssi (lock, -60);
  g_assert_cmpint (latch_lock_get_rssi (lock), ==, -60);
  latch_lock_set_rssi (lock, 5);
  g_assert_cmpint (latch_lock_get_rssi (lock), ==, 0);
}

static void
test_leak (void)
{
  LatchLock *lock = lock_news_lock_new (1);

  latch_lock_set_pending_action (lock, LATCH_LOCK_ACTION_LOCK);
  g_assert_finalize_object (lock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lock/new-one-knows-nothing", test_new);
  g_test_add_func ("/lock/properties", test_properties);
  g_test_add_func ("/lock/news/are-merged", test_merge);
  g_test_add_func ("/lock/news/without-state-confirm-nothing", test_no_state);
  g_test_add_func ("/lock/news/changed-at", test_changed_at);
  g_test_add_func ("/lock/restored/is-stale", test_restore);
  g_test_add_func ("/lock/restored/does-not-move", test_restore_moving);
  g_test_add_func ("/lock/offline-until-heard-again", test_offline);
  g_test_add_func ("/lock/busy", test_busy);
  g_test_add_func ("/lock/can-perform", test_can_perform);
  g_test_add_func ("/lock/secured", test_secured);
  g_test_add_func ("/lock/has-issue", test_issue);
  g_test_add_func ("/lock/rssi", test_rssi);
  g_test_add_func ("/lock/is-freed", test_leak);

  return g_test_run ();
}
