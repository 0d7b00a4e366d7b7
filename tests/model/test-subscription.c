/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-subscription.h"

#include "latch-callback-slots.h"
#include "latch-error.h"
#include "latch-test-simulator.h"

#define US "0123456789abcdef"
#define OTHERS "fedcba9876543210"

typedef struct
{
  LatchTestSimulator *simulator;
  LatchClient *client; /* the subscription's */
  LatchClient *hand;   /* that of another program */
  LatchSubscription *subscription;
  GPtrArray *events;
  GArray *states;
} Fixture;

static void
event_cb (LatchSubscription *subscription, const LatchDeviceSnapshot *news, gpointer user_data)
{
  g_ptr_array_add (((Fixture *) user_data)->events, latch_device_snapshot_copy (news));
}

static void
state_cb (LatchSubscription *subscription, GParamSpec *pspec, gpointer user_data)
{
  LatchSubscriptionState state = latch_subscription_get_state (subscription);

  g_array_append_val (((Fixture *) user_data)->states, state);
}

static LatchClient *
make_client (Fixture *fixture)
{
  LatchClient *client = latch_client_new (latch_test_simulator_get_host (fixture->simulator),
                                          latch_test_simulator_get_port (fixture->simulator));

  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);

  return client;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, data, NULL);
  fixture->client = make_client (fixture);
  fixture->hand = make_client (fixture);
  fixture->subscription = latch_subscription_new (fixture->client, US);
  fixture->events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);
  fixture->states = g_array_new (FALSE, FALSE, sizeof (LatchSubscriptionState));
  g_signal_connect (fixture->subscription, "event", G_CALLBACK (event_cb), fixture);
  g_signal_connect (fixture->subscription, "notify::state", G_CALLBACK (state_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->subscription);
  g_assert_finalize_object (fixture->client);
  g_assert_finalize_object (fixture->hand);
  g_ptr_array_unref (fixture->events);
  g_array_unref (fixture->states);
  latch_test_simulator_free (fixture->simulator);
}

static gboolean
try_register (LatchSubscription *subscription, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_subscription_register_async (subscription, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_subscription_register_finish (subscription, result, error);
}

static void
register_it (LatchSubscription *subscription)
{
  g_autoptr (GError) error = NULL;

  try_register (subscription, &error);
  g_assert_no_error (error);
}

static gboolean
try_stop (LatchSubscription *subscription, guint timeout_ms, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_subscription_stop_async (subscription, timeout_ms, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_cmpint (latch_subscription_get_state (subscription), ==, LATCH_SUBSCRIPTION_OFF);
  g_assert_null (latch_subscription_get_url (subscription));

  return latch_subscription_stop_finish (subscription, result, error);
}

static void
stop (LatchSubscription *subscription)
{
  g_autoptr (GError) error = NULL;

  try_stop (subscription, 20000, &error);
  g_assert_no_error (error);
}

/* Returns: the bridge's callbacks, separated by spaces, ours as "*" */
static char *
list_callbacks (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) callbacks = NULL;
  GString *text = g_string_new (NULL);

  latch_client_callback_list_async (fixture->hand, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  callbacks = latch_client_callback_list_finish (fixture->hand, result, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < callbacks->len; i++)
    {
      const char *url = ((LatchCallback *) callbacks->pdata[i])->url;

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              g_strcmp0 (url, latch_subscription_get_url (fixture->subscription)) == 0 ? "*" : url);
    }

  return g_string_free_and_steal (text);
}

static void
assert_callbacks (Fixture *fixture, const char *expected)
{
  g_autofree char *actual = list_callbacks (fixture);

  g_assert_cmpstr (actual, ==, expected);
}

static void
add_callback (Fixture *fixture, const char *url)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_client_callback_add_async (fixture->hand, url, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_client_callback_add_finish (fixture->hand, result, &error);
  g_assert_no_error (error);
}

static void
remove_callback (Fixture *fixture, int id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_client_callback_remove_async (fixture->hand, id, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_client_callback_remove_finish (fixture->hand, result, &error);
  g_assert_no_error (error);
}

/* A port of this computer at which nobody listens */
static guint16
find_dead_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);

  return port;
}

static char *
make_dead_url (const char *installation_id, const char *secret)
{
  return g_strdup_printf ("http://127.0.0.1:%u/nightlatch/%s/%s", find_dead_port (), installation_id, secret);
}

