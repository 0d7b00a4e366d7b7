/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-fixture.h"

/* Milliseconds in which what is not held back would be asked for */
#define MEANWHILE (3 * GAP)

static guint64
take (QueueFixture *fixture, LatchRequestFlags flags, guint deadline)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint64 turn;

  latch_request_queue_take_turn_async (fixture->queue, NULL, "/list", flags, deadline, NULL, latch_test_take_result_cb,
                                       &result);
  latch_test_wait_for (result);
  turn = latch_request_queue_take_turn_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (turn, !=, 0);

  return turn;
}

static gboolean
time_over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
test_nothing_is_asked_meanwhile (QueueFixture *fixture, gconstpointer data)
{
  guint64 turn = take (fixture, LATCH_REQUEST_PERSON, LONG);
  g_autoptr (QueueCall) read = queue_send (fixture, "/list", NULL, LATCH_REQUEST_PERSON);
  g_autoptr (QueueCall) command = queue_send (fixture, "/configAuth", "enable=1", LATCH_REQUEST_COMMAND);
  gboolean over = FALSE;

  g_timeout_add (MEANWHILE, time_over_cb, &over);
  latch_test_wait_until (over);
  queue_assert_requests (fixture, "");
  latch_request_queue_end_turn (fixture->queue, turn + 1); /* whoever means another one */
  g_assert_null (command->result);

  latch_request_queue_end_turn (fixture->queue, turn);
  queue_assert_answered (read);
  queue_assert_answered (command);
  queue_assert_requests (fixture, "/configAuth?enable=1 /list");
  latch_request_queue_end_turn (fixture->queue, turn);
}

static void
test_ends_by_itself (QueueFixture *fixture, gconstpointer data)
{
  guint64 turn = take (fixture, LATCH_REQUEST_COMMAND, 100);
  g_autoptr (QueueCall) read = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);

  queue_assert_answered (read);
  latch_request_queue_end_turn (fixture->queue, turn);
}

static void
test_waits_like_others (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) read = queue_send (fixture, "/list", NULL, LATCH_REQUEST_PERSON);
  guint64 turn = take (fixture, LATCH_REQUEST_COMMAND, LONG);

  queue_assert_answered (first);
  g_assert_null (read->result);
  latch_request_queue_end_turn (fixture->queue, turn);
  queue_assert_answered (read);
}

static void
test_cancelled (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) guest = queue_call_new ();
  g_autoptr (GError) error = NULL;

  latch_request_queue_take_turn_async (fixture->queue, NULL, "/list", LATCH_REQUEST_COMMAND, LONG, guest->cancellable,
                                       latch_test_take_result_cb, &guest->result);
  g_cancellable_cancel (guest->cancellable);
  latch_test_wait_for (guest->result);
  g_assert_cmpuint (latch_request_queue_take_turn_finish (guest->result, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  queue_assert_answered (first);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/request-queue/turns/" name, QueueFixture, NULL, queue_set_up, function, queue_tear_down)
  add ("nothing-is-asked-meanwhile", test_nothing_is_asked_meanwhile);
  add ("end-by-themselves", test_ends_by_itself);
  add ("wait-like-others", test_waits_like_others);
  add ("can-be-cancelled", test_cancelled);

  return g_test_run ();
}
