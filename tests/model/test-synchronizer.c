/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-error.h"
#include "latch-lock-private.h"
#include "latch-synchronizer-private.h"

#include "latch-test-simulator.h"

typedef struct
{
  LatchTestSimulator *simulator;
  LatchBridge *bridge;
  LatchSynchronizer *synchronizer;
  guint n_heard;
} Fixture;

static void
heard_cb (LatchBridge *bridge, gboolean changed, gboolean pushed, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_heard++;
}

/* A bridge that is asked at another address than that from which it calls, as behind some routers */
#define DEAF "deaf"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = NULL;

  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0",
                                                 g_strcmp0 (data, DEAF) == 0 ? "--address=127.0.0.2" : NULL, NULL);
  client = latch_client_new (latch_test_simulator_get_host (fixture->simulator),
                             latch_test_simulator_get_port (fixture->simulator));
  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);
  fixture->bridge = latch_bridge_new ("2117604523", "Home", client);
  g_signal_connect (fixture->bridge, "heard", G_CALLBACK (heard_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->synchronizer != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (fixture->synchronizer), (gpointer *) &fixture->synchronizer);
      latch_synchronizer_stop (fixture->synchronizer);
      g_object_unref (fixture->synchronizer);
      latch_test_wait_until (fixture->synchronizer == NULL);
    }
  g_object_add_weak_pointer (G_OBJECT (fixture->bridge), (gpointer *) &fixture->bridge);
  g_object_unref (fixture->bridge);
  latch_test_wait_until (fixture->bridge == NULL);
  latch_test_simulator_free (fixture->simulator);
}

static guint
count (Fixture *fixture, const char *path)
{
  return latch_test_simulator_count_requests (fixture->simulator, path);
}

static void
start (Fixture *fixture)
{
  fixture->synchronizer = latch_synchronizer_new (fixture->bridge);
  latch_synchronizer_start (fixture->synchronizer);
}

static void
test_at_once (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  latch_test_wait_until (fixture->n_heard == 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->bridge)), ==, 2);

  /* Signal strengths belong to it, the first time */
  latch_test_wait_until (latch_bridge_get_info (fixture->bridge) != NULL);
  latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_until (fixture->n_heard == 2);
  latch_test_run_for (500);
  g_assert_cmpuint (count (fixture, "/list"), ==, 2);
  g_assert_cmpuint (count (fixture, "/info"), ==, 1);
  g_assert_cmpuint (count (fixture, "/lockState"), ==, 0);
}

/* However often it is told to hurry while it is at it */
static void
test_once_at_a_time (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  for (guint i = 0; i < 5; i++)
    latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_until (fixture->n_heard == 1);
  latch_test_wait_until (latch_bridge_get_info (fixture->bridge) != NULL);
  g_assert_cmpuint (count (fixture, "/list"), ==, 1);
}

/* A bridge that has frozen must not leave "Locked" standing until it is given up */
static void
test_doubts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchLock) lock = NULL;
  gint64 asked_at;

  start (fixture);
  latch_test_wait_until (fixture->n_heard == 1 && latch_bridge_get_info (fixture->bridge) != NULL);
  lock = g_list_model_get_item (G_LIST_MODEL (fixture->bridge), 0);
  g_assert_false (latch_lock_get_stale (lock));

  latch_test_simulator_add_fault (fixture->simulator, "hang", "/list", 1);
  asked_at = g_get_monotonic_time ();
  latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_until (latch_lock_get_stale (lock));
  g_assert_cmpint (g_get_monotonic_time () - asked_at, <, 11 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);

  latch_synchronizer_stop (fixture->synchronizer);
  latch_test_run_for (200);
}

