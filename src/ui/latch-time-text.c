/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-time-text.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* 31 December 9999, the last day that GDateTime knows */
#define LAST_TIME G_GINT64_CONSTANT (253402214400)

static gint64
to_possible (gint64 time)
{
  return CLAMP (time, 0, LAST_TIME);
}

/* Never NULL, whatever time a bridge thinks it is */
static GDateTime *
to_local (gint64 time)
{
  return g_date_time_new_from_unix_local (to_possible (time));
}

static gboolean
locale_has_noon (void)
{
  const char *format = nl_langinfo (T_FMT);

  return strstr (format, "%r") || strstr (format, "%I") || strstr (format, "%l") || strstr (format, "%p");
}

/* How many midnights lie between two times */
static int
count_days (GDateTime *then, GDateTime *now)
{
  g_autoptr (GDate) from = g_date_new_dmy (g_date_time_get_day_of_month (then), g_date_time_get_month (then),
                                           g_date_time_get_year (then));
  g_autoptr (GDate) to = g_date_new_dmy (g_date_time_get_day_of_month (now), g_date_time_get_month (now),
                                         g_date_time_get_year (now));

  return g_date_days_between (from, to);
}

static char *
format_date (GDateTime *then, GDateTime *now)
{
  if (g_date_time_get_year (then) != g_date_time_get_year (now))
    return g_date_time_format (then, "%x");

  /* Translators: a day of this year, such as “21 Nov”, in the notation of strftime() */
  return g_date_time_format (then, _("%-e %b"));
}

/**
 * latch_time_text_ago:
 *
 * Returns: (transfer full): how long ago @then was, such as “just now”, “2 min ago”, “3 h ago”; from a day on the date
 */
char *
latch_time_text_ago (gint64 then, gint64 now)
{
  gint64 age = now - to_possible (then);

  /* A bridge's clock may go ahead of ours: what it calls the future has just happened */
  if (age < MINUTE)
    return g_strdup (_("just now"));

  if (age < HOUR)
    /* Translators: min is short for minutes */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d min ago", "%d min ago", age / MINUTE), (int) (age / MINUTE));

  if (age < DAY)
    /* Translators: h is short for hours */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d h ago", "%d h ago", age / HOUR), (int) (age / HOUR));

  g_autoptr (GDateTime) then_date = to_local (then);
  g_autoptr (GDateTime) now_date = to_local (now);

  return format_date (then_date, now_date);
}

/**
 * latch_time_text_updated:
 *
 * Returns: (transfer full): when something was heard of, such as “Updated 2 min ago”
 */
char *
latch_time_text_updated (gint64 then, gint64 now)
{
  g_autofree char *ago = latch_time_text_ago (then, now);

  /* Translators: %s is an age such as “just now” or “2 min ago”, or a date */
  return g_strdup_printf (_("Updated %s"), ago);
}

/**
 * latch_time_text_since:
 *
 * Returns: (transfer full): since when something has been so, such as “Since 18:02”; with the day if it was not today
 */
char *
latch_time_text_since (gint64 then, gint64 now)
{
  g_autoptr (GDateTime) then_date = to_local (then);
  g_autoptr (GDateTime) now_date = to_local (now);
  g_autofree char *clock = latch_time_text_clock (then);
  g_autofree char *date = NULL;
  int days = count_days (then_date, now_date);

  if (days <= 0)
    /* Translators: %s is a time of day */
    return g_strdup_printf (_("Since %s"), clock);

  if (days == 1)
    /* Translators: %s is a time of day */
    return g_strdup_printf (_("Since yesterday, %s"), clock);

  date = format_date (then_date, now_date);
  /* Translators: a date and a time of day */
  return g_strdup_printf (_("Since %s, %s"), date, clock);
}

/**
 * latch_time_text_clock:
 *
 * Returns: (transfer full): the time of day in hours and minutes, as the locale writes it
 */
