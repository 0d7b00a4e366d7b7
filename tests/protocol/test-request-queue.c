/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-request-queue.h"

#include "latch-error.h"
#include "latch-test-simulator.h"

/* Milliseconds between two requests, and before a first and second retry, at least */
#define GAP 300
#define FIRST_RETRY 500
#define SECOND_RETRY 1000

#define LONG 20000

typedef struct
{
  LatchTestSimulator *simulator;
  LatchAuthenticator *authenticator;
  LatchRequestQueue *queue;
} Fixture;

typedef struct
{
  GCancellable *cancellable;
  GAsyncResult *result;
} Call;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *option = data;

  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--action-time=0", "--ble-time=0.3", option, NULL);
  fixture->authenticator = latch_authenticator_new ();
  latch_authenticator_set_token (fixture->authenticator, LATCH_TEST_TOKEN);
  latch_authenticator_set_requested_mode (fixture->authenticator, LATCH_AUTH_MODE_PLAIN);
  fixture->queue = latch_request_queue_new (fixture->authenticator);
  latch_request_queue_set_address (fixture->queue, latch_test_simulator_get_host (fixture->simulator),
                                   latch_test_simulator_get_port (fixture->simulator));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->queue != NULL)
    g_assert_finalize_object (fixture->queue);
  g_assert_finalize_object (fixture->authenticator);
  latch_test_simulator_free (fixture->simulator);
}

static Call *
call_new (void)
{
  Call *call = g_new0 (Call, 1);

  call->cancellable = g_cancellable_new ();

  return call;
}

static void
call_free (Call *call)
{
  g_clear_object (&call->cancellable);
  g_clear_object (&call->result);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
send_call (Fixture *fixture, Call *call, const char *path, const char *query, LatchRequestFlags flags, guint deadline)
{
  latch_request_queue_send_async (fixture->queue, NULL, path, query, flags, deadline, call->cancellable,
                                  latch_test_take_result_cb, &call->result);
}

static Call *
send (Fixture *fixture, const char *path, const char *query, LatchRequestFlags flags)
{
  Call *call = call_new ();

  send_call (fixture, call, path, query, flags, LONG);

  return call;
}

/* A request that is under way for a while, so that what is sent next has to wait */
static Call *
occupy (Fixture *fixture)
{
  Call *call = send (fixture, "/lockState", "nukiId=1&deviceType=0", LATCH_REQUEST_PERSON);

  latch_test_simulator_wait_for_request (fixture->simulator, "/lockState");
  g_assert_null (call->result);

  return call;
}

static void
assert_answered (Call *call)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_wait_for (call->result);
  body = latch_request_queue_send_finish (call->result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (body);
}

static void
assert_failed (Call *call, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  latch_test_wait_for (call->result);
  g_assert_null (latch_request_queue_send_finish (call->result, &error));
  g_assert_error (error, domain, code);
  g_assert_null (strstr (error->message, LATCH_TEST_TOKEN));
}

#define assert_cancelled(call) assert_failed (call, G_IO_ERROR, G_IO_ERROR_CANCELLED)

static void
assert_requests (Fixture *fixture, const char *expected)
{
  g_autofree char *actual = latch_test_simulator_list_requests (fixture->simulator);

  g_assert_cmpstr (actual, ==, expected);
}

/* How many milliseconds request @index came after the one before */
static gint64
get_distance (Fixture *fixture, guint index)
{
  g_autoptr (GPtrArray) requests = latch_test_simulator_get_requests (fixture->simulator);
  const LatchTestRequest *request = NULL, *before = NULL;

  g_assert_cmpuint (index, <, requests->len);
  request = requests->pdata[index];
  before = requests->pdata[index - 1];

  return (request->time - before->time) / G_TIME_SPAN_MILLISECOND;
}

static void
test_one_at_a_time (Fixture *fixture, gconstpointer data)
{
  const char *const paths[] = { "/list", "/info", "/callback/list", "/log" };
  Call *calls[G_N_ELEMENTS (paths)];

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    calls[i] = send (fixture, paths[i], NULL, LATCH_REQUEST_READ);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      assert_answered (calls[i]);
      g_assert_true (i == G_N_ELEMENTS (paths) - 1 || calls[i + 1]->result == NULL);
      call_free (calls[i]);
    }

  /* The bridge would have answered 503 to what came too early, so that there would be more requests */
  assert_requests (fixture, "/list /info /callback/list /log");
  for (guint i = 1; i < G_N_ELEMENTS (paths); i++)
    g_assert_cmpint (get_distance (fixture, i), >=, GAP);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) first = occupy (fixture);
  g_autoptr (Call) background_1 = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  g_autoptr (Call) background_2 = send (fixture, "/log", "count=1", LATCH_REQUEST_READ);
  g_autoptr (Call) person_1 = send (fixture, "/info", NULL, LATCH_REQUEST_PERSON);
  g_autoptr (Call) command_1 = send (fixture, "/configAuth", "enable=0", LATCH_REQUEST_COMMAND);
  g_autoptr (Call) person_2 = send (fixture, "/callback/list", NULL, LATCH_REQUEST_PERSON);
  g_autoptr (Call) command_2 = send (fixture, "/configAuth", "enable=1", LATCH_REQUEST_COMMAND);

  assert_answered (background_2);
  assert_requests (fixture, "/lockState?nukiId=1&deviceType=0 /configAuth?enable=0 /configAuth?enable=1 /info "
                            "/callback/list /list /log?count=1");
}

