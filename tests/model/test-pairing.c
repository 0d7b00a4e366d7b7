/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-pairing.h"

#include "latch-error.h"
#include "latch-test-simulator.h"

typedef struct
{
  LatchTestSimulator *simulator;
  LatchPairing *pairing;
  GString *waiting; /* what waiting-for-button became, as "yes no " */
} Fixture;

static void
waiting_cb (LatchPairing *pairing, GParamSpec *pspec, gpointer user_data)
{
  g_string_append (user_data, latch_pairing_get_waiting_for_button (pairing) ? "yes " : "no ");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) options = g_strsplit (data != NULL ? data : "--ble-time=0", " ", -1);

  fixture->simulator = latch_test_simulator_newv ((const char *const *) options);
  fixture->pairing = latch_pairing_new (latch_test_simulator_get_host (fixture->simulator),
                                        latch_test_simulator_get_port (fixture->simulator));
  fixture->waiting = g_string_new (NULL);
  g_signal_connect (fixture->pairing, "notify::waiting-for-button", G_CALLBACK (waiting_cb), fixture->waiting);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->pairing);
  g_string_free (fixture->waiting, TRUE);
  latch_test_simulator_free (fixture->simulator);
}

static gboolean
finish (Fixture *fixture, GAsyncResult **result, GError **error)
{
  g_autoptr (GAsyncResult) taken = NULL;

  latch_test_wait_for (*result);
  taken = g_steal_pointer (result);
  g_assert_false (latch_pairing_get_waiting_for_button (fixture->pairing));

  return latch_pairing_run_finish (fixture->pairing, taken, error);
}

static gboolean
run (Fixture *fixture, const char *token, GError **error)
{
  GAsyncResult *result = NULL;

  latch_pairing_run_async (fixture->pairing, token, NULL, latch_test_take_result_cb, &result);

  return finish (fixture, &result, error);
}

static void
assert_fails (Fixture *fixture, const char *token, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (run (fixture, token, &error));
  g_assert_error (error, LATCH_ERROR, code);
  g_assert_null (strstr (error->message, LATCH_TEST_TOKEN));
  g_assert_null (latch_pairing_get_devices (fixture->pairing));
}

static void
assert_succeeded (Fixture *fixture)
{
  g_assert_cmpstr (latch_pairing_get_bridge_id (fixture->pairing), ==, "2117604523");
  g_assert_cmpuint (latch_pairing_get_info (fixture->pairing)->server_id, ==, 2117604523);
  g_assert_cmpuint (latch_pairing_get_devices (fixture->pairing)->len, ==, 2);
  g_assert_nonnull (latch_pairing_get_token (fixture->pairing));
}

static void
assert_requests (Fixture *fixture, const char *expected)
{
  g_autofree char *actual = latch_test_simulator_list_requests (fixture->simulator);

  g_assert_cmpstr (actual, ==, expected);
}

static void
test_button (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (latch_pairing_get_waiting_for_button (fixture->pairing));
  g_assert_null (latch_pairing_get_bridge_id (fixture->pairing));
  g_assert_null (latch_pairing_get_token (fixture->pairing));
  latch_pairing_run_async (fixture->pairing, NULL, NULL, latch_test_take_result_cb, &result);
  g_assert_false (latch_pairing_get_waiting_for_button (fixture->pairing));

  latch_test_wait_until (latch_pairing_get_waiting_for_button (fixture->pairing));
  latch_test_simulator_wait_for_request (fixture->simulator, "/auth");
  g_assert_null (result);
  latch_test_simulator_press_button (fixture->simulator);
  g_assert_true (finish (fixture, &result, &error));
  g_assert_no_error (error);

  assert_succeeded (fixture);
  g_assert_cmpstr (fixture->waiting->str, ==, "yes no ");
  g_assert_cmpint (latch_client_get_accepted_mode (latch_pairing_get_client (fixture->pairing)), ==,
                   LATCH_AUTH_MODE_ENCRYPTED);
  assert_requests (fixture, "/auth /info /list");
}

