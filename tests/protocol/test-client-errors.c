/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-stand-in.h"
#include "client-endpoints.h"
#include "latch-error.h"

#define TOKEN "s3cretT0ken"

/*
 * Each operation, and all that can be answered instead of what it wants to hear. The codes are in the order of
 * endpoints[].
 */

#define OK (-1)

/* Short names, so that the table can be read */
#define ARG LATCH_ERROR_INVALID_ARGUMENT
#define BTN LATCH_ERROR_BUTTON_NOT_PRESSED
#define BUS LATCH_ERROR_BUSY
#define DEV LATCH_ERROR_UNKNOWN_DEVICE
#define FUL LATCH_ERROR_CALLBACKS_FULL
#define MAL LATCH_ERROR_MALFORMED
#define NOT LATCH_ERROR_NOT_A_BRIDGE
#define OFF LATCH_ERROR_OFFLINE
#define PAI LATCH_ERROR_PAIRING_DISABLED
#define REF LATCH_ERROR_REFUSED
#define SUP LATCH_ERROR_NOT_SUPPORTED
#define UNA LATCH_ERROR_UNAUTHORIZED
#define UNK LATCH_ERROR_OUTCOME_UNKNOWN
#define UNR LATCH_ERROR_UNREACHABLE

typedef struct
{
  const char *name;
  guint status; /* 0: hangs up without an answer */
  const char *body;
  int codes[15];
} Case;

static const Case cases[] = {
  /*                                       auth conf list stat actn unpr info log  clog cadd clst crem fwup rebo fact */
  { "400", 400, "HTTP 400 Bad Request",   { ARG, ARG, ARG, ARG, ARG, ARG, ARG, ARG, ARG, ARG, ARG, ARG, ARG, ARG, ARG } },
  { "401", 401, "HTTP 401 Unauthorized",  { UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA } },
  { "401-json", 401, "{\"error\":\"invalid api token\"}",
                                          { UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA } },
  { "403", 403, "HTTP 403 Forbidden",     { PAI, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA, UNA } },
  { "404", 404, "HTTP 404 Not Found",     { NOT, SUP, NOT, DEV, DEV, DEV, NOT, SUP, SUP, SUP, SUP, SUP, SUP, SUP, SUP } },
  { "410", 410, "HTTP 410 Gone",          { REF, REF, REF, OFF, OFF, REF, REF, REF, REF, REF, REF, REF, REF, REF, REF } },
  { "418", 418, "",                       { REF, REF, REF, REF, REF, REF, REF, REF, REF, REF, REF, REF, REF, REF, REF } },
  { "500", 500, "",                       { REF, UNK, REF, REF, UNK, UNK, REF, REF, UNK, UNK, REF, UNK, UNK, UNK, UNK } },
  { "503", 503, "HTTP 503 Unavailable",   { BUS, BUS, BUS, BUS, BUS, BUS, BUS, BUS, BUS, BUS, BUS, BUS, BUS, BUS, BUS } },
  { "302", 302, "",                       { NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT } },
  { "no-answer", 0, NULL,                 { UNR, UNK, UNR, UNR, UNK, UNK, UNR, UNR, UNK, UNK, UNR, UNK, UNK, UNK, UNK } },
  { "success-false", 200, "{\"success\":false}",
                                          { BTN, REF, REF, OFF, OFF, REF, REF, REF, REF, REF, REF, REF, REF, REF, REF } },
  { "full", 200, "{\"success\":false,\"message\":\"too many callbacks registered\"}",
                                          { BTN, FUL, FUL, OFF, OFF, FUL, FUL, FUL, FUL, FUL, FUL, FUL, FUL, FUL, FUL } },
  { "empty", 200, "",                     { MAL, UNK, MAL, MAL, UNK, UNK, MAL, MAL,  OK, UNK, MAL, UNK,  OK,  OK,  OK } },
  { "object", 200, "{}",                  { MAL, UNK, MAL, MAL, UNK, UNK, NOT, MAL,  OK, UNK, MAL, UNK,  OK,  OK,  OK } },
  { "array", 200, "[]",                   { MAL, UNK,  OK, MAL, UNK, UNK, MAL,  OK,  OK, UNK, MAL, UNK,  OK,  OK,  OK } },
  { "broken", 200, "{\"success\": tr",    { MAL, UNK, MAL, MAL, UNK, UNK, MAL, MAL,  OK, UNK, MAL, UNK,  OK,  OK,  OK } },
  { "html", 200, "<!DOCTYPE html><html><body>Router</body></html>",
                                          { NOT, UNK, NOT, NOT, UNK, UNK, NOT, NOT,  OK, UNK, NOT, UNK,  OK,  OK,  OK } },
};

