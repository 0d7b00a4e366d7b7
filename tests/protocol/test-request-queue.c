/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-fixture.h"

#include "latch-error.h"

static void
test_one_at_a_time (QueueFixture *fixture, gconstpointer data)
{
  const char *const paths[] = { "/list", "/info", "/callback/list", "/log" };
  QueueCall *calls[G_N_ELEMENTS (paths)];

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    calls[i] = queue_send (fixture, paths[i], NULL, LATCH_REQUEST_READ);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      queue_assert_answered (calls[i]);
      g_assert_true (i == G_N_ELEMENTS (paths) - 1 || calls[i + 1]->result == NULL);
      queue_call_free (calls[i]);
    }

  /* The bridge would have answered 503 to what came too early, so that there would be more requests */
  queue_assert_requests (fixture, "/list /info /callback/list /log");
  for (guint i = 1; i < G_N_ELEMENTS (paths); i++)
    g_assert_cmpint (queue_get_distance (fixture, i), >=, GAP);
}

static void
test_order (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) background_1 = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  g_autoptr (QueueCall) background_2 = queue_send (fixture, "/log", "count=1", LATCH_REQUEST_READ);
  g_autoptr (QueueCall) person_1 = queue_send (fixture, "/info", NULL, LATCH_REQUEST_PERSON);
  g_autoptr (QueueCall) command_1 = queue_send (fixture, "/configAuth", "enable=0", LATCH_REQUEST_COMMAND);
  g_autoptr (QueueCall) person_2 = queue_send (fixture, "/callback/list", NULL, LATCH_REQUEST_PERSON);
  g_autoptr (QueueCall) command_2 = queue_send (fixture, "/configAuth", "enable=1", LATCH_REQUEST_COMMAND);

  queue_assert_answered (background_2);
  queue_assert_requests (fixture, "/lockState?nukiId=1&deviceType=0 /configAuth?enable=0 /configAuth?enable=1 /info "
                            "/callback/list /list /log?count=1");
}

static void
test_coalescing (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  QueueCall *calls[4];

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);

  /* One of them, even the first, may lose interest */
  g_cancellable_cancel (calls[0]->cancellable);
  queue_assert_cancelled (calls[0]);
  g_assert_null (first->result);

  for (guint i = 1; i < G_N_ELEMENTS (calls); i++)
    queue_assert_answered (calls[i]);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    queue_call_free (calls[i]);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), ==, 1);
}

static void
test_coalescing_failure (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) call_1 = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  g_autoptr (QueueCall) call_2 = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);

  latch_test_simulator_add_fault (fixture->simulator, "status-404", "/list", 1);
  queue_assert_failed (call_1, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);
  queue_assert_failed (call_2, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);
}

/* An answer that is on its way may be older than what the second one wants to see */
static void
test_under_way_is_not_joined (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) second = queue_send (fixture, "/lockState", "nukiId=1&deviceType=0", LATCH_REQUEST_PERSON);

  queue_assert_answered (first);
  queue_assert_answered (second);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/lockState"), ==, 2);
}

static void
test_others_are_not_joined (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) log_1 = queue_send (fixture, "/log", "count=1", LATCH_REQUEST_READ);
  g_autoptr (QueueCall) log_2 = queue_send (fixture, "/log", "count=2", LATCH_REQUEST_READ);
  g_autoptr (QueueCall) command_1 = queue_send (fixture, "/configAuth", "enable=1", LATCH_REQUEST_COMMAND);
  g_autoptr (QueueCall) command_2 = queue_send (fixture, "/configAuth", "enable=1", LATCH_REQUEST_COMMAND);

  queue_assert_answered (log_2);
  queue_assert_requests (fixture, "/lockState?nukiId=1&deviceType=0 /configAuth?enable=1 /configAuth?enable=1 /log?count=1 "
                            "/log?count=2");
}

static void
test_person_hurries_others (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) info = queue_send (fixture, "/info", NULL, LATCH_REQUEST_READ);
  g_autoptr (QueueCall) list = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  g_autoptr (QueueCall) person = queue_send (fixture, "/list", NULL, LATCH_REQUEST_PERSON);

  queue_assert_answered (info);
  queue_assert_answered (list);
  queue_assert_answered (person);
  queue_assert_requests (fixture, "/lockState?nukiId=1&deviceType=0 /list /info");
}

static void
test_redirection (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) call = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "redirect", "/list", 1);
  call = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  queue_assert_failed (call, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);
  queue_assert_requests (fixture, "/list");
}