static void
test_not_pressed (Fixture *fixture, gconstpointer data)
{
  assert_fails (fixture, NULL, LATCH_ERROR_BUTTON_NOT_PRESSED);
  g_assert_cmpstr (fixture->waiting->str, ==, "yes no ");
  assert_requests (fixture, "/auth");

  /* And again */
  assert_fails (fixture, NULL, LATCH_ERROR_BUTTON_NOT_PRESSED);
  g_assert_cmpstr (fixture->waiting->str, ==, "yes no yes no ");
}

static void
test_disabled (Fixture *fixture, gconstpointer data)
{
  assert_fails (fixture, NULL, LATCH_ERROR_PAIRING_DISABLED);
  assert_requests (fixture, "/auth");

  /* A token that the person has still works */
  g_assert_true (run (fixture, LATCH_TEST_TOKEN, NULL));
  assert_succeeded (fixture);
}

static void
test_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (run (fixture, LATCH_TEST_TOKEN, &error));
  g_assert_no_error (error);
  assert_succeeded (fixture);
  g_assert_cmpstr (latch_pairing_get_token (fixture->pairing), ==, LATCH_TEST_TOKEN);
  g_assert_cmpstr (fixture->waiting->str, ==, "");
  assert_requests (fixture, "/info /list");
}

static void
test_wrong_token (Fixture *fixture, gconstpointer data)
{
  assert_fails (fixture, "wrongT0ken", LATCH_ERROR_UNAUTHORIZED);
  assert_requests (fixture, "/info /info /info");

  g_assert_true (run (fixture, LATCH_TEST_TOKEN, NULL));
  assert_succeeded (fixture);
}

/* A token that was refused is no reason not to press the button */
static void
test_button_after_wrong_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_fails (fixture, "wrongT0ken", LATCH_ERROR_UNAUTHORIZED);
  latch_test_simulator_clear_requests (fixture->simulator);
  g_assert_true (run (fixture, NULL, &error));
  g_assert_no_error (error);
  assert_succeeded (fixture);
  assert_requests (fixture, "/auth /info /list");
}

static void
test_not_a_bridge (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "status-404", "/auth", 1);
  assert_fails (fixture, NULL, LATCH_ERROR_NOT_A_BRIDGE);
  latch_test_simulator_add_fault (fixture->simulator, "garbage", "/auth", 1);
  assert_fails (fixture, NULL, LATCH_ERROR_NOT_A_BRIDGE);
  latch_test_simulator_add_fault (fixture->simulator, "redirect", "/info", 1);
  assert_fails (fixture, LATCH_TEST_TOKEN, LATCH_ERROR_NOT_A_BRIDGE);
  latch_test_simulator_add_fault (fixture->simulator, "garbage", "/list", 1);
  assert_fails (fixture, LATCH_TEST_TOKEN, LATCH_ERROR_NOT_A_BRIDGE);
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_stop (fixture->simulator);
  assert_fails (fixture, NULL, LATCH_ERROR_UNREACHABLE);
  assert_fails (fixture, LATCH_TEST_TOKEN, LATCH_ERROR_UNREACHABLE);
  g_assert_cmpstr (fixture->waiting->str, ==, "");
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  latch_pairing_run_async (fixture->pairing, NULL, cancellable, latch_test_take_result_cb, &result);
  latch_test_wait_until (latch_pairing_get_waiting_for_button (fixture->pairing));
  g_cancellable_cancel (cancellable);
  g_assert_false (finish (fixture, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (fixture->waiting->str, ==, "yes no ");
}

static void
test_cancelled_later (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "hang", "/info", 1);
  latch_pairing_run_async (fixture->pairing, NULL, cancellable, latch_test_take_result_cb, &result);
  latch_test_simulator_wait_for_request (fixture->simulator, "/info");
  g_cancellable_cancel (cancellable);
  g_assert_false (finish (fixture, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* The token that was got meanwhile is not asked for again */
  g_assert_true (run (fixture, NULL, NULL));
  assert_succeeded (fixture);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/auth"), ==, 1);
}

static void
test_clock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_fails (fixture, NULL, LATCH_ERROR_CLOCK_WRONG);
  assert_requests (fixture, "/auth /info /info /info");

  /* The person agrees to the bare token; the button need not be pressed again */
  latch_test_simulator_clear_requests (fixture->simulator);
  latch_client_set_auth_mode (latch_pairing_get_client (fixture->pairing), LATCH_AUTH_MODE_PLAIN);
  g_assert_true (run (fixture, NULL, &error));
  g_assert_no_error (error);
  assert_succeeded (fixture);
  g_assert_cmpint (latch_client_get_accepted_mode (latch_pairing_get_client (fixture->pairing)), ==, LATCH_AUTH_MODE_PLAIN);
  assert_requests (fixture, "/info /list");
}

/* A bridge that was busy has not lit its LED: the time to press begins when it does */
static void
test_busy_at_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "status-503", "/auth", 1);
  g_assert_true (run (fixture, NULL, &error));
  g_assert_no_error (error);
  assert_requests (fixture, "/auth /auth /info /list");
  /* A computer that is busy itself may take the bridge's time for patience */
  g_assert_true (g_str_equal (fixture->waiting->str, "yes no ") || g_str_equal (fixture->waiting->str, "yes no yes no "));
}

