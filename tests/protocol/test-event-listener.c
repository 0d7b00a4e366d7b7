/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-event-listener.h"

#include "latch-test-loop.h"
#include "visitor.h"

#define LOCK_1 "{\"nukiId\": 1, \"deviceType\": 0, \"mode\": 2, \"state\": 3, \"batteryCritical\": false}"
#define PATH "/nightlatch/0123456789abcdef0123456789abcdef"

typedef struct
{
  LatchEventListener *listener;
  guint16 port;
  GPtrArray *events;
} Fixture;

static void
event_cb (LatchEventListener *listener, const LatchDeviceSnapshot *news, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->events, latch_device_snapshot_copy (news));
}

static void
set_peer (LatchEventListener *listener, const char *text)
{
  g_autoptr (GPtrArray) peers = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (peers, g_inet_address_new_from_string (text));
  latch_event_listener_set_peers (listener, peers);
}

static guint16
get_port (LatchEventListener *listener)
{
  g_autoptr (GUri) uri = g_uri_parse (latch_event_listener_get_url (listener), G_URI_FLAGS_NONE, NULL);

  g_assert_nonnull (uri);

  return g_uri_get_port (uri);
}

static void
start (LatchEventListener *listener, const char *address)
{
  g_autoptr (GInetAddress) local = g_inet_address_new_from_string (address);
  g_autoptr (GError) error = NULL;

  latch_event_listener_start (listener, local, 0, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->listener = latch_event_listener_new (PATH);
  fixture->events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);
  set_peer (fixture->listener, "127.0.0.1");
  start (fixture->listener, "127.0.0.1");
  fixture->port = get_port (fixture->listener);
  g_signal_connect (fixture->listener, "event", G_CALLBACK (event_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->listener);
  g_ptr_array_unref (fixture->events);
}

static char *
ask (Fixture *fixture, const char *request)
{
  g_autoptr (Visitor) visitor = visitor_new (fixture->port, request, -1, VISITOR_PLAIN);

  return visitor_finish (visitor);
}

static char *
make_post (const char *body)
{
  return g_strdup_printf ("POST " PATH " HTTP/1.1\r\nHost: here\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          strlen (body), body);
}

static char *
post (Fixture *fixture, const char *body)
{
  g_autofree char *request = make_post (body);

  return ask (fixture, request);
}

static void
assert_status_of (const char *answer, guint status, const char *request)
{
  g_autofree char *start = g_strdup_printf ("HTTP/1.1 %u ", status);

  if (!g_str_has_prefix (answer, start))
    g_error ("%u was expected, but this came: “%s” to “%s”", status, answer, request);
  /* Short, and the last word on this connection */
  g_assert_cmpuint (strlen (answer), <, 300);
  g_assert_nonnull (strstr (answer, "Connection: close\r\n"));
}

static void
assert_status (const char *answer, guint status)
{
  assert_status_of (answer, status, "it");
}

/* Whoever was refused changed nothing, and the bridge is still heard */
static void
assert_only_the_bridge_is_heard (Fixture *fixture)
{
  g_autofree char *answer = NULL;

  g_assert_cmpuint (fixture->events->len, ==, 0);
  answer = post (fixture, LOCK_1);
  assert_status (answer, 204);
  latch_test_wait_until (fixture->events->len > 0);
  g_assert_cmpuint (fixture->events->len, ==, 1);
}

static void
test_tells_what_was_posted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = post (fixture, LOCK_1);
  const LatchDeviceSnapshot *news = NULL;

  assert_status (answer, 204);
  g_assert_true (g_str_has_suffix (answer, "\r\n\r\n"));
  latch_test_wait_until (fixture->events->len == 1);
  news = fixture->events->pdata[0];
  g_assert_cmpuint (news->nuki_id, ==, 1);
  g_assert_cmpint (news->device_type, ==, 0);
  g_assert_cmpint (news->state.state_code, ==, 3);
  g_assert_cmpint (news->state.battery_critical, ==, LATCH_TRISTATE_NO);
  g_assert_cmpint (news->state.door_state_code, ==, -1);
  g_assert_null (news->name);
}

static void
wait_for_answer_cb (LatchEventListener *listener, const LatchDeviceSnapshot *news, gpointer user_data)
{
  /* The main loop stands still meanwhile: what the visitor gets was sent before */
  visitor_join (user_data);
}

static void
test_answers_before_it_tells (Fixture *fixture, gconstpointer data)
{
  g_autofree char *request = make_post (LOCK_1);
  g_autoptr (Visitor) visitor = visitor_new (fixture->port, request, -1, VISITOR_READS_HEAD_ONLY);
  g_autofree char *answer = NULL;

  g_signal_connect (fixture->listener, "event", G_CALLBACK (wait_for_answer_cb), visitor);
  latch_test_wait_until (fixture->events->len == 1);
  answer = visitor_finish (visitor);
  assert_status (answer, 204);
}

static void
test_takes_other_forms (Fixture *fixture, gconstpointer data)
{
  static const char *const requests[] = {
    "POST " PATH " HTTP/1.0\r\nContent-Length: 24\r\n\r\n{\"nukiId\": 1, \"state\": 3}",
    "POST " PATH " HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"
    "d\r\n{\"nukiId\": 1,\r\nc\r\n \"state\": 3}\r\n0\r\n\r\n",
    "POST http://here" PATH " HTTP/1.1\r\nHost: here\r\nContent-Length: 25\r\nContent-Type: text/plain\r\n\r\n"
    "{\"nukiId\": 1, \"state\": 3}",
    "POST " PATH " HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nContent-Length: 25\r\n\r\n"
    "{\"nukiId\": 1, \"state\": 3}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *answer = ask (fixture, requests[i]);

      if (i == 0) /* one byte short: what was cut off is not understood, and not guessed at */
        g_assert_true (g_str_has_prefix (answer, "HTTP/1.0 400 "));
      else
        g_assert_nonnull (strstr (answer, " 204 No Content\r\n"));
    }
  latch_test_wait_until (fixture->events->len == G_N_ELEMENTS (requests) - 1);
}

static void
test_refuses (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *request;
    guint status;
  } cases[] = {
    { "POST / HTTP/1.1", 404 },
    { "POST /nightlatch HTTP/1.1", 404 },
    { "POST " PATH "/ HTTP/1.1", 404 },
    { "POST " PATH "/more HTTP/1.1", 404 },
    { "POST " PATH "0 HTTP/1.1", 404 },
    { "POST " PATH "?state=1 HTTP/1.1", 404 },
    { "POST /" PATH " HTTP/1.1", 404 },
    { "POST " PATH "/.. HTTP/1.1", 404 },
    { "POST " PATH "/../0123456789abcdef0123456789abcdee HTTP/1.1", 404 },
    { "POST /../../../../etc/passwd HTTP/1.1", 404 },
    { "POST /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", 404 },
    { "POST /nightlatch%2f0123456789abcdef0123456789abcdef HTTP/1.1", 404 },
    { "POST /nightlatch/0123456789ABCDEF0123456789ABCDEF HTTP/1.1", 404 },
    { "GET / HTTP/1.1", 404 },
    { "GET " PATH " HTTP/1.1", 405 },
    { "HEAD " PATH " HTTP/1.1", 405 },
    { "PUT " PATH " HTTP/1.1", 405 },
    { "DELETE " PATH " HTTP/1.1", 405 },
    { "PATCH " PATH " HTTP/1.1", 405 },
    { "post " PATH " HTTP/1.1", 405 },
    { "POST " PATH " HTTP/1.1\r\nContent-Length: 4097", 413 },
    { "POST " PATH " HTTP/1.1\r\nContent-Length: 9223372036854775807", 413 },
    { "POST " PATH " HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5000", 413 },
    { "POST " PATH " HTTP/1.1\r\nContent-Length: 0", 400 },
    { "POST " PATH " HTTP/1.1", 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *request = g_strconcat (cases[i].request, "\r\nHost: here\r\n\r\n", NULL);
      g_autofree char *answer = ask (fixture, request);

      assert_status_of (answer, cases[i].status, cases[i].request);
      g_assert_cmpint (strstr (answer, "Allow: POST\r\n") != NULL, ==, cases[i].status == 405);
    }
  assert_only_the_bridge_is_heard (fixture);
}

static void
test_refuses_what_it_cannot_understand (Fixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = {
    "x", "null", "[]", "[" LOCK_1 "]", "{}", "{\"nukiId\": 0}", "{\"nukiId\": \"\"}", "{\"nukiId\": {}}",
    "{\"state\": 3}", "{\"nukiId\": 1", "\xff\xfe", "{\"nukiId\": -1}", "<html>",
  };
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *answer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *each = post (fixture, bodies[i]);

      assert_status (each, 400);
    }

  for (guint i = 0; i < 4000; i++)
    g_string_append_c (deep, i % 2 == 0 ? '[' : '{');
  answer = post (fixture, deep->str);
  assert_status (answer, 400);
  assert_only_the_bridge_is_heard (fixture);
}

