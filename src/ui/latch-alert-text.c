/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-alert-text.h"

#include <glib/gi18n-lib.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static const struct
{
  const char *title;
  const char *body;     /* NULL: how long it has been so */
  const char *category; /* as desktops know them */
} texts[LATCH_N_ALERT_KINDS] = {
  /* Translators: the titles of notifications; %s is the name of a lock or of an opener, such as “Front Door” */
  [LATCH_ALERT_KIND_RING] = { N_("Somebody rings at %s"), "", "device" },
  [LATCH_ALERT_KIND_BLOCKED] = { N_("%s: motor blocked"), N_("The bolt may not be fully out"), "device.error" },
  [LATCH_ALERT_KIND_SENSOR_REMOVED] = { N_("%s: door sensor removed"),
                                        N_("Nightlatch cannot tell whether the door is open"), "device.error" },
  [LATCH_ALERT_KIND_DOOR_OPEN] = { N_("%s is open"), NULL, "device" },
  [LATCH_ALERT_KIND_UNLOCKED] = { N_("%s is still unlocked"), NULL, "device" },
  [LATCH_ALERT_KIND_BATTERY] = { N_("%s: battery low"), N_("Replace soon"), "device" },
  [LATCH_ALERT_KIND_KEYPAD_BATTERY] = { N_("%s: battery of the keypad low"), N_("Replace soon"), "device" },
  /* Translators: %s is the name of a bridge, such as “Home” */
  [LATCH_ALERT_KIND_UNREACHABLE] = { N_("“%s” cannot be reached"), NULL, "network.error" },
  [LATCH_ALERT_KIND_NO_ACCESS] = { NULL, NULL, "network.error" },
};

/**
 * latch_alert_text_title:
 * @name: of the lock or the bridge
 *
 * Returns: (transfer full): what is the matter. For a bridge without access see latch_bridge_text_problem()
 */
char *
latch_alert_text_title (LatchAlertKind kind, const char *name)
{
  g_return_val_if_fail ((guint) kind < LATCH_N_ALERT_KINDS && texts[kind].title, NULL);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_(texts[kind].title), name);
#pragma GCC diagnostic pop
}

/**
 * latch_alert_text_duration:
 *
 * Returns: (transfer full): how long something has lasted at least, such as “For 10 minutes”
 */
char *
latch_alert_text_duration (gint64 seconds)
{
  if (seconds < MINUTE)
    /* Translators: for less than a minute */
    return g_strdup (_("Just now"));

  if (seconds < 2 * HOUR)
    {
      gulong minutes = seconds / MINUTE;

      /* Translators: how long a door has been open or unlocked, or a bridge unreachable */
      return g_strdup_printf (ngettext ("For %lu minute", "For %lu minutes", minutes), minutes);
    }

  if (seconds < 2 * DAY)
    {
      gulong hours = seconds / HOUR;

      /* Translators: how long a door has been open or unlocked, or a bridge unreachable; never for 1 */
      return g_strdup_printf (ngettext ("For %lu hour", "For %lu hours", hours), hours);
    }

  gulong days = seconds / DAY;

  /* Translators: how long a door has been open or unlocked, or a bridge unreachable; never for 1 */
  return g_strdup_printf (ngettext ("For %lu day", "For %lu days", days), days);
}

/**
 * latch_alert_text_body:
 * @seconds: how long it has been so
 *
 * Returns: (transfer full) (nullable): what else is to be said about it
 */
char *
latch_alert_text_body (LatchAlertKind kind, gint64 seconds)
{
  g_return_val_if_fail ((guint) kind < LATCH_N_ALERT_KINDS, NULL);

  if (!texts[kind].body)
    return latch_alert_text_duration (seconds);

  return *texts[kind].body ? g_strdup (_(texts[kind].body)) : NULL;
}

/**
 * latch_alert_text_button:
 * @was_locking: whether the bolt was on its way out when it stopped
 * @door: whether the door is open
 *
 * Returns: (nullable): what is on the button that locks; %NULL if there is none. No other ones are there: anybody who
 *   passes by may press them
 */
const char *
latch_alert_text_button (LatchAlertKind kind, gboolean was_locking, LatchDoorState door)
{
  /* The bolt of an open door would only be in its way */
  if (door == LATCH_DOOR_STATE_OPEN)
    return NULL;

  if (kind == LATCH_ALERT_KIND_BLOCKED && was_locking)
    return _("Try Again");

  if (kind == LATCH_ALERT_KIND_BLOCKED || kind == LATCH_ALERT_KIND_UNLOCKED)
    return _("Lock");

  return NULL;
}

/**
 * latch_alert_text_category:
 *
 * Returns: what desktops call such notifications
 */
const char *
latch_alert_text_category (LatchAlertKind kind)
{
  g_return_val_if_fail ((guint) kind < LATCH_N_ALERT_KINDS, NULL);

  return texts[kind].category;
}
