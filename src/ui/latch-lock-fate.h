/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

G_BEGIN_DECLS

/**
 * LatchLockFate:
 * @LATCH_LOCK_FATE_NONE: it is locked, or an opener
 * @LATCH_LOCK_FATE_LOCK: it is not, and can be
 * @LATCH_LOCK_FATE_OPEN: its door stands open, so that the bolt would hold nothing
 * @LATCH_LOCK_FATE_AJAR: likewise, but the bolt is out already
 * @LATCH_LOCK_FATE_MOVING: nobody knows yet where it will stop
 * @LATCH_LOCK_FATE_UNKNOWN: nobody knows how it is
 *
 * What becomes of a lock when all doors are to be locked.
 */
typedef enum
{
  LATCH_LOCK_FATE_NONE,
  LATCH_LOCK_FATE_LOCK,
  LATCH_LOCK_FATE_OPEN,
  LATCH_LOCK_FATE_AJAR,
  LATCH_LOCK_FATE_MOVING,
  LATCH_LOCK_FATE_UNKNOWN,
} LatchLockFate;

#define LATCH_LOCK_N_FATES (LATCH_LOCK_FATE_UNKNOWN + 1)

LatchLockFate latch_lock_fate_find (LatchLock *lock);
const char *latch_lock_fate_get_title (LatchLockFate fate);

G_END_DECLS
