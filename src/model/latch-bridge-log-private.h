/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge-log.h"
#include "latch-log-stretch.h"

G_BEGIN_DECLS

struct _LatchBridgeLog
{
  GObject parent_instance;

  LatchBridge *bridge;
  LatchLogStretch *stretch;
  LatchLogStretch *newer; /* while the beginning is read again */
  LatchLogState state;
  GError *error;
  guint wanted;        /* how many entries somebody wants */
  gboolean was_lost;   /* nothing fitted any more, and the beginning was read again */
  GCancellable *asked; /* while a page is under way */
  GPtrArray *readers;  /* of GTask: who waits for all of it */
};

void latch_bridge_log_go_on (LatchBridgeLog *self);
void latch_bridge_log_drop_request (LatchBridgeLog *self);
void latch_bridge_log_replace (LatchBridgeLog *self, LatchLogStretch *stretch);
void latch_bridge_log_set_state (LatchBridgeLog *self, LatchLogState state);

G_END_DECLS
