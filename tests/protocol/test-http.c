/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-http.h"

#include "bridge-stand-in.h"
#include "latch-error.h"

#define OK_HEAD "HTTP/1.1 200 OK\r\n"

typedef struct
{
  BridgeStandIn *server;
  SoupSession *session;
  GAsyncResult *result;
} Fixture;

typedef struct
{
  GBytes *body;
  guint status;
  gboolean was_sent;
  GError *error;
} Answer;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = bridge_stand_in_new ();
  fixture->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->session);
  bridge_stand_in_free (fixture->server);
}

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_clear_error (&answer->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
start_at (Fixture *fixture, guint16 port, guint deadline_ms, GCancellable *cancellable)
{
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/list?token=123456", port);

  latch_http_get_async (fixture->session, uri, deadline_ms, cancellable, latch_test_take_result_cb, &fixture->result);
}

static void
finish (Fixture *fixture, Answer *answer)
{
  latch_test_wait_for (fixture->result);
  answer->body = latch_http_get_finish (fixture->result, &answer->status, &answer->was_sent, &answer->error);
  g_assert_true ((answer->body == NULL) == (answer->error != NULL));
}

static void
get (Fixture *fixture, guint deadline_ms, Answer *answer)
{
  start_at (fixture, bridge_stand_in_get_port (fixture->server), deadline_ms, NULL);
  finish (fixture, answer);
}

static void
get_raw (Fixture *fixture, const char *bytes, Answer *answer)
{
  bridge_stand_in_answer_raw (fixture->server, NULL, bytes, -1);
  get (fixture, 5000, answer);
}

static void
assert_body (const Answer *answer, const char *body)
{
  g_assert_no_error (answer->error);
  g_assert_cmpmem (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body), body, strlen (body));
}

static void
test_any_status (Fixture *fixture, gconstpointer data)
{
  const guint statuses[] = { 200, 201, 204, 301, 302, 400, 401, 404, 500, 503 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_auto (Answer) answer = { 0 };

      bridge_stand_in_answer (fixture->server, NULL, statuses[i], statuses[i] == 204 ? "" : "body");
      get (fixture, 5000, &answer);
      assert_body (&answer, statuses[i] == 204 ? "" : "body");
      g_assert_cmpuint (answer.status, ==, statuses[i]);
      g_assert_true (answer.was_sent);
      g_clear_object (&fixture->result);
    }
  g_assert_cmpuint (bridge_stand_in_get_n_requests (fixture->server), ==, G_N_ELEMENTS (statuses));
}

static void
test_without_length (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  get_raw (fixture, OK_HEAD "\r\nuntil the end", &answer);
  assert_body (&answer, "until the end");
}

static void
test_cut_short (Fixture *fixture, gconstpointer data)
{
  const char *const answers[] = { OK_HEAD "Content-Length: 10\r\n\r\nabc",
                                  OK_HEAD "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto (Answer) answer = { 0 };

      get_raw (fixture, answers[i], &answer);
      g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
      g_assert_true (answer.was_sent);
      g_clear_object (&fixture->result);
    }
}

static void
test_chunked (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  get_raw (fixture, OK_HEAD "Connection: Close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
           &answer);
  assert_body (&answer, "abcde");
}

static void
test_not_decompressed (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  /* Otherwise some bytes on the wire could become many in memory */
  soup_session_remove_feature_by_type (fixture->session, SOUP_TYPE_CONTENT_DECODER);
  get_raw (fixture, OK_HEAD "Content-Encoding: gzip\r\n\r\nabc", &answer);
  assert_body (&answer, "abc");
}

static void
test_redirection (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autofree char *bytes = g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%u/stolen\r\n\r\n",
                                            bridge_stand_in_get_port (fixture->server));

  get_raw (fixture, bytes, &answer);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.status, ==, 302);
  g_assert_cmpuint (bridge_stand_in_get_n_requests (fixture->server), ==, 1);
}

static void
test_challenge (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  get_raw (fixture, "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", &answer);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.status, ==, 401);
  g_assert_cmpuint (bridge_stand_in_get_n_requests (fixture->server), ==, 1);
}