static void
check_message (const GError *error)
{
  g_assert_cmpuint (strlen (error->message), >, 10);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strstr (error->message, TOKEN));
  g_assert_null (strstr (error->message, "token="));
  g_assert_null (strchr (error->message, '?'));
  g_assert_null (strstr (error->message, "127.0.0.1"));
}

typedef struct
{
  const Endpoint *endpoint;
  LatchClient *client;
  GAsyncResult *result;
} Call;

/* All operations at once, each with a client of its own */
static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (BridgeStandIn) server = bridge_stand_in_new ();
  Call calls[G_N_ELEMENTS (test->codes)] = { 0 };

  g_assert_cmpuint (n_endpoints, ==, G_N_ELEMENTS (test->codes));
  if (test->status != 0)
    bridge_stand_in_answer (server, NULL, test->status, test->body);
  else
    bridge_stand_in_answer_raw (server, NULL, "", 0);

  for (guint i = 0; i < n_endpoints; i++)
    {
      Call *call = &calls[i];

      call->endpoint = &endpoints[i];
      call->client = latch_client_new ("127.0.0.1", bridge_stand_in_get_port (server));
      latch_client_set_token (call->client, TOKEN);
      latch_client_set_auth_mode (call->client, LATCH_AUTH_MODE_PLAIN);
      if (test->status == 503)
        latch_client_set_timeout (call->client, 3);
      call->endpoint->start (call->client, NULL, latch_test_take_result_cb, &call->result);
    }

  for (guint i = 0; i < n_endpoints; i++)
    {
      Call *call = &calls[i];
      g_autoptr (GError) error = NULL;
      gboolean done;

      latch_test_wait_for (call->result);
      done = call->endpoint->finish (call->client, call->result, &error);
      if (test->codes[i] == OK ? !done : !g_error_matches (error, LATCH_ERROR, test->codes[i]))
        g_error ("%s, answered %s: expected error %d, got %s", call->endpoint->name, test->name, test->codes[i],
                 error != NULL ? error->message : "none");
      if (error != NULL)
        check_message (error);

      if (endpoint_is_command (call->endpoint))
        g_assert_cmpuint (bridge_stand_in_count (server, call->endpoint->path), ==, 1);
      g_clear_object (&call->result);
      g_assert_finalize_object (call->client);
    }
}

static void
test_nobody_there (void)
{
  guint16 port = bridge_stand_in_find_dead_port ();

  for (guint i = 0; i < n_endpoints; i++)
    {
      g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", port);
      g_autoptr (GError) error = NULL;

      latch_client_set_token (client, TOKEN);
      g_assert_false (endpoint_call (&endpoints[i], client, &error));
      /* Nothing was sent: even a command's outcome is known */
      g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
      check_message (error);
    }
}

