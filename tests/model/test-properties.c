/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-activity.h"
#include "latch-activity-item.h"
#include "latch-bridge-log.h"
#include "latch-bridge-private.h"
#include "latch-home.h"
#include "latch-log-item.h"
#include "latch-pairing.h"
#include "latch-range.h"
#include "latch-receivers.h"
#include "latch-store.h"
#include "latch-subscription.h"
#include "lock-fixture.h"

/* What windows bind to: properties say what the functions beside them do, and lists what is in them */

#define assert_boolean(object, name, expected)                                                                        \
  G_STMT_START                                                                                                        \
  {                                                                                                                   \
    gboolean actual_ = !(expected);                                                                                   \
                                                                                                                      \
    g_object_get (object, name, &actual_, NULL);                                                                      \
    g_assert_cmpint (actual_, ==, expected);                                                                          \
  }                                                                                                                   \
  G_STMT_END

#define assert_int(object, name, type, expected)                                                                      \
  G_STMT_START                                                                                                        \
  {                                                                                                                   \
    type actual_ = (expected) + 1;                                                                                    \
                                                                                                                      \
    g_object_get (object, name, &actual_, NULL);                                                                      \
    g_assert_true (actual_ == (type) (expected));                                                                     \
  }                                                                                                                   \
  G_STMT_END

static void
assert_string (gpointer object, const char *name, const char *expected)
{
  g_autofree char *actual = NULL;

  g_object_get (object, name, &actual, NULL);
  g_assert_cmpstr (actual, ==, expected);
}

static void
assert_object (gpointer object, const char *name, gpointer expected)
{
  g_autoptr (GObject) actual = NULL;

  g_object_get (object, name, &actual, NULL);
  g_assert_true (actual == expected);
}

/* A list ends where it ends, whoever asks beyond */
static void
assert_list (gpointer list, GType type, guint n_items)
{
  g_assert_cmpuint (g_list_model_get_item_type (list), ==, type);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n_items);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      g_assert_true (g_type_is_a (G_OBJECT_TYPE (item), type));
    }
  g_assert_null (g_list_model_get_item (list, n_items));
  g_assert_null (g_list_model_get_item (list, G_MAXUINT));
}

static void
refresh_info (LockFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_bridge_refresh_info_async (fixture->bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_bridge_refresh_info_finish (fixture->bridge, result, &error);
  g_assert_no_error (error);
}

static void
assert_bridge (LatchBridge *bridge)
{
  const GError *error = latch_bridge_get_error (bridge), *info_error = latch_bridge_get_info_error (bridge);
  g_autoptr (LatchInfoSnapshot) info = NULL;

  assert_string (bridge, "id", latch_bridge_get_id (bridge));
  assert_string (bridge, "name", latch_bridge_get_name (bridge));
  assert_int (bridge, "connection", LatchConnection, latch_bridge_get_connection (bridge));
  assert_string (bridge, "error-message", error != NULL ? error->message : NULL);
  assert_int (bridge, "last-contact", gint64, latch_bridge_get_last_contact (bridge));
  g_object_get (bridge, "info", &info, NULL);
  g_assert_cmpint (info != NULL, ==, latch_bridge_get_info (bridge) != NULL);
  assert_int (bridge, "info-at", gint64, latch_bridge_get_info_at (bridge));
  assert_string (bridge, "info-error-message", info_error != NULL ? info_error->message : NULL);
  assert_boolean (bridge, "asking-info", latch_bridge_get_asking_info (bridge));
  assert_object (bridge, "range", latch_bridge_get_range (bridge));
  assert_boolean (bridge, "session-only", latch_bridge_get_session_only (bridge));
  assert_boolean (bridge, "instant-updates", latch_bridge_get_instant_updates (bridge));
  assert_object (bridge, "subscription", latch_bridge_get_subscription (bridge));
  assert_int (bridge, "maintenance", LatchMaintenance, latch_bridge_get_maintenance (bridge));
  assert_int (bridge, "asked-to", LatchMaintenance, latch_bridge_get_asked_to (bridge));
  assert_int (bridge, "access", LatchAccess, latch_bridge_get_access (bridge));
  assert_boolean (bridge, "changing-access", latch_bridge_get_changing_access (bridge));
}

static void
test_bridge (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchSubscription) subscription =
      latch_subscription_new (latch_bridge_get_client (fixture->bridge), "0123456789abcdef");
  g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_OFFLINE, "Gone");

  assert_bridge (fixture->bridge);
  refresh_info (fixture);
  g_object_set (fixture->bridge, "name", "Cottage", "instant-updates", FALSE, NULL);
  g_assert_cmpstr (latch_bridge_get_name (fixture->bridge), ==, "Cottage");
  g_assert_false (latch_bridge_get_instant_updates (fixture->bridge));
  latch_bridge_set_session_only (fixture->bridge, TRUE);
  latch_bridge_set_subscription (fixture->bridge, subscription);
  latch_bridge_set_access (fixture->bridge, LATCH_ACCESS_FORBIDDEN);
  latch_bridge_set_maintenance (fixture->bridge, LATCH_MAINTENANCE_WAS_RESET);
  assert_bridge (fixture->bridge);

  latch_bridge_set_subscription (fixture->bridge, subscription);
  latch_bridge_set_subscription (fixture->bridge, NULL);
  latch_bridge_set_maintenance (fixture->bridge, LATCH_MAINTENANCE_NONE);
  latch_bridge_apply_error (fixture->bridge, error);
  assert_bridge (fixture->bridge);
  assert_list (fixture->bridge, LATCH_TYPE_LOCK, 3);
}

