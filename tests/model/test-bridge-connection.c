/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-bridge.h"

#include "latch-error.h"
#include "latch-test-simulator.h"

#define HEARD 1700000000

static LatchBridge *
bridge_new (void)
{
  g_autoptr (LatchClient) client = latch_client_new ("192.0.2.1", 8080);

  return latch_bridge_new ("2117604523", "Home", client);
}

/* Hears a list of one lock */
static void
hear (LatchBridge *bridge)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);
  LatchDeviceSnapshot *device = latch_device_snapshot_new ('A');

  device->device_type = 0;
  device->has_state = TRUE;
  device->state.state_code = 1;
  g_ptr_array_add (devices, device);
  latch_bridge_apply_list (bridge, devices, HEARD);
}

static void
names_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  GString *names = user_data;

  g_string_append_printf (names, "%s ", pspec->name);
}

static void
assert_names (GString *names, const char *expected)
{
  g_assert_cmpstr (names->str, ==, expected);
  g_string_truncate (names, 0);
}

static void
fail (LatchBridge *bridge, int code)
{
  g_autoptr (GError) error = g_error_new (LATCH_ERROR, code, "Reason %d", code);

  latch_bridge_apply_error (bridge, error);
}

static void
assert_connection (LatchBridge *bridge, LatchConnection connection, gboolean stale)
{
  g_autofree char *message = NULL;

  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, connection);
  g_assert_cmpint (latch_lock_get_stale (latch_bridge_find_lock (bridge, 'A', 0)), ==, stale);
  g_assert_cmpint (latch_bridge_get_error (bridge) == NULL, ==, connection == LATCH_CONNECTION_CONNECTED);
  g_object_get (bridge, "error-message", &message, NULL);
  g_assert_cmpstr (message, ==, latch_bridge_get_error (bridge) != NULL ? latch_bridge_get_error (bridge)->message : NULL);
}

static void
test_one_slip (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (GString) names = g_string_new (NULL);

  hear (bridge);
  g_signal_connect (bridge, "notify", G_CALLBACK (names_cb), names);
  assert_connection (bridge, LATCH_CONNECTION_CONNECTED, FALSE);

  fail (bridge, LATCH_ERROR_TIMED_OUT);
  assert_connection (bridge, LATCH_CONNECTION_CONNECTED, FALSE);
  assert_names (names, "");
  /* The next answer forgives it */
  hear (bridge);
  fail (bridge, LATCH_ERROR_TIMED_OUT);
  assert_connection (bridge, LATCH_CONNECTION_CONNECTED, FALSE);
  assert_names (names, "");

  fail (bridge, LATCH_ERROR_UNREACHABLE);
  assert_connection (bridge, LATCH_CONNECTION_UNREACHABLE, TRUE);
  assert_names (names, "connection error-message ");
  fail (bridge, LATCH_ERROR_UNREACHABLE);
  assert_names (names, "");
  fail (bridge, LATCH_ERROR_BUSY);
  assert_connection (bridge, LATCH_CONNECTION_BUSY, TRUE);
  assert_names (names, "connection error-message ");

  hear (bridge);
  assert_connection (bridge, LATCH_CONNECTION_CONNECTED, FALSE);
  assert_names (names, "connection error-message ");
}

