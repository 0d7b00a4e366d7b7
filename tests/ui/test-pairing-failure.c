/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-error.h"
#include "latch-pairing-failure.h"

#include <locale.h>

static void
test_causes (void)
{
  static const struct
  {
    int code;
    const char *title;
    const char *text;
    const char *primary;
    const char *alternative;
  } rows[] = {
    { LATCH_ERROR_BUTTON_NOT_PRESSED, "Nobody Pressed the Button",
      "The bridge waited 30 seconds and then stopped listening.", "Try Again", "Use a Token" },
    { LATCH_ERROR_PAIRING_DISABLED, "Pairing Is Turned Off",
      "Turn it on for this bridge in the Nuki app, or use a token.", "Use a Token", "Try Again" },
    { LATCH_ERROR_UNREACHABLE, "No Answer", "Check that the bridge has power and is on this network.", "Try Again",
      "Enter Address" },
    { LATCH_ERROR_TIMED_OUT, "No Answer", "Check that the bridge has power and is on this network.", "Try Again",
      "Enter Address" },
    { LATCH_ERROR_NOT_A_BRIDGE, "This Is Not a Nuki Bridge", "Something else answered at 192.168.1.50.",
      "Enter Address", NULL },
    { LATCH_ERROR_MALFORMED, "This Is Not a Nuki Bridge", "Something else answered at 192.168.1.50.", "Enter Address",
      NULL },
    { LATCH_ERROR_BUSY, "The Bridge Is Busy", "It is answering somebody else. Wait a moment, then try again.",
      "Try Again", NULL },
    { LATCH_ERROR_CLOCK_WRONG, "Only an Unprotected Token Works",
      "The bridge’s clock or this computer’s is probably wrong. Used anyway, the token could be read by anyone on "
      "this network.",
      "Try Again", "Use Anyway" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, rows[i].code, "The long story");
      g_autoptr (LatchPairingFailure) failure = latch_pairing_failure_new (error, "192.168.1.50");

      g_assert_cmpstr (failure->title, ==, rows[i].title);
      g_assert_cmpstr (failure->text, ==, rows[i].text);
      g_assert_cmpstr (latch_pairing_remedy_get_label (failure->primary), ==, rows[i].primary);
      g_assert_cmpstr (latch_pairing_remedy_get_label (failure->alternative), ==, rows[i].alternative);
    }
}

static void
test_other_causes (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The disk is full");
  g_autoptr (LatchPairingFailure) failure = latch_pairing_failure_new (error, "192.168.1.50");

  g_assert_cmpstr (failure->title, ==, "The Bridge Could Not Be Added");
  g_assert_cmpstr (failure->text, ==, "The disk is full");
  g_assert_cmpint (failure->primary, ==, LATCH_PAIRING_REMEDY_RETRY);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pairing-failure/says-what-helps", test_causes);
  g_test_add_func ("/pairing-failure/passes-on-what-it-does-not-know", test_other_causes);

  return g_test_run ();
}
