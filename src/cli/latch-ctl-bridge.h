/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"
#include "latch-ctl.h"

G_BEGIN_DECLS

/**
 * LatchCtlBridge:
 * @id: (nullable): as the bridge names itself, %NULL if not known yet
 * @client: speaks to it
 * @record: (nullable): what is stored of it, %NULL if nothing is
 * @devices: (nullable) (element-type LatchDeviceSnapshot): its answer to the last latch_ctl_ask_bridges()
 * @error: (nullable): why it cannot be asked, or did not answer
 *
 * A bridge that the command is about.
 */
typedef struct
{
  char *id;
  LatchClient *client;
  LatchBridgeRecord *record;
  GPtrArray *devices;
  GError *error;
} LatchCtlBridge;

LatchCtlBridge *latch_ctl_bridge_new (LatchCtl *ctl, const char *host, guint16 port, LatchBridgeRecord *record);
void latch_ctl_bridge_free (LatchCtlBridge *self);
char *latch_ctl_bridge_get_title (LatchCtlBridge *self);
const LatchLockChoice *latch_ctl_bridge_find_choice (LatchCtlBridge *self, const LatchDeviceSnapshot *device);

void latch_ctl_set_up_client (LatchCtl *ctl, LatchClient *client);

/* All bridges that the command is about */
void latch_ctl_identify_bridges (LatchCtl *ctl);
void latch_ctl_ask_bridges (LatchCtl *ctl);
GError *latch_ctl_report_bridge_errors (LatchCtl *ctl);
void latch_ctl_remember_modes (LatchCtl *ctl);

void latch_ctl_report_done (LatchCtl *ctl, LatchCtlBridge *bridge, const char *sentence);
void latch_ctl_report_done_for (LatchCtl *ctl, const char *bridge_id, const char *sentence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchCtlBridge, latch_ctl_bridge_free)

G_END_DECLS
