/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-bridge-maintain.h"

#include "latch-bridge-private.h"
#include "latch-error.h"
#include "latch-synchronizer.h"
#include "lock-fixture.h"

/* What takes minutes takes seconds here; the bridge itself keeps real time, and is quick */
#define HASTE 60

typedef struct
{
  LatchTestSimulator *simulator;
  LatchBridge *bridge;
  LatchSynchronizer *synchronizer; /* NULL if nobody keeps it fresh */
  GString *story;
} Fixture;

static void
tell_cb (LatchBridge *bridge, GParamSpec *pspec, gpointer user_data)
{
  static const char *const maintenance[] = { "none", "restarting", "updating", "resetting", "was-reset" };
  static const char *const connection[] = { "unknown", "connected", "unreachable", "unauthorized", "busy", "no-token" };
  GString *story = ((Fixture *) user_data)->story;

  if (g_str_equal (pspec->name, "maintenance"))
    g_string_append_printf (story, "%s ", maintenance[latch_bridge_get_maintenance (bridge)]);
  else if (g_str_equal (pspec->name, "asked-to"))
    g_string_append_printf (story, "asked:%s ", maintenance[latch_bridge_get_asked_to (bridge)]);
  else if (g_str_equal (pspec->name, "connection"))
    g_string_append_printf (story, "%s ", connection[latch_bridge_get_connection (bridge)]);
}

static void
refresh (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) info_result = NULL;

  latch_bridge_refresh_async (fixture->bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_true (latch_bridge_refresh_finish (fixture->bridge, result, NULL));
  latch_bridge_refresh_info_async (fixture->bridge, NULL, latch_test_take_result_cb, &info_result);
  latch_test_wait_for (info_result);
  g_assert_true (latch_bridge_refresh_info_finish (fixture->bridge, info_result, NULL));
}

/* @data: one more option of the bridge's */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = NULL;

  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0", "--uptime=100000",
                                                 "--firmware=2.17.0", "--reboot-time=0.5", data, NULL);
  client = lock_client_new (fixture->simulator);
  fixture->bridge = latch_bridge_new ("2117604523", "Home", client);
  fixture->bridge->haste = HASTE;
  fixture->story = g_string_new (NULL);
  refresh (fixture);
  latch_test_simulator_clear_requests (fixture->simulator);
  g_signal_connect (fixture->bridge, "notify", G_CALLBACK (tell_cb), fixture);
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
  g_signal_handlers_disconnect_by_data (fixture->bridge, fixture);
  g_object_add_weak_pointer (G_OBJECT (fixture->bridge), (gpointer *) &fixture->bridge);
  g_object_unref (fixture->bridge);
  latch_test_wait_until (fixture->bridge == NULL);
  latch_test_simulator_free (fixture->simulator);
  g_string_free (fixture->story, TRUE);
}

static LatchMaintenanceReport *
maintain (Fixture *fixture, LatchMaintenance what, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_maintain_async (fixture->bridge, what, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_bridge_maintain_finish (fixture->bridge, result, error);
}

static void
assert_outcome (Fixture *fixture, LatchMaintenance what, LatchMaintenanceOutcome outcome, const char *before, const char *after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchMaintenanceReport) report = maintain (fixture, what, &error);

  g_assert_no_error (error);
  g_assert_cmpint (report->outcome, ==, outcome);
  g_assert_cmpstr (report->firmware_before, ==, before);
  g_assert_cmpstr (report->firmware_after, ==, after);
}

static void
assert_fails (Fixture *fixture, LatchMaintenance what, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchMaintenanceReport) report = maintain (fixture, what, &error);

  g_assert_null (report);
  g_assert_error (error, LATCH_ERROR, code);
}

static void
assert_sent_once (Fixture *fixture, const char *path)
{
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, path), ==, 1);
}