static void
test_no_token (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) call = NULL;

  latch_authenticator_set_token (fixture->authenticator, NULL);
  call = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  queue_assert_failed (call, LATCH_ERROR, LATCH_ERROR_NO_TOKEN);
  queue_assert_requests (fixture, "");
}

static void
count_cb (LatchRequestQueue *queue, const char *path, gpointer user_data)
{
  GString *paths = user_data;

  g_string_append (paths, path);
}

static void
test_sent (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) paths = g_string_new (NULL);
  g_autoptr (QueueCall) call = NULL;

  g_signal_connect (fixture->queue, "sent", G_CALLBACK (count_cb), paths);
  latch_test_simulator_add_fault (fixture->simulator, "hang", "/auth", 1);
  call = queue_send (fixture, "/auth", NULL, LATCH_REQUEST_NO_TOKEN);
  g_assert_cmpstr (paths->str, ==, "");
  latch_test_wait_until (paths->len > 0);
  g_assert_cmpstr (paths->str, ==, "/auth");
  g_assert_null (call->result);
  g_cancellable_cancel (call->cancellable);
  queue_assert_cancelled (call);
  g_signal_handlers_disconnect_by_data (fixture->queue, paths);
}

/* Whoever waits need not keep the queue alive */
static void
test_let_go (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) second = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  LatchRequestQueue *queue = fixture->queue;

  g_object_add_weak_pointer (G_OBJECT (queue), (gpointer *) &queue);
  g_clear_object (&fixture->queue);
  queue_assert_answered (first);
  queue_assert_answered (second);
  g_clear_object (&first->result);
  g_clear_object (&second->result);
  latch_test_wait_until (queue == NULL);
}

static void
test_let_go_and_cancelled (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) second = queue_send (fixture, "/list", NULL, LATCH_REQUEST_READ);
  LatchRequestQueue *queue = fixture->queue;

  g_object_add_weak_pointer (G_OBJECT (queue), (gpointer *) &queue);
  g_clear_object (&fixture->queue);
  g_cancellable_cancel (first->cancellable);
  g_cancellable_cancel (second->cancellable);
  queue_assert_cancelled (first);
  queue_assert_cancelled (second);
  g_clear_object (&first->result);
  g_clear_object (&second->result);
  latch_test_wait_until (queue == NULL);
  queue_assert_requests (fixture, "/lockState?nukiId=1&deviceType=0");
}

typedef struct
{
  QueueFixture *fixture;
  QueueCall *again;
  QueueCall *other;
} Reentry;

static void
reenter_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reentry *reentry = user_data;

  /* Another one who waited for the same answer gives up now, and the main loop runs */
  g_cancellable_cancel (reentry->other->cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  reentry->again = queue_send (reentry->fixture, "/list", NULL, LATCH_REQUEST_READ);
}

static void
test_reentered (QueueFixture *fixture, gconstpointer data)
{
  g_autoptr (QueueCall) first = queue_occupy (fixture);
  g_autoptr (QueueCall) other = queue_call_new ();
  Reentry reentry = { fixture, NULL, other };

  latch_request_queue_send_async (fixture->queue, NULL, "/list", NULL, LATCH_REQUEST_READ, LONG, NULL, reenter_cb, &reentry);
  queue_send_call (fixture, other, "/list", NULL, LATCH_REQUEST_READ, LONG);
  latch_test_wait_for (other->result);
  latch_test_wait_until (reentry.again != NULL);
  queue_assert_answered (reentry.again);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/list"), ==, 2);
  queue_call_free (reentry.again);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add_with(name, option, function) g_test_add ("/request-queue/" name, QueueFixture, option, queue_set_up, function, queue_tear_down)
#define add(name, function) add_with (name, NULL, function)
  add_with ("one-at-a-time-with-a-gap", "--gap=0.25", test_one_at_a_time);
  add ("commands-then-persons-then-the-rest", test_order);
  add ("same-reads/are-one", test_coalescing);
  add ("same-reads/fail-together", test_coalescing_failure);
  add ("same-reads/not-with-one-under-way", test_under_way_is_not_joined);
  add ("same-reads/not-others", test_others_are_not_joined);
  add ("same-reads/person-hurries-them", test_person_hurries_others);
  add ("redirection-is-not-followed", test_redirection);
  add ("no-token-no-request", test_no_token);
  add ("sent-tells-when-it-is-written", test_sent);
  add ("let-go/answers-come", test_let_go);
  add ("let-go/and-cancelled", test_let_go_and_cancelled);
  add ("reentered", test_reentered);

  return g_test_run ();
}