static void
assert_failed (Fixture *fixture, const Answer *answer, gboolean was_sent)
{
  g_assert_nonnull (answer->error);
  g_assert_false (g_error_matches (answer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  g_assert_false (g_error_matches (answer->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
  g_assert_cmpint (answer->was_sent, ==, was_sent);
  g_assert_null (strstr (answer->error->message, "123456"));
}

static void
test_hung_up_on (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  get_raw (fixture, "", &answer);
  assert_failed (fixture, &answer, TRUE);
  g_assert_cmpuint (bridge_stand_in_get_n_requests (fixture->server), ==, 1);
}

static void
test_not_http (Fixture *fixture, gconstpointer data)
{
  const char *const answers[] = {
    "SSH-2.0-OpenSSH_9.2p1\r\n",
    "220 mail.example ESMTP\r\n",
    "\r\n\r\n\r\n\r\n",
    "\001\002\003\004",
    "HTTP/1.1 abc\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto (Answer) answer = { 0 };

      get_raw (fixture, answers[i], &answer);
      g_assert_error (answer.error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);
      g_assert_true (answer.was_sent);
      g_clear_object (&fixture->result);
      g_assert_cmpuint (bridge_stand_in_get_n_requests (fixture->server), ==, i + 1);
    }
}

static void
test_nobody_there (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  start_at (fixture, bridge_stand_in_find_dead_port (), 5000, NULL);
  finish (fixture, &answer);
  assert_failed (fixture, &answer, FALSE);
}

static void
test_body_bound (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body = g_strnfill (LATCH_HTTP_MAX_BODY + 1, 'x');
  g_auto (Answer) too_large = { 0 };
  g_auto (Answer) just_right = { 0 };

  bridge_stand_in_answer (fixture->server, NULL, 200, body);
  get (fixture, 5000, &too_large);
  g_assert_error (too_large.error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);

  g_clear_object (&fixture->result);
  body[LATCH_HTTP_MAX_BODY] = '\0';
  bridge_stand_in_answer (fixture->server, NULL, 200, body);
  get (fixture, 5000, &just_right);
  assert_body (&just_right, body);
}

static void
test_endless_body (Fixture *fixture, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (4096, 'x');
  g_autofree char *bytes = g_strconcat (OK_HEAD "\r\n", filler, NULL);
  g_auto (Answer) answer = { 0 };

  bridge_stand_in_set_endless (fixture->server, TRUE);
  get_raw (fixture, bytes, &answer);
  g_assert_error (answer.error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);

  /* And it hangs up, rather than to let it all come */
  g_clear_object (&fixture->result);
  latch_test_wait_until (bridge_stand_in_get_n_open (fixture->server) == 0);
}

static void
test_endless_head (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) bytes = g_string_new (OK_HEAD);
  g_auto (Answer) answer = { 0 };

  for (guint i = 0; i < 256; i++)
    g_string_append (bytes, "X-Filler: 01234567890123456789\r\n");
  bridge_stand_in_set_endless (fixture->server, TRUE);
  get_raw (fixture, bytes->str, &answer);
  assert_failed (fixture, &answer, TRUE);
  g_clear_object (&fixture->result);
  latch_test_wait_until (bridge_stand_in_get_n_open (fixture->server) == 0);
  g_assert_cmpuint (bridge_stand_in_get_n_sent (fixture->server), <, 16 * 1024 * 1024);
}

static void
test_deadline (Fixture *fixture, gconstpointer data)
{
  /* Before the head, within it, and within the body */
  const char *const answers[] = { NULL, OK_HEAD "X", OK_HEAD "Content-Length: 10\r\n\r\nabc" };

  bridge_stand_in_set_keep_alive (fixture->server, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto (Answer) answer = { 0 };
      gint64 begin = g_get_monotonic_time ();

      if (answers[i] != NULL)
        bridge_stand_in_answer_raw (fixture->server, NULL, answers[i], -1);
      get (fixture, 1500, &answer);
      g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      g_assert_true (answer.was_sent);
      g_assert_cmpint (g_get_monotonic_time () - begin, >=, 1500 * G_TIME_SPAN_MILLISECOND);
      g_assert_cmpint (g_get_monotonic_time () - begin, <, 15 * G_TIME_SPAN_SECOND);
      g_clear_object (&fixture->result);
      latch_test_wait_until (bridge_stand_in_get_n_open (fixture->server) == 0);
    }
}

/* Bytes that trickle in do not put the deadline off */
static void
test_deadline_is_for_all (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  gint64 begin = g_get_monotonic_time ();

  bridge_stand_in_answer_raw (fixture->server, NULL, "HTTP/1.1 100 Continue\r\n\r\n", -1);
  bridge_stand_in_set_endless (fixture->server, TRUE);
  get (fixture, 200, &answer);
  g_assert_nonnull (answer.error);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 15 * G_TIME_SPAN_SECOND);
}

/* A host that takes no connection: nothing was sent, so the deadline says "not reachable" */
static void
test_deadline_while_connecting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GPtrArray) crowd = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (Answer) answer = { 0 };

  g_socket_set_listen_backlog (listener, 0);
  g_assert_true (g_socket_bind (listener, any, FALSE, NULL));
  g_assert_true (g_socket_listen (listener, NULL));
  address = g_socket_get_local_address (listener, NULL);
  for (guint i = 0; i < 4; i++)
    {
      GSocket *visitor = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);

      g_socket_set_blocking (visitor, FALSE);
      g_socket_connect (visitor, address, NULL, NULL);
      g_ptr_array_add (crowd, visitor);
    }

  start_at (fixture, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)), 200, NULL);
  finish (fixture, &answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_false (answer.was_sent);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Answer) answer = { 0 };

  g_cancellable_cancel (cancellable);
  start_at (fixture, bridge_stand_in_get_port (fixture->server), 5000, cancellable);
  finish (fixture, &answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (answer.was_sent);
  g_assert_cmpuint (bridge_stand_in_get_n_requests (fixture->server), ==, 0);
}

