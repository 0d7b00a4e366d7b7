/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl-output.h"
#include "latch-snapshot.h"

G_BEGIN_DECLS

/* Facts as people read them */

char *latch_ctl_describe_state (const LatchDeviceSnapshot *device, LatchCtlColor *color);
char *latch_ctl_describe_door (const LatchDeviceSnapshot *device, LatchCtlColor *color);
char *latch_ctl_describe_battery (const LatchDeviceSnapshot *device, LatchCtlColor *color);
char *latch_ctl_describe_age (gint64 time);
char *latch_ctl_describe_time (gint64 time);
char *latch_ctl_describe_duration (gint64 seconds);
char *latch_ctl_describe_value (JsonNode *node);

G_END_DECLS
