/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-facts.h"

/**
 * latch_lock_facts_init:
 * @self: (out caller-allocates): what to fill
 *
 * Reads what @lock's appearance depends on.
 */
void
latch_lock_facts_init (LatchLockFacts *self, LatchLock *lock)
{
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (lock);

  *self = (LatchLockFacts) {
    .state = latch_lock_get_state (lock),
    .opener = latch_lock_is_opener (lock),
    .mode = latch_lock_get_mode (lock),
    .pending_action = latch_lock_get_pending_action (lock),
    .pending_since = latch_lock_get_pending_since (lock),
    .stale = latch_lock_get_stale (lock),
    .in_doubt = latch_lock_is_in_doubt (lock),
    .offline = latch_lock_get_offline (lock),
    .connection = bridge ? latch_bridge_get_connection (bridge) : LATCH_CONNECTION_UNKNOWN,
    .battery_critical = latch_lock_get_battery_critical (lock),
    .door_open = latch_lock_get_door_state (lock) == LATCH_DOOR_STATE_OPEN,
    .changed_at = latch_lock_get_changed_at (lock),
    .confirmed_at = latch_lock_get_confirmed_at (lock),
  };

  /* Whether it is away on purpose makes no difference to what can be known of a lock */
  if (bridge && latch_bridge_get_maintenance (bridge) != LATCH_MAINTENANCE_NONE &&
      self->connection == LATCH_CONNECTION_UNKNOWN)
    self->connection = LATCH_CONNECTION_UNREACHABLE;

  /* The bridge goes on listing what it last heard of a lock that it cannot reach */
  if (self->offline && latch_lock_get_updated (lock) > 0)
    self->confirmed_at = MIN (self->confirmed_at, latch_lock_get_updated (lock));
}

/**
 * latch_lock_facts_is_bridge_down:
 *
 * Returns: whether nothing can be learnt of the lock because of its bridge
 */
gboolean
latch_lock_facts_is_bridge_down (const LatchLockFacts *self)
{
  switch (self->connection)
    {
    case LATCH_CONNECTION_UNREACHABLE:
    case LATCH_CONNECTION_UNAUTHORIZED:
    case LATCH_CONNECTION_NO_TOKEN:
      return TRUE;
    case LATCH_CONNECTION_BUSY:
      return self->stale;
    case LATCH_CONNECTION_UNKNOWN:
    case LATCH_CONNECTION_CONNECTED:
    default:
      return FALSE;
    }
}

/**
 * latch_lock_facts_is_vouched_for:
 *
 * Returns: whether the state may be shown as a fact. While a command is on its way, what shows is that movement.
 */
gboolean
latch_lock_facts_is_vouched_for (const LatchLockFacts *self)
{
  if (self->pending_action != LATCH_LOCK_ACTION_NONE)
    return TRUE;

  return !self->stale && !self->offline && !latch_lock_facts_is_bridge_down (self);
}

/**
 * latch_lock_facts_is_ajar:
 *
 * Returns: whether the bolt is out, but keeps nothing shut, as the door stands open
 */
gboolean
latch_lock_facts_is_ajar (const LatchLockFacts *self)
{
  return self->door_open && latch_lock_facts_get_shown_state (self) == LATCH_LOCK_STATE_LOCKED;
}

/**
 * latch_lock_facts_get_shown_state:
 *
 * Returns: the state to show: the confirmed one, or the movement that was asked for and that the lock has not
 *   spoken of yet
 */
LatchLockState
latch_lock_facts_get_shown_state (const LatchLockFacts *self)
{
  LatchLockState moving = latch_lock_action_get_moving_state (self->pending_action);

  /* What the lock itself says about its movement is better, as is that it is on the way back already */
  if (moving == LATCH_LOCK_STATE_UNKNOWN || latch_lock_state_is_moving (self->state) ||
      (self->state == LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO && self->pending_action != LATCH_LOCK_ACTION_LOCK))
    return self->state;

  return moving;
}