/* Soon after a failure, as bridges lose single requests */
/* Nor while something else that it was asked keeps it from answering */
static void
test_doubts_while_another_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchLock) lock = NULL;
  gint64 asked_at;

  start (fixture);
  latch_test_wait_until (fixture->n_heard == 1 && latch_bridge_get_info (fixture->bridge) != NULL);
  lock = g_list_model_get_item (G_LIST_MODEL (fixture->bridge), 0);

  latch_test_simulator_add_fault (fixture->simulator, "hang", data, 1);
  if (g_str_equal (data, "/lockAction"))
    latch_lock_perform_async (lock, LATCH_LOCK_ACTION_UNLOCK, NULL, NULL, NULL);
  else
    latch_bridge_refresh_info_async (fixture->bridge, NULL, NULL, NULL);
  latch_test_simulator_wait_for_request (fixture->simulator, data);
  asked_at = g_get_monotonic_time ();
  latch_synchronizer_refresh_now (fixture->synchronizer);
  if (g_str_equal (data, "/lockAction"))
    {
      latch_test_run_for (7000);
      g_assert_false (latch_lock_get_stale (lock));
    }
  else
    {
      latch_test_wait_until (latch_lock_get_stale (lock));
      g_assert_cmpint (g_get_monotonic_time () - asked_at, <, 11 * G_TIME_SPAN_SECOND);
    }
}

/* What the bridge says of itself is not everything, but it should not be missing for long */
static void
test_info_again (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "status-500", "/info", 2);
  start (fixture);
  for (guint i = 1; i <= 4; i++)
    {
      latch_test_wait_until (fixture->n_heard == i && count (fixture, "/info") == MIN (i, 2) + (i == 4));
      if (i == 4)
        latch_test_wait_until (latch_bridge_get_info (fixture->bridge) != NULL);
      latch_test_run_for (400);
      g_assert_true ((latch_bridge_get_info (fixture->bridge) != NULL) == (i == 4));
      latch_synchronizer_refresh_now (fixture->synchronizer);
    }
}

/* Who looks at the bridge itself does not see it connected for long when it is not */
static void
test_info_in_vain (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  latch_synchronizer_set_interval (fixture->synchronizer, 600);
  latch_test_wait_until (fixture->n_heard == 1 && latch_bridge_get_info (fixture->bridge) != NULL);
  latch_test_simulator_add_fault (fixture->simulator, "reset", NULL, 0);
  latch_bridge_set_watched_closely (fixture->bridge, TRUE);
  latch_bridge_refresh_info_async (fixture->bridge, NULL, NULL, NULL);
  latch_test_wait_until (latch_bridge_get_connection (fixture->bridge) == LATCH_CONNECTION_UNREACHABLE);
}

/* However often it may be time for another interval */
static void
test_not_put_off (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchSubscription) subscription =
      latch_subscription_new (latch_bridge_get_client (fixture->bridge), "installation");
  gint64 begin;

  start (fixture);
  latch_synchronizer_set_subscription (fixture->synchronizer, subscription);
  latch_test_wait_until (fixture->n_heard == 1);
  begin = g_get_monotonic_time ();
  while (fixture->n_heard == 1 && g_get_monotonic_time () - begin < 30 * G_TIME_SPAN_SECOND)
    {
      g_object_notify (G_OBJECT (subscription), "state");
      latch_test_run_for (500);
    }
  g_assert_cmpuint (fixture->n_heard, ==, 2);
  g_assert_cmpint (g_get_monotonic_time () - begin, >, 5 * G_TIME_SPAN_SECOND);
}

static void
test_tries_again (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/list", 1);
  start (fixture);
  latch_test_wait_until (latch_bridge_get_connection (fixture->bridge) == LATCH_CONNECTION_UNREACHABLE);
  latch_test_wait_until (latch_bridge_get_connection (fixture->bridge) == LATCH_CONNECTION_CONNECTED);
  g_assert_cmpuint (count (fixture, "/list"), ==, 2);
}

