/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-synchronizer.h"

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

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = NULL;

  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0", NULL);
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
  g_assert_cmpint (g_get_monotonic_time () - asked_at, <, 8 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);

  latch_synchronizer_stop (fixture->synchronizer);
  latch_test_run_for (200);
}

/* Soon after a failure, as bridges lose single requests */
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, data, function) g_test_add ("/synchronizer/" name, Fixture, data, set_up, function, tear_down)
  add ("asks-at-once", NULL, test_at_once);
  add ("asks-once-at-a-time", NULL, test_once_at_a_time);
  add ("doubts-while-it-waits", NULL, test_doubts);
  add ("tries-again", NULL, test_tries_again);
  add ("leaves-alone/who-refuses-the-token", "wrongT0ken", test_leaves_alone);
  add ("leaves-alone/without-token", NULL, test_leaves_alone);
  add ("network-changed", NULL, test_network_changed);
  add ("stop", NULL, test_stop);
  add ("let-go", NULL, test_let_go);

  return g_test_run ();
}
