/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-describe.h"

#include <glib/gi18n.h>

#define CONTINUOUS_MODE 3

static LatchCtlColor
color_for_state (LatchLockState state)
{
  if (state == LATCH_LOCK_STATE_MOTOR_BLOCKED)
    return LATCH_CTL_COLOR_BAD;
  if (state == LATCH_LOCK_STATE_UNKNOWN || state == LATCH_LOCK_STATE_UNDEFINED)
    return LATCH_CTL_COLOR_NONE;

  return latch_lock_state_is_secured (state) ? LATCH_CTL_COLOR_GOOD : LATCH_CTL_COLOR_CAUTION;
}

/**
 * latch_ctl_describe_state:
 * @color: (out): how to show it
 *
 * Returns: (transfer full): the device's state; a code that is not known keeps its number
 */
char *
latch_ctl_describe_state (const LatchDeviceSnapshot *device, LatchCtlColor *color)
{
  gboolean opener = latch_device_type_is_opener (device->device_type);
  LatchLockState state = latch_lock_state_from_code (device->state.state_code, opener);

  *color = color_for_state (state);
  if (!device->has_state || device->state.state_code < 0)
    return g_strdup (_("Not heard from"));
  if (state == LATCH_LOCK_STATE_UNKNOWN)
    return g_strdup_printf (_("Unknown (%d)"), device->state.state_code);
  if (opener && device->state.mode == CONTINUOUS_MODE)
    return g_strdup_printf (_("%s, continuous mode"), latch_lock_state_get_text (state));

  return g_strdup (latch_lock_state_get_text (state));
}

char *
latch_ctl_describe_door (const LatchDeviceSnapshot *device, LatchCtlColor *color)
{
  LatchDoorState state = latch_door_state_from_code (device->state.door_state_code);

  *color = state == LATCH_DOOR_STATE_OPEN ? LATCH_CTL_COLOR_CAUTION
           : state == LATCH_DOOR_STATE_REMOVED ? LATCH_CTL_COLOR_BAD
                                               : LATCH_CTL_COLOR_NONE;

  return g_strdup (state != LATCH_DOOR_STATE_NONE ? latch_door_state_get_text (state) : "–");
}

char *
latch_ctl_describe_battery (const LatchDeviceSnapshot *device, LatchCtlColor *color)
{
  const LatchStateSnapshot *state = &device->state;
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);

  *color = LATCH_CTL_COLOR_NONE;
  if (state->battery_percent >= 0)
    /* Translators: %d is how full the battery is */
    g_ptr_array_add (facts, g_strdup_printf (_("%d %%"), state->battery_percent));
  if (state->battery_critical == LATCH_TRISTATE_YES)
    g_ptr_array_add (facts, g_strdup (C_("battery", "low")));
  else if (state->battery_critical == LATCH_TRISTATE_NO && state->battery_percent < 0)
    g_ptr_array_add (facts, g_strdup (C_("battery", "good")));
  if (state->battery_charging == LATCH_TRISTATE_YES)
    g_ptr_array_add (facts, g_strdup (C_("battery", "charging")));
  if (state->keypad_battery_critical == LATCH_TRISTATE_YES)
    g_ptr_array_add (facts, g_strdup (_("keypad low")));

  if (state->battery_critical == LATCH_TRISTATE_YES || state->keypad_battery_critical == LATCH_TRISTATE_YES)
    *color = LATCH_CTL_COLOR_BAD;
  if (facts->len == 0)
    return g_strdup ("–");

  g_ptr_array_add (facts, NULL);

  return g_strjoinv (", ", (char **) facts->pdata);
}

/**
 * latch_ctl_describe_age:
 * @time: when it was, in seconds since 1970; 0 if that is not known
 *
 * Returns: (transfer full): how long that is ago
 */
char *
latch_ctl_describe_age (gint64 time)
{
  gint64 seconds = g_get_real_time () / G_USEC_PER_SEC - time;

  if (time == 0)
    return g_strdup ("–");
  if (seconds < 60) /* or in the future, where the bridge's clock is ahead */
    return g_strdup (_("just now"));
  if (seconds < 60 * 60)
    return g_strdup_printf (ngettext ("%d min ago", "%d min ago", seconds / 60), (int) (seconds / 60));
  if (seconds < 24 * 60 * 60)
    return g_strdup_printf (ngettext ("%d h ago", "%d h ago", seconds / 3600), (int) (seconds / 3600));

  return latch_ctl_describe_time (time);
}

/**
 * latch_ctl_describe_time:
 * @time: in seconds since 1970; 0 if it is not known
 *
 * Returns: (transfer full): the date and time here
 */
char *
latch_ctl_describe_time (gint64 time)
{
  g_autoptr (GDateTime) date_time = time != 0 ? g_date_time_new_from_unix_local (time) : NULL;

  return date_time != NULL ? g_date_time_format (date_time, "%Y-%m-%d %H:%M:%S") : g_strdup ("–");
}

char *
latch_ctl_describe_duration (gint64 seconds)
{
  int days = MIN (seconds / 86400, G_MAXINT);
  g_autofree char *rest = g_strdup_printf ("%02d:%02d:%02d", (int) (seconds / 3600 % 24), (int) (seconds / 60 % 60),
                                           (int) (seconds % 60));

  if (days == 0)
    return g_steal_pointer (&rest);

  /* Translators: %s is a length of time as 04:30:00 */
  return g_strdup_printf (ngettext ("%d day, %s", "%d days, %s", days), days, rest);
}

/**
 * latch_ctl_describe_value:
 * @node: anything that a bridge may put into its log
 *
 * Returns: (transfer full): texts as they are, all else as JSON
 */
char *
latch_ctl_describe_value (JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);

  return json_to_string (node, FALSE);
}
