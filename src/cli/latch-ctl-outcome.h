/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl-find.h"

G_BEGIN_DECLS

/**
 * LatchCtlVerdict:
 * @LATCH_CTL_VERDICT_REACHED: the lock is where the action was to bring it
 * @LATCH_CTL_VERDICT_NOT_REACHED: it is somewhere else, and stays there
 * @LATCH_CTL_VERDICT_UNKNOWN: it cannot be asked
 *
 * What the lock itself says after an action whose answer said nothing, or failure.
 */
typedef enum
{
  LATCH_CTL_VERDICT_REACHED,
  LATCH_CTL_VERDICT_NOT_REACHED,
  LATCH_CTL_VERDICT_UNKNOWN,
} LatchCtlVerdict;

char *latch_ctl_outcome_describe_done (LatchLockAction action, const char *title, gboolean waited);
LatchLockState latch_ctl_outcome_get_goal (LatchLockAction action);
LatchCtlVerdict latch_ctl_outcome_investigate (LatchCtl *ctl,
                                               const LatchCtlTarget *target,
                                               LatchLockAction action,
                                               LatchDeviceSnapshot *found,
                                               GError **silence);

G_END_DECLS
