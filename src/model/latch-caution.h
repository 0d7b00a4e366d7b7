/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-enums.h"

G_BEGIN_DECLS

/**
 * LatchCaution:
 * @LATCH_CAUTION_NONE: nothing bad can come of it
 * @LATCH_CAUTION_UNLOCK: whoever has a key, or finds the door on the latch, could come in
 * @LATCH_CAUTION_OPEN: the door could be pushed open by anybody
 * @LATCH_CAUTION_DOOR_OPEN: the door stands open, so that the bolt would hold nothing, and might hit the frame
 *
 * Why somebody may want to be asked before a lock does something.
 */
typedef enum
{
  LATCH_CAUTION_NONE,
  LATCH_CAUTION_UNLOCK,
  LATCH_CAUTION_OPEN,
  LATCH_CAUTION_DOOR_OPEN,
} LatchCaution;

LatchCaution latch_caution_for (LatchLockAction action, LatchDoorState door);
const char *latch_caution_get_key (LatchCaution self);
gboolean latch_lock_action_pulls_latch (LatchLockAction action);

G_END_DECLS