static void
test_takes_a_place_and_hears (Fixture *fixture, gconstpointer data)
{
  static const LatchSubscriptionState expected[] = {
    LATCH_SUBSCRIPTION_REGISTERING, LATCH_SUBSCRIPTION_REGISTERED, LATCH_SUBSCRIPTION_WORKING, LATCH_SUBSCRIPTION_OFF,
  };
  const LatchDeviceSnapshot *news = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpint (latch_subscription_get_state (fixture->subscription), ==, LATCH_SUBSCRIPTION_OFF);
  register_it (fixture->subscription);
  assert_callbacks (fixture, "*");
  g_assert_true (g_regex_match_simple ("^http://127\\.0\\.0\\.1:[0-9]+/nightlatch/" US "/[0-9a-f]{32}$",
                                       latch_subscription_get_url (fixture->subscription), 0, 0));
  g_assert_cmpint (latch_subscription_get_last_event_at (fixture->subscription), ==, 0);

  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_test_wait_until (fixture->events->len == 1);
  news = fixture->events->pdata[0];
  g_assert_cmpuint (news->nuki_id, ==, 1);
  g_assert_cmpint (news->state.state_code, ==, 3);
  g_assert_cmpint (latch_subscription_get_last_event_at (fixture->subscription), >=, now);

  stop (fixture->subscription);
  assert_callbacks (fixture, "");
  g_assert_cmpmem (fixture->states->data, fixture->states->len * sizeof (LatchSubscriptionState), expected,
                   sizeof expected);
}

static void
test_registers_once (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[3] = { NULL, };
  g_autofree char *url = NULL;
  g_autofree char *requests = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    latch_subscription_register_async (fixture->subscription, NULL, latch_test_take_result_cb, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      latch_test_wait_for (results[i]);
      g_assert_true (latch_subscription_register_finish (fixture->subscription, results[i], NULL));
      g_object_unref (results[i]);
    }
  url = g_strdup (latch_subscription_get_url (fixture->subscription));
  assert_callbacks (fixture, "*");

  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_test_wait_until (fixture->events->len == 1);
  latch_test_simulator_clear_requests (fixture->simulator);
  register_it (fixture->subscription);
  requests = latch_test_simulator_list_requests (fixture->simulator);
  g_assert_cmpstr (requests, ==, "/callback/list");
  g_assert_cmpstr (latch_subscription_get_url (fixture->subscription), ==, url);
  /* What works is not in doubt because we looked */
  g_assert_cmpint (latch_subscription_get_state (fixture->subscription), ==, LATCH_SUBSCRIPTION_WORKING);
  stop (fixture->subscription);
}

static void
test_leaves_others_alone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *others = make_dead_url (OTHERS, "abc");
  g_autofree char *longer = make_dead_url (US "0", "abc");
  g_autofree char *both = g_strjoin (" ", others, longer, NULL);
  g_autofree char *all = g_strjoin (" ", others, longer, "*", NULL);

  add_callback (fixture, others);
  add_callback (fixture, longer);
  register_it (fixture->subscription);
  assert_callbacks (fixture, all);
  register_it (fixture->subscription);
  stop (fixture->subscription);
  assert_callbacks (fixture, both);
}

static void
test_reports_that_all_places_are_taken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *others = make_dead_url (OTHERS, "abc");
  g_autofree char *all = g_strjoin (" ", "http://192.0.2.1/a", others, "http://192.0.2.1/c", NULL);
  g_autoptr (GError) error = NULL;

  add_callback (fixture, "http://192.0.2.1/a");
  add_callback (fixture, others);
  add_callback (fixture, "http://192.0.2.1/c");
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (try_register (fixture->subscription, &error));
      g_assert_error (error, LATCH_ERROR, LATCH_ERROR_CALLBACKS_FULL);
      g_assert_cmpint (latch_subscription_get_state (fixture->subscription), ==, LATCH_SUBSCRIPTION_FULL);
      g_assert_error (latch_subscription_get_error (fixture->subscription), LATCH_ERROR, LATCH_ERROR_CALLBACKS_FULL);
      assert_callbacks (fixture, all);
      g_clear_error (&error);
    }
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/callback/remove"), ==, 0);

  remove_callback (fixture, 1);
  register_it (fixture->subscription);
  g_assert_cmpint (latch_subscription_get_state (fixture->subscription), ==, LATCH_SUBSCRIPTION_REGISTERED);
  g_assert_null (latch_subscription_get_error (fixture->subscription));
  assert_callbacks (fixture, "http://192.0.2.1/a http://192.0.2.1/c *");
  stop (fixture->subscription);
  assert_callbacks (fixture, "http://192.0.2.1/a http://192.0.2.1/c");
}