/* Who refuses the token is not asked again, come what may of the network: some lock out who tries too often */
static void
test_leaves_alone (Fixture *fixture, gconstpointer data)
{
  latch_client_set_token (latch_bridge_get_client (fixture->bridge), data);
  start (fixture);
  latch_test_wait_until (latch_bridge_get_connection (fixture->bridge) ==
                         (data != NULL ? LATCH_CONNECTION_UNAUTHORIZED : LATCH_CONNECTION_NO_TOKEN));
  g_assert_cmpuint (count (fixture, NULL), ==, data != NULL ? 1 : 0);
  for (guint i = 0; i < 3; i++)
    {
      g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
      latch_test_run_for (200);
    }
  latch_test_run_for (2500);
  g_assert_cmpuint (count (fixture, NULL), ==, data != NULL ? 1 : 0);

  /* But a person may ask */
  latch_client_set_token (latch_bridge_get_client (fixture->bridge), LATCH_TEST_TOKEN);
  latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_until (latch_bridge_get_connection (fixture->bridge) == LATCH_CONNECTION_CONNECTED);
}

static void
test_network_changed (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/list", 2);
  start (fixture);
  latch_test_wait_until (count (fixture, "/list") == 1 &&
                         latch_bridge_get_connection (fixture->bridge) == LATCH_CONNECTION_UNREACHABLE);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  latch_test_wait_until (count (fixture, "/list") == 2);
  latch_test_run_for (100);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  latch_test_wait_until (latch_bridge_get_connection (fixture->bridge) == LATCH_CONNECTION_CONNECTED);
  g_assert_cmpuint (count (fixture, "/list"), ==, 3);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "hang", "/list", 1);
  start (fixture);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
  latch_synchronizer_stop (fixture->synchronizer);
  latch_synchronizer_refresh_now (fixture->synchronizer);
  g_signal_emit_by_name (fixture->synchronizer->sleep_monitor, "woke", G_TIME_SPAN_HOUR);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  latch_test_run_for (700);
  g_assert_cmpuint (fixture->n_heard, ==, 0);
  g_assert_cmpuint (count (fixture, NULL), ==, 1);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNKNOWN);
}

/* Once nobody holds it, and nothing is under way, it ends by itself */
static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  LatchSynchronizer *synchronizer = latch_synchronizer_new (fixture->bridge);

  latch_synchronizer_start (synchronizer);
  g_object_add_weak_pointer (G_OBJECT (synchronizer), (gpointer *) &synchronizer);
  g_object_unref (synchronizer);
  latch_test_wait_until (synchronizer == NULL);
  latch_test_run_for (2500);
  g_assert_cmpuint (count (fixture, "/list"), ==, 1);
}

static LatchLock *
first_lock (Fixture *fixture)
{
  g_autoptr (LatchLock) lock = NULL;

  latch_test_wait_until (fixture->n_heard >= 1);
  lock = g_list_model_get_item (G_LIST_MODEL (fixture->bridge), 0);

  return lock;
}

/* Waits until all that the start brings with it is over */
static void
settle (Fixture *fixture)
{
  latch_test_wait_until (fixture->n_heard >= 1 && latch_bridge_get_info (fixture->bridge) != NULL);
}

static LatchSubscription *
subscribe (Fixture *fixture)
{
  g_autoptr (LatchSubscription) subscription = NULL;

  subscription = latch_subscription_new (latch_bridge_get_client (fixture->bridge), "0123456789abcdef");
  latch_synchronizer_set_subscription (fixture->synchronizer, subscription);

  return subscription;
}

static void
test_interval (Fixture *fixture, gconstpointer data)
{
  LatchSubscription *subscription = NULL;

  start (fixture);
  settle (fixture);
  g_assert_cmpuint (latch_synchronizer_get_interval (fixture->synchronizer), ==, 10);

  /* That a bridge says it will tell does not mean that anything arrives */
  subscription = subscribe (fixture);
  g_assert_true (latch_bridge_get_subscription (fixture->bridge) == subscription);
  latch_test_wait_until (latch_subscription_get_state (subscription) == LATCH_SUBSCRIPTION_REGISTERED);
  g_assert_cmpuint (latch_synchronizer_get_interval (fixture->synchronizer), ==, 10);

  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_test_wait_until (latch_subscription_get_state (subscription) == LATCH_SUBSCRIPTION_WORKING);
  g_assert_cmpuint (latch_synchronizer_get_interval (fixture->synchronizer), ==, 30);
  g_assert_cmpint (fixture->synchronizer->due - fixture->synchronizer->asked_at, >, 29 * G_TIME_SPAN_SECOND);

  latch_synchronizer_set_visible (fixture->synchronizer, FALSE);
  g_assert_cmpuint (latch_synchronizer_get_interval (fixture->synchronizer), ==, 60);
  g_assert_cmpint (fixture->synchronizer->due - fixture->synchronizer->asked_at, >, 59 * G_TIME_SPAN_SECOND);

  latch_synchronizer_set_interval (fixture->synchronizer, 7);
  g_assert_cmpuint (latch_synchronizer_get_interval (fixture->synchronizer), ==, 7);
}

