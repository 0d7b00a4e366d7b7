/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-log-item.h"

G_BEGIN_DECLS

/**
 * LatchLogState:
 * @LATCH_LOG_STATE_IDLE: nothing is under way; there may be more to read
 * @LATCH_LOG_STATE_READING: it is being read
 * @LATCH_LOG_STATE_CLEARING: it is being cleared
 * @LATCH_LOG_STATE_COMPLETE: all of it was read
 * @LATCH_LOG_STATE_FAILED: it could not be read any further, see latch_bridge_log_get_error()
 *
 * How far a bridge's log was read.
 */
typedef enum
{
  LATCH_LOG_STATE_IDLE,
  LATCH_LOG_STATE_READING,
  LATCH_LOG_STATE_CLEARING,
  LATCH_LOG_STATE_COMPLETE,
  LATCH_LOG_STATE_FAILED,
} LatchLogState;

#define LATCH_TYPE_BRIDGE_LOG (latch_bridge_log_get_type ())

/* A GListModel of the LatchLogItems that were read of a bridge's own log, newest first. Asks for nothing by itself. */
G_DECLARE_FINAL_TYPE (LatchBridgeLog, latch_bridge_log, LATCH, BRIDGE_LOG, GObject)

LatchBridgeLog *latch_bridge_log_new (LatchBridge *bridge);

LatchBridge *latch_bridge_log_get_bridge (LatchBridgeLog *self);
LatchLogState latch_bridge_log_get_state (LatchBridgeLog *self);
const GError *latch_bridge_log_get_error (LatchBridgeLog *self);

void latch_bridge_log_read_more (LatchBridgeLog *self);
void latch_bridge_log_refresh (LatchBridgeLog *self);
void latch_bridge_log_stop (LatchBridgeLog *self);

void latch_bridge_log_read_all_async (LatchBridgeLog *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean latch_bridge_log_read_all_finish (LatchBridgeLog *self, GAsyncResult *result, GError **error);
void latch_bridge_log_clear_async (LatchBridgeLog *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean latch_bridge_log_clear_finish (LatchBridgeLog *self, GAsyncResult *result, GError **error);

G_END_DECLS