static void
test_choices (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_lock_choice_free);
  LatchLockChoice *choice = latch_lock_choice_new (1, 0);

  choice->name = g_strdup ("Grandma");
  choice->hidden = TRUE;
  g_ptr_array_add (choices, choice);
  latch_bridge_set_choices (fixture->bridge, choices);
  assert_string (fixture->lock, "name", "Grandma");
  assert_boolean (fixture->lock, "hidden", TRUE);

  /* What somebody else has chosen otherwise is not what was */
  g_ptr_array_set_size (choices, 0);
  latch_bridge_set_choices (fixture->bridge, choices);
  assert_string (fixture->lock, "name", latch_lock_get_given_name (fixture->lock));
  assert_boolean (fixture->lock, "hidden", FALSE);
}

static void
test_range (LockFixture *fixture, gconstpointer data)
{
  LatchRange *range = latch_bridge_get_range (fixture->bridge);

  assert_list (range, LATCH_TYPE_DEVICE_IN_RANGE, 0);
  refresh_info (fixture);
  assert_list (range, LATCH_TYPE_DEVICE_IN_RANGE, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (LatchDeviceInRange) device = g_list_model_get_item (G_LIST_MODEL (range), i);

      assert_int (device, "nuki-id", guint64, latch_device_in_range_get_nuki_id (device));
      assert_int (device, "device-type", int, latch_device_in_range_get_device_type (device));
      assert_string (device, "name", latch_device_in_range_get_name (device));
      assert_int (device, "rssi", int, latch_device_in_range_get_rssi (device));
      assert_int (device, "paired", int, (int) latch_device_in_range_get_paired (device));
      assert_object (device, "lock", latch_device_in_range_get_lock (device));
      g_assert_nonnull (latch_device_in_range_get_lock (device));
    }
}

static void
test_receivers (LockFixture *fixture, gconstpointer data)
{
  LatchReceivers *receivers = latch_receivers_new (fixture->bridge);
  LatchClient *client = latch_bridge_get_client (fixture->bridge);
  g_autoptr (LatchSubscription) subscription = latch_subscription_new (client, "0123456789abcdef");
  g_autoptr (LatchSubscription) other = latch_subscription_new (client, "fedcba9876543210");
  g_autoptr (LatchReceiver) receiver = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  assert_boolean (receivers, "known", FALSE);
  assert_list (receivers, LATCH_TYPE_RECEIVER, 0);
  g_assert_true (lock_refresh (fixture));
  latch_receivers_set_active (receivers, TRUE);
  latch_test_wait_until (latch_receivers_get_known (receivers));
  assert_boolean (receivers, "known", TRUE);

  /* Which of them is ours depends on where we listen, which may change */
  latch_bridge_set_subscription (fixture->bridge, subscription);
  latch_bridge_set_subscription (fixture->bridge, other);
  latch_bridge_set_subscription (fixture->bridge, NULL);

  latch_receivers_add_async (receivers, "http://192.0.2.7/hello", latch_test_take_result_cb, &result);
  assert_boolean (receivers, "adding", TRUE);
  latch_test_wait_for (result);
  latch_receivers_add_finish (receivers, result, &error);
  g_assert_no_error (error);
  assert_boolean (receivers, "adding", FALSE);
  latch_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (receivers)) == 1);
  assert_list (receivers, LATCH_TYPE_RECEIVER, 1);

  receiver = g_list_model_get_item (G_LIST_MODEL (receivers), 0);
  assert_int (receiver, "kind", LatchReceiverKind, latch_receiver_get_kind (receiver));
  assert_boolean (receiver, "leaving", FALSE);
  latch_receiver_set_leaving (receiver, TRUE);
  assert_boolean (receiver, "leaving", TRUE);

  latch_test_simulator_add_fault (fixture->simulator, "garbage", "/callback/list", 5);
  latch_receivers_refresh (receivers);
  latch_test_wait_until (latch_receivers_get_problem (receivers) != NULL);
  assert_string (receivers, "problem", latch_receivers_get_problem (receivers));

  /* What it has asked before is still to be answered */
  g_clear_object (&result);
  g_object_add_weak_pointer (G_OBJECT (receivers), (gpointer *) &receivers);
  g_object_unref (receivers);
  latch_test_wait_until (receivers == NULL);
}