/* Who looks at the window again does not look at the past */
static void
test_visible (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  settle (fixture);
  latch_synchronizer_set_visible (fixture->synchronizer, FALSE);
  latch_synchronizer_set_visible (fixture->synchronizer, TRUE);
  latch_test_run_for (500);
  g_assert_cmpuint (count (fixture, "/list"), ==, 1);

  latch_synchronizer_set_visible (fixture->synchronizer, FALSE);
  fixture->synchronizer->asked_at -= 40 * G_TIME_SPAN_SECOND;
  latch_synchronizer_set_visible (fixture->synchronizer, TRUE);
  g_assert_nonnull (fixture->synchronizer->asking);
  latch_test_wait_until (fixture->n_heard == 2);
}

static void
test_push (Fixture *fixture, gconstpointer data)
{
  LatchSubscription *subscription = NULL;
  LatchLock *lock = NULL;

  start (fixture);
  settle (fixture);
  lock = first_lock (fixture);
  subscription = subscribe (fixture);
  latch_test_wait_until (latch_subscription_get_state (subscription) == LATCH_SUBSCRIPTION_REGISTERED);

  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_test_wait_until (latch_lock_get_state (lock) == LATCH_LOCK_STATE_UNLOCKED);
  g_assert_cmpuint (count (fixture, "/list"), ==, 1);
  g_assert_false (latch_lock_get_stale (lock));

  /* Without, nothing is heard */
  latch_synchronizer_set_subscription (fixture->synchronizer, NULL);
  g_assert_null (latch_bridge_get_subscription (fixture->bridge));
}

/* What a list tells that should have been told before shows that nothing arrives */
static void
test_untold (Fixture *fixture, gconstpointer data)
{
  LatchSubscription *subscription = NULL;

  start (fixture);
  settle (fixture);
  subscription = subscribe (fixture);
  latch_test_wait_until (latch_subscription_get_state (subscription) == LATCH_SUBSCRIPTION_REGISTERED);
  latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_until (fixture->n_heard == 2);

  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_until (latch_subscription_get_state (subscription) == LATCH_SUBSCRIPTION_FAILED);
  g_assert_error (latch_subscription_get_error (subscription), LATCH_ERROR, LATCH_ERROR_CALLBACKS_BLOCKED);
  g_assert_cmpuint (latch_synchronizer_get_interval (fixture->synchronizer), ==, 10);
}

/* Of eight hours of sleep, nobody knows anything until somebody has asked */
static void
test_wakes_up (Fixture *fixture, gconstpointer data)
{
  LatchLock *lock = NULL;

  start (fixture);
  settle (fixture);
  lock = first_lock (fixture);
  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  g_signal_emit_by_name (fixture->synchronizer->sleep_monitor, "woke", 8 * G_TIME_SPAN_HOUR);
  g_assert_true (latch_lock_get_stale (lock));
  latch_test_wait_until (fixture->n_heard == 2);
  g_assert_false (latch_lock_get_stale (lock));
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_UNLOCKED);
}

/* What was asked before the computer slept may never be answered */
static void
test_wakes_up_while_asking (Fixture *fixture, gconstpointer data)
{
  gint64 woke_at;

  start (fixture);
  settle (fixture);
  latch_test_simulator_add_fault (fixture->simulator, "hang", "/list", 1);
  latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_until (count (fixture, "/list") == 2);
  woke_at = g_get_monotonic_time ();
  g_signal_emit_by_name (fixture->synchronizer->sleep_monitor, "woke", 8 * G_TIME_SPAN_HOUR);
  latch_test_wait_until (fixture->n_heard == 2);
  g_assert_cmpint (g_get_monotonic_time () - woke_at, <, 10 * G_TIME_SPAN_SECOND);
}