static void
test_cancelled_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Answer) answer = { 0 };

  start_at (fixture, bridge_stand_in_get_port (fixture->server), 5000, cancellable);
  latch_test_wait_until (bridge_stand_in_get_n_requests (fixture->server) == 1);
  g_assert_null (fixture->result);
  g_cancellable_cancel (cancellable);
  finish (fixture, &answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (answer.was_sent);
  latch_test_wait_until (bridge_stand_in_get_n_open (fixture->server) == 0);
}

/* In a thread, as it has to be faster than we are */
static gpointer
answer_once (gpointer user_data)
{
  const char answer[] = OK_HEAD "Content-Length: 4\r\n\r\nbody";
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (user_data, NULL, NULL, NULL);
  GIOStream *stream = G_IO_STREAM (connection);
  char request[4096];

  g_assert_true (g_input_stream_read (g_io_stream_get_input_stream (stream), request, sizeof request, NULL, NULL) > 0);
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), answer, strlen (answer), NULL, NULL, NULL);

  return NULL;
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
wrote_headers_cb (SoupMessage *message, gpointer user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, cancel_cb, user_data, NULL);
  g_usleep (100 * G_TIME_SPAN_MILLISECOND); /* the answer is here before we look for it */
}

static void
queued_cb (SoupSession *session, SoupMessage *message, gpointer user_data)
{
  g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_headers_cb), user_data);
}

/* Between the moment at which an answer has come, and that at which anybody is told of it */
static void
test_cancelled_when_answered (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GSocketListener) listener = g_socket_listener_new ();
      guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
      g_autoptr (GThread) server = g_thread_new ("server", answer_once, listener);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gulong queued_id = g_signal_connect (fixture->session, "request-queued", G_CALLBACK (queued_cb), cancellable);
      g_auto (Answer) answer = { 0 };

      start_at (fixture, port, 5000, cancellable);
      finish (fixture, &answer);
      if (answer.error != NULL)
        g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (answer.was_sent);
      g_clear_object (&fixture->result);
      g_signal_handler_disconnect (fixture->session, queued_id);
      g_thread_join (g_steal_pointer (&server));
    }
}

static void
test_own_connection (Fixture *fixture, gconstpointer data)
{
  bridge_stand_in_set_keep_alive (fixture->server, TRUE);
  bridge_stand_in_answer (fixture->server, NULL, 200, "body");

  for (guint i = 1; i <= 4; i++)
    {
      g_auto (Answer) answer = { 0 };

      get (fixture, 5000, &answer);
      assert_body (&answer, "body");
      g_clear_object (&fixture->result);
      g_assert_cmpuint (bridge_stand_in_get_n_connections (fixture->server), ==, i);
      /* A bridge has few: none is kept open, even where the other side would */
      latch_test_wait_until (bridge_stand_in_get_n_open (fixture->server) == 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/http/" name, Fixture, NULL, set_up, function, tear_down)
  add ("any-status-is-an-answer", test_any_status);
  add ("body/without-length", test_without_length);
  add ("body/chunked", test_chunked);
  add ("body/cut-short-is-none", test_cut_short);
  add ("body/is-not-decompressed", test_not_decompressed);
  add ("body/is-bounded", test_body_bound);
  add ("body/without-end", test_endless_body);
  add ("head/without-end", test_endless_head);
  add ("redirection-is-not-followed", test_redirection);
  add ("challenge-is-not-met", test_challenge);
  add ("hung-up-on-is-sent-once", test_hung_up_on);
  add ("not-http-is-no-bridge", test_not_http);
  add ("nobody-there-was-not-sent", test_nobody_there);
  add ("deadline/ends-waiting", test_deadline);
  add ("deadline/is-for-all-of-it", test_deadline_is_for_all);
  add ("deadline/while-connecting-was-not-sent", test_deadline_while_connecting);
  add ("cancelled/before-it-starts", test_cancelled_before);
  add ("cancelled/while-it-waits", test_cancelled_meanwhile);
  add ("cancelled/when-it-is-answered", test_cancelled_when_answered);
  add ("each-request-has-its-own-connection", test_own_connection);
#undef add

  return g_test_run ();
}