static void
test_log (LockFixture *fixture, gconstpointer data)
{
  LatchBridgeLog *log = latch_bridge_log_new (fixture->bridge);
  g_autoptr (GAsyncResult) cleared = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GError) again_error = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (latch_bridge_log_get_bridge (log) == fixture->bridge);
  assert_int (log, "state", LatchLogState, latch_bridge_log_get_state (log));
  assert_list (log, LATCH_TYPE_LOG_ITEM, 0);
  latch_bridge_log_read_more (log);
  assert_int (log, "state", LatchLogState, latch_bridge_log_get_state (log));
  latch_test_wait_until (latch_bridge_log_get_state (log) != LATCH_LOG_STATE_READING);
  assert_list (log, LATCH_TYPE_LOG_ITEM, g_list_model_get_n_items (G_LIST_MODEL (log)));
  latch_bridge_log_stop (log);

  /* While it is cleared, nothing else is asked of it, nor that again */
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_bridge_log_clear_async (log, NULL, latch_test_take_result_cb, &cleared);
  assert_int (log, "state", LatchLogState, LATCH_LOG_STATE_CLEARING);
  latch_bridge_log_clear_async (log, NULL, latch_test_take_result_cb, &again);
  latch_bridge_log_read_more (log);
  latch_bridge_log_refresh (log);
  latch_bridge_log_stop (log);
  latch_test_wait_until (cleared != NULL && again != NULL);
  g_assert_false (latch_bridge_log_clear_finish (log, again, &again_error));
  g_assert_error (again_error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_assert_true (latch_bridge_log_clear_finish (log, cleared, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/clearlog"), ==, 1);
  latch_test_wait_until (latch_bridge_log_get_state (log) != LATCH_LOG_STATE_READING);

  g_clear_object (&cleared);
  g_clear_object (&again);
  g_object_add_weak_pointer (G_OBJECT (log), (gpointer *) &log);
  g_object_unref (log);
  latch_test_wait_until (log == NULL);
}

static void
test_subscription (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchSubscription) subscription =
      latch_subscription_new (latch_bridge_get_client (fixture->bridge), "0123456789abcdef");

  assert_int (subscription, "state", LatchSubscriptionState, LATCH_SUBSCRIPTION_OFF);
  assert_int (subscription, "last-event-at", gint64, 0);
}

static void
test_pairing (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchPairing) pairing = latch_pairing_new ("192.0.2.1", 8080);

  assert_boolean (pairing, "waiting-for-button", FALSE);
}

static void
test_client (LockFixture *fixture, gconstpointer data)
{
  LatchClient *client = latch_bridge_get_client (fixture->bridge);

  assert_string (client, "host", latch_client_get_host (client));
  assert_int (client, "port", guint, latch_client_get_port (client));
  assert_int (client, "accepted-mode", LatchAuthMode, latch_client_get_accepted_mode (client));
  g_assert_true (lock_refresh (fixture));
  assert_int (client, "accepted-mode", LatchAuthMode, latch_client_get_accepted_mode (client));
}

static void
test_in_memory (void)
{
  g_autoptr (LatchStore) store = latch_store_new_in_memory ();
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new_in_memory ();
  g_autoptr (LatchHome) home = latch_home_new (store, token_store);
  g_autoptr (LatchActivity) activity = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_true (latch_home_get_store (home) == store);
  assert_boolean (home, "loaded", FALSE);
  latch_home_load_async (home, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_true (latch_home_load_finish (home, result, NULL));
  assert_boolean (home, "loaded", TRUE);
  assert_list (home, LATCH_TYPE_BRIDGE, 0);

  activity = latch_activity_new (store, 10);
  assert_boolean (activity, "loading", FALSE);
  latch_activity_refresh (activity);
  assert_boolean (activity, "complete", FALSE);
  assert_boolean (activity, "loading", TRUE);
  latch_test_wait_until (latch_activity_is_complete (activity));
  assert_boolean (activity, "loading", FALSE);
  assert_boolean (activity, "complete", TRUE);
  assert_string (activity, "problem", NULL);
  latch_activity_load_more (activity);
  assert_boolean (activity, "loading", FALSE);
  assert_list (activity, LATCH_TYPE_ACTIVITY_ITEM, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/properties/" name, LockFixture, NULL, lock_set_up, function, lock_tear_down)
  add ("of-bridges", test_bridge);
  add ("of-locks-with-choices", test_choices);
  add ("of-what-is-in-range", test_range);
  add ("of-receivers", test_receivers);
  add ("of-logs", test_log);
  add ("of-subscriptions", test_subscription);
  add ("of-pairings", test_pairing);
  add ("of-clients", test_client);
  g_test_add_func ("/properties/of-homes-and-activity", test_in_memory);

  return g_test_run ();
}
