/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-endpoints.h"
#include "latch-error.h"
#include "latch-test-simulator.h"

/* Commands are sent at most once, whatever happens to the answer: the bridge's journal proves it */

#define DONE (-1)

typedef struct
{
  const char *fault;
  int code;      /* what commands with an answer fail with */
  int void_code; /* and those without one */
} Case;

static const Case cases[] = {
  { "status-503", LATCH_ERROR_BUSY, LATCH_ERROR_BUSY },
  { "status-500", LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_ERROR_OUTCOME_UNKNOWN },
  { "lost-response", LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_ERROR_OUTCOME_UNKNOWN },
  { "refuse", LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_ERROR_OUTCOME_UNKNOWN },
  { "reset", LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_ERROR_OUTCOME_UNKNOWN },
  { "hang", LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_ERROR_OUTCOME_UNKNOWN },
  { "slow", LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_ERROR_OUTCOME_UNKNOWN },
  { "huge", LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_ERROR_OUTCOME_UNKNOWN },
  { "truncate", LATCH_ERROR_OUTCOME_UNKNOWN, DONE },
  { "garbage", LATCH_ERROR_OUTCOME_UNKNOWN, DONE },
  { "deep", LATCH_ERROR_OUTCOME_UNKNOWN, DONE },
  { "empty", LATCH_ERROR_OUTCOME_UNKNOWN, DONE },
  { "redirect", LATCH_ERROR_NOT_A_BRIDGE, LATCH_ERROR_NOT_A_BRIDGE },
};

typedef struct
{
  const Endpoint *endpoint;
  LatchTestSimulator *simulator;
  LatchClient *client;
  GAsyncResult *result;
} Run;

static void
prepare (Run *run, const Endpoint *endpoint, const char *fault)
{
  run->endpoint = endpoint;
  run->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--action-time=0.01", "--ble-time=0",
                                             "--reboot-time=0", NULL);
  latch_test_simulator_add_fault (run->simulator, fault, endpoint->path, 0);
  run->client = latch_client_new (latch_test_simulator_get_host (run->simulator),
                                  latch_test_simulator_get_port (run->simulator));
  latch_client_set_token (run->client, LATCH_TEST_TOKEN);
  latch_client_set_auth_mode (run->client, LATCH_AUTH_MODE_PLAIN);
  if (g_str_equal (fault, "hang") || g_str_equal (fault, "slow"))
    latch_client_set_timeout (run->client, 2);
}

static void
finish (Run *run, const Case *test)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *lines = NULL;
  int code = run->endpoint->kind == ENDPOINT_VOID_COMMAND ? test->void_code : test->code;
  gboolean done = run->endpoint->finish (run->client, run->result, &error);

  if (code == DONE ? !done : !g_error_matches (error, LATCH_ERROR, code))
    g_error ("%s with %s: expected error %d, got %s", run->endpoint->name, test->fault, code,
             error != NULL ? error->message : "none");

  lines = latch_test_simulator_list_requests (run->simulator);
  g_assert_cmpstr (lines, ==, run->endpoint->line);
  g_clear_object (&run->result);
  g_assert_finalize_object (run->client);
  latch_test_simulator_free (run->simulator);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  const char *const names[] = { "config-auth", "lock-action", "unpair", "callback-add", "clear-log",
                                "firmware-update", "reboot", "factory-reset" };
  Run runs[G_N_ELEMENTS (names)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    prepare (&runs[i], endpoint_find (names[i]), test->fault);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    runs[i].endpoint->start (runs[i].client, NULL, latch_test_take_result_cb, &runs[i].result);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    latch_test_wait_for (runs[i].result);
  /* Long enough for a second attempt to have shown, had there been one: after a gap, or as reads are retried */
  latch_test_run_for (g_str_equal (test->fault, "status-503") ? 800 : 450);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    finish (&runs[i], test);
}

/* A trial before the command may be made again, the command may not */
static void
test_with_trial (void)
{
  g_autoptr (LatchTestSimulator) simulator =
      latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--action-time=0", "--ble-time=0", NULL);
  g_autoptr (LatchClient) client = latch_client_new (latch_test_simulator_get_host (simulator),
                                                     latch_test_simulator_get_port (simulator));
  g_autofree char *lines = NULL;
  g_autoptr (GError) error = NULL;

  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_test_simulator_add_fault (simulator, "status-503", "/info", 1);
  latch_test_simulator_add_fault (simulator, "reset", "/lockAction", 0);
  g_assert_false (endpoint_call (endpoint_find ("lock-action"), client, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN);
  lines = latch_test_simulator_list_requests (simulator);
  g_assert_cmpstr (lines, ==, "/info /info /lockAction?nukiId=1&deviceType=0&action=1");
}

static void
test_acted_though_unknown (void)
{
  g_autoptr (LatchTestSimulator) simulator =
      latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--action-time=0", "--ble-time=0", NULL);
  g_autoptr (LatchClient) client = latch_client_new (latch_test_simulator_get_host (simulator),
                                                     latch_test_simulator_get_port (simulator));
  g_autoptr (GError) error = NULL;

  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_test_simulator_add_fault (simulator, "lost-response", "/lockAction", 0);
  g_assert_false (endpoint_call (endpoint_find ("lock-action"), client, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN);
  g_assert_cmpint (latch_test_simulator_get_lock_state (simulator, 1), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/client-commands/are-sent-once/%s", cases[i].fault);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/client-commands/are-sent-once/after-a-trial", test_with_trial);
  g_test_add_func ("/client-commands/unknown-may-mean-done", test_acted_though_unknown);

  return g_test_run ();
}
