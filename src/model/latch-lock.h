/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-snapshot.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _LatchBridge LatchBridge;

/**
 * LatchNewsSource:
 * @LATCH_NEWS_SOURCE_NONE: nothing is known
 * @LATCH_NEWS_SOURCE_STORED: what was known when the program last ran
 * @LATCH_NEWS_SOURCE_LISTED: the bridge's list, which is what it last heard
 * @LATCH_NEWS_SOURCE_TOLD: the bridge told of its own accord
 * @LATCH_NEWS_SOURCE_ASKED: the lock itself was asked
 *
 * From where it is known how a lock is.
 */
typedef enum
{
  LATCH_NEWS_SOURCE_NONE,
  LATCH_NEWS_SOURCE_STORED,
  LATCH_NEWS_SOURCE_LISTED,
  LATCH_NEWS_SOURCE_TOLD,
  LATCH_NEWS_SOURCE_ASKED,
} LatchNewsSource;

#define LATCH_TYPE_LOCK (latch_lock_get_type ())

G_DECLARE_FINAL_TYPE (LatchLock, latch_lock, LATCH, LOCK, GObject)

LatchLock *latch_lock_new (LatchBridge *bridge, guint64 nuki_id, int device_type);

/* What it is */
LatchBridge *latch_lock_ref_bridge (LatchLock *self);
guint64 latch_lock_get_nuki_id (LatchLock *self);
int latch_lock_get_device_type (LatchLock *self);
gboolean latch_lock_is_opener (LatchLock *self);
const char *latch_lock_get_name (LatchLock *self);
const GPtrArray *latch_lock_get_words (LatchLock *self);
const char *latch_lock_get_given_name (LatchLock *self);
gboolean latch_lock_has_local_name (LatchLock *self);
gboolean latch_lock_get_hidden (LatchLock *self);
const char *latch_lock_get_firmware_version (LatchLock *self);

/* What is known of it */
LatchLockState latch_lock_get_state (LatchLock *self);
int latch_lock_get_state_code (LatchLock *self);
int latch_lock_get_mode (LatchLock *self);
gint64 latch_lock_get_confirmed_at (LatchLock *self);
gint64 latch_lock_get_changed_at (LatchLock *self);
LatchNewsSource latch_lock_get_source (LatchLock *self);
gint64 latch_lock_get_updated (LatchLock *self);
gboolean latch_lock_get_stale (LatchLock *self);
gboolean latch_lock_is_in_doubt (LatchLock *self);
gboolean latch_lock_get_offline (LatchLock *self);
LatchLockAction latch_lock_get_pending_action (LatchLock *self);
gint64 latch_lock_get_pending_since (LatchLock *self);
gboolean latch_lock_is_busy (LatchLock *self);
gboolean latch_lock_is_secured (LatchLock *self);
gboolean latch_lock_has_issue (LatchLock *self);

LatchTristate latch_lock_get_battery_critical (LatchLock *self);
LatchTristate latch_lock_get_battery_charging (LatchLock *self);
int latch_lock_get_battery_percent (LatchLock *self);
LatchTristate latch_lock_get_keypad_battery_critical (LatchLock *self);
LatchDoorState latch_lock_get_door_state (LatchLock *self);
LatchTristate latch_lock_get_ring_active (LatchLock *self);
gint64 latch_lock_get_ring_timestamp (LatchLock *self);
int latch_lock_get_rssi (LatchLock *self);

/* News: the one way in */
void latch_lock_apply (LatchLock *self, const LatchDeviceSnapshot *news, gint64 heard_at);
void latch_lock_restore (LatchLock *self, const LatchDeviceSnapshot *known, gint64 confirmed_at, gint64 changed_at);
void latch_lock_set_offline (LatchLock *self, gboolean offline);
void latch_lock_set_stale (LatchLock *self, gboolean stale);
void latch_lock_set_rssi (LatchLock *self, int rssi);
void latch_lock_to_snapshot (LatchLock *self, LatchDeviceSnapshot *snapshot);

/* Commands: the one way out */
gboolean latch_lock_can_perform (LatchLock *self, LatchLockAction action);
void latch_lock_perform_async (LatchLock *self,
                               LatchLockAction action,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean latch_lock_perform_finish (LatchLock *self, GAsyncResult *result, GError **error);
void latch_lock_ask_async (LatchLock *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean latch_lock_ask_finish (LatchLock *self, GAsyncResult *result, GError **error);

G_END_DECLS