static void
test_coalescing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) first = occupy (fixture);
  Call *calls[4];

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = send (fixture, "/list", NULL, LATCH_REQUEST_READ);

  /* One of them, even the first, may lose interest */
  g_cancellable_cancel (calls[0]->cancellable);
  assert_cancelled (calls[0]);
  g_assert_null (first->result);

  for (guint i = 1; i < G_N_ELEMENTS (calls); i++)
    assert_answered (calls[i]);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    call_free (calls[i]);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), ==, 1);
}

static void
test_coalescing_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) first = occupy (fixture);
  g_autoptr (Call) call_1 = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  g_autoptr (Call) call_2 = send (fixture, "/list", NULL, LATCH_REQUEST_READ);

  latch_test_simulator_add_fault (fixture->simulator, "status-404", "/list", 1);
  assert_failed (call_1, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);
  assert_failed (call_2, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);
}

/* An answer that is on its way may be older than what the second one wants to see */
static void
test_under_way_is_not_joined (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) first = occupy (fixture);
  g_autoptr (Call) second = send (fixture, "/lockState", "nukiId=1&deviceType=0", LATCH_REQUEST_PERSON);

  assert_answered (first);
  assert_answered (second);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/lockState"), ==, 2);
}

static void
test_others_are_not_joined (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) first = occupy (fixture);
  g_autoptr (Call) log_1 = send (fixture, "/log", "count=1", LATCH_REQUEST_READ);
  g_autoptr (Call) log_2 = send (fixture, "/log", "count=2", LATCH_REQUEST_READ);
  g_autoptr (Call) command_1 = send (fixture, "/configAuth", "enable=1", LATCH_REQUEST_COMMAND);
  g_autoptr (Call) command_2 = send (fixture, "/configAuth", "enable=1", LATCH_REQUEST_COMMAND);

  assert_answered (log_2);
  assert_requests (fixture, "/lockState?nukiId=1&deviceType=0 /configAuth?enable=1 /configAuth?enable=1 /log?count=1 "
                            "/log?count=2");
}

static void
test_person_hurries_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) first = occupy (fixture);
  g_autoptr (Call) info = send (fixture, "/info", NULL, LATCH_REQUEST_READ);
  g_autoptr (Call) list = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  g_autoptr (Call) person = send (fixture, "/list", NULL, LATCH_REQUEST_PERSON);

  assert_answered (info);
  assert_answered (list);
  assert_answered (person);
  assert_requests (fixture, "/lockState?nukiId=1&deviceType=0 /list /info");
}

