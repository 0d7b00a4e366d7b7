/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-error.h"

static void
assert_has_message (const GError *error)
{
  g_assert_nonnull (error->message);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (error->message, -1), >, 10);
}

static void
test_status (void)
{
  static const struct
  {
    guint status;
    const char *path;
    int code;
  } statuses[] = {
    { 400, "/lockAction", LATCH_ERROR_INVALID_ARGUMENT },
    { 401, "/list", LATCH_ERROR_UNAUTHORIZED },
    { 403, "/auth", LATCH_ERROR_PAIRING_DISABLED },
    { 403, "/list", LATCH_ERROR_UNAUTHORIZED },
    { 403, NULL, LATCH_ERROR_UNAUTHORIZED },
    { 404, "/lockState", LATCH_ERROR_UNKNOWN_DEVICE },
    { 410, "/lockState", LATCH_ERROR_OFFLINE },
    { 410, "/list", LATCH_ERROR_REFUSED },
    { 503, "/lockState", LATCH_ERROR_BUSY },
    { 301, "/list", LATCH_ERROR_NOT_A_BRIDGE },
    { 302, "/auth", LATCH_ERROR_NOT_A_BRIDGE },
    { 418, "/list", LATCH_ERROR_REFUSED },
    { 500, "/list", LATCH_ERROR_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = latch_error_new_for_status (statuses[i].status, statuses[i].path);

      g_assert_error (error, LATCH_ERROR, statuses[i].code);
      assert_has_message (error);
    }
}

static void
test_transport (void)
{
  static const struct
  {
    GIOErrorEnum cause;
    gboolean was_sent;
    gboolean is_command;
    int code;
  } failures[] = {
    { G_IO_ERROR_CONNECTION_REFUSED, FALSE, FALSE, LATCH_ERROR_UNREACHABLE },
    { G_IO_ERROR_CONNECTION_REFUSED, FALSE, TRUE, LATCH_ERROR_UNREACHABLE },
    { G_IO_ERROR_TIMED_OUT, FALSE, FALSE, LATCH_ERROR_UNREACHABLE },
    { G_IO_ERROR_TIMED_OUT, FALSE, TRUE, LATCH_ERROR_UNREACHABLE },
    { G_IO_ERROR_TIMED_OUT, TRUE, FALSE, LATCH_ERROR_TIMED_OUT },
    { G_IO_ERROR_TIMED_OUT, TRUE, TRUE, LATCH_ERROR_OUTCOME_UNKNOWN },
    { G_IO_ERROR_CONNECTION_CLOSED, TRUE, FALSE, LATCH_ERROR_UNREACHABLE },
    { G_IO_ERROR_CONNECTION_CLOSED, TRUE, TRUE, LATCH_ERROR_OUTCOME_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (GError) cause = g_error_new_literal (G_IO_ERROR, failures[i].cause, "GET /list?token=123456");
      g_autoptr (GError) error = latch_error_new_for_transport (cause, failures[i].was_sent, failures[i].is_command);

      g_assert_error (error, LATCH_ERROR, failures[i].code);
      assert_has_message (error);
      g_assert_null (g_strstr_len (error->message, -1, "123456"));
    }
}

static void
test_is_connection (void)
{
  for (int code = LATCH_ERROR_UNREACHABLE; code <= LATCH_ERROR_NO_TOKEN; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, code, "");

      g_assert_cmpint (latch_error_is_connection (error), ==,
                       code == LATCH_ERROR_UNREACHABLE || code == LATCH_ERROR_TIMED_OUT ||
                       code == LATCH_ERROR_NOT_A_BRIDGE);
    }

  g_assert_false (latch_error_is_connection (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error/status/has-a-meaning", test_status);
  g_test_add_func ("/error/transport/has-a-meaning-and-no-token", test_transport);
  g_test_add_func ("/error/connection/is-told-from-refusal", test_is_connection);

  return g_test_run ();
}
