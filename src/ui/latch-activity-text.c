/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-activity-text.h"

#include "latch-time-text.h"

#include <glib/gi18n-lib.h>

#define BATTERY_LOW "battery-caution-symbolic"
#define BATTERY_GOOD "battery-good-symbolic"

static const struct
{
  LatchLockState state;
  LatchLockLook look;
  const char *title;
  const char *detail;
} states[] = {
  /* Translators: what a lock or opener became, in a list of what happened */
  { LATCH_LOCK_STATE_LOCKED, LATCH_LOCK_LOOK_LOCKED, N_("Locked") },
  { LATCH_LOCK_STATE_UNLOCKED, LATCH_LOCK_LOOK_UNLOCKED, N_("Unlocked") },
  { LATCH_LOCK_STATE_UNLATCHED, LATCH_LOCK_LOOK_UNLATCHED, N_("Unlatched") },
  { LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO, LATCH_LOCK_LOOK_LOCK_N_GO, N_("Lock ’n’ Go"),
    N_("Unlocked, locks again by itself") },
  { LATCH_LOCK_STATE_MOTOR_BLOCKED, LATCH_LOCK_LOOK_BLOCKED, N_("Motor blocked") },
  { LATCH_LOCK_STATE_UNCALIBRATED, LATCH_LOCK_LOOK_UNCALIBRATED, N_("Not calibrated") },
  { LATCH_LOCK_STATE_UNTRAINED, LATCH_LOCK_LOOK_UNCALIBRATED, N_("Not trained") },
  { LATCH_LOCK_STATE_ONLINE, LATCH_LOCK_LOOK_LOCKED, N_("Ready") },
  { LATCH_LOCK_STATE_RTO_ACTIVE, LATCH_LOCK_LOOK_RING_OPENS, N_("Ring to open turned on") },
  { LATCH_LOCK_STATE_OPEN, LATCH_LOCK_LOOK_UNLATCHED, N_("Opened") },
  { LATCH_LOCK_STATE_UNKNOWN, LATCH_LOCK_LOOK_UNKNOWN, N_("State unknown") },
};

static const struct
{
  LatchDoorState state;
  LatchLockLook look;
  const char *icon_name;
  const char *title;
} doors[] = {
  { LATCH_DOOR_STATE_OPEN, LATCH_LOCK_LOOK_UNLATCHED, "latch-door-open-symbolic", N_("Door opened") },
  { LATCH_DOOR_STATE_CLOSED, LATCH_LOCK_LOOK_LOCKED, "latch-door-closed-symbolic", N_("Door closed") },
  { LATCH_DOOR_STATE_DEACTIVATED, LATCH_LOCK_LOOK_UNKNOWN, "latch-unknown-symbolic", N_("Door sensor turned off") },
  { LATCH_DOOR_STATE_CALIBRATING, LATCH_LOCK_LOOK_UNKNOWN, "latch-unknown-symbolic",
    N_("Door sensor is being calibrated") },
  { LATCH_DOOR_STATE_UNCALIBRATED, LATCH_LOCK_LOOK_UNKNOWN, "latch-unknown-symbolic",
    N_("Door sensor is not calibrated") },
  { LATCH_DOOR_STATE_REMOVED, LATCH_LOCK_LOOK_BLOCKED, "latch-unknown-symbolic", N_("Door sensor removed") },
  { LATCH_DOOR_STATE_UNKNOWN, LATCH_LOCK_LOOK_UNKNOWN, "latch-unknown-symbolic", N_("Nobody knows of the door") },
};

static const char *const durations[LATCH_DAY_N_KINDS] = {
  /* Translators: of a day, for how long a lock was in a state: %s is such as “1 h 36 min” */
  [LATCH_DAY_LOCKED] = N_("Locked %s"),   [LATCH_DAY_OPEN] = N_("Unlocked %s"),
  [LATCH_DAY_BLOCKED] = N_("Blocked %s"), [LATCH_DAY_UNKNOWN] = N_("Unknown %s"),
  [LATCH_DAY_UNWATCHED] = N_("Not watched %s"),
};

static void
init_state (LatchActivityText *self, const LatchEvent *event)
{
  LatchLockState before = event->from != LATCH_EVENT_VALUE_UNKNOWN
                              ? latch_lock_state_from_code ((int) event->from, self->opener)
                              : LATCH_LOCK_STATE_UNKNOWN;
  LatchLockState state = latch_lock_state_from_code ((int) event->to, self->opener);
  gsize i = 0;

  /* The last one is for all that is not known */
  while (i < G_N_ELEMENTS (states) - 1 && states[i].state != state)
    i++;
  self->look = states[i].look;
  self->title = _(states[i].title);
  if (states[i].detail)
    self->detail = _(states[i].detail);

  if (state == LATCH_LOCK_STATE_MOTOR_BLOCKED && before == LATCH_LOCK_STATE_LOCKED)
    self->detail = _("While unlocking");
  else if (state == LATCH_LOCK_STATE_MOTOR_BLOCKED && before != LATCH_LOCK_STATE_UNKNOWN)
    self->detail = _("While locking");
  else if (state == LATCH_LOCK_STATE_UNLOCKED && before == LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO)
    self->title = _("Stays unlocked");
  else if (state == LATCH_LOCK_STATE_ONLINE && before == LATCH_LOCK_STATE_RTO_ACTIVE)
    self->title = _("Ring to open turned off");
}

static void
init_door (LatchActivityText *self, const LatchEvent *event)
{
  LatchDoorState state = latch_door_state_from_code ((int) event->to);
  gsize i = 0;

  while (i < G_N_ELEMENTS (doors) - 1 && doors[i].state != state)
    i++;
  self->look = doors[i].look;
  self->icon_name = doors[i].icon_name;
  self->title = _(doors[i].title);
}