static void
test_cancelled_while_waiting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) first = occupy (fixture);
  g_autoptr (Call) command = send (fixture, "/lockAction", "nukiId=1&action=1&deviceType=0", LATCH_REQUEST_COMMAND);
  g_autoptr (Call) read = send (fixture, "/info", NULL, LATCH_REQUEST_READ);
  g_autoptr (Call) last = send (fixture, "/list", NULL, LATCH_REQUEST_READ);

  g_cancellable_cancel (command->cancellable);
  g_cancellable_cancel (read->cancellable);
  assert_cancelled (command);
  assert_cancelled (read);
  g_assert_null (first->result); /* at once */
  assert_answered (last);
  assert_requests (fixture, "/lockState?nukiId=1&deviceType=0 /list");
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) command = call_new ();

  g_cancellable_cancel (command->cancellable);
  send_call (fixture, command, "/lockAction", "nukiId=1&action=1&deviceType=0", LATCH_REQUEST_COMMAND, LONG);
  g_assert_null (command->result);
  assert_cancelled (command);
  latch_test_run_for (GAP);
  assert_requests (fixture, "");
}

static void
test_cancelled_under_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = NULL;
  g_autoptr (Call) next = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "hang", "/info", 1);
  call = send (fixture, "/info", NULL, LATCH_REQUEST_READ);
  next = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  latch_test_simulator_wait_for_request (fixture->simulator, "/info");
  g_cancellable_cancel (call->cancellable);
  assert_cancelled (call);
  g_assert_null (next->result);

  assert_answered (next);
  assert_requests (fixture, "/info /list");
  g_assert_cmpint (get_distance (fixture, 1), >=, GAP);
}

/* All who waited for it have to lose interest before it is broken off */
static void
test_cancelled_by_some_under_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) first = occupy (fixture);
  g_autoptr (Call) call_1 = send (fixture, "/lockState", "nukiId=2&deviceType=0", LATCH_REQUEST_READ);
  g_autoptr (Call) call_2 = send (fixture, "/lockState", "nukiId=2&deviceType=0", LATCH_REQUEST_READ);

  assert_answered (first);
  latch_test_wait_until (latch_test_simulator_count_requests (fixture->simulator, NULL) == 2);
  g_cancellable_cancel (call_1->cancellable);
  assert_cancelled (call_1);
  g_assert_null (call_2->result);
  assert_answered (call_2);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 2);
}

static void
test_cancelled_before_retry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "status-503", NULL, 0);
  call = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
  latch_test_run_for (FIRST_RETRY / 5);
  g_cancellable_cancel (call->cancellable);
  assert_cancelled (call);
  latch_test_run_for (FIRST_RETRY * 3 / 2);
  assert_requests (fixture, "/list");
}

/* Between the /info that finds out how to show the token, and what was asked for */
static void
test_cancelled_after_trial (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = NULL;
  g_autoptr (Call) next = NULL;

  latch_authenticator_set_requested_mode (fixture->authenticator, LATCH_AUTH_MODE_AUTO);
  call = send (fixture, "/lockAction", "nukiId=1&action=1&deviceType=0", LATCH_REQUEST_COMMAND);
  next = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  latch_test_wait_until (latch_authenticator_get_accepted_mode (fixture->authenticator) != LATCH_AUTH_MODE_AUTO);
  g_cancellable_cancel (call->cancellable);
  assert_cancelled (call);

  assert_answered (next);
  assert_requests (fixture, "/info /list");
  g_assert_cmpint (get_distance (fixture, 1), >=, GAP);
}

static void
test_deadline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = call_new ();
  g_autoptr (Call) command = call_new ();
  gint64 begin = g_get_monotonic_time ();

  latch_test_simulator_add_fault (fixture->simulator, "hang", NULL, 2);
  send_call (fixture, call, "/list", NULL, LATCH_REQUEST_READ, 600);
  assert_failed (call, LATCH_ERROR, LATCH_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 600 * G_TIME_SPAN_MILLISECOND);

  send_call (fixture, command, "/configAuth", "enable=1", LATCH_REQUEST_COMMAND, 600);
  assert_failed (command, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN);
  assert_requests (fixture, "/list /configAuth?enable=1");
}

/* It starts when the request does, not while that waits for others */
static void
test_deadline_of_each (Fixture *fixture, gconstpointer data)
{
  const guint deadline = 1800;
  Call *calls[5];
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *query = g_strdup_printf ("nukiId=1&deviceType=0&n=%u", i);

      calls[i] = call_new ();
      send_call (fixture, calls[i], "/lockState", query, LATCH_REQUEST_READ, deadline);
    }
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      assert_answered (calls[i]);
      call_free (calls[i]);
    }
  g_assert_cmpint (g_get_monotonic_time () - begin, >, deadline * G_TIME_SPAN_MILLISECOND);
}

