/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-caution.h"

/**
 * latch_caution_for:
 * @door: what the door's sensor says, %LATCH_DOOR_STATE_NONE if nobody vouches for that
 *
 * Lock ’n’ Go counts as unlocking, for that is what it begins with.
 *
 * Returns: why to ask before @action
 */
LatchCaution
latch_caution_for (LatchLockAction action, LatchDoorState door)
{
  switch (action)
    {
    case LATCH_LOCK_ACTION_UNLATCH:
    case LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH:
    case LATCH_LOCK_ACTION_OPEN:
      return LATCH_CAUTION_OPEN;
    case LATCH_LOCK_ACTION_UNLOCK:
    case LATCH_LOCK_ACTION_LOCK_N_GO:
      return LATCH_CAUTION_UNLOCK;
    case LATCH_LOCK_ACTION_LOCK:
      return door == LATCH_DOOR_STATE_OPEN ? LATCH_CAUTION_DOOR_OPEN : LATCH_CAUTION_NONE;
    default:
      return LATCH_CAUTION_NONE;
    }
}

/**
 * latch_caution_get_key:
 *
 * Returns: (nullable): the setting that says whether somebody wants to be asked; %NULL if nobody ever is
 */
const char *
latch_caution_get_key (LatchCaution self)
{
  switch (self)
    {
    case LATCH_CAUTION_UNLOCK:
      return "confirm-unlock";
    case LATCH_CAUTION_OPEN:
      return "confirm-unlatch";
    case LATCH_CAUTION_DOOR_OPEN:
      return "confirm-lock-open-door";
    case LATCH_CAUTION_NONE:
    default:
      return NULL;
    }
}

/**
 * latch_lock_action_pulls_latch:
 *
 * Returns: whether @action opens a door that has a lock: what the setting “offer-open-door” is about. An opener’s
 *   doors are opened by openers, and by nothing else.
 */
gboolean
latch_lock_action_pulls_latch (LatchLockAction action)
{
  return action == LATCH_LOCK_ACTION_UNLATCH || action == LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH;
}
