/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-fate.h"

#include "latch-lock-facts.h"
#include "latch-lock-filter.h"

#include <glib/gi18n-lib.h>

/* What is said above the names of those that have a fate, one a line */
static const char *const titles[LATCH_LOCK_N_FATES] = {
  [LATCH_LOCK_FATE_LOCK] = N_("Not locked:"),
  [LATCH_LOCK_FATE_OPEN] = N_("Left out, as the door stands open:"),
  [LATCH_LOCK_FATE_AJAR] = N_("Locked, but the door stands open:"),
  [LATCH_LOCK_FATE_MOVING] = N_("Left out, as it is moving:"),
  [LATCH_LOCK_FATE_UNKNOWN] = N_("Left out, as nobody knows how it is:"),
};

/**
 * latch_lock_fate_find:
 *
 * Returns: what becomes of @lock if all doors are to be locked at this moment
 */
LatchLockFate
latch_lock_fate_find (LatchLock *lock)
{
  LatchLockFacts facts;

  latch_lock_facts_init (&facts, lock);
  if (facts.opener)
    return LATCH_LOCK_FATE_NONE;
  if (!latch_lock_facts_is_vouched_for (&facts))
    return LATCH_LOCK_FATE_UNKNOWN;
  if (latch_lock_is_busy (lock))
    return LATCH_LOCK_FATE_MOVING;
  if (facts.state == LATCH_LOCK_STATE_LOCKED)
    return latch_lock_facts_is_ajar (&facts) ? LATCH_LOCK_FATE_AJAR : LATCH_LOCK_FATE_NONE;
  if (!latch_lock_kind_matches (LATCH_LOCK_KIND_UNLOCKED, lock) ||
      !latch_lock_can_perform (lock, LATCH_LOCK_ACTION_LOCK))
    return LATCH_LOCK_FATE_UNKNOWN;

  return facts.door_open ? LATCH_LOCK_FATE_OPEN : LATCH_LOCK_FATE_LOCK;
}

/**
 * latch_lock_fate_get_title:
 *
 * Returns: (nullable): what to say above the names of locks with that fate; %NULL if there is nothing to say
 */
const char *
latch_lock_fate_get_title (LatchLockFate fate)
{
  return titles[fate] ? _(titles[fate]) : NULL;
}