static void
init_battery (LatchActivityText *self, gboolean low, const char *low_title, const char *good_title)
{
  self->look = low ? LATCH_LOCK_LOOK_BLOCKED : LATCH_LOCK_LOOK_LOCKED;
  self->icon_name = low ? BATTERY_LOW : BATTERY_GOOD;
  self->title = low ? low_title : good_title;
}

static const char *
get_cause (const LatchEvent *event)
{
  switch (event->cause)
    {
    case LATCH_EVENT_CAUSE_THIS_COMPUTER:
      return _("From this computer");
    case LATCH_EVENT_CAUSE_COMMAND_LINE:
      return _("From the command line");
    case LATCH_EVENT_CAUSE_NOT_RUNNING:
      return _("Nightlatch was not running");
    case LATCH_EVENT_CAUSE_BRIDGE_UNREACHABLE:
      return _("The bridge did not answer");
    case LATCH_EVENT_CAUSE_LOCK_OFFLINE:
      return _("The lock did not answer");
    case LATCH_EVENT_CAUSE_SEEN:
    default:
      return NULL;
    }
}

/**
 * latch_activity_text_init:
 * @self: (out caller-allocates): what to fill
 *
 * Tells how @event shows.
 */
void
latch_activity_text_init (LatchActivityText *self, const LatchEvent *event)
{
  *self = (LatchActivityText) {
    .opener = latch_device_type_is_opener (event->device_type),
    .cause = get_cause (event),
  };

  switch (event->kind)
    {
    case LATCH_EVENT_STATE:
      init_state (self, event);
      break;
    case LATCH_EVENT_DOOR:
      init_door (self, event);
      break;
    case LATCH_EVENT_RING:
      self->look = LATCH_LOCK_LOOK_MOVING;
      self->icon_name = "preferences-system-notifications-symbolic";
      self->title = _("Somebody rang");
      break;
    case LATCH_EVENT_BATTERY:
      init_battery (self, event->to != 0, _("Battery low"), _("Battery good again"));
      break;
    case LATCH_EVENT_KEYPAD_BATTERY:
      init_battery (self, event->to != 0, _("Keypad battery low"), _("Keypad battery good again"));
      break;
    case LATCH_EVENT_MODE:
      self->look = event->to == LATCH_MODE_CONTINUOUS ? LATCH_LOCK_LOOK_RING_OPENS : LATCH_LOCK_LOOK_LOCKED;
      self->title = event->to == LATCH_MODE_CONTINUOUS ? _("Continuous mode turned on") : _("Continuous mode turned off");
      break;
    case LATCH_EVENT_GAP:
      self->icon_name = "view-more-horizontal-symbolic";
      self->title = _("Not watched");
      break;
    default:
      self->title = _("Something else");
      break;
    }
}

/**
 * latch_activity_text_subtitle:
 * @lock_name: (nullable): what happened to whom, where that is not obvious
 *
 * Returns: (transfer full): what is known besides the title; may be empty
 */
char *
latch_activity_text_subtitle (const LatchEvent *event, const char *lock_name)
{
  LatchActivityText text;
  const char *parts[4] = { NULL, };
  guint n_parts = 0;

  latch_activity_text_init (&text, event);
  if (lock_name)
    parts[n_parts++] = lock_name;
  if (text.detail)
    parts[n_parts++] = text.detail;
  if (text.cause)
    parts[n_parts++] = text.cause;

  /* Translators: stands between facts, such as “Front Door · From this computer” */
  return g_strjoinv (_(" · "), (char **) parts);
}

/**
 * latch_activity_text_time:
 *
 * Returns: (transfer full): when in its day it was; of a gap, from when to when
 */
char *
latch_activity_text_time (const LatchEvent *event)
{
  return event->kind == LATCH_EVENT_GAP ? latch_time_text_span (event->from, event->to)
                                        : latch_time_text_clock (event->at);
}

/**
 * latch_activity_text_brief_time:
 *
 * Returns: (transfer full): when it was, where days have no titles
 */
char *
latch_activity_text_brief_time (const LatchEvent *event, gint64 now)
{
  return latch_time_text_brief (event->at, now);
}

/**
 * latch_activity_text_tooltip:
 *
 * Returns: (transfer full): when it was, to the second
 */
char *
latch_activity_text_tooltip (const LatchEvent *event)
{
  g_autofree char *begins = NULL;
  g_autofree char *ends = latch_time_text_full (event->at);

  if (event->kind != LATCH_EVENT_GAP)
    return g_steal_pointer (&ends);

  begins = latch_time_text_full (event->from);
  /* Translators: from one time to another */
  return g_strdup_printf (_("%s – %s"), begins, ends);
}

/**
 * latch_activity_text_duration:
 * @kind: what it was for some time of a day; not what is still to come
 * @opener: whether it is an opener
 * @seconds: for how long
 *
 * Returns: (transfer full): such as “Locked 15 h 23 min”
 */
char *
latch_activity_text_duration (LatchDayKind kind, gboolean opener, gint64 seconds)
{
  g_autofree char *duration = latch_time_text_duration (seconds);
  const char *format = _(durations[kind]);

  g_return_val_if_fail (kind != LATCH_DAY_FUTURE, NULL);

  if (opener && kind == LATCH_DAY_LOCKED)
    /* Translators: of a day, for how long an opener only rang when somebody rang */
    format = _("Ready %s");
  else if (opener && kind == LATCH_DAY_OPEN)
    /* Translators: of a day, for how long an opener let in whoever rang */
    format = _("Let in whoever rang %s");

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, duration);
#pragma GCC diagnostic pop
}
