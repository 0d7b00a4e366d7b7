/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lock-fixture.h"

/* What the bridge says of itself, asked from the simulated one */

static guint
count (LockFixture *fixture)
{
  return latch_test_simulator_count_requests (fixture->simulator, "/info");
}

static gboolean
refresh_info (LockFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_refresh_info_async (fixture->bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_bridge_refresh_info_finish (fixture->bridge, result, error);
}

static void
fail (LockFixture *fixture, int code)
{
  g_autoptr (GError) error = g_error_new (LATCH_ERROR, code, "Reason %d", code);

  latch_bridge_apply_error (fixture->bridge, error);
}

static void
test_knows_when (LockFixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpint (latch_bridge_get_info_at (fixture->bridge), ==, 0);
  g_assert_false (latch_bridge_is_info_current (fixture->bridge));
  g_assert_true (refresh_info (fixture, NULL));
  g_assert_cmpint (latch_bridge_get_info_at (fixture->bridge), >=, now);
  g_assert_true (latch_bridge_is_info_current (fixture->bridge));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (latch_bridge_get_range (fixture->bridge))), ==, 3);

  fail (fixture, LATCH_ERROR_UNAUTHORIZED);
  g_assert_false (latch_bridge_is_info_current (fixture->bridge));
}

static void
test_uptime (LockFixture *fixture, gconstpointer data)
{
  gint64 said;

  g_assert_cmpint (latch_bridge_get_uptime (fixture->bridge), ==, -1);
  g_assert_true (refresh_info (fixture, NULL));
  said = latch_bridge_get_info (fixture->bridge)->uptime;
  latch_test_run_for (1100);
  g_assert_cmpint (latch_bridge_get_uptime (fixture->bridge), >, said);

  /* It may have lost its power since */
  fail (fixture, LATCH_ERROR_UNAUTHORIZED);
  g_assert_cmpint (latch_bridge_get_uptime (fixture->bridge), ==, said);
}

static void
test_clock (LockFixture *fixture, gconstpointer data)
{
  gint64 offset = 0;

  g_assert_false (latch_bridge_get_clock_offset (fixture->bridge, &offset));
  latch_test_simulator_post (fixture->simulator, "clock?offset=-240");
  g_assert_true (refresh_info (fixture, NULL));
  g_assert_true (latch_bridge_get_clock_offset (fixture->bridge, &offset));
  g_assert_cmpint (offset, >=, -242);
  g_assert_cmpint (offset, <=, -238);
}

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", pspec->name);
}

static void
test_tells_that_it_asks (LockFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_signal_connect (fixture->bridge, "notify", G_CALLBACK (notify_cb), names);
  latch_bridge_refresh_info_async (fixture->bridge, NULL, NULL, NULL);
  latch_bridge_refresh_info_async (fixture->bridge, NULL, NULL, NULL);
  g_assert_cmpstr (names->str, ==, "asking-info ");
  g_assert_true (latch_bridge_get_asking_info (fixture->bridge));
  latch_test_wait_until (!latch_bridge_get_asking_info (fixture->bridge));
  g_assert_nonnull (strstr (names->str, "info-at"));
}

static void
test_asked_while_somebody_looks (LockFixture *fixture, gconstpointer data)
{
  latch_bridge_set_watched_closely (fixture->bridge, TRUE);
  latch_test_wait_until (count (fixture) == 1);
  latch_test_wait_until (latch_bridge_get_info (fixture->bridge) != NULL);
  /* Who looks away and back again is told no sooner */
  latch_bridge_set_watched_closely (fixture->bridge, FALSE);
  latch_bridge_set_watched_closely (fixture->bridge, TRUE);
  latch_test_run_for (500);
  g_assert_cmpuint (count (fixture), ==, 1);
  latch_test_wait_until (count (fixture) == 2 && !latch_bridge_get_asking_info (fixture->bridge));
}

static void
test_not_asked_while_nobody_looks (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/info", 1);
  latch_bridge_set_watched_closely (fixture->bridge, TRUE);
  latch_test_wait_until (count (fixture) == 1 && !latch_bridge_get_asking_info (fixture->bridge));
  latch_bridge_set_watched_closely (fixture->bridge, FALSE);
  /* Not even after a failure, when the next question would come soon */
  latch_test_run_for (2500);
  g_assert_cmpuint (count (fixture), ==, 1);
}

