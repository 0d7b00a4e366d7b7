/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-store-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_TYPE_STORE (latch_store_get_type ())

/*
 * The database (SQLite): bridges and last known states. All work is done in a thread of its own, in the order of the
 * calls; several programs may use one database. Call from one thread only. A program calls latch_store_flush() before
 * it ends.
 */
G_DECLARE_FINAL_TYPE (LatchStore, latch_store, LATCH, STORE, GObject)

LatchStore *latch_store_new (const char *folder);
LatchStore *latch_store_new_in_memory (void);
char *latch_store_dup_broken_path (LatchStore *self);
void latch_store_flush (LatchStore *self);

void latch_store_load_async (LatchStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *latch_store_load_finish (LatchStore *self, GAsyncResult *result, GError **error);
void latch_store_save_bridge_async (LatchStore *self, const LatchBridgeRecord *bridge, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void latch_store_save_devices_async (LatchStore *self, const char *bridge_id, GPtrArray *devices, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void latch_store_remove_bridge_async (LatchStore *self, const char *bridge_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void latch_store_load_installation_id_async (LatchStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *latch_store_load_installation_id_finish (LatchStore *self, GAsyncResult *result, GError **error);
gboolean latch_store_write_finish (LatchStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
