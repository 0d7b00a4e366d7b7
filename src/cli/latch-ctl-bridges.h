/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl-bridge.h"

G_BEGIN_DECLS

/* Which bridges the command line means */

gboolean latch_ctl_choose_known_bridges (LatchCtl *ctl, GError **error);
gboolean latch_ctl_choose_bridges (LatchCtl *ctl, GError **error);
LatchCtlBridge *latch_ctl_choose_bridge (LatchCtl *ctl, GError **error);

GPtrArray *latch_ctl_load_records (LatchCtl *ctl, GError **error);
LatchBridgeRecord *latch_ctl_find_record (GPtrArray *records, const char *text);
LatchBridgeRecord *latch_ctl_choose_record (LatchCtl *ctl, GPtrArray *records, GError **error);

void latch_ctl_suggest_search (LatchCtl *ctl, GError **error);

G_END_DECLS