/* No HTTP: an answer or none, but the end at once, and no harm */
static void
test_survives_noise (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    gssize length;
  } cases[] = {
    { "\r\n\r\n", 4 },
    { "\0\0\0\0\r\n\r\n", 8 },
    { "POST\r\n\r\n", 8 },
    { "POST " PATH "\r\n\r\n", -1 },
    { "POST " PATH " HTTP/9.9\r\n\r\n", -1 },
    { "POST " PATH " HTTP/1.1\r\n\r\n", -1 },
    { "POST " PATH " HTTP/1.1\r\nHost: a/b\r\n\r\n", -1 },
    { "POST " PATH " HTTP/1.1\r\nHost: here\r\nContent-Length: -1\r\n\r\n", -1 },
    { "POST " PATH " HTTP/1.1\r\nHost: here\r\nContent-Length: -2\r\n\r\n" LOCK_1, -1 },
    { "POST " PATH " HTTP/1.1\r\nHost: here\r\nContent-Length: ten\r\n\r\n", -1 },
    { "POST " PATH " HTTP/1.1\r\nHost: here\r\nContent-Length: 99999999999999999999999\r\n\r\n", -1 },
    { "POST " PATH " HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: bzip\r\n\r\n", -1 },
    { "POST " PATH " HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", -1 },
    { "POST " PATH " HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n", -1 },
    { "POST " PATH " HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n", -1 },
    { "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15 },
    { "OPTIONS * HTTP/1.1\r\nHost: here\r\n\r\n", -1 },
    { "CONNECT here:1 HTTP/1.1\r\nHost: here:1\r\n\r\n", -1 },
    { "POST https://here" PATH " HTTP/1.1\r\nHost: here\r\n\r\n", -1 },
    { "POST :// HTTP/1.1\r\nHost: here\r\n\r\n", -1 },
    { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Visitor) visitor = visitor_new (fixture->port, cases[i].bytes, cases[i].length, VISITOR_SHUTS_DOWN);
      g_autofree char *answer = visitor_finish (visitor);

      if (answer[0] != '\0' && !g_regex_match_simple ("^HTTP/1[.][01] (4..|50[15]) ", answer, 0, 0))
        g_error ("Case %u was answered: %s", i, answer);
    }
  assert_only_the_bridge_is_heard (fixture);
}

