/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-store.h"

G_BEGIN_DECLS

#define LATCH_TYPE_KEEPER (latch_keeper_get_type ())

/* Keeps one bridge: writes what is worth keeping to the store, and has its locks kept fresh while that is wanted. */
G_DECLARE_FINAL_TYPE (LatchKeeper, latch_keeper, LATCH, KEEPER, GObject)

LatchKeeper *latch_keeper_new (LatchBridge *bridge, LatchStore *store);
LatchKeeper *latch_keeper_new_from_record (const LatchBridgeRecord *record, LatchStore *store);

LatchBridge *latch_keeper_get_bridge (LatchKeeper *self);

void latch_keeper_save_async (LatchKeeper *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean latch_keeper_save_finish (LatchKeeper *self, GAsyncResult *result, GError **error);

void latch_keeper_set_watching (LatchKeeper *self, gboolean watching);
void latch_keeper_set_visible (LatchKeeper *self, gboolean visible);
void latch_keeper_set_discovery (LatchKeeper *self, gboolean enabled, const char *url);
void latch_keeper_set_installation_id (LatchKeeper *self, const char *installation_id);
guint16 latch_keeper_get_event_port (LatchKeeper *self);
void latch_keeper_set_event_port (LatchKeeper *self, guint16 port);
void latch_keeper_refresh (LatchKeeper *self);
void latch_keeper_leave_async (LatchKeeper *self, guint timeout_ms, GAsyncReadyCallback callback, gpointer user_data);
gboolean latch_keeper_leave_finish (LatchKeeper *self, GAsyncResult *result, GError **error);

G_END_DECLS
