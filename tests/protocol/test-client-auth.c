/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-stand-in.h"
#include "client-endpoints.h"
#include "latch-error.h"
#include "latch-test-simulator.h"

/* How the client shows its token, seen from the bridge */

typedef struct
{
  LatchTestSimulator *simulator;
  LatchClient *client;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) options = g_strsplit (data != NULL ? data : "--ble-time=0", " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;

  g_strv_builder_add_many (builder, "--token=" LATCH_TEST_TOKEN, "--action-time=0", NULL);
  g_strv_builder_addv (builder, (const char **) options);
  arguments = g_strv_builder_end (builder);
  fixture->simulator = latch_test_simulator_newv ((const char *const *) arguments);
  fixture->client = latch_client_new (latch_test_simulator_get_host (fixture->simulator),
                                      latch_test_simulator_get_port (fixture->simulator));
  latch_client_set_token (fixture->client, LATCH_TEST_TOKEN);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->client);
  latch_test_simulator_free (fixture->simulator);
}

static void
call (LatchClient *client, const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (endpoint_call (endpoint_find (name), client, &error));
  g_assert_no_error (error);
}

static void
call_in_vain (LatchClient *client, const char *name, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (endpoint_call (endpoint_find (name), client, &error));
  g_assert_error (error, LATCH_ERROR, code);
  g_assert_null (strstr (error->message, LATCH_TEST_TOKEN));
}

/* Path and form of each request, as "/info:encrypted /list:encrypted"; a form that was not accepted in brackets */
static void
assert_forms (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) requests = latch_test_simulator_get_requests (fixture->simulator);
  g_autoptr (GString) actual = g_string_new (NULL);

  for (guint i = 0; i < requests->len; i++)
    {
      const LatchTestRequest *request = requests->pdata[i];
      const char *form = strstr (request->query, "ctoken=") != NULL  ? "encrypted"
                         : strstr (request->query, "hash=") != NULL  ? "hashed"
                         : strstr (request->query, "token=") != NULL ? "plain"
                                                                     : "none";

      g_string_append_printf (actual, request->auth != NULL ? "%s%s:%s" : "%s%s:(%s)", i > 0 ? " " : "", request->path,
                              form);
    }
  g_assert_cmpstr (actual->str, ==, expected);
}

static void
test_encrypted (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (latch_client_get_auth_mode (fixture->client), ==, LATCH_AUTH_MODE_AUTO);
  call (fixture->client, "list");
  g_assert_cmpint (latch_client_get_accepted_mode (fixture->client), ==, LATCH_AUTH_MODE_ENCRYPTED);
  call (fixture->client, "lock-action");
  assert_forms (fixture, "/info:encrypted /list:encrypted /lockAction:encrypted");
}

/* The /info of the trial is an answer to who wants it */
static void
test_info (Fixture *fixture, gconstpointer data)
{
  call (fixture->client, "info");
  assert_forms (fixture, "/info:encrypted");
}

/* Trials are made with /info only, and a command comes after them */
static void
test_hashed (Fixture *fixture, gconstpointer data)
{
  call (fixture->client, "lock-action");
  g_assert_cmpint (latch_client_get_accepted_mode (fixture->client), ==, LATCH_AUTH_MODE_HASHED);
  call (fixture->client, "list");
  assert_forms (fixture, "/info:(encrypted) /info:hashed /lockAction:hashed /list:hashed");
}

static void
test_first_api (Fixture *fixture, gconstpointer data)
{
  call (fixture->client, "lock-action");
  g_assert_cmpint (latch_client_get_accepted_mode (fixture->client), ==, LATCH_AUTH_MODE_PLAIN);
  assert_forms (fixture, "/info:(encrypted) /info:(hashed) /info:plain /lockAction:plain");
}

static void
test_wrong_token (Fixture *fixture, gconstpointer data)
{
  latch_client_set_token (fixture->client, "wrongT0ken");
  call_in_vain (fixture->client, "lock-action", LATCH_ERROR_UNAUTHORIZED);
  g_assert_cmpint (latch_client_get_accepted_mode (fixture->client), ==, LATCH_AUTH_MODE_AUTO);
  assert_forms (fixture, "/info:(encrypted) /info:(hashed) /info:(plain)");

  latch_client_set_token (fixture->client, LATCH_TEST_TOKEN);
  call (fixture->client, "list");
  g_assert_cmpint (latch_client_get_accepted_mode (fixture->client), ==, LATCH_AUTH_MODE_ENCRYPTED);
}

