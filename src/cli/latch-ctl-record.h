/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl-find.h"

G_BEGIN_DECLS

/* What commands did, in the record of activity */

void latch_ctl_record_listed (LatchCtl *ctl, const LatchCtlTarget *target);
void latch_ctl_record_result (LatchCtl *ctl,
                              const LatchCtlTarget *target,
                              const LatchDeviceSnapshot *found,
                              gboolean reached);

G_END_DECLS