/* From another address, even the right words are none */
static void
test_refuses_strangers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *request = make_post (LOCK_1);
  g_autoptr (Visitor) stranger = visitor_new (fixture->port, request, -1, VISITOR_STRANGER);
  g_autoptr (Visitor) forwarded = NULL;
  g_autofree char *spoof = g_strdup_printf ("POST " PATH " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                            "X-Forwarded-For: 127.0.0.1\r\n"
                                            "Forwarded: for=127.0.0.1\r\nX-Real-IP: 127.0.0.1\r\n"
                                            "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n" LOCK_1, strlen (LOCK_1));
  g_autofree char *answer = visitor_finish (stranger);
  g_autofree char *spoof_answer = NULL;

  assert_status (answer, 403);
  forwarded = visitor_new (fixture->port, spoof, -1, VISITOR_STRANGER);
  spoof_answer = visitor_finish (forwarded);
  assert_status (spoof_answer, 403);
  assert_only_the_bridge_is_heard (fixture);

  /* Nobody is known before it is told whom to trust */
  {
    g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
    g_autofree char *refused = NULL;

    latch_event_listener_set_peers (fixture->listener, nobody);
    refused = post (fixture, LOCK_1);
    assert_status (refused, 403);
    g_assert_cmpuint (fixture->events->len, ==, 1);
  }
}