/* A clock that was set right is a reason to try again; nothing else is, where access was refused */
static void
test_clock_set (Fixture *fixture, gconstpointer data)
{
  latch_client_set_token (latch_bridge_get_client (fixture->bridge), "wr0ng");
  start (fixture);
  latch_test_wait_until (latch_bridge_get_connection (fixture->bridge) == LATCH_CONNECTION_UNAUTHORIZED);
  g_signal_emit_by_name (fixture->synchronizer->sleep_monitor, "woke", G_TIME_SPAN_HOUR);
  latch_test_run_for (700);
  g_assert_cmpuint (count (fixture, "/list"), ==, 1);

  latch_client_set_token (latch_bridge_get_client (fixture->bridge), LATCH_TEST_TOKEN);
  g_signal_emit_by_name (fixture->synchronizer->sleep_monitor, "clock-set", -G_TIME_SPAN_HOUR);
  latch_test_wait_until (latch_bridge_get_connection (fixture->bridge) == LATCH_CONNECTION_CONNECTED);

  /* Clocks are set all the time, by little */
  g_signal_emit_by_name (fixture->synchronizer->sleep_monitor, "clock-set", -G_TIME_SPAN_HOUR);
  latch_test_run_for (200);
  g_assert_cmpuint (count (fixture, "/list"), ==, 2);
}

static void
test_sign_of_life (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  settle (fixture);
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/list", 1);
  latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_until (fixture->synchronizer->n_failures == 1);
  /* It would not be asked for long */
  fixture->synchronizer->n_failures = 9;
  latch_synchronizer_ask_in (fixture->synchronizer, 60000);

  latch_bridge_refresh_info_async (fixture->bridge, NULL, NULL, NULL);
  latch_test_wait_until (fixture->n_heard == 2);
  g_assert_cmpuint (fixture->synchronizer->n_failures, ==, 0);
}

/* Who presses Try Again does not wait until it is time for another search */
static void
test_hurries (Fixture *fixture, gconstpointer data)
{
  LatchLocator *locator = NULL;

  start (fixture);
  settle (fixture);
  locator = fixture->synchronizer->locator;
  latch_synchronizer_set_discovery (fixture->synchronizer, TRUE, "http://127.0.0.1:9/discover/bridges");
  latch_locator_search_async (locator, NULL, NULL, NULL);
  g_assert_false (latch_locator_is_due (locator));
  latch_synchronizer_refresh_now (fixture->synchronizer);
  g_assert_true (latch_locator_is_due (locator));
  latch_test_wait_until (fixture->n_heard == 2);
}

static void
refuse (Fixture *fixture, LatchError code)
{
  g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, code, "No");

  latch_bridge_apply_error (fixture->bridge, error);
}