static void
test_retries (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "status-503", "/list", 2);
  call = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  assert_answered (call);
  assert_requests (fixture, "/list /list /list");
  g_assert_cmpint (get_distance (fixture, 1), >=, FIRST_RETRY);
  g_assert_cmpint (get_distance (fixture, 2), >=, SECOND_RETRY);
}

static void
test_others_before_retry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) busy = NULL;
  g_autoptr (Call) other = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "status-503", "/list", 1);
  busy = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  other = send (fixture, "/info", NULL, LATCH_REQUEST_READ);
  assert_answered (other);
  g_assert_null (busy->result);
  assert_answered (busy);
  assert_requests (fixture, "/list /info /list");
}

static void
test_busy_until_deadline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = call_new ();
  gint64 begin = g_get_monotonic_time ();

  latch_test_simulator_add_fault (fixture->simulator, "status-503", NULL, 0);
  send_call (fixture, call, "/list", NULL, LATCH_REQUEST_READ, 2500);
  assert_failed (call, LATCH_ERROR, LATCH_ERROR_BUSY);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_TIME_SPAN_SECOND);
  /* The third comes after 1500 to 1875 ms, if it comes in time */
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), >=, 2);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), <=, 3);
}

/* The bridge was busy, then with our own request; its silence is not the reason */
static void
test_busy_beyond_deadline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = call_new ();
  g_autoptr (Call) other = call_new ();

  latch_test_simulator_add_fault (fixture->simulator, "status-503", "/list", 0);
  latch_test_simulator_add_fault (fixture->simulator, "hang", "/info", 1);
  send_call (fixture, call, "/list", NULL, LATCH_REQUEST_READ, 1500);
  send_call (fixture, other, "/info", NULL, LATCH_REQUEST_PERSON, 2000);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
  assert_failed (other, LATCH_ERROR, LATCH_ERROR_TIMED_OUT);
  assert_failed (call, LATCH_ERROR, LATCH_ERROR_BUSY);
}

static void
test_commands_are_not_retried (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "status-503", NULL, 0);
  call = send (fixture, "/configAuth", "enable=1", LATCH_REQUEST_COMMAND);
  assert_failed (call, LATCH_ERROR, LATCH_ERROR_BUSY);
  latch_test_run_for (FIRST_RETRY * 3 / 2);
  assert_requests (fixture, "/configAuth?enable=1");
}

/* API 1.6 means by 503 that the lock is offline */
static void
test_busy_is_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) read = NULL;
  g_autoptr (Call) command = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "status-503", NULL, 0);
  read = send (fixture, "/lockState", "nukiId=1", LATCH_REQUEST_PERSON | LATCH_REQUEST_BUSY_IS_OFFLINE);
  assert_failed (read, LATCH_ERROR, LATCH_ERROR_OFFLINE);
  command = send (fixture, "/lockAction", "nukiId=1", LATCH_REQUEST_COMMAND | LATCH_REQUEST_BUSY_IS_OFFLINE);
  assert_failed (command, LATCH_ERROR, LATCH_ERROR_OFFLINE);
  assert_requests (fixture, "/lockState?nukiId=1 /lockState?nukiId=1 /lockAction?nukiId=1");
}

static void
test_redirection (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "redirect", "/list", 1);
  call = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  assert_failed (call, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);
  assert_requests (fixture, "/list");
}

static void
test_no_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = NULL;

  latch_authenticator_set_token (fixture->authenticator, NULL);
  call = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  assert_failed (call, LATCH_ERROR, LATCH_ERROR_NO_TOKEN);
  assert_requests (fixture, "");
}

static void
count_cb (LatchRequestQueue *queue, const char *path, gpointer user_data)
{
  GString *paths = user_data;

  g_string_append (paths, path);
}

static void
test_sent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) paths = g_string_new (NULL);
  g_autoptr (Call) call = NULL;

  g_signal_connect (fixture->queue, "sent", G_CALLBACK (count_cb), paths);
  latch_test_simulator_add_fault (fixture->simulator, "hang", "/auth", 1);
  call = send (fixture, "/auth", NULL, LATCH_REQUEST_NO_TOKEN);
  g_assert_cmpstr (paths->str, ==, "");
  latch_test_wait_until (paths->len > 0);
  g_assert_cmpstr (paths->str, ==, "/auth");
  g_assert_null (call->result);
  g_cancellable_cancel (call->cancellable);
  assert_cancelled (call);
  g_signal_handlers_disconnect_by_data (fixture->queue, paths);
}

