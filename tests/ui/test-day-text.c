/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-day-text.h"

#include <locale.h>

/* 2026-11-22 18:30:00 UTC, a Sunday; tests run in that zone */
#define NOW G_GINT64_CONSTANT (1795372200)
#define HOUR 3600
#define DAY 86400

static void
assert_title (gint64 time, const char *expected)
{
  g_autofree char *title = latch_day_text_title (latch_day_text_day (time), NOW);

  g_assert_cmpstr (title, ==, expected);
}

static void
test_recent (void)
{
  assert_title (NOW, "Today");
  assert_title (NOW - 18 * HOUR, "Today");
  assert_title (NOW - 19 * HOUR, "Yesterday");
  assert_title (NOW - DAY - 18 * HOUR, "Yesterday");
}

static void
test_dates (void)
{
  assert_title (NOW - 2 * DAY, "Friday, 20 November");
  assert_title (NOW - 48 * DAY, "Monday, 5 October");
  assert_title (NOW - 413 * DAY, "5 October 2025");
}

static void
test_future (void)
{
  assert_title (NOW + 6 * HOUR, "Monday, 23 November");
}

static void
test_impossible (void)
{
  assert_title (0, "1 January 1970");
  assert_title (G_MININT64, "1 January 1970");
  assert_title (G_MAXINT64, "31 December 9999");
}

static void
test_count (void)
{
  g_assert_cmpuint (latch_day_text_day (NOW), ==, latch_day_text_day (NOW - DAY) + 1);
  /* Over the end of a year */
  g_assert_cmpuint (latch_day_text_day (G_GINT64_CONSTANT (1767225600)), ==,
                    latch_day_text_day (G_GINT64_CONSTANT (1767225599)) + 1);
}

/* In Central Europe, clocks are changed on the last Sundays of March and October */
static void
test_begin (void)
{
  const guint winter = latch_day_text_day (NOW);
  guint march, october;

  g_assert_cmpint (latch_day_text_begin (winter), ==, NOW - 18 * HOUR - HOUR / 2);
  g_assert_cmpint (latch_day_text_begin (winter + 1) - latch_day_text_begin (winter), ==, DAY);

  g_setenv ("TZ", "CET-1CEST,M3.5.0/2,M10.5.0/3", TRUE);
  march = latch_day_text_day (1774778400);   /* 29 March 2026, noon */
  october = latch_day_text_day (1792926000); /* 25 October 2026, noon */
  g_assert_cmpint (latch_day_text_begin (march + 1) - latch_day_text_begin (march), ==, 23 * HOUR);
  g_assert_cmpint (latch_day_text_begin (october + 1) - latch_day_text_begin (october), ==, 25 * HOUR);
  g_assert_cmpuint (latch_day_text_day (latch_day_text_begin (october + 1) - 1), ==, october);
  g_setenv ("TZ", "UTC", TRUE);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/day-text/today-and-yesterday", test_recent);
  g_test_add_func ("/day-text/other-days-have-dates", test_dates);
  g_test_add_func ("/day-text/clocks-that-are-ahead", test_future);
  g_test_add_func ("/day-text/impossible-times", test_impossible);
  g_test_add_func ("/day-text/days-are-counted", test_count);
  g_test_add_func ("/day-text/begin/may-be-23-or-25-hours-before-the-next", test_begin);

  return g_test_run ();
}
