/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl-bridge.h"

G_BEGIN_DECLS

/**
 * LatchCtlTarget:
 *
 * The lock that a command is about, and its bridge. Both belong to the #LatchCtl.
 */
typedef struct
{
  LatchCtlBridge *bridge;
  const LatchDeviceSnapshot *device;
} LatchCtlTarget;

char *latch_ctl_device_get_given_title (const LatchDeviceSnapshot *device);
char *latch_ctl_device_get_title (LatchCtlBridge *bridge, const LatchDeviceSnapshot *device);
char *latch_ctl_target_get_title (const LatchCtlTarget *target);
guint latch_ctl_count_named (LatchCtl *ctl, const LatchCtlCommand *command, const char *name);
gboolean latch_ctl_find_known_target (LatchCtl *ctl, const char *text, LatchCtlTarget *target, GError **error);
gboolean latch_ctl_find_target (LatchCtl *ctl, const char *text, LatchCtlTarget *target, GError **error);

G_END_DECLS
