/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-client.h"

#include "bridge-stand-in.h"
#include "client-endpoints.h"
#include "latch-error.h"
#include "latch-test-simulator.h"

typedef struct
{
  LatchTestSimulator *simulator;
  LatchClient *client;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *option = data;

  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--action-time=0.05", "--ble-time=0",
                                                 "--reboot-time=0.1", option, NULL);
  fixture->client = latch_client_new (latch_test_simulator_get_host (fixture->simulator),
                                      latch_test_simulator_get_port (fixture->simulator));
  latch_client_set_token (fixture->client, LATCH_TEST_TOKEN);
  latch_client_set_auth_mode (fixture->client, LATCH_AUTH_MODE_PLAIN);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->client);
  latch_test_simulator_free (fixture->simulator);
}

static void
assert_requests (Fixture *fixture, const char *expected)
{
  g_autofree char *actual = latch_test_simulator_list_requests (fixture->simulator);

  g_assert_cmpstr (actual, ==, expected);
}

static void
test_each (gconstpointer data)
{
  const Endpoint *endpoint = data;
  Fixture fixture;
  g_autoptr (GError) error = NULL;

  set_up (&fixture, "--press-after=0.1");
  if (g_str_equal (endpoint->name, "callback-remove"))
    {
      g_assert_true (endpoint_call (endpoint_find ("callback-add"), fixture.client, &error));
      latch_test_simulator_clear_requests (fixture.simulator);
    }

  g_assert_true (endpoint_call (endpoint, fixture.client, &error));
  g_assert_no_error (error);
  assert_requests (&fixture, endpoint->line);
  tear_down (&fixture, NULL);
}

static void
test_auth (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  latch_client_auth_async (fixture->client, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  token = latch_client_auth_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, LATCH_TEST_TOKEN);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  const LatchDeviceSnapshot *device = NULL;

  latch_test_simulator_post (fixture->simulator, "locks/2?state=3&door=3");
  latch_client_list_async (fixture->client, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  devices = latch_client_list_finish (fixture->client, result, NULL);
  g_assert_cmpuint (devices->len, ==, 2);
  device = devices->pdata[1];
  g_assert_cmpuint (device->nuki_id, ==, 2);
  g_assert_cmpint (device->device_type, ==, 0);
  g_assert_cmpstr (device->name, ==, "Grandma");
  g_assert_cmpint (device->state.state_code, ==, 3);
  g_assert_cmpint (device->state.door_state_code, ==, 3);
}

static void
test_lock_action (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LatchTristate critical = LATCH_TRISTATE_UNKNOWN;

  latch_test_simulator_post (fixture->simulator, "locks/1?critical=1");
  latch_client_lock_action_async (fixture->client, 1, 0, LATCH_LOCK_ACTION_UNLATCH, TRUE, NULL, latch_test_take_result_cb,
                                  &result);
  latch_test_wait_for (result);
  g_assert_true (latch_client_lock_action_finish (fixture->client, result, &critical, &error));
  g_assert_no_error (error);
  g_assert_cmpint (critical, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (latch_test_simulator_get_lock_state (fixture->simulator, 1), !=, 1);
}

static void
test_device_parameters (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    guint64 nuki_id;
    int device_type;
    LatchLockAction action;
    gboolean wait;
    const char *line;
  } calls[] = {
    { 1, 0, LATCH_LOCK_ACTION_LOCK, TRUE, "/lockAction?nukiId=1&deviceType=0&action=2" },
    /* Both spellings, as nobody knows which firmware insists on which */
    { 1, 0, LATCH_LOCK_ACTION_LOCK, FALSE, "/lockAction?nukiId=1&deviceType=0&action=2&noWait=1&nowait=1" },
    /* What a bridge did not report is not sent either */
    { 1, -1, LATCH_LOCK_ACTION_UNLATCH, TRUE, "/lockAction?nukiId=1&action=3" },
    { 3, 2, LATCH_LOCK_ACTION_ACTIVATE_RTO, TRUE, "/lockAction?nukiId=3&deviceType=2&action=1" },
    { 3, 2, LATCH_LOCK_ACTION_DEACTIVATE_CM, TRUE, "/lockAction?nukiId=3&deviceType=2&action=5" },
    { 4294967295, 4, LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH, TRUE, "/lockAction?nukiId=4294967295&deviceType=4&action=5" },
  };
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      latch_client_lock_action_async (fixture->client, calls[i].nuki_id, calls[i].device_type, calls[i].action,
                                      calls[i].wait, NULL, latch_test_take_result_cb, &result);
      latch_test_wait_for (result);
      latch_client_lock_action_finish (fixture->client, result, NULL, NULL);
      g_string_append_printf (expected, "%s%s", i > 0 ? " " : "", calls[i].line);
    }
  assert_requests (fixture, expected->str);
}

