/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-bridge-unpair.h"

#include "lock-fixture.h"

#define UNPAIR_1 "/unpair?nukiId=1&deviceType=0"
#define UNPAIR_3 "/unpair?nukiId=3&deviceType=2"

static gboolean
unpair (LockFixture *fixture, LatchLock *lock, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_unpair_async (fixture->bridge, lock, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_bridge_unpair_finish (fixture->bridge, result, error);
}

static gboolean
is_there (LockFixture *fixture, LatchLock *lock)
{
  return latch_bridge_find_lock (fixture->bridge, latch_lock_get_nuki_id (lock), latch_lock_get_device_type (lock)) != NULL;
}

static void
test_goes (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (unpair (fixture, fixture->opener, &error));
  g_assert_no_error (error);
  lock_assert_requests (fixture, UNPAIR_3 " /list");
  g_assert_false (is_there (fixture, fixture->opener));
  g_assert_true (is_there (fixture, fixture->lock));
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
}

/* The list is wanted, but not needed to know */
static void
test_no_list (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "status-400", "/list", 1);
  g_assert_true (unpair (fixture, fixture->lock, NULL));
  lock_assert_requests (fixture, UNPAIR_1 " /list");
  g_assert_false (is_there (fixture, fixture->lock));
}

static void
assert_fails (LockFixture *fixture, const char *fault, int code, const char *requests)
{
  g_autoptr (GError) error = NULL;

  latch_test_simulator_clear_requests (fixture->simulator);
  latch_test_simulator_add_fault (fixture->simulator, fault, "/unpair", 1);
  g_assert_false (unpair (fixture, fixture->lock, &error));
  g_assert_error (error, LATCH_ERROR, code);
  g_assert_true (is_there (fixture, fixture->lock));
  lock_assert_requests (fixture, requests);
}

static void
test_failures (LockFixture *fixture, gconstpointer data)
{
  assert_fails (fixture, "status-400", LATCH_ERROR_INVALID_ARGUMENT, UNPAIR_1);
  assert_fails (fixture, "success-false", LATCH_ERROR_REFUSED, UNPAIR_1);
  /* Known under another type, say */
  assert_fails (fixture, "status-404", LATCH_ERROR_UNKNOWN_DEVICE, UNPAIR_1 " /list");
  /* An answer was lost before it did anything, as the list shows */
  assert_fails (fixture, "garbage", LATCH_ERROR_OUTCOME_UNKNOWN, UNPAIR_1 " /list");
  assert_fails (fixture, "status-401", LATCH_ERROR_UNAUTHORIZED, UNPAIR_1);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNAUTHORIZED);
}

/* Who has it no longer need not be told */
static void
test_gone_already (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_post (fixture->simulator, "locks/1?paired=0");
  g_assert_true (unpair (fixture, fixture->lock, NULL));
  lock_assert_requests (fixture, UNPAIR_1 " /list");
  g_assert_false (is_there (fixture, fixture->lock));
}

static void
test_lost_answer (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/unpair", 1);
  g_assert_true (unpair (fixture, fixture->lock, NULL));
  lock_assert_requests (fixture, UNPAIR_1 " /list");
  g_assert_false (is_there (fixture, fixture->lock));
}

static void
test_once (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GError) error = NULL;

  latch_bridge_unpair_async (fixture->bridge, fixture->lock, latch_test_take_result_cb, &first);
  g_assert_false (unpair (fixture, fixture->lock, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_BUSY);
  latch_test_wait_for (first);
  lock_assert_requests (fixture, UNPAIR_1 " /list");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define T(name, function) g_test_add ("/bridge-unpair/" name, LockFixture, NULL, lock_set_up, function, lock_tear_down)
  T ("goes-from-the-list", test_goes);
  T ("goes-without-a-list", test_no_list);
  T ("failures", test_failures);
  T ("gone-already-is-success", test_gone_already);
  T ("lost-answer-is-looked-up", test_lost_answer);
  T ("sent-once", test_once);
#undef T

  return g_test_run ();
}