/* A command that was refused does not end the watching, whatever the window does */
static void
test_refused_command (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  settle (fixture);
  refuse (fixture, LATCH_ERROR_UNAUTHORIZED);
  latch_synchronizer_set_visible (fixture->synchronizer, FALSE);
  latch_synchronizer_set_visible (fixture->synchronizer, TRUE);
  g_assert_cmpuint (fixture->synchronizer->timer_id, !=, 0);
  latch_test_wait_until (fixture->n_heard == 2);
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  LatchClient *client = latch_bridge_get_client (fixture->bridge);

  start (fixture);
  settle (fixture);
  g_assert_cmpuint (latch_synchronizer_get_refused_interval (fixture->synchronizer), ==, 0);
  /* A bare token that is wrong stays so */
  refuse (fixture, LATCH_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (latch_synchronizer_get_refused_interval (fixture->synchronizer), ==, 0);

  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_ENCRYPTED);
  g_assert_cmpuint (latch_synchronizer_get_refused_interval (fixture->synchronizer), ==, 900);
  refuse (fixture, LATCH_ERROR_CLOCK_WRONG);
  g_assert_cmpuint (latch_synchronizer_get_refused_interval (fixture->synchronizer), ==, 60);
  refuse (fixture, LATCH_ERROR_NO_TOKEN);
  g_assert_cmpuint (latch_synchronizer_get_refused_interval (fixture->synchronizer), ==, 0);

  /* It may be somebody else who refused it, and the bridge elsewhere: also if it takes bare tokens only */
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);
  refuse (fixture, LATCH_ERROR_UNAUTHORIZED);
  latch_synchronizer_set_discovery (fixture->synchronizer, TRUE, "http://127.0.0.1:9/discover/bridges");
  g_assert_cmpuint (latch_synchronizer_get_refused_interval (fixture->synchronizer), <=, 1);
  latch_locator_search_async (fixture->synchronizer->locator, NULL, NULL, NULL);
  g_assert_cmpuint (latch_synchronizer_get_refused_interval (fixture->synchronizer), >=, 59);
  g_assert_cmpuint (latch_synchronizer_get_refused_interval (fixture->synchronizer), <=, 61);
  /* Nor does it take as long as until a protected token is tried again */
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_ENCRYPTED);
  g_assert_cmpuint (latch_synchronizer_get_refused_interval (fixture->synchronizer), <=, 61);
}

/* Who refused us a while ago may be somebody else at its address: it is looked for elsewhere, and asked once in a while */
static void
test_searches_instead (Fixture *fixture, gconstpointer data)
{
  LatchClient *client = latch_bridge_get_client (fixture->bridge);

  start (fixture);
  settle (fixture);
  refuse (fixture, LATCH_ERROR_UNAUTHORIZED);
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_ENCRYPTED);
  fixture->synchronizer->asked_at = g_get_monotonic_time ();
  /* A command was refused, but not the list */
  g_assert_false (latch_synchronizer_search_instead (fixture->synchronizer));
  fixture->synchronizer->list_refused = TRUE;
  g_assert_true (latch_synchronizer_search_instead (fixture->synchronizer));
  fixture->synchronizer->asked_at -= 16 * G_TIME_SPAN_MINUTE;
  g_assert_false (latch_synchronizer_search_instead (fixture->synchronizer));

  /* Nobody is told a bare token again and again */
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);
  g_assert_true (latch_synchronizer_search_instead (fixture->synchronizer));
  /* The bridge itself has said that it is but a clock */
  refuse (fixture, LATCH_ERROR_CLOCK_WRONG);
  g_assert_false (latch_synchronizer_search_instead (fixture->synchronizer));
}

/* What was told while the program stood still is older than it seems */
static void
test_stood_still (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchDeviceSnapshot) news = latch_device_snapshot_new (1);
  LatchSubscription *subscription = NULL;
  LatchLock *lock = NULL;

  start (fixture);
  settle (fixture);
  lock = first_lock (fixture);
  subscription = subscribe (fixture);
  latch_test_wait_until (latch_subscription_get_state (subscription) == LATCH_SUBSCRIPTION_REGISTERED);
  latch_test_wait_until (fixture->synchronizer->asking == NULL && fixture->synchronizer->timer_id != 0);
  fixture->synchronizer->due -= 60 * G_TIME_SPAN_SECOND;
  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_test_wait_until (latch_lock_get_stale (lock));
  /* Nor is what comes behind it newer */
  news->device_type = 0;
  news->has_state = TRUE;
  news->state.state_code = 1;
  g_signal_emit_by_name (subscription, "event", news);
  g_assert_true (latch_lock_get_stale (lock));
  g_assert_true (fixture->synchronizer->ask_again);
  latch_test_wait_until (!latch_lock_get_stale (lock));
  g_assert_cmpint (latch_lock_get_source (lock), ==, LATCH_NEWS_SOURCE_LISTED);
  latch_test_wait_until (!fixture->synchronizer->away);
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_UNLOCKED);

  news->state.state_code = 5;
  g_signal_emit_by_name (subscription, "event", news);
  g_assert_cmpint (latch_lock_get_state (lock), ==, LATCH_LOCK_STATE_UNLATCHED);
}