static void
test_no_wait (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_client_lock_action_async (fixture->client, 1, 0, LATCH_LOCK_ACTION_LOCK, FALSE, NULL, latch_test_take_result_cb,
                                  &result);
  latch_test_wait_for (result);
  g_assert_true (latch_client_lock_action_finish (fixture->client, result, NULL, NULL));
  g_assert_cmpint (latch_test_simulator_get_lock_state (fixture->simulator, 1), ==, 4);
}

static void
test_wrong_device_type (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LatchStateSnapshot state;

  latch_client_lock_state_async (fixture->client, 1, 2, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_false (latch_client_lock_state_finish (fixture->client, result, &state, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNKNOWN_DEVICE);
}

static void
test_callbacks (Fixture *fixture, gconstpointer data)
{
  const char *const urls[] = { "http://127.0.0.1:9/a?x=1&y=%20", "http://127.0.0.1:9/b", "http://127.0.0.1:9/c" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) callbacks = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GAsyncResult) added = NULL;

      latch_client_callback_add_async (fixture->client, urls[i], NULL, latch_test_take_result_cb, &added);
      latch_test_wait_for (added);
      g_assert_true (latch_client_callback_add_finish (fixture->client, added, NULL));
    }

  g_assert_false (endpoint_call (endpoint_find ("callback-add"), fixture->client, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_CALLBACKS_FULL);

  latch_client_callback_list_async (fixture->client, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  callbacks = latch_client_callback_list_finish (fixture->client, result, NULL);
  g_assert_cmpuint (callbacks->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const LatchCallback *callback = callbacks->pdata[i];

      g_assert_cmpint (callback->id, ==, i);
      g_assert_cmpstr (callback->url, ==, urls[i]);
    }
}

static void
test_software_bridge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LatchInfoSnapshot) info = NULL;

  latch_client_set_auth_mode (fixture->client, LATCH_AUTH_MODE_AUTO);
  latch_client_info_async (fixture->client, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  info = latch_client_info_finish (fixture->client, result, NULL);
  g_assert_cmpint (info->bridge_type, ==, LATCH_BRIDGE_TYPE_SOFTWARE);
  g_assert_cmpint (latch_client_get_accepted_mode (fixture->client), ==, LATCH_AUTH_MODE_PLAIN);
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  const int kinds[] = { 1, 410 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) action_error = NULL;

      latch_test_simulator_post (fixture->simulator, "locks/1?offline=%d", kinds[i]);
      g_assert_false (endpoint_call (endpoint_find ("lock-state"), fixture->client, &error));
      g_assert_error (error, LATCH_ERROR, LATCH_ERROR_OFFLINE);
      g_assert_false (endpoint_call (endpoint_find ("lock-action"), fixture->client, &action_error));
      g_assert_error (action_error, LATCH_ERROR, LATCH_ERROR_OFFLINE);
    }
}

