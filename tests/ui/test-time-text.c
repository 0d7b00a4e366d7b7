/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-time-text.h"

#include <locale.h>

/* 2026-11-22 18:30:00 UTC; tests run in that zone */
#define NOW G_GINT64_CONSTANT (1795372200)
#define MINUTE 60
#define HOUR 3600
#define DAY 86400

typedef struct
{
  gint64 age;
  const char *text;
} Expectation;

static void
check (char *(*say) (gint64, gint64), const Expectation *expectations, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = say (NOW - expectations[i].age, NOW);

      g_assert_cmpstr (text, ==, expectations[i].text);
    }
}

static void
test_ago (void)
{
  static const Expectation expectations[] = {
    { 0, "just now" },         { 59, "just now" },        { MINUTE, "1 min ago" },
    { 59 * MINUTE, "59 min ago" }, { HOUR, "1 h ago" },   { DAY - 1, "23 h ago" },
    { DAY, "21 Nov" },         { 60 * DAY, "23 Sep" },
  };

  check (latch_time_text_ago, expectations, G_N_ELEMENTS (expectations));
}

static void
test_ago_in_another_year (void)
{
  g_autofree char *text = latch_time_text_ago (NOW - 400 * DAY, NOW);

  g_assert_cmpstr (text, ==, "10/18/25");
}

static void
test_ago_forgives_clocks_that_are_ahead (void)
{
  g_autofree char *text = latch_time_text_ago (NOW + 90, NOW);

  g_assert_cmpstr (text, ==, "just now");
}

static void
test_updated (void)
{
  static const Expectation expectations[] = {
    { 0, "Updated just now" },
    { 2 * MINUTE, "Updated 2 min ago" },
    { DAY, "Updated 21 Nov" },
  };

  check (latch_time_text_updated, expectations, G_N_ELEMENTS (expectations));
}

static void
test_since (void)
{
  static const Expectation expectations[] = {
    { 28 * MINUTE, "Since 18:02" },
    { 18 * HOUR + 30 * MINUTE, "Since 00:00" },
    { 18 * HOUR + 31 * MINUTE, "Since yesterday, 23:59" },
    { 2 * DAY, "Since 20 Nov, 18:30" },
  };

  check (latch_time_text_since, expectations, G_N_ELEMENTS (expectations));
}

static void
test_times_that_no_calendar_has (void)
{
  static const gint64 times[] = { G_MININT64, -1, 0, G_MAXINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *ago = latch_time_text_ago (times[i], NOW);
      g_autofree char *since = latch_time_text_since (times[i], NOW);
      g_autofree char *clock = latch_time_text_clock (times[i]);
      g_autofree char *full = latch_time_text_full (times[i]);

      g_assert_nonnull (ago);
      g_assert_nonnull (since);
      g_assert_nonnull (clock);
      g_assert_nonnull (full);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time-text/ago/is-short-and-then-a-date", test_ago);
  g_test_add_func ("/time-text/ago/has-the-year-where-it-differs", test_ago_in_another_year);
  g_test_add_func ("/time-text/ago/forgives-clocks-that-are-ahead", test_ago_forgives_clocks_that_are_ahead);
  g_test_add_func ("/time-text/updated/is-an-age", test_updated);
  g_test_add_func ("/time-text/since/names-the-day-unless-it-is-today", test_since);
  g_test_add_func ("/time-text/any-number-gives-a-text", test_times_that_no_calendar_has);

  return g_test_run ();
}