static void
test_clock (Fixture *fixture, gconstpointer data)
{
  call_in_vain (fixture->client, "lock-action", LATCH_ERROR_CLOCK_WRONG);
  assert_forms (fixture, "/info:(encrypted) /info:(hashed) /info:plain");
  g_assert_cmpint (latch_client_get_accepted_mode (fixture->client), ==, LATCH_AUTH_MODE_AUTO);

  /* A person may agree to the bare token */
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_client_set_auth_mode (fixture->client, LATCH_AUTH_MODE_PLAIN);
  call (fixture->client, "lock-action");
  assert_forms (fixture, "/lockAction:plain");

  /* Or set the clock right */
  latch_client_set_auth_mode (fixture->client, LATCH_AUTH_MODE_AUTO);
  latch_test_simulator_post (fixture->simulator, "clock?offset=0");
  call (fixture->client, "list");
  g_assert_cmpint (latch_client_get_accepted_mode (fixture->client), ==, LATCH_AUTH_MODE_ENCRYPTED);
}

/* What the bridge once accepted is what it gets, even if it does not any more */
static void
test_clock_later (Fixture *fixture, gconstpointer data)
{
  call (fixture->client, "list");
  latch_test_simulator_post (fixture->simulator, "clock?offset=600");
  latch_test_simulator_clear_requests (fixture->simulator);
  call_in_vain (fixture->client, "list", LATCH_ERROR_UNAUTHORIZED);
  call_in_vain (fixture->client, "lock-action", LATCH_ERROR_UNAUTHORIZED);
  call_in_vain (fixture->client, "info", LATCH_ERROR_UNAUTHORIZED);
  assert_forms (fixture, "/list:(encrypted) /lockAction:(encrypted) /info:(encrypted)");
}

static void
test_upgrade (Fixture *fixture, gconstpointer data)
{
  latch_client_set_accepted_mode (fixture->client, LATCH_AUTH_MODE_PLAIN);
  call (fixture->client, "list");
  call (fixture->client, "info");
  call (fixture->client, "lock-action");
  g_assert_cmpint (latch_client_get_accepted_mode (fixture->client), ==, LATCH_AUTH_MODE_ENCRYPTED);
  assert_forms (fixture, "/list:plain /info:plain /info:encrypted /lockAction:encrypted");
}

/* An upgrade that the bridge promised but does not keep is tried once */
static void
test_upgrade_in_vain (Fixture *fixture, gconstpointer data)
{
  latch_client_set_accepted_mode (fixture->client, LATCH_AUTH_MODE_HASHED);
  call (fixture->client, "info");
  call (fixture->client, "lock-action");
  call (fixture->client, "info");
  call (fixture->client, "list");
  g_assert_cmpint (latch_client_get_accepted_mode (fixture->client), ==, LATCH_AUTH_MODE_HASHED);
  assert_forms (fixture, "/info:hashed /info:(encrypted) /lockAction:hashed /info:hashed /list:hashed");
}

static void
test_explicit (Fixture *fixture, gconstpointer data)
{
  latch_client_set_auth_mode (fixture->client, LATCH_AUTH_MODE_PLAIN);
  call (fixture->client, "list");
  latch_client_set_auth_mode (fixture->client, LATCH_AUTH_MODE_HASHED);
  call (fixture->client, "list");
  call (fixture->client, "info");
  latch_client_set_auth_mode (fixture->client, LATCH_AUTH_MODE_ENCRYPTED);
  call (fixture->client, "list");
  g_assert_cmpint (latch_client_get_accepted_mode (fixture->client), ==, LATCH_AUTH_MODE_ENCRYPTED);
  assert_forms (fixture, "/list:plain /list:hashed /info:hashed /list:encrypted");
}

static void
test_explicit_in_vain (Fixture *fixture, gconstpointer data)
{
  latch_client_set_auth_mode (fixture->client, LATCH_AUTH_MODE_ENCRYPTED);
  call_in_vain (fixture->client, "list", LATCH_ERROR_UNAUTHORIZED);
  assert_forms (fixture, "/list:(encrypted)");
}

static void
test_no_token_for_auth (Fixture *fixture, gconstpointer data)
{
  call (fixture->client, "auth");
  assert_forms (fixture, "/auth:(none)");
}

static void
count_cb (LatchClient *client, GParamSpec *pspec, gpointer user_data)
{
  guint *count = user_data;

  (*count)++;
}