static void
test_unknown_host (void)
{
  g_autoptr (LatchClient) client = latch_client_new ("no-such-bridge.invalid", 8080);
  g_autoptr (GError) error = NULL;

  latch_client_set_token (client, TOKEN);
  g_assert_false (endpoint_call (endpoint_find ("lock-action"), client, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
  check_message (error);
}

static void
test_no_token (void)
{
  g_autoptr (BridgeStandIn) server = bridge_stand_in_new ();

  for (guint i = 0; i < n_endpoints; i++)
    {
      g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", bridge_stand_in_get_port (server));
      g_autoptr (GError) error = NULL;

      if (endpoints[i].kind == ENDPOINT_PAIRING)
        continue;
      g_assert_false (endpoint_call (&endpoints[i], client, &error));
      g_assert_error (error, LATCH_ERROR, LATCH_ERROR_NO_TOKEN);
    }
  g_assert_cmpuint (bridge_stand_in_get_n_requests (server), ==, 0);
}

/* What is in the way of finding out how to show the token says nothing about a command, which was not sent */
static void
test_command_after_failed_trial (void)
{
  const struct
  {
    guint status;
    const char *body;
    int code;
  } answers[] = {
    { 200, "<html>", LATCH_ERROR_NOT_A_BRIDGE },
    { 200, "{}", LATCH_ERROR_NOT_A_BRIDGE },
    { 200, "{\"bridgeType\":", LATCH_ERROR_MALFORMED },
    { 302, "", LATCH_ERROR_NOT_A_BRIDGE },
    { 404, "", LATCH_ERROR_NOT_A_BRIDGE },
    { 500, "", LATCH_ERROR_REFUSED },
    { 503, "", LATCH_ERROR_BUSY },
    { 401, "", LATCH_ERROR_UNAUTHORIZED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (BridgeStandIn) server = bridge_stand_in_new ();
      g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", bridge_stand_in_get_port (server));
      g_autoptr (GError) error = NULL;

      latch_client_set_token (client, TOKEN);
      if (answers[i].status == 503)
        latch_client_set_timeout (client, 3);
      bridge_stand_in_answer (server, NULL, answers[i].status, answers[i].body);
      g_assert_false (endpoint_call (endpoint_find ("lock-action"), client, &error));
      g_assert_error (error, LATCH_ERROR, answers[i].code);
      check_message (error);
      g_assert_cmpuint (bridge_stand_in_count (server, "/lockAction"), ==, 0);
    }
}

/* Owners saw 403 where the clocks disagreed, and where the API was turned off: the message names both */
static void
test_forbidden (void)
{
  g_autoptr (BridgeStandIn) server = bridge_stand_in_new ();
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", bridge_stand_in_get_port (server));
  g_autoptr (GError) error = NULL;

  latch_client_set_token (client, TOKEN);
  bridge_stand_in_answer (server, NULL, 403, "HTTP 403 Forbidden");
  g_assert_false (endpoint_call (endpoint_find ("list"), client, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  g_assert_nonnull (strstr (error->message, "API is turned off"));
  g_assert_nonnull (strstr (error->message, "clock"));
}

static void
test_callback_url (void)
{
  const char *const urls[] = { "", "nonsense", "/nuki", "http://", "https://192.168.0.20/", "ftp://192.168.0.20/" };
  g_autoptr (BridgeStandIn) server = bridge_stand_in_new ();
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", bridge_stand_in_get_port (server));
  g_autofree char *path = g_strnfill (254, 'x');
  g_autofree char *just_right = g_strdup_printf ("http://192.168.0.20/%.*s", 254 - 20, path);
  g_autofree char *too_long = g_strconcat (just_right, "x", NULL);
  g_autoptr (GAsyncResult) last = NULL;

  latch_client_set_token (client, TOKEN);
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);
  bridge_stand_in_answer (server, NULL, 200, "{\"success\":true}");

  for (guint i = 0; i <= G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      latch_client_callback_add_async (client, i < G_N_ELEMENTS (urls) ? urls[i] : too_long, NULL,
                                       latch_test_take_result_cb, &result);
      latch_test_wait_for (result);
      g_assert_false (latch_client_callback_add_finish (client, result, &error));
      g_assert_error (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT);
    }
  g_assert_cmpuint (bridge_stand_in_get_n_requests (server), ==, 0);

  g_assert_cmpuint (strlen (just_right), ==, 254);
  latch_client_callback_add_async (client, just_right, NULL, latch_test_take_result_cb, &last);
  latch_test_wait_for (last);
  g_assert_true (latch_client_callback_add_finish (client, last, NULL));
}

static void
test_already_added (void)
{
  g_autoptr (BridgeStandIn) server = bridge_stand_in_new ();
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", bridge_stand_in_get_port (server));
  g_autoptr (GError) error = NULL;

  latch_client_set_token (client, TOKEN);
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);
  bridge_stand_in_answer (server, NULL, 200, "{\"success\":false,\"message\":\"callback already added\"}");
  g_assert_true (endpoint_call (endpoint_find ("callback-add"), client, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/client-errors/each-operation-understands/%s", cases[i].name);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/client-errors/nobody-there", test_nobody_there);
  g_test_add_func ("/client-errors/unknown-host", test_unknown_host);
  g_test_add_func ("/client-errors/no-token-no-request", test_no_token);
  g_test_add_func ("/client-errors/command-after-failed-trial-was-not-sent", test_command_after_failed_trial);
  g_test_add_func ("/client-errors/forbidden-names-both-causes", test_forbidden);
  g_test_add_func ("/client-errors/callback-url-is-checked", test_callback_url);
  g_test_add_func ("/client-errors/callback-that-is-there-is-a-success", test_already_added);

  return g_test_run ();
}
