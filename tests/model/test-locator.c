/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-locator.h"

#include "latch-error.h"
#include "latch-test-simulator.h"

#define BRIDGE_ID "2117604523"

typedef struct
{
  LatchTestSimulator *simulator;
  LatchBridge *bridge;
  LatchLocator *locator;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", 9); /* where it was */

  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--discovery-port=0", NULL);
  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_client_set_accepted_mode (client, LATCH_AUTH_MODE_ENCRYPTED);
  fixture->bridge = latch_bridge_new (data != NULL ? data : BRIDGE_ID, "Home", client);
  fixture->locator = latch_locator_new (fixture->bridge);
  latch_locator_set_discovery (fixture->locator, TRUE, latch_test_simulator_get_discovery_uri (fixture->simulator));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->locator);
  g_object_unref (fixture->bridge);
  latch_test_simulator_free (fixture->simulator);
}

static gboolean
search (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_locator_search_async (fixture->locator, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_locator_search_finish (fixture->locator, result, error);
}

static void
assert_not_moved (Fixture *fixture)
{
  g_assert_cmpuint (latch_client_get_port (latch_bridge_get_client (fixture->bridge)), ==, 9);
}

static void
test_found (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  /* Neighbours' bridges do not matter */
  latch_test_simulator_post (fixture->simulator, "discovery?mode=foreign");
  g_assert_true (search (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (latch_client_get_port (latch_bridge_get_client (fixture->bridge)), ==,
                    latch_test_simulator_get_port (fixture->simulator));
  /* It need not wait should that happen again */
  g_assert_true (latch_locator_is_due (fixture->locator));

  /* There is no other address than that at which it is */
  g_assert_false (search (fixture, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
}

static void
test_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (search (fixture, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 0);
  assert_not_moved (fixture);
}

/* Who does not know the token is not bothered with it again and again */
static void
test_stranger (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_requests;

  latch_client_set_token (latch_bridge_get_client (fixture->bridge), "0ther");
  g_assert_false (search (fixture, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  assert_not_moved (fixture);

  n_requests = latch_test_simulator_count_requests (fixture->simulator, NULL);
  latch_locator_hurry (fixture->locator);
  g_assert_false (search (fixture, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, n_requests);
}

/* A bridge that was busy, or just starting, is tried again */
static void
test_passing_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "reset", "/info", 1);
  g_assert_false (search (fixture, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_true (search (fixture, &error));
  g_assert_no_error (error);
}

static void
test_manners (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (latch_locator_is_due (fixture->locator));
  latch_locator_set_discovery (fixture->locator, FALSE, NULL);
  g_assert_false (latch_locator_is_due (fixture->locator));
  latch_locator_set_discovery (fixture->locator, TRUE, "http://127.0.0.1:9/discover/bridges");
  g_assert_true (latch_locator_is_due (fixture->locator));

  /* Somebody else's server is not asked all the time */
  g_assert_false (search (fixture, &error));
  g_assert_nonnull (error);
  g_assert_false (latch_locator_is_due (fixture->locator));
  latch_locator_hurry (fixture->locator);
  g_assert_true (latch_locator_is_due (fixture->locator));
}

static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  static const char *const modes[] = { "empty", "hidden", "no-ip", "403", "garbage" };

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;

      latch_test_simulator_post (fixture->simulator, "discovery?mode=%s", modes[i]);
      g_assert_false (search (fixture, &error));
      g_assert_nonnull (error);
      assert_not_moved (fixture);
    }
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, data, function) g_test_add ("/locator/" name, Fixture, data, set_up, function, tear_down)
  add ("finds-it-at-another-address", NULL, test_found);
  add ("takes-no-other-bridge", "4711", test_another);
  add ("avoids-who-does-not-know-the-token", NULL, test_stranger);
  add ("tries-again-after-passing-failures", NULL, test_passing_failure);
  add ("has-manners", NULL, test_manners);
  add ("bears-all-disappointments", NULL, test_hidden);

  return g_test_run ();
}
