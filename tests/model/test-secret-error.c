/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-secret-error.h"

#include <gio/gio.h>
#include <libsecret/secret.h>

#include "latch-error.h"

/* What the Secret Service may say, and what we make of it: whether a token may be kept otherwise depends on that */

typedef enum
{
  NOTHING = 0,
  ABSENCE = 1 << 0,
  REFUSAL = 1 << 1,
  SILENCE = 1 << 2,
} Meaning;

static Meaning
get_meaning (GQuark domain, int code)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "The reason");

  g_test_message ("%s %d", g_quark_to_string (domain), code);

  return (latch_secret_error_is_absence (error) ? ABSENCE : NOTHING) |
         (latch_secret_error_is_refusal (error) ? REFUSAL : NOTHING) |
         (latch_secret_error_is_silence (error) ? SILENCE : NOTHING);
}

static void
test_absence (void)
{
  g_assert_cmpint (get_meaning (G_IO_ERROR, G_IO_ERROR_NOT_FOUND), ==, ABSENCE); /* no session bus */
  g_assert_cmpint (get_meaning (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED), ==, ABSENCE);
  g_assert_cmpint (get_meaning (G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN), ==, ABSENCE);
  g_assert_cmpint (get_meaning (G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED), ==, ABSENCE);
}

static void
test_refusal (void)
{
  g_assert_cmpint (get_meaning (SECRET_ERROR, SECRET_ERROR_IS_LOCKED), ==, REFUSAL);
  g_assert_cmpint (get_meaning (G_IO_ERROR, G_IO_ERROR_CANCELLED), ==, REFUSAL); /* the prompt was closed */
}

/* Who is there and silent, may have kept a token all the same: it is not kept elsewhere */
static void
test_silence (void)
{
  g_assert_cmpint (get_meaning (G_IO_ERROR, G_IO_ERROR_TIMED_OUT), ==, SILENCE);
  g_assert_cmpint (get_meaning (G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY), ==, SILENCE);
  g_assert_cmpint (get_meaning (G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT), ==, SILENCE);
  g_assert_cmpint (get_meaning (G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT), ==, SILENCE);
}

static void
test_trouble (void)
{
  g_assert_cmpint (get_meaning (SECRET_ERROR, SECRET_ERROR_PROTOCOL), ==, NOTHING);
  g_assert_cmpint (get_meaning (G_IO_ERROR, G_IO_ERROR_DBUS_ERROR), ==, NOTHING); /* one that the service has made up */
}

static void
assert_explained (GQuark domain, int code, const char *expected)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "The reason");
  g_autoptr (GError) explained = latch_secret_error_explain (error);

  g_assert_error (explained, LATCH_ERROR, LATCH_ERROR_KEYRING);
  g_assert_cmpstr (explained->message, ==, expected);
}

static void
test_explained (void)
{
  assert_explained (G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY,
                    "The keyring with the bridge’s token does not answer. Try again later");
  assert_explained (SECRET_ERROR, SECRET_ERROR_PROTOCOL,
                    "The keyring with the bridge’s token cannot be used: The reason");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secret-error/nobody-is-there", test_absence);
  g_test_add_func ("/secret-error/stays-locked", test_refusal);
  g_test_add_func ("/secret-error/does-not-answer", test_silence);
  g_test_add_func ("/secret-error/something-else", test_trouble);
  g_test_add_func ("/secret-error/is-explained", test_explained);

  return g_test_run ();
}
