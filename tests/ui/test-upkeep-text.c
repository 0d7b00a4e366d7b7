/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-upkeep-text.h"

#include <string.h>

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_each_has_its_words (void)
{
  g_assert_null (latch_upkeep_text_caption (LATCH_MAINTENANCE_NONE));
  g_assert_null (latch_upkeep_text_banner (LATCH_MAINTENANCE_NONE, "Home"));
  for (guint what = LATCH_MAINTENANCE_RESTARTING; what <= LATCH_MAINTENANCE_WAS_RESET; what++)
    {
      g_autofree char *banner = latch_upkeep_text_banner (what, "Home");

      g_assert_nonnull (latch_upkeep_text_caption (what));
      g_assert_nonnull (strstr (banner, "“Home”"));
    }
  for (guint access = LATCH_ACCESS_UNKNOWN; access <= LATCH_ACCESS_WAS_ALLOWED; access++)
    {
      g_assert_nonnull (latch_upkeep_text_access (access));
      g_assert_nonnull (strstr (latch_upkeep_text_access_source (access), "The bridge does not tell"));
    }
}

static void
test_reset_counts_locks (void)
{
  assert_text (latch_upkeep_text_question_body (LATCH_MAINTENANCE_RESETTING, "Home", 4),
               "The bridge forgets its Wi-Fi network, its token, and all 4 paired locks. You will have to set it up again in "
               "the Nuki app. The locks themselves keep working.");
  assert_text (latch_upkeep_text_question_body (LATCH_MAINTENANCE_RESETTING, "Home", 1),
               "The bridge forgets its Wi-Fi network, its token, and the 1 paired lock. You will have to set it up again in "
               "the Nuki app. The lock itself keeps working.");
  assert_text (latch_upkeep_text_question_body (LATCH_MAINTENANCE_RESETTING, "Home", 0),
               "The bridge forgets its Wi-Fi network and its token. You will have to set it up again in the Nuki app.");
}

/* What shows anyway needs no words */
static void
test_outcomes (void)
{
  LatchMaintenanceReport report = { .outcome = LATCH_MAINTENANCE_OUTCOME_RESTARTED };

  g_assert_null (latch_upkeep_text_outcome (LATCH_MAINTENANCE_RESTARTING, &report, "Home"));
  g_assert_null (latch_upkeep_text_outcome (LATCH_MAINTENANCE_RESETTING, &report, "Home"));
  assert_text (latch_upkeep_text_outcome (LATCH_MAINTENANCE_UPDATING, &report, "Home"), "“Home” has restarted");
  report.firmware_after = (char *) "2.18.0";
  assert_text (latch_upkeep_text_outcome (LATCH_MAINTENANCE_UPDATING, &report, "Home"),
               "“Home” has restarted with firmware 2.18.0");
  report.firmware_before = (char *) "2.18.0";
  assert_text (latch_upkeep_text_outcome (LATCH_MAINTENANCE_UPDATING, &report, "Home"),
               "“Home” has restarted with firmware 2.18.0");
  report.firmware_before = (char *) "2.17.0";
  assert_text (latch_upkeep_text_outcome (LATCH_MAINTENANCE_UPDATING, &report, "Home"),
               "Firmware of “Home”: 2.17.0 → 2.18.0");
  report.outcome = LATCH_MAINTENANCE_OUTCOME_STAYED;
  assert_text (latch_upkeep_text_outcome (LATCH_MAINTENANCE_UPDATING, &report, "Home"),
               "No restart seen: “Home” is probably up to date");
}

static void
test_name_is_typed_on_purpose (void)
{
  g_assert_true (latch_upkeep_text_is_name ("Home", "Home"));
  g_assert_true (latch_upkeep_text_is_name (" home ", "Home"));
  g_assert_true (latch_upkeep_text_is_name ("küche", "Ku\xcc\x88"
                                                     "che "));
  g_assert_false (latch_upkeep_text_is_name ("", "Home"));
  g_assert_false (latch_upkeep_text_is_name ("Hom", "Home"));
  g_assert_false (latch_upkeep_text_is_name ("Home 2", "Home"));
  g_assert_false (latch_upkeep_text_is_name ("H ome", "Home"));
}

static void
test_receivers (void)
{
  assert_text (latch_upkeep_text_places (0), "0 of 3 used");
  assert_text (latch_upkeep_text_places (2), "2 of 3 used");
  assert_text (latch_upkeep_text_receiver (LATCH_RECEIVER_KIND_OTHER, "/x"), "Another program · /x");
  assert_text (latch_upkeep_text_receiver (LATCH_RECEIVER_KIND_OTHER, NULL), "Another program");
  assert_text (latch_upkeep_text_receiver (LATCH_RECEIVER_KIND_HERE, NULL), "Another Nightlatch on this computer");
  assert_text (latch_upkeep_text_receiver (LATCH_RECEIVER_KIND_ELSEWHERE, NULL), "Nightlatch on another computer");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/upkeep-text/each-has-its-words", test_each_has_its_words);
  g_test_add_func ("/upkeep-text/reset-counts-locks", test_reset_counts_locks);
  g_test_add_func ("/upkeep-text/outcomes", test_outcomes);
  g_test_add_func ("/upkeep-text/name-is-typed-on-purpose", test_name_is_typed_on_purpose);
  g_test_add_func ("/upkeep-text/receivers", test_receivers);

  return g_test_run ();
}
