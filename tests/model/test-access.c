/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-access.h"

#include "lock-fixture.h"

#define FORBID "/configAuth?enable=0"
#define ALLOW "/configAuth?enable=1"

static gboolean
change (LockFixture *fixture, gboolean allow, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_change_access_async (fixture->bridge, allow, latch_test_take_result_cb, &result);
  g_assert_true (latch_bridge_get_changing_access (fixture->bridge));
  latch_test_wait_for (result);
  g_assert_false (latch_bridge_get_changing_access (fixture->bridge));

  return latch_bridge_change_access_finish (fixture->bridge, result, error);
}

static void
test_is_remembered (LockFixture *fixture, gconstpointer data)
{
  g_assert_cmpint (latch_bridge_get_access (fixture->bridge), ==, LATCH_ACCESS_UNKNOWN);
  g_assert_true (change (fixture, FALSE, NULL));
  g_assert_cmpint (latch_bridge_get_access (fixture->bridge), ==, LATCH_ACCESS_FORBIDDEN);
  lock_assert_requests (fixture, FORBID);
  g_assert_true (change (fixture, TRUE, NULL));
  g_assert_cmpint (latch_bridge_get_access (fixture->bridge), ==, LATCH_ACCESS_ALLOWED);
  lock_assert_requests (fixture, FORBID " " ALLOW);
}

static void
assert_fails (LockFixture *fixture, const char *fault, int code, LatchAccess after)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (change (fixture, TRUE, NULL));
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_test_simulator_add_fault (fixture->simulator, fault, "/configAuth", 1);
  g_assert_false (change (fixture, FALSE, &error));
  g_assert_error (error, LATCH_ERROR, code);
  g_assert_cmpint (latch_bridge_get_access (fixture->bridge), ==, after);
  lock_assert_requests (fixture, FORBID);
}

static void
test_failures (LockFixture *fixture, gconstpointer data)
{
  assert_fails (fixture, "status-400", LATCH_ERROR_INVALID_ARGUMENT, LATCH_ACCESS_ALLOWED);
  assert_fails (fixture, "status-404", LATCH_ERROR_NOT_SUPPORTED, LATCH_ACCESS_ALLOWED);
  assert_fails (fixture, "success-false", LATCH_ERROR_REFUSED, LATCH_ACCESS_ALLOWED);
  assert_fails (fixture, "status-401", LATCH_ERROR_UNAUTHORIZED, LATCH_ACCESS_ALLOWED);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNAUTHORIZED);
}

/* Then neither is known */
static void
test_unknown_outcome (LockFixture *fixture, gconstpointer data)
{
  assert_fails (fixture, "lost-response", LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_ACCESS_UNKNOWN);
  assert_fails (fixture, "garbage", LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_ACCESS_UNKNOWN);
}

static void
test_one_at_a_time (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  latch_bridge_change_access_async (fixture->bridge, FALSE, latch_test_take_result_cb, &first);
  latch_bridge_change_access_async (fixture->bridge, TRUE, latch_test_take_result_cb, &second);
  latch_test_wait_for (second);
  g_assert_false (latch_bridge_change_access_finish (fixture->bridge, second, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_BUSY);
  latch_test_wait_for (first);
  lock_assert_requests (fixture, FORBID);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define T(name, function) g_test_add ("/access/" name, LockFixture, NULL, lock_set_up, function, lock_tear_down)
  T ("is-remembered", test_is_remembered);
  T ("failure-changes-nothing", test_failures);
  T ("unknown-outcome-is-unknown", test_unknown_outcome);
  T ("one-at-a-time", test_one_at_a_time);
#undef T

  return g_test_run ();
}