/* After two crashes, say */
static void
test_frees_what_we_left_behind (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = make_dead_url (US, "abc");
  g_autofree char *second = make_dead_url (US, "def");
  g_autofree char *third = make_dead_url (US, "012");
  g_autofree char *requests = NULL;

  add_callback (fixture, first);
  add_callback (fixture, second);
  add_callback (fixture, third);
  latch_test_simulator_clear_requests (fixture->simulator);
  register_it (fixture->subscription);

  /* The IDs of the others may change with each removal, so that they are looked up again */
  requests = latch_test_simulator_list_requests (fixture->simulator);
  g_assert_true (g_regex_match_simple ("^(/callback/list )+/callback/remove\\?id=0 /callback/list "
                                       "/callback/remove\\?id=0 /callback/list "
                                       "/callback/remove\\?id=0 /callback/list /callback/add[^ ]*$",
                                       requests, 0, 0));
  assert_callbacks (fixture, "*");
  stop (fixture->subscription);
}

/* The window and the command line at the same time */
static void
test_lets_our_other_programs_live (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchSubscription) other = latch_subscription_new (fixture->hand, US);
  g_autofree char *both = NULL;
  g_autofree char *one = NULL;

  register_it (other);
  register_it (fixture->subscription);
  both = g_strdup_printf ("%s *", latch_subscription_get_url (other));
  assert_callbacks (fixture, both);
  stop (fixture->subscription);
  one = g_strdup (latch_subscription_get_url (other));
  assert_callbacks (fixture, one);

  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_test_wait_until (latch_subscription_get_state (other) == LATCH_SUBSCRIPTION_WORKING);
  g_assert_cmpuint (fixture->events->len, ==, 0);
  stop (other);
  assert_callbacks (fixture, "");
}

static void
test_comes_back_after_it_was_forgotten (Fixture *fixture, gconstpointer data)
{
  register_it (fixture->subscription);
  remove_callback (fixture, 0);
  assert_callbacks (fixture, "");
  register_it (fixture->subscription);
  assert_callbacks (fixture, "*");

  stop (fixture->subscription);
  register_it (fixture->subscription);
  assert_callbacks (fixture, "*");
  latch_test_simulator_post (fixture->simulator, "locks/2?state=1");
  latch_test_wait_until (fixture->events->len == 1);
  stop (fixture->subscription);
}

/* This computer has got another address, as far as the bridge is concerned, which keeps the former one in mind */
static void
test_follows_the_way_to_the_bridge (Fixture *fixture, gconstpointer data)
{
  Fixture moved = { NULL, };
  g_autofree char *former = NULL;

  register_it (fixture->subscription);
  former = g_strdup (latch_subscription_get_url (fixture->subscription));
  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_test_wait_until (latch_subscription_get_state (fixture->subscription) == LATCH_SUBSCRIPTION_WORKING);

  set_up (&moved, "--address=::1");
  add_callback (&moved, "http://192.0.2.1/a");
  add_callback (&moved, former);
  latch_client_set_address (fixture->client, "::1", latch_test_simulator_get_port (moved.simulator));
  register_it (fixture->subscription);
  g_assert_true (g_str_has_prefix (latch_subscription_get_url (fixture->subscription), "http://[::1]:"));
  g_assert_cmpint (latch_subscription_get_state (fixture->subscription), ==, LATCH_SUBSCRIPTION_REGISTERED);
  latch_test_simulator_post (moved.simulator, "locks/1?state=3");
  latch_test_wait_until (latch_subscription_get_state (fixture->subscription) == LATCH_SUBSCRIPTION_WORKING);
  {
    g_autofree char *listed = list_callbacks (&moved);
    g_autofree char *expected =
        g_strdup_printf ("http://192.0.2.1/a %s", latch_subscription_get_url (fixture->subscription));

    g_assert_cmpstr (listed, ==, expected);
  }
  stop (fixture->subscription);
  assert_callbacks (&moved, "http://192.0.2.1/a");
  tear_down (&moved, NULL);
}