/* Whoever waits need not keep the queue alive */
static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) first = occupy (fixture);
  g_autoptr (Call) second = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  LatchRequestQueue *queue = fixture->queue;

  g_object_add_weak_pointer (G_OBJECT (queue), (gpointer *) &queue);
  g_clear_object (&fixture->queue);
  assert_answered (first);
  assert_answered (second);
  g_clear_object (&first->result);
  g_clear_object (&second->result);
  latch_test_wait_until (queue == NULL);
}

static void
test_let_go_and_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) first = occupy (fixture);
  g_autoptr (Call) second = send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  LatchRequestQueue *queue = fixture->queue;

  g_object_add_weak_pointer (G_OBJECT (queue), (gpointer *) &queue);
  g_clear_object (&fixture->queue);
  g_cancellable_cancel (first->cancellable);
  g_cancellable_cancel (second->cancellable);
  assert_cancelled (first);
  assert_cancelled (second);
  g_clear_object (&first->result);
  g_clear_object (&second->result);
  latch_test_wait_until (queue == NULL);
  assert_requests (fixture, "/lockState?nukiId=1&deviceType=0");
}

typedef struct
{
  Fixture *fixture;
  Call *again;
  Call *other;
} Reentry;

static void
reenter_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reentry *reentry = user_data;

  /* Another one who waited for the same answer gives up now, and the main loop runs */
  g_cancellable_cancel (reentry->other->cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  reentry->again = send (reentry->fixture, "/list", NULL, LATCH_REQUEST_READ);
}

static void
test_reentered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) first = occupy (fixture);
  g_autoptr (Call) other = call_new ();
  Reentry reentry = { fixture, NULL, other };

  latch_request_queue_send_async (fixture->queue, NULL, "/list", NULL, LATCH_REQUEST_READ, LONG, NULL, reenter_cb, &reentry);
  send_call (fixture, other, "/list", NULL, LATCH_REQUEST_READ, LONG);
  latch_test_wait_for (other->result);
  latch_test_wait_until (reentry.again != NULL);
  assert_answered (reentry.again);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), ==, 2);
  call_free (reentry.again);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add_with(name, option, function) g_test_add ("/request-queue/" name, Fixture, option, set_up, function, tear_down)
#define add(name, function) add_with (name, NULL, function)
  add_with ("one-at-a-time-with-a-gap", "--gap=0.25", test_one_at_a_time);
  add ("commands-then-persons-then-the-rest", test_order);
  add ("same-reads/are-one", test_coalescing);
  add ("same-reads/fail-together", test_coalescing_failure);
  add ("same-reads/not-with-one-under-way", test_under_way_is_not_joined);
  add ("same-reads/not-others", test_others_are_not_joined);
  add ("same-reads/person-hurries-them", test_person_hurries_others);
  add ("cancelled/before", test_cancelled_before);
  add ("cancelled/while-waiting", test_cancelled_while_waiting);
  add ("cancelled/under-way", test_cancelled_under_way);
  add ("cancelled/under-way-by-some", test_cancelled_by_some_under_way);
  add ("cancelled/before-retry", test_cancelled_before_retry);
  add ("cancelled/after-trial", test_cancelled_after_trial);
  add ("deadline/passes", test_deadline);
  add ("deadline/each-has-its-own", test_deadline_of_each);
  add ("busy/reads-are-retried", test_retries);
  add ("busy/others-go-on", test_others_before_retry);
  add ("busy/until-the-deadline", test_busy_until_deadline);
  add ("busy/beyond-the-deadline", test_busy_beyond_deadline);
  add ("busy/commands-are-not-retried", test_commands_are_not_retried);
  add ("busy/is-offline-to-the-first-api", test_busy_is_offline);
  add ("redirection-is-not-followed", test_redirection);
  add ("no-token-no-request", test_no_token);
  add ("sent-tells-when-it-is-written", test_sent);
  add ("let-go/answers-come", test_let_go);
  add ("let-go/and-cancelled", test_let_go_and_cancelled);
  add ("reentered", test_reentered);

  return g_test_run ();
}
