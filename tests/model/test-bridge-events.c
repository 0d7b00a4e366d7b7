/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-bridge.h"
#include "latch-lock-private.h"

#include "latch-test-simulator.h"

#define LISTED_AT 1000
#define TOLD_AT 1020
#define LATER 2000

static LatchDeviceSnapshot *
make_news (guint64 nuki_id, int device_type, int state_code)
{
  LatchDeviceSnapshot *news = latch_device_snapshot_new (nuki_id);

  news->device_type = device_type;
  news->has_state = state_code >= 0;
  news->state.state_code = state_code;

  return news;
}

/* A lock and a smart door that have the same ID, and an opener */
static LatchBridge *
make_bridge (void)
{
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", 1);
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);
  LatchBridge *bridge = latch_bridge_new ("1", "Home", client);
  LatchDeviceSnapshot *first = make_news (1, 0, 1);

  first->name = g_strdup ("Front Door");
  first->firmware_version = g_strdup ("3.4.5");
  first->state.battery_percent = 85;
  first->state.battery_critical = LATCH_TRISTATE_NO;
  first->state.door_state_code = 2;
  first->state.timestamp = 900;
  g_ptr_array_add (devices, first);
  g_ptr_array_add (devices, make_news (1, 3, 1));
  g_ptr_array_add (devices, make_news (2, 2, 1));
  latch_bridge_apply_list (bridge, devices, LISTED_AT);

  return bridge;
}

static gboolean
tell (LatchBridge *bridge, guint64 nuki_id, int device_type, int state_code)
{
  g_autoptr (LatchDeviceSnapshot) news = make_news (nuki_id, device_type, state_code);

  return latch_bridge_apply_event (bridge, news, TOLD_AT);
}

static void
heard_cb (LatchBridge *bridge, gboolean changed, gboolean pushed, gpointer user_data)
{
  g_string_append_c (user_data, changed ? 'c' : '-');
}

static void
test_merges (void)
{
  g_autoptr (LatchBridge) bridge = make_bridge ();
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);
  g_autoptr (GString) heard = g_string_new (NULL);

  g_signal_connect (bridge, "heard", G_CALLBACK (heard_cb), heard);
  latch_lock_set_stale (lock, TRUE);
  g_assert_true (tell (bridge, 1, 0, 3));

  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_cmpint (latch_lock_get_confirmed_at (lock), ==, TOLD_AT);
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, TOLD_AT);
  g_assert_false (latch_lock_get_stale (lock));
  g_assert_cmpstr (latch_lock_get_name (lock), ==, "Front Door");
  g_assert_cmpstr (latch_lock_get_firmware_version (lock), ==, "3.4.5");
  g_assert_cmpint (latch_lock_get_battery_percent (lock), ==, 85);
  g_assert_cmpint (latch_lock_get_battery_critical (lock), ==, LATCH_TRISTATE_NO);
  g_assert_cmpint (latch_lock_get_door_state (lock), ==, LATCH_DOOR_STATE_CLOSED);
  g_assert_cmpint (latch_lock_get_updated (lock), ==, 900);

  /* The others are others, whatever their IDs */
  g_assert_cmpint (latch_lock_get_state_code (latch_bridge_find_lock (bridge, 1, 3)), ==, 1);
  g_assert_true (tell (bridge, 1, 0, 3));
  g_assert_cmpstr (heard->str, ==, "c-");
}

/* That it is so now does not mean that it became so just now */
static void
test_unseen_changes_have_no_time (void)
{
  g_autoptr (LatchBridge) bridge = make_bridge ();
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);
  g_autoptr (LatchDeviceSnapshot) news = latch_device_snapshot_new (1);

  g_assert_true (tell (bridge, 1, 0, 3));
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, TOLD_AT);
  news->device_type = 0;
  news->has_state = TRUE;
  news->state.state_code = 1;
  g_assert_true (latch_bridge_apply_event (bridge, news, LATER));
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_cmpint (latch_lock_get_changed_at (lock), ==, 0);
}

/* Which may be late; the list knows */
static void
test_ignores_what_is_older (void)
{
  g_autoptr (LatchBridge) bridge = make_bridge ();
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);
  g_autoptr (LatchDeviceSnapshot) news = make_news (1, 0, 3);

  news->state.timestamp = 899;
  g_assert_false (latch_bridge_apply_event (bridge, news, TOLD_AT));
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_cmpint (latch_lock_get_confirmed_at (lock), ==, LISTED_AT);
  news->state.timestamp = 900;
  g_assert_true (latch_bridge_apply_event (bridge, news, TOLD_AT));
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_UNLOCKED);

  /* What was so before a command says nothing of its outcome */
  latch_lock_doubt (lock);
  g_assert_true (latch_bridge_apply_event (bridge, news, TOLD_AT));
  g_assert_true (latch_lock_is_in_doubt (lock));
  news->state.timestamp = 901;
  g_assert_true (latch_bridge_apply_event (bridge, news, TOLD_AT));
  g_assert_false (latch_lock_is_in_doubt (lock));
}

