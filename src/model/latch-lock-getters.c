/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge.h"
#include "latch-lock-private.h"

/* What can be asked of a lock: what was said, and what follows from it */

/**
 * latch_lock_ref_bridge:
 *
 * Returns: (transfer full) (nullable): the bridge that controls the lock, as long as it lives
 */
LatchBridge *
latch_lock_ref_bridge (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), NULL);

  return g_weak_ref_get (&self->bridge);
}

guint64
latch_lock_get_nuki_id (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), 0);

  return self->nuki_id;
}

int
latch_lock_get_device_type (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), -1);

  return self->device_type;
}

gboolean
latch_lock_is_opener (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), FALSE);

  return latch_device_type_is_opener (self->device_type);
}

const char *
latch_lock_get_firmware_version (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), NULL);

  return self->firmware_version;
}

LatchLockState
latch_lock_get_state (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), LATCH_LOCK_STATE_UNKNOWN);

  return latch_lock_state_from_code (self->said.state_code, latch_lock_is_opener (self));
}

int
latch_lock_get_state_code (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), -1);

  return self->said.state_code;
}

int
latch_lock_get_mode (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), -1);

  return self->said.mode;
}

gint64
latch_lock_get_confirmed_at (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), 0);

  return self->confirmed_at;
}

gint64
latch_lock_get_changed_at (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), 0);

  return self->changed_at;
}

/**
 * latch_lock_get_source:
 *
 * Returns: from where it is known how the lock is
 */
LatchNewsSource
latch_lock_get_source (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), LATCH_NEWS_SOURCE_NONE);

  return self->source;
}

gint64
latch_lock_get_updated (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), 0);

  return self->said.timestamp;
}

gboolean
latch_lock_get_stale (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), TRUE);

  return self->stale;
}

/**
 * latch_lock_is_in_doubt:
 *
 * Returns: whether a command was sent after the state was confirmed, and nobody knows what came of it
 */
gboolean
latch_lock_is_in_doubt (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), FALSE);

  return self->in_doubt;
}

gboolean
latch_lock_get_offline (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), FALSE);

  return self->offline;
}

LatchLockAction
latch_lock_get_pending_action (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), LATCH_LOCK_ACTION_NONE);

  return self->pending_action;
}

gint64
latch_lock_get_pending_since (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), 0);

  return self->pending_since;
}

/**
 * latch_lock_is_busy:
 *
 * Returns: whether the lock moves, or was asked to
 */
gboolean
latch_lock_is_busy (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), FALSE);

  return self->pending_action != LATCH_LOCK_ACTION_NONE ||
         (!self->stale && !self->offline && latch_lock_state_is_moving (latch_lock_get_state (self)));
}

/**
 * latch_lock_is_secured:
 *
 * Returns: whether it is known, now, that nobody gets in without a key
 */
gboolean
latch_lock_is_secured (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), FALSE);

  return !self->stale && !self->offline && latch_lock_state_is_secured (latch_lock_get_state (self)) &&
         self->said.mode != LATCH_MODE_CONTINUOUS && latch_lock_get_door_state (self) != LATCH_DOOR_STATE_OPEN;
}

/**
 * latch_lock_has_issue:
 *
 * Returns: whether the lock wants a person's attention
 */
gboolean
latch_lock_has_issue (LatchLock *self)
{
  LatchLockState state;

  g_return_val_if_fail (LATCH_IS_LOCK (self), FALSE);

  state = latch_lock_get_state (self);

  return self->offline || self->said.battery_critical == LATCH_TRISTATE_YES ||
         self->said.keypad_battery_critical == LATCH_TRISTATE_YES || state == LATCH_LOCK_STATE_MOTOR_BLOCKED ||
         state == LATCH_LOCK_STATE_UNCALIBRATED || state == LATCH_LOCK_STATE_UNTRAINED ||
         (state == LATCH_LOCK_STATE_LOCKED && latch_lock_get_door_state (self) == LATCH_DOOR_STATE_OPEN) ||
         state == LATCH_LOCK_STATE_UNDEFINED || latch_lock_get_door_state (self) == LATCH_DOOR_STATE_REMOVED;
}

LatchTristate
latch_lock_get_battery_critical (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), LATCH_TRISTATE_UNKNOWN);

  return self->said.battery_critical;
}

LatchTristate
latch_lock_get_battery_charging (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), LATCH_TRISTATE_UNKNOWN);

  return self->said.battery_charging;
}

/**
 * latch_lock_get_battery_percent:
 *
 * Returns: the charge from 0 to 100, -1 if it was not said
 */
int
latch_lock_get_battery_percent (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), -1);

  return self->said.battery_percent;
}

LatchTristate
latch_lock_get_keypad_battery_critical (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), LATCH_TRISTATE_UNKNOWN);

  return self->said.keypad_battery_critical;
}

LatchDoorState
latch_lock_get_door_state (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), LATCH_DOOR_STATE_NONE);

  return latch_door_state_from_code (self->said.door_state_code);
}

LatchTristate
latch_lock_get_ring_active (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), LATCH_TRISTATE_UNKNOWN);

  return self->said.ring_active;
}

gint64
latch_lock_get_ring_timestamp (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), 0);

  return self->said.ring_timestamp;
}

int
latch_lock_get_rssi (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), 0);

  return self->rssi;
}

/**
 * latch_lock_to_snapshot:
 * @snapshot: (inout): where to put all that is known
 */
void
latch_lock_to_snapshot (LatchLock *self, LatchDeviceSnapshot *snapshot)
{
  g_return_if_fail (LATCH_IS_LOCK (self));

  snapshot->nuki_id = self->nuki_id;
  snapshot->device_type = self->device_type;
  g_set_str (&snapshot->name, self->given_name);
  g_set_str (&snapshot->firmware_version, self->firmware_version);
  snapshot->has_state = self->said.state_code != -1;
  snapshot->state = self->said;
}

/**
 * latch_lock_can_perform:
 *
 * Returns: whether @action suits the lock and its state
 */
gboolean
latch_lock_can_perform (LatchLock *self, LatchLockAction action)
{
  LatchLockState state;

  g_return_val_if_fail (LATCH_IS_LOCK (self), FALSE);

  if (action == LATCH_LOCK_ACTION_NONE || latch_lock_action_is_for_opener (action) != latch_lock_is_opener (self))
    return FALSE;

  state = latch_lock_get_state (self);

  return !latch_lock_is_busy (self) && state != LATCH_LOCK_STATE_UNCALIBRATED && state != LATCH_LOCK_STATE_UNTRAINED;
}
