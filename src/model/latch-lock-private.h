/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

G_BEGIN_DECLS

/*
 * Seconds without a confirmation after which nobody can be said to have watched. Lists come every minute at least, and
 * one of them may be lost.
 */
#define LATCH_LONGEST_WATCH 150

typedef enum
{
  LATCH_LOCK_PROP_BRIDGE = 1,
  LATCH_LOCK_PROP_NUKI_ID,
  LATCH_LOCK_PROP_DEVICE_TYPE,
  LATCH_LOCK_PROP_OPENER,
  LATCH_LOCK_PROP_NAME,
  LATCH_LOCK_PROP_GIVEN_NAME,
  LATCH_LOCK_PROP_HIDDEN,
  LATCH_LOCK_PROP_FIRMWARE_VERSION,
  LATCH_LOCK_PROP_STATE,
  LATCH_LOCK_PROP_STATE_CODE,
  LATCH_LOCK_PROP_MODE,
  LATCH_LOCK_PROP_CONFIRMED_AT,
  LATCH_LOCK_PROP_CHANGED_AT,
  LATCH_LOCK_PROP_UPDATED,
  LATCH_LOCK_PROP_STALE,
  LATCH_LOCK_PROP_OFFLINE,
  LATCH_LOCK_PROP_PENDING_ACTION,
  LATCH_LOCK_PROP_BUSY,
  LATCH_LOCK_PROP_BATTERY_CRITICAL,
  LATCH_LOCK_PROP_BATTERY_CHARGING,
  LATCH_LOCK_PROP_BATTERY_PERCENT,
  LATCH_LOCK_PROP_KEYPAD_BATTERY_CRITICAL,
  LATCH_LOCK_PROP_DOOR_STATE,
  LATCH_LOCK_PROP_RING_ACTIVE,
  LATCH_LOCK_PROP_RING_TIMESTAMP,
  LATCH_LOCK_PROP_RSSI,
  LATCH_LOCK_N_PROPS
} LatchLockProperty;

/**
 * LatchLock:
 *
 * A smart lock or an opener. It keeps apart what a bridge last confirmed (#LatchLock:state, and when), what was asked
 * for and has not been confirmed (#LatchLock:pending-action), and whether the state can still be vouched for
 * (#LatchLock:stale, #LatchLock:offline).
 */
struct _LatchLock
{
  GObject parent_instance;

  GWeakRef bridge;
  guint64 nuki_id;
  int device_type;
  char *given_name; /* what the bridge says */
  char *local_name; /* what it is called here, NULL for the same */
  GPtrArray *words; /* of its name, NULL until somebody searches */
  gboolean hidden;
  char *firmware_version;

  LatchStateSnapshot said; /* everything that was ever said, the latest of each */
  gint64 confirmed_at;
  gint64 changed_at;
  LatchNewsSource source;
  gint64 in_state_since; /* monotonic */
  gboolean was_asked;    /* since then, as it stayed in a movement */
  gboolean stale;
  gboolean in_doubt; /* a command was sent since the state was confirmed */
  guint n_lists_in_doubt;
  gboolean offline;
  int rssi;

  gboolean unpairing; /* its bridge is being told to forget it */

  LatchLockAction pending_action;
  gint64 pending_since;

  guint64 last_event;   /* the bridge's count of events when it last told of this one; 0 if it never has */
  gboolean unconfirmed; /* no list has come since */
};

void latch_lock_notify (LatchLock *self, LatchLockProperty property);
void latch_lock_take_identity (LatchLock *self, const LatchDeviceSnapshot *news);
void latch_lock_set_choice (LatchLock *self, const char *name, gboolean hidden);
void latch_lock_doubt (LatchLock *self);
void latch_lock_set_pending_action (LatchLock *self, LatchLockAction action);

G_END_DECLS