/* A list that is older than a command says nothing of its outcome; the lock does */
static void
test_resolves_doubt (Fixture *fixture, gconstpointer data)
{
  LatchLock *lock = NULL;

  start (fixture);
  settle (fixture);
  lock = first_lock (fixture);
  latch_test_simulator_add_fault (fixture->simulator, "status-500", "/lockState", 1);
  latch_lock_doubt (lock);
  latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_until (count (fixture, "/lockState") == 1);
  g_assert_true (latch_lock_get_stale (lock));
  latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_until (!latch_lock_get_stale (lock));
  g_assert_cmpint (latch_lock_get_source (lock), ==, LATCH_NEWS_SOURCE_ASKED);
  g_assert_cmpuint (count (fixture, "/lockState"), ==, 2);
}

/* A list that stays in a movement wears out no battery: the lock is asked once */
static void
test_stuck (Fixture *fixture, gconstpointer data)
{
  LatchLock *lock = NULL;

  start (fixture);
  settle (fixture);
  lock = first_lock (fixture);
  latch_test_simulator_post (fixture->simulator, "locks/1?state=4");
  latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_until (latch_lock_get_state (lock) == LATCH_LOCK_STATE_LOCKING);
  g_assert_cmpuint (count (fixture, "/lockState"), ==, 0);

  lock->in_state_since -= 30 * G_TIME_SPAN_SECOND;
  for (guint i = 0; i < 3; i++)
    {
      guint n_heard = fixture->n_heard;

      latch_synchronizer_refresh_now (fixture->synchronizer);
      latch_test_wait_until (fixture->n_heard > n_heard);
    }
  latch_test_wait_until (count (fixture, "/lockState") > 0);
  latch_test_run_for (500);
  g_assert_cmpuint (count (fixture, "/lockState"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, data, function) g_test_add ("/synchronizer/" name, Fixture, data, set_up, function, tear_down)
  add ("asks-at-once", NULL, test_at_once);
  add ("asks-once-at-a-time", NULL, test_once_at_a_time);
  add ("doubts-while-it-waits", NULL, test_doubts);
  add ("doubts-while-another-waits", "/info", test_doubts_while_another_waits);
  add ("is-patient-with-bolts", "/lockAction", test_doubts_while_another_waits);
  add ("asks-for-info-again", NULL, test_info_again);
  add ("asks-when-the-bridge-does-not-tell-of-itself", NULL, test_info_in_vain);
  add ("is-not-put-off", NULL, test_not_put_off);
  add ("tries-again", NULL, test_tries_again);
  add ("leaves-alone/who-refuses-the-token", "wrongT0ken", test_leaves_alone);
  add ("leaves-alone/without-token", NULL, test_leaves_alone);
  add ("network-changed", NULL, test_network_changed);
  add ("stop", NULL, test_stop);
  add ("let-go", NULL, test_let_go);
  add ("interval-fits-what-is-known", NULL, test_interval);
  add ("asks-at-once-when-it-is-seen-again", NULL, test_visible);
  add ("push-shows-without-asking", NULL, test_push);
  add ("untold-changes-show-that-nothing-arrives", DEAF, test_untold);
  add ("wakes-up-in-doubt-and-asks", NULL, test_wakes_up);
  add ("wakes-up-from-a-question", NULL, test_wakes_up_while_asking);
  add ("a-clock-that-was-set-is-a-reason-to-ask", NULL, test_clock_set);
  add ("any-sign-of-life-ends-the-waiting", NULL, test_sign_of_life);
  add ("a-refused-command-does-not-end-it", NULL, test_refused_command);
  add ("asks-again-after-a-refusal-where-that-may-help", NULL, test_refusals);
  add ("searches-instead-of-asking-a-stranger", NULL, test_searches_instead);
  add ("takes-nothing-that-waited-while-it-stood-still", NULL, test_stood_still);
  add ("resolves-a-doubt-by-asking-the-lock", NULL, test_resolves_doubt);
  add ("who-asks-does-not-wait-for-a-search", NULL, test_hurries);
  add ("asks-a-lock-that-is-stuck-once", NULL, test_stuck);

  return g_test_run ();
}