static void
test_reads_no_huge_bodies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) counted = g_string_new ("POST " PATH " HTTP/1.1\r\nHost: here\r\n"
                                              "Content-Length: 8000000\r\n\r\n");
  g_autoptr (GString) chunked = g_string_new ("POST " PATH " HTTP/1.1\r\nHost: here\r\n"
                                              "Transfer-Encoding: chunked\r\n\r\n");
  g_autoptr (GString) just = g_string_new (LOCK_1);
  g_autofree char *fits = NULL;
  g_autofree char *exceeds = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      g_string_append_printf (counted, "%08000u", i);
      g_string_append_printf (chunked, "3e8\r\n%01000u\r\n", i);
    }
  for (guint i = 0; i < 2; i++)
    {
      const char *request = i == 0 ? counted->str : chunked->str;
      g_autoptr (Visitor) visitor = visitor_new (fixture->port, request, -1, VISITOR_PLAIN);
      g_autofree char *answer = visitor_finish (visitor);

      assert_status (answer, 413);
      /* The other side could not even send it: nobody read it */
      g_assert_true (visitor_was_cut_off (visitor) || visitor_get_n_sent (visitor) < 8000000);
    }
  g_assert_cmpuint (fixture->events->len, ==, 0);

  while (just->len < 4096)
    g_string_append_c (just, ' ');
  fits = post (fixture, just->str);
  assert_status (fits, 204);
  g_string_append_c (just, ' ');
  exceeds = post (fixture, just->str);
  assert_status (exceeds, 413);
  latch_test_wait_until (fixture->events->len == 1);
}

static void
test_reads_no_endless_headers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) request = g_string_new ("POST " PATH " HTTP/1.1\r\n");
  g_autoptr (Visitor) visitor = NULL;
  g_autofree char *answer = NULL;

  for (guint i = 0; i < 400000; i++)
    g_string_append_printf (request, "X-%u: some header\r\n", i);
  visitor = visitor_new (fixture->port, request->str, -1, VISITOR_PLAIN);
  answer = visitor_finish (visitor);
  g_assert_true (visitor_was_cut_off (visitor));
  assert_only_the_bridge_is_heard (fixture);
}

/* Nobody keeps a connection for long, whatever he does with it; meanwhile, others are served */
static void
test_cuts_off_the_slow (Fixture *fixture, gconstpointer data)
{
  static const char *const starts[] = {
    "",
    "POST ",
    "POST " PATH " HTTP/1.1\r\nHost: here\r\nContent-Length: 25\r\n\r\n",
    "POST " PATH " HTTP/1.1\r\nHost: here\r\nContent-Length: 25\r\n\r\n{\"nukiId\": 1",
    "POST " PATH " HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    "POST / HTTP/1.1\r\nHost: here\r\n\r\n",
  };
  gint64 begun = g_get_monotonic_time ();
  Visitor *slow[G_N_ELEMENTS (starts) + 1];
  gint64 taken;

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    slow[i] = visitor_new (fixture->port, starts[i], -1, VISITOR_NEVER_ENDS);
  slow[G_N_ELEMENTS (starts)] = visitor_new (fixture->port, "POST " PATH " HTTP/1.1\r\nX: ", -1, VISITOR_TRICKLES);

  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    visitor_wait_until_connected (slow[i]);
  assert_only_the_bridge_is_heard (fixture);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 4 * G_TIME_SPAN_SECOND);

  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      g_autofree char *answer = visitor_finish (slow[i]);

      taken = visitor_get_end (slow[i]) - begun;
      g_assert_cmpint (taken, >, 3 * G_TIME_SPAN_SECOND);
      g_assert_cmpint (taken, <, 18 * G_TIME_SPAN_SECOND);
      g_assert_null (strstr (answer, " 204 "));
      visitor_free (slow[i]);
    }
  g_assert_cmpuint (fixture->events->len, ==, 1);
}

static void
test_crowds_do_not_keep_the_bridge_out (Fixture *fixture, gconstpointer data)
{
  enum { N_STRANGERS = 60 };
  Visitor *strangers[N_STRANGERS];
  gint64 begun;
  guint n_files = visitor_count_files ();
  guint n_refused = 0;

  for (guint i = 0; i < N_STRANGERS; i++)
    strangers[i] = visitor_new (fixture->port, "POST ", -1, VISITOR_STRANGER | VISITOR_NEVER_ENDS);
  for (guint i = 0; i < N_STRANGERS; i++)
    visitor_wait_until_connected (strangers[i]);

  begun = g_get_monotonic_time ();
  assert_only_the_bridge_is_heard (fixture);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 4 * G_TIME_SPAN_SECOND);

  for (guint i = 0; i < N_STRANGERS; i++)
    {
      g_autofree char *answer = visitor_finish (strangers[i]);

      g_assert_false (g_str_has_prefix (answer, "HTTP/1.1 2"));
      n_refused += visitor_get_end (strangers[i]) - begun < 4 * G_TIME_SPAN_SECOND;
      visitor_free (strangers[i]);
    }
  /* All but a few were turned away at the door */
  g_assert_cmpuint (n_refused, >=, N_STRANGERS - 8);
  latch_test_wait_until (visitor_count_files () <= n_files);
}