char *
latch_time_text_clock (gint64 then)
{
  g_autoptr (GDateTime) date = to_local (then);

  if (locale_has_noon ())
    /* Translators: a time of day such as “6:02 PM”, in the notation of strftime() */
    return g_date_time_format (date, _("%-l:%M %p"));

  /* Translators: a time of day such as “18:02”, in the notation of strftime() */
  return g_date_time_format (date, _("%H:%M"));
}

/**
 * latch_time_text_span:
 *
 * Returns: (transfer full): from when to when, such as “11:00 – 12:36”; with the day if it began on another one
 */
char *
latch_time_text_span (gint64 from, gint64 to)
{
  g_autoptr (GDateTime) from_date = to_local (from);
  g_autoptr (GDateTime) to_date = to_local (to);
  g_autofree char *begins = latch_time_text_clock (from);
  g_autofree char *ends = latch_time_text_clock (to);
  g_autofree char *date = NULL;

  if (count_days (from_date, to_date) == 0)
    /* Translators: from one time of day to another */
    return g_strdup_printf (_("%s – %s"), begins, ends);

  date = format_date (from_date, to_date);
  /* Translators: from a date and a time of day to another time of day */
  return g_strdup_printf (_("%s, %s – %s"), date, begins, ends);
}

/**
 * latch_time_text_brief:
 *
 * Returns: (transfer full): when something was, in few words: “18:02”, “Yesterday”, “21 Nov”
 */
char *
latch_time_text_brief (gint64 then, gint64 now)
{
  g_autoptr (GDateTime) then_date = to_local (then);
  g_autoptr (GDateTime) now_date = to_local (now);
  int days = count_days (then_date, now_date);

  if (days <= 0)
    return latch_time_text_clock (then);

  return days == 1 ? g_strdup (_("Yesterday")) : format_date (then_date, now_date);
}

/**
 * latch_time_text_hour:
 * @hour: from 0 to 24
 *
 * Returns: (transfer full): a full hour, such as “6:00” or “6 AM”, as the locale writes it; a day ends at “24:00”
 */
char *
latch_time_text_hour (guint hour)
{
  g_autoptr (GDateTime) date = g_date_time_new_local (2000, 1, 1 + hour / 24, hour % 24, 0, 0);

  if (locale_has_noon ())
    /* Translators: a full hour such as “6 PM”, in the notation of strftime() */
    return g_date_time_format (date, _("%-l %p"));

  /* Translators: a full hour, from 0 to 24 */
  return g_strdup_printf (_("%u:00"), hour);
}

/**
 * latch_time_text_duration:
 *
 * Returns: (transfer full): how long something took, such as “1 h 36 min”
 */
char *
latch_time_text_duration (gint64 seconds)
{
  gint64 minutes = (seconds + MINUTE / 2) / MINUTE;

  if (seconds < MINUTE)
    /* Translators: min is short for minutes */
    return g_strdup (_("under 1 min"));

  if (minutes < 60)
    /* Translators: min is short for minutes */
    return g_strdup_printf (_("%d min"), (int) minutes);

  if (minutes % 60 == 0)
    /* Translators: h is short for hours */
    return g_strdup_printf (_("%d h"), (int) (minutes / 60));

  /* Translators: h is short for hours, min for minutes */
  return g_strdup_printf (_("%d h %d min"), (int) (minutes / 60), (int) (minutes % 60));
}

/**
 * latch_time_text_exact_clock:
 *
 * Returns: (transfer full): the time of day to the second, as the locale writes it
 */
char *
latch_time_text_exact_clock (gint64 then)
{
  g_autoptr (GDateTime) date = to_local (then);

  return g_date_time_format (date, "%X");
}

/**
 * latch_time_text_full:
 *
 * Returns: (transfer full): date and time to the second, for tooltips
 */
char *
latch_time_text_full (gint64 then)
{
  g_autoptr (GDateTime) date = to_local (then);

  return g_date_time_format (date, "%c");
}