static gboolean
is_stale (Fixture *fixture)
{
  return latch_lock_get_stale (latch_bridge_find_lock (fixture->bridge, 1, 0));
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_assert_false (is_stale (fixture));
  assert_outcome (fixture, LATCH_MAINTENANCE_RESTARTING, LATCH_MAINTENANCE_OUTCOME_RESTARTED, "2.17.0", "2.17.0");
  assert_sent_once (fixture, "/reboot");
  /* Never is it said to be unreachable; and what was known before is in doubt until it has been heard */
  g_assert_cmpstr (fixture->story->str, ==, "asked:restarting restarting asked:none unknown none ");
  g_assert_true (is_stale (fixture));
}

/* A bridge that breaks off the connection as it goes down */
static void
test_lost_answer (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/reboot", 1);
  assert_outcome (fixture, LATCH_MAINTENANCE_RESTARTING, LATCH_MAINTENANCE_OUTCOME_RESTARTED, "2.17.0", "2.17.0");
  assert_sent_once (fixture, "/reboot");
  g_assert_cmpstr (fixture->story->str, ==, "asked:restarting restarting asked:none unknown none ");
}

/* Nobody asks for lists meanwhile, and the first one comes as soon as it is back */
static void
test_synchronizer_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchSubscription) subscription =
      latch_subscription_new (latch_bridge_get_client (fixture->bridge), "0123456789abcdef");
  g_autoptr (GAsyncResult) result = NULL;

  fixture->synchronizer = latch_synchronizer_new (fixture->bridge);
  latch_synchronizer_set_subscription (fixture->synchronizer, subscription);
  latch_synchronizer_start (fixture->synchronizer);
  latch_test_wait_until (latch_subscription_get_state (subscription) == LATCH_SUBSCRIPTION_REGISTERED);
  latch_test_simulator_clear_requests (fixture->simulator);

  latch_bridge_maintain_async (fixture->bridge, LATCH_MAINTENANCE_RESTARTING, latch_test_take_result_cb, &result);
  latch_test_wait_until (latch_bridge_get_maintenance (fixture->bridge) == LATCH_MAINTENANCE_RESTARTING);
  for (guint i = 0; i < 3; i++)
    latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_wait_for (result);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), ==, 0);

  latch_test_wait_until (latch_bridge_get_connection (fixture->bridge) == LATCH_CONNECTION_CONNECTED);
  g_assert_false (is_stale (fixture));
  latch_test_simulator_wait_for_request (fixture->simulator, "/callback/list");
  g_assert_null (strstr (fixture->story->str, "unreachable"));
}

static void
test_stays_away (Fixture *fixture, gconstpointer data)
{
  assert_fails (fixture, LATCH_MAINTENANCE_RESTARTING, LATCH_ERROR_TIMED_OUT);
  g_assert_cmpstr (fixture->story->str, ==, "asked:restarting restarting asked:none unknown none unreachable ");
}

/* A bridge that says that it will, and does not */
static void
test_does_not_restart (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "empty", "/reboot", 1);
  assert_fails (fixture, LATCH_MAINTENANCE_RESTARTING, LATCH_ERROR_REFUSED);
  assert_sent_once (fixture, "/reboot");
  g_assert_cmpint (latch_bridge_get_maintenance (fixture->bridge), ==, LATCH_MAINTENANCE_NONE);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *fault;
    int code;
    LatchConnection connection;
  } cases[] = {
    { "status-404", LATCH_ERROR_NOT_SUPPORTED, LATCH_CONNECTION_CONNECTED },
    { "status-400", LATCH_ERROR_INVALID_ARGUMENT, LATCH_CONNECTION_CONNECTED },
    { "success-false", LATCH_ERROR_REFUSED, LATCH_CONNECTION_CONNECTED },
    { "status-401", LATCH_ERROR_UNAUTHORIZED, LATCH_CONNECTION_UNAUTHORIZED },
    { "status-403", LATCH_ERROR_UNAUTHORIZED, LATCH_CONNECTION_UNAUTHORIZED },
  };
  static const char *const paths[] = { "/reboot", "/fwupdate", "/factoryReset" };

  for (guint what = LATCH_MAINTENANCE_RESTARTING; what <= LATCH_MAINTENANCE_RESETTING; what++)
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        const char *path = paths[what - LATCH_MAINTENANCE_RESTARTING];

        refresh (fixture);
        latch_test_simulator_clear_requests (fixture->simulator);
        latch_test_simulator_add_fault (fixture->simulator, cases[i].fault, path, 1);
        assert_fails (fixture, what, cases[i].code);
        assert_sent_once (fixture, path);
        g_assert_cmpint (latch_bridge_get_maintenance (fixture->bridge), ==, LATCH_MAINTENANCE_NONE);
        g_assert_cmpint (latch_bridge_get_asked_to (fixture->bridge), ==, LATCH_MAINTENANCE_NONE);
        g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, cases[i].connection);
      }
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_stop (fixture->simulator);
  assert_fails (fixture, LATCH_MAINTENANCE_RESTARTING, LATCH_ERROR_UNREACHABLE);
  g_assert_cmpstr (fixture->story->str, ==, "asked:restarting asked:none ");
}

