/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-day-text.h"

#include <glib/gi18n-lib.h>

/* 31 December 9999, the last day that GDateTime knows */
#define LAST_TIME G_GINT64_CONSTANT (253402214400)

/**
 * latch_day_text_day:
 * @time: seconds since 1970
 *
 * Returns: the day on which that was here, such as g_date_get_julian() counts
 */
guint
latch_day_text_day (gint64 time)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (CLAMP (time, 0, LAST_TIME));
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));

  return g_date_get_julian (&date);
}

/**
 * latch_day_text_begin:
 * @day: a day, see latch_day_text_day()
 *
 * Returns: when it begins here, in seconds since 1970. Days in which clocks are changed have 23 or 25 hours
 */
gint64
latch_day_text_begin (guint day)
{
  g_autoptr (GDateTime) midnight = NULL;
  GDate date;

  g_return_val_if_fail (g_date_valid_julian (day), 0);

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  midnight = g_date_time_new_local (g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date), 0, 0, 0);

  return g_date_time_to_unix (midnight);
}

/**
 * latch_day_text_title:
 * @day: a day, see latch_day_text_day()
 * @now: the present, in seconds since 1970
 *
 * Returns: (transfer full): what a list calls that day: “Today”, “Yesterday”, “Monday, 5 October”, “5 October 2025”
 */
char *
latch_day_text_title (guint day, gint64 now)
{
  guint today = latch_day_text_day (now);
  g_autoptr (GDateTime) date = NULL;
  GDate then, present;

  g_return_val_if_fail (g_date_valid_julian (day), NULL);

  if (day == today)
    return g_strdup (_("Today"));
  if (day + 1 == today)
    return g_strdup (_("Yesterday"));

  g_date_clear (&then, 1);
  g_date_set_julian (&then, day);
  g_date_clear (&present, 1);
  g_date_set_julian (&present, today);
  date = g_date_time_new_local (g_date_get_year (&then), g_date_get_month (&then), g_date_get_day (&then), 12, 0, 0);

  if (g_date_get_year (&then) != g_date_get_year (&present))
    /* Translators: a day of another year, such as “5 October 2025”, in the notation of strftime() */
    return g_date_time_format (date, _("%-e %B %Y"));

  /* Translators: a day of this year, such as “Monday, 5 October”, in the notation of strftime() */
  return g_date_time_format (date, _("%A, %-e %B"));
}
