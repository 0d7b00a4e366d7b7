/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-fixture.h"

#include "latch-error.h"

void
queue_set_up (QueueFixture *fixture, gconstpointer data)
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

void
queue_tear_down (QueueFixture *fixture, gconstpointer data)
{
  if (fixture->queue != NULL)
    g_assert_finalize_object (fixture->queue);
  g_assert_finalize_object (fixture->authenticator);
  latch_test_simulator_free (fixture->simulator);
}

QueueCall *
queue_call_new (void)
{
  QueueCall *call = g_new0 (QueueCall, 1);

  call->cancellable = g_cancellable_new ();

  return call;
}

void
queue_call_free (QueueCall *call)
{
  g_clear_object (&call->cancellable);
  g_clear_object (&call->result);
  g_free (call);
}

void
queue_send_call (QueueFixture *fixture, QueueCall *call, const char *path, const char *query, LatchRequestFlags flags, guint deadline)
{
  latch_request_queue_send_async (fixture->queue, NULL, path, query, flags, deadline, call->cancellable,
                                  latch_test_take_result_cb, &call->result);
}

QueueCall *
queue_send (QueueFixture *fixture, const char *path, const char *query, LatchRequestFlags flags)
{
  QueueCall *call = queue_call_new ();

  queue_send_call (fixture, call, path, query, flags, LONG);

  return call;
}

/* A request that is under way for a while, so that what is sent next has to wait */
QueueCall *
queue_occupy (QueueFixture *fixture)
{
  QueueCall *call = queue_send (fixture, "/lockState", "nukiId=1&deviceType=0", LATCH_REQUEST_PERSON);

  latch_test_simulator_wait_for_request (fixture->simulator, "/lockState");
  g_assert_null (call->result);

  return call;
}

void
queue_assert_answered (QueueCall *call)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_wait_for (call->result);
  body = latch_request_queue_send_finish (call->result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (body);
}

void
queue_assert_failed (QueueCall *call, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  latch_test_wait_for (call->result);
  g_assert_null (latch_request_queue_send_finish (call->result, &error));
  g_assert_error (error, domain, code);
  g_assert_null (strstr (error->message, LATCH_TEST_TOKEN));
}

void
queue_assert_requests (QueueFixture *fixture, const char *expected)
{
  g_autofree char *actual = latch_test_simulator_list_requests (fixture->simulator);

  g_assert_cmpstr (actual, ==, expected);
}

/* How many milliseconds request @index came after the one before */
gint64
queue_get_distance (QueueFixture *fixture, guint index)
{
  g_autoptr (GPtrArray) requests = latch_test_simulator_get_requests (fixture->simulator);
  const LatchTestRequest *request = NULL, *before = NULL;

  g_assert_cmpuint (index, <, requests->len);
  request = requests->pdata[index];
  before = requests->pdata[index - 1];

  return (request->time - before->time) / G_TIME_SPAN_MILLISECOND;
}
