/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-fixture.h"

#include "latch-error.h"

static void
test_cancelled_while_waiting (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) command = queue_send (fixture, "/lockAction", "nukiId=1&action=1&deviceType=0", LATCH_REQUEST_COMMAND);
  g_autoptr (QueueCall) read = queue_send (fixture, "/info", NULL, LATCH_REQUEST_READ);
  g_autoptr (QueueCall) last = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);

  g_cancellable_cancel (command->cancellable);
  g_cancellable_cancel (read->cancellable);
  queue_assert_cancelled (command);
  queue_assert_cancelled (read);
  g_assert_null (first->result); /* at once */
  queue_assert_answered (last);
  queue_assert_requests (fixture, "/lockState?nukiId=1&deviceType=0 /list");
}

static void
test_cancelled_before (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) command = queue_call_new ();

  g_cancellable_cancel (command->cancellable);
  queue_send_call (fixture, command, "/lockAction", "nukiId=1&action=1&deviceType=0", LATCH_REQUEST_COMMAND, LONG);
  g_assert_null (command->result);
  queue_assert_cancelled (command);
  latch_test_run_for (GAP);
  queue_assert_requests (fixture, "");
}

static void
test_cancelled_under_way (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) call = NULL;
  g_autoptr (QueueCall) next = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "hang", "/info", 1);
  call = queue_send (fixture, "/info", NULL, LATCH_REQUEST_READ);
  next = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  latch_test_simulator_wait_for_request (fixture->simulator, "/info");
  g_cancellable_cancel (call->cancellable);
  queue_assert_cancelled (call);
  g_assert_null (next->result);

  queue_assert_answered (next);
  queue_assert_requests (fixture, "/info /list");
  g_assert_cmpint (queue_get_distance (fixture, 1), >=, GAP);
}

/* All who waited for it have to lose interest before it is broken off */
static void
test_cancelled_by_some_under_way (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) call_1 = queue_send (fixture, "/lockState", "nukiId=2&deviceType=0", LATCH_REQUEST_READ);
  g_autoptr (QueueCall) call_2 = queue_send (fixture, "/lockState", "nukiId=2&deviceType=0", LATCH_REQUEST_READ);

  queue_assert_answered (first);
  latch_test_wait_until (latch_test_simulator_count_requests (fixture->simulator, NULL) == 2);
  g_cancellable_cancel (call_1->cancellable);
  queue_assert_cancelled (call_1);
  g_assert_null (call_2->result);
  queue_assert_answered (call_2);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 2);
}

static void
test_cancelled_before_retry (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) call = NULL;
  guint n_asked;

  latch_test_simulator_add_fault (fixture->simulator, "status-503", NULL, 0);
  call = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
  latch_test_run_for (FIRST_RETRY / 5);
  n_asked = latch_test_simulator_count_requests (fixture->simulator, NULL);
  g_cancellable_cancel (call->cancellable);
  queue_assert_cancelled (call);
  latch_test_run_for (FIRST_RETRY * 3 / 2);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, n_asked);
}

/* Between the /info that finds out how to show the token, and what was asked for */
static void
test_cancelled_after_trial (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) call = NULL;
  g_autoptr (QueueCall) next = NULL;

  latch_authenticator_set_requested_mode (fixture->authenticator, LATCH_AUTH_MODE_AUTO);
  call = queue_send (fixture, "/lockAction", "nukiId=1&action=1&deviceType=0", LATCH_REQUEST_COMMAND);
  next = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  latch_test_wait_until (latch_authenticator_get_accepted_mode (fixture->authenticator) != LATCH_AUTH_MODE_AUTO);
  g_cancellable_cancel (call->cancellable);
  queue_assert_cancelled (call);

  queue_assert_answered (next);
  queue_assert_requests (fixture, "/info /list");
  g_assert_cmpint (queue_get_distance (fixture, 1), >=, GAP);
}

static void
test_deadline (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) call = queue_call_new ();
  g_autoptr (QueueCall) command = queue_call_new ();
  gint64 begin = g_get_monotonic_time ();

  latch_test_simulator_add_fault (fixture->simulator, "hang", NULL, 2);
  queue_send_call (fixture, call, "/list", NULL, LATCH_REQUEST_READ, 2500);
  queue_assert_failed (call, LATCH_ERROR, LATCH_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 2500 * G_TIME_SPAN_MILLISECOND);

  queue_send_call (fixture, command, "/configAuth", "enable=1", LATCH_REQUEST_COMMAND, 2500);
  queue_assert_failed (command, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN);
  queue_assert_requests (fixture, "/list /configAuth?enable=1");
}

