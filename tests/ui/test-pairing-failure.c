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
      "The bridge stopped listening before its button was pressed.", "Try Again", "Use a Token" },
    { LATCH_ERROR_PAIRING_DISABLED, "Pairing Is Turned Off",
      "Turn it on for this bridge in the Nuki app, or use a token.", "Use a Token", "Try Again" },
    { LATCH_ERROR_UNREACHABLE, "No Answer", "Check that the bridge has power and is on this network.", "Try Again",
      "Enter Address" },
    { LATCH_ERROR_TIMED_OUT, "No Answer", "Check that the bridge has power and is on this network.", "Try Again",
      "Enter Address" },
    { LATCH_ERROR_NOT_A_BRIDGE, "This Is Not a Nuki Bridge", "Something else answered at 192.168.1.50.",
      "Enter Address", "Try Again" },
    { LATCH_ERROR_MALFORMED, "This Is Not a Nuki Bridge", "Something else answered at 192.168.1.50.", "Enter Address",
      "Try Again" },
    { LATCH_ERROR_BUSY, "The Bridge Is Busy", "It is answering somebody else. Wait a moment, then try again.",
      "Try Again", NULL },
    { LATCH_ERROR_CLOCK_WRONG, "The Clock Is Wrong",
      "The long story.\n\nAn unprotected token can be read by anyone on this network.", "Try Again",
      "Use Unprotected Token" },
    { LATCH_ERROR_UNAUTHORIZED, "The Bridge Refuses Access", "The long story", "Try Again", "Use a Token" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, rows[i].code, "The long story");
      g_autoptr (LatchPairingFailure) failure =
          latch_pairing_failure_new (error, "192.168.1.50", LATCH_PAIRING_PROGRESS_ASKED);

      g_assert_cmpstr (failure->title, ==, rows[i].title);
      g_assert_cmpstr (failure->text, ==, rows[i].text);
      g_assert_cmpstr (latch_pairing_remedy_get_label (failure->primary), ==, rows[i].primary);
      g_assert_cmpstr (latch_pairing_remedy_get_label (failure->alternative), ==, rows[i].alternative);
    }
}

static void
test_whole_time (void)
{
  g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_BUTTON_NOT_PRESSED, "The long story");
  g_autoptr (LatchPairingFailure) failure =
      latch_pairing_failure_new (error, "192.168.1.50", LATCH_PAIRING_PROGRESS_WAITED);

  g_assert_cmpstr (failure->text, ==, "The bridge waited 30 seconds and then stopped listening.");
}

static void
test_damaged_answer (void)
{
  static const int codes[] = { LATCH_ERROR_NOT_A_BRIDGE, LATCH_ERROR_MALFORMED };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, codes[i], "The long story");
      g_autoptr (LatchPairingFailure) failure =
          latch_pairing_failure_new (error, "192.168.1.50", LATCH_PAIRING_PROGRESS_PRESSED);

      g_assert_cmpstr (failure->title, ==, "The Bridge’s Answer Was Damaged");
      g_assert_cmpint (failure->primary, ==, LATCH_PAIRING_REMEDY_RETRY);
      g_assert_cmpint (failure->alternative, ==, LATCH_PAIRING_REMEDY_NONE);
    }
}

static void
test_other_causes (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The disk is full");
  g_autoptr (LatchPairingFailure) failure =
      latch_pairing_failure_new (error, "192.168.1.50", LATCH_PAIRING_PROGRESS_ASKED);

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
  g_test_add_func ("/pairing-failure/tells-the-time-only-where-it-passed", test_whole_time);
  g_test_add_func ("/pairing-failure/bridge-is-one-once-its-button-was-pressed", test_damaged_answer);
  g_test_add_func ("/pairing-failure/passes-on-what-it-does-not-know", test_other_causes);

  return g_test_run ();
}
