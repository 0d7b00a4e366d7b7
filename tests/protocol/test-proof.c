/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-proof.h"

#include "bridge-stand-in.h"
#include "latch-error.h"
#include "latch-test-simulator.h"

#define BRIDGE_ID "2117604523"
/* What says that it is our bridge, to everybody */
#define INFO                                                                                                           \
  "{\"bridgeType\": 1, \"ids\": {\"hardwareId\": 1, \"serverId\": " BRIDGE_ID "}, \"versions\": "                      \
  "{\"firmwareVersion\": \"2.14.0\"}, \"uptime\": 1, \"currentTime\": \"2026-01-01T00:00:00+00:00\", \"scanResults\": []}"

static LatchClient *
new_client (const char *token, LatchAuthMode mode)
{
  /* Where the bridge was, nobody is */
  LatchClient *client = latch_client_new ("127.0.0.1", bridge_stand_in_find_dead_port ());

  latch_client_set_token (client, token);
  latch_client_set_accepted_mode (client, mode);

  return client;
}

static gboolean
ask (LatchClient *client, const char *bridge_id, guint16 port, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_proof_ask_async (client, bridge_id, "127.0.0.1", port, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_proof_ask_finish (client, result, error);
}

static void
test_our_bridge (gconstpointer data)
{
  LatchAuthMode mode = GPOINTER_TO_INT (data);
  g_autoptr (LatchTestSimulator) simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, NULL);
  g_autoptr (LatchClient) client = new_client (LATCH_TEST_TOKEN, mode);
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GError) error = NULL;
  guint n_right = 0;

  g_assert_true (ask (client, BRIDGE_ID, latch_test_simulator_get_port (simulator), &error));
  g_assert_no_error (error);

  requests = latch_test_simulator_get_requests (simulator);
  g_assert_cmpuint (requests->len, ==, 8);
  for (guint i = 0; i < requests->len; i++)
    {
      const LatchTestRequest *request = requests->pdata[i];

      g_assert_cmpstr (request->path, ==, "/info");
      n_right += request->status == 200;
      if (mode != LATCH_AUTH_MODE_PLAIN)
        g_assert_null (strstr (request->query, LATCH_TEST_TOKEN));
    }
  g_assert_cmpuint (n_right, >=, 2);
  g_assert_cmpuint (n_right, <=, 6);
}

/* Another household's, or our own after it was reset */
static void
test_another_token (void)
{
  g_autoptr (LatchTestSimulator) simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, NULL);
  g_autoptr (LatchClient) client = new_client ("0ther", LATCH_AUTH_MODE_ENCRYPTED);
  g_autoptr (GError) error = NULL;

  g_assert_false (ask (client, BRIDGE_ID, latch_test_simulator_get_port (simulator), &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
}

static void
test_another_bridge (void)
{
  g_autoptr (LatchTestSimulator) simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, NULL);
  g_autoptr (LatchClient) client = new_client (LATCH_TEST_TOKEN, LATCH_AUTH_MODE_ENCRYPTED);
  g_autoptr (GError) error = NULL;

  g_assert_false (ask (client, "4711", latch_test_simulator_get_port (simulator), &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);
}

static void
test_impostor (gconstpointer data)
{
  guint status = GPOINTER_TO_UINT (data);
  g_autoptr (BridgeStandIn) impostor = bridge_stand_in_new ();

  bridge_stand_in_answer (impostor, NULL, status, status == 200 ? INFO : "HTTP 401 Unauthorized");
  /* Chance has no part in this: who always says the same is found out */
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (LatchClient) client = new_client (LATCH_TEST_TOKEN, LATCH_AUTH_MODE_ENCRYPTED);
      g_autoptr (GError) error = NULL;

      g_assert_false (ask (client, BRIDGE_ID, bridge_stand_in_get_port (impostor), &error));
      if (status == 200)
        g_assert_error (error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);
      else
        g_assert_true (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED) ||
                       g_error_matches (error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE));
    }

  for (guint i = 0; i < bridge_stand_in_get_n_requests (impostor); i++)
    {
      g_assert_null (strstr (bridge_stand_in_get_target (impostor, i), LATCH_TEST_TOKEN));
      g_assert_nonnull (strstr (bridge_stand_in_get_target (impostor, i), "ctoken="));
    }
}

/* To find out which form of the token is accepted would show it in all of them */
static void
test_unknown_form (void)
{
  g_autoptr (BridgeStandIn) impostor = bridge_stand_in_new ();
  g_autoptr (LatchClient) client = new_client (LATCH_TEST_TOKEN, LATCH_AUTH_MODE_AUTO);
  g_autoptr (GError) error = NULL;

  g_assert_false (ask (client, BRIDGE_ID, bridge_stand_in_get_port (impostor), &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_NO_TOKEN);
  g_assert_cmpuint (bridge_stand_in_get_n_requests (impostor), ==, 0);
}

static void
test_nobody (void)
{
  g_autoptr (LatchClient) client = new_client (LATCH_TEST_TOKEN, LATCH_AUTH_MODE_ENCRYPTED);
  g_autoptr (GError) error = NULL;

  g_assert_false (ask (client, BRIDGE_ID, bridge_stand_in_find_dead_port (), &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/proof/our-bridge/plain", GINT_TO_POINTER (LATCH_AUTH_MODE_PLAIN), test_our_bridge);
  g_test_add_data_func ("/proof/our-bridge/hashed", GINT_TO_POINTER (LATCH_AUTH_MODE_HASHED), test_our_bridge);
  g_test_add_data_func ("/proof/our-bridge/encrypted", GINT_TO_POINTER (LATCH_AUTH_MODE_ENCRYPTED), test_our_bridge);
  g_test_add_func ("/proof/another-token", test_another_token);
  g_test_add_func ("/proof/another-bridge", test_another_bridge);
  g_test_add_data_func ("/proof/impostor/says-yes", GUINT_TO_POINTER (200), test_impostor);
  g_test_add_data_func ("/proof/impostor/says-no", GUINT_TO_POINTER (401), test_impostor);
  g_test_add_func ("/proof/unknown-form-is-not-tried-out", test_unknown_form);
  g_test_add_func ("/proof/nobody-there", test_nobody);

  return g_test_run ();
}