static void
test_ignores_what_says_no_state (void)
{
  g_autoptr (LatchBridge) bridge = make_bridge ();
  LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);

  g_assert_false (tell (bridge, 1, 0, -1));
  g_assert_cmpint (latch_lock_get_state_code (lock), ==, 1);
  g_assert_false (latch_lock_get_stale (lock));
  g_assert_cmpint (latch_lock_get_confirmed_at (lock), ==, LISTED_AT);
  g_assert_false (latch_bridge_has_unconfirmed_events (bridge));
}

static void
test_knows_locks_by_what_is_said (void)
{
  g_autoptr (LatchBridge) bridge = make_bridge ();

  /* Nothing comes to be by an event */
  g_assert_false (tell (bridge, 4711, 0, 3));
  g_assert_false (tell (bridge, 1, 4, 3));
  g_assert_false (tell (bridge, 1, -1, 3));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bridge)), ==, 3);
  g_assert_false (latch_bridge_has_unconfirmed_events (bridge));

  g_assert_true (tell (bridge, 2, -1, 3));
  g_assert_cmpint (latch_lock_get_state (latch_bridge_find_lock (bridge, 2, 2)), ==, LATCH_LOCK_STATE_RTO_ACTIVE);
}

static void
refresh (LatchBridge *bridge, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  latch_test_wait_until (*result != NULL);
  latch_bridge_refresh_finish (bridge, *result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
}

static void
test_the_next_list_decides (void)
{
  g_autoptr (LatchTestSimulator) simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, NULL);
  g_autoptr (LatchClient) client =
      latch_client_new (latch_test_simulator_get_host (simulator), latch_test_simulator_get_port (simulator));
  g_autoptr (LatchBridge) bridge = latch_bridge_new ("1", "Home", client);
  GAsyncResult *result = NULL;
  LatchLock *lock = NULL;
  int device_type;

  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);
  latch_bridge_refresh_async (bridge, NULL, latch_test_take_result_cb, &result);
  refresh (bridge, &result);
  g_assert_false (latch_bridge_has_unconfirmed_events (bridge));
  lock = g_list_model_get_item (G_LIST_MODEL (bridge), 0);
  g_object_unref (lock); /* the bridge has it */
  device_type = latch_lock_get_device_type (lock);
  g_assert_cmpint (latch_lock_get_state_code (lock), ==, 1);
  g_assert_cmpint (latch_lock_get_source (lock), ==, LATCH_NEWS_SOURCE_LISTED);
  g_assert_false (latch_bridge_has_untold_changes (bridge));

  /* What was asked before the event came cannot know of it */
  latch_bridge_refresh_async (bridge, NULL, latch_test_take_result_cb, &result);
  g_assert_true (tell (bridge, latch_lock_get_nuki_id (lock), device_type, 3));
  refresh (bridge, &result);
  g_assert_cmpint (latch_lock_get_state_code (lock), ==, 3);
  g_assert_cmpint (latch_lock_get_source (lock), ==, LATCH_NEWS_SOURCE_TOLD);
  g_assert_true (latch_bridge_has_unconfirmed_events (bridge));
  g_assert_false (latch_bridge_has_untold_changes (bridge));

  /* What is asked afterwards does: the event was wrong */
  latch_bridge_refresh_async (bridge, NULL, latch_test_take_result_cb, &result);
  refresh (bridge, &result);
  g_assert_cmpint (latch_lock_get_state_code (lock), ==, 1);
  g_assert_cmpint (latch_lock_get_source (lock), ==, LATCH_NEWS_SOURCE_LISTED);
  g_assert_false (latch_bridge_has_unconfirmed_events (bridge));
  g_assert_true (latch_bridge_has_untold_changes (bridge));

  latch_lock_ask_async (lock, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_until (result != NULL);
  g_assert_true (latch_lock_ask_finish (lock, result, NULL));
  g_clear_object (&result);
  g_assert_cmpint (latch_lock_get_source (lock), ==, LATCH_NEWS_SOURCE_ASKED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bridge-events/merges", test_merges);
  g_test_add_func ("/bridge-events/unseen-changes-have-no-time", test_unseen_changes_have_no_time);
  g_test_add_func ("/bridge-events/ignores-what-is-older", test_ignores_what_is_older);
  g_test_add_func ("/bridge-events/ignores-what-says-no-state", test_ignores_what_says_no_state);
  g_test_add_func ("/bridge-events/knows-locks-by-what-is-said", test_knows_locks_by_what_is_said);
  g_test_add_func ("/bridge-events/the-next-list-decides", test_the_next_list_decides);

  return g_test_run ();
}