/* API 1.6 says 503 for that, which newer bridges say when they are busy */
static void
test_offline_first_api (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) action_result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) action_error = NULL;
  LatchStateSnapshot state;

  latch_test_simulator_post (fixture->simulator, "locks/1?offline=1");
  latch_client_lock_state_async (fixture->client, 1, -1, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_false (latch_client_lock_state_finish (fixture->client, result, &state, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_OFFLINE);

  latch_client_lock_action_async (fixture->client, 1, -1, LATCH_LOCK_ACTION_LOCK, TRUE, NULL, latch_test_take_result_cb,
                                  &action_result);
  latch_test_wait_for (action_result);
  g_assert_false (latch_client_lock_action_finish (fixture->client, action_result, NULL, &action_error));
  g_assert_error (action_error, LATCH_ERROR, LATCH_ERROR_OFFLINE);
}

static void
test_spoilt_answers (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *fault;
    int code;
  } faults[] = {
    { "garbage", LATCH_ERROR_NOT_A_BRIDGE }, { "huge", LATCH_ERROR_NOT_A_BRIDGE }, { "deep", LATCH_ERROR_MALFORMED },
    { "empty", LATCH_ERROR_MALFORMED },      { "reset", LATCH_ERROR_UNREACHABLE }, { "refuse", LATCH_ERROR_UNREACHABLE },
    { "redirect", LATCH_ERROR_NOT_A_BRIDGE },
  };
  const char *const repaired[] = { "control-char", "bad-utf8", "strings", "slow" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      latch_test_simulator_add_fault (fixture->simulator, faults[i].fault, "/list", 1);
      g_assert_false (endpoint_call (endpoint_find ("list"), fixture->client, &error));
      if (!g_error_matches (error, LATCH_ERROR, faults[i].code))
        g_error ("%s: expected error %d, got %s", faults[i].fault, faults[i].code, error->message);
    }
  for (guint i = 0; i < G_N_ELEMENTS (repaired); i++)
    {
      g_autoptr (GError) error = NULL;

      latch_test_simulator_add_fault (fixture->simulator, repaired[i], "/list", 1);
      g_assert_true (endpoint_call (endpoint_find ("list"), fixture->client, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==,
                    G_N_ELEMENTS (faults) + G_N_ELEMENTS (repaired));
}

static void
test_timeout (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();

  g_assert_cmpuint (latch_client_get_timeout (fixture->client), ==, 0);
  latch_client_set_timeout (fixture->client, 2);
  g_assert_cmpuint (latch_client_get_timeout (fixture->client), ==, 2);
  latch_test_simulator_add_fault (fixture->simulator, "hang", NULL, 1);
  g_assert_false (endpoint_call (endpoint_find ("list"), fixture->client, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 2 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 6 * G_TIME_SPAN_SECOND);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "hang", NULL, 0);
  for (guint i = 0; i < n_endpoints; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      endpoints[i].start (fixture->client, cancellable, latch_test_take_result_cb, &result);
      g_cancellable_cancel (cancellable);
      latch_test_wait_for (result);
      g_assert_false (endpoints[i].finish (fixture->client, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_read_priority (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) list = NULL;
  g_autoptr (GAsyncResult) info = NULL;
  g_autoptr (GAsyncResult) state = NULL;

  g_assert_cmpint (latch_client_get_read_priority (fixture->client), ==, LATCH_PRIORITY_BACKGROUND);
  latch_client_log_async (fixture->client, 0, 1, NULL, latch_test_take_result_cb, &first);
  latch_client_list_async (fixture->client, NULL, latch_test_take_result_cb, &list);
  latch_client_set_read_priority (fixture->client, LATCH_PRIORITY_PERSON);
  latch_client_info_async (fixture->client, NULL, latch_test_take_result_cb, &info);
  latch_client_set_read_priority (fixture->client, LATCH_PRIORITY_BACKGROUND);
  latch_client_lock_state_async (fixture->client, 1, 0, NULL, latch_test_take_result_cb, &state);
  latch_test_wait_for (list);
  assert_requests (fixture, "/log?offset=0&count=1 /info /lockState?nukiId=1&deviceType=0 /list");
}

static void
count_cb (LatchClient *client, GParamSpec *pspec, gpointer user_data)
{
  GString *names = user_data;

  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = latch_client_new ("192.0.2.1", 8080);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *host = NULL;
  guint port;

  g_signal_connect (client, "notify", G_CALLBACK (count_cb), names);
  latch_client_set_address (client, "192.0.2.1", 8080);
  g_assert_cmpstr (names->str, ==, "");
  latch_client_set_address (client, latch_test_simulator_get_host (fixture->simulator), 8080);
  g_assert_cmpstr (names->str, ==, "host ");
  latch_client_set_address (client, latch_test_simulator_get_host (fixture->simulator),
                            latch_test_simulator_get_port (fixture->simulator));
  g_assert_cmpstr (names->str, ==, "host port ");

  g_object_get (client, "host", &host, "port", &port, NULL);
  g_assert_cmpstr (host, ==, latch_client_get_host (client));
  g_assert_cmpuint (port, ==, latch_client_get_port (client));

  /* And requests go there */
  latch_client_set_token (client, LATCH_TEST_TOKEN);
  g_assert_true (endpoint_call (endpoint_find ("list"), client, NULL));
}

static void
test_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (latch_client_has_token (fixture->client));
  latch_client_set_token (fixture->client, "strange token & more");
  g_assert_false (endpoint_call (endpoint_find ("list"), fixture->client, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  assert_requests (fixture, "/list");
  latch_client_set_token (fixture->client, NULL);
  g_assert_false (latch_client_has_token (fixture->client));
}

/* Whoever waits for an answer need not hold the client */
static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  LatchClient *client = latch_client_new (latch_test_simulator_get_host (fixture->simulator),
                                          latch_test_simulator_get_port (fixture->simulator));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) running = NULL;
  g_autoptr (GAsyncResult) waiting = NULL;

  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_test_simulator_add_fault (fixture->simulator, "hang", NULL, 0);
  latch_client_list_async (client, cancellable, latch_test_take_result_cb, &running);
  latch_client_info_async (client, cancellable, latch_test_take_result_cb, &waiting);
  latch_test_simulator_wait_for_request (fixture->simulator, "/info");
  g_object_add_weak_pointer (G_OBJECT (client), (gpointer *) &client);
  g_object_unref (client);

  g_assert_nonnull (client);
  g_cancellable_cancel (cancellable);
  latch_test_wait_for (running);
  latch_test_wait_for (waiting);
  g_clear_object (&running);
  g_clear_object (&waiting);
  latch_test_wait_until (client == NULL);
}

static void
test_own_connections (void)
{
  g_autoptr (BridgeStandIn) server = bridge_stand_in_new ();
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", bridge_stand_in_get_port (server));

  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);
  bridge_stand_in_set_keep_alive (server, TRUE);
  bridge_stand_in_answer (server, NULL, 200, "[]");
  for (guint i = 1; i <= 3; i++)
    {
      g_assert_true (endpoint_call (endpoint_find ("list"), client, NULL));
      g_assert_cmpuint (bridge_stand_in_get_n_connections (server), ==, i);
    }
}

/* A bridge wants to hear no more than it needs */
static void
test_head (void)
{
  g_autoptr (BridgeStandIn) server = bridge_stand_in_new ();
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", bridge_stand_in_get_port (server));
  const char *head = NULL;

  latch_client_set_token (client, "a&b=c d");
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);
  bridge_stand_in_answer (server, NULL, 200, "[]");
  g_assert_true (endpoint_call (endpoint_find ("list"), client, NULL));
  head = bridge_stand_in_get_head (server, 0);
  g_assert_true (g_str_has_prefix (head, "GET /list?token=a%26b%3Dc%20d HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (head, "\r\nUser-Agent: Nightlatch/"));
  g_assert_null (strstr (head, "Accept-Encoding"));
  g_assert_null (strstr (head, "Cookie"));
  g_assert_null (strstr (head, "Authorization"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < n_endpoints; i++)
    {
      g_autofree char *name = g_strdup_printf ("/client/%s/is-answered", endpoints[i].name);

      g_test_add_data_func (name, &endpoints[i], test_each);
    }

#define add_with(name, option, function) g_test_add ("/client/" name, Fixture, option, set_up, function, tear_down)
#define add(name, function) add_with (name, NULL, function)
  add_with ("auth/tells-the-token", "--press-after=0", test_auth);
  add ("list/tells-devices", test_list);
  add ("lock-action/tells-battery", test_lock_action);
  add ("lock-action/names-the-device", test_device_parameters);
  add_with ("lock-action/does-not-wait-if-told", "--action-time=60", test_no_wait);
  add ("lock-state/wrong-device-type", test_wrong_device_type);
  add ("lock-state/offline", test_offline);
  add_with ("lock-state/offline-in-the-first-api", "--api=1.6", test_offline_first_api);
  add ("callback-add/three-places", test_callbacks);
  add_with ("info/software-bridge", "--software-bridge", test_software_bridge);
  add ("spoilt-answers", test_spoilt_answers);
  add ("timeout-is-for-each-request", test_timeout);
  add ("all-can-be-cancelled", test_cancelled);
  add ("read-priority", test_read_priority);
  add ("address-can-change", test_address);
  add ("token-can-change", test_token);
  add ("let-go-while-requests-wait", test_let_go);
  g_test_add_func ("/client/each-request-has-its-own-connection", test_own_connections);
  g_test_add_func ("/client/request-says-what-is-needed", test_head);

  return g_test_run ();
}
