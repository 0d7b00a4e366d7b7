/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge-clock.h"
#include "latch-bridge.h"

G_BEGIN_DECLS

typedef enum
{
  LATCH_BRIDGE_PROP_ID = 1,
  LATCH_BRIDGE_PROP_NAME,
  LATCH_BRIDGE_PROP_CONNECTION,
  LATCH_BRIDGE_PROP_ERROR_MESSAGE,
  LATCH_BRIDGE_PROP_LAST_CONTACT,
  LATCH_BRIDGE_PROP_INFO,
  LATCH_BRIDGE_PROP_INFO_AT,
  LATCH_BRIDGE_PROP_INFO_ERROR_MESSAGE,
  LATCH_BRIDGE_PROP_ASKING_INFO,
  LATCH_BRIDGE_PROP_RANGE,
  LATCH_BRIDGE_PROP_SESSION_ONLY,
  LATCH_BRIDGE_PROP_INSTANT_UPDATES,
  LATCH_BRIDGE_PROP_SUBSCRIPTION,
  LATCH_BRIDGE_PROP_MAINTENANCE,
  LATCH_BRIDGE_PROP_ASKED_TO,
  LATCH_BRIDGE_PROP_ACCESS,
  LATCH_BRIDGE_PROP_CHANGING_ACCESS,
  LATCH_BRIDGE_N_PROPS
} LatchBridgeProperty;

/**
 * LatchBridge:
 *
 * A bridge that somebody paired with: a list model of its locks, and how we stand with it.
 */
struct _LatchBridge
{
  GObject parent_instance;

  char *id;
  char *name;
  LatchClient *client;
  GPtrArray *locks;
  GPtrArray *choices; /* of LatchLockChoice, also for locks that are not there at present */

  LatchConnection connection;
  GError *error;
  guint n_failures;
  gint64 last_contact;

  LatchBridgeType type; /* also while it does not say */
  LatchInfoSnapshot *info;
  gint64 info_at;        /* when it said so, in seconds since 1970; 0 if it has not since the program started */
  gint64 info_boot_time; /* for how many seconds this computer had been running then, sleep included */
  GError *info_error;    /* why it does not any more */
  guint n_info_failures; /* in a row */
  guint n_info_questions;
  gint64 info_asked_at; /* monotonic */
  gboolean watched_closely;
  GCancellable *watching; /* for what is asked only because somebody looks */
  guint info_timer_id;
  LatchRange *range;
  LatchBridgeClock clock;

  gboolean session_only;
  guint64 n_events;
  gboolean untold; /* the last list told of a change of which the bridge should have told of its own accord */

  gboolean instant_updates;
  LatchSubscription *subscription; /* NULL while nobody watches */
  char *installation_id;           /* NULL until it is known */

  LatchMaintenance maintenance;
  LatchMaintenance asked_to;    /* what it is being told to do at this moment */
  GCancellable *maintaining;    /* NULL while nothing is under way */
  guint haste;                  /* for tests: by how much that takes less time */
  LatchAccess access;
  gboolean changing_access;
};

void latch_bridge_notify (LatchBridge *self, LatchBridgeProperty property);
void latch_bridge_set_connection (LatchBridge *self, LatchConnection connection, const GError *error);
void latch_bridge_set_maintenance (LatchBridge *self, LatchMaintenance maintenance);
void latch_bridge_set_asked_to (LatchBridge *self, LatchMaintenance asked_to);
void latch_bridge_set_access (LatchBridge *self, LatchAccess access);
void latch_bridge_set_bridge_type (LatchBridge *self, LatchBridgeType type);
void latch_bridge_set_changing_access (LatchBridge *self, gboolean changing);
void latch_bridge_drop_lock (LatchBridge *self, LatchLock *lock);
void latch_bridge_apply_choice (LatchBridge *self, LatchLock *lock);
void latch_bridge_schedule_info (LatchBridge *self);
void latch_bridge_tell_heard (LatchBridge *self, gboolean changed, gboolean pushed);
void latch_bridge_apply_list_since (LatchBridge *self, GPtrArray *devices, gint64 heard_at, guint64 asked_at_event);
guint latch_bridge_confirm_lock (LatchBridge *self,
                                 LatchLock *lock,
                                 const LatchDeviceSnapshot *news,
                                 gint64 heard_at,
                                 guint64 asked_at_event);

G_END_DECLS
