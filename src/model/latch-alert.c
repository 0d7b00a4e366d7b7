/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-alert-watch.h"

struct _LatchAlert
{
  GObject parent_instance;

  char *id;
  char *subject;
  LatchAlertKind kind;
  LatchBridge *bridge;
  LatchLock *lock;
  gint64 since;
  gboolean was_locking;
};

G_DEFINE_FINAL_TYPE (LatchAlert, latch_alert, G_TYPE_OBJECT)

static const char *const nicks[LATCH_N_ALERT_KINDS] = {
  [LATCH_ALERT_KIND_RING] = "ring",
  [LATCH_ALERT_KIND_BLOCKED] = "blocked",
  [LATCH_ALERT_KIND_SENSOR_REMOVED] = "sensor-removed",
  [LATCH_ALERT_KIND_DOOR_OPEN] = "door-open",
  [LATCH_ALERT_KIND_UNLOCKED] = "unlocked",
  [LATCH_ALERT_KIND_BATTERY] = "battery",
  [LATCH_ALERT_KIND_KEYPAD_BATTERY] = "keypad-battery",
  [LATCH_ALERT_KIND_NO_ACCESS] = "no-access",
  [LATCH_ALERT_KIND_UNREACHABLE] = "unreachable",
};

/* Whether a bolt that stops after this was on its way out */
static gboolean
leads_to_locking (LatchLockState before)
{
  return before == LATCH_LOCK_STATE_LOCKING || before == LATCH_LOCK_STATE_UNLOCKED ||
         before == LATCH_LOCK_STATE_UNLATCHED || before == LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO;
}

static void
latch_alert_finalize (GObject *object)
{
  LatchAlert *self = LATCH_ALERT (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->subject, g_free);
  g_clear_object (&self->bridge);
  g_clear_object (&self->lock);

  G_OBJECT_CLASS (latch_alert_parent_class)->finalize (object);
}

static void
latch_alert_class_init (LatchAlertClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_alert_finalize;
}

static void
latch_alert_init (LatchAlert *self)
{
}

LatchAlert *
latch_alert_new (const LatchAlertWatch *watch, LatchAlertKind kind)
{
  LatchAlert *self = g_object_new (LATCH_TYPE_ALERT, NULL);

  self->kind = kind;
  self->subject = g_strdup (watch->subject);
  self->id = g_strdup_printf ("%s:%s", nicks[kind], watch->subject);
  self->bridge = g_object_ref (watch->bridge);
  g_set_object (&self->lock, watch->lock);
  self->since = watch->since[kind];
  self->was_locking = leads_to_locking (watch->before);

  return self;
}

/* Returns: whether it is news that the same is so since @since */
gboolean
latch_alert_set_since (LatchAlert *self, gint64 since)
{
  if (self->since == since)
    return FALSE;

  self->since = since;
  return TRUE;
}

/**
 * latch_alert_kind_get_nick:
 *
 * Returns: the name of @kind for machines
 */
const char *
latch_alert_kind_get_nick (LatchAlertKind kind)
{
  g_return_val_if_fail ((guint) kind < LATCH_N_ALERT_KINDS, NULL);

  return nicks[kind];
}

/**
 * latch_alert_get_id:
 *
 * Returns: what identifies the alert: the same one has it again when the program runs next time
 */
const char *
latch_alert_get_id (LatchAlert *self)
{
  g_return_val_if_fail (LATCH_IS_ALERT (self), NULL);

  return self->id;
}

/**
 * latch_alert_get_subject:
 *
 * Returns: what all alerts about the same lock, or the same bridge, have in common
 */
const char *
latch_alert_get_subject (LatchAlert *self)
{
  g_return_val_if_fail (LATCH_IS_ALERT (self), NULL);

  return self->subject;
}

LatchAlertKind
latch_alert_get_kind (LatchAlert *self)
{
  g_return_val_if_fail (LATCH_IS_ALERT (self), LATCH_ALERT_KIND_RING);

  return self->kind;
}

/**
 * latch_alert_get_bridge:
 *
 * Returns: (transfer none): the bridge that it is about, or whose lock
 */
LatchBridge *
latch_alert_get_bridge (LatchAlert *self)
{
  g_return_val_if_fail (LATCH_IS_ALERT (self), NULL);

  return self->bridge;
}

/**
 * latch_alert_get_lock:
 *
 * Returns: (transfer none) (nullable): the lock that it is about; %NULL if that is the bridge itself
 */
LatchLock *
latch_alert_get_lock (LatchAlert *self)
{
  g_return_val_if_fail (LATCH_IS_ALERT (self), NULL);

  return self->lock;
}

/**
 * latch_alert_get_since:
 *
 * Returns: since when it is so, as far as is known, in seconds since 1970
 */
gint64
latch_alert_get_since (LatchAlert *self)
{
  g_return_val_if_fail (LATCH_IS_ALERT (self), 0);

  return self->since;
}

/**
 * latch_alert_was_locking:
 *
 * Returns: whether the bolt is known to have been on its way out when it stopped
 */
gboolean
latch_alert_was_locking (LatchAlert *self)
{
  g_return_val_if_fail (LATCH_IS_ALERT (self), FALSE);

  return self->was_locking;
}