/* Who waits for a bridge that takes its time should not wait for what nobody wants to know any more */
static void
test_given_up_when_nobody_looks (LockFixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "hang", "/info", 1);
  latch_bridge_set_watched_closely (fixture->bridge, TRUE);
  latch_test_wait_until (count (fixture) == 1);
  latch_bridge_set_watched_closely (fixture->bridge, FALSE);
  latch_test_wait_within (8 * G_TIME_SPAN_SECOND, !latch_bridge_get_asking_info (fixture->bridge));

  latch_bridge_set_watched_closely (fixture->bridge, TRUE);
  latch_test_wait_until (latch_bridge_get_info (fixture->bridge) != NULL);
  latch_bridge_set_watched_closely (fixture->bridge, FALSE);
}

/* Others try whether it is there */
static void
test_left_alone (LockFixture *fixture, gconstpointer data)
{
  fail (fixture, LATCH_ERROR_UNAUTHORIZED);
  latch_bridge_set_watched_closely (fixture->bridge, TRUE);
  latch_test_run_for (500);
  g_assert_cmpuint (count (fixture), ==, 0);

  lock_refresh (fixture);
  latch_test_wait_until (count (fixture) == 1 && !latch_bridge_get_asking_info (fixture->bridge));
}

static void
test_one_slip (LockFixture *fixture, gconstpointer data)
{
  g_assert_true (refresh_info (fixture, NULL));
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/info", 0);
  latch_bridge_set_watched_closely (fixture->bridge, TRUE);
  g_assert_false (refresh_info (fixture, NULL));
  g_assert_null (latch_bridge_get_info_error (fixture->bridge));
  g_assert_true (latch_bridge_is_info_current (fixture->bridge));

  /* It is asked once more, soon */
  latch_test_wait_until (latch_bridge_get_info_error (fixture->bridge) != NULL);
  latch_bridge_set_watched_closely (fixture->bridge, FALSE);
  g_assert_false (latch_bridge_is_info_current (fixture->bridge));
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);

  latch_test_simulator_clear_faults (fixture->simulator);
  g_assert_true (refresh_info (fixture, NULL));
  g_assert_null (latch_bridge_get_info_error (fixture->bridge));
}

static void
test_refusals (LockFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *fault;
    LatchError code;
  } expected[] = {
    { "status-401", LATCH_ERROR_UNAUTHORIZED },
    { "status-403", LATCH_ERROR_UNAUTHORIZED },
    { "success-false", LATCH_ERROR_REFUSED },
    { "garbage", LATCH_ERROR_NOT_A_BRIDGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *message = NULL;

      latch_test_simulator_add_fault (fixture->simulator, expected[i].fault, "/info", 1);
      g_assert_false (refresh_info (fixture, &error));
      g_assert_error (error, LATCH_ERROR, (int) expected[i].code);
      g_object_get (fixture->bridge, "info-error-message", &message, NULL);
      g_assert_cmpstr (message, ==, error->message);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/bridge-info/" name, LockFixture, NULL, lock_set_up, function, lock_tear_down)
  ADD ("knows-when-the-bridge-said-so", test_knows_when);
  ADD ("uptime-grows-while-the-bridge-answers", test_uptime);
  ADD ("clock-may-be-behind", test_clock);
  ADD ("tells-that-it-asks", test_tells_that_it_asks);
  ADD ("asked-every-few-seconds-while-somebody-looks", test_asked_while_somebody_looks);
  ADD ("not-asked-while-nobody-looks", test_not_asked_while_nobody_looks);
  ADD ("given-up-when-nobody-looks", test_given_up_when_nobody_looks);
  ADD ("a-bridge-that-refuses-is-left-alone", test_left_alone);
  ADD ("one-slip-is-nothing-to-tell-of", test_one_slip);
  ADD ("refusals-are-told-at-once", test_refusals);

  return g_test_run ();
}