static void
test_one_at_a_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LatchMaintenanceReport) report = NULL;

  latch_bridge_maintain_async (fixture->bridge, LATCH_MAINTENANCE_RESTARTING, latch_test_take_result_cb, &result);
  assert_fails (fixture, LATCH_MAINTENANCE_RESTARTING, LATCH_ERROR_BUSY);
  latch_test_wait_until (latch_bridge_get_maintenance (fixture->bridge) == LATCH_MAINTENANCE_RESTARTING);
  assert_fails (fixture, LATCH_MAINTENANCE_RESETTING, LATCH_ERROR_BUSY);
  latch_test_wait_for (result);
  report = latch_bridge_maintain_finish (fixture->bridge, result, NULL);
  g_assert_nonnull (report);
  assert_sent_once (fixture, "/reboot");
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/factoryReset"), ==, 0);
}

/* When it is forgotten in the middle */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_bridge_maintain_async (fixture->bridge, LATCH_MAINTENANCE_UPDATING, latch_test_take_result_cb, &result);
  latch_test_wait_until (latch_bridge_get_maintenance (fixture->bridge) == LATCH_MAINTENANCE_UPDATING);
  latch_bridge_stop_maintaining (fixture->bridge);
  g_assert_cmpint (latch_bridge_get_maintenance (fixture->bridge), ==, LATCH_MAINTENANCE_NONE);
  latch_test_wait_for (result);
  g_assert_null (latch_bridge_maintain_finish (fixture->bridge, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  latch_bridge_stop_maintaining (fixture->bridge);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  assert_outcome (fixture, LATCH_MAINTENANCE_UPDATING, LATCH_MAINTENANCE_OUTCOME_RESTARTED, "2.17.0", "2.18.0");
  assert_sent_once (fixture, "/fwupdate");
  g_assert_null (strstr (fixture->story->str, "unreachable"));
}

/* It stays what it was: one looks at it, and goes on working with it */
static void
test_no_update (Fixture *fixture, gconstpointer data)
{
  assert_outcome (fixture, LATCH_MAINTENANCE_UPDATING, LATCH_MAINTENANCE_OUTCOME_STAYED, "2.17.0", "2.17.0");
  assert_sent_once (fixture, "/fwupdate");
  g_assert_cmpstr (fixture->story->str, ==, "asked:updating updating asked:none none ");
  g_assert_false (is_stale (fixture));
}

/* Where nobody knows whether it was told to look for new firmware, there may well be some */
static void
test_no_update_in_doubt (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/fwupdate", 1);
  assert_fails (fixture, LATCH_MAINTENANCE_UPDATING, LATCH_ERROR_OUTCOME_UNKNOWN);
  assert_sent_once (fixture, "/fwupdate");
  g_assert_cmpint (latch_bridge_get_maintenance (fixture->bridge), ==, LATCH_MAINTENANCE_NONE);
  g_assert_false (is_stale (fixture));
}

static void
assert_left_alone (Fixture *fixture)
{
  fixture->synchronizer = latch_synchronizer_new (fixture->bridge);
  latch_synchronizer_set_interval (fixture->synchronizer, 1);
  latch_synchronizer_start (fixture->synchronizer);
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_test_run_for (1500);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), ==, 0);
}