/* A bridge that never answered is not given the benefit of the doubt */
static void
test_first_failure (void)
{
  const struct
  {
    int code;
    LatchConnection connection;
  } failures[] = {
    { LATCH_ERROR_UNREACHABLE, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_TIMED_OUT, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_NOT_A_BRIDGE, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_MALFORMED, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_INVALID_ARGUMENT, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_REFUSED, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_OFFLINE, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_BUSY, LATCH_CONNECTION_BUSY },
    { LATCH_ERROR_UNAUTHORIZED, LATCH_CONNECTION_UNAUTHORIZED },
    { LATCH_ERROR_CLOCK_WRONG, LATCH_CONNECTION_UNAUTHORIZED },
    { LATCH_ERROR_NO_TOKEN, LATCH_CONNECTION_NO_TOKEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (LatchBridge) bridge = bridge_new ();
      g_autoptr (LatchDeviceSnapshot) known = latch_device_snapshot_new ('A');

      known->device_type = 0;
      latch_bridge_restore_lock (bridge, known, HEARD, 0);
      fail (bridge, failures[i].code);
      assert_connection (bridge, failures[i].connection, TRUE);
    }
}

/* What a person has to mend is told at once, whatever was before */
static void
test_at_once (void)
{
  const struct
  {
    int code;
    LatchConnection connection;
  } failures[] = {
    { LATCH_ERROR_UNAUTHORIZED, LATCH_CONNECTION_UNAUTHORIZED },
    { LATCH_ERROR_CLOCK_WRONG, LATCH_CONNECTION_UNAUTHORIZED },
    { LATCH_ERROR_NO_TOKEN, LATCH_CONNECTION_NO_TOKEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (LatchBridge) bridge = bridge_new ();

      hear (bridge);
      fail (bridge, failures[i].code);
      assert_connection (bridge, failures[i].connection, TRUE);
    }
}

/* These say something of a lock or a request, nothing of the bridge */
static void
test_no_failure_of_the_bridge (void)
{
  const int codes[] = { LATCH_ERROR_OFFLINE,          LATCH_ERROR_UNKNOWN_DEVICE, LATCH_ERROR_INVALID_ARGUMENT,
                        LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_ERROR_NOT_SUPPORTED,  LATCH_ERROR_REFUSED };
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  hear (bridge);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, codes[i % G_N_ELEMENTS (codes)], "Reason");

      latch_bridge_apply_lock_error (bridge, error);
    }
  for (guint i = 0; i < 2; i++)
    {
      latch_bridge_apply_error (bridge, cancelled);
      latch_bridge_apply_lock_error (bridge, cancelled);
    }
  assert_connection (bridge, LATCH_CONNECTION_CONNECTED, FALSE);
}

/* While dealing with a lock, the bridge itself may fail */
static void
test_failure_of_the_bridge (void)
{
  const int codes[] = { LATCH_ERROR_UNREACHABLE, LATCH_ERROR_TIMED_OUT, LATCH_ERROR_NOT_A_BRIDGE, LATCH_ERROR_BUSY,
                        LATCH_ERROR_MALFORMED, LATCH_ERROR_UNAUTHORIZED, LATCH_ERROR_CLOCK_WRONG, LATCH_ERROR_NO_TOKEN };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (LatchBridge) bridge = bridge_new ();
      g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, codes[i], "Reason");

      hear (bridge);
      latch_bridge_apply_lock_error (bridge, error);
      latch_bridge_apply_lock_error (bridge, error);
      g_assert_cmpint (latch_bridge_get_connection (bridge), !=, LATCH_CONNECTION_CONNECTED);
    }
}

typedef struct
{
  LatchTestSimulator *simulator;
  LatchBridge *bridge;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = NULL;

  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0", "--action-time=0",
                                                 "--opener=3:Gate", "--lock=1:Home", "--lock=2:Shed:unlocked", NULL);
  client = latch_client_new (latch_test_simulator_get_host (fixture->simulator),
                             latch_test_simulator_get_port (fixture->simulator));
  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);
  fixture->bridge = latch_bridge_new ("2117604523", "Home", client);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->bridge);
  latch_test_simulator_free (fixture->simulator);
}

static gboolean
refresh (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_refresh_async (fixture->bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_bridge_refresh_finish (fixture->bridge, result, error);
}

static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  LatchLock *shed = NULL;

  g_assert_true (refresh (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->bridge)), ==, 3);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
  g_assert_cmpint (latch_bridge_get_last_contact (fixture->bridge), >=, before);
  shed = latch_bridge_find_lock (fixture->bridge, 2, 0);
  g_assert_cmpstr (latch_lock_get_name (shed), ==, "Shed");
  g_assert_cmpint (latch_lock_get_state (shed), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_cmpint (latch_lock_get_confirmed_at (shed), >=, before);
  g_assert_true (latch_lock_is_opener (latch_bridge_find_lock (fixture->bridge, 3, 2)));

  /* A hand on the door shows with the next look; and a lock that was never heard from stays, unconfirmed */
  latch_test_simulator_post (fixture->simulator, "locks/2?state=locked");
  latch_test_simulator_post (fixture->simulator, "locks/1?seen=0");
  g_assert_true (refresh (fixture, &error));
  g_assert_cmpint (latch_lock_get_state (shed), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_get_stale (latch_bridge_find_lock (fixture->bridge, 1, 0)));
}

