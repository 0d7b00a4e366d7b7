/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-snapshot.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LatchDeviceRecord:
 * @position: place in the bridge's own order
 * @confirmed_at: when a bridge last confirmed the state, in seconds since 1970
 * @changed_at: when the state was seen to change, 0 if it was not seen
 *
 * The last known state of a lock.
 */
typedef struct
{
  LatchDeviceSnapshot *snapshot;
  guint position;
  gint64 confirmed_at;
  gint64 changed_at;
} LatchDeviceRecord;

/**
 * LatchBridgeRecord:
 * @accepted_mode: the strongest form of token that the bridge has accepted: never go below it
 * @devices: (element-type LatchDeviceRecord)
 *
 * A bridge that somebody paired with. Its token is not in here.
 */
typedef struct
{
  char *id;
  char *name;
  char *host;
  guint16 port;
  LatchAuthMode accepted_mode;
  LatchBridgeType type;
  GPtrArray *devices;
} LatchBridgeRecord;

LatchDeviceRecord *latch_device_record_new (const LatchDeviceSnapshot *snapshot);
void latch_device_record_free (LatchDeviceRecord *self);
LatchBridgeRecord *latch_bridge_record_new (const char *id);
void latch_bridge_record_free (LatchBridgeRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchDeviceRecord, latch_device_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchBridgeRecord, latch_bridge_record_free)

#define LATCH_TYPE_STORE (latch_store_get_type ())

/*
 * The database (SQLite): bridges and last known states. All work is done in a thread of its own, in the order of the
 * calls; several programs may use one database.
 */
G_DECLARE_FINAL_TYPE (LatchStore, latch_store, LATCH, STORE, GObject)

/* folder: NULL for $NIGHTLATCH_DATA_DIR, else the user's data directory */
LatchStore *latch_store_new (const char *folder);

void latch_store_load_async (LatchStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *latch_store_load_finish (LatchStore *self, GAsyncResult *result, GError **error);
void latch_store_save_bridge_async (LatchStore *self, const LatchBridgeRecord *bridge, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void latch_store_save_devices_async (LatchStore *self, const char *bridge_id, GPtrArray *devices, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void latch_store_remove_bridge_async (LatchStore *self, const char *bridge_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean latch_store_write_finish (LatchStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
