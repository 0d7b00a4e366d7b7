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
test_brief (void)
{
  static const Expectation expectations[] = {
    { 28 * MINUTE, "18:02" },
    { 18 * HOUR + 31 * MINUTE, "Yesterday" },
    { 2 * DAY, "20 Nov" },
  };

  check (latch_time_text_brief, expectations, G_N_ELEMENTS (expectations));
}

static void
test_span (void)
{
  g_autofree char *same_day = latch_time_text_span (NOW - 2 * HOUR, NOW);
  g_autofree char *over_midnight = latch_time_text_span (NOW - DAY, NOW);

  g_assert_cmpstr (same_day, ==, "16:30 – 18:30");
  g_assert_cmpstr (over_midnight, ==, "21 Nov, 18:30 – 18:30");
}

static void
test_hours (void)
{
  g_autofree char *first = latch_time_text_hour (0);
  g_autofree char *last = latch_time_text_hour (24);

  g_assert_cmpstr (first, ==, "0:00");
  g_assert_cmpstr (last, ==, "24:00");
}

static void
test_durations (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } expectations[] = {
    { 0, "under 1 min" }, { 59, "under 1 min" }, { 60, "1 min" },           { 89, "1 min" },   { 90, "2 min" },
    { HOUR - 1, "1 h" },  { HOUR, "1 h" },       { HOUR + 96, "1 h 2 min" }, { 24 * HOUR, "24 h" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expectations); i++)
    {
      g_autofree char *text = latch_time_text_duration (expectations[i].seconds);

      g_assert_cmpstr (text, ==, expectations[i].text);
    }
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

      g_autofree char *span = latch_time_text_span (times[i], NOW);
      g_autofree char *brief = latch_time_text_brief (times[i], NOW);

      g_assert_nonnull (span);
      g_assert_nonnull (brief);
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
  g_test_add_func ("/time-text/brief/is-a-time-or-a-day", test_brief);
  g_test_add_func ("/time-text/span/names-the-day-only-over-midnight", test_span);
  g_test_add_func ("/time-text/hour/a-day-ends-at-24", test_hours);
  g_test_add_func ("/time-text/duration/is-rounded-to-minutes", test_durations);
  g_test_add_func ("/time-text/any-number-gives-a-text", test_times_that_no_calendar_has);

  return g_test_run ();
}