static void
test_takes_one_request_a_connection (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = make_post (LOCK_1);
  g_autofree char *three = g_strconcat (one, one, one, NULL);
  g_autoptr (Visitor) visitor = visitor_new (fixture->port, three, -1, VISITOR_PLAIN);
  g_autofree char *answer = visitor_finish (visitor);
  g_autofree char *next = NULL;

  /* The answer may get lost, since we hang up on somebody who still talks */
  latch_test_wait_until (fixture->events->len > 0);
  next = post (fixture, LOCK_1);
  assert_status (next, 204);
  latch_test_wait_until (fixture->events->len > 1);
  g_assert_cmpuint (fixture->events->len, ==, 2);
}

static void
test_takes_a_burst_in_order (Fixture *fixture, gconstpointer data)
{
  for (guint i = 1; i <= 200; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"nukiId\": %u, \"state\": 1}", i);
      g_autofree char *answer = post (fixture, body);

      assert_status (answer, 204);
    }
  latch_test_wait_until (fixture->events->len == 200);
  for (guint i = 0; i < 200; i++)
    g_assert_cmpuint (((LatchDeviceSnapshot *) fixture->events->pdata[i])->nuki_id, ==, i + 1);
}

static void
test_speaks_ipv6 (void)
{
  g_autoptr (LatchEventListener) listener = latch_event_listener_new (NULL);
  Fixture fixture = { listener, 0, g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free) };
  g_autofree char *request = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *refused = NULL;
  g_autoptr (Visitor) visitor = NULL;
  g_autoptr (Visitor) stranger = NULL;

  g_signal_connect (listener, "event", G_CALLBACK (event_cb), &fixture);
  start (listener, "::1");
  g_assert_true (g_str_has_prefix (latch_event_listener_get_url (listener), "http://[::1]:"));
  request = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: [::1]\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n" LOCK_1,
                             latch_event_listener_get_path (listener), strlen (LOCK_1));

  set_peer (listener, "::2");
  stranger = visitor_new (get_port (listener), request, -1, VISITOR_IPV6);
  refused = visitor_finish (stranger);
  assert_status (refused, 403);

  set_peer (listener, "::1");
  visitor = visitor_new (get_port (listener), request, -1, VISITOR_IPV6);
  answer = visitor_finish (visitor);
  assert_status (answer, 204);
  latch_test_wait_until (fixture.events->len == 1);
  g_ptr_array_unref (fixture.events);
}

/* Which see IPv4 addresses in the disguise of IPv6 ones */
static void
test_knows_peers_at_sockets_for_both (void)
{
  g_autoptr (LatchEventListener) listener = latch_event_listener_new (PATH);
  Fixture fixture = { listener, 0, g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free) };
  g_autofree char *answer = NULL;

  g_signal_connect (listener, "event", G_CALLBACK (event_cb), &fixture);
  start (listener, "::");
  fixture.port = get_port (listener);
  set_peer (listener, "127.0.0.1");
  answer = post (&fixture, LOCK_1);
  assert_status (answer, 204);
  latch_test_wait_until (fixture.events->len == 1);
  g_ptr_array_unref (fixture.events);
}

static void
test_makes_paths_that_nobody_guesses (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 100; i++)
    {
      char *path = latch_event_listener_make_path ("/nightlatch");

      g_assert_true (g_regex_match_simple ("^/nightlatch/[0-9a-f]{32}$", path, 0, 0));
      g_assert_true (g_hash_table_add (seen, path));
    }
}