static void
test_refresh_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) slip = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) refusal = NULL;
  LatchLock *lock = NULL;

  g_assert_true (refresh (fixture, NULL));
  lock = latch_bridge_find_lock (fixture->bridge, 1, 0);
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/list", 2);
  g_assert_false (refresh (fixture, &slip));
  g_assert_error (slip, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
  g_assert_false (latch_lock_get_stale (lock));
  g_assert_false (refresh (fixture, &failure));
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNREACHABLE);
  g_assert_true (latch_lock_get_stale (lock));

  g_assert_true (refresh (fixture, NULL));
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
  g_assert_false (latch_lock_get_stale (lock));

  latch_client_set_token (latch_bridge_get_client (fixture->bridge), "wrongT0ken");
  g_assert_false (refresh (fixture, &refusal));
  g_assert_error (refusal, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNAUTHORIZED);
  g_assert_true (latch_lock_get_stale (lock));
}

static void
test_refresh_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "hang", NULL, 1);
  latch_bridge_refresh_async (fixture->bridge, cancellable, latch_test_take_result_cb, &result);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
  g_cancellable_cancel (cancellable);
  latch_test_wait_for (result);
  g_assert_false (latch_bridge_refresh_finish (fixture->bridge, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNKNOWN);
}

static void
test_refresh_info (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (refresh (fixture, NULL));
  latch_test_simulator_post (fixture->simulator, "locks/1?rssi=-77");
  latch_bridge_refresh_info_async (fixture->bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_true (latch_bridge_refresh_info_finish (fixture->bridge, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (latch_bridge_get_info (fixture->bridge)->server_id, ==, 2117604523);
  g_assert_cmpint (latch_lock_get_rssi (latch_bridge_find_lock (fixture->bridge, 1, 0)), ==, -77);
}

static gboolean
check_clock (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_check_clock_async (fixture->bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_bridge_check_clock_finish (fixture->bridge, result, error);
}

/* Only the token as it is can be shown to a bridge that lives in another time */
static void
test_check_clock (Fixture *fixture, gconstpointer data)
{
  LatchClient *client = latch_bridge_get_client (fixture->bridge);
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_simulator_post (fixture->simulator, "clock?offset=7200");
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_ENCRYPTED);
  g_assert_true (check_clock (fixture, &error));
  g_assert_no_error (error);
  g_assert_error (latch_bridge_get_error (fixture->bridge), LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG);
  g_assert_nonnull (strstr (latch_bridge_get_error (fixture->bridge)->message, "2 hours ahead"));
  g_assert_nonnull (latch_bridge_get_info (fixture->bridge));
  requests = latch_test_simulator_get_requests (fixture->simulator);
  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_cmpstr (((LatchTestRequest *) requests->pdata[0])->auth, ==, "plain");

  /* It is for once: what is asked afterwards is protected as before */
  g_assert_cmpint (latch_client_get_accepted_mode (client), !=, LATCH_AUTH_MODE_PLAIN);
}

static void
test_check_clock_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  latch_client_set_token (latch_bridge_get_client (fixture->bridge), "wr0ngToken");
  g_assert_false (check_clock (fixture, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  g_assert_null (latch_bridge_get_info (fixture->bridge));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bridge-connection/one-slip-is-forgiven", test_one_slip);
  g_test_add_func ("/bridge-connection/first-failure", test_first_failure);
  g_test_add_func ("/bridge-connection/at-once", test_at_once);
  g_test_add_func ("/bridge-connection/of-a-lock-is-not-the-bridge's", test_no_failure_of_the_bridge);
  g_test_add_func ("/bridge-connection/fails-with-a-lock", test_failure_of_the_bridge);

#define add(name, function) g_test_add ("/bridge-connection/" name, Fixture, NULL, set_up, function, tear_down)
  add ("refresh/takes-the-list", test_refresh);
  add ("refresh/fails-and-recovers", test_refresh_fails);
  add ("refresh/cancelled", test_refresh_cancelled);
  add ("refresh/info", test_refresh_info);
  add ("clock/is-told-by-the-bridge", test_check_clock);
  add ("clock/or-it-is-the-token", test_check_clock_fails);

  return g_test_run ();
}