static void
test_reset (Fixture *fixture, gconstpointer data)
{
  assert_outcome (fixture, LATCH_MAINTENANCE_RESETTING, LATCH_MAINTENANCE_OUTCOME_RESET, "2.17.0", "2.17.0");
  assert_sent_once (fixture, "/factoryReset");
  g_assert_cmpstr (fixture->story->str, ==, "asked:resetting resetting asked:none unknown was-reset ");
  assert_left_alone (fixture);

  /* But whoever wants to know may ask, and it stays what it is */
  latch_synchronizer_refresh_now (fixture->synchronizer);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
  latch_test_run_for (300);
  g_assert_cmpint (latch_bridge_get_maintenance (fixture->bridge), ==, LATCH_MAINTENANCE_WAS_RESET);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNKNOWN);
}

/* Real ones forget their network, and are not seen again */
static void
test_reset_is_silence (Fixture *fixture, gconstpointer data)
{
  assert_outcome (fixture, LATCH_MAINTENANCE_RESETTING, LATCH_MAINTENANCE_OUTCOME_RESET, "2.17.0", "2.17.0");
  g_assert_cmpstr (fixture->story->str, ==, "asked:resetting resetting asked:none unknown was-reset ");
}

/* But silence is not enough where nobody knows whether it was told */
static void
test_reset_in_doubt (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/factoryReset", 1);
  assert_fails (fixture, LATCH_MAINTENANCE_RESETTING, LATCH_ERROR_OUTCOME_UNKNOWN);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNREACHABLE);
}

/* Somebody who still takes our token has not forgotten it */
static void
test_not_reset (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "empty", "/factoryReset", 1);
  assert_fails (fixture, LATCH_MAINTENANCE_RESETTING, LATCH_ERROR_REFUSED);
  g_assert_cmpint (latch_bridge_get_maintenance (fixture->bridge), ==, LATCH_MAINTENANCE_NONE);

  latch_bridge_set_maintenance (fixture->bridge, LATCH_MAINTENANCE_WAS_RESET);
  refresh (fixture);
  g_assert_cmpint (latch_bridge_get_maintenance (fixture->bridge), ==, LATCH_MAINTENANCE_NONE);
}

/* What somebody else does to it is none of this */
static void
test_others_restart (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_post (fixture->simulator, "reboot");
  fixture->synchronizer = latch_synchronizer_new (fixture->bridge);
  latch_synchronizer_start (fixture->synchronizer);
  latch_test_wait_until (strstr (fixture->story->str, "unreachable") != NULL);
  g_assert_null (strstr (fixture->story->str, "restarting"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define T(name, data, function) g_test_add ("/bridge-maintain/" name, Fixture, data, set_up, function, tear_down)
  T ("restart-is-expected-silence", NULL, test_restart);
  T ("lost-answer-is-watched-likewise", NULL, test_lost_answer);
  T ("synchronizer-waits-for-the-return", NULL, test_synchronizer_waits);
  T ("staying-away-is-an-outage", "--reboot-time=3600", test_stays_away);
  T ("no-restart-is-said", NULL, test_does_not_restart);
  T ("refusal-is-the-end", NULL, test_refused);
  T ("unreachable-is-not-told", NULL, test_unreachable);
  T ("one-at-a-time", NULL, test_one_at_a_time);
  T ("ends-with-its-keeper", "--new-firmware=none", test_stopped);
  T ("update-tells-versions", "--new-firmware=2.18.0", test_update);
  T ("no-update-is-no-failure", "--new-firmware=none", test_no_update);
  T ("no-update-in-doubt-is-said", "--new-firmware=none", test_no_update_in_doubt);
  T ("reset-is-never-asked-again", NULL, test_reset);
  T ("reset-is-silence", "--reboot-time=3600", test_reset_is_silence);
  T ("reset-in-doubt-is-an-outage", "--reboot-time=3600", test_reset_in_doubt);
  T ("not-reset-is-said", NULL, test_not_reset);
  T ("restart-by-others-is-an-outage", "--reboot-time=3600", test_others_restart);
#undef T

  return g_test_run ();
}