static void
test_notices_that_nothing_arrives (Fixture *fixture, gconstpointer data)
{
  Fixture forgetful = { NULL, };
  g_autoptr (GError) error = NULL;

  /* One bridge calls from another address than that at which it is asked, and so is not believed… */
  register_it (fixture->subscription);
  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_subscription_expect_event (fixture->subscription);
  /* …and another one has only lost what it was told to call */
  set_up (&forgetful, "--auth-window=30");
  register_it (forgetful.subscription);
  remove_callback (&forgetful, 0);
  latch_subscription_expect_event (forgetful.subscription);
  g_array_set_size (forgetful.states, 0);

  latch_test_wait_until (latch_subscription_get_state (fixture->subscription) == LATCH_SUBSCRIPTION_FAILED);
  g_assert_error (latch_subscription_get_error (fixture->subscription), LATCH_ERROR, LATCH_ERROR_CALLBACKS_BLOCKED);
  g_assert_cmpuint (fixture->events->len, ==, 0);
  /* Looking again does not make it better */
  register_it (fixture->subscription);
  g_assert_cmpint (latch_subscription_get_state (fixture->subscription), ==, LATCH_SUBSCRIPTION_FAILED);
  stop (fixture->subscription);
  assert_callbacks (fixture, "");

  latch_test_wait_until (latch_test_simulator_count_requests (forgetful.simulator, "/callback/add") == 2);
  latch_test_simulator_post (forgetful.simulator, "locks/1?state=3");
  latch_test_wait_until (forgetful.events->len == 1);
  g_assert_cmpuint (forgetful.states->len, ==, 1);
  g_assert_cmpint (latch_subscription_get_state (forgetful.subscription), ==, LATCH_SUBSCRIPTION_WORKING);

  /* What has come in time leaves no doubt */
  latch_subscription_expect_event (forgetful.subscription);
  latch_test_simulator_post (forgetful.simulator, "locks/1?state=1");
  latch_test_wait_until (forgetful.events->len == 2);
  latch_test_simulator_clear_requests (forgetful.simulator);
  stop (forgetful.subscription);
  tear_down (&forgetful, NULL);
}