/* Nobody shall press a button that does nothing, nor stand in front of it for long */
static void
test_stays_busy (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "status-503", "/auth", 100);
  assert_fails (fixture, NULL, LATCH_ERROR_BUSY);
  g_assert_cmpstr (fixture->waiting->str, ==, "");
  assert_requests (fixture, "/auth /auth /auth /auth /auth");
}

static void
test_first_api (Fixture *fixture, gconstpointer data)
{
  g_assert_true (run (fixture, NULL, NULL));
  assert_succeeded (fixture);
  g_assert_cmpint (latch_client_get_accepted_mode (latch_pairing_get_client (fixture->pairing)), ==, LATCH_AUTH_MODE_PLAIN);
}

/* IDs may be larger than 32 bits */
static void
test_large_id (Fixture *fixture, gconstpointer data)
{
  g_assert_true (run (fixture, LATCH_TEST_TOKEN, NULL));
  g_assert_cmpstr (latch_pairing_get_bridge_id (fixture->pairing), ==, "9151414130");
}

/* The dialog may close in the middle of it */
static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  LatchPairing *pairing = g_steal_pointer (&fixture->pairing);

  latch_pairing_run_async (pairing, NULL, cancellable, latch_test_take_result_cb, &result);
  latch_test_wait_until (latch_pairing_get_waiting_for_button (pairing));
  g_object_add_weak_pointer (G_OBJECT (pairing), (gpointer *) &pairing);
  g_object_unref (pairing);
  g_cancellable_cancel (cancellable);
  latch_test_wait_for (result);
  g_clear_object (&result);
  latch_test_wait_until (pairing == NULL);
  fixture->pairing = latch_pairing_new ("192.0.2.1", 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define TOKEN "--token=" LATCH_TEST_TOKEN
#define add(name, options, function) g_test_add ("/pairing/" name, Fixture, options, set_up, function, tear_down)
  add ("button/pressed", NULL, test_button);
  add ("button/not-pressed", "--auth-window=1.5", test_not_pressed);
  add ("button/disabled", TOKEN " --auth-disabled", test_disabled);
  add ("button/after-wrong-token", TOKEN " --press-after=0", test_button_after_wrong_token);
  add ("button/busy-at-first", "--press-after=1", test_busy_at_first);
  add ("button/stays-busy", NULL, test_stays_busy);
  add ("token/right", TOKEN, test_token);
  add ("token/wrong", TOKEN, test_wrong_token);
  add ("fails/not-a-bridge", TOKEN, test_not_a_bridge);
  add ("fails/unreachable", NULL, test_unreachable);
  add ("cancelled/at-the-button", NULL, test_cancelled);
  add ("cancelled/later", "--press-after=0", test_cancelled_later);
  add ("clock-wrong-then-consent", "--press-after=0 --clock-offset=-7200", test_clock);
  add ("first-api", "--press-after=0 --api=1.6", test_first_api);
  add ("large-id", TOKEN " --bridge-id=9151414130", test_large_id);
  add ("let-go", NULL, test_let_go);

  return g_test_run ();
}
