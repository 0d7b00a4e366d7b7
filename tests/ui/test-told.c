/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-told.h"

#define MINUTE 60

static void
keep (GSettings *settings, const char *id, gint64 minutes_ago)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sx}"));

  g_variant_builder_add (&builder, "{sx}", id, now - minutes_ago * MINUTE);
  g_settings_set_value (settings, "told-alerts", g_variant_builder_end (&builder));
}

static void
test_remembers (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (LatchTold) told = latch_told_new (settings);

  g_assert_false (latch_told_contains (told, "a"));
  latch_told_add (told, "a");
  g_assert_true (latch_told_contains (told, "a"));
  g_assert_false (latch_told_contains (told, "b"));
  latch_told_remove (told, "a");
  g_assert_false (latch_told_contains (told, "a"));
}

static void
test_survives_a_restart (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (LatchTold) first = latch_told_new (settings);
  g_autoptr (LatchTold) second = NULL;
  g_autoptr (LatchTold) third = NULL;

  latch_told_add (first, "a");
  latch_told_add (first, "b");
  latch_told_remove (first, "b");
  second = latch_told_new (settings);
  g_assert_true (latch_told_contains (second, "a"));
  g_assert_false (latch_told_contains (second, "b"));

  latch_told_remove (second, "a");
  g_assert_false (latch_told_contains (second, "a"));
  latch_told_add (second, "c");
  third = latch_told_new (settings);
  g_assert_false (latch_told_contains (third, "a"));
  g_assert_true (latch_told_contains (third, "c"));
}

static void
test_forgets (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (LatchTold) lately = NULL;
  g_autoptr (LatchTold) long_ago = NULL;
  g_autoptr (LatchTold) in_future = NULL;

  keep (settings, "a", 14);
  lately = latch_told_new (settings);
  g_assert_true (latch_told_contains (lately, "a"));
  keep (settings, "a", 15);
  long_ago = latch_told_new (settings);
  g_assert_false (latch_told_contains (long_ago, "a"));

  /* A clock that was wrong silences nobody for years */
  keep (settings, "a", -16);
  in_future = latch_told_new (settings);
  g_assert_false (latch_told_contains (in_future, "a"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/told/remembers-for-as-long-as-it-is-so", test_remembers);
  g_test_add_func ("/told/survives-a-restart", test_survives_a_restart);
  g_test_add_func ("/told/forgets-after-a-while", test_forgets);

  return g_test_run ();
}