static void
test_ends_in_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 begun;

  register_it (fixture->subscription);
  latch_test_simulator_add_fault (fixture->simulator, "hang", "/callback/list", 0);
  begun = g_get_monotonic_time ();
  g_assert_false (try_stop (fixture->subscription, 500, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 8 * G_TIME_SPAN_SECOND);
  g_clear_error (&error);

  /* It is not forgotten */
  latch_test_simulator_clear_faults (fixture->simulator);
  latch_test_run_for (10);
  register_it (fixture->subscription);
  assert_callbacks (fixture, "*");

  latch_test_simulator_stop (fixture->simulator);
  begun = g_get_monotonic_time ();
  g_assert_false (try_stop (fixture->subscription, 10000, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 8 * G_TIME_SPAN_SECOND);
}

static void
test_stop_ends_what_is_under_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GAsyncResult) stopped = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "hang", "/callback/add", 1);
  latch_subscription_register_async (fixture->subscription, NULL, latch_test_take_result_cb, &first);
  latch_subscription_register_async (fixture->subscription, NULL, latch_test_take_result_cb, &second);
  latch_test_simulator_wait_for_request (fixture->simulator, "/callback/add");
  latch_subscription_stop_async (fixture->subscription, 10000, NULL, latch_test_take_result_cb, &stopped);
  latch_test_wait_for (stopped);
  latch_test_wait_for (first);
  latch_test_wait_for (second);
  g_assert_false (latch_subscription_register_finish (fixture->subscription, first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (latch_subscription_register_finish (fixture->subscription, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (latch_subscription_stop_finish (fixture->subscription, stopped, NULL));
  assert_callbacks (fixture, "");
}

static void
test_can_be_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "hang", "/callback/list", 1);
  latch_subscription_register_async (fixture->subscription, cancellable, latch_test_take_result_cb, &result);
  latch_test_simulator_wait_for_request (fixture->simulator, "/callback/list");
  g_cancellable_cancel (cancellable);
  latch_test_wait_for (result);
  g_assert_false (latch_subscription_register_finish (fixture->subscription, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (latch_subscription_get_state (fixture->subscription), ==, LATCH_SUBSCRIPTION_OFF);
}

static void
test_learns_of_lost_answers (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/callback/add", 1);
  register_it (fixture->subscription);
  assert_callbacks (fixture, "*");
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/callback/add"), ==, 1);

  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/callback/remove", 1);
  stop (fixture->subscription);
  assert_callbacks (fixture, "");
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/callback/remove"), ==, 1);
}

/* A bridge that does not do as it is told is not told again and again */
static void
test_does_not_insist (Fixture *fixture, gconstpointer data)
{
  const char *const faults[] = { "success-false", "status-400", "reset" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      register_it (fixture->subscription);
      latch_test_simulator_clear_requests (fixture->simulator);
      latch_test_simulator_add_fault (fixture->simulator, faults[i], "/callback/remove", 0);
      g_assert_false (try_stop (fixture->subscription, 20000, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
      g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/callback/remove"), ==, 1);
      latch_test_simulator_clear_faults (fixture->simulator);
    }
  register_it (fixture->subscription);
  stop (fixture->subscription);
  assert_callbacks (fixture, "");
}

static void
test_a_bridge_that_is_away_is_no_doubt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  register_it (fixture->subscription);
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/callback/list", 0);
  g_assert_false (try_register (fixture->subscription, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
  g_assert_cmpint (latch_subscription_get_state (fixture->subscription), ==, LATCH_SUBSCRIPTION_REGISTERED);
  g_clear_error (&error);
  latch_test_simulator_clear_faults (fixture->simulator);
  stop (fixture->subscription);

  latch_test_simulator_add_fault (fixture->simulator, "reset", "/callback/list", 0);
  g_assert_false (try_register (fixture->subscription, &error));
  g_assert_cmpint (latch_subscription_get_state (fixture->subscription), ==, LATCH_SUBSCRIPTION_FAILED);
  stop (fixture->subscription);
}

static void
test_says_when_it_cannot_listen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_listener_add_address (listener, wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &got, NULL);
  latch_subscription_set_port (fixture->subscription, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got)));
  g_assert_false (try_register (fixture->subscription, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_CANNOT_LISTEN);
  g_assert_true (g_str_has_prefix (error->message, "Another program uses the port "));
  g_assert_cmpint (latch_subscription_get_state (fixture->subscription), ==, LATCH_SUBSCRIPTION_FAILED);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 0);

  g_socket_listener_close (listener);
  register_it (fixture->subscription);
  {
    g_autofree char *start =
        g_strdup_printf ("http://127.0.0.1:%u/", latch_subscription_get_port (fixture->subscription));

    g_assert_true (g_str_has_prefix (latch_subscription_get_url (fixture->subscription), start));
  }
  stop (fixture->subscription);
}

static gboolean
has_one_place (Fixture *fixture, guint16 port)
{
  g_autofree char *listed = list_callbacks (fixture);
  g_autofree char *start = g_strdup_printf ("http://127.0.0.1:%u/", port);

  return g_str_equal (listed, "*") && g_str_has_prefix (latch_subscription_get_url (fixture->subscription), start);
}

/* Where the system lets nobody else listen by chance */
static guint16
find_free_port (void)
{
  for (;;)
    {
      guint16 port = g_random_int_range (10000, 30000);
      g_autoptr (GSocketListener) listener = g_socket_listener_new ();

      if (g_socket_listener_add_inet_port (listener, port, NULL, NULL))
        {
          g_socket_listener_close (listener);
          return port;
        }
    }
}

/* Whatever the bridge had is given back, and what comes to the new port is heard */
static void
test_moves_to_another_port (Fixture *fixture, gconstpointer data)
{
  guint16 port = find_free_port ();
  guint16 other = find_free_port ();

  register_it (fixture->subscription);
  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_test_wait_until (latch_subscription_get_state (fixture->subscription) == LATCH_SUBSCRIPTION_WORKING);

  latch_subscription_set_port (fixture->subscription, port);
  latch_test_wait_until (has_one_place (fixture, port));
  latch_subscription_set_port (fixture->subscription, other);
  latch_test_wait_until (has_one_place (fixture, other));
  latch_test_simulator_post (fixture->simulator, "locks/1?state=1");
  latch_test_wait_until (latch_subscription_get_state (fixture->subscription) == LATCH_SUBSCRIPTION_WORKING);

  /* One that is off has nobody to tell */
  stop (fixture->subscription);
  latch_subscription_set_port (fixture->subscription, port);
  assert_callbacks (fixture, "");
}

static void
test_knows_our_urls (void)
{
  static const struct
  {
    const char *url;
    const char *address;
  } cases[] = {
    { "http://192.168.1.20:4711/nightlatch/" US "/0123", "192.168.1.20:4711" },
    { "http://[fd00::1]:4711/nightlatch/" US "/0123", "[fd00::1]:4711" },
    { "http://192.168.1.20:4711/nightlatch/" OTHERS "/0123", NULL },
    { "http://192.168.1.20:4711/nightlatch/" US "0/0123", NULL },
    { "http://192.168.1.20:4711/nightlatch/" US, NULL },
    { "http://192.168.1.20:4711/Nightlatch/" US "/0123", NULL },
    { "http://192.168.1.20:4711/x/nightlatch/" US "/0123", NULL },
    { "http://192.168.1.20:4711/?nightlatch/" US "/0123", NULL },
    { "http://192.168.1.20/nightlatch/" US "/0123", NULL },
    { "https://192.168.1.20:4711/nightlatch/" US "/0123", NULL },
    { "http://somebody:4711/nightlatch/" US "/0123", NULL },
    { "/nightlatch/" US "/0123", NULL },
    { "", NULL },
    { "http://", NULL },
    { "http://192.168.1.20:99999/nightlatch/" US "/0123", NULL },
    /* Only in the form in which we write them */
    { "http://192.168.1.20:4711/nightlatch/" US "/", NULL },
    { "http://192.168.1.20:4711/nightlatch/" US "/0123?x", NULL },
    { "http://192.168.1.20:4711/nightlatch/" US "/0123#x", NULL },
    { "http://192.168.1.20:4711/nightlatch/" US "/0123/x", NULL },
    { "http://192.168.1.20:4711/x/../nightlatch/" US "/0123", NULL },
    { "http://192.168.1.20:4711/%6eightlatch/" US "/0123", NULL },
    { "http://192.168.1.20:4711#/nightlatch/" US "/0123", NULL },
    { "http://192.168.1.20:4711?/nightlatch/" US "/0123", NULL },
    { "http://somebody@192.168.1.20:4711/nightlatch/" US "/0123", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSocketAddress) address = latch_callback_slots_parse_url (cases[i].url, US);
      g_autofree char *text = address != NULL ? g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address)) : NULL;

      g_assert_cmpstr (text, ==, cases[i].address);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add(name, data, function) g_test_add ("/subscription/" name, Fixture, data, set_up, function, tear_down)
  add ("takes-a-place-and-hears", NULL, test_takes_a_place_and_hears);
  add ("registers-once", NULL, test_registers_once);
  add ("leaves-others-alone", NULL, test_leaves_others_alone);
  add ("reports-that-all-places-are-taken", NULL, test_reports_that_all_places_are_taken);
  add ("frees-what-we-left-behind", NULL, test_frees_what_we_left_behind);
  add ("lets-our-other-programs-live", NULL, test_lets_our_other_programs_live);
  add ("comes-back-after-it-was-forgotten", NULL, test_comes_back_after_it_was_forgotten);
  add ("follows-the-way-to-the-bridge", NULL, test_follows_the_way_to_the_bridge);
  add ("notices-that-nothing-arrives", "--address=127.0.0.2", test_notices_that_nothing_arrives);
  add ("ends-in-time", NULL, test_ends_in_time);
  add ("stop-ends-what-is-under-way", NULL, test_stop_ends_what_is_under_way);
  add ("can-be-cancelled", NULL, test_can_be_cancelled);
  add ("learns-of-lost-answers", NULL, test_learns_of_lost_answers);
  add ("does-not-insist", NULL, test_does_not_insist);
  add ("a-bridge-that-is-away-is-no-doubt", NULL, test_a_bridge_that_is_away_is_no_doubt);
  add ("says-when-it-cannot-listen", NULL, test_says_when_it_cannot_listen);
  add ("moves-to-another-port", NULL, test_moves_to_another_port);
  g_test_add_func ("/subscription/knows-our-urls", test_knows_our_urls);

  return g_test_run ();
}
