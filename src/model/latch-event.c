/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-event.h"

#include <glib/gi18n-lib.h>

static const struct
{
  LatchEventKind kind;
  const char *nick;
} kinds[] = {
  { LATCH_EVENT_STATE, "state" },
  { LATCH_EVENT_DOOR, "door" },
  { LATCH_EVENT_RING, "ring" },
  { LATCH_EVENT_BATTERY, "battery" },
  { LATCH_EVENT_KEYPAD_BATTERY, "keypad-battery" },
  { LATCH_EVENT_GAP, "gap" },
  { LATCH_EVENT_MODE, "mode" },
};

static const struct
{
  LatchEventCause cause;
  const char *nick;
  const char *text;
} causes[] = {
  /* Translators: why something happened to a lock: nobody knows more than that it was seen */
  { LATCH_EVENT_CAUSE_SEEN, "seen", N_("seen") },
  { LATCH_EVENT_CAUSE_THIS_COMPUTER, "this-computer", N_("this computer") },
  { LATCH_EVENT_CAUSE_COMMAND_LINE, "command-line", N_("command line") },
  /* Translators: why nobody watched a lock for a while */
  { LATCH_EVENT_CAUSE_NOT_RUNNING, "not-running", N_("Nightlatch was not running") },
  { LATCH_EVENT_CAUSE_BRIDGE_UNREACHABLE, "bridge-unreachable", N_("the bridge did not answer") },
  { LATCH_EVENT_CAUSE_LOCK_OFFLINE, "lock-offline", N_("the lock did not answer") },
};

/**
 * latch_event_new:
 * @bridge_id: the lock's bridge
 * @nuki_id: the lock
 * @device_type: its type, -1 if the bridge reported none
 *
 * Returns: (transfer full): an event without time and values, that was merely seen
 */
LatchEvent *
latch_event_new (LatchEventKind kind, const char *bridge_id, guint64 nuki_id, int device_type)
{
  LatchEvent *self = g_new0 (LatchEvent, 1);

  self->kind = kind;
  self->bridge_id = g_strdup (bridge_id);
  self->nuki_id = nuki_id;
  self->device_type = device_type;
  self->from = LATCH_EVENT_VALUE_UNKNOWN;
  self->to = LATCH_EVENT_VALUE_UNKNOWN;

  return self;
}

/**
 * latch_event_copy:
 *
 * Returns: (transfer full): a copy of @self
 */
LatchEvent *
latch_event_copy (const LatchEvent *self)
{
  LatchEvent *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->bridge_id = g_strdup (self->bridge_id);

  return copy;
}

/**
 * latch_event_free:
 * @self: (transfer full) (nullable): what to free
 */
void
latch_event_free (LatchEvent *self)
{
  if (self == NULL)
    return;

  g_free (self->bridge_id);
  g_free (self);
}

/**
 * latch_event_kind_get_nick:
 *
 * Returns: the name of @kind for machines; "unknown" for one that a later version has
 */
const char *
latch_event_kind_get_nick (LatchEventKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].nick;

  return "unknown";
}

/**
 * latch_event_cause_get_nick:
 *
 * Returns: the name of @cause for machines; of one that a later version has, nothing more is known than that it was seen
 */
const char *
latch_event_cause_get_nick (LatchEventCause cause)
{
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (causes[i].cause == cause)
      return causes[i].nick;

  return causes[0].nick;
}

/**
 * latch_event_cause_get_text:
 *
 * Returns: the cause in the user's language
 */
const char *
latch_event_cause_get_text (LatchEventCause cause)
{
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (causes[i].cause == cause)
      return g_dgettext (GETTEXT_PACKAGE, causes[i].text);

  return g_dgettext (GETTEXT_PACKAGE, causes[0].text);
}
