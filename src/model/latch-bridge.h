/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"
#include "latch-lock-choice.h"
#include "latch-lock.h"
#include "latch-range.h"
#include "latch-subscription.h"

G_BEGIN_DECLS

/**
 * LatchConnection:
 * @LATCH_CONNECTION_UNKNOWN: not tried yet
 * @LATCH_CONNECTION_CONNECTED: the last request was answered
 * @LATCH_CONNECTION_UNREACHABLE: nothing, or something else than this bridge, answers
 * @LATCH_CONNECTION_UNAUTHORIZED: the bridge does not accept our token any more; it is not asked again until paired anew
 * @LATCH_CONNECTION_BUSY: it has answered 503 for a while
 * @LATCH_CONNECTION_NO_TOKEN: we have no token: the keyring is locked, or lost it
 *
 * How we stand with a bridge.
 */
typedef enum
{
  LATCH_CONNECTION_UNKNOWN,
  LATCH_CONNECTION_CONNECTED,
  LATCH_CONNECTION_UNREACHABLE,
  LATCH_CONNECTION_UNAUTHORIZED,
  LATCH_CONNECTION_BUSY,
  LATCH_CONNECTION_NO_TOKEN,
} LatchConnection;

/**
 * LatchMaintenance:
 * @LATCH_MAINTENANCE_NONE: nothing is being done with the bridge
 * @LATCH_MAINTENANCE_RESTARTING: it was told to restart, and is silent for about a minute
 * @LATCH_MAINTENANCE_UPDATING: it was told to look for new firmware: it restarts if there is any
 * @LATCH_MAINTENANCE_RESETTING: it was told to forget everything
 * @LATCH_MAINTENANCE_WAS_RESET: it did: neither our token nor its place in the network are of any use any more
 *
 * What a person has had a bridge do with itself. That it does not answer is to be expected then.
 */
typedef enum
{
  LATCH_MAINTENANCE_NONE,
  LATCH_MAINTENANCE_RESTARTING,
  LATCH_MAINTENANCE_UPDATING,
  LATCH_MAINTENANCE_RESETTING,
  LATCH_MAINTENANCE_WAS_RESET,
} LatchMaintenance;

/**
 * LatchAccess:
 * @LATCH_ACCESS_UNKNOWN: nobody knows
 * @LATCH_ACCESS_FORBIDDEN: it was turned off here
 * @LATCH_ACCESS_ALLOWED: it was turned on here
 * @LATCH_ACCESS_WAS_ALLOWED: it was on when this computer was paired by the bridge's button
 *
 * Whether other programs may pair with a bridge by its button, as far as we know: bridges can be told, but not asked.
 */
typedef enum
{
  LATCH_ACCESS_UNKNOWN,
  LATCH_ACCESS_FORBIDDEN,
  LATCH_ACCESS_ALLOWED,
  LATCH_ACCESS_WAS_ALLOWED,
} LatchAccess;

#define LATCH_TYPE_BRIDGE (latch_bridge_get_type ())

/* A GListModel of its LatchLocks, in the order in which the bridge lists them. */
G_DECLARE_FINAL_TYPE (LatchBridge, latch_bridge, LATCH, BRIDGE, GObject)

LatchBridge *latch_bridge_new (const char *id, const char *name, LatchClient *client);

const char *latch_bridge_get_id (LatchBridge *self);
const char *latch_bridge_get_name (LatchBridge *self);
void latch_bridge_set_name (LatchBridge *self, const char *name);
LatchClient *latch_bridge_get_client (LatchBridge *self);
LatchConnection latch_bridge_get_connection (LatchBridge *self);
const GError *latch_bridge_get_error (LatchBridge *self);
gint64 latch_bridge_get_last_contact (LatchBridge *self);
LatchBridgeType latch_bridge_get_bridge_type (LatchBridge *self);
const LatchInfoSnapshot *latch_bridge_get_info (LatchBridge *self);
gint64 latch_bridge_get_info_at (LatchBridge *self);
const GError *latch_bridge_get_info_error (LatchBridge *self);
gboolean latch_bridge_get_asking_info (LatchBridge *self);
gboolean latch_bridge_is_info_current (LatchBridge *self);
gint64 latch_bridge_get_uptime (LatchBridge *self);
gboolean latch_bridge_get_clock_offset (LatchBridge *self, gint64 *offset);
LatchRange *latch_bridge_get_range (LatchBridge *self);
gboolean latch_bridge_get_watched_closely (LatchBridge *self);
void latch_bridge_set_watched_closely (LatchBridge *self, gboolean watched_closely);
gboolean latch_bridge_get_session_only (LatchBridge *self);
void latch_bridge_set_session_only (LatchBridge *self, gboolean session_only);
gboolean latch_bridge_get_instant_updates (LatchBridge *self);
void latch_bridge_set_instant_updates (LatchBridge *self, gboolean instant_updates);
LatchSubscription *latch_bridge_get_subscription (LatchBridge *self);
void latch_bridge_set_subscription (LatchBridge *self, LatchSubscription *subscription);
LatchMaintenance latch_bridge_get_maintenance (LatchBridge *self);
LatchMaintenance latch_bridge_get_asked_to (LatchBridge *self);
LatchAccess latch_bridge_get_access (LatchBridge *self);
gboolean latch_bridge_get_changing_access (LatchBridge *self);
const char *latch_bridge_get_installation_id (LatchBridge *self);
void latch_bridge_set_installation_id (LatchBridge *self, const char *installation_id);

LatchLock *latch_bridge_find_lock (LatchBridge *self, guint64 nuki_id, int device_type);

LatchLockChoice *latch_bridge_get_choice (LatchBridge *self, guint64 nuki_id, int device_type);
void latch_bridge_restore_choice (LatchBridge *self, const LatchLockChoice *choice);
void latch_bridge_set_choices (LatchBridge *self, GPtrArray *choices);
void latch_bridge_choose_name (LatchBridge *self, guint64 nuki_id, int device_type, const char *name);
void latch_bridge_choose_hidden (LatchBridge *self, guint64 nuki_id, int device_type, gboolean hidden);

void latch_bridge_restore_lock (LatchBridge *self,
                                const LatchDeviceSnapshot *known,
                                gint64 confirmed_at,
                                gint64 changed_at);
void latch_bridge_apply_list (LatchBridge *self, GPtrArray *devices, gint64 heard_at);
gboolean latch_bridge_apply_event (LatchBridge *self, const LatchDeviceSnapshot *news, gint64 heard_at);
gboolean latch_bridge_has_unconfirmed_events (LatchBridge *self);
gboolean latch_bridge_has_untold_changes (LatchBridge *self);
void latch_bridge_apply_info (LatchBridge *self, const LatchInfoSnapshot *info);
void latch_bridge_doubt (LatchBridge *self);
void latch_bridge_apply_error (LatchBridge *self, const GError *error);
void latch_bridge_apply_lock_error (LatchBridge *self, const GError *error);
void latch_bridge_explain_error (LatchBridge *self, GError **error);

void latch_bridge_refresh_async (LatchBridge *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean latch_bridge_refresh_finish (LatchBridge *self, GAsyncResult *result, GError **error);
void latch_bridge_refresh_info_async (LatchBridge *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean latch_bridge_refresh_info_finish (LatchBridge *self, GAsyncResult *result, GError **error);
void latch_bridge_check_clock_async (LatchBridge *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean latch_bridge_check_clock_finish (LatchBridge *self, GAsyncResult *result, GError **error);

G_END_DECLS