static void
test_starts_and_stops (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string ("127.0.0.1");
  g_autoptr (LatchEventListener) second = latch_event_listener_new (NULL);
  g_autoptr (Visitor) waiting = visitor_new (fixture->port, "POST ", -1, VISITOR_NEVER_ENDS);
  g_autoptr (Visitor) late = NULL;
  g_autoptr (GInetAddress) not_ours = g_inet_address_new_from_string ("192.0.2.1");
  g_autofree char *answer = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *url = g_strdup (latch_event_listener_get_url (fixture->listener));
  g_autoptr (GError) error = NULL;
  gint64 begun;

  g_assert_false (latch_event_listener_start (second, address, fixture->port, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_assert_null (latch_event_listener_get_url (second));
  g_clear_error (&error);
  g_assert_false (latch_event_listener_start (second, not_ours, 0, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  visitor_wait_until_connected (waiting);
  begun = g_get_monotonic_time ();
  latch_event_listener_stop (fixture->listener);
  g_assert_null (latch_event_listener_get_url (fixture->listener));
  g_assert_null (latch_event_listener_get_address (fixture->listener));
  answer = visitor_finish (waiting);
  g_assert_cmpint (visitor_get_end (waiting) - begun, <, 4 * G_TIME_SPAN_SECOND);
  late = visitor_new (fixture->port, "", -1, VISITOR_PLAIN);
  nothing = visitor_finish (late);
  g_assert_false (visitor_was_connected (late));

  /* At the same place: a bridge that knows the URL need not be told again */
  g_assert_true (latch_event_listener_start (fixture->listener, address, fixture->port, &error));
  g_assert_cmpstr (latch_event_listener_get_url (fixture->listener), ==, url);
  assert_only_the_bridge_is_heard (fixture);
}

static void
stop_cb (LatchEventListener *listener, const LatchDeviceSnapshot *news, gpointer user_data)
{
  latch_event_listener_stop (listener);
}

static void
drop_cb (LatchEventListener *listener, const LatchDeviceSnapshot *news, gpointer user_data)
{
  g_clear_object ((LatchEventListener **) user_data);
}

static void
test_may_end_while_it_tells (Fixture *fixture, gconstpointer data)
{
  LatchEventListener *listener = latch_event_listener_new (PATH);
  Fixture other = { listener, 0, NULL };
  g_autofree char *answer = NULL;
  g_autofree char *second = NULL;

  g_signal_connect (fixture->listener, "event", G_CALLBACK (stop_cb), NULL);
  answer = post (fixture, LOCK_1);
  assert_status (answer, 204);

  set_peer (listener, "127.0.0.1");
  start (listener, "127.0.0.1");
  other.port = get_port (listener);
  g_object_add_weak_pointer (G_OBJECT (listener), (gpointer *) &other.listener);
  g_signal_connect (listener, "event", G_CALLBACK (drop_cb), &listener);
  second = post (&other, LOCK_1);
  assert_status (second, 204);
  latch_test_wait_until (other.listener == NULL);
}

static void
test_leaves_no_files_open (void)
{
  guint n_files = visitor_count_files ();

  for (guint i = 0; i < 10; i++)
    {
      Fixture fixture = { NULL, };
      g_autofree char *answer = NULL;

      set_up (&fixture, NULL);
      answer = post (&fixture, i % 2 == 0 ? LOCK_1 : "nothing");
      tear_down (&fixture, NULL);
    }
  latch_test_wait_until (visitor_count_files () <= n_files);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/event-listener/" name, Fixture, NULL, set_up, function, tear_down)
  add ("tells-what-was-posted", test_tells_what_was_posted);
  add ("answers-before-it-tells", test_answers_before_it_tells);
  add ("takes-other-forms", test_takes_other_forms);
  add ("takes-a-burst-in-order", test_takes_a_burst_in_order);
  add ("takes-one-request-a-connection", test_takes_one_request_a_connection);
  add ("refuses/what-is-not-for-it", test_refuses);
  add ("refuses/what-it-cannot-understand", test_refuses_what_it_cannot_understand);
  add ("refuses/strangers", test_refuses_strangers);
  add ("reads-no/huge-bodies", test_reads_no_huge_bodies);
  add ("reads-no/endless-headers", test_reads_no_endless_headers);
  add ("survives-noise", test_survives_noise);
  add ("cuts-off-the-slow", test_cuts_off_the_slow);
  add ("crowds-do-not-keep-the-bridge-out", test_crowds_do_not_keep_the_bridge_out);
  add ("starts-and-stops", test_starts_and_stops);
  add ("may-end-while-it-tells", test_may_end_while_it_tells);
  g_test_add_func ("/event-listener/speaks-ipv6", test_speaks_ipv6);
  g_test_add_func ("/event-listener/knows-peers-at-sockets-for-both", test_knows_peers_at_sockets_for_both);
  g_test_add_func ("/event-listener/makes-paths-that-nobody-guesses", test_makes_paths_that_nobody_guesses);
  g_test_add_func ("/event-listener/leaves-no-files-open", test_leaves_no_files_open);

  return g_test_run ();
}