static void
test_notify (Fixture *fixture, gconstpointer data)
{
  guint count = 0;

  g_signal_connect (fixture->client, "notify::accepted-mode", G_CALLBACK (count_cb), &count);
  call (fixture->client, "list");
  call (fixture->client, "list");
  g_assert_cmpuint (count, ==, 1);
  g_signal_handlers_disconnect_by_data (fixture->client, &count);
}

typedef struct
{
  BridgeStandIn *server;
  LatchClient *client;
  LatchAuthMode mode;
  GAsyncResult *results[5];
} Rogue;

/* Somebody who sits at the bridge's address, says what suits him, and waits for the bare token */
static void
test_rogue (void)
{
  const LatchAuthMode modes[] = { LATCH_AUTH_MODE_HASHED, LATCH_AUTH_MODE_ENCRYPTED };
  const struct
  {
    guint status;
    const char *info;
  } answers[] = {
    { 401, NULL },
    { 400, NULL },
    { 403, NULL },
    { 302, NULL },
    { 401, "{\"bridgeType\":1,\"versions\":{\"firmwareVersion\":\"1.6.2\"},\"scanResults\":[]}" },
    { 401, "{\"bridgeType\":2,\"versions\":{\"appVersion\":\"1.4.0\"},\"scanResults\":[]}" },
    { 401, "{\"bridgeType\":1,\"versions\":{\"firmwareVersion\":\"2.18.0\"},\"scanResults\":[]}" },
  };
  const char *const names[] = { "info", "list", "lock-state", "lock-action", "log" };
  Rogue rogues[G_N_ELEMENTS (modes) * G_N_ELEMENTS (answers)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rogues); i++)
    {
      Rogue *rogue = &rogues[i];

      rogue->server = bridge_stand_in_new ();
      rogue->mode = modes[i % G_N_ELEMENTS (modes)];
      bridge_stand_in_answer (rogue->server, NULL, answers[i / 2].status, "");
      if (answers[i / 2].info != NULL)
        bridge_stand_in_answer (rogue->server, "/info", 200, answers[i / 2].info);

      rogue->client = latch_client_new ("127.0.0.1", bridge_stand_in_get_port (rogue->server));
      latch_client_set_token (rogue->client, LATCH_TEST_TOKEN);
      latch_client_set_accepted_mode (rogue->client, rogue->mode);
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        endpoint_find (names[j])->start (rogue->client, NULL, latch_test_take_result_cb, &rogue->results[j]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (rogues); i++)
    {
      Rogue *rogue = &rogues[i];

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          latch_test_wait_for (rogue->results[j]);
          g_clear_object (&rogue->results[j]);
        }

      g_assert_cmpint (latch_client_get_accepted_mode (rogue->client), >=, rogue->mode);
      g_assert_cmpuint (bridge_stand_in_get_n_requests (rogue->server), >=, G_N_ELEMENTS (names));
      g_assert_cmpuint (bridge_stand_in_get_n_requests (rogue->server), <=, 2 * G_N_ELEMENTS (names));
      for (guint j = 0; j < bridge_stand_in_get_n_requests (rogue->server); j++)
        {
          const char *target = bridge_stand_in_get_target (rogue->server, j);

          g_assert_null (strstr (target, LATCH_TEST_TOKEN));
          g_assert_null (strstr (target, "?token="));
          g_assert_null (strstr (target, "&token="));
        }
      g_assert_finalize_object (rogue->client);
      bridge_stand_in_free (rogue->server);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, options, function) g_test_add ("/client-auth/" name, Fixture, options, set_up, function, tear_down)
  add ("auto/encrypts-where-it-can", NULL, test_encrypted);
  add ("auto/trial-answers-info", NULL, test_info);
  add ("auto/hashes-where-that-is-all", "--auth-modes=plain,hashed", test_hashed);
  add ("auto/plain-in-the-first-api", "--api=1.6", test_first_api);
  add ("auto/wrong-token", NULL, test_wrong_token);
  add ("auto/wrong-clock", "--clock-offset=600", test_clock);
  add ("auto/wrong-clock-later", NULL, test_clock_later);
  add ("auto/upgrade", NULL, test_upgrade);
  add ("auto/upgrade-in-vain", "--auth-modes=hashed", test_upgrade_in_vain);
  add ("explicit/as-asked", NULL, test_explicit);
  add ("explicit/in-vain", "--auth-modes=plain,hashed", test_explicit_in_vain);
  add ("pairing-shows-no-token", "--press-after=0", test_no_token_for_auth);
  add ("accepted-mode-is-notified", NULL, test_notify);
  g_test_add_func ("/client-auth/rogue-never-sees-the-token", test_rogue);

  return g_test_run ();
}