/* It starts when the request does, not while that waits for others */
static void
test_deadline_of_each (QueueFixture *fixture, gconstpointer data)
{
  const guint deadline = 3600;
  QueueCall *calls[8];
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *query = g_strdup_printf ("nukiId=1&deviceType=0&n=%u", i);

      calls[i] = queue_call_new ();
      queue_send_call (fixture, calls[i], "/lockState", query, LATCH_REQUEST_READ, deadline);
    }
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      queue_assert_answered (calls[i]);
      queue_call_free (calls[i]);
    }
  g_assert_cmpint (g_get_monotonic_time () - begin, >, deadline * G_TIME_SPAN_MILLISECOND);
}

static void
test_retries (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) call = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "status-503", "/list", 2);
  call = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  queue_assert_answered (call);
  queue_assert_requests (fixture, "/list /list /list");
  g_assert_cmpint (queue_get_distance (fixture, 1), >=, FIRST_RETRY);
  g_assert_cmpint (queue_get_distance (fixture, 2), >=, SECOND_RETRY);
}

static void
test_others_before_retry (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) busy = NULL;
  g_autoptr (QueueCall) other = NULL;
  g_autofree char *lines = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "status-503", "/list", 2);
  busy = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  other = queue_send (fixture, "/info", NULL, LATCH_REQUEST_READ);
  queue_assert_answered (other);
  g_assert_null (busy->result);
  queue_assert_answered (busy);
  /* After the first time, or after the second where this computer is busy, too */
  lines = latch_test_simulator_list_requests (fixture->simulator);
  g_assert_true (g_str_equal (lines, "/list /info /list /list") || g_str_equal (lines, "/list /list /info /list"));
}

static void
test_busy_until_deadline (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) call = queue_call_new ();
  gint64 begin = g_get_monotonic_time ();

  latch_test_simulator_add_fault (fixture->simulator, "status-503", NULL, 0);
  queue_send_call (fixture, call, "/list", NULL, LATCH_REQUEST_READ, 2500);
  queue_assert_failed (call, LATCH_ERROR, LATCH_ERROR_BUSY);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 15 * G_TIME_SPAN_SECOND);
  /* The third comes after 1500 to 1875 ms, if it comes in time */
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), >=, 2);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), <=, 3);
}

/* The bridge was busy, then with our own request; its silence is not the reason */
static void
test_busy_beyond_deadline (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) call = queue_call_new ();
  g_autoptr (QueueCall) other = queue_call_new ();

  latch_test_simulator_add_fault (fixture->simulator, "status-503", "/list", 0);
  latch_test_simulator_add_fault (fixture->simulator, "hang", "/info", 1);
  queue_send_call (fixture, call, "/list", NULL, LATCH_REQUEST_READ, 4000);
  queue_send_call (fixture, other, "/info", NULL, LATCH_REQUEST_PERSON, 5000);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
  queue_assert_failed (other, LATCH_ERROR, LATCH_ERROR_TIMED_OUT);
  queue_assert_failed (call, LATCH_ERROR, LATCH_ERROR_BUSY);
}

static void
test_commands_are_not_retried (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) call = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "status-503", NULL, 0);
  call = queue_send (fixture, "/configAuth", "enable=1", LATCH_REQUEST_COMMAND);
  queue_assert_failed (call, LATCH_ERROR, LATCH_ERROR_BUSY);
  latch_test_run_for (FIRST_RETRY * 3 / 2);
  queue_assert_requests (fixture, "/configAuth?enable=1");
}

/* API 1.6 means by 503 that the lock is offline */
static void
test_busy_is_offline (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) read = NULL;
  g_autoptr (QueueCall) command = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "status-503", NULL, 0);
  read = queue_send (fixture, "/lockState", "nukiId=1", LATCH_REQUEST_PERSON | LATCH_REQUEST_BUSY_IS_OFFLINE);
  queue_assert_failed (read, LATCH_ERROR, LATCH_ERROR_OFFLINE);
  command = queue_send (fixture, "/lockAction", "nukiId=1", LATCH_REQUEST_COMMAND | LATCH_REQUEST_BUSY_IS_OFFLINE);
  queue_assert_failed (command, LATCH_ERROR, LATCH_ERROR_OFFLINE);
  queue_assert_requests (fixture, "/lockState?nukiId=1 /lockState?nukiId=1 /lockAction?nukiId=1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/request-queue/" name, QueueFixture, NULL, queue_set_up, function, queue_tear_down)
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

  return g_test_run ();
}
